package blob

import (
	"errors"
	"fmt"
	"time"
)

// Task is something that a Node wants done with the Store. Tasks may be done in
// any order and at the same time.
type Task struct {
	what   deed
	object Hash
	bytes  []byte // of keep
	ref    Ref    // of join
	then   func(r Result, now time.Time)
}

type deed byte

const (
	look deed = iota // what of what a manifest lists is here
	load             // an object
	keep             // an object, from now on
	join             // a file whose objects are all here
)

// Result is what came of a Task.
type Result struct {
	bytes []byte // of the manifest or the object, nil if it isn't here
	held  []bool // for each entry of the manifest
	err   error
}

// Run does the task with a store.
func (t Task) Run(s Store) Result {
	var r Result
	switch t.what {
	case look:
		r = t.look(s)
	case load:
		r.bytes, r.err = object(s, t.object)
	case keep:
		r.err = s.Put(t.object, t.bytes)
	case join:
		r.err = s.Join(t.ref)
	}
	if t.what < keep && (errors.Is(r.err, ErrNotFound) || errors.Is(r.err, ErrContent)) {
		return Result{} // what is damaged is not here: it is fetched anew
	}
	return r
}

func (t Task) look(s Store) Result {
	b, err := object(s, t.object)
	if err != nil {
		return Result{err: err}
	}
	entries, err := listed(b)
	if err != nil {
		return Result{err: fmt.Errorf("%w: %w", ErrNotFound, err)} // a chunk that somebody takes for a manifest
	}
	hashes := make([]Hash, len(entries))
	for i, e := range entries {
		hashes[i] = e.Hash
	}
	held, err := s.Has(hashes)
	return Result{bytes: b, held: held, err: err}
}
