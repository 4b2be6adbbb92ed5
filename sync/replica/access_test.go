package replica_test

import (
	"testing"
	"time"

	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/replica"
)

// act adds acts to the first site's log of membership.
func (d *desk) act(acts ...member.Act) {
	s := d.sites[0]
	log := s.Log(controlIncarnation)
	b := d.opened.seal(s.store.Table.Draft(log, acts, epoch+10), s.actor)
	s.store.Add(b)
	s.node.Advance(oplog.Vector{log: b.Head(b.Hash)}, d.now)
}

func TestAStrangerGetsNothing(t *testing.T) {
	d := newDesk(t, 1)
	a := d.sites[0]
	a.write(a.Log(1), 5, 1)
	stranger := d.add(4, false)
	d.connect(a, stranger)
	d.run(time.Minute)
	if got := len(stranger.store.Logs); got != 0 {
		t.Errorf("a stranger has got %d logs", got)
	}
	if st := stranger.sessions[a].Status(); st.Behind != 0 || !st.Known {
		t.Errorf("a stranger is told %+v, want that there is nothing", st)
	}
	d.act(member.AddPerson{Person: stranger.Person, Role: member.Viewer}, member.AddDevice{Person: stranger.Person, Key: stranger.Public()})
	d.run(time.Second)
	stranger.has(a.Log(1), 5)
	stranger.has(a.Log(controlIncarnation), a.store.Head(a.Log(controlIncarnation)).Next)
}

// A device whose admission has not reached a peer yet brings it itself.
func TestAMemberMakesItselfKnown(t *testing.T) {
	d := newDesk(t, 2)
	a, b := d.sites[0], d.sites[1]
	newcomer := d.add(4, false)
	d.act(member.AddPerson{Person: newcomer.Person, Role: member.Contributor}, member.AddDevice{Person: newcomer.Person, Key: newcomer.Public()})
	d.connect(a, newcomer)
	d.run(time.Second)
	newcomer.write(newcomer.Log(1), 2, 1)
	d.connect(newcomer, b)
	d.run(time.Second)
	b.has(newcomer.Log(1), 2)
}

func TestWhoIsRemovedGetsOnlyTheMembership(t *testing.T) {
	d := newDesk(t, 3)
	a, b, gone := d.sites[0], d.sites[1], d.sites[2]
	gone.write(gone.Log(1), 4, 1)
	d.connect(a, b)
	d.connect(a, gone)
	d.run(time.Second)
	gone.write(gone.Log(1), 3, 1) // 7 in all, pushed to a
	d.run(time.Second)
	d.act(member.RemoveDevice{Device: gone.ID, Cut: []oplog.Dep{{Log: gone.Log(1), Next: 5}}})
	a.write(a.Log(1), 2, 1)
	d.run(time.Second)
	gone.has(a.Log(1), 0)
	gone.has(a.Log(controlIncarnation), a.store.Head(a.Log(controlIncarnation)).Next)

	c := d.add(3, true)
	d.connect(a, c)
	d.connect(gone, c)
	d.run(time.Second)
	c.has(gone.Log(1), 5) // not what was written beyond the cut, although a has it
	a.has(gone.Log(1), 7)
	if got, want := a.node.Offers().Digest(), c.node.Offers().Digest(); got != want {
		t.Error("a and c hand out different things")
	}
	if got := a.node.Limit(gone.Log(1)); got != 5 {
		t.Errorf("%d operations of the one who was removed count, want 5", got)
	}
	if st := c.sessions[a].Status(); st.Behind != 0 {
		t.Errorf("c has all that counts, but %+v", st)
	}
}

// What only the removed device has is taken, as far as it counts.
func TestWhoIsRemovedStillBringsWhatCounts(t *testing.T) {
	d := newDesk(t, 3)
	a, b, gone := d.sites[0], d.sites[1], d.sites[2]
	gone.write(gone.Log(1), 6, 1)
	d.act(member.RemoveDevice{Device: gone.ID, Cut: []oplog.Dep{{Log: gone.Log(1), Next: 4}}})
	d.connect(a, b)
	d.run(time.Second)
	d.connect(b, gone)
	d.run(time.Second)
	b.has(gone.Log(1), 4)
	a.has(gone.Log(1), 4)
}

func TestABatchOfAnUnknownAuthorWaitsForItsAdmission(t *testing.T) {
	d := newDesk(t, 2)
	a, b := d.sites[0], d.sites[1]
	author := d.add(4, false)
	d.act(member.AddPerson{Person: author.Person, Role: member.Contributor}, member.AddDevice{Person: author.Person, Key: author.Public()})
	d.connect(a, author)
	d.run(time.Second)
	author.write(author.Log(1), 3, 1)
	d.run(time.Second)
	late := a.store.Acts[len(a.store.Acts)-1]
	d.filter = func(from, to *site, m replica.Message) replica.Message {
		if w, ok := m.(replica.Batches); ok && to == b {
			for _, raw := range w.Raw {
				if h := must(oplog.ReadHeader(raw)); h.Log == late.Log && h.First == late.First && d.now.Second() < 30 {
					return nil // the admission is lost for a while
				}
			}
		}
		return m
	}
	d.connect(a, b)
	d.run(10 * time.Second)
	b.has(author.Log(1), 0)
	d.run(40 * time.Second)
	b.has(author.Log(1), 3)
	if err := b.sessions[a].Err(); err != nil {
		t.Errorf("the session is over: %v", err)
	}
}
