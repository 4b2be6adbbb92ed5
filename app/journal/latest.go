package journal

import (
	"context"
	"errors"
	"slices"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
)

// latestChunk is how many batches of one log Latest reads at once. The first
// time it reads one, of each log: most logs are of devices that rest.
const latestChunk = 64

// Latest hands every operation that is folded in and was written before the
// version before, or every one when that is zero, to yield: the latest first,
// in the order in which the last writer wins. Only the logs that of names count,
// all of them when it is nil. It ends with yield's first error. Memory and time
// go with what is read, not with how long the logs are.
func (j *Journal) Latest(ctx context.Context, before doc.Version, of func(id.Log) bool, yield func(oplog.Op) error) error {
	l := latest{j: j, before: before, rules: j.currentRules()}
	for log, end := range j.folded() {
		if of != nil && !of(log) {
			continue
		}
		t := &tail{log: log, end: end, chunk: 1}
		if err := l.open(ctx, t); err != nil {
			return err
		}
		if len(t.ops) > 0 {
			l.tails = append(l.tails, t)
		}
	}
	for len(l.tails) > 0 {
		t, until := l.pick()
		for len(t.ops) > 0 && t.last().Compare(until) >= 0 {
			op := t.last()
			t.ops = t.ops[:len(t.ops)-1]
			if err := yield(op); err != nil {
				return err
			}
			if err := l.fill(ctx, t); err != nil {
				return err
			}
		}
		l.tails = slices.DeleteFunc(l.tails, func(t *tail) bool { return len(t.ops) == 0 })
	}
	return nil
}

// folded returns how far the logs of documents are folded in. While documents
// are made anew it waits.
func (j *Journal) folded() map[id.Log]uint64 {
	j.whole.RLock()
	defer j.whole.RUnlock()
	j.mu.RLock()
	defer j.mu.RUnlock()
	out := make(map[id.Log]uint64, len(j.applied))
	for log, end := range j.applied {
		if end > 0 && !j.controlLogs[log] {
			out[log] = end
		}
	}
	return out
}

func (j *Journal) currentRules() rules {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.rules()
}

// latest is one run of Latest.
type latest struct {
	j      *Journal
	before doc.Version
	rules  rules
	tails  []*tail // those that have operations left
}

// tail is a log that is read from its end.
type tail struct {
	log   id.Log
	end   uint64     // what comes before is still to be read
	ops   []oplog.Op // read and not handed out, the oldest first
	chunk int        // batches to read next
}

func (t *tail) last() oplog.Op { return t.ops[len(t.ops)-1] }

// pick returns the log that is next, and the last operation of the one behind
// it, which is the oldest that may be handed out before looking again.
func (l *latest) pick() (next *tail, until oplog.Op) {
	var second *tail
	for _, t := range l.tails {
		switch {
		case next == nil || t.last().Compare(next.last()) > 0:
			next, second = t, next
		case second == nil || t.last().Compare(second.last()) > 0:
			second = t
		}
	}
	if second != nil {
		until = second.last()
	}
	return next, until
}

// open begins to read a log.
func (l *latest) open(ctx context.Context, t *tail) error {
	if l.before != (doc.Version{}) {
		if err := l.seek(t); err != nil {
			return err
		}
	}
	return l.fill(ctx, t)
}

// seek moves the end of t to behind the last batch that begins before the place
// asked for, by halves: stamps rise along a log.
func (l *latest) seek(t *tail) error {
	low, high := uint64(0), t.end
	for low < high {
		mid := low + (high-low)/2
		var h oplog.Header
		err := l.j.Disk.BatchesBack(t.log, mid+1, func(first uint64, raw []byte) (err error) {
			if h, err = oplog.ReadHeader(raw); err != nil {
				return damaged(t.log, first, err)
			}
			return errEnough
		})
		if !errors.Is(err, errEnough) {
			return err
		}
		if h.Stamp <= l.before.At {
			low = h.End()
		} else {
			high = h.First
		}
	}
	t.end = min(t.end, low)
	return nil
}

// fill reads more of t when nothing is left of what was read.
func (l *latest) fill(ctx context.Context, t *tail) error {
	for len(t.ops) == 0 && t.end > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		var batches [][]oplog.Op
		left := t.chunk
		err := l.j.Disk.BatchesBack(t.log, t.end, func(first uint64, raw []byte) error {
			b, err := oplog.Open(raw)
			if err != nil {
				return damaged(t.log, first, err)
			}
			// Of somebody who had been removed, or behind a fork, it has no effect.
			if l.rules.counts(b.Header) {
				batches = append(batches, b.Ops)
			}
			t.end = first
			if left--; left == 0 {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			return err
		}
		slices.Reverse(batches)
		t.ops = slices.DeleteFunc(slices.Concat(batches...), func(op oplog.Op) bool { return !l.wanted(op) })
		t.chunk = min(2*t.chunk, latestChunk)
	}
	return nil
}

func (l *latest) wanted(op oplog.Op) bool {
	return l.before == (doc.Version{}) || doc.Version{At: op.Stamp, By: op.ID}.Compare(l.before) < 0
}

// Operation returns the stored operation of a name, false when there is none.
func (j *Journal) Operation(name id.Op) (op oplog.Op, ok bool, err error) {
	err = j.Disk.BatchesBack(name.Log, name.Seq+1, func(first uint64, raw []byte) error {
		b, err := oplog.Open(raw)
		if err != nil {
			return damaged(name.Log, first, err)
		}
		if at := name.Seq - first; name.Seq >= first && at < uint64(len(b.Ops)) {
			op, ok = b.Ops[at], true
		}
		return errEnough
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return op, ok, err
}
