package link_test

import (
	"context"
	"crypto/ed25519"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/sync/link"
)

// porter is a Door that admits whoever has the right invitation.
type porter struct {
	answer link.JoinAnswer
	err    error
	slow   time.Duration

	mu       sync.Mutex
	asked    []link.JoinRequest
	at, most int // how many stand at the door, and stood
}

func (p *porter) Admit(ctx context.Context, r link.JoinRequest) (link.JoinAnswer, error) {
	p.mu.Lock()
	p.asked = append(p.asked, r)
	p.at++
	p.most = max(p.most, p.at)
	p.mu.Unlock()
	if p.slow > 0 {
		select {
		case <-time.After(p.slow):
		case <-ctx.Done():
			return link.JoinAnswer{}, ctx.Err()
		}
	}
	p.mu.Lock()
	p.at--
	p.mu.Unlock()
	return p.answer, p.err
}

func admits(p *porter) func(*link.Config) { return func(c *link.Config) { c.Door = p } }

// request is what an actor says who has an invitation.
func (a actor) request() link.JoinRequest {
	invite := actorOf(77)
	return link.JoinRequest{Invite: invite.Public(), Signature: ed25519.Sign(invite.Key, []byte("let me in")), Person: "Mina Kim", DeviceName: "laptop"}
}

func (b *bubble) join(a actor, at *laptop) (link.JoinAnswer, error) {
	return link.Join(b.Context(), a.Key, link.Inviter{Device: at.ID, Addresses: []string{at.at}, Dial: b.dial}, a.request())
}

func TestJoinIsAnsweredByTheDoor(t *testing.T) {
	inBubble(t, 1, func(b *bubble) {
		p := &porter{answer: link.JoinAnswer{Workspace: b.ws, Person: b.actors[1].Person}, slow: 15 * time.Second}
		x := b.add(0, admits(p))
		joiner := b.actors[1]
		got, err := b.join(joiner, x)
		if err != nil || got != p.answer {
			b.Fatalf("Join = %+v, %v, want %+v", got, err, p.answer)
		}
		want := joiner.request()
		r := p.asked[0]
		if !r.Device.Equal(joiner.Public()) || !r.Invite.Equal(want.Invite) || string(r.Signature) != string(want.Signature) ||
			r.Person != want.Person || r.DeviceName != want.DeviceName {
			b.Errorf("the door was asked %+v", r)
		}
	})
}

func TestJoinSaysWhyNot(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		p := &porter{err: fault.New(fault.Denied, "This invitation expired on %s.", "Ask %s for another.").With("Monday", "Jun")}
		x, closed := b.add(0, admits(p)), b.add(1)
		_, err := b.join(b.actors[2], x)
		message, hint := fault.Told(err)
		if fault.KindOf(err) != fault.Denied || message.String() != "This invitation expired on Monday." || hint.String() != "Ask Jun for another." {
			b.Errorf("Join = %v (%v)", err, hint)
		}
		if message.Format != "This invitation expired on %s." {
			b.Errorf("the message can't be translated: %+v", message)
		}
		if _, err := b.join(b.actors[2], closed); fault.Message(err) != "That device lets nobody join." {
			b.Errorf("without a door: %v", err)
		}
		other := *x
		other.at = closed.at
		if _, err := b.join(b.actors[2], &other); fault.Message(err) != "Another device answers at "+closed.at+"." {
			b.Errorf("at another device: %v", err)
		}
		if len(p.asked) != 1 {
			b.Errorf("the door was asked %d times, want 1", len(p.asked))
		}
	})
}

func TestTheDoorIsNotCrowded(t *testing.T) {
	inBubble(t, 1, func(b *bubble) {
		p := &porter{answer: link.JoinAnswer{Workspace: b.ws}, slow: time.Second}
		x := b.add(0, admits(p))
		var mu sync.Mutex
		refused := 0
		var all sync.WaitGroup
		for n := range 20 {
			all.Go(func() {
				if _, err := b.join(actorOf(100+n), x); fault.KindOf(err) == fault.Unavailable {
					mu.Lock()
					refused++
					mu.Unlock()
				} else if err != nil {
					b.Error(err)
				}
			})
		}
		all.Wait()
		if p.most > 8 || refused != 12 {
			b.Errorf("%d stood at the door at once, %d were refused; want 8 and 12", p.most, refused)
		}
		// Those who come one after another are slowed down too.
		served := len(p.asked)
		for n := range 20 {
			_, _ = b.join(actorOf(100+n), x)
		}
		if got := len(p.asked) - served; got > 18 || got < 8 {
			b.Errorf("%d of 20 more were served in 20 seconds, want about 16", got)
		}
	})
}

func TestWhatIsSaidAtTheDoorIsBounded(t *testing.T) {
	inBubble(t, 1, func(b *bubble) {
		p := &porter{answer: link.JoinAnswer{Workspace: b.ws, Person: id.Person{1}}}
		x := b.add(0, admits(p))
		for name, spoil := range map[string]func(*link.JoinRequest){
			"a long name":       func(r *link.JoinRequest) { r.Person = strings.Repeat("x", 201) },
			"a longer name":     func(r *link.JoinRequest) { r.Person = strings.Repeat("x", 100_000) },
			"a name of lines":   func(r *link.JoinRequest) { r.DeviceName = "a\nb" },
			"a short signature": func(r *link.JoinRequest) { r.Signature = r.Signature[:10] },
			"no invitation":     func(r *link.JoinRequest) { r.Invite = nil },
		} {
			r := b.actors[1].request()
			spoil(&r)
			_, err := link.Join(b.Context(), b.actors[1].Key, link.Inviter{Device: x.ID, Addresses: []string{x.at}, Dial: b.dial}, r)
			if err == nil {
				b.Errorf("%s: no error", name)
			}
			b.pass(3 * time.Second)
		}
		if len(p.asked) != 0 {
			b.Errorf("the door was asked %+v", p.asked)
		}
	})
}
