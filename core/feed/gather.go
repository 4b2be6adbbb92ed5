package feed

import (
	"time"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
)

// key is whose burst it is, and on what.
type key struct {
	doc    id.Doc
	person id.Person
}

// slot is what holds one value: a register, or an item of a list.
type slot struct {
	doc   id.Doc
	field doc.Field
	item  id.Op
}

// want is a change that is told once it is known what stood there before.
type want struct {
	change *Change
	entry  *Entry
}

// Gatherer makes a page of entries.
type Gatherer struct {
	most    int
	entries []*Entry
	open    map[key]*Entry
	passed  map[uint64]time.Time // hash of key → since when it was told on an earlier page
	wants   map[slot]want
	last    doc.Version // of the operations added
	cut     doc.Version // where the next page goes on, zero while all fit
}

// NewGatherer returns one for a page of at most that many entries, which begins
// where the page before ended; the zero Cursor is the latest.
func NewGatherer(most int, from Cursor) *Gatherer {
	g := &Gatherer{most: most, open: map[key]*Entry{}, passed: map[uint64]time.Time{}, wants: map[slot]want{}, last: from.Before}
	for _, p := range from.passed {
		// Of two bursts of one key the older reaches further.
		if since, ok := g.passed[p.key]; !ok || p.since.Before(since) {
			g.passed[p.key] = p.since
		}
	}
	return g
}

// Pass notes that op has been read and is not to be told.
func (g *Gatherer) Pass(op oplog.Op) { g.last = doc.Version{At: op.Stamp, By: op.ID} }

// Add takes op, which person wrote and which is older than every one before.
func (g *Gatherer) Add(op oplog.Op, person id.Person) {
	at := doc.Version{At: op.Stamp, By: op.ID}
	defer func() { g.last = at }()
	said, err := doc.Describe(op)
	if err != nil {
		return // it has no effect either
	}
	k := key{op.Doc, person}
	e := g.open[k]
	if e != nil && e.Last.At.Time().Sub(op.Stamp.Time()) > Span {
		e = nil
	}
	since, told := g.passed[k.hash()]
	switch told = told && !op.Stamp.Time().Before(since); {
	case told || e != nil:
	case len(g.entries) < g.most:
		e = &Entry{Doc: op.Doc, Noun: op.Noun, Person: person, Last: at}
		g.entries = append(g.entries, e)
		g.open[k] = e
	case g.cut == (doc.Version{}):
		g.cut = g.last
	}
	g.answer(op, said, e)
	if e != nil {
		e.First = at
		g.into(e, op, said)
	}
}

// Look takes op only for what it says about values that were changed later. It
// reports whether there are still some of which nothing is known.
func (g *Gatherer) Look(op oplog.Op) (more bool) {
	if said, err := doc.Describe(op); err == nil {
		g.answer(op, said, nil)
	}
	return len(g.wants) > 0
}

// answer tells a change that waits for it what stood in its place.
func (g *Gatherer) answer(op oplog.Op, said doc.Entry, of *Entry) {
	if len(g.wants) == 0 || said.Action != doc.ActionSet && said.Action != doc.ActionInsert {
		return
	}
	s := slot{op.Doc, said.Field, said.Item}
	w, ok := g.wants[s]
	if !ok || w.entry == of {
		return
	}
	w.change.Old, w.change.Known = said.Value, true
	delete(g.wants, s)
}

// Full reports whether nothing that was written at or before the time of op can
// belong to the page any more.
func (g *Gatherer) Full(op oplog.Op) bool {
	n := len(g.entries)
	return n == g.most && g.entries[n-1].Last.At.Time().Sub(op.Stamp.Time()) > Span
}

// into adds what op says to e.
func (g *Gatherer) into(e *Entry, op oplog.Op, said doc.Entry) {
	switch said.Action {
	case doc.ActionUnknown:
		return
	case doc.ActionTrash:
		e.Trashed = e.Trashed || !e.Restored && !e.Made
		return
	case doc.ActionRestore:
		if said.Field == (doc.Field{}) {
			e.began(op)
			return
		}
	default: // of a field
	}
	c := e.change(said)
	if c == nil {
		e.More++
		return
	}
	c.take(op, said)
	s := slot{op.Doc, said.Field, said.Item}
	switch family := said.Field.Family; {
	case family == doc.FamilyList && said.Action == doc.ActionInsert:
		delete(g.wants, s) // the item began here
	case family == doc.FamilyList, family == doc.FamilyRegister:
		g.wants[s] = want{c, e}
	}
}

// soon is how long after a document was named its first operation may be
// stamped: the clock of a device that has seen later stamps runs ahead of the
// wall by at most a minute.
const soon = 2 * time.Minute

// began notes that the document came out of the trash, as every document does
// when it is made.
func (e *Entry) began(op oplog.Op) {
	named := false
	for _, c := range e.Changes {
		// Nothing moves to another project, so that one is written once.
		named = named || c.Field == doc.Field{Number: projectField, Family: doc.FamilyRegister}
	}
	if age := op.Stamp.Time().Sub(op.Doc.Time()); named || age < soon {
		e.Made, e.Restored = true, false
		return
	}
	e.Restored = !e.Trashed
}

// projectField is the field of a document that names its project, in every kind.
const projectField = 1

// change returns e's change of what is spoken of, nil when there are too many.
func (e *Entry) change(said doc.Entry) *Change {
	item := said.Item
	for _, c := range e.Changes {
		if c.Field == said.Field && c.Item == item {
			return c
		}
	}
	if len(e.Changes) == maxChanges {
		return nil
	}
	c := &Change{Field: said.Field, Item: item, Action: said.Action, Value: said.Value}
	e.Changes = append(e.Changes, c)
	return c
}

// take adds an older operation to c.
func (c *Change) take(op oplog.Op, said doc.Entry) {
	switch c.Field.Family {
	case doc.FamilyMulti:
		c.Overwrites = doc.Overwrites(op)
	case doc.FamilySet:
		if said.Action == doc.ActionAdd {
			c.Added = appendSome(c.Added, said.Value)
		} else {
			c.Removed = appendSome(c.Removed, said.Value)
		}
	case doc.FamilyText:
		if said.Action == doc.ActionInsert {
			c.Inserted += said.Runes
		} else {
			c.Deleted += said.Runes
		}
	case doc.FamilyList:
		if c.Value.IsNull() && c.Action != doc.ActionRemove {
			c.Value = said.Value // moved, and set before that
		}
		if said.Action == doc.ActionInsert && c.Action != doc.ActionRemove {
			c.Action = doc.ActionInsert
		}
	default: // a register and a counter hold what was written last
	}
}

func appendSome(values []doc.Value, v doc.Value) []doc.Value {
	if len(values) < maxValues {
		values = append(values, v)
	}
	return values
}

// Page returns the entries, the latest first, and where the next page begins:
// the zero Cursor when ended says that there was nothing more to add.
func (g *Gatherer) Page(ended bool) ([]*Entry, Cursor) {
	for s, w := range g.wants {
		if w.entry.Made {
			delete(g.wants, s)
			w.change.Known = true // there was nothing
		}
	}
	if g.cut == (doc.Version{}) && ended {
		return g.entries, Cursor{}
	}
	next := Cursor{Before: g.cut}
	if g.cut == (doc.Version{}) {
		next.Before = g.last
	}
	at := next.Before.At.Time()
	for k, since := range g.passed {
		if !at.Before(since) {
			next.passed = append(next.passed, passed{k, since})
		}
	}
	for _, e := range g.entries {
		if since := e.Last.At.Time().Add(-Span); !at.Before(since) {
			next.passed = append(next.passed, passed{key{e.Doc, e.Person}.hash(), since})
		}
	}
	return g.entries, next
}
