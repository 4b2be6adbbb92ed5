package index_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/app/index"
	"cairn/core/id"
)

// TestAnswersAreThoseOfAPlainList holds an index with room for everything, one
// that has to spill and one filled anew against a slice that is searched from
// end to end, after every commit.
func TestAnswersAreThoseOfAPlainList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		roomy, tight := w.index(0), w.index(rapid.IntRange(1, 8).Draw(t, "room"))
		for range rapid.IntRange(1, 12).Draw(t, "commits") {
			docs := w.commit(t)
			roomy.Apply(docs)
			tight.Apply(docs)
		}
		rebuilt := w.load(w.index(rapid.IntRange(1, 20).Draw(t, "room when rebuilt")))
		reset := w.index(rapid.IntRange(1, 20).Draw(t, "room when reset"))
		w.load(reset).Reset()
		reset.Apply(slices.Collect(maps.Values(w.docs)))
		reset.Renewed()
		q := drawQuery(t, w)
		prefix := drawPrefix(t, w)
		for name, x := range map[string]*index.Index{"roomy": roomy, "tight": tight, "rebuilt": rebuilt, "reset": reset} {
			sameList(t, name, w, x, q)
			sameList(t, name, w, x, index.Query{Conflicted: true})
			sameRows(t, name, w, x, prefix)
			got, err := x.Count(q.Noun, q.Project)
			want := len(w.list(index.Query{Noun: q.Noun, Project: q.Project}))
			if err != nil || got != want {
				t.Fatalf("%s: Count(%d, %v) = %d, %v, want %d", name, q.Noun, q.Project, got, err, want)
			}
		}
	})
}

// sameList reads a list page by page and compares it with the model's.
func sameList(t *rapid.T, name string, w *world, x *index.Index, q index.Query) {
	want := w.list(q)
	var got []index.Row
	s := x.Snapshot()
	for {
		p, err := s.List(q)
		if err != nil {
			t.Fatalf("%s: List(%+v): %v", name, q, err)
		}
		if p.Total != len(want) || len(p.Rows) > q.Limit && q.Limit > 0 {
			t.Fatalf("%s: List(%+v) has %d rows of %d, want %d in all", name, q, len(p.Rows), p.Total, len(want))
		}
		got = append(got, p.Rows...)
		if p.Next == "" {
			break
		}
		q.After = p.Next
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s: List(%+v) (-want +got):\n%s", name, q, diff)
	}
	var all []index.Row
	q.After = ""
	for r, err := range x.All(q) {
		if err != nil {
			t.Fatalf("%s: All(%+v): %v", name, q, err)
		}
		all = append(all, r)
	}
	if !slices.Equal(all, want) {
		t.Fatalf("%s: All(%+v) differs from List", name, q)
	}
}

// sameRows compares what is answered about documents by name.
func sameRows(t *rapid.T, name string, w *world, x *index.Index, prefix string) {
	all := w.list(index.Query{Trashed: index.WithTrashed})
	for _, want := range all {
		got, ok, err := x.Get(want.ID)
		if !ok || err != nil || got != want {
			t.Fatalf("%s: Get(%v) = %+v, %v, %v, want %+v", name, want.ID, got, ok, err, want)
		}
	}
	if got, ok, err := x.Get(id.Doc{42}); ok || err != nil {
		t.Fatalf("%s: Get of no document = %+v, %v, %v", name, got, ok, err)
	}
	if got, want := x.Conflicts(), w.list(index.Query{Conflicted: true}); !slices.Equal(got, want) {
		t.Fatalf("%s: Conflicts() = %+v, want %+v", name, got, want)
	}
	const most = 3
	want := slices.DeleteFunc(all, func(r index.Row) bool { return !strings.HasPrefix(r.ID.String(), strings.ToLower(prefix)) })
	want = want[:min(len(want), most)]
	if got, err := x.FindPrefix(prefix, most); err != nil || !slices.Equal(got, want) {
		t.Fatalf("%s: FindPrefix(%q) = %+v, %v, want %+v", name, prefix, got, err, want)
	}
}

func drawQuery(t *rapid.T, w *world) index.Query {
	return index.Query{
		Noun:       rapid.SampledFrom([]uint16{0, memos.Number, places.Number, laterKind}).Draw(t, "noun"),
		Project:    rapid.SampledFrom(append([]id.Doc{{}, {9}}, w.projects...)).Draw(t, "project"),
		Trashed:    rapid.SampledFrom([]index.Trashed{index.WithoutTrashed, index.OnlyTrashed, index.WithTrashed}).Draw(t, "trashed"),
		Conflicted: rapid.IntRange(0, 4).Draw(t, "conflicted") == 0,
		Text:       rapid.SampledFrom([]string{"", "", "a", "B", "ς", "길", "none"}).Draw(t, "text"),
		Order:      rapid.SampledFrom([]index.Order{index.Newest, index.Oldest, index.ByTitle}).Draw(t, "order"),
		Limit:      rapid.IntRange(0, 4).Draw(t, "limit"),
	}
}

// drawPrefix draws the first digits of some document's name, or of none.
func drawPrefix(t *rapid.T, w *world) string {
	texts := []string{"", "0", "7", "8", "il", strings.Repeat("0", 27)}
	for _, r := range w.list(index.Query{Trashed: index.WithTrashed}) {
		texts = append(texts, r.ID.String())
	}
	text := rapid.SampledFrom(texts).Draw(t, "of")
	if rapid.Bool().Draw(t, "upper") {
		text = strings.ToUpper(text)
	}
	return text[:min(len(text), rapid.IntRange(0, 27).Draw(t, "digits"))]
}

func TestListHasADefaultAndALargestPage(t *testing.T) {
	w := newWorld()
	for range 10_001 {
		w.create(memos.Number, w.projects[0], "memo")
	}
	x := w.load(w.index(0))
	for limit, want := range map[int]int{0: 100, -1: 100, 1: 1, 1 << 30: 10_000} {
		p, err := x.List(index.Query{Limit: limit, Order: index.ByTitle})
		if err != nil || len(p.Rows) != want || p.Total != 10_001 || p.Next == "" {
			t.Errorf("List with limit %d = %d rows of %d, next %q, %v, want %d", limit, len(p.Rows), p.Total, p.Next, err, want)
		}
	}
}

func TestLongTitlesAreCutBetweenCharacters(t *testing.T) {
	w := newWorld()
	title := "x" + strings.Repeat("길", 100)
	w.create(memos.Number, id.Doc{}, title)
	x := w.load(w.index(0))
	p, err := x.List(index.Query{})
	if err != nil || len(p.Rows) != 1 {
		t.Fatalf("List() = %+v, %v", p, err)
	}
	if got, want := p.Rows[0].Title, title[:1+3*85]; got != want {
		t.Errorf("title of %d bytes %q, want %d bytes", len(got), got, len(want))
	}
}

func ExampleIndex_Watch() {
	w := newWorld()
	x := w.index(0)
	q := index.Query{Noun: memos.Number}
	changed := x.Watch(q) // first watch, then read
	page, _ := x.List(q)
	fmt.Println(page.Total)

	x.Apply(w.create(memos.Number, w.projects[0], "Churn"))
	<-changed
	page, _ = x.List(q)
	fmt.Println(page.Total, page.Rows[0].Title)
	// Output:
	// 0
	// 1 Churn
}
