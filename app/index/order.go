package index

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"strings"

	"cairn/core/fault"
	"cairn/core/id"
)

// compare orders entries as lists do.
func (o Order) compare(a, b *entry) int {
	newest := bytes.Compare(a.idKey(), b.idKey())
	switch o {
	case Oldest:
		return -newest
	case ByTitle:
		return cmp.Or(strings.Compare(a.folded, b.folded), newest)
	default:
		return newest
	}
}

// cursor returns e's place in the order as text.
func (o Order) cursor(e *entry) string {
	b := append([]byte{byte(o)}, e.row.ID[:]...)
	if o == ByTitle {
		b = append(b, e.folded...)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// place reads what cursor wrote: an entry that is good for compare and nothing
// else. The document need not be there any more.
func (o Order) place(cursor string) (*entry, error) {
	const head = 1 + len(id.Doc{})
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(b) < head || b[0] != byte(o) || len(b) > head && o != ByTitle {
		return nil, fault.New(fault.Invalid, "The list can't go on from there.", "Ask for its first page again, and then for what its answer calls next.")
	}
	e := newEntry(Row{ID: id.Doc(b[1:head])})
	e.folded = string(b[head:])
	return e, nil
}
