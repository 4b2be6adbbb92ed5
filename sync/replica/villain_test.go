package replica_test

import (
	"encoding/binary"
	"slices"
	"time"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/replica"
	"cairn/sync/simnet"
	"cairn/sync/wire"
)

// villain is a peer who knows the workspace, has a key, and keeps to nothing.
type villain struct {
	actor
	p      *play
	victim *node
	in     *simnet.Cable // to the victim
	alive  bool
	seq    uint32
	round  uint32
}

// intrude connects a villain with a victim, and again whenever it is thrown out.
func (p *play) intrude(a actor, victim *node, over time.Duration) {
	v := &villain{actor: a, p: p, victim: victim}
	p.hostile[a.ID] = true
	p.every(2*time.Second, over, v.dial)
	p.every(300*time.Millisecond, over, func() {
		if v.alive {
			v.evil()
		}
	})
}

func (v *villain) dial() {
	if v.alive || !v.victim.up {
		return
	}
	e := v.victim.accept("villain "+v.ID.Short().String(), v.actor)
	e.other = func(bool) { v.alive = false }
	e.out = v.p.w.Cable(simnet.Faults{}, func([]byte) {})
	v.in = v.p.w.Cable(simnet.Faults{Delay: time.Millisecond}, e.receive)
	v.alive, v.seq, v.round = true, 0, 0
	v.send(replica.Hello{
		Min: 1, Max: 9, Level: 9, Wall: v.p.w.Now().Add(v.p.w.Between(-time.Hour, time.Hour)),
		Workspace: replica.TagOf(v.p.cast.ws, v.ID, v.victim.ID),
	})
	v.victim.flush()
}

func (v *villain) send(m replica.Message) { v.in.Send(wire.Append(nil, m)) }

// evil sends the victim something.
func (v *villain) evil() {
	r := v.p.w.Rand
	switch r.IntN(13) {
	case 0:
		v.in.Send(v.garbage())
	case 1:
		v.in.Send(v.mutant())
	case 2:
		for range 1 + r.IntN(20) {
			v.in.Send(v.overheard())
		}
	case 3:
		v.forge()
	case 4, 5:
		v.write(r.IntN(3), clock.StampOf(v.p.w.Now()))
	case 6:
		v.write(0, clock.StampOf(v.p.w.Now().AddDate(1, 0, 0)))
	case 7, 8:
		v.boast()
	case 9:
		v.round += uint32(r.IntN(3))
		v.send(replica.Want{Round: max(1, v.round), Limit: 1 << 60, Ranges: v.ranges()})
	case 10:
		v.flood()
	case 11:
		for range 50 {
			v.send(replica.Again{})
		}
	case 12:
		v.accuse()
	}
}

func (v *villain) garbage() []byte {
	b := make([]byte, v.p.w.Rand.IntN(300))
	for i := range b {
		b[i] = byte(v.p.w.Rand.Uint32())
	}
	if len(b) >= wire.HeadSize {
		binary.BigEndian.PutUint32(b, uint32(len(b)-wire.HeadSize))
		b[4], b[5] = b[4]%9, b[5]%2
	}
	return b
}

// overheard is a frame that honest nodes have sent each other.
func (v *villain) overheard() []byte {
	if len(v.p.overheard) == 0 {
		return nil
	}
	return slices.Clone(v.p.overheard[v.p.w.Rand.IntN(len(v.p.overheard))])
}

// mutant is such a frame with some of it changed, or cut off.
func (v *villain) mutant() []byte {
	b := v.overheard()
	if len(b) == 0 {
		return b
	}
	for range 1 + v.p.w.Rand.IntN(3) {
		b[v.p.w.Rand.IntN(len(b))] ^= 1 << v.p.w.Rand.IntN(8)
	}
	if b = b[:v.p.w.Rand.IntN(len(b)+1)]; len(b) >= wire.HeadSize && v.p.w.Chance(0.7) {
		binary.BigEndian.PutUint32(b, uint32(len(b)-wire.HeadSize))
	}
	return b
}

// seal signs a batch that follows head with the villain's key.
func (v *villain) seal(log id.Log, head oplog.Head, at clock.Stamp) oplog.Batch {
	ops := v.p.changes(map[id.Doc]*doc.Doc{}, log, head.Next, at)
	return must(oplog.Seal(oplog.Draft{
		Workspace: v.p.cast.ws.Prefix(), Log: log, First: head.Next, Prev: head.Hash, Ops: ops,
	}, v.Key))
}

// forge writes in the name of somebody else.
func (v *villain) forge() {
	n := v.p.nodes[v.p.w.Rand.IntN(len(v.p.nodes))]
	b := v.seal(n.data, v.victim.store.Head(n.data), clock.StampOf(v.p.w.Now()))
	v.send(replica.Batches{Raw: [][]byte{b.Raw}})
}

// write writes in its own name, which it may, and now and then tells different
// victims different things.
func (v *villain) write(log int, at clock.Stamp) {
	name := v.Log(uint32(1 + log))
	v.p.forkable[name] = true
	b := v.seal(name, v.victim.store.Head(name), at)
	v.p.sealed[b.Hash] = true
	v.send(replica.Batches{Raw: [][]byte{b.Raw}})
	if v.p.w.Chance(0.2) {
		act := member.SetRole{Person: v.Person, Role: member.Admin}
		acts := v.Log(controlIncarnation)
		head := v.victim.store.Head(acts)
		v.p.forkable[acts] = true
		b := must(oplog.Seal(oplog.Draft{
			Workspace: v.p.cast.ws.Prefix(), Control: true, Log: acts, First: head.Next, Prev: head.Hash,
			Ops: []oplog.Op{member.Op(act, at)},
		}, v.Key))
		v.p.sealed[b.Hash] = true
		v.send(replica.Batches{Raw: [][]byte{b.Raw}})
	}
}

// boast claims what it has not, also of the victim's own logs.
func (v *villain) boast() {
	v.seq++
	m := replica.Have{Seq: v.seq, Fresh: v.p.w.Chance(0.5)}
	for log, head := range v.victim.store.Heads().All() {
		head.Next += uint64(v.p.w.Rand.IntN(1000))
		head.Hash[0] ^= byte(v.p.w.Rand.Uint32())
		m.Claims = append(m.Claims, replica.Claim{Log: log, Head: head, Control: v.p.w.Chance(0.5)})
	}
	v.send(m)
}

func (v *villain) ranges() (out []oplog.Range) {
	for log := range v.victim.store.Heads().All() {
		from := uint64(v.p.w.Rand.IntN(20))
		out = append(out, oplog.Range{Log: log, From: from, To: from + 1 + uint64(v.p.w.Rand.IntN(20))})
	}
	return out[:min(len(out), replica.MaxRanges)]
}

// flood sends more of what nobody asked for than anybody would.
func (v *villain) flood() {
	var m replica.Batches
	for log := range v.victim.store.Heads().All() {
		raws, _ := v.victim.store.Batches(log, 0, 8<<10)
		m.Raw = append(m.Raw, raws...)
	}
	m.Raw = m.Raw[:min(len(m.Raw), replica.MaxBatches)]
	frame := wire.Append(nil, m)
	for range 200 {
		v.in.Send(frame)
	}
}

// accuse says that a log has forked, with proof or without.
func (v *villain) accuse() {
	log := v.Log(uint32(1 + v.p.w.Rand.IntN(3)))
	if v.p.w.Chance(0.5) {
		log = v.victim.data
	}
	raws, _ := v.victim.store.Batches(log, uint64(v.p.w.Rand.IntN(10)), 1)
	if len(raws) == 0 {
		return
	}
	h := must(oplog.ReadHeader(raws[0]))
	other := v.seal(log, oplog.Head{Next: h.First, Hash: h.Prev}, clock.StampOf(v.p.w.Now()))
	if log.Device == v.ID.Short() {
		v.p.sealed[other.Hash] = true
	}
	v.send(replica.Fork{One: raws[0], Other: other.Raw})
}
