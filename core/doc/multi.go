package doc

import (
	"slices"

	"cairn/core/id"
)

// multi keeps every value that no other has overwritten.
type multi struct {
	values []Versioned // sorted by operation
	early  early
}

func byOp(v Versioned) id.Op { return v.By }

func (s *multi) apply(op operation, seen context) error {
	over := early(op.named)
	slices.SortFunc(over, id.Op.Compare)
	s.values = slices.DeleteFunc(s.values, func(x Versioned) bool { return over.has(x.By) })
	s.early.expect(over, seen)
	if !s.early.has(op.at.By) {
		i, _ := slices.BinarySearchFunc(s.values, op.at.By, func(x Versioned, o id.Op) int { return x.By.Compare(o) })
		s.values = slices.Insert(s.values, i, Versioned{op.value, op.at})
	}
	return nil
}

func (s *multi) merge(o state, seenMine, seenTheirs context) {
	other, ok := o.(*multi)
	if !ok {
		return
	}
	s.values = survivors(s.values, other.values, byOp, seenMine, seenTheirs, s.early, other.early)
	s.early.expect(other.early, seenMine)
}

func (s *multi) clone() state {
	return &multi{values: slices.Clone(s.values), early: slices.Clone(s.early)}
}

// latestFirst returns the values, the one that a single register would hold
// at the front.
func (s *multi) latestFirst() []Versioned {
	out := slices.Clone(s.values)
	slices.SortFunc(out, func(a, b Versioned) int { return b.Compare(a.Version) })
	return out
}

func (s *multi) append(b []byte, p *packer) []byte {
	b = appendCount(b, len(s.values))
	for _, v := range s.values {
		b = appendValue(p.appendVersion(b, v.Version), v.Value)
	}
	return s.early.append(b, p)
}

func (s *multi) read(r *reader, p *packer) {
	s.values = make([]Versioned, r.Count(1+opMinSize+2))
	for i := range s.values {
		s.values[i].Version = p.version(r)
		s.values[i].Value = r.valueBlock()
	}
	checkSorted(r, s.values, byOp)
	s.early.read(r, p)
}
