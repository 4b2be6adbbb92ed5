package index

import (
	"slices"

	"github.com/hashicorp/go-memdb"

	"cairn/core/id"
)

// scopeName names a set of documents: those of a kind, of a project, of both,
// or all. Every document is in up to four.
type scopeName struct {
	noun    uint16 // 0 for every kind
	project id.Doc // zero for every project and none
}

var everything scopeName

func (n scopeName) bytes() []byte { return appendScope(make([]byte, 0, scopeSize), n.noun, n.project) }

// scopesOf returns the scopes that a document of a kind and project is in.
func scopesOf(noun uint16, project id.Doc) []scopeName {
	all := [...]scopeName{everything, {noun: noun}, {project: project}, {noun, project}}
	if project.IsZero() {
		return all[:2]
	}
	return all[:]
}

// scope counts the rows held of a set of documents. It is written anew when one
// of them changes, counts or not, which wakes who waits for it.
type scope struct {
	scopeName
	live, trashed int
	spilled       []uint16 // kinds whose rows are not held, sorted; of everything only
	key           []byte
}

func (s *scope) rows() int { return s.live + s.trashed }

// count returns the rows that a query about trash is about.
func (s *scope) count(t Trashed) int {
	switch t {
	case OnlyTrashed:
		return s.trashed
	case WithTrashed:
		return s.rows()
	default:
		return s.live
	}
}

func (s *scope) isSpilled(noun uint16) bool {
	_, found := slices.BinarySearch(s.spilled, noun)
	return found
}

// findScope returns a scope as txn has it, an empty one if nothing is in it,
// and a channel that is closed when it changes. Only for a scope that is there
// is the channel closed at nothing else.
func findScope(txn *memdb.Txn, n scopeName) (s *scope, changed <-chan struct{}, found bool) {
	changed, obj, err := txn.FirstWatch(tableScopes, byID, n.bytes())
	must(err)
	if s, found = obj.(*scope); !found {
		s = &scope{scopeName: n, key: n.bytes()}
	}
	return s, changed, found
}

// eachScope calls yield for every scope of a kind: with its number, or 0 for
// the scopes that are not of one kind.
func eachScope(txn *memdb.Txn, noun uint16, yield func(*scope)) {
	it, err := txn.LowerBound(tableScopes, byID, scopeName{noun: noun}.bytes())
	must(err)
	for s, ok := it.Next().(*scope); ok && s.noun == noun; s, ok = it.Next().(*scope) {
		yield(s)
	}
}
