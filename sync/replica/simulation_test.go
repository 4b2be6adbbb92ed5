package replica_test

import (
	"flag"
	"math"
	"slices"
	"testing"
	"time"

	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/simnet"
)

var (
	simSeed  = flag.Uint64("sim.seed", 1, "the first seed of the simulations")
	simSeeds = flag.Uint64("sim.seeds", 100, "how many seeds the simulations play")
)

// TestReplicasSimulation plays teams on bad networks. Devices write while
// frames are lost, repeated and late, links are cut or half open, processes are
// killed and lose what was not synced, backups are restored, clocks jump,
// people are removed and demoted, and disks are full. When all that is over,
// everybody who may has the same, and nothing that was acknowledged is missing.
func TestReplicasSimulation(t *testing.T) {
	for seed := *simSeed; seed < *simSeed+*simSeeds; seed++ {
		simulate(t, seed, func(p *play) { p.trouble(seed) })
	}
}

// simulate plays one seed and says how to play it again if it fails.
func simulate(t *testing.T, seed uint64, script func(p *play)) {
	t.Helper()
	p := newPlay(t, seed, 3+int(seed%3))
	script(p)
	if p.failure == "" {
		p.check()
	}
	if p.failure != "" {
		t.Errorf("seed %d: %s\nreplay: go test ./sync/replica -run '^%s$' -sim.seed=%d -sim.seeds=1", seed, p.failure, t.Name(), seed)
	}
}

const (
	troubled = 40 * time.Second
	healing  = 3 * time.Minute
)

// trouble plays a while in which things go wrong, and one in which nothing
// does.
func (p *play) trouble(seed uint64) {
	r := p.w.Rand
	size := len(p.cast.actors) - 1
	for i := range size {
		p.join(i, i > 1 && p.w.Chance(0.3))
	}
	p.reach(size)
	p.lossy = simnet.Faults{Delay: p.w.Between(0, 60*time.Millisecond), Jitter: p.w.Between(0, 40*time.Millisecond)}
	if seed%2 == 0 {
		p.lossy.Loss, p.lossy.Repeat = r.Float64()*0.3, r.Float64()*0.1
	} else {
		p.lossy.Ordered = true
	}
	if p.w.Chance(0.2) {
		p.lossy.Rate = 20_000
	}
	p.cuts, p.diskFails = r.Float64()*0.3, r.Float64()*0.05
	p.every(time.Second, troubled+healing, p.dial)
	p.every(time.Second, troubled, func() {
		if n := p.any(); n != nil {
			n.write()
		}
	})
	p.every(8*time.Second, troubled, p.mishap)
	p.w.Run(troubled)
	p.heal()
	p.w.Run(healing)
}

// reach draws who can reach whom: everybody somebody, and all together.
func (p *play) reach(size int) {
	for i := 1; i < size; i++ {
		p.edges = append(p.edges, [2]int{p.w.Rand.IntN(i), i})
	}
	for i := range size {
		for j := range i {
			if p.w.Chance(0.3) && !slices.Contains(p.edges, [2]int{j, i}) {
				p.edges = append(p.edges, [2]int{j, i})
			}
		}
	}
}

// heal ends all trouble. Everybody can reach everybody then: those who were
// removed pass nothing on.
func (p *play) heal() {
	for i := range p.nodes {
		for j := range i {
			p.edges = append(p.edges, [2]int{j, i})
		}
	}
	p.lossy.Loss, p.lossy.Repeat, p.lossy.Rate, p.cuts, p.diskFails = 0, 0, 0, 0, 0
	for _, l := range p.links {
		l.cut(false, false)
		l.a.out.Set(p.lossy)
		l.b.out.Set(p.lossy)
	}
	for _, n := range p.nodes {
		if !n.up {
			n.start()
		}
	}
}

// mishap is something that happens to a device.
func (p *play) mishap() {
	n := p.any()
	if n == nil {
		return
	}
	r := p.w.Rand
	switch r.IntN(8) {
	case 0, 1:
		p.crash(n, n.disk)
	case 2:
		backup := n.disk.Copy()
		p.w.After(p.w.Between(0, 15*time.Second), func() { p.restore(n, backup) })
	case 3, 4:
		n.clock.Jump(p.w.Between(-time.Hour, time.Hour))
	case 5:
		n.clock.Right()
	case 6:
		p.demote(n, p.nodes[r.IntN(len(p.nodes))])
	case 7:
		p.remove(n, p.nodes[r.IntN(len(p.nodes))])
	}
}

// crash takes a node down and brings it up again with a disk.
func (p *play) crash(n *node, disk *simnet.Disk) {
	if !n.up {
		return
	}
	n.stop()
	n.disk = disk
	n.load()
	life := n.life
	p.w.After(p.w.Between(0, 5*time.Second), func() {
		if n.life == life {
			n.start()
		}
	})
}

// restore puts a backup in the place of a node's disk. Most notice that, and go
// on in new logs; one that does not may write what it has written before.
func (p *play) restore(n *node, backup *simnet.Disk) {
	if !n.up {
		return
	}
	if p.w.Chance(0.7) {
		n.data, n.acts = p.freshLog(n.actor, 0), p.freshLog(n.actor, controlIncarnation)
	} else {
		p.forkable[n.data], p.forkable[n.acts] = true, true
	}
	kept := map[oplog.Hash]bool{}
	for _, raw := range backup.Records() {
		kept[must(p.opened.open(raw)).Hash] = true
	}
	for _, a := range p.acked {
		if !kept[a.hash] && !p.elsewhere(n, a) {
			p.undone[a.hash] = true
		}
	}
	p.crash(n, backup)
}

// elsewhere reports whether anybody but n has stored a.
func (p *play) elsewhere(n *node, a acked) bool {
	return slices.ContainsFunc(p.nodes, func(o *node) bool {
		return o != n && o.holds(a)
	})
}

// holds reports whether n has stored a.
func (n *node) holds(a acked) bool {
	return slices.ContainsFunc(n.store.Logs[a.Log], func(b oplog.Batch) bool { return b.Hash == a.hash })
}

// cutOf returns how much of every log of documents of who is known to n.
func (n *node) cutOf(who actor) []oplog.Dep {
	var cut []oplog.Dep
	for log, head := range n.store.Heads().All() {
		if log.Device == who.ID.Short() && !n.store.Control(log) {
			cut = append(cut, oplog.Dep{Log: log, Next: head.Next})
		}
	}
	return cut
}

func (p *play) remove(by, who *node) {
	if who == p.nodes[0] || len(p.removed) > 0 {
		return
	}
	by.act(func(*member.Table) []member.Act {
		p.removed[who.ID.Short()] = true
		return []member.Act{member.RemoveDevice{Device: who.ID, Cut: by.cutOf(who.actor)}}
	})
	by.flush()
}

func (p *play) demote(by, who *node) {
	if who == p.nodes[0] || who == p.nodes[1] {
		return
	}
	by.act(func(t *member.Table) []member.Act {
		if t.Role(who.Person) == member.Viewer {
			return []member.Act{member.SetRole{Person: who.Person, Role: member.Contributor}}
		}
		return []member.Act{member.SetRole{Person: who.Person, Role: member.Viewer, Cut: by.cutOf(who.actor)}}
	})
	by.flush()
}

// check fails the play unless everybody who may has the same.
func (p *play) check() {
	first := p.nodes[0]
	want, state := first.rep.Offers(), first.folded()
	for _, n := range p.nodes {
		p.checkStore(n)
		if n.most > (len(p.nodes)+len(p.hostile))*(1<<20+256<<10) {
			p.failf("%s had %d bytes on their way to the disk", n.name, n.most)
		}
		if d, _ := first.store.Table.Device(n.ID.Short()); d.Removed {
			continue
		}
		if got := n.rep.Offers(); got.Digest() != want.Digest() {
			p.failf("%s and %s differ: %v, %v", first.name, n.name, missing(want, got), missing(got, want))
			continue
		}
		if got := n.folded(); got != state {
			p.failf("%s and %s hold the same operations but other documents", first.name, n.name)
		}
		if shown := stateOf(n.docs); shown != state && n.store.Heads().Digest() == n.rep.Offers().Digest() {
			p.failf("%s shows other documents than its logs say", n.name)
		}
		for _, e := range n.ends {
			if d, _ := first.store.Table.Device(e.s.Peer().Short()); d.Removed || p.hostile[e.s.Peer()] {
				continue
			}
			if st := e.s.Status(); !st.Known || st.Behind > 0 || st.Ahead > 0 {
				p.failf("%s is in sync with %s but says %+v", n.name, e.peer, st)
			}
		}
	}
	for _, a := range p.acked {
		p.checkAcked(a)
	}
}

// checkStore looks at what one node holds.
func (p *play) checkStore(n *node) {
	for _, batches := range n.store.Logs {
		for _, b := range batches {
			if !p.sealed[b.Hash] {
				p.failf("%s holds %v/%d, which nobody wrote", n.name, b.Log, b.First)
			}
		}
	}
	for log, head := range n.rep.Offers().All() {
		h := oplog.Header{Workspace: p.cast.ws.Prefix(), Log: log, First: head.Next - 1, Count: 1}
		if !n.store.Control(log) && n.store.Table.MayWrite(h) != nil {
			p.failf("%s hands out %v/%d, which its author had no right to write", n.name, log, h.First)
		}
	}
}

// checkAcked looks whether what was acknowledged is everywhere, unless its
// author had no right to write it, or has written two histories.
func (p *play) checkAcked(a acked) {
	n := p.nodes[0]
	limit := uint64(math.MaxUint64)
	for _, o := range p.nodes {
		limit = min(limit, o.rep.Limit(a.Log)) // not everybody hears of a fork in what it has not
	}
	if a.End() > limit {
		device, _ := n.store.Table.Device(a.Log.Device)
		cut := slices.ContainsFunc(device.Cut, func(d oplog.Dep) bool { return d.Log == a.Log })
		if !device.Removed && !cut && n.store.Table.Role(device.Person) >= member.Contributor && !p.forkable[a.Log] {
			p.failf("%s wrote %v/%d, of which only %d counts, for no reason", a.by, a.Log, a.First, limit)
		}
		return
	}
	if device, _ := n.store.Table.Device(a.Log.Device); device.Removed && p.forkable[a.Log] {
		return // nobody asks it any more which of two histories it has
	}
	if !p.undone[a.hash] && !n.holds(a) {
		var who []string
		asked := false
		for _, o := range p.nodes {
			if o.holds(a) {
				d, _ := n.store.Table.Device(o.ID.Short())
				who, asked = append(who, o.name), asked || !d.Removed
			}
		}
		if len(who) > 0 && !asked && p.forkable[a.Log] {
			return // who holds the other history was removed, and is not told of this one
		}
		p.failf("%s was told that %v/%d is safe, but only %v have it", a.by, a.Log, a.First, who)
	}
}

func missing(have, want oplog.Vector) (out []oplog.Range) {
	for log, head := range want.All() {
		if have[log] != head {
			out = append(out, oplog.Range{Log: log, From: have[log].Next, To: head.Next})
		}
	}
	return out
}

// TestVillainsSimulation plays teams that have among them a member, and beside
// them a stranger, who send garbage, forgeries, boasts, floods and two
// histories. The others end up with the same all the same.
func TestVillainsSimulation(t *testing.T) {
	for seed := *simSeed; seed < *simSeed+(*simSeeds+4)/5; seed++ {
		simulate(t, seed, func(p *play) {
			size := len(p.cast.actors) - 1
			insider, stranger := p.cast.actors[size-1], p.cast.actors[size]
			for i := range size - 1 {
				p.join(i, i > 1 && p.w.Chance(0.3))
			}
			p.reach(size - 1)
			p.lossy = simnet.Faults{Delay: p.w.Between(0, 60*time.Millisecond), Ordered: true}
			p.every(time.Second, troubled+healing, p.dial)
			p.every(2*time.Second, troubled, func() { p.any().write() })
			for _, victim := range p.nodes {
				p.intrude(insider, victim, troubled+healing/3)
			}
			p.intrude(stranger, p.nodes[0], troubled+healing/3)
			if p.w.Chance(0.3) {
				p.w.After(troubled/2, func() {
					p.nodes[0].act(func(t *member.Table) []member.Act {
						return []member.Act{member.RemoveDevice{Device: insider.ID, Cut: p.nodes[0].cutOf(insider)}}
					})
				})
			}
			p.w.Run(troubled)
			p.heal()
			p.w.Run(healing)
		})
	}
}
