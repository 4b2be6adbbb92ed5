package index

import (
	"strings"

	"cairn/core/id"
)

const (
	defaultLimit = 100
	maxLimit     = 10_000
)

// Query says which documents a list is about. The zero Query is about every
// document that is not in the trash, the newest first.
type Query struct {
	Noun       uint16 // kind, 0 for every kind
	Project    id.Doc // zero for every project and none
	Trashed    Trashed
	Conflicted bool   // only documents with conflicts
	Text       string // part of the title, whatever its case
	Order      Order
	Limit      int    // rows of a page: 100 when 0, at most 10,000
	After      string // Next of the page before, empty for the first page
}

// Trashed says what a query has to do with the trash.
type Trashed uint8

// What to list.
const (
	WithoutTrashed Trashed = iota
	OnlyTrashed
	WithTrashed
)

// Order is the order of a list. It stands in Page.Next, which clients keep: add
// at the end, never reorder.
type Order uint8

// The orders. Age is the time a document was made; documents of one title
// follow each other from the newest to the oldest.
const (
	Newest Order = iota
	Oldest
	ByTitle
)

// Page is part of a list.
type Page struct {
	Rows  []Row
	Total int    // rows of the whole list
	Next  string // asks for the rest, empty at the end
}

// matches reports whether e is in the list, wherever in it.
func (s *selection) matches(e *entry) bool {
	r, q := &e.row, &s.query
	return (q.Trashed == WithTrashed || r.Trashed == (q.Trashed == OnlyTrashed)) &&
		(q.Noun == 0 || r.Noun == q.Noun) &&
		(q.Project.IsZero() || r.Project == q.Project) &&
		(!q.Conflicted || r.Conflicts > 0) &&
		(s.text == "" || strings.Contains(e.folded, s.text))
}
