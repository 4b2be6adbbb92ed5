package oplog

import (
	"errors"
	"fmt"
)

// How a batch can fail to follow a head.
var (
	ErrGap   = errors.New("a batch is missing before this one")
	ErrKnown = errors.New("this part of the log is known")
	ErrFork  = errors.New("two histories under the name of one log")
)

// Head is how much of a log somebody has: everything below Next, the last
// batch of which is called Hash. The zero Head has nothing.
type Head struct {
	Next uint64
	Hash Hash
}

// Head returns the head of h's log after the batch with header h, whose name
// is hash.
func (h Header) Head(hash Hash) Head { return Head{Next: h.End(), Hash: hash} }

// Follows returns nil if the batch with header h is the next after head. It
// returns ErrGap for a batch further on, ErrKnown for one that ends at or
// below head, and ErrFork for one that cannot belong to the history head is
// of. For a known batch Forks tells whether it is the same that is known.
func Follows(h Header, head Head) error {
	var err error
	switch {
	case h.First > head.Next:
		err = ErrGap
	case h.First == head.Next:
		if h.Prev != head.Hash {
			err = ErrFork
		}
	case h.End() <= head.Next:
		err = ErrKnown
	default: // one history does not cut its batches in two ways
		err = ErrFork
	}
	if err != nil {
		return fmt.Errorf("batch %v/%d..%d where %d is next: %w", h.Log, h.First, h.End(), head.Next, err)
	}
	return nil
}

// Forks reports whether a and b, heads of one log, show two histories: they
// end in the same place with different batches.
func Forks(a, b Head) bool { return a.Next == b.Next && a.Hash != b.Hash }
