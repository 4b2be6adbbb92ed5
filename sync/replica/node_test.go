package replica_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/replica"
	"cairn/sync/simnet"
)

// node is a device: its disk, the one who writes to it, and its part in the
// protocol.
type node struct {
	actor
	p      *play
	name   string
	disk   *simnet.Disk
	clock  *simnet.Clock
	store  *memory
	rep    *replica.Node
	stamps clock.Clock
	data   id.Log
	acts   id.Log
	docs   map[id.Doc]*doc.Doc // as operations have come in
	ends   []*end
	jobs   []func() // for the disk, one after another
	busy   bool
	life   int // counts starts; what an earlier life had planned is not played
	up     bool
	ticks  time.Time // when a tick is planned
	bytes  int       // on their way to the disk
	most   int       // of bytes
}

// start brings the node up from its disk.
func (n *node) start() {
	n.life++
	n.up, n.busy, n.jobs, n.ticks, n.bytes = true, false, nil, time.Time{}, 0
	n.load()
	n.rep = replica.New(replica.Config{Device: n.ID, Workspace: n.p.cast.ws, Store: n.store})
	n.flush()
}

// load takes in what the disk holds.
func (n *node) load() {
	n.store = newMemory(n.p.cast.ws, n.p.opened)
	n.docs = map[id.Doc]*doc.Doc{}
	for _, raw := range n.disk.Records() {
		n.takeIn(must(n.p.opened.open(raw)))
	}
}

// stop takes the node down. What was not synced may be lost.
func (n *node) stop() {
	for _, e := range slices.Clone(n.ends) {
		e.drop(n.p.w.Chance(0.7))
	}
	n.up = false
	n.life++
	n.disk.Crash(n.p.w)
}

// takeIn adds a durable batch to the store and its operations to the documents.
func (n *node) takeIn(b oplog.Batch) {
	n.store.Add(b)
	if b.Control() {
		return
	}
	n.stamps.Observe(b.Last)
	for _, op := range b.Ops {
		if n.docs[op.Doc] == nil {
			n.docs[op.Doc] = doc.New(op.Doc)
		}
		_ = n.docs[op.Doc].Apply(op)
	}
}

// soon plays fn in a while, if the node is still in the same life then.
func (n *node) soon(d time.Duration, fn func()) {
	life := n.life
	n.p.w.After(d, func() {
		if n.life == life {
			fn()
		}
	})
}

// flush does everything that the protocol asks for.
func (n *node) flush() {
	if !n.up {
		return
	}
	for _, a := range n.rep.Appends() {
		for _, raw := range a.Raw {
			n.bytes += len(raw)
		}
		n.most = max(n.most, n.bytes)
		n.jobs = append(n.jobs, func() { n.append(a) })
	}
	for _, e := range n.rep.Events() {
		n.hear(e)
	}
	n.work()
	for _, e := range slices.Clone(n.ends) {
		e.pump()
	}
	due := n.rep.Due()
	if !due.IsZero() && (n.ticks.IsZero() || due.Before(n.ticks)) {
		n.ticks = due
		n.soon(due.Sub(n.p.w.Now()), func() {
			if n.ticks.Equal(due) {
				n.ticks = time.Time{}
			}
			n.rep.Tick(n.p.w.Now())
			n.flush()
		})
	}
}

func (n *node) hear(e replica.Event) {
	switch e.Kind {
	case replica.Leave:
		n.reincarnate(e.Log)
	case replica.Unreadable:
		n.p.failf("%s: the store can't read %v: %v", n.name, e.Log, e.Err)
	case replica.Ended:
		if errors.Is(e.Err, replica.ErrPeer) && !n.p.suspicious(e.Peer) {
			n.p.failf("%s ended a session with an honest peer: %v", n.name, e.Err)
		}
	case replica.Newer, replica.Paused:
	case replica.Forked:
		if !n.p.forkable[e.Log] {
			n.p.failf("%s: %v has a fork at %d, but nobody wrote two histories", n.name, e.Log, e.At)
		}
	}
}

// reincarnate goes on in another log than log.
func (n *node) reincarnate(log id.Log) {
	switch log {
	case n.data:
		n.data = n.p.freshLog(n.actor, 0)
	case n.acts:
		n.acts = n.p.freshLog(n.actor, controlIncarnation)
	}
}

// work starts the next job for the disk.
func (n *node) work() {
	for !n.busy && len(n.jobs) > 0 {
		job := n.jobs[0]
		n.jobs = n.jobs[1:]
		job()
	}
}

// commit makes records durable and then calls done.
func (n *node) commit(records [][]byte, done func()) {
	for _, r := range records {
		n.disk.Write(r)
	}
	n.busy = true
	n.soon(n.p.w.Between(200*time.Microsecond, 5*time.Millisecond), func() {
		n.disk.Sync()
		n.busy = false
		done()
		n.flush()
	})
}

// append stores what peers have sent.
func (n *node) append(a replica.Append) {
	for _, raw := range a.Raw {
		n.bytes -= len(raw)
	}
	if n.p.w.Chance(n.p.diskFails) {
		n.rep.Appended(a.ID, 0, fault.New(fault.Full, "No room.", ""), n.p.w.Now())
		return
	}
	// A store that is told of several batches at once has those before in mind.
	ahead := *n.store
	ahead.Logs = map[id.Log][]oplog.Batch{}
	for log, batches := range n.store.Logs {
		ahead.Logs[log] = slices.Clip(batches)
	}
	ahead.Acts = slices.Clip(n.store.Acts)
	var fresh []oplog.Batch
	var records [][]byte
	stored, refused := 0, error(nil)
	for _, raw := range a.Raw {
		b, err := ahead.Check(raw)
		if err != nil && !errors.Is(err, oplog.ErrKnown) {
			refused = err
			break
		}
		if err == nil {
			ahead.Add(b)
			fresh, records = append(fresh, b), append(records, raw)
		}
		stored++
	}
	n.commit(records, func() {
		for _, b := range fresh {
			n.takeIn(b)
		}
		n.rep.Appended(a.ID, stored, refused, n.p.w.Now())
	})
}

// mayWrite reports whether the device has the right to write a log of documents.
func (n *node) mayWrite(log id.Log) bool {
	h := oplog.Header{Workspace: n.p.cast.ws.Prefix(), Log: log, First: n.store.Head(log).Next, Count: 1}
	return n.store.Table != nil && n.store.Table.MayWrite(h) == nil
}

// write has the node write a batch of documents.
func (n *node) write() {
	n.jobs = append(n.jobs, func() {
		if n.rep.Limit(n.data) < math.MaxUint64 && n.store.Head(n.data).Next > 0 {
			n.reincarnate(n.data) // it is cut, or has forked
		}
		if !n.mayWrite(n.data) {
			return
		}
		head := n.store.Head(n.data)
		n.own(oplog.Draft{
			Workspace: n.p.cast.ws.Prefix(), Log: n.data, First: head.Next, Prev: head.Hash,
			Ops: n.p.changes(n.docs, n.data, head.Next, n.stamps.Next(n.clock.Now())),
		})
	})
	n.work()
}

// act has the node write acts, if it may.
func (n *node) act(acts func(t *member.Table) []member.Act) {
	n.jobs = append(n.jobs, func() {
		if n.store.Table == nil || n.store.Table.MayAdmin(n.ID.Short()) != nil {
			return
		}
		if n.store.Table.Heads()[n.acts] != n.store.Head(n.acts) {
			n.reincarnate(n.acts)
		}
		if list := acts(n.store.Table); len(list) > 0 {
			n.own(n.store.Table.Draft(n.acts, list, n.stamps.Next(n.clock.Now())))
		}
	})
	n.work()
}

// own makes durable what the node has written, and tells.
func (n *node) own(d oplog.Draft) {
	b := n.p.opened.seal(d, n.actor)
	n.p.sealed[b.Hash] = true
	n.commit([][]byte{b.Raw}, func() {
		n.takeIn(b)
		n.p.acked = append(n.p.acked, acked{Header: b.Header, hash: b.Hash, by: n.name})
		n.rep.Advance(oplog.Vector{b.Log: b.Head(b.Hash)}, n.p.w.Now())
	})
}

// folded returns what the operations that count make of the documents.
func (n *node) folded() string {
	docs := map[id.Doc]*doc.Doc{}
	for log, head := range n.rep.Offers().All() {
		for _, b := range n.store.Logs[log] {
			if b.Control() || b.End() > head.Next {
				break
			}
			for _, op := range b.Ops {
				if docs[op.Doc] == nil {
					docs[op.Doc] = doc.New(op.Doc)
				}
				_ = docs[op.Doc].Apply(op)
			}
		}
	}
	return stateOf(docs)
}

func (n *node) String() string { return fmt.Sprintf("%s (%v)", n.name, n.ID.Short()) }
