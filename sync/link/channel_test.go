package link_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/sync/link"
)

// chat is a channel that sends what it is told to and keeps what comes.
type chat struct {
	first byte
	wake  func(id.Device)

	mu      sync.Mutex
	log     []string
	out     map[id.Device][]string
	refuses bool
}

func newChat(first byte) *chat { return &chat{first: first, out: map[id.Device][]string{}} }

func (c *chat) note(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.log = append(c.log, fmt.Sprintf(format, args...))
}

func (c *chat) lines() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.log)
}

func (c *chat) say(to id.Device, lines ...string) {
	c.mu.Lock()
	c.out[to] = append(c.out[to], lines...)
	c.wake(to) // with the lock held, as it may be
	c.mu.Unlock()
}

func (c *chat) Kinds() (first, last byte) { return c.first, c.first + 7 }
func (c *chat) Bind(wake func(id.Device)) { c.wake = wake }
func (c *chat) Connect(peer id.Device)    { c.note("+%v", peer.Short()) }
func (c *chat) Disconnect(peer id.Device) { c.note("-%v", peer.Short()) }

func (c *chat) Receive(peer id.Device, kind byte, payload []byte) error {
	c.note("%x %s", kind, payload)
	if c.refuses {
		return errors.New("no such line")
	}
	return nil
}

func (c *chat) Next(peer id.Device) (byte, []byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	lines := c.out[peer]
	if len(lines) == 0 {
		return 0, nil, false
	}
	c.out[peer] = lines[1:]
	return c.first, []byte(lines[0]), true
}

func with(channels ...*chat) func(*link.Config) {
	return func(c *link.Config) {
		for _, channel := range channels {
			c.Channels = append(c.Channels, channel)
		}
	}
}

func TestChannelsCarryFramesBetweenMembers(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		mine, theirs, other := newChat(0x20), newChat(0x20), newChat(0x28)
		x, y := b.add(0, with(mine)), b.add(1, with(theirs, other))
		x.Reach(y.ID, []string{y.at})
		b.pass(time.Second)
		mine.say(y.ID, "one", "two")
		other.say(x.ID, "for nobody there")
		b.pass(time.Second)
		theirs.say(x.ID, "three")
		b.pass(time.Second)
		b.cut()
		b.pass(3 * time.Second)
		mine.say(y.ID, "four")
		b.pass(time.Second)
		if err := y.Close(); err != nil {
			b.Fatal(err)
		}
		b.pass(time.Second)
		xs, ys := x.ID.Short(), y.ID.Short()
		want := []string{"+" + xs.String(), "20 one", "20 two", "-" + xs.String(), "+" + xs.String(), "20 four", "-" + xs.String()}
		if got := theirs.lines(); !slices.Equal(got, want) {
			b.Errorf("y's channel: %q, want %q", got, want)
		}
		want = []string{"+" + ys.String(), "20 three", "-" + ys.String(), "+" + ys.String(), "-" + ys.String()}
		if got := mine.lines(); !slices.Equal(got, want) {
			b.Errorf("x's channel: %q, want %q", got, want)
		}
	})
}

func TestChannelsAreForMembersOnly(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		mine, theirs := newChat(0x20), newChat(0x20)
		x, gone := b.add(0, with(mine)), b.add(1, with(theirs))
		stranger := b.add(2, with(newChat(0x20)))
		stranger.Reach(x.ID, []string{x.at})
		gone.Reach(x.ID, []string{x.at})
		b.pass(time.Second)
		mine.say(stranger.ID, "not for strangers")
		x.store.add(b.act(b, member.RemoveDevice{Device: gone.ID}))
		x.Wrote()
		b.pass(time.Second)
		mine.say(gone.ID, "not for those who were removed")
		theirs.say(x.ID, "nor from them")
		b.pass(time.Second)
		s := gone.ID.Short().String()
		if got, want := mine.lines(), []string{"+" + s, "-" + s}; !slices.Equal(got, want) {
			b.Errorf("x's channel: %q, want %q", got, want)
		}
		if got := strings.Join(theirs.lines(), " "); strings.Contains(got, "not for") {
			b.Errorf("who was removed got %q", got)
		}
	})
}

func TestAChannelThatIsGivenNonsenseEndsTheConnection(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		mine, theirs := newChat(0x20), newChat(0x20)
		theirs.refuses = true
		x, y := b.add(0, with(mine)), b.add(1, with(theirs))
		x.Reach(y.ID, []string{y.at})
		b.pass(time.Second)
		mine.say(y.ID, "nonsense")
		b.pass(10 * time.Millisecond)
		if p := x.peer(y.ID); p.State == link.Connected || p.Why == nil {
			b.Errorf("x says of y %+v", p)
		}
	})
}

// Neither a long backlog nor another channel keeps a channel waiting for long.
func TestChannelsTakeTurns(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		mine, loud, theirs, ears := newChat(0x20), newChat(0x28), newChat(0x20), newChat(0x28)
		x, y := b.add(0, with(mine, loud)), b.add(1, with(theirs, ears))
		x.write(b, 300, 100)
		x.Reach(y.ID, []string{y.at})
		b.pass(time.Second)
		for range 100 {
			loud.say(y.ID, strings.Repeat("x", 60<<10))
		}
		mine.say(y.ID, "quiet")
		b.pass(time.Second)
		if got := len(ears.lines()); got != 101 {
			b.Errorf("%d lines of the loud channel, want 101", got)
		}
		if got := theirs.lines(); len(got) != 2 || got[1] != "20 quiet" {
			b.Errorf("the quiet channel: %q", got)
		}
		if got := y.store.head(x.Log()).Next; got != 30000 {
			b.Errorf("y has %d operations, want 30000", got)
		}
	})
}

func TestChannelsOfTheSameKindsAreRefused(t *testing.T) {
	team := newTeam(t, 1)
	for name, channels := range map[string][]link.Channel{
		"a kind of the protocol": {newChat(1)},
		"a kind of the link":     {newChat(0x10)},
		"two of one kind":        {newChat(0x20), newChat(0x24)},
	} {
		if h, err := link.Open(link.Config{Key: team.actors[0].Key, Workspace: team.ws, Store: newMemory(team.ws), Channels: channels}); err == nil {
			t.Errorf("%s is opened", name)
			_ = h.Close()
		}
	}
}
