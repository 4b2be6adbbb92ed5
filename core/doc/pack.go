package doc

import (
	"encoding/binary"
	"slices"

	"cairn/core/clock"
	"cairn/core/id"
)

// packer shortens the names and stamps inside one stored document: a log is
// its place in the context or, for the few that are named before they have
// come, in a list after it; a stamp is the distance from the document's latest.
type packer struct {
	seen  context
	extra []id.Log // in the order of their first use
	base  clock.Stamp
	used  int // reading: how many of extra have been used
}

// opMinSize is the length of the shortest stored name of an operation.
const opMinSize = 2

// index returns log's place, entered at its first use.
func (p *packer) index(log id.Log) uint64 {
	if i, ok := p.seen.find(log); ok {
		return uint64(i)
	}
	i := slices.Index(p.extra, log)
	if i < 0 {
		p.extra = append(p.extra, log)
		i = len(p.extra) - 1
	}
	return uint64(len(p.seen) + i)
}

func (p *packer) appendOp(b []byte, o id.Op) []byte {
	b = binary.AppendUvarint(b, p.index(o.Log))
	return binary.AppendUvarint(b, o.Seq)
}

func (p *packer) appendOps(b []byte, ops []id.Op) []byte {
	b = binary.AppendUvarint(b, uint64(len(ops)))
	for _, o := range ops {
		b = p.appendOp(b, o)
	}
	return b
}

// op reads the name of an operation, which may not have come.
func (p *packer) op(r *reader) id.Op {
	i := r.Uvarint()
	if i < uint64(len(p.seen)) {
		return id.Op{Log: p.seen[i].log, Seq: r.Uvarint()}
	}
	i -= uint64(len(p.seen))
	if i > uint64(p.used) || i >= uint64(len(p.extra)) {
		r.Fail("log outside the dictionary")
		return id.Op{}
	}
	p.used = max(p.used, int(i)+1)
	return id.Op{Log: p.extra[i], Seq: r.Uvarint()}
}

// come reads the name of an operation that has come.
func (p *packer) come(r *reader) id.Op {
	i, seq := r.Uvarint(), r.Uvarint()
	if r.Err != nil {
		return id.Op{}
	}
	if i >= uint64(len(p.seen)) || seq >= p.seen[i].next {
		r.Fail("operation that has not come")
		return id.Op{}
	}
	return id.Op{Log: p.seen[i].log, Seq: seq}
}

// appendVersion appends v, which is not later than the document's latest.
func (p *packer) appendVersion(b []byte, v Version) []byte {
	return p.appendOp(binary.AppendUvarint(b, uint64(p.base-v.At)), v.By)
}

func (p *packer) version(r *reader) Version {
	back := r.Uvarint()
	if back > uint64(p.base) {
		r.Fail("stamp before time")
		return Version{}
	}
	return Version{At: p.base - clock.Stamp(back), By: p.come(r)}
}

// checkSorted makes sure that a set stands in its one order, without repeats.
func checkSorted[T any](r *reader, s []T, by func(T) id.Op) {
	for i := 1; i < len(s) && r.Err == nil; i++ {
		if by(s[i-1]).Compare(by(s[i])) >= 0 {
			r.Fail("operations out of order")
		}
	}
}
