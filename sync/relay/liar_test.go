package relay_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"cairn/core/id"
	"cairn/sync/relay"
)

// script connects to the relay as whoever runs it could.
func (w *world) script() (jetstream.JetStream, func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	nc := must(nats.Connect("", nats.InProcessServer(w.server)))
	return must(jetstream.New(nc)), nc.Close
}

// stream returns the workspace's stream, in which nothing is ever deleted.
func (w *world) stream(js jetstream.JetStream) jetstream.Stream {
	for name := range js.StreamNames(context.Background()).Name() {
		if !strings.HasSuffix(name, "-door") {
			return must(js.Stream(context.Background(), name))
		}
	}
	w.t.Fatal("the relay has no stream")
	return nil
}

// messages returns all that the relay holds.
func (w *world) messages() (out []*nats.Msg, config jetstream.StreamConfig) {
	js, hangUp := w.script()
	defer hangUp()
	stream := w.stream(js)
	info := must(stream.Info(context.Background()))
	for seq := uint64(1); seq <= info.State.LastSeq; seq++ {
		m := must(stream.GetMsg(context.Background(), seq))
		header := nats.Header{}
		header.Set("Cairn-Head", m.Header.Get("Cairn-Head"))
		out = append(out, &nats.Msg{Subject: m.Subject, Header: header, Data: m.Data})
	}
	return out, info.Config
}

// lie puts another relay in the place of this one, with what of its messages
// change leaves.
func (w *world) lie(change func([]*nats.Msg) []*nats.Msg) {
	w.t.Helper()
	messages, config := w.messages()
	w.stop()
	w.start(w.t.TempDir())
	js, hangUp := w.script()
	defer hangUp()
	must(js.CreateStream(context.Background(), config))
	for _, m := range change(messages) {
		must(js.PublishMsg(context.Background(), m))
	}
}

// on returns where the messages of a log are.
func on(messages []*nats.Msg, log id.Log) (at []int) {
	for i, m := range messages {
		if strings.HasSuffix(m.Subject, ".log."+log.String()) {
			at = append(at, i)
		}
	}
	return at
}

func TestWhatALyingRelayDoesIsMended(t *testing.T) {
	corrupt := func(m *nats.Msg) {
		m.Data = slices.Clone(m.Data)
		m.Data[len(m.Data)/2] ^= 1
	}
	lies := map[string]struct {
		lie func(messages []*nats.Msg, at []int) []*nats.Msg
		bad bool // a message is there that nobody could have meant
	}{
		"one withheld": {func(m []*nats.Msg, at []int) []*nats.Msg { return slices.Delete(m, at[2], at[2]+1) }, false},
		"the last withheld": {func(m []*nats.Msg, at []int) []*nats.Msg {
			return slices.Delete(m, at[len(at)-1], at[len(at)-1]+1)
		}, false},
		"two exchanged": {func(m []*nats.Msg, at []int) []*nats.Msg {
			m[at[2]], m[at[3]] = m[at[3]], m[at[2]]
			return m
		}, false},
		"all in reverse":    {func(m []*nats.Msg, _ []int) []*nats.Msg { slices.Reverse(m); return m }, false},
		"all twice":         {func(m []*nats.Msg, _ []int) []*nats.Msg { return append(slices.Clone(m), m...) }, false},
		"one bit":           {func(m []*nats.Msg, at []int) []*nats.Msg { corrupt(m[at[2]]); return m }, true},
		"a bit of the last": {func(m []*nats.Msg, at []int) []*nats.Msg { corrupt(m[at[len(at)-1]]); return m }, true},
		"contents exchanged": {func(m []*nats.Msg, at []int) []*nats.Msg {
			m[at[2]].Data, m[at[3]].Data = m[at[3]].Data, m[at[2]].Data
			return m
		}, true},
		"heads exchanged": {func(m []*nats.Msg, at []int) []*nats.Msg {
			m[at[2]].Header, m[at[3]].Header = m[at[3]].Header, m[at[2]].Header
			return m
		}, true},
		"rubbish in between": {func(m []*nats.Msg, at []int) []*nats.Msg {
			return slices.Insert(m, at[2], &nats.Msg{Subject: m[at[2]].Subject, Data: []byte("rubbish")})
		}, true},
		"rubbish at the end": {func(m []*nats.Msg, at []int) []*nats.Msg {
			return append(m, &nats.Msg{Subject: m[at[2]].Subject, Header: nats.Header{"Cairn-Head": {"1 9 9 9 9 9"}}})
		}, true},
		"a head of another log": {func(m []*nats.Msg, at []int) []*nats.Msg {
			other := m[slices.IndexFunc(m, func(m *nats.Msg) bool { return strings.Contains(m.Subject, ".ctl.") })]
			return append(m, &nats.Msg{Subject: m[at[2]].Subject, Header: other.Header, Data: other.Data})
		}, true},
	}
	for name, lie := range lies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, 3)
			ada, ben, cyd := w.site(0, true), w.site(1, true), w.site(2, true)
			ada.online()
			for range 6 {
				ada.write(ada.Log(1), 1, 10)
				ada.brought()
			}
			ada.offline()
			w.lie(func(m []*nats.Msg) []*nats.Msg {
				return lie.lie(m, on(m, ada.Log(1)))
			})

			ben.online()
			cyd.write(cyd.Log(1), 3, 10)
			cyd.online()
			ben.has(cyd.Log(1), 30) // nobody else is held up
			ada.online()
			ada.write(ada.Log(1), 1, 10)
			for _, s := range []*site{ada, ben, cyd} {
				s.has(ada.Log(1), 70)
				s.has(cyd.Log(1), 30)
			}
			ada.brought()
			equal(t, ada, ben, cyd)
			if bad := ben.client.Status().Bad + ada.client.Status().Bad + cyd.client.Status().Bad; (bad > 0) != lie.bad {
				t.Errorf("%d messages counted as bad, want some: %v", bad, lie.bad)
			}
			// Who comes now is not held up by any of it.
			dee := w.site(1, false)
			dee.online()
			dee.has(ada.Log(1), 70)
			dee.has(cyd.Log(1), 30)
		})
	}
}

func TestLossAndRollbackAreMended(t *testing.T) {
	for name, put := range map[string]func(w *world){
		"everything lost":          func(w *world) { w.stop(); w.start(w.t.TempDir()) },
		"put back to an old state": func(w *world) { w.stop(); w.start(w.old) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, 3)
			ada, ben := w.site(0, true), w.site(1, true)
			ada.online()
			ada.write(ada.Log(1), 3, 10)
			ada.brought()
			w.keep()
			ben.online()
			ada.write(ada.Log(1), 3, 10)
			ben.has(ada.Log(1), 60)
			ben.write(ben.Log(1), 2, 10)
			ada.has(ben.Log(1), 20)
			ada.offline()

			put(w)
			ben.write(ben.Log(1), 1, 10)
			ben.brought() // also what only the absent have written
			cyd := w.site(2, false)
			cyd.online()
			cyd.has(ada.Log(1), 60)
			cyd.has(ben.Log(1), 30)
			equal(t, ben, cyd)
		})
	}
}

func TestTwoWhoBringTheSameBringItOnce(t *testing.T) {
	w := newWorld(t, 3)
	ada, ben, cyd := w.site(0, true), w.site(1, true), w.site(2, true)
	ada.write(ada.Log(1), 40, 50)
	for _, s := range []*site{ben, cyd} {
		for _, b := range ada.store.Logs[ada.Log(1)] {
			s.store.Add(b)
		}
		s.online()
	}
	ben.brought()
	cyd.brought()
	messages, _ := w.messages()
	seen := map[string]bool{}
	for _, m := range messages {
		key := m.Subject + m.Header.Get("Cairn-Head")
		if seen[key] {
			t.Errorf("%s %s is there twice", m.Subject, m.Header.Get("Cairn-Head"))
		}
		seen[key] = true
	}
	if n := len(on(messages, ada.Log(1))); n != 1 {
		t.Errorf("%d messages with the log of the absent, want the one that holds all of it", n)
	}
}

func TestACopiedFolderIsToldAndOverwritesNothing(t *testing.T) {
	w := newWorld(t, 2)
	ada, ben := w.site(0, true), w.site(1, true)
	ada.write(ada.Log(1), 2, 10)
	twin := ada.copyOf()
	ada.write(ada.Log(1), 1, 10)
	twin.write(twin.Log(1), 1, 11)
	ada.online()
	ada.brought()

	twin.online()
	copied := func(st relay.Status) bool {
		return len(st.Logs) == 1 && st.Logs[0].Copied && st.Logs[0].Own && st.Logs[0].Log == ada.Log(1)
	}
	twin.until("told of the copy", copied)
	twin.write(twin.Log(2), 1, 5) // as it goes on in another log
	twin.brought()
	ben.online()
	ben.has(ada.Log(1), 30)
	ben.has(ada.Log(2), 5)
	if got, want := ben.store.Heads()[ada.Log(1)], ada.store.Heads()[ada.Log(1)]; got != want {
		t.Errorf("the log at the relay ends with %v, want what was there first: %v", got, want)
	}
}

// The copy knows from the relay that there is more than it has when it writes
// in the same place: it takes what it wrote for no part of that, and leaves it
// where it is.
func TestACopyThatWritesWhileItFetchesOverwritesNothing(t *testing.T) {
	w := newWorld(t, 2)
	ada, ben := w.site(0, true), w.site(1, true)
	ada.write(ada.Log(1), 2, 10)
	twin := ada.copyOf()
	ada.online()
	ada.brought()
	twin.online()
	twin.brought()
	ben.online()
	storing := twin.store.shut()
	ada.write(ada.Log(1), 1, 10)
	twin.until("told of more", func(st relay.Status) bool { return st.Behind == 10 })
	twin.write(twin.Log(1), 1, 11)
	for incarnation := range uint32(2) { // one that is brought beside it, and one after it
		twin.write(twin.Log(2+incarnation), 1, 5)
		ben.has(twin.Log(2+incarnation), 5)
	}
	close(storing.opened)
	twin.told(ada.Log(1), 2)
}

// The copy has written and is about to bring it when it sees what its twin has
// written in the same place.
func TestACopyThatIsAboutToBringOverwritesNothing(t *testing.T) {
	w := newWorld(t, 2)
	ada, ben := w.site(0, true), w.site(1, true)
	const shared = 9
	ada.write(ada.Log(shared), 2, 10)
	twin := ada.copyOf()
	sealing := newGate()
	twin.sealer = gatedSealer{twin.sealer, sealing}
	ada.online()
	ada.brought()
	twin.online()
	twin.brought()
	ben.online()
	storing := twin.store.shut()
	client := twin.client
	twin.client = nil // told once of everything
	for incarnation := range uint32(4) {
		twin.write(twin.Log(1+incarnation), 1, 5) // as many as are brought at a time, before the shared one
	}
	twin.write(twin.Log(shared), 1, 11)
	twin.client = client
	client.Wrote()
	<-sealing.reached
	ada.write(ada.Log(shared), 1, 10)
	<-storing.reached
	close(sealing.opened)
	ben.has(twin.Log(4), 5)
	twin.write(twin.Log(shared+1), 1, 5) // brought after all of the others
	ben.has(twin.Log(shared+1), 5)
	close(storing.opened)
	twin.told(ada.Log(shared), 2)
}

// gatedSealer seals behind a gate.
type gatedSealer struct {
	relay.Sealer
	gate *gate
}

func (s gatedSealer) Seal(control bool, plain, aad []byte) ([]byte, error) {
	if err := s.gate.pass(context.Background()); err != nil {
		return nil, err
	}
	return s.Sealer.Seal(control, plain, aad)
}

// told waits until a copy knows that it is one, and fails the test unless its log
// has so many messages.
func (s *site) told(log id.Log, want int) {
	s.w.t.Helper()
	s.until("told of the copy", func(st relay.Status) bool {
		return len(st.Logs) == 1 && st.Logs[0].Copied && st.Logs[0].Own && st.Logs[0].Log == log
	})
	messages, _ := s.w.messages()
	if n := len(on(messages, log)); n != want {
		s.w.t.Errorf("%d messages on the log, want the %d of the first", n, want)
	}
}

// The copy has been online all the time, and sees nothing of what its twin
// writes before it writes itself.
func TestACopyThatIsOnlineIsToldByTheGuard(t *testing.T) {
	w := newWorld(t, 2)
	ada := w.site(0, true)
	ada.write(ada.Log(1), 2, 10)
	twin := ada.copyOf()
	ada.online()
	ada.brought()
	twin.online()
	twin.brought()
	twin.store.Mu.Lock()
	twin.store.fails = errFull // so that it does not see what its twin writes
	twin.store.Mu.Unlock()
	ada.write(ada.Log(1), 1, 10)
	ada.brought()
	twin.write(twin.Log(1), 1, 11)
	twin.store.Mu.Lock()
	twin.store.fails = nil
	twin.store.Mu.Unlock()
	twin.client.Again()
	twin.told(ada.Log(1), 2)
}

func TestARestoredFolderGetsItsOwnLogBack(t *testing.T) {
	w := newWorld(t, 2)
	ada := w.site(0, true)
	ada.write(ada.Log(1), 2, 10)
	restored := ada.copyOf()
	ada.write(ada.Log(1), 2, 10)
	ada.online()
	ada.brought()
	ada.offline()
	restored.online()
	restored.has(ada.Log(1), 40)
	equal(t, ada, restored)
	if st := restored.client.Status(); len(st.Logs) != 0 {
		t.Errorf("Status = %+v, want nothing wrong", st)
	}
}
