package disk_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cairn/app/disk"
	"cairn/core/id"
)

// BenchmarkAppend appends commit groups of 64 batches, each of the size that
// 100 operations have, and compares with what the volume itself can do: the
// same bytes written to a plain file beside the database and synced.
func BenchmarkAppend(b *testing.B) {
	for name, o := range options() {
		b.Run(name, func(b *testing.B) {
			const batches, size, ops = 64, 1700, 100
			o.Dir = filepath.Join(b.TempDir(), "w")
			d := create(b, o)
			plain, err := os.Create(filepath.Join(b.TempDir(), "plain"))
			if err != nil {
				b.Fatal(err)
			}
			raw := noise(size)
			var inDatabase, inFile time.Duration
			var next uint64
			b.SetBytes(batches * size)
			for b.Loop() {
				group := make([]disk.Entry, batches)
				for i := range group {
					group[i] = disk.Entry{Log: logA, First: next, Count: ops, Raw: raw}
					next += ops
				}
				start := time.Now()
				if err := d.Append(group); err != nil {
					b.Fatal(err)
				}
				inDatabase += time.Since(start)
				start = time.Now()
				for range batches {
					if _, err := plain.Write(raw); err != nil {
						b.Fatal(err)
					}
				}
				if err := plain.Sync(); err != nil {
					b.Fatal(err)
				}
				inFile += time.Since(start)
			}
			if err := plain.Close(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(next)/inDatabase.Seconds(), "ops/s")
			b.ReportMetric(inDatabase.Seconds()/inFile.Seconds(), "file-ratio")
		})
	}
}

// BenchmarkDocs loads 100,000 documents of 300 bytes, as a start does.
func BenchmarkDocs(b *testing.B) {
	for name, o := range options() {
		b.Run(name, func(b *testing.B) {
			const count = 100_000
			o.Dir = filepath.Join(b.TempDir(), "w")
			d := create(b, o)
			docs := make([]disk.StoredDoc, count)
			for i := range docs {
				docs[i] = disk.StoredDoc{Noun: 1, Body: noise(300)}
				binary.BigEndian.PutUint64(docs[i].ID[:], uint64(i)<<20)
				docs[i].Body[0] = byte(i)
			}
			start := time.Now()
			if err := d.PutDocs(docs, map[id.Log]uint64{logA: count}); err != nil {
				b.Fatal(err)
			}
			put := time.Since(start)
			shut(b, d)
			start = time.Now()
			d, err := disk.Open(o)
			if err != nil {
				b.Fatal(err)
			}
			defer shut(b, d)
			open := time.Since(start)
			for b.Loop() {
				n := 0
				if err := d.Docs(0, func(disk.StoredDoc) error { n++; return nil }); err != nil || n != count {
					b.Fatalf("%d documents, %v", n, err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/load")
			b.ReportMetric(float64(put.Milliseconds()), "ms/put")
			b.ReportMetric(float64(open.Milliseconds()), "ms/open")
		})
	}
}
