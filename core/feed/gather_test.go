package feed_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/feed"
	"cairn/core/id"
	"cairn/core/oplog"
)

// nine is when the tests begin.
var nine = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// person is who writes log: each device is of a person of its number.
func person(log id.Log) id.Person { return id.Person{15: byte(log.Device)} }

// writing is operations in the making, the oldest first.
type writing struct {
	ops  []oplog.Op
	docs map[id.Doc]*doc.Doc
	next map[id.Log]uint64
}

func newWriting() *writing {
	return &writing{docs: map[id.Doc]*doc.Doc{}, next: map[id.Log]uint64{}}
}

// doc returns the document numbered n, which was named when the tests begin.
func (w *writing) doc(n int) *doc.Doc {
	name, err := id.NewDoc(nine, slowly{byte(n)})
	if err != nil {
		panic(err)
	}
	if w.docs[name] == nil {
		w.docs[name] = doc.New(name)
	}
	return w.docs[name]
}

// slowly is randomness that is a number.
type slowly struct{ n byte }

func (s slowly) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = s.n
	}
	return len(b), nil
}

// write adds a change that a device makes at a time.
func (w *writing) write(device int, after time.Duration, kind uint16, c doc.Change) oplog.Op {
	log := id.Log{Device: id.ShortDevice(device), Incarnation: 1}
	c.Noun = kind
	op := c.At(doc.Version{At: clock.StampOf(nine.Add(after)) + clock.Stamp(len(w.ops)%1000), By: id.Op{Log: log, Seq: w.next[log]}})
	w.next[log]++
	w.ops = append(w.ops, op)
	_ = w.docs[c.Doc].Apply(op)
	return op
}

// page reads one as the use case does.
func (w *writing) page(most int, from feed.Cursor) ([]*feed.Entry, feed.Cursor) {
	ops := slices.Clone(w.ops)
	slices.SortFunc(ops, func(a, b oplog.Op) int { return b.Compare(a) })
	g := feed.NewGatherer(most, from)
	for _, op := range ops {
		if at := (doc.Version{At: op.Stamp, By: op.ID}); !from.IsZero() && at.Compare(from.Before) >= 0 {
			continue
		}
		if g.Full(op) {
			return g.Page(false)
		}
		g.Add(op, person(op.ID.Log))
	}
	return g.Page(true)
}

func outline(entries []*feed.Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, fmt.Sprintf("%d on %x: %s to %s, %d changes, made %v", e.Person[15], e.Doc[15], e.First.By, e.Last.By, len(e.Changes), e.Made))
	}
	return out
}

// TestPagesAddUp holds that what is read page by page is what is read at once,
// whoever wrote what, and when.
func TestPagesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWriting()
		at := time.Duration(0)
		for range rapid.IntRange(0, 60).Draw(t, "operations") {
			at += time.Duration(rapid.SampledFrom([]int{0, 0, 1, 4, 11, 25}).Draw(t, "minutes")) * time.Minute
			d := w.doc(rapid.IntRange(1, 3).Draw(t, "document"))
			w.write(rapid.IntRange(1, 2).Draw(t, "device"), at, 5, d.SetRegister(uint16(rapid.IntRange(2, 4).Draw(t, "field")), doc.Int(int64(len(w.ops)))))
		}
		whole, next := w.page(1000, feed.Cursor{})
		if !next.IsZero() {
			t.Fatalf("all fit, and there is a next page %q", next)
		}
		most, got, from := rapid.IntRange(1, 5).Draw(t, "most"), []string(nil), feed.Cursor{}
		for range len(w.ops) + 1 {
			entries, next := w.page(most, from)
			got = append(got, outline(entries)...)
			if next.IsZero() {
				break
			}
			var err error
			if from, err = feed.ParseCursor(next.String()); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(outline(whole), got); diff != "" {
			t.Fatalf("pages of %d (-at once +page by page):\n%s", most, diff)
		}
	})
}

// TestAnEntryIsABurst keeps apart what is of others, of other documents, and
// longer ago.
func TestAnEntryIsABurst(t *testing.T) {
	w := newWriting()
	a, b := w.doc(1), w.doc(2)
	set := func(device, minute int, d *doc.Doc, field uint16, v int64) {
		w.write(device, time.Duration(minute)*time.Minute, 5, d.SetRegister(field, doc.Int(v)))
	}
	set(1, 60, a, 2, 1)
	set(1, 69, a, 3, 2)
	set(2, 70, a, 2, 3) // somebody else
	set(1, 70, a, 2, 4)
	set(1, 71, a, 2, 5) // more than ten minutes after the first
	set(1, 71, b, 2, 6)
	entries, _ := w.page(10, feed.Cursor{})
	var got []string
	for _, e := range entries {
		line := fmt.Sprintf("%d on %d:", e.Person[15], e.Doc[15])
		for _, c := range e.Changes {
			line += fmt.Sprintf(" %d=%s", c.Field.Number, c.Value)
			if c.Known {
				line += " was " + c.Old.String()
			}
		}
		got = append(got, line)
	}
	want := []string{"1 on 2: 2=6", "1 on 1: 2=5 was 3 3=2", "2 on 1: 2=3 was 1", "1 on 1: 2=1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}

// TestLookFindsWhatStoodThereBefore goes on reading after the page is full.
func TestLookFindsWhatStoodThereBefore(t *testing.T) {
	w := newWriting()
	d := w.doc(1)
	w.write(1, 0, 5, d.SetRegister(2, doc.Int(1)))
	w.write(1, time.Hour, 5, d.SetRegister(2, doc.Int(2)))
	g := feed.NewGatherer(1, feed.Cursor{})
	g.Add(w.ops[1], person(w.ops[1].ID.Log))
	if more := g.Look(w.ops[0]); more {
		t.Error("something is still wanted after the only old value has come")
	}
	entries, next := g.Page(false)
	if c := entries[0].Changes[0]; !c.Known || c.Old != doc.Int(1) || next.IsZero() {
		t.Errorf("old value %s, known %v, next page %q", c.Old, c.Known, next)
	}
}

// FuzzParseCursor reads foreign text.
func FuzzParseCursor(f *testing.F) {
	w := newWriting()
	for i := range 20 {
		w.write(i%2, time.Duration(i)*time.Second, 5, w.doc(i%5).SetRegister(2, doc.Int(int64(i))))
	}
	_, next := w.page(3, feed.Cursor{})
	f.Add(next.String())
	f.Add("AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := feed.ParseCursor(text)
		if err == nil && text != "" && c.IsZero() {
			t.Fatalf("ParseCursor(%q) is the beginning", text)
		}
		again, err := feed.ParseCursor(c.String())
		if err != nil || again.String() != c.String() {
			t.Fatalf("%q becomes %q: %v", text, again, err)
		}
	})
}
