package doc

import (
	"slices"
	"strings"

	"cairn/core/id"
)

// set is an add-wins set: an element is in as long as one addition of it has
// not been seen by a removal.
type set struct {
	adds  []addition // sorted by operation
	early early
}

type addition struct {
	by    id.Op
	value Value
}

func byAddition(a addition) id.Op { return a.by }

func (s *set) apply(op operation, seen context) error {
	if op.kind == KindRemove {
		gone := early(op.named)
		slices.SortFunc(gone, id.Op.Compare)
		s.adds = slices.DeleteFunc(s.adds, func(a addition) bool { return gone.has(a.by) })
		s.early.expect(gone, seen)
		return nil
	}
	if !s.early.has(op.at.By) {
		i, _ := slices.BinarySearchFunc(s.adds, op.at.By, func(a addition, o id.Op) int { return a.by.Compare(o) })
		s.adds = slices.Insert(s.adds, i, addition{op.at.By, op.value})
	}
	return nil
}

func (s *set) merge(o state, seenMine, seenTheirs context) {
	other, ok := o.(*set)
	if !ok {
		return
	}
	s.adds = survivors(s.adds, other.adds, byAddition, seenMine, seenTheirs, s.early, other.early)
	s.early.expect(other.early, seenMine)
}

func (s *set) clone() state {
	return &set{adds: slices.Clone(s.adds), early: slices.Clone(s.early)}
}

// elements returns what is in, sorted by stored form.
func (s *set) elements() []Value {
	out := make([]Value, 0, len(s.adds))
	for _, a := range s.adds {
		out = append(out, a.value)
	}
	slices.SortFunc(out, func(a, b Value) int { return strings.Compare(a.stored(), b.stored()) })
	return slices.Compact(out)
}

// additions returns the names of what keeps v in.
func (s *set) additions(v Value) []id.Op {
	var out []id.Op
	for _, a := range s.adds {
		if a.value == v {
			out = append(out, a.by)
		}
	}
	return out
}

func (s *set) append(b []byte, p *packer) []byte {
	b = appendCount(b, len(s.adds))
	for _, a := range s.adds {
		b = appendValue(p.appendOp(b, a.by), a.value)
	}
	return s.early.append(b, p)
}

func (s *set) read(r *reader, p *packer) {
	s.adds = make([]addition, r.Count(opMinSize+2))
	for i := range s.adds {
		s.adds[i] = addition{p.come(r), r.valueBlock()}
	}
	checkSorted(r, s.adds, byAddition)
	s.early.read(r, p)
}
