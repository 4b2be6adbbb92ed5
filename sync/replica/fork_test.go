package replica_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/core/oplog"
	"cairn/sync/replica"
)

func TestProve(t *testing.T) {
	d := newDesk(t, 1)
	s := d.sites[0]
	log := s.Log(1)
	at := func(n int, h oplog.Head, count int) oplog.Batch {
		d.now = d.now.Add(time.Duration(n) * time.Second) // so that it is another batch
		return s.seal(log, h, count)
	}
	first := at(0, oplog.Head{}, 3)
	second := at(1, first.Head(first.Hash), 2)
	other := at(2, oplog.Head{}, 3)
	longer := at(3, oplog.Head{}, 5)
	after := at(4, other.Head(other.Hash), 2)
	elsewhere := s.seal(s.Log(2), oplog.Head{}, 3)
	stranger := d.cast.actors[4]
	forged := must(oplog.Seal(oplog.Draft{Workspace: d.cast.ws.Prefix(), Log: log, Ops: other.Ops[:1]}, stranger.Key))
	tests := []struct {
		name       string
		one, other oplog.Batch
		at         uint64
		want       error
	}{
		{"the same operations twice", first, other, 0, nil},
		{"histories that are cut in other places", second, longer, 0, nil},
		{"a batch that follows another", first, after, 0, nil},
		{"…the other way round", after, first, 0, nil},
		{"batches that follow", second, after, 3, nil},
		{"a batch and itself", first, first, 0, replica.ErrNoFork},
		{"a batch and the next", first, second, 0, replica.ErrNoFork},
		{"the next and the batch before", second, first, 0, replica.ErrNoFork},
		{"batches of two logs", first, elsewhere, 0, replica.ErrNoFork},
		{"one that somebody else has signed", first, forged, 0, oplog.ErrSignature},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := replica.Prove(tt.one.Raw, tt.other.Raw, s.Public())
			if !errors.Is(err, tt.want) || err == nil && (got.At != tt.at || got.Log != log) {
				t.Errorf("Prove = %v at %d, %v, want %d, %v", got.Log, got.At, err, tt.at, tt.want)
			}
		})
	}
}

// Two devices that hold two histories of a third one's log find the place where
// they part, whatever the histories are, and tell everybody.
func TestAForkIsFoundWhereItIs(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t, 4)
		a, b, author, witness := d.sites[0], d.sites[1], d.sites[2], d.sites[3]
		log := author.Log(1)
		grow := func(label string, least int, sites ...*site) {
			for range rapid.IntRange(least, 30).Draw(rt, label) {
				d.now = d.now.Add(time.Millisecond)
				batch := author.seal(log, sites[0].store.Head(log), rapid.IntRange(1, 5).Draw(rt, "operations"))
				for _, s := range sites {
					s.store.Add(batch)
				}
			}
		}
		grow("common", 0, a, b, witness)
		at := a.store.Head(log).Next
		grow("of a", 1, a)
		d.now = d.now.Add(time.Second)
		grow("of b", 1, b)
		for _, s := range d.sites {
			s.restart()
		}
		// The one who has less in common with nobody is not asked.
		d.connect(a, b)
		d.connect(b, witness)
		d.connect(a, author)
		d.run(5 * time.Second)
		for _, s := range d.sites {
			if got := s.node.Limit(log); got != at {
				rt.Fatalf("site %d takes the first %d operations for one history, want %d", s.name, got, at)
			}
			if got, want := s.node.Offers().Digest(), a.node.Offers().Digest(); got != want {
				rt.Fatalf("site %d hands out something else than site 0", s.name)
			}
		}
		if got := author.told(replica.Leave); len(got) != 1 || got[0].Log != log {
			rt.Fatalf("the author is told %+v, want to leave %v", got, log)
		}
		if probes := d.count("0→1 Want") + d.count("1→0 Want"); probes > 30 {
			rt.Fatalf("it took %d questions", probes)
		}
		if forks := a.node.Forks(); len(forks) != 1 || forks[0].Log != log || forks[0].At != at {
			rt.Fatalf("a knows of forks %+v", forks)
		}
	})
}

func TestADeviceThatFindsMoreOfItsLogLeavesIt(t *testing.T) {
	d := newDesk(t, 2)
	a, b := d.sites[0], d.sites[1]
	d.connect(a, b)
	a.write(a.Log(1), 5, 1)
	d.run(time.Second)
	backup := d.add(0, true) // the same device, as it was before
	for _, batch := range a.store.Logs[a.Log(1)][:2] {
		backup.store.Add(batch)
	}
	backup.restart()
	d.connect(backup, b)
	backup.slow = true
	d.run(100 * time.Millisecond)
	if got := backup.told(replica.Leave); len(got) != 1 || got[0].Log != a.Log(1) {
		t.Errorf("before anything is stored it is told %+v, want to leave %v", got, a.Log(1))
	}
	backup.slow = false
	d.run(time.Second)
	backup.has(a.Log(1), 5)
	if got := backup.node.Limit(a.Log(1)); got != math.MaxUint64 {
		t.Errorf("nothing was written twice, but only %d operations count", got)
	}
}

func TestABoastIsBelievedOnce(t *testing.T) {
	d := newDesk(t, 2)
	a, b := d.sites[0], d.sites[1]
	d.connect(a, b)
	d.run(time.Second)
	for n := range uint32(5) {
		log := a.Log(1 + n)
		a.write(log, 1, 1)
		d.run(time.Second)
		claim := replica.Claim{Log: log, Head: oplog.Head{Next: 99, Hash: oplog.Hash{1}}}
		_ = a.sessions[b].Receive(replica.Have{Seq: 100 + n, Fresh: true, Claims: []replica.Claim{claim}}, d.now)
		a.settle()
	}
	if got := len(a.told(replica.Leave)); got != 1 {
		t.Errorf("a peer that never shows what it claims has %d logs left for others, want 1", got)
	}
}
