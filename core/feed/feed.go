// Package feed tells what happened in a workspace as a person would: operations
// become entries, one for what one person did to one document in a burst, and an
// entry becomes a sentence.
//
// Operations come the latest first and can be very many, so that a Gatherer
// keeps no more than a page of entries, and a Cursor says where the next page
// goes on. It is not safe for concurrent use.
package feed

import (
	"time"

	"cairn/core/doc"
	"cairn/core/id"
)

// Span is how long a burst lasts at most: what somebody does within it is told
// in one sentence.
const Span = 10 * time.Minute

const (
	// maxChanges is how many changes of one entry are told apart. Nobody reads
	// more, and an import may change thousands.
	maxChanges = 40
	// maxValues is how many elements that came or went one change lists.
	maxValues = 5
)

// Entry is what one person did to one document in a burst.
type Entry struct {
	Doc         id.Doc
	Noun        uint16
	Person      id.Person // zero when nobody knows whose device it was
	First, Last doc.Version
	Made        bool      // the document began here
	Trashed     bool      // it was in the trash at the end
	Restored    bool      // it was taken out of the trash
	Changes     []*Change // the latest first
	More        int       // operations beyond the changes that are told apart
}

// Change is what happened to one field, or to one item of a list, in a burst.
type Change struct {
	Field  doc.Field
	Item   id.Op      // of a list, else zero
	Action doc.Action // of the last operation
	Value  doc.Value  // that was set or inserted last
	// Old is what stood there before, when Known. Of an item that was removed or
	// moved it may be what the item was called once, without being known.
	Old   doc.Value
	Known bool
	// Overwrites are the operations whose values the first one took the place
	// of. More than one, of different values, were a conflict.
	Overwrites []id.Op
	Settled    bool // a conflict; set by who has looked at Overwrites

	Added, Removed    []doc.Value // elements of a set, at most five of each
	Inserted, Deleted int         // runes of a text
}

// Single reports whether the change is of a value in the place of another.
func (c *Change) Single() bool {
	return c.Field.Family == doc.FamilyRegister || c.Field.Family == doc.FamilyMulti
}
