package doc_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
)

// beside times what is measured against, as often as the benchmark ran, and
// reports how many times longer it takes.
func beside(b *testing.B, name string, run func()) {
	b.Helper()
	ours := b.Elapsed()
	b.StopTimer()
	start := time.Now()
	for range b.N {
		run()
	}
	b.ReportMetric(float64(time.Since(start))/float64(ours), "x-"+name)
}

// BenchmarkApply sets registers of 50,000 documents, as bootstrap does; with
// -benchtime=1000000x it is that of a workspace of a million operations.
func BenchmarkApply(b *testing.B) {
	const documents, authors, fields = 50_000, 8, 8
	docs := make([]*doc.Doc, documents)
	for i := range docs {
		docs[i] = doc.New(id.Doc{byte(i >> 16), byte(i >> 8), byte(i)})
	}
	payload := doc.String("a value of some length").Append(nil)
	seq := uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		d := docs[seq%documents]
		round := seq / documents
		err := d.Apply(oplog.Op{
			ID: id.Op{Log: id.Log{Device: id.ShortDevice(round%authors) + 1}, Seq: seq}, Stamp: clock.Stamp(seq),
			Doc: d.ID(), Noun: 5, Kind: doc.KindSet, Field: uint16(round % fields), Payload: payload,
		})
		if err != nil {
			b.Fatal(err)
		}
		seq++
	}
}

// plain is the ordinary document as a struct.
type plain struct {
	Title, Owner string
	Threshold    float64
	Verdict      string
	Tags         []string
	Votes        int64
	Steps        []string
	Notes        string
}

var ordinaryPlain = plain{
	"Fewer than one in ten leaves", "Ann", 0.1, "viable",
	[]string{"churn", "retention", "q3"},
	12,
	[]string{"collect", "label", "train", "compare"},
	strings.Repeat("Customers who leave cost five times more. ", 10),
}

// ordinary returns a document of eight fields that two people wrote.
func ordinary(b *testing.B) *doc.Doc {
	b.Helper()
	w := newTeam(2)
	ann, ben := w.replicas[0], w.replicas[1]
	p := ordinaryPlain
	w.write(b, ann, ann.doc.Put(1, doc.String(p.Title)))
	w.write(b, ann, ann.doc.SetRegister(2, doc.String(p.Owner)))
	w.write(b, ann, ann.doc.Put(3, doc.Float(p.Threshold)))
	w.write(b, ann, ann.doc.SetRegister(4, doc.String(p.Verdict)))
	for _, tag := range p.Tags {
		w.write(b, ann, ann.doc.Add(5, doc.String(tag)))
	}
	w.pull(ben, ann.log, 99)
	w.write(b, ben, ben.doc.Count(6, p.Votes))
	for i, s := range p.Steps {
		w.write(b, ben, ben.doc.InsertItem(7, i, doc.String(s), uint32(i)))
	}
	change, err := ben.doc.InsertText(8, ben.log, 0, p.Notes)
	if err != nil {
		b.Fatal(err)
	}
	w.write(b, ben, change)
	return ben.doc
}

func BenchmarkAppend(b *testing.B) {
	d := ordinary(b)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = d.Append(buf[:0])
	}
	b.ReportMetric(float64(len(buf)), "bytes")
	beside(b, "json", func() {
		if _, err := json.Marshal(ordinaryPlain); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	d := ordinary(b)
	stored := d.Append(nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := doc.Decode(d.ID(), stored); err != nil {
			b.Fatal(err)
		}
	}
	raw, err := json.Marshal(ordinaryPlain)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(len(stored))/float64(len(raw)), "bytes/json")
	beside(b, "json", func() {
		var p plain
		if err := json.Unmarshal(raw, &p); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkMerge merges a state that has everything already, as most do.
func BenchmarkMerge(b *testing.B) {
	d := ordinary(b)
	other := d.Clone()
	b.ReportAllocs()
	for b.Loop() {
		d.Merge(other)
	}
	beside(b, "clone", func() { _ = d.Clone() })
}
