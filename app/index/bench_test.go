package index_test

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/app/index"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

const benchRows = 100_000

// benchWorld returns documents of three kinds in twenty projects.
func benchWorld(tb testing.TB) *world {
	tb.Helper()
	w := newWorld()
	w.projects = nil
	for i := range 20 {
		w.projects = append(w.projects, id.Doc{byte(i + 1)})
	}
	kinds := []uint16{memos.Number, memos.Number, memos.Number, places.Number, laterKind}
	for i := range benchRows {
		title := fmt.Sprintf("Run %06d resnet-%d lr=0.%03d", i, 18+i%5, i%997)
		w.create(kinds[i%len(kinds)], w.projects[i%7%len(w.projects)], title)
	}
	return w
}

// BenchmarkLoad fills an index with 100,000 stored documents, decoding them as
// an opening workspace does. The ratio is to decoding them into a map and a
// sorted slice of the same rows, which know how to find a document and to page
// through a kind, and nothing of snapshots or watches. What ms-beyond says is
// how long a start takes longer than decoding alone.
func BenchmarkLoad(b *testing.B) {
	stored, names := benchStored(b)
	before := heap()
	var indexed, plain, decoded time.Duration
	for b.Loop() {
		runtime.GC()
		from := time.Now()
		x := newWorld().index(0)
		l := x.Load()
		for i, body := range stored {
			l.Add(decode(b, names[i], body))
		}
		l.Done()
		indexed += time.Since(from)

		b.StopTimer()
		b.ReportMetric(float64(heap()-before)/benchRows, "B/row")
		runtime.KeepAlive(x)
		runtime.GC()
		from = time.Now()
		p := plainIndex{byID: map[id.Doc]index.Row{}}
		for i, body := range stored {
			p.add(decode(b, names[i], body))
		}
		p.sort()
		plain += time.Since(from)
		runtime.GC()
		from = time.Now()
		for i, body := range stored {
			decode(b, names[i], body)
		}
		decoded += time.Since(from)
		b.StartTimer()
	}
	b.ReportMetric(float64(b.N)*benchRows/indexed.Seconds(), "rows/s")
	b.ReportMetric((indexed-decoded).Seconds()/float64(b.N)*1e3, "ms-beyond")
	b.ReportMetric(float64(indexed)/float64(plain), "ratio")
}

func benchStored(b *testing.B) (stored [][]byte, names []id.Doc) {
	b.Helper()
	w := benchWorld(b)
	for _, name := range w.names {
		stored = append(stored, w.docs[name].Append(nil))
	}
	return stored, w.names
}

func decode(b *testing.B, name id.Doc, body []byte) *doc.Doc {
	d, err := doc.Decode(name, body)
	if err != nil {
		b.Fatal(err)
	}
	return d
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// plainIndex is the least that could answer Get and List.
type plainIndex struct {
	byID   map[id.Doc]index.Row
	sorted []index.Row
}

func (p *plainIndex) add(d *doc.Doc) {
	last := d.Last()
	r := index.Row{
		ID: d.ID(), Noun: d.Noun(), Project: noun.ProjectOf(d), Updated: last.At, By: last.By.Log,
		Conflicts: len(d.Conflicts()), Trashed: d.Trashed(), Frozen: d.Frozen(),
	}
	if kind := catalog.ByNumber(r.Noun); kind != nil {
		r.Title = kind.Title(d)
	}
	p.byID[r.ID] = r
	p.sorted = append(p.sorted, r)
}

func (p *plainIndex) sort() {
	slices.SortFunc(p.sorted, func(a, b index.Row) int {
		return cmp.Or(cmp.Compare(a.Noun, b.Noun), a.Project.Compare(b.Project), b.ID.Compare(a.ID))
	})
}

// BenchmarkList asks for pages of 50 out of 100,000 documents.
func BenchmarkList(b *testing.B) {
	w := benchWorld(b)
	held := w.load(w.index(0))
	spilled := w.load(w.index(1))
	last, err := held.List(index.Query{Noun: memos.Number, Limit: 10_000})
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		x    *index.Index
		q    index.Query
	}{
		{"newest of a kind", held, index.Query{Noun: memos.Number}},
		{"page far behind", held, index.Query{Noun: memos.Number, After: last.Next}},
		{"newest of a project", held, index.Query{Noun: memos.Number, Project: w.projects[3]}},
		{"oldest of everything", held, index.Query{Order: index.Oldest}},
		{"text", held, index.Query{Text: "NET-20 LR=0.5"}},
		{"text after a change", held, index.Query{Text: "NET-20 LR=0.5"}},
		{"by title", held, index.Query{Order: index.ByTitle}},
		{"newest, spilled", spilled, index.Query{Noun: memos.Number}},
		{"text, spilled", spilled, index.Query{Text: "NET-20 LR=0.5"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			c.q.Limit = 50
			var times []time.Duration
			for b.Loop() {
				if strings.HasSuffix(c.name, "after a change") {
					d := w.docs[w.names[0]]
					c.x.Apply(w.change(d, w.rows[d.ID()], d.SetRegister(3, doc.Int(1))))
				}
				from := time.Now()
				p, err := c.x.List(c.q)
				times = append(times, time.Since(from))
				if err != nil || len(p.Rows) != 50 {
					b.Fatal(len(p.Rows), err)
				}
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)*95/100].Nanoseconds())/1e6, "p95-ms")
		})
	}
}

// BenchmarkApply takes in commits of changed documents, 100,000 being there.
func BenchmarkApply(b *testing.B) {
	for _, n := range []int{1, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := benchWorld(b)
			x := w.load(w.index(0))
			at := 0
			for b.Loop() {
				b.StopTimer()
				docs := make([]*doc.Doc, 0, n)
				for range n {
					at = (at + 7919) % len(w.names)
					d := w.docs[w.names[at]]
					docs = append(docs, w.change(d, w.rows[d.ID()], d.SetRegister(3, doc.Int(int64(at))))...)
				}
				b.StartTimer()
				x.Apply(docs)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/row")
		})
	}
}
