package journal

import (
	"context"
	"fmt"
	"sync"
)

// Received is what has become of batches that were to be taken in.
type Received struct {
	// Stored is how many of them, from the first on, are durable, or were before.
	Stored int
	// Err says why the next one is not: what Receive says of it, or that nothing
	// can be stored now. It is nil if all are.
	Err error
}

// ReceiveSome takes in batches of other devices as Receive does, but as many as
// it can: the first stored of them are durable when it returns. If that is not
// all, the error is about the next one.
func (j *Journal) ReceiveSome(ctx context.Context, raws [][]byte) (stored int, err error) {
	r := <-j.ReceiveLater(ctx, raws)
	return r.Stored, r.Err
}

// ReceiveLater begins to take batches in as ReceiveSome does, and returns at
// once; the answer comes on the channel. Calls are carried out in the order in
// which they are made. With a few under way at a time, the signatures of one are
// verified while the one before is synced to the disk, which half of the time
// of receiving much goes into.
func (j *Journal) ReceiveLater(ctx context.Context, raws [][]byte) <-chan Received {
	answer := make(chan Received, 1)
	before, handed := j.turns.next()
	go func() {
		in, refused := j.checkSome(raws)
		r := &request{receive: in, some: true, refused: refused, answer: make(chan error, 1)}
		<-before
		err := j.enqueue(ctx, r)
		close(handed)
		var answered bool
		if err == nil {
			answered, err = j.await(ctx, r)
		}
		if !answered { // then r is still the committer's
			answer <- Received{Err: err}
			return
		}
		answer <- Received{Stored: r.stored, Err: err}
	}()
	return answer
}

// checkSome takes batches apart up to the first that can't be, or that is not
// signed by its device, and says what is wrong with that one.
func (j *Journal) checkSome(raws [][]byte) (in []arrived, refused error) {
	in, errs := j.checkAll(raws)
	for i, err := range errs {
		if err != nil {
			return in[:i], fmt.Errorf("batch %d of %d: %w", i+1, len(raws), err)
		}
	}
	return in, nil
}

// turns keeps calls in the order in which they were made.
type turns struct {
	mu   sync.Mutex
	last chan struct{} // closed when the latest call has been handed to the committer
}

// next returns a channel that is closed when it is the turn of the caller, and
// one for the caller to close when it has had it.
func (t *turns) next() (before <-chan struct{}, after chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	before, after = t.last, make(chan struct{})
	if before == nil {
		open := make(chan struct{})
		close(open)
		before = open
	}
	t.last = after
	return before, after
}
