package oplog

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"iter"
	"maps"
	"slices"

	"cairn/core/id"
)

// MaxLogs is how many logs a vector may name: some hundred devices with as
// many incarnations as a device may have, in less than half a megabyte.
const MaxLogs = 8192

// headMin is the length of the shortest entry of an encoded vector.
const headMin = id.LogSize + 1 + len(Hash{})

// Vector says how much of every log somebody has. As logs have no gaps, the
// difference of two vectors is exactly what one side lacks. A log without an
// entry and one at the zero Head are the same. The nil Vector has nothing and
// can be read but not merged into.
type Vector map[id.Log]Head

// Clone returns a copy that can be changed, also of nil.
func (v Vector) Clone() Vector {
	c := make(Vector, len(v))
	maps.Copy(c, v)
	return c
}

// All yields the logs that v has something of, in order.
func (v Vector) All() iter.Seq2[id.Log, Head] {
	return func(yield func(id.Log, Head) bool) {
		for _, log := range slices.SortedFunc(maps.Keys(v), id.Log.Compare) {
			if head := v[log]; head.Next > 0 && !yield(log, head) {
				return
			}
		}
	}
}

// Covers reports whether v has at least as much of every log as o. It compares
// positions only; Forked tells histories apart.
func (v Vector) Covers(o Vector) bool {
	for log, head := range o {
		if v[log].Next < head.Next {
			return false
		}
	}
	return true
}

// Merge raises every log of v to what o has of it. Where both stand in the
// same place with different hashes the larger hash wins, only so that the
// order of merging does not matter.
func (v Vector) Merge(o Vector) {
	for log, head := range o {
		if have := v[log]; cmp.Or(cmp.Compare(head.Next, have.Next), bytes.Compare(head.Hash[:], have.Hash[:])) > 0 {
			v[log] = head
		}
	}
}

// Range is a part of a log: From and what follows, below To.
type Range struct {
	Log      id.Log
	From, To uint64
}

// Missing returns what o has and v lacks, sorted by log.
func (v Vector) Missing(o Vector) []Range {
	var out []Range
	for log, head := range o.All() {
		if have := v[log].Next; have < head.Next {
			out = append(out, Range{Log: log, From: have, To: head.Next})
		}
	}
	return out
}

// Forked returns the logs of which v and o visibly have different histories,
// sorted. Histories that parted below the shorter one do not show here.
func (v Vector) Forked(o Vector) []id.Log {
	var out []id.Log
	for log, head := range v.All() {
		if Forks(head, o[log]) {
			out = append(out, log)
		}
	}
	return out
}

// Unmet returns the first of deps that v does not have yet, and whether there
// is one.
func (v Vector) Unmet(deps []Dep) (Dep, bool) {
	for _, d := range deps {
		if v[d.Log].Next < d.Next {
			return d, true
		}
	}
	return Dep{}, false
}

// Append appends the form that DecodeVector reads. Equal vectors have equal
// forms.
func (v Vector) Append(b []byte) []byte {
	n := 0
	for range v.All() {
		n++
	}
	b = slices.Grow(b, n*(headMin+2))
	b = binary.AppendUvarint(b, uint64(n))
	for log, head := range v.All() {
		b = log.Append(b)
		b = binary.AppendUvarint(b, head.Next)
		b = append(b, head.Hash[:]...)
	}
	return b
}

// DecodeVector reads what Append wrote, and nothing but that. The error wraps
// ErrMalformed.
func DecodeVector(b []byte) (Vector, error) {
	v, err := decodeVector(b)
	if err != nil {
		return nil, fmt.Errorf("decode vector: %w", err)
	}
	return v, nil
}

func decodeVector(b []byte) (Vector, error) {
	r := reader{data: b}
	n := int(r.uvarint(MaxLogs, "number of logs"))
	if n > (len(b)-r.pos)/headMin {
		r.fail("logs", "cut short")
		return nil, r.err
	}
	v := make(Vector, n)
	var last id.Log // no log is zero, and zero sorts first
	for range n {
		name := r.bytes(id.LogSize, "log")
		next := r.uvarint(^uint64(0), "position")
		hash := r.bytes(len(Hash{}), "hash")
		if r.err != nil {
			return nil, r.err
		}
		log := id.LogFrom(name)
		if log.Compare(last) <= 0 {
			return nil, fmt.Errorf("log %v not in order after %v: %w", log, last, ErrMalformed)
		}
		last = log
		if next == 0 {
			return nil, fmt.Errorf("log %v with nothing in it: %w", log, ErrMalformed)
		}
		v[log] = Head{Next: next, Hash: Hash(hash)}
	}
	r.end()
	return v, r.err
}

// Digest returns a hash of v. Equal digests mean equal vectors.
func (v Vector) Digest() Hash {
	return sha256.Sum256(v.Append([]byte("cairn/vector/1")))
}
