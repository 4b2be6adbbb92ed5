package relay_test

import (
	"bytes"
	"context"
	"crypto/cipher"
	"crypto/ed25519"
	"errors"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/sync/relay"
	"cairn/sync/replica/replicatest"
)

// invite is what stands in an invite link, as both sides have it.
type invite struct {
	key ed25519.PrivateKey
	box cipher.AEAD
}

func newInvite(n int) invite {
	return invite{ed25519.NewKeyFromSeed(replicatest.Hashed("invite", n)), must(chacha20poly1305.NewX(replicatest.Hashed("box", n)))}
}

func (i invite) public() ed25519.PublicKey { return i.key.Public().(ed25519.PublicKey) }

func (i invite) Seal(plain, aad []byte) ([]byte, error) {
	return sealer{i.box, i.box}.Seal(false, plain, aad)
}

func (i invite) Open(sealed, aad []byte) ([]byte, error) {
	return sealer{i.box, i.box}.Open(false, sealed, aad)
}

// joinText is what the invite's key signs.
func (w *world) joinText(device ed25519.PublicKey) []byte {
	return append(append([]byte("cairn/join/1"), w.cast.ws[:]...), device...)
}

func (w *world) request(i invite, who actor, name string) relay.JoinRequest {
	return relay.JoinRequest{
		Invite: i.public(), Device: who.Public(), Person: name, DeviceName: "laptop",
		Signature: [64]byte(ed25519.Sign(i.key, w.joinText(who.Public()))),
	}
}

// porter lets in who has its invite, once, by an act of the founder's device.
type porter struct {
	w      *world
	home   *site
	invite invite

	mu     sync.Mutex
	used   id.Device
	asked  []relay.JoinRequest
	closed error // said to everybody
	writes int   // batches that it writes for who is let in, after that
}

func (p *porter) Key(tag string) (relay.InviteKey, bool) {
	return p.invite, relay.InviteTag(p.w.cast.ws, p.invite.public()) == tag
}

func (p *porter) Admit(_ context.Context, r relay.JoinRequest) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, r)
	device := id.DeviceOf(r.Device)
	switch {
	case p.closed != nil:
		return p.closed
	case !bytes.Equal(r.Invite, p.invite.public()), !ed25519.Verify(r.Invite, p.w.joinText(r.Device), r.Signature[:]):
		return fault.New(fault.Denied, "That is not signed by the invite.", "")
	case p.used != id.Device{} && p.used != device:
		return fault.New(fault.Denied, "This invite was used by %s.", "Ask for another.").With("somebody")
	case p.used == device:
		return nil
	}
	p.used = device
	for _, a := range p.w.cast.actors {
		if a.ID == device {
			b := p.w.cast.admit(a)
			p.home.store.Mu.Lock()
			p.home.store.Add(b)
			p.home.store.Mu.Unlock()
			p.home.wrote()
			p.home.write(p.home.Log(1), p.writes, 1)
			return nil
		}
	}
	return errors.New("nobody knows this device")
}

// newPorter returns the founder's device with a door.
func newPorter(w *world) (*site, *porter) {
	ada := w.site(0, true)
	p := &porter{w: w, home: ada, invite: newInvite(1)}
	ada.door = p
	return ada, p
}

func (s *site) join(i invite, name string) <-chan error {
	answer := make(chan error, 1)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	s.w.t.Cleanup(cancel)
	client := s.client
	go func() { answer <- client.RequestJoin(ctx, s.w.request(i, s.actor, name), i) }()
	return answer
}

func TestANewcomerIsLetInByWhoComesLater(t *testing.T) {
	w := newWorld(t, 2)
	ada, door := newPorter(w)
	ada.online()
	ada.write(ada.Log(1), 2, 10)
	ada.brought()
	ada.offline()

	cyd := w.site(2, false)
	cyd.online()
	answer := cyd.join(door.invite, "Cyd")
	cyd.has(ada.Log(1), 20) // what is there already can be read by who knows the workspace and the key
	select {
	case err := <-answer:
		t.Fatalf("let in by nobody: %v", err)
	default:
	}
	ada.online()
	if err := <-answer; err != nil {
		t.Fatal(err)
	}
	cyd.write(cyd.Log(1), 1, 10)
	ada.has(cyd.Log(1), 10)
	door.mu.Lock()
	defer door.mu.Unlock()
	if len(door.asked) != 1 || door.asked[0].Person != "Cyd" || door.asked[0].DeviceName != "laptop" {
		t.Errorf("asked %+v, want one request of Cyd", door.asked)
	}
}

func TestWhoIsLetInKnowsOfWhatWasWrittenForThem(t *testing.T) {
	w := newWorld(t, 1)
	ada, door := newPorter(w)
	door.writes = 50
	ada.online()
	ben := w.site(1, false)
	ben.online()
	if err := <-ben.join(door.invite, "Ben"); err != nil {
		t.Fatal(err)
	}
	ben.until("compared with nothing behind", func(st relay.Status) bool { return st.Known && st.Behind == 0 })
	if got := ben.store.Heads()[ada.Log(1)].Next; got != 50 {
		t.Errorf("%d operations are here when nothing is said to be missing, want 50", got)
	}
}

func TestAnInviteLetsOneIn(t *testing.T) {
	w := newWorld(t, 1)
	w.cast.actors = append(w.cast.actors, replicatest.ActorOf(7))
	ada, door := newPorter(w)
	ada.online()
	ben, cyd := w.site(1, false), w.site(2, false)
	ben.online()
	if err := <-ben.join(door.invite, "Ben"); err != nil {
		t.Fatal(err)
	}
	cyd.online()
	err := <-cyd.join(door.invite, "Cyd")
	if fault.KindOf(err) != fault.Denied || fault.Message(err) != "This invite was used by somebody." || fault.Hint(err) != "Ask for another." {
		t.Errorf("RequestJoin = %v, want what the door said", err)
	}
	if message, _ := fault.Told(err); message.Format != "This invite was used by %s." {
		t.Errorf("the sentence arrives as %+v, which can't be translated", message)
	}
}

func TestARequestOutlivesTheRelayAndItsSilence(t *testing.T) {
	w := newWorld(t, 1)
	ada, door := newPorter(w)
	ada.online()
	ada.brought()
	ada.offline()
	ben := w.site(1, false)
	ben.online()
	answer := ben.join(door.invite, "Ben")
	ben.until("the membership", func(relay.Status) bool { return ben.store.Members() != nil })
	w.stop()
	ben.until("offline", func(st relay.Status) bool { return st.State == relay.Offline })
	w.start(t.TempDir()) // without the request
	ada.online()
	if err := <-answer; err != nil {
		t.Fatal(err)
	}
}

func TestADoorPassesOverWhatIsNoRequest(t *testing.T) {
	w := newWorld(t, 1)
	ada, door := newPorter(w)
	ada.online()
	ada.brought()
	ben := w.site(1, false)
	ben.online()
	js, hangUp := w.script()
	defer hangUp()
	stranger := newInvite(2)
	subject := func(i invite) string { return visitSubject(w, i, ben.ID) }
	for what, send := range map[string]struct {
		to   string
		data []byte
	}{
		"rubbish":             {subject(door.invite), []byte("rubbish")},
		"with another invite": {subject(stranger), must(stranger.Seal(relay.AppendRequest(w.request(stranger, ben.actor, "x")), []byte(subject(stranger))))},
		"of another device":   {subject(door.invite), must(door.invite.Seal(relay.AppendRequest(w.request(door.invite, w.cast.actors[0], "x")), []byte(subject(door.invite))))},
	} {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		if _, err := js.Publish(ctx, send.to, send.data); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		cancel()
	}
	if err := <-ben.join(door.invite, "Ben"); err != nil {
		t.Fatal(err)
	}
	door.mu.Lock()
	defer door.mu.Unlock()
	if len(door.asked) != 1 {
		t.Errorf("the door was asked %d times, want once", len(door.asked))
	}
}

func TestJoinRefusesWhatCanNotBeSent(t *testing.T) {
	w := newWorld(t, 1)
	ben := w.site(1, false)
	ben.online()
	i := newInvite(1)
	r := w.request(i, ben.actor, string(bytes.Repeat([]byte("x"), 300)))
	if err := ben.client.RequestJoin(t.Context(), r, i); fault.KindOf(err) != fault.Invalid {
		t.Errorf("RequestJoin with a long name = %v, want an invalid one", err)
	}
}

// visitSubject returns where a device with an invite leaves its request.
func visitSubject(w *world, i invite, device id.Device) string {
	join, _ := relay.VisitSubjects(w.cast.ws, i.public(), device)
	return join
}
