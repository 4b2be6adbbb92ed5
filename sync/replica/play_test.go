package replica_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/simnet"
)

// play is one seed: a team, what goes wrong, and what must hold in the end.
type play struct {
	t         testing.TB
	w         *simnet.World
	cast      *cast
	opened    *opened
	nodes     []*node
	links     []*link
	edges     [][2]int // who can reach whom
	lossy     simnet.Faults
	diskFails float64 // probability for each append
	cuts      float64 // probability that a new link is cut

	sealed    map[oplog.Hash]bool // all that a device has signed
	acked     []acked
	forkable  map[id.Log]bool     // logs that two lives of a device may have written
	undone    map[oplog.Hash]bool // what only its writer had when that restored a backup
	removed   map[id.ShortDevice]bool
	hostile   map[id.Device]bool
	logs      map[id.ShortDevice]uint32
	overheard [][]byte // frames, for those who repeat them
	failure   string
}

// acked is a batch that its writer was told is safe.
type acked struct {
	oplog.Header
	hash oplog.Hash
	by   string
}

func newPlay(t testing.TB, seed uint64, size int) *play {
	t.Helper()
	p := &play{
		t: t, w: simnet.New(seed), cast: castOf(size), opened: newOpened(),
		sealed: map[oplog.Hash]bool{}, undone: map[oplog.Hash]bool{}, forkable: map[id.Log]bool{}, removed: map[id.ShortDevice]bool{},
		hostile: map[id.Device]bool{}, logs: map[id.ShortDevice]uint32{},
	}
	for _, b := range p.cast.acts {
		p.sealed[b.Hash] = true
		if err := p.opened.verify(b.Raw, p.cast.actors[0].Public()); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// join adds a node that has the log of membership, or nothing.
func (p *play) join(i int, empty bool) *node {
	a := p.cast.actors[i]
	n := &node{actor: a, p: p, name: fmt.Sprint("node ", i), disk: &simnet.Disk{}, clock: p.w.Clock()}
	n.data, n.acts = p.freshLog(a, 0), a.Log(controlIncarnation)
	if !empty {
		for _, b := range p.cast.acts {
			n.disk.Write(b.Raw)
		}
		n.disk.Sync()
	}
	p.nodes = append(p.nodes, n)
	n.start()
	return n
}

// freshLog returns a log of the actor's that nobody has written to.
func (p *play) freshLog(a actor, base uint32) id.Log {
	p.logs[a.ID.Short()]++
	return a.Log(base + p.logs[a.ID.Short()])
}

// faults returns what goes wrong on the next cable.
func (p *play) faults() simnet.Faults { return p.lossy }

// dial connects those who can reach each other and are not connected.
func (p *play) dial() {
	p.links = slices.DeleteFunc(p.links, func(l *link) bool { return l.a.dropped && l.b.dropped })
	for _, e := range p.edges {
		a, b := p.nodes[e[0]], p.nodes[e[1]]
		if !a.up || !b.up || slices.ContainsFunc(p.links, func(l *link) bool { return l.joins(a, b) && l.alive() }) {
			continue
		}
		p.connect(a, b)
		if p.w.Chance(p.cuts) {
			l := p.links[len(p.links)-1]
			l.cut(p.w.Chance(0.7), p.w.Chance(0.7))
			p.w.After(p.w.Between(time.Second, 20*time.Second), func() { l.cut(false, false) })
		}
	}
}

// every plays fn at times about d apart, until the time is over.
func (p *play) every(d, over time.Duration, fn func()) {
	until := p.w.Now().Add(over)
	var again func()
	again = func() {
		if p.w.Now().After(until) {
			return
		}
		fn()
		p.w.After(p.w.Between(d/2, 3*d/2), again)
	}
	p.w.After(p.w.Between(0, d), again)
}

// any returns a node that is up, nil if none is.
func (p *play) any() *node {
	var up []*node
	for _, n := range p.nodes {
		if n.up {
			up = append(up, n)
		}
	}
	if len(up) == 0 {
		return nil
	}
	return up[p.w.Rand.IntN(len(up))]
}

// suspicious reports whether a peer may send what no correct one would.
func (p *play) suspicious(d id.Device) bool { return p.hostile[d] }

func (p *play) failf(format string, args ...any) {
	if p.failure == "" {
		p.failure = fmt.Sprintf(format, args...)
	}
}

// record keeps some frames for those who repeat what they overhear.
func (p *play) record(frame []byte) {
	const most = 64
	if len(p.hostile) == 0 {
		return
	}
	if len(p.overheard) < most {
		p.overheard = append(p.overheard, frame)
		return
	}
	p.overheard[p.w.Rand.IntN(most)] = frame
}

// changes returns operations that a person might do next.
func (p *play) changes(docs map[id.Doc]*doc.Doc, log id.Log, first uint64, at clock.Stamp) []oplog.Op {
	r := p.w.Rand
	var ops []oplog.Op
	for i := range 1 + r.IntN(3) {
		name := docOf(r.IntN(docsShared))
		d := docs[name]
		if d == nil {
			d = doc.New(name)
		}
		c := change(r, d, log, i == 0)
		c.Noun = 1
		ops = append(ops, c.At(doc.Version{At: at, By: id.Op{Log: log, Seq: first + uint64(i)}}))
	}
	return ops
}

// change plans a change of any family. Only the first of a batch may be of
// text: it has to be planned on what the one before it has left.
func change(r *rand.Rand, d *doc.Doc, log id.Log, text bool) doc.Change {
	v := doc.Int(int64(r.IntN(100)))
	switch r.IntN(6) {
	case 0:
		return d.Put(2, v)
	case 1:
		return d.Add(3, v)
	case 2:
		return d.Remove(3, v)
	case 3:
		return d.Count(4, int64(r.IntN(10)))
	case 4:
		if c, err := d.InsertText(6, log, 0, "word "); err == nil && text {
			return c
		}
	}
	return d.SetRegister(1, v)
}
