package blob

import (
	"sync"
	"time"

	"cairn/core/id"
)

// workers is how many tasks are done at the same time: while one waits for the
// disk, another may compute.
const workers = 2

// Exchange is a Node that runs: a Channel of sync/link. It is safe for
// concurrent use.
type Exchange struct {
	store Store
	now   func() time.Time
	done  sync.WaitGroup
	stop  chan struct{}
	again chan struct{} // told when Tick may be due; holds one

	mu      sync.Mutex // guards what follows
	node    *Node
	bound   func(id.Device)
	tasks   []Task
	work    *sync.Cond // there are tasks, or it is over
	over    bool
	armed   bool // Tick will be called
	turns   uint64
	changed chan struct{}
}

// Open returns an Exchange that fetches into store and serves from it. Close
// ends it.
func Open(c Config, store Store, now func() time.Time) *Exchange {
	x := &Exchange{
		store: store, now: now, stop: make(chan struct{}), again: make(chan struct{}, 1),
		node: NewNode(c), bound: func(id.Device) {}, changed: make(chan struct{}),
	}
	x.work = sync.NewCond(&x.mu)
	for range workers {
		x.done.Go(x.labour)
	}
	x.done.Go(x.keepTime)
	return x
}

// Close ends what Open has started, after the tasks that are being done. It is
// called once, when no connection uses the Exchange any more.
func (x *Exchange) Close() {
	x.mu.Lock()
	x.over = true
	x.work.Broadcast()
	x.mu.Unlock()
	close(x.stop)
	x.done.Wait()
}

// Refer tells of a file that a document refers to and that is not here. It is
// fetched if it is small.
func (x *Exchange) Refer(ref Ref) (err error) {
	x.with(func(n *Node, _ time.Time) { err = n.Refer(ref) })
	return err
}

// Fetch fetches a file, before all that only Refer was told of. What has failed
// is begun anew. The Store is told by Join when the file is here.
func (x *Exchange) Fetch(ref Ref) (err error) {
	x.with(func(n *Node, _ time.Time) { err = n.Fetch(ref) })
	return err
}

// Cancel gives up the fetch of a file. What has come of it stays in the store.
func (x *Exchange) Cancel(root Hash) {
	x.with(func(n *Node, _ time.Time) { n.Cancel(root) })
}

// Stored tells that a file has been added here: who asked for it is told.
func (x *Exchange) Stored(ref Ref) {
	x.with(func(n *Node, _ time.Time) { n.Stored(ref) })
}

// Progress returns how far a file is, false if it is not being fetched: it
// never was, or it is here.
func (x *Exchange) Progress(root Hash) (Progress, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.node.Progress(root)
}

// Changed returns a channel that is closed when Progress may answer otherwise
// than when Changed was called.
func (x *Exchange) Changed() <-chan struct{} {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.changed
}

// Kinds returns the kinds of frames that are the channel's.
func (x *Exchange) Kinds() (first, last byte) { return firstKind, lastKind }

// Bind takes what is called when there is something for a peer.
func (x *Exchange) Bind(wake func(peer id.Device)) {
	x.mu.Lock()
	x.bound = wake
	x.mu.Unlock()
}

// Connect begins to exchange files with a peer.
func (x *Exchange) Connect(peer id.Device) {
	x.with(func(n *Node, now time.Time) { n.Connect(peer, now) })
}

// Disconnect forgets a peer.
func (x *Exchange) Disconnect(peer id.Device) {
	x.with(func(n *Node, _ time.Time) { n.Disconnect(peer) })
}

// Receive takes in a frame; the payload is the Exchange's. The error wraps
// ErrMalformed; no correct peer causes one.
func (x *Exchange) Receive(peer id.Device, kind byte, payload []byte) (err error) {
	x.with(func(n *Node, now time.Time) { err = n.Receive(peer, kind, payload, now) })
	return err
}

// Next returns the next frame to a peer, false if there is none now.
func (x *Exchange) Next(peer id.Device) (kind byte, payload []byte, ok bool) {
	x.with(func(n *Node, now time.Time) { kind, payload, ok = n.Next(peer, now) })
	return kind, payload, ok
}

// with does something with the node, and then what the node asks for.
func (x *Exchange) with(do func(n *Node, now time.Time)) {
	x.mu.Lock()
	do(x.node, x.now())
	if tasks := x.node.Tasks(); len(tasks) > 0 {
		x.tasks = append(x.tasks, tasks...)
		x.work.Broadcast()
	}
	if x.turns != x.node.turns {
		x.turns = x.node.turns
		close(x.changed)
		x.changed = make(chan struct{})
	}
	_, due := x.node.Due()
	late := due && !x.armed
	wakes, wake := x.node.Wakes(), x.bound
	x.mu.Unlock()
	if late {
		select {
		case x.again <- struct{}{}:
		default: // it will look anyway
		}
	}
	for _, peer := range wakes {
		wake(peer)
	}
}

// labour does tasks until Close.
func (x *Exchange) labour() {
	for {
		x.mu.Lock()
		for len(x.tasks) == 0 && !x.over {
			x.work.Wait()
		}
		if x.over {
			x.mu.Unlock()
			return
		}
		t := x.tasks[0]
		x.tasks[0] = Task{}
		x.tasks = x.tasks[1:]
		x.mu.Unlock()
		r := t.Run(x.store)
		x.with(func(n *Node, now time.Time) { n.Done(t, r, now) })
	}
}

// keepTime calls Tick when it is due, until Close.
func (x *Exchange) keepTime() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		x.mu.Lock()
		next, due := x.node.Due()
		x.armed = due
		x.mu.Unlock()
		if due {
			timer.Reset(next)
		} else {
			timer.Stop()
		}
		select {
		case <-x.stop:
			return
		case <-x.again:
		case <-timer.C:
			x.with(func(n *Node, now time.Time) { n.Tick(now) })
		}
	}
}
