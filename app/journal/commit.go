package journal

import (
	"fmt"
	"maps"
	"time"

	"cairn/app/disk"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

const (
	// maxGroup is how many requests share one sync of the disk.
	maxGroup = 256
	// maxGroupBytes ends a group early, so that it fits the memory of one
	// database transaction and a bootstrap shows progress.
	maxGroupBytes = 2 << 20
	// idle is how long the committer waits for more before it writes out
	// documents and looks again at batches from the future.
	idle = time.Second
)

// request is one thing for the committer to do: exactly one of alone, write,
// acts and receive is set.
type request struct {
	alone   func() error
	write   func(tx *Tx) error
	acts    []member.Act
	receive []arrived
	back    bool  // receive was stored by a journal before
	some    bool  // of receive as much is to be stored as can be, and nobody waits to see it
	stored  int   // with some: how much is, set before the answer
	refused error // with some: why the next is not
	answer  chan error
}

// outcome returns the answer of r once its group is durable, unless err.
func (r *request) outcome(err error) error {
	if err != nil {
		r.stored = 0
		return err
	}
	return r.refused
}

// group is a set of requests that become durable together.
type group struct {
	j       *Journal
	now     time.Time
	entries []disk.Entry
	heads   oplog.Vector             // as they will be, for the logs touched
	docs    map[id.Doc]*entry        // private copies that the group changes
	batches map[id.Log][]oplog.Batch // accepted, to be folded in
	own     map[id.Op]bool           // first operation of the batches that Write has folded in already
	applied map[id.Log]uint64        // as it will be, for the logs touched
	stalled map[id.Log]Stall         // as they will be
	control []oplog.Batch
	members *member.Table   // as control will leave it, nil while that is empty
	waiting []*request      // answered when the group is durable
	told    []oplog.Dep     // causes that the group's own batches name
	written map[id.Log]bool // logs of its own batches
	bytes   int
	moved   bool // a batch of this device's current logs has come from elsewhere
	soon    bool // nobody waits to see what changes
}

func (j *Journal) commitLoop() {
	defer close(j.done)
	timer := time.NewTimer(idle)
	defer timer.Stop()
	for {
		select {
		case r := <-j.requests:
			j.commit(r)
		case <-timer.C:
			if len(j.unshown.docs) > 0 {
				j.showAll()
			} else {
				j.tick()
			}
		case <-j.stop:
			j.drain()
			return
		}
		timer.Reset(j.pause())
	}
}

// drain carries out what was accepted before Close.
func (j *Journal) drain() {
	for {
		select {
		case r := <-j.requests:
			j.commit(r)
		default:
			return
		}
	}
}

// tick does what waits for quiet: documents are written out, and batches that
// came from the future are tried again.
func (j *Journal) tick() {
	if err := j.settle(); err != nil {
		j.Log.Warn("an earlier commit is still unfinished", "err", err)
		return
	}
	if err := j.flush(); err != nil {
		j.Log.Warn("documents not written out; they stay in the log", "err", err)
	}
	j.tryRecover()
	if len(j.stalled) == 0 {
		return
	}
	if err := j.newGroup().foldIn(); err != nil {
		j.amiss = true
		j.Log.Warn("waiting batches not folded in", "err", err)
	}
}

func (j *Journal) newGroup() *group {
	return &group{
		j: j, now: j.Now(), heads: oplog.Vector{},
		docs: map[id.Doc]*entry{}, batches: map[id.Log][]oplog.Batch{}, own: map[id.Op]bool{},
		applied: map[id.Log]uint64{}, stalled: map[id.Log]Stall{}, written: map[id.Log]bool{},
	}
}

// commit carries out first and whatever else has come meanwhile as one group.
func (j *Journal) commit(first *request) {
	if err := j.settle(); err != nil {
		first.answer <- err
		return
	}
	g := j.newGroup()
	g.soon = true
	for r := first; r != nil; r = j.more(g) {
		if r.alone != nil || r.acts != nil {
			g.finish()
			j.commitAlone(r)
			return
		}
		if err := g.accept(r); err != nil {
			r.answer <- err
			continue
		}
		g.waiting = append(g.waiting, r)
		g.soon = g.soon && r.some
	}
	g.finish()
}

// commitAlone carries out what shares no group: acts are judged by what all
// before them leaves, and what comes after is judged by them.
func (j *Journal) commitAlone(r *request) {
	if err := j.settle(); err != nil {
		r.answer <- err
		return
	}
	if r.alone != nil {
		r.answer <- r.alone()
		return
	}
	g := j.newGroup()
	if err := g.act(r.acts); err != nil {
		r.answer <- err
		return
	}
	g.waiting = append(g.waiting, r)
	g.finish()
}

// more returns the next request if there is one that the group has room for.
func (j *Journal) more(g *group) *request {
	if len(g.waiting) >= maxGroup || g.bytes >= maxGroupBytes {
		return nil
	}
	select {
	case r := <-j.requests:
		return r
	default:
		return nil
	}
}

func (g *group) accept(r *request) error {
	switch {
	case r.write != nil:
		return g.write(r.write)
	case r.some:
		return g.receiveSome(r)
	default:
		return g.receive(r)
	}
}

// head returns log's head as the group will leave it.
func (g *group) head(log id.Log) oplog.Head {
	if h, ok := g.heads[log]; ok {
		return h
	}
	return g.j.heads[log]
}

// add takes a batch into the group.
func (g *group) add(b oplog.Batch) {
	g.entries = append(g.entries, disk.Entry{
		Log: b.Log, First: b.First, Count: b.Count, Control: b.Control(), Hash: b.Hash, Raw: b.Raw,
	})
	g.heads[b.Log] = oplog.Head{Next: b.End(), Hash: b.Hash}
	g.bytes += len(b.Raw)
	if b.Control() {
		g.control = append(g.control, b)
		return
	}
	g.batches[b.Log] = append(g.batches[b.Log], b)
}

// finish makes the group durable, folds it in, publishes and answers.
func (g *group) finish() {
	err := g.store()
	for _, r := range g.waiting {
		r.answer <- r.outcome(err)
	}
	if err == nil {
		g.j.tryRecover()
	}
	if g.j.dirty.due(g.now, len(g.j.docs.dirty)) {
		if err := g.j.flush(); err != nil {
			g.j.Log.Warn("documents not written out; they stay in the log", "err", err)
		}
	}
}

func (g *group) store() error {
	if len(g.entries) == 0 {
		return nil
	}
	if err := g.j.store(g.entries); err != nil {
		g.j.amiss = true
		return fmt.Errorf("append %d batches: %w", len(g.entries), err)
	}
	g.j.advance(g)
	if err := g.foldIn(); err != nil {
		// Nothing is lost: what is durable is folded in before the next commit,
		// or when the journal opens again.
		g.j.amiss = true
		g.j.Log.Error("batches stored but not folded in", "err", err)
		return fmt.Errorf("fold in what is stored: %w", err)
	}
	if g.moved {
		return g.j.reincarnate()
	}
	return nil
}

// advance moves the heads to what is now on disk.
func (j *Journal) advance(g *group) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, d := range g.told {
		j.told[d.Log] = d.Next
	}
	for log, h := range g.heads {
		j.setHead(log, h)
	}
	j.admit(g.control)
	j.wrote(g.written)
}

// setHead notes how much of log is on disk, and wakes who waits for that. The
// caller holds mu.
func (j *Journal) setHead(log id.Log, h oplog.Head) {
	j.ops += h.Next - j.heads[log].Next
	j.heads[log] = h
	select {
	case <-j.grown: // nobody has looked since it was closed
	default:
		close(j.grown)
	}
}

// admit takes in stored batches of membership. The caller holds mu.
func (j *Journal) admit(control []oplog.Batch) {
	if len(control) == 0 {
		return
	}
	if j.workspace.IsZero() {
		j.workspace = id.Workspace(control[0].Hash)
	}
	for _, b := range control {
		j.controlLogs[b.Log] = true
	}
	j.control = append(j.control, control...)
	j.evaluate()
}

// publish shows the group's documents to readers and starts the next ones.
func (g *group) publish() {
	docs := make([]*doc.Doc, 0, len(g.docs))
	g.j.mu.Lock()
	for _, e := range g.docs {
		docs = append(docs, e.doc)
		g.j.docs.put(e)
	}
	maps.Copy(g.j.applied, g.applied)
	g.j.stalled = g.stalled
	g.j.mu.Unlock()
	clear(g.docs)
	g.j.show(docs, g.soon)
}
