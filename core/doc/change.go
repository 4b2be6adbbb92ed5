package doc

import (
	"encoding/binary"

	"cairn/core/canon"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
)

// Change is an operation before it has its place in a log. The methods of Doc
// that return one plan it against the state as it is and change nothing: the
// caller gives it a place, applies it, and only then plans the next.
type Change struct {
	Doc     id.Doc
	Noun    uint16
	Kind    oplog.Kind
	Field   uint16
	Payload []byte
}

// At returns c as the operation at v.
func (c Change) At(v Version) oplog.Op {
	return oplog.Op{
		ID: v.By, Stamp: v.At, Doc: c.Doc, Noun: c.Noun,
		Kind: c.Kind, Field: c.Field, Payload: c.Payload,
	}
}

func (d *Doc) plan(kind oplog.Kind, field uint16, payload []byte) Change {
	return Change{Doc: d.id, Noun: d.noun, Kind: kind, Field: field, Payload: payload}
}

// SetRegister plans the register field to hold v.
func (d *Doc) SetRegister(field uint16, v Value) Change {
	return d.plan(KindSet, field, v.Append(nil))
}

// Put plans the multi-value register field to hold v, in place of every value
// it shows now.
func (d *Doc) Put(field uint16, v Value) Change {
	values := d.Multi(field)
	over := make([]id.Op, len(values))
	for i, old := range values {
		over[i] = old.By
	}
	return d.plan(KindPut, field, v.Append(appendDots(nil, over)))
}

// Add plans the set field to have the element v.
func (d *Doc) Add(field uint16, v Value) Change {
	return d.plan(KindAdd, field, v.Append(nil))
}

// Remove plans the set field to lose the element v. An addition of v that
// happens elsewhere at the same time stays.
func (d *Doc) Remove(field uint16, v Value) Change {
	var gone []id.Op
	if s := lookup[*set](d, field, FamilySet); s != nil {
		gone = s.additions(v)
	}
	return d.plan(KindRemove, field, v.Append(appendDots(nil, gone)))
}

// Count plans the counter field to grow by n.
func (d *Doc) Count(field uint16, n int64) Change {
	return d.plan(KindCount, field, binary.AppendVarint(nil, n))
}

// InsertItem plans the list field to have v as item number pos, counting from
// 0; a pos at or beyond the end appends. The jitter is any random number, see
// KeyBetween.
func (d *Doc) InsertItem(field uint16, pos int, v Value, jitter uint32) Change {
	b := canon.AppendBlock(nil, []byte(d.keyAt(d.List(field), pos, jitter)))
	return d.plan(KindInsertItem, field, v.Append(b))
}

// keyAt returns an order key before items[pos].
func (d *Doc) keyAt(items []Item, pos int, jitter uint32) string {
	low, high := "", ""
	pos = min(max(pos, 0), len(items))
	if pos > 0 {
		low = items[pos-1].Key
	}
	if pos < len(items) {
		high = items[pos].Key
	}
	return KeyBetween(low, high, jitter)
}

// SetItem plans an item of the list field to hold v.
func (d *Doc) SetItem(field uint16, item id.Op, v Value) Change {
	return d.plan(KindSetItem, field, v.Append(appendDot(nil, item)))
}

// MoveItem plans an item of the list field to become number pos of the others.
func (d *Doc) MoveItem(field uint16, item id.Op, pos int, jitter uint32) Change {
	var others []Item
	for _, x := range d.List(field) {
		if x.ID != item {
			others = append(others, x)
		}
	}
	key := d.keyAt(others, pos, jitter)
	return d.plan(KindMoveItem, field, append(appendDot(nil, item), key...))
}

// DropItem plans an item of the list field to be taken out.
func (d *Doc) DropItem(field uint16, item id.Op) Change {
	return d.plan(KindDropItem, field, append(appendDot(nil, item), 1))
}

// RestoreItem plans an item that was taken out to be back where it was.
func (d *Doc) RestoreItem(field uint16, item id.Op) Change {
	return d.plan(KindDropItem, field, append(appendDot(nil, item), 0))
}

// InsertText plans runes to stand at pos, counted in runes, of the text field.
// The log is the one that the change will go to.
func (d *Doc) InsertText(field uint16, log id.Log, pos int, runes string) (Change, error) {
	in, err := d.text(field).InsertAt(log, pos, runes)
	if err != nil {
		return Change{}, textFault(err)
	}
	return d.plan(KindInsertText, field, in.Append(nil)), nil
}

// DeleteText plans n runes from pos of the text field to go. The log is the one
// that the change will go to.
func (d *Doc) DeleteText(field uint16, log id.Log, pos, n int) (Change, error) {
	del, err := d.text(field).DeleteAt(pos, n)
	if err != nil {
		return Change{}, textFault(err)
	}
	return d.plan(KindDeleteText, field, del.Append(nil, log)), nil
}

func textFault(err error) error {
	return fault.Wrap(err, fault.Invalid, "The text could not be changed there.", "Check the position and the length (%v).").With(err)
}

// Trash plans the document to go to the trash, where edits still merge.
func (d *Doc) Trash() Change { return d.plan(KindLife, 0, Bool(true).Append(nil)) }

// Restore plans the document to come back from the trash.
func (d *Doc) Restore() Change { return d.plan(KindLife, 0, Bool(false).Append(nil)) }
