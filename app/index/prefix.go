package index

import (
	"bytes"
	"strings"

	"cairn/core/id"
)

// docDigits is the length of a document's name in text.
const docDigits = 26

// FindPrefix returns up to limit documents whose ID starts with text, in the
// trash or not, the newest first. People type the first digits of an ID, in
// either case; more than one answer says that they need to type more.
func (s *Snapshot) FindPrefix(text string, limit int) ([]Row, error) {
	low, high, ok := idRange(text)
	if !ok || limit <= 0 {
		return nil, nil
	}
	sel, err := Query{Trashed: WithTrashed, Limit: limit}.selection()
	if err != nil {
		return nil, err
	}
	// Keys are inverted: from high's on, they ascend to low's.
	from, to := appendInverted(nil, high), appendInverted(nil, low)
	it, err := s.txn.LowerBound(tableRows, byID, from)
	must(err)
	for e, ok := it.Next().(*entry); ok && bytes.Compare(e.idKey(), to) <= 0 && sel.rest < sel.limit; e, ok = it.Next().(*entry) {
		sel.offer(e)
	}
	err = s.eachSpilled(s.spilledOf(sel.query), func(e *entry) {
		if bytes.Compare(from, e.idKey()) <= 0 && bytes.Compare(e.idKey(), to) <= 0 {
			sel.offer(e)
		}
	})
	return sel.page().Rows, err
}

// idRange returns the first and the last name whose text starts with text, and
// whether there is any.
func idRange(text string) (low, high id.Doc, ok bool) {
	missing := docDigits - len(text)
	if missing < 0 {
		return low, high, false
	}
	last := strings.Repeat("z", missing)
	if text == "" {
		last = "7" + last[1:] // the first digit holds three bits only
	}
	low, errLow := id.ParseDoc(text + strings.Repeat("0", missing))
	high, errHigh := id.ParseDoc(text + last)
	return low, high, errLow == nil && errHigh == nil
}
