package relay_test

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"cairn/core/fault"
	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/relay"
)

// What a new member writes may be at the relay before the batch that admits
// them: it waits for the membership and for nothing else.
func TestABatchWaitsForItsAuthorsAdmission(t *testing.T) {
	w := newWorld(t, 2)
	ada, ben := w.site(0, true), w.site(1, true)
	cyd := w.site(2, true)
	admission := w.cast.admit(cyd.actor)
	cyd.store.Add(admission)
	ben.online()
	ben.brought()
	cyd.write(cyd.Log(1), 2, 10)
	cyd.online()
	ben.until("what cyd wrote, refused at first", func(st relay.Status) bool {
		return len(st.Logs) > 0 && fault.KindOf(st.Logs[0].Fault) == fault.Denied || ben.store.Heads()[cyd.Log(1)].Next == 20
	})
	ben.has(cyd.Log(1), 20)
	if st := ben.client.Status(); len(st.Logs) != 0 || st.Bad != 0 {
		t.Errorf("Status = %+v, want nothing wrong", st)
	}
	ada.online()
	ada.has(cyd.Log(1), 20)
	equal(t, ada, ben, cyd)
}

func TestNobodyBringsWhatDoesNotCount(t *testing.T) {
	w := newWorld(t, 2)
	ada, ben := w.site(0, true), w.site(1, true)
	ben.write(ben.Log(1), 1, 10)
	kept := ben.store.Heads()[ben.Log(1)]
	ada.store.Add(ben.store.Logs[ben.Log(1)][0])
	ben.write(ben.Log(1), 1, 10)
	ada.store.Add(w.cast.act(member.RemoveDevice{Device: ben.ID, Cut: []oplog.Dep{{Log: ben.Log(1), Next: 10}}}))
	late := w.site(0, true) // has received what was written beyond the cut before it knew
	for _, b := range ben.store.Logs[ben.Log(1)] {
		late.store.Add(b)
	}
	ada.online()
	late.online()
	ada.brought()
	late.brought()
	cyd := w.site(2, false)
	cyd.online()
	cyd.has(ben.Log(1), 10)
	late.brought()
	messages, _ := w.messages()
	if n := len(on(messages, ben.Log(1))); n != 1 {
		t.Errorf("%d messages of the removed device, want one", n)
	}
	if got := cyd.store.Heads()[ben.Log(1)]; got != kept {
		t.Errorf("the log of the removed device is passed on up to %v, want %v", got, kept)
	}
	// Whoever was removed brings in vain: no member takes it.
	ben.online()
	ben.until("the removal", func(relay.Status) bool { d, _ := ben.store.Members().Device(ben.ID.Short()); return d.Removed })
	if got := cyd.store.Heads()[ben.Log(1)]; got != kept {
		t.Errorf("the log of the removed device is passed on up to %v, want %v", got, kept)
	}
}

// lateKey is a sealer whose key for documents comes later.
type lateKey struct {
	relay.Sealer
	here atomic.Bool
}

func (k *lateKey) Seal(control bool, plain, aad []byte) ([]byte, error) {
	if !control && !k.here.Load() {
		return nil, fmt.Errorf("no epoch: %w", relay.ErrKey)
	}
	return k.Sealer.Seal(control, plain, aad)
}

func (k *lateKey) Open(control bool, sealed, aad []byte) ([]byte, error) {
	if !control && !k.here.Load() {
		return nil, fmt.Errorf("no epoch: %w", relay.ErrKey)
	}
	return k.Sealer.Open(control, sealed, aad)
}

func TestWhatHasNoKeyYetWaits(t *testing.T) {
	w := newWorld(t, 2)
	ada, ben := w.site(0, true), w.site(1, false)
	key := &lateKey{Sealer: w.sealer}
	ben.sealer = key
	ada.online()
	ada.write(ada.Log(1), 2, 10)
	ada.brought()
	ben.write(ben.Log(1), 1, 5)
	ben.online()
	ben.until("both logs held", func(st relay.Status) bool { return len(st.Logs) == 2 && st.Behind == 20 && st.Ahead == 5 })
	if st := ben.client.Status(); st.Bad != 0 || fault.KindOf(st.Logs[0].Fault) != fault.Unavailable {
		t.Errorf("Status = %+v, want the key missed and nothing else", st)
	}
	key.here.Store(true)
	// The key comes with membership.
	b := w.cast.act(member.AddPerson{Person: w.cast.actors[2].Person, Role: member.Viewer})
	ada.store.Mu.Lock()
	ada.store.Add(b)
	ada.store.Mu.Unlock()
	ada.client.Wrote()
	ben.has(ada.Log(1), 20)
	ada.has(ben.Log(1), 5)
	equal(t, ada, ben)
}

func TestAStoreThatFailsIsTriedAgain(t *testing.T) {
	w := newWorld(t, 2)
	ada, ben := w.site(0, true), w.site(1, true)
	ada.online()
	ada.write(ada.Log(1), 2, 10)
	ada.brought()
	ben.store.fails = errFull
	ben.online()
	ben.until("told that the disk is full", func(st relay.Status) bool { return st.State == relay.Offline && errors.Is(st.Fault, errFull) })
	ben.store.Mu.Lock()
	ben.store.fails = nil
	ben.store.Mu.Unlock()
	ben.client.Again()
	ben.has(ada.Log(1), 20)
	ben.until("connected", func(st relay.Status) bool { return st.State == relay.Connected && st.Fault == nil })
}

func TestARelayThatIsAwayIsFoundWhenItComes(t *testing.T) {
	w := newWorld(t, 2)
	w.stop()
	ada := w.site(0, true)
	ada.write(ada.Log(1), 1, 10)
	ada.online()
	ada.until("told that the relay is away", func(st relay.Status) bool {
		return st.State == relay.Offline && fault.KindOf(st.Fault) == fault.Offline && st.Ahead == 13
	})
	w.start(w.dir)
	ada.brought()
	w.stop()
	ada.until("told that it went away", func(st relay.Status) bool { return st.State == relay.Offline && !st.Contact.IsZero() })
	ada.write(ada.Log(1), 1, 10)
	w.start(w.dir)
	ada.brought()
	if messages, _ := w.messages(); len(on(messages, ada.Log(1))) != 2 {
		t.Errorf("%d messages, want two", len(on(messages, ada.Log(1))))
	}
}

func TestCloseEndsWhatever(t *testing.T) {
	w := newWorld(t, 2)
	ada := w.site(0, true)
	ada.write(ada.Log(1), 400, 100)
	ada.online()
	ada.client.Close() // while it connects or brings
	ada.client.Close()
	stuck := w.site(1, true)
	stuck.online()
	stuck.client.Close()
	deaf := w.site(1, true)
	w.mu.Lock()
	w.deaf = true
	w.mu.Unlock()
	deaf.online()
	deaf.client.Close() // nobody greets
}

func TestOpenRefusesWhatIsNoAddress(t *testing.T) {
	for name, url := range map[string]string{
		"nothing": "", "no scheme": "relay.example.com:4222", "another scheme": "https://relay.example.com",
		"no host": "nats://token@", "a pin without TLS": "nats://relay#AAAA", "a pin that is none": "tls://relay#AAAA",
		"one of two": "nats://a,ftp://b", "a query": "nats://a?x=1",
	} {
		if _, err := relay.Open(relay.Config{URL: url}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: Open(%q) = %v, want it invalid", name, url, err)
		}
	}
	if err := relay.CheckURL("nats://t@a:4222,tls://t@b:4222#" + relay.PinOf([]byte("x"))); err != nil {
		t.Errorf("CheckURL of two servers = %v", err)
	}
}
