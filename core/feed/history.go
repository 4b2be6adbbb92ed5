package feed

import (
	"slices"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
)

// Past is an entry of the history of one document, with what its fields held
// before and after it.
type Past struct {
	*Entry
	Fields []Held // in the order of the entry's changes
}

// Held is what a field held before the first operation of a burst and after its
// last. What others did to it in between is in After too.
type Held struct {
	Field         doc.Field
	Before, After doc.Value
}

// History returns the history of a document out of all its operations, the
// oldest first, as entries, the latest first. Person says who writes a log.
func History(name id.Doc, ops []oplog.Op, person func(id.Log) id.Person) []Past {
	g := NewGatherer(len(ops), Cursor{})
	of := make([]*Entry, len(ops)) // the entry that each operation is in
	for i, op := range slices.Backward(ops) {
		who := person(op.ID.Log)
		g.Add(op, who)
		of[i] = g.open[key{op.Doc, who}]
	}
	entries, _ := g.Page(true)
	out := make([]Past, len(entries))
	at := make(map[*Entry]*Past, len(entries))
	for i, e := range entries {
		out[i] = Past{Entry: e}
		at[e] = &out[i]
	}
	replay(name, ops, of, at)
	for i := range out {
		out[i].sort()
	}
	return out
}

// turn is what one burst does to one field.
type turn struct {
	entry *Entry
	field doc.Field
}

// replay applies ops to a fresh document, and notes what each turn found and
// left.
func replay(name id.Doc, ops []oplog.Op, of []*Entry, at map[*Entry]*Past) {
	turnOf := func(i int) (turn, bool) {
		said, err := doc.Describe(ops[i])
		return turn{of[i], said.Field}, err == nil && of[i] != nil && said.Field.Family != 0
	}
	last := map[turn]int{}
	for i := range ops {
		if t, ok := turnOf(i); ok {
			last[t] = i
		}
	}
	d, begun := doc.New(name), map[turn]doc.Value{}
	for i, op := range ops {
		t, ok := turnOf(i)
		if _, is := begun[t]; ok && !is {
			begun[t] = d.Plain(t.field)
		}
		_ = d.Apply(op) // what has no effect had none the first time either
		if ok && last[t] == i {
			p := at[t.entry]
			p.Fields = append(p.Fields, Held{t.field, begun[t], d.Plain(t.field)})
		}
	}
}

// sort puts what was changed last first, as the entry's changes are.
func (p *Past) sort() {
	rank := map[doc.Field]int{}
	for i, c := range p.Changes {
		if _, ok := rank[c.Field]; !ok {
			rank[c.Field] = i
		}
	}
	place := func(f doc.Field) int {
		if r, ok := rank[f]; ok {
			return r
		}
		return len(p.Changes)
	}
	slices.SortStableFunc(p.Fields, func(x, y Held) int { return place(x.Field) - place(y.Field) })
}
