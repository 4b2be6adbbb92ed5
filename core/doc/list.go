package doc

import (
	"cmp"
	"slices"

	"cairn/core/id"
)

// list is an ordered list: items sorted by a fractional key. Value, key and
// whether the item was taken out are registers of their own, so moving an item
// and editing it at the same time both count.
type list struct {
	items []item // sorted by operation
}

// item is known from the first operation that names it, which may come before
// the one that inserts it.
type item struct {
	by       id.Op // the operation that inserts it
	inserted bool
	key      register
	value    register
	out      register
}

// Item is an item of a list.
type Item struct {
	ID    id.Op // names the item for ever
	Value Value
	Key   string
}

func (s *list) apply(op operation, _ context) error {
	switch op.kind {
	case KindInsertItem:
		it := s.at(op.at.By)
		it.inserted = true
		it.key.set(String(op.key), op.at)
		it.value.set(op.value, op.at)
	case KindSetItem:
		s.at(op.item).value.set(op.value, op.at)
	case KindMoveItem:
		s.at(op.item).key.set(String(op.key), op.at)
	default:
		s.at(op.item).out.set(Bool(op.out), op.at)
	}
	return nil
}

// at returns the item that by inserts.
func (s *list) at(by id.Op) *item {
	i, ok := slices.BinarySearchFunc(s.items, by, func(x item, o id.Op) int { return x.by.Compare(o) })
	if !ok {
		s.items = slices.Insert(s.items, i, item{by: by})
	}
	return &s.items[i]
}

func (s *list) merge(o state, _, _ context) {
	other, ok := o.(*list)
	if !ok {
		return
	}
	for i := range other.items {
		theirs := &other.items[i]
		mine := s.at(theirs.by)
		mine.inserted = mine.inserted || theirs.inserted
		for j, part := range mine.parts() {
			part.merge(theirs.parts()[j], nil, nil)
		}
	}
}

func (s *list) clone() state { return &list{slices.Clone(s.items)} }

// visible returns the items that are in, in order.
func (s *list) visible() []Item {
	out := make([]Item, 0, len(s.items))
	for i := range s.items {
		x := &s.items[i]
		if gone, _ := x.out.value.AsBool(); !x.inserted || gone {
			continue
		}
		key, _ := x.key.value.AsString()
		out = append(out, Item{x.by, x.value.value, key})
	}
	slices.SortFunc(out, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), a.ID.Compare(b.ID))
	})
	return out
}

// parts returns the registers of an item in stored order.
func (x *item) parts() [3]*register { return [...]*register{&x.key, &x.value, &x.out} }

// The flags of a stored item: bit 0 says that it was inserted, the bits after
// it which of its parts are there.
const (
	itemInserted  = 1
	itemKey       = 2
	itemValue     = 4
	itemFlagsEnd  = 16
	itemWholeMask = itemInserted | itemKey | itemValue
)

func (x *item) flags() byte {
	var flags byte
	if x.inserted {
		flags = itemInserted
	}
	for i, part := range x.parts() {
		if part.isSet() {
			flags |= itemKey << i
		}
	}
	return flags
}

func (s *list) append(b []byte, p *packer) []byte {
	b = appendCount(b, len(s.items))
	for i := range s.items {
		x := &s.items[i]
		b = append(p.appendOp(b, x.by), x.flags())
		for _, part := range x.parts() {
			if part.isSet() {
				b = part.append(b, p)
			}
		}
	}
	return b
}

func (s *list) read(r *reader, p *packer) {
	s.items = make([]item, r.Count(opMinSize+1))
	for i := range s.items {
		x := &s.items[i]
		x.by = p.op(r)
		flags := r.Byte()
		x.inserted = flags&itemInserted != 0
		if flags == 0 || flags >= itemFlagsEnd || x.inserted && (flags&itemWholeMask != itemWholeMask || !p.seen.covers(x.by)) {
			r.Fail("list item")
			return
		}
		for j, part := range x.parts() {
			if flags&(itemKey<<j) != 0 {
				part.read(r, p)
			}
		}
	}
	checkSorted(r, s.items, func(x item) id.Op { return x.by })
}
