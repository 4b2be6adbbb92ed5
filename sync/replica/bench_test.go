package replica_test

import (
	"testing"
	"time"

	"cairn/core/oplog"
	"cairn/sync/replica"
	"cairn/sync/wire"
)

// line is two sessions whose messages are turned into frames and back, with
// stores that believe what they are given: what is left is the protocol.
type line struct {
	b      *testing.B
	now    time.Time
	sites  [2]*site
	ends   [2]*replica.Session
	frames int // bytes
}

func newLine(b *testing.B, batches int, ops int) *line {
	b.Helper()
	d := newDesk(b, 2)
	l := &line{b: b, now: d.now, sites: [2]*site{d.sites[0], d.sites[1]}}
	from := l.sites[0]
	for range batches {
		from.store.Add(from.seal(from.Log(1), from.store.Head(from.Log(1)), ops))
	}
	return l
}

// connect forgets what the second site has got, and joins the two.
func (l *line) connect() {
	from, to := l.sites[0], l.sites[1]
	delete(to.store.Logs, from.Log(1))
	from.restart()
	to.restart()
	l.ends = [2]*replica.Session{from.node.Connect(to.ID, l.now), to.node.Connect(from.ID, l.now)}
}

// settle moves frames until nobody has anything to send.
func (l *line) settle() {
	for moved := true; moved; {
		moved = false
		for i, s := range l.ends {
			m, ok := s.Next(l.now)
			if !ok {
				continue
			}
			moved = true
			frame := wire.Append(nil, m)
			l.frames += len(frame)
			back, err := wire.Decode(frame)
			if err == nil {
				err = l.ends[1-i].Receive(back, l.now)
			}
			if err != nil {
				l.b.Fatal(err)
			}
			l.store(l.sites[1-i])
		}
	}
}

func (l *line) store(s *site) {
	for _, a := range s.node.Appends() {
		for _, raw := range a.Raw {
			s.store.Add(must(oplog.Open(raw)))
		}
		s.node.Appended(a.ID, len(a.Raw), nil, l.now)
	}
}

// later lets the claims that are gathered go out.
func (l *line) later() {
	l.now = l.now.Add(time.Second)
	l.settle()
}

const benchOps = 100

// BenchmarkExchange brings a device that has nothing two thousand batches of a
// hundred operations, by protocol and frames. The store opens each batch and
// verifies none. x-copy is how many times as long as a plain copy it takes, in
// which every batch is copied and opened.
func BenchmarkExchange(b *testing.B) {
	const batches = 2000
	l := newLine(b, batches, benchOps)
	log := l.sites[0].Log(1)
	size := 0
	for _, batch := range l.sites[0].store.Logs[log] {
		size += len(batch.Raw)
	}
	var copying, exchanging time.Duration
	for b.Loop() {
		began := time.Now()
		to := newMemory(l.sites[0].store.Workspace, nil)
		for _, batch := range l.sites[0].store.Logs[log] {
			to.Add(must(oplog.Open(append([]byte(nil), batch.Raw...))))
		}
		copying += time.Since(began)

		l.connect()
		l.frames = 0
		began = time.Now()
		l.settle()
		exchanging += time.Since(began)
		l.later()
		l.sites[1].has(log, batches*benchOps)
	}
	n := float64(b.N * batches)
	b.ReportMetric(n/exchanging.Seconds(), "batches/s")
	b.ReportMetric(n*benchOps/exchanging.Seconds(), "ops/s")
	b.ReportMetric(float64(exchanging)/float64(copying), "x-copy")
	b.ReportMetric(float64(l.frames-size)/batches, "overhead-B/batch")
}

// BenchmarkLive sends batches of one operation as they are written, each claimed
// and acknowledged on its own: the worst case for what is around them.
func BenchmarkLive(b *testing.B) {
	l := newLine(b, 0, 0)
	l.connect()
	l.settle()
	l.later()
	from := l.sites[0]
	log := from.Log(1)
	l.frames = 0
	size, count := 0, 0
	for b.Loop() {
		from.write(log, 1, 1)
		size += len(from.store.Logs[log][count].Raw)
		count++
		l.settle()
		l.later()
	}
	l.sites[1].has(log, uint64(count))
	b.ReportMetric(float64(l.frames-size)/float64(count), "overhead-B/batch")
}
