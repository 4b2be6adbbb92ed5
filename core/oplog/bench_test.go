package oplog_test

import (
	"fmt"
	"testing"

	"cairn/core/oplog"
)

func benchmark(b *testing.B, run func(b *testing.B, d oplog.Draft, sealed oplog.Batch)) {
	for _, n := range []int{1, 100, 500} {
		b.Run(fmt.Sprintf("ops=%d", n), func(b *testing.B) {
			d := oneOp(logOf(keyOf(1), 1), "")
			d.Ops = statusOps(n)
			sealed := mustSeal(b, d, keyOf(1))
			b.ReportAllocs()
			run(b, d, sealed)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/op-logged")
			b.ReportMetric(float64(len(sealed.Raw))/float64(n), "B/op-logged")
		})
	}
}

func BenchmarkSeal(b *testing.B) {
	key := keyOf(1)
	benchmark(b, func(b *testing.B, d oplog.Draft, _ oplog.Batch) {
		for b.Loop() {
			if _, err := oplog.Seal(d, key); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	benchmark(b, func(b *testing.B, _ oplog.Draft, sealed oplog.Batch) {
		for b.Loop() {
			if _, err := oplog.Open(sealed.Raw); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	key := publicOf(keyOf(1))
	benchmark(b, func(b *testing.B, _ oplog.Draft, sealed oplog.Batch) {
		for b.Loop() {
			if _, err := oplog.Verify(sealed.Raw, key); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkReadHeader(b *testing.B) {
	benchmark(b, func(b *testing.B, _ oplog.Draft, sealed oplog.Batch) {
		for b.Loop() {
			if _, err := oplog.ReadHeader(sealed.Raw); err != nil {
				b.Fatal(err)
			}
		}
	})
}
