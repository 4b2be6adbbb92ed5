package doc

import (
	"encoding/binary"
	"fmt"

	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/core/text"
)

// payload is what an operation says, taken apart. Which parts are set depends
// on its kind; FORMAT.md lays down the bytes.
type payload struct {
	value  Value
	named  []id.Op // additions or values that it removes or overwrites
	item   id.Op   // list item that it changes
	key    string
	out    bool // the item is taken out, rather than put back
	amount int64
	insert text.Insert
	erase  text.Delete
}

// parse reads the payload of an operation of log. Whether it succeeds depends
// on nothing but its arguments, so every replica refuses the same operations.
// The error is ErrMalformed.
func parse(kind oplog.Kind, log id.Log, b []byte) (payload, error) {
	if fam, _ := familyOf(kind); fam == FamilyText {
		return parseText(kind, log, b)
	}
	var p payload
	r := newReader(b)
	switch kind {
	case KindSet, KindAdd:
		p.value = r.value()
	case KindLife:
		p.value = r.value()
		if _, ok := p.value.AsBool(); !ok {
			r.Fail("life that is neither true nor false")
		}
	case KindPut, KindRemove:
		p.named = r.dots()
		p.value = r.value()
	case KindCount:
		p.amount = r.Varint()
	case KindInsertItem:
		r.in(func(r *reader) { p.key = r.key() })
		p.value = r.value()
	case KindSetItem:
		p.item, p.value = r.dot(), r.value()
	case KindMoveItem:
		p.item, p.key = r.dot(), r.key()
	case KindDropItem:
		p.item, p.out = r.dot(), r.flag()
	default:
		r.Fail(fmt.Sprintf("operation of unknown kind %d", kind))
	}
	return p, r.End()
}

func parseText(kind oplog.Kind, log id.Log, b []byte) (p payload, err error) {
	if kind == KindInsertText {
		p.insert, err = text.DecodeInsert(b, log)
	} else {
		p.erase, err = text.DecodeDelete(b, log)
	}
	if err != nil {
		return payload{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return p, nil
}

// key reads an order key that fills what is left.
func (r *reader) key() string {
	key := string(r.utf8())
	if r.Err == nil && !validKey(key) {
		r.Fail("order key")
	}
	return key
}

// dot reads the name of an operation, written out in full.
func (r *reader) dot() id.Op { return id.Op{Log: r.Log(), Seq: r.Uvarint()} }

const dotMinSize = id.LogSize + 1

func appendDot(b []byte, o id.Op) []byte {
	return binary.AppendUvarint(o.Log.Append(b), o.Seq)
}

func (r *reader) dots() []id.Op {
	dots := make([]id.Op, r.Count(dotMinSize))
	for i := range dots {
		dots[i] = r.dot()
	}
	return dots
}

// maxNamed is how many operations one other names, so that it fits a batch.
// Only a faulty writer leaves so many values or additions side by side; a
// second operation then takes care of the rest.
const maxNamed = 4096

// appendDots appends the names of ops, as far as one operation may name them.
func appendDots(b []byte, ops []id.Op) []byte {
	ops = ops[:min(len(ops), maxNamed)]
	b = binary.AppendUvarint(b, uint64(len(ops)))
	for _, o := range ops {
		b = appendDot(b, o)
	}
	return b
}
