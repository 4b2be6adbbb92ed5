package oplog_test

import (
	"errors"
	"testing"

	"cairn/core/id"
	"cairn/core/oplog"
)

func TestFollows(t *testing.T) {
	head := oplog.Head{Next: 10, Hash: oplog.Hash{1}}
	for name, c := range map[string]struct {
		first uint64
		count int
		prev  oplog.Hash
		want  error
	}{
		"next":              {10, 3, head.Hash, nil},
		"next of another":   {10, 3, oplog.Hash{2}, oplog.ErrFork},
		"later":             {11, 3, head.Hash, oplog.ErrGap},
		"known":             {4, 3, oplog.Hash{9}, oplog.ErrKnown},
		"known to the head": {7, 3, oplog.Hash{9}, oplog.ErrKnown},
		"across the head":   {9, 3, oplog.Hash{9}, oplog.ErrFork},
	} {
		t.Run(name, func(t *testing.T) {
			h := oplog.Header{Log: id.Log{Device: 1}, First: c.first, Count: c.count, Prev: c.prev}
			if err := oplog.Follows(h, head); !errors.Is(err, c.want) {
				t.Errorf("Follows(%d..%d after %x, head at %d) = %v, want %v",
					h.First, h.End(), h.Prev[:1], head.Next, err, c.want)
			}
		})
	}
}

func TestChainOfBatches(t *testing.T) {
	key := keyOf(1)
	var head oplog.Head
	for i := range 5 {
		d := oneOp(logOf(key, 1), "step")
		d.First, d.Prev = head.Next, head.Hash
		d.Ops = append(d.Ops, d.Ops[0])
		b := mustSeal(t, d, key)
		if err := oplog.Follows(b.Header, head); err != nil {
			t.Fatalf("batch %d: %v", i, err)
		}
		after := b.Head(b.Hash)
		if err := oplog.Follows(b.Header, after); !errors.Is(err, oplog.ErrKnown) {
			t.Fatalf("batch %d again: %v, want ErrKnown", i, err)
		}
		d.Ops[0].Payload = []byte("other")
		other := mustSeal(t, d, key)
		if !oplog.Forks(after, other.Head(other.Hash)) || oplog.Forks(after, after) || oplog.Forks(after, head) {
			t.Fatalf("batch %d: Forks tells %v from %v wrongly", i, after, other.Head(other.Hash))
		}
		head = after
	}
}
