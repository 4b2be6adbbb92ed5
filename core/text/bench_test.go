package text_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"cairn/core/text"
)

// naive applies the patches to a plain slice of runes, as nobody has to who
// edits alone, and returns the shortest time of three.
func naive(b *testing.B, tr trace) time.Duration {
	b.Helper()
	best := time.Duration(math.MaxInt64)
	for range 3 {
		start := time.Now()
		var runes []rune
		for _, p := range tr.patches {
			runes = slices.Delete(runes, p.pos, p.pos+p.deleted)
			runes = slices.Insert(runes, p.pos, []rune(p.inserted)...)
		}
		if len(runes) != tr.runes {
			b.Fatalf("%d runes, want %d", len(runes), tr.runes)
		}
		best = min(best, time.Since(start))
	}
	return best
}

// reportNaive reports how many times as long as plain an iteration takes.
func reportNaive(b *testing.B, plain time.Duration) {
	b.Helper()
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/plain.Seconds(), "x-naive")
}

// BenchmarkB4Local plans and applies every edit of the session.
func BenchmarkB4Local(b *testing.B) {
	tr := paperTrace(b)
	plain := naive(b, tr)
	b.ReportAllocs()
	for b.Loop() {
		var x text.Text
		tr.typeInto(b, &x, logNumber(1), silent)
		if x.Len() != tr.runes {
			b.Fatalf("%d runes, want %d", x.Len(), tr.runes)
		}
	}
	reportNaive(b, plain)
}

// BenchmarkB4Remote decodes and applies every operation of the session.
func BenchmarkB4Remote(b *testing.B) {
	tr := paperTrace(b)
	plain := naive(b, tr)
	log := logNumber(1)
	var payloads [][]byte // an odd one deletes, an even one inserts
	var size int
	tr.typeInto(b, new(text.Text), log, func(in text.Insert, del text.Delete) {
		var insert, remove []byte
		if in.Runes != "" {
			insert = in.Append(nil)
		}
		if len(del.Spans) > 0 {
			remove = del.Append(nil, log)
		}
		payloads = append(payloads, remove, insert)
		size += len(insert) + len(remove)
	})
	b.ReportAllocs()
	for b.Loop() {
		var x text.Text
		for i, p := range payloads {
			if err := apply(&x, p, i%2 == 1); err != nil {
				b.Fatal(err)
			}
		}
		if x.Len() != tr.runes {
			b.Fatalf("%d runes, want %d", x.Len(), tr.runes)
		}
	}
	b.ReportMetric(float64(size)/float64(len(tr.patches)), "bytes/edit")
	reportNaive(b, plain)
}

func apply(x *text.Text, payload []byte, insert bool) error {
	switch {
	case payload == nil:
		return nil
	case insert:
		in, err := text.DecodeInsert(payload, logNumber(1))
		if err != nil {
			return err
		}
		return x.ApplyInsert(in)
	}
	del, err := text.DecodeDelete(payload, logNumber(1))
	if err != nil {
		return err
	}
	return x.ApplyDelete(del)
}

// BenchmarkB4Load decodes the saved session. Its bytes are what is stored,
// after zstd; raw is before.
func BenchmarkB4Load(b *testing.B) {
	tr := paperTrace(b)
	var x text.Text
	tr.typeInto(b, &x, logNumber(1), silent)
	saved := x.Append(nil)
	z, err := zstd.NewWriter(nil)
	if err != nil {
		b.Fatal(err)
	}
	packed := z.EncodeAll(saved, nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := text.Decode(saved); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(packed)), "bytes")
	b.ReportMetric(float64(len(saved)), "raw-bytes")
}

// BenchmarkB4Save encodes the session.
func BenchmarkB4Save(b *testing.B) {
	tr := paperTrace(b)
	var x text.Text
	tr.typeInto(b, &x, logNumber(1), silent)
	buf := x.Append(nil)
	b.ReportAllocs()
	for b.Loop() {
		buf = x.Append(buf[:0])
	}
}

// BenchmarkB4Merge merges two replicas that are half the session apart each.
func BenchmarkB4Merge(b *testing.B) {
	tr := paperTrace(b)
	var base text.Text
	tr.typeInto(b, &base, logNumber(1), silent)
	here, there := base.Clone(), base.Clone()
	half := trace{patches: tr.patches[:len(tr.patches)/5]}
	half.typeInto(b, here, logNumber(2), silent)
	half.typeInto(b, there, logNumber(3), silent)
	for b.Loop() {
		here.Clone().Merge(there)
	}
}
