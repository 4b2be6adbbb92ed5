package lifecycle

import (
	"slices"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
)

// Difference is a field that says something else than it did.
type Difference struct {
	Field    doc.Field
	Old, New doc.Value
	Last     doc.Version // of the last operation on the field, zero if there is none
}

// Since returns in which fields the document now differs from what a sign-off
// was given for. ops are all operations on it, in order. What it said then is
// found again by its digest; where nothing has that digest, as when the part of
// the history that led to it is not here, it is what was written up to the time
// of the sign-off.
func Since(s SignOff, now *doc.Doc, ops []oplog.Op) []Difference {
	then := at(s, now.ID(), ops)
	kind := kindOf(now)
	var out []Difference
	for _, f := range fieldsOf(then, now) {
		if kind != nil {
			if known, ok := kind.ByNumber(f.Number); ok && uncounted[known.Name] {
				continue
			}
		}
		if slices.EqualFunc(contentOf(then, f), contentOf(now, f), same) {
			continue
		}
		out = append(out, Difference{f, then.Plain(f), now.Plain(f), lastOn(f, ops)})
	}
	return out
}

// same reports whether two values mean the same in a digest.
func same(a, b doc.Value) bool {
	return slices.Equal(plain(a), plain(b))
}

// fieldsOf returns the fields of both, in order.
func fieldsOf(a, b *doc.Doc) []doc.Field {
	all := append(a.Fields(), b.Fields()...)
	slices.SortFunc(all, func(x, y doc.Field) int {
		if x.Number != y.Number {
			return int(x.Number) - int(y.Number)
		}
		return int(x.Family) - int(y.Family)
	})
	return slices.Compact(all)
}

// lastOn returns the last operation on a field.
func lastOn(f doc.Field, ops []oplog.Op) doc.Version {
	for _, op := range slices.Backward(ops) {
		if e, err := doc.Describe(op); err == nil && e.Field == f {
			return doc.Version{At: op.Stamp, By: op.ID}
		}
	}
	return doc.Version{}
}

// maxFolded bounds how many operations are folded to find an earlier state
// again: a tenth of a second or so.
const maxFolded = 200_000

// at returns a document as a sign-off was given for it. What was written before
// it by its stamp may have been unknown to the author, since it came from
// another device later; so the latest operations of one log after another are
// left out until the digest is that of the sign-off.
func at(s SignOff, name id.Doc, ops []oplog.Op) *doc.Doc {
	before := ops
	if i := slices.IndexFunc(ops, func(op oplog.Op) bool { return op.Stamp > s.At }); i >= 0 {
		before = ops[:i]
	}
	best := Fold(name, before)
	digest, known := bound(s.View)[name]
	if !known || Digest(best) == digest {
		return best
	}
	folded := 0
	for _, log := range best.Logs() {
		kept := slices.Clone(before)
		for folded < maxFolded {
			i := lastOf(log, kept)
			if i < 0 {
				break
			}
			kept = slices.Delete(kept, i, i+1)
			folded += len(kept)
			if d := Fold(name, kept); Digest(d) == digest {
				return d
			}
		}
	}
	return best
}

func lastOf(log id.Log, ops []oplog.Op) int {
	for i, op := range slices.Backward(ops) {
		if op.ID.Log == log {
			return i
		}
	}
	return -1
}

// Fold returns the document that operations leave, which come in their order.
// One that has no effect anywhere has none here.
func Fold(name id.Doc, ops []oplog.Op) *doc.Doc {
	d := doc.New(name)
	for _, op := range ops {
		_ = d.Apply(op)
	}
	return d
}
