package oplog

import (
	"encoding/binary"
	"fmt"
	"slices"

	"cairn/core/id"
)

// depMin is the length of the shortest Dep encoded, depMax of the longest.
const (
	depMin = id.LogSize + 1
	depMax = id.LogSize + binary.MaxVarintLen64
)

// Dep says that everything of Log below Next is meant: applied by the author
// of a batch when it wrote, or inside the cut of a removal.
type Dep struct {
	Log  id.Log
	Next uint64
}

// SortDeps sorts deps as AppendDeps wants them.
func SortDeps(deps []Dep) {
	slices.SortFunc(deps, func(a, b Dep) int { return a.Log.Compare(b.Log) })
}

// CheckDeps returns nil if deps are what DecodeDeps reads: at most limit, sorted
// by log, each log once. The error wraps ErrMalformed.
func CheckDeps(deps []Dep, limit int) error {
	if len(deps) > limit {
		return fmt.Errorf("%d logs named, at most %d: %w", len(deps), limit, ErrMalformed)
	}
	for i, d := range deps {
		if d.Log.IsZero() {
			return fmt.Errorf("a position without a log: %w", ErrMalformed)
		}
		if i > 0 && deps[i-1].Log.Compare(d.Log) >= 0 {
			return fmt.Errorf("log %v not in order after %v: %w", d.Log, deps[i-1].Log, ErrMalformed)
		}
	}
	return nil
}

// AppendDeps appends the form of deps that DecodeDeps reads. They must be
// sorted by log, each log once.
func AppendDeps(b []byte, deps []Dep) []byte {
	b = binary.AppendUvarint(b, uint64(len(deps)))
	for _, d := range deps {
		b = d.Log.Append(b)
		b = binary.AppendUvarint(b, d.Next)
	}
	return b
}

// DecodeDeps reads what AppendDeps wrote, at most limit of them, from the
// front of b and returns what follows. The error wraps ErrMalformed.
func DecodeDeps(b []byte, limit int) (deps []Dep, rest []byte, err error) {
	r := reader{data: b}
	deps = r.deps(limit)
	if r.err == nil {
		r.err = CheckDeps(deps, limit)
	}
	if r.err != nil {
		return nil, nil, r.err
	}
	return deps, b[r.pos:], nil
}

// deps reads a list of positions. It leaves their order to the caller.
func (r *reader) deps(limit int) []Dep {
	n := int(r.uvarint(uint64(limit), "number of logs"))
	if n > len(r.data[r.pos:])/depMin {
		r.fail("list of logs", "cut short")
		return nil
	}
	if n == 0 {
		return nil
	}
	deps := make([]Dep, n)
	for i := range deps {
		log := r.bytes(id.LogSize, "log")
		if r.err != nil {
			return nil
		}
		deps[i] = Dep{Log: id.LogFrom(log), Next: r.uvarint(^uint64(0), "position in a log")}
	}
	return deps
}
