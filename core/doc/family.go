package doc

import "cairn/core/oplog"

// Family says how a field merges. The numbers stand in stored documents: add
// at the end, never reorder.
type Family uint8

// The families.
const (
	FamilyRegister Family = 1 + iota // the last writer wins
	FamilyMulti                      // concurrent values stay side by side until somebody chooses
	FamilySet                        // elements; an addition wins over a concurrent removal
	FamilyCounter                    // numbers that add up
	FamilyList                       // items in an order that people can change
	FamilyText                       // prose that several people write at once
)

// String returns the stable name of f.
func (f Family) String() string {
	names := [...]string{"unknown", "register", "multi", "set", "counter", "list", "text"}
	if int(f) < len(names) {
		return names[f]
	}
	return names[0]
}

// familyOf returns the family whose fields kind changes.
func familyOf(kind oplog.Kind) (Family, bool) {
	switch kind {
	case KindSet:
		return FamilyRegister, true
	case KindPut:
		return FamilyMulti, true
	case KindAdd, KindRemove:
		return FamilySet, true
	case KindCount:
		return FamilyCounter, true
	case KindInsertItem, KindSetItem, KindMoveItem, KindDropItem:
		return FamilyList, true
	case KindInsertText, KindDeleteText:
		return FamilyText, true
	default:
		return 0, false
	}
}

// new returns an empty field of the family, nil for one that is not known.
func (f Family) new() state {
	switch f {
	case FamilyRegister:
		return &register{}
	case FamilyMulti:
		return &multi{}
	case FamilySet:
		return &set{}
	case FamilyCounter:
		return &counter{}
	case FamilyList:
		return &list{}
	case FamilyText:
		return &prose{}
	default:
		return nil
	}
}

// operation is one that has been taken apart: what it says, where it stands,
// and its payload as it came.
type operation struct {
	payload
	kind oplog.Kind
	at   Version
	raw  []byte
	void bool // only of inserted text: the runes are not to show
}

// state is what a field holds. apply takes an operation that is new to the
// document, whose context seen covers it already; merge takes a field of the
// same family, which it must not change, and the contexts of both documents
// from before the merge. append and read are the stored form.
type state interface {
	apply(op operation, seen context) error
	merge(o state, seenMine, seenTheirs context)
	clone() state
	append(b []byte, p *packer) []byte
	read(r *reader, p *packer)
}
