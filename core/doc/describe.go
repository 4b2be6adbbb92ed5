package doc

import (
	"fmt"
	"unicode/utf8"

	"cairn/core/id"
	"cairn/core/oplog"
)

// Action says what an operation did, for the history that people read.
type Action uint8

// The actions. Their names are printed by --json: add at the end, never reorder.
const (
	ActionUnknown Action = iota // of a kind that only a later version knows
	ActionSet                   // a value, in a register, or of a list item
	ActionAdd                   // an element, or an amount to a counter
	ActionRemove                // an element, or a list item
	ActionInsert                // a list item, or runes
	ActionMove                  // a list item
	ActionDelete                // runes
	ActionTrash                 // the document
	ActionRestore               // the document, or a list item that was removed
)

// String returns the stable name of a.
func (a Action) String() string {
	names := [...]string{"unknown", "set", "add", "remove", "insert", "move", "delete", "trash", "restore"}
	if int(a) < len(names) {
		return names[a]
	}
	return names[0]
}

// Entry is one operation in words that a history can show. What it does not
// speak of is zero.
type Entry struct {
	Field  Field // zero when the operation is on the document as a whole
	Action Action
	Value  Value  // set, added, removed or inserted; of a counter the amount
	Item   id.Op  // the list item
	Text   string // runes inserted
	Runes  int    // how many runes were inserted or deleted
}

// Describe says what op did, without the document. The error, ErrMalformed,
// is that of an operation which had no effect.
func Describe(op oplog.Op) (Entry, error) {
	if !known(op.Kind) {
		return Entry{Field: Field{Number: op.Field}}, nil
	}
	p, err := parse(op.Kind, op.ID.Log, op.Payload)
	if err != nil {
		return Entry{}, fmt.Errorf("operation %s: %w", op.ID, err)
	}
	if op.Kind == KindLife {
		if trashed, _ := p.value.AsBool(); trashed {
			return Entry{Action: ActionTrash}, nil
		}
		return Entry{Action: ActionRestore}, nil
	}
	fam, _ := familyOf(op.Kind)
	e := Entry{Field: Field{op.Field, fam}, Value: p.value, Item: p.item}
	switch op.Kind {
	case KindSet, KindPut, KindSetItem:
		e.Action = ActionSet
	case KindAdd:
		e.Action = ActionAdd
	case KindRemove:
		e.Action = ActionRemove
	case KindCount:
		e.Action, e.Value = ActionAdd, Int(p.amount)
	case KindInsertItem:
		e.Action, e.Item = ActionInsert, op.ID
	case KindMoveItem:
		e.Action = ActionMove
	case KindDropItem:
		e.Action = ActionRestore
		if p.out {
			e.Action = ActionRemove
		}
	case KindInsertText:
		e.Action, e.Text, e.Runes = ActionInsert, p.insert.Runes, utf8.RuneCountInString(p.insert.Runes)
	default: // KindDeleteText
		e.Action = ActionDelete
		for _, s := range p.erase.Spans {
			e.Runes += int(s.Len)
		}
	}
	return e, nil
}

// Overwrites returns the operations whose values op takes the place of in a
// multi-value register, as its author saw them: several settle a conflict. It is
// empty for any other operation, and for one that can't be read.
func Overwrites(op oplog.Op) []id.Op {
	if op.Kind != KindPut {
		return nil
	}
	p, err := parse(op.Kind, op.ID.Log, op.Payload)
	if err != nil {
		return nil
	}
	return p.named
}
