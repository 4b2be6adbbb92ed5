package replica_test

import (
	"slices"
	"testing"
	"time"

	"cairn/sync/simnet"
)

// BenchmarkLoss is how long five devices that all reach each other take, after
// the last of 300 edits in twenty seconds, until they have the same, while of all
// frames three in ten are lost. Frames take 20 to 80 ms. Time is that of the
// simulated network.
func BenchmarkLoss(b *testing.B) {
	var took []time.Duration
	for b.Loop() {
		took = append(took, settled(b, uint64(len(took)+1)))
	}
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2].Seconds(), "p50-s")
	b.ReportMetric(took[len(took)*99/100].Seconds(), "p99-s")
}

// settled plays one seed.
func settled(b *testing.B, seed uint64) time.Duration {
	b.Helper()
	const (
		size    = 5
		writing = 20 * time.Second
		step    = 10 * time.Millisecond
		most    = 5 * time.Minute
	)
	p := newPlay(b, seed, size)
	for i := range size {
		p.join(i, false)
		for j := range i {
			p.edges = append(p.edges, [2]int{j, i})
		}
	}
	p.lossy = simnet.Faults{Loss: 0.3, Delay: 20 * time.Millisecond, Jitter: 60 * time.Millisecond}
	p.every(time.Second, writing+most, p.dial)
	p.every(writing/300, writing, func() { p.any().write() })
	p.w.Run(writing)
	last := p.w.Now()
	for !p.same() {
		if p.w.Run(step); p.w.Now().Sub(last) > most {
			b.Fatalf("seed %d: not the same after %v", seed, most)
		}
	}
	if p.failure != "" {
		b.Fatalf("seed %d: %s", seed, p.failure)
	}
	return p.w.Now().Sub(last)
}

// same reports whether all have the same.
func (p *play) same() bool {
	want := p.nodes[0].rep.Offers().Digest()
	return !slices.ContainsFunc(p.nodes, func(n *node) bool { return n.busy || n.rep.Offers().Digest() != want })
}
