package feed_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/doc"
	"cairn/core/feed"
	"cairn/core/id"
	"cairn/core/noun"
)

func plainTeller() feed.Teller {
	return feed.Teller{
		Kinds: noun.NewCatalog(noun.Builtin()...),
		Doc:   func(id.Doc) *doc.Doc { return nil },
		Name:  func(id.Doc) string { return "" },
	}
}

func record(name string, value float64) doc.Value {
	return doc.Record(map[string]doc.Value{"name": doc.String(name), "value": doc.Float(value)})
}

func TestPartsTellElementsApart(t *testing.T) {
	before := doc.List(record("accuracy", 0.8), record("price", 10), doc.String("a"), doc.String("a"))
	after := doc.List(record("price", 10), record("accuracy", 0.85), doc.String("a"), doc.String("b"))
	var got []string
	for _, d := range plainTeller().Parts(before, after) {
		got = append(got, fmt.Sprint(d.Action, " ", d.Part, " ", d.From.Text, " ", d.To.Text))
	}
	want := []string{"set accuracy 0.8 0.85", "added b  ", "removed a  "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
}

// TestPartsCount holds that what came and went accounts for the lengths.
func TestPartsCount(t *testing.T) {
	values := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) doc.Value {
		return record(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name"), float64(rapid.IntRange(0, 2).Draw(t, "value")))
	}), 0, 6)
	rapid.Check(t, func(t *rapid.T) {
		before, after := values.Draw(t, "before"), values.Draw(t, "after")
		grown := 0
		for _, d := range plainTeller().Parts(doc.List(before...), doc.List(after...)) {
			switch d.Action {
			case feed.DeedAdded:
				grown++
			case feed.DeedRemoved:
				grown--
			default: // changed in place
			}
		}
		if want := len(after) - len(before); grown != want {
			t.Fatalf("%v to %v: grown by %d, want %d", before, after, grown, want)
		}
	})
}
