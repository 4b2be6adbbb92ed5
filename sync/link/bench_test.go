package link_test

import (
	"slices"
	"testing"
	"time"
)

// has returns a channel that is closed when the store has so many operations of
// a's log.
func (m *memory) has(a actor, want uint64) <-chan struct{} {
	done := make(chan struct{})
	reached := false
	m.grown = func() {
		if !reached && m.head(a.Log()).Next >= want {
			reached = true
			close(done)
		}
	}
	return done
}

const benchOps = 100

// BenchmarkExchange brings a device that has nothing two thousand batches of a
// hundred operations over loopback, TLS and WebSocket. Both stores are memory:
// the one that receives opens each batch and verifies none.
func BenchmarkExchange(b *testing.B) {
	const batches = 2000
	team := newTeam(b, 2)
	from := team.laptop(b, 0).listen(b)
	from.write(b, batches, benchOps)
	var spent time.Duration
	for b.Loop() {
		to := team.laptop(b, 1)
		to.store.verify = false
		done := to.store.has(from.actor, batches*benchOps)
		began := time.Now()
		to.Reach(from.ID, []string{from.at})
		<-done
		spent += time.Since(began)
		if err := to.Close(); err != nil {
			b.Fatal(err)
		}
	}
	n := float64(b.N * batches)
	b.ReportMetric(n/spent.Seconds(), "batches/s")
	b.ReportMetric(n*benchOps/spent.Seconds(), "ops/s")
}

// everyEdit is how far apart the edits are: less than anybody types in.
const everyEdit = 25 * time.Millisecond

// BenchmarkEdit is how long it takes from a write that is durable here, of one
// operation, until it is stored at a peer, over the same.
func BenchmarkEdit(b *testing.B) {
	team := newTeam(b, 2)
	from, to := team.laptop(b, 0).listen(b), team.laptop(b, 1)
	to.store.verify = false
	arrived := make(chan struct{}, 1)
	to.Reach(from.ID, []string{from.at})
	to.connected(b, from)
	from.connected(b, to)
	to.store.grown = func() { arrived <- struct{}{} }
	typed := time.NewTicker(everyEdit)
	defer typed.Stop()
	var spent []time.Duration
	for b.Loop() {
		<-typed.C
		from.store.add(team.batch(b, from.actor, from.store.head(from.Log()), 1))
		began := time.Now()
		from.Wrote()
		<-arrived
		spent = append(spent, time.Since(began))
	}
	slices.Sort(spent)
	b.ReportMetric(float64(spent[len(spent)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(spent[len(spent)*99/100].Microseconds()), "p99-µs")
}
