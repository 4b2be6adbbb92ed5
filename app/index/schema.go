package index

import (
	"errors"

	"github.com/hashicorp/go-memdb"
)

// Rows have two indexes and conflicts one. Every index costs about 450 bytes
// and 2 µs a row, so nothing else is indexed: what a query asks for beyond
// these is found by looking through the rows of its kind.
const (
	tableRows      = "rows"      // a row for every document of a kind that is held
	tableConflicts = "conflicts" // once more the rows with conflicts, of every kind
	tableScopes    = "scopes"    // counts, and what watches wait on

	byID   = "id"   // the newest first
	byKind = "kind" // by kind, then project, then the newest first
)

func newDB() *memdb.MemDB {
	idKey := func(obj any) []byte { return obj.(*entry).idKey() }
	table := func(name string, indexes ...*memdb.IndexSchema) *memdb.TableSchema {
		t := &memdb.TableSchema{Name: name, Indexes: map[string]*memdb.IndexSchema{}}
		for _, i := range indexes {
			t.Indexes[i.Name] = i
		}
		return t
	}
	over := func(name string, key rawIndex) *memdb.IndexSchema {
		return &memdb.IndexSchema{Name: name, Unique: true, Indexer: key}
	}
	db, err := memdb.NewMemDB(&memdb.DBSchema{Tables: map[string]*memdb.TableSchema{
		tableRows:      table(tableRows, over(byID, idKey), over(byKind, func(obj any) []byte { return obj.(*entry).key })),
		tableConflicts: table(tableConflicts, over(byID, idKey)),
		tableScopes:    table(tableScopes, over(byID, func(obj any) []byte { return obj.(*scope).key })),
	}})
	must(err)
	return db
}

// rawIndex is an index over bytes that the object holds already, so that
// neither writing nor looking up makes any.
type rawIndex func(obj any) []byte

// FromObject implements memdb.SingleIndexer.
func (key rawIndex) FromObject(obj any) (bool, []byte, error) { return true, key(obj), nil }

// FromArgs implements memdb.Indexer: the one argument is the key.
func (rawIndex) FromArgs(args ...any) ([]byte, error) {
	if len(args) == 1 {
		if key, ok := args[0].([]byte); ok {
			return key, nil
		}
	}
	return nil, errors.New("a key is one slice of bytes")
}

// must is for the errors of go-memdb, all of which say that the schema or the
// call is wrong.
func must(err error) {
	if err != nil {
		panic("index: " + err.Error())
	}
}
