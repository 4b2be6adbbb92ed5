package index_test

import (
	"testing"

	"cairn/app/index"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/oplog"
)

type noSource struct{}

func (noSource) Doc(id.Doc) (*doc.Doc, error)               { return nil, nil }
func (noSource) EachDoc(uint16, func(*doc.Doc) error) error { return nil }

func TestResetEmptiesAndTells(t *testing.T) {
	x := index.New(noun.NewCatalog(noun.Builtin()...), noSource{}, index.Options{})
	d := doc.New(id.Doc{1})
	if err := d.Apply(oplog.Op{
		ID: id.Op{Log: id.Log{Device: 1, Incarnation: 1}}, Stamp: 1, Doc: d.ID(), Noun: noun.Projects.Number,
		Kind: doc.KindLife, Payload: doc.Bool(false).Append(nil),
	}); err != nil {
		t.Fatal(err)
	}
	x.Apply([]*doc.Doc{d})
	changed := x.Watch(index.Query{Noun: noun.Projects.Number})
	x.Reset()
	select {
	case <-changed:
	default:
		t.Error("a watch was not told")
	}
	page, err := x.List(index.Query{})
	if err != nil || len(page.Rows) != 0 || page.Total != 0 {
		t.Errorf("List after Reset = %+v, %v, want nothing", page, err)
	}
	x.Apply([]*doc.Doc{d})
	if row, ok, err := x.Get(d.ID()); err != nil || !ok || row != x.RowOf(d) {
		t.Errorf("Get after Apply = %+v, %v, %v, want %+v", row, ok, err, x.RowOf(d))
	}
}
