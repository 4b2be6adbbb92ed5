package doc

import (
	"encoding/binary"
	"math"
	"slices"

	"cairn/core/id"
)

// counter is the sum of what every log has added.
type counter struct {
	sums []sum // sorted by log
}

type sum struct {
	log   id.Log
	total int64 // wraps around: only a faulty author gets that far
}

func (s *counter) apply(op operation, _ context) error {
	*s.at(op.at.By.Log) += op.amount
	return nil
}

// at returns the place of log's total.
func (s *counter) at(log id.Log) *int64 {
	i, ok := slices.BinarySearchFunc(s.sums, log, func(x sum, l id.Log) int { return x.log.Compare(l) })
	if !ok {
		s.sums = slices.Insert(s.sums, i, sum{log: log})
	}
	return &s.sums[i].total
}

// merge takes each log's total from the side that has seen more of it.
func (s *counter) merge(o state, seenMine, seenTheirs context) {
	other, ok := o.(*counter)
	if !ok {
		return
	}
	for _, x := range other.sums {
		if seenTheirs.next(x.log) > seenMine.next(x.log) {
			*s.at(x.log) = x.total
		}
	}
}

func (s *counter) clone() state { return &counter{slices.Clone(s.sums)} }

// total is the sum over all logs, held at the ends of the number range.
func (s *counter) total() int64 {
	var n int64
	for _, x := range s.sums {
		switch {
		case x.total > 0 && n > math.MaxInt64-x.total:
			n = math.MaxInt64
		case x.total < 0 && n < math.MinInt64-x.total:
			n = math.MinInt64
		default:
			n += x.total
		}
	}
	return n
}

func (s *counter) append(b []byte, p *packer) []byte {
	b = appendCount(b, len(s.sums))
	for _, x := range s.sums {
		b = binary.AppendVarint(binary.AppendUvarint(b, p.index(x.log)), x.total)
	}
	return b
}

func (s *counter) read(r *reader, p *packer) {
	s.sums = make([]sum, r.Count(2))
	for i := range s.sums {
		n := r.Uvarint()
		if n >= uint64(len(p.seen)) {
			r.Fail("log that has not come")
			return
		}
		s.sums[i] = sum{p.seen[n].log, r.Varint()}
	}
	checkSorted(r, s.sums, func(x sum) id.Op { return id.Op{Log: x.log} })
}
