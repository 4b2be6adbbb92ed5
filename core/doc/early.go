package doc

import (
	"slices"

	"cairn/core/id"
)

// early holds the names of operations that another one, arrived before them,
// overwrites or removes: they have no effect when they come. Sorted.
type early []id.Op

func (e early) has(o id.Op) bool {
	_, ok := slices.BinarySearchFunc(e, o, id.Op.Compare)
	return ok
}

// expect notes those of ops that have not come yet by seen.
func (e *early) expect(ops []id.Op, seen context) {
	for _, o := range ops {
		if seen.covers(o) {
			continue
		}
		if i, ok := slices.BinarySearchFunc(*e, o, id.Op.Compare); !ok {
			*e = slices.Insert(*e, i, o)
		}
	}
}

// append stores what has not come yet. Only that is state: whether the rest
// was ever early depends on the order of arrival.
func (e early) append(b []byte, p *packer) []byte {
	return p.appendOps(b, slices.DeleteFunc(slices.Clone(e), p.seen.covers))
}

func (e *early) read(r *reader, p *packer) {
	*e = make(early, r.Count(opMinSize))
	for i := range *e {
		(*e)[i] = p.op(r)
		if p.seen.covers((*e)[i]) {
			r.Fail("awaited operation that has come")
		}
	}
	checkSorted(r, *e, func(o id.Op) id.Op { return o })
}

// survivors merges two sorted sets of live operations: an operation stays if
// both have it, or if one has it and the other never saw it come or go.
func survivors[T any](mine, theirs []T, by func(T) id.Op, seenMine, seenTheirs context, earlyMine, earlyTheirs early) []T {
	out := make([]T, 0, len(mine)+len(theirs))
	i, j := 0, 0
	for i < len(mine) || j < len(theirs) {
		var order int
		switch {
		case i == len(mine):
			order = 1
		case j == len(theirs):
			order = -1
		default:
			order = by(mine[i]).Compare(by(theirs[j]))
		}
		switch {
		case order == 0:
			out = append(out, mine[i])
			i++
			j++
		case order < 0:
			if o := by(mine[i]); !seenTheirs.covers(o) && !earlyTheirs.has(o) {
				out = append(out, mine[i])
			}
			i++
		default:
			if o := by(theirs[j]); !seenMine.covers(o) && !earlyMine.has(o) {
				out = append(out, theirs[j])
			}
			j++
		}
	}
	return out
}
