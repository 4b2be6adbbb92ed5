// Package doc holds documents and how they merge.
//
// A document is a set of numbered fields. How a field merges is decided by the
// kind of the operation that changes it, never by a schema, so a version of
// Cairn that has never heard of a field still merges, keeps and passes it on.
//
// Two replicas that have applied the same operations hold equal documents, in
// whatever order the operations of different logs arrived; only the order
// within one log must hold. Merge joins two states as if every operation
// behind either had been applied: it is commutative, associative and
// idempotent. The stored form (FORMAT.md) is canonical: equal states, equal bytes.
//
// The designs are those of Shapiro et al., "A comprehensive study of
// convergent and commutative replicated data types" (2011), with the causal
// contexts of Almeida et al., "Delta state replicated data types" (2018).
package doc

import (
	"errors"
	"fmt"
	"slices"

	"cairn/core/id"
	"cairn/core/oplog"
)

// The kinds of operations on documents. They are stored in logs for ever: add
// at the end, never reorder. A kind that a reader may not skip, because what
// follows means something else without it, starts at oplog.Critical.
const (
	KindSet        oplog.Kind = 1 + iota // register: the last writer wins
	KindPut                              // multi-value register: concurrent values stay side by side
	KindAdd                              // set: add an element
	KindRemove                           // set: remove the additions seen
	KindCount                            // counter: add a signed number
	KindInsertItem                       // list: a new item at an order key
	KindSetItem                          // list: the item's value
	KindMoveItem                         // list: the item's order key
	KindDropItem                         // list: take the item out, or put it back
	KindInsertText                       // text: insert
	KindDeleteText                       // text: delete
	KindLife                             // document: to the trash, or out of it
)

// ErrFrozen is returned by Apply for an operation that only a later version of
// Cairn understands and that must not be skipped: the document is Frozen.
var ErrFrozen = errors.New("the document was changed by a later version of Cairn")

// Doc is the state of one document. Any number of goroutines may read it,
// Append and Clone included, while nobody plans a change on it or changes it.
type Doc struct {
	id      id.Doc
	noun    uint16       // lowest number that any operation gave, 0 before the first
	seen    context      // how much of every log is in here
	last    Version      // latest operation applied
	unknown []oplog.Kind // kinds met that were not understood, sorted
	life    register
	fields  []field // sorted by number, then family
}

// field is one numbered field. Two families under one number, which only a
// faulty writer makes, are two fields.
type field struct {
	number uint16
	family Family
	state  state
}

// New returns the document named name before any operation.
func New(name id.Doc) *Doc { return &Doc{id: name} }

// ID returns the document's name.
func (d *Doc) ID() id.Doc { return d.id }

// Noun returns the number of the document's kind in core/noun, 0 before the
// first operation.
func (d *Doc) Noun() uint16 { return d.noun }

// Last returns the latest operation that touched the document.
func (d *Doc) Last() Version { return d.last }

// Frozen reports whether d holds an operation of a kind that must not be
// skipped and that this version does not know. What d shows may then mean
// something else to those who know it, so d must not be edited here; the
// operations of others go on being folded in, so that replicas stay equal.
func (d *Doc) Frozen() bool {
	n := len(d.unknown)
	return n > 0 && d.unknown[n-1] >= oplog.Critical
}

// Outdated reports whether d was folded by a version that skipped operations
// which this one understands: it is to be folded again from the logs.
func (d *Doc) Outdated() bool { return slices.ContainsFunc(d.unknown, known) }

// Trashed reports whether the document is in the trash.
func (d *Doc) Trashed() bool {
	trashed, _ := d.life.value.AsBool()
	return trashed
}

// Seen returns the first sequence of log that may still hold operations on d
// which d lacks.
func (d *Doc) Seen(log id.Log) uint64 { return d.seen.next(log) }

// Logs returns the logs that have touched d, sorted.
func (d *Doc) Logs() []id.Log {
	logs := make([]id.Log, len(d.seen))
	for i, e := range d.seen {
		logs[i] = e.log
	}
	return logs
}

// Apply folds op into d; one that is in already changes nothing. Operations of
// one log must come in sequence. An error, ErrMalformed or ErrFrozen, says why
// op has no effect; d is then as every other replica that applied op has it, so
// the caller logs the error and goes on.
func (d *Doc) Apply(op oplog.Op) error {
	if fresh, err := d.enter(op.ID); !fresh {
		return err
	}
	d.noun = lowest(d.noun, op.Noun)
	v := Version{At: op.Stamp, By: op.ID}
	if v.Compare(d.last) > 0 {
		d.last = v
	}
	if !known(op.Kind) {
		d.meet(op.Kind)
		if op.Kind >= oplog.Critical {
			return ErrFrozen
		}
		return nil
	}
	if err := d.change(op, v); err != nil {
		return fmt.Errorf("operation %s on field %d of document %s: %w", op.ID, op.Field, d.id, err)
	}
	return nil
}

// Void notes that op has come and has no effect, as when its author had been
// removed from the workspace. Only the places of the runes that it inserts are
// kept, without the runes: what others typed next to them stays where it was.
// It takes op's turn in its log, as Apply does.
func (d *Doc) Void(op oplog.Op) {
	if fresh, _ := d.enter(op.ID); !fresh || op.Kind != KindInsertText {
		return
	}
	p, err := parse(op.Kind, op.ID.Log, op.Payload)
	if err != nil {
		return
	}
	full := operation{payload: p, kind: op.Kind, at: Version{op.Stamp, op.ID}, raw: op.Payload, void: true}
	// What goes wrong here would have gone wrong in Apply, without effect.
	_ = d.field(op.Field, FamilyText).apply(full, d.seen)
}

// enter notes that o has come, and reports whether that is new.
func (d *Doc) enter(o id.Op) (fresh bool, err error) {
	if o.Log.IsZero() {
		return false, fmt.Errorf("operation without a log: %w", ErrMalformed)
	}
	if d.seen.covers(o) {
		return false, nil
	}
	d.seen.advance(o)
	return true, nil
}

// change hands op to the field that it changes. The field comes into being
// with the first operation that can be read, whatever comes of it: that does
// not depend on the order of arrival.
func (d *Doc) change(op oplog.Op, v Version) error {
	p, err := parse(op.Kind, op.ID.Log, op.Payload)
	if err != nil {
		return err
	}
	full := operation{payload: p, kind: op.Kind, at: v, raw: op.Payload}
	if fam, ok := familyOf(op.Kind); ok {
		return d.field(op.Field, fam).apply(full, d.seen)
	}
	return d.life.apply(full, d.seen)
}

func known(kind oplog.Kind) bool { return kind >= KindSet && kind <= KindLife }

// meet notes a kind that is not known.
func (d *Doc) meet(kind oplog.Kind) {
	if i, ok := slices.BinarySearch(d.unknown, kind); !ok {
		d.unknown = slices.Insert(d.unknown, i, kind)
	}
}

// lowest returns the lower of two numbers of kinds of documents, 0 being none:
// authors who disagree, of whom all but one are faulty, still end up equal.
func lowest(a, b uint16) uint16 {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// find returns where the field is, or where it belongs.
func (d *Doc) find(number uint16, fam Family) (int, bool) {
	return slices.BinarySearchFunc(d.fields, field{number: number, family: fam}, compareFields)
}

func compareFields(a, b field) int {
	if a.number != b.number {
		return int(a.number) - int(b.number)
	}
	return int(a.family) - int(b.family)
}

// field returns the state of a field, made if it is not there.
func (d *Doc) field(number uint16, fam Family) state {
	i, ok := d.find(number, fam)
	if !ok {
		d.fields = slices.Insert(d.fields, i, field{number, fam, fam.new()})
	}
	return d.fields[i].state
}

// lookup returns the state of a field of type S, its zero value if d has none.
func lookup[S state](d *Doc, number uint16, fam Family) (s S) {
	if i, ok := d.find(number, fam); ok {
		s, _ = d.fields[i].state.(S)
	}
	return s
}

// Merge folds o's state into d, as if every operation behind o had been
// applied to d. Both are states of the same document; o is not changed and
// shares nothing with d afterwards.
func (d *Doc) Merge(o *Doc) {
	if d == o {
		return
	}
	d.noun = lowest(d.noun, o.noun)
	if o.last.Compare(d.last) > 0 {
		d.last = o.last
	}
	for _, kind := range o.unknown {
		d.meet(kind)
	}
	d.life.merge(&o.life, d.seen, o.seen)
	// A field that only d has needs nothing: o has seen no operation on it.
	for _, f := range o.fields {
		d.field(f.number, f.family).merge(f.state, d.seen, o.seen)
	}
	d.seen.merge(o.seen)
}

// Clone returns a copy that shares nothing with d.
func (d *Doc) Clone() *Doc {
	c := *d
	c.seen = slices.Clone(d.seen)
	c.unknown = slices.Clone(d.unknown)
	c.fields = slices.Clone(d.fields)
	for i := range c.fields {
		c.fields[i].state = c.fields[i].state.clone()
	}
	return &c
}
