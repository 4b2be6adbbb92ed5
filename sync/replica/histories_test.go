package replica_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/replica"
)

// Three devices hold three histories of a log, of which two part later than the
// third does: what counts is what all three have, whoever meets first.
func TestOfThreeHistoriesTheEarliestForkCounts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t, 4)
		a, b, c, author := d.sites[0], d.sites[1], d.sites[2], d.sites[3]
		log := author.Log(1)
		grow := func(label string, sites ...*site) {
			for range rapid.IntRange(1, 8).Draw(rt, label) {
				d.now = d.now.Add(time.Millisecond)
				batch := author.seal(log, sites[0].store.Head(log), rapid.IntRange(1, 5).Draw(rt, "operations"))
				for _, s := range sites {
					s.store.Add(batch)
				}
			}
		}
		if rapid.Bool().Draw(rt, "common") {
			grow("of all", a, b, c)
		}
		at := a.store.Head(log).Next
		grow("of c", c)
		grow("of a and b", a, b)
		grow("of a", a)
		grow("of b", b)
		for _, s := range d.sites {
			s.restart()
		}
		pairs := rapid.Permutation([][2]*site{{a, b}, {b, c}, {a, author}}).Draw(rt, "who meets when")
		for _, pair := range pairs {
			d.connect(pair[0], pair[1])
			d.run(20 * time.Second)
		}
		for _, s := range d.sites {
			if got := s.node.Limit(log); got != at {
				rt.Fatalf("site %d takes the first %d operations for one history, want %d", s.name, got, at)
			}
			if got, want := s.node.Offers().Digest(), a.node.Offers().Digest(); got != want {
				rt.Fatalf("site %d hands out something else than site 0", s.name)
			}
		}
	})
}

// TestANodeBeginsWithWhatIsKnownOfForks restarts a device that knows of a fork,
// and has it meet one that has a part of the same history and does not.
func TestANodeBeginsWithWhatIsKnownOfForks(t *testing.T) {
	d := newDesk(t, 4)
	a, b, author, late := d.sites[0], d.sites[1], d.sites[2], d.sites[3]
	log := author.Log(1)
	common := author.seal(log, oplog.Head{}, 3)
	d.now = d.now.Add(time.Second)
	ours := author.seal(log, common.Head(common.Hash), 2)
	d.now = d.now.Add(time.Second)
	theirs := author.seal(log, common.Head(common.Hash), 4)
	for _, s := range []*site{a, b, late} {
		s.store.Add(common)
	}
	a.store.Add(ours)
	late.store.Add(ours)
	b.store.Add(theirs)
	for _, s := range d.sites {
		s.restart()
	}
	d.connect(a, b)
	d.run(time.Second)
	known := a.node.Forks()
	if len(known) != 1 || known[0].At != 3 {
		t.Fatalf("forks %+v, want one at 3", known)
	}
	clear(a.sessions)
	a.node = replica.New(replica.Config{Device: a.ID, Workspace: d.cast.ws, Store: a.store, Forks: known})
	if got := a.node.Offers()[log]; got.Next != 3 || a.node.Limit(log) != 3 {
		t.Errorf("handed out up to %d, want 3", got.Next)
	}
	d.connect(a, late)
	d.run(time.Second)
	if got := late.node.Limit(log); got != 3 {
		t.Errorf("the one who has not heard of the fork counts %d operations, want 3", got)
	}
	if got := late.told(replica.Forked); len(got) != 1 {
		t.Errorf("told %+v, want of one fork", got)
	}
}

// TestAProofOfAnEarlierForkIsHeardWhicheverBatchComesFirst knows of a fork, and
// hears of one that is earlier in the same log.
func TestAProofOfAnEarlierForkIsHeardWhicheverBatchComesFirst(t *testing.T) {
	for swap, what := range []string{"the earlier batch first", "the later batch first"} {
		d := newDesk(t, 3)
		a, b, author := d.sites[0], d.sites[1], d.sites[2]
		log := author.Log(1)
		first := author.seal(log, oplog.Head{}, 3)
		second := author.seal(log, first.Head(first.Hash), 2)
		d.now = d.now.Add(time.Second)
		other := author.seal(log, first.Head(first.Hash), 2)
		longer := author.seal(log, oplog.Head{}, 5)
		d.connect(a, b)
		d.run(time.Second)
		proofs := []replica.Fork{{One: second.Raw, Other: other.Raw}, {One: longer.Raw, Other: second.Raw}}
		if swap == 1 {
			proofs[1].One, proofs[1].Other = proofs[1].Other, proofs[1].One
		}
		for i, want := range []uint64{3, 0} {
			if err := a.sessions[b].Receive(proofs[i], d.now); err != nil {
				t.Fatal(err)
			}
			if got := a.node.Limit(log); got != want {
				t.Errorf("%s: after proof %d, %d operations count, want %d", what, i+1, got, want)
			}
		}
	}
}

// TestACutThroughABatchShowsAFork has a device removed of whose log two
// histories went round, with the cut of the shorter one. Who has the other hears
// of the shorter one before it hears of the cut.
func TestACutThroughABatchShowsAFork(t *testing.T) {
	d := newDesk(t, 3)
	admin, b, author := d.sites[0], d.sites[1], d.sites[2]
	log := author.Log(1)
	short := author.seal(log, oplog.Head{}, 3)
	d.now = d.now.Add(time.Second)
	long := author.seal(log, oplog.Head{}, 5)
	admin.store.Add(short)
	b.store.Add(long)
	removal := member.RemoveDevice{Device: author.ID, Cut: []oplog.Dep{{Log: log, Next: 3}}}
	draft := admin.store.Table.Draft(admin.Log(controlIncarnation), []member.Act{removal}, epoch+2)
	admin.store.Add(d.opened.seal(draft, admin.actor))
	for _, s := range d.sites {
		s.restart()
	}
	d.connect(admin, b)
	d.run(5 * time.Second)
	for _, s := range []*site{admin, b} {
		if got := s.node.Limit(log); got != 0 {
			t.Errorf("site %d counts %d operations, want none", s.name, got)
		}
	}
}
