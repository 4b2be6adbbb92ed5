package index

import (
	"encoding/binary"
	"unicode/utf8"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

// maxTitle is where titles are cut, in bytes: no list shows more, and a pasted
// page must not fill the memory.
const maxTitle = 256

// Row is what lists show of a document.
type Row struct {
	ID        id.Doc
	Project   id.Doc // zero for a document of no project
	Title     string // empty when nobody has named it, cut at 256 bytes
	Updated   clock.Stamp
	By        id.Log // author of the last operation
	Conflicts int    // fields that hold different concurrent values
	Noun      uint16
	Trashed   bool
	Frozen    bool // waits for a later version of Cairn
}

// entry is a Row as it is held. It does not change once it is in a table.
type entry struct {
	row    Row
	folded string // title for search and order
	key    []byte // noun, project and inverted ID: what the indexes are over
}

const (
	nounSize  = 2
	scopeSize = nounSize + len(id.Doc{})
	keySize   = scopeSize + len(id.Doc{})
)

// idKey is the part of the key that is the document's own: its inverted name,
// so that keys ascend from the newest to the oldest.
func (e *entry) idKey() []byte { return e.key[scopeSize:keySize:keySize] }

// entries makes the entries of docs. Documents that no operation has given a
// kind are not there for anybody yet.
func (x *Index) entries(docs []*doc.Doc) []*entry {
	out := make([]*entry, 0, len(docs))
	for _, d := range docs {
		if d.Noun() != 0 {
			out = append(out, x.entry(d))
		}
	}
	return out
}

func (x *Index) entry(d *doc.Doc) *entry {
	last := d.Last()
	r := Row{
		ID: d.ID(), Noun: d.Noun(), Updated: last.At, By: last.By.Log,
		Project: noun.ProjectOf(d), Conflicts: len(d.Conflicts()), Trashed: d.Trashed(), Frozen: d.Frozen(),
	}
	if kind := x.catalog.ByNumber(r.Noun); kind != nil {
		r.Title = cutTitle(kind.Title(d))
	}
	return newEntry(r)
}

// RowOf returns the row that d should have.
func (x *Index) RowOf(d *doc.Doc) Row { return x.entry(d).row }

func newEntry(r Row) *entry {
	key := appendScope(make([]byte, 0, keySize), r.Noun, r.Project)
	return &entry{row: r, folded: fold(r.Title), key: appendInverted(key, r.ID)}
}

func appendScope(b []byte, noun uint16, project id.Doc) []byte {
	return append(binary.BigEndian.AppendUint16(b, noun), project[:]...)
}

func appendInverted(b []byte, name id.Doc) []byte {
	for _, c := range name {
		b = append(b, ^c)
	}
	return b
}

func cutTitle(s string) string {
	if len(s) <= maxTitle {
		return s
	}
	end := maxTitle
	for !utf8.RuneStart(s[end]) {
		end--
	}
	// A copy, so that the row does not hold on to the whole text.
	return string([]byte(s[:end]))
}
