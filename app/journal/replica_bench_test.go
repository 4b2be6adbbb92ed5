package journal_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"slices"
	"testing"
	"time"

	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/sync/replica"
	"cairn/sync/wire"
)

// pair is two journals on encrypted disks that replicate, frame by frame, without
// a network in between.
type pair struct {
	b        *testing.B
	journals [2]*journal.Journal
	nodes    [2]*replica.Node
	ends     [2]*replica.Session
	underWay []underWay // of the second
}

type underWay struct {
	append replica.Append
	answer <-chan journal.Received
}

// newPair gives the first a workspace with both devices in it.
func newPair(b *testing.B, a *author, founding []byte) *pair {
	b.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	p := &pair{b: b, journals: [2]*journal.Journal{openJournal(b, a.key), openJournal(b, key)}}
	for _, j := range p.journals {
		p.check(j.Belong(b.Context(), a.ws))
		p.check(j.Receive(b.Context(), [][]byte{founding}))
	}
	person := id.Person{15: 2}
	p.check(p.journals[0].Act(b.Context(), member.AddPerson{Person: person, Role: member.Contributor}, member.AddDevice{Person: person, Key: publicOf(key)}))
	return p
}

func (p *pair) check(err error) {
	p.b.Helper()
	if err != nil {
		p.b.Fatal(err)
	}
}

func (p *pair) connect() {
	now := time.Now()
	for i, j := range p.journals {
		p.nodes[i] = replica.New(replica.Config{Device: j.Device(), Workspace: j.Workspace(), Store: j.Replica()})
	}
	for i, n := range p.nodes {
		p.ends[i] = n.Connect(p.journals[1-i].Device(), now)
	}
}

// callsAhead is how many calls to store are under way at a time.
const callsAhead = 4

// step carries what there is to carry, and waits for the disk if there is
// nothing. It reports false when nothing is under way either.
func (p *pair) step() bool {
	now := time.Now()
	moved := false
	for i, s := range p.ends {
		m, ok := s.Next(now)
		if !ok {
			continue
		}
		moved = true
		m, err := wire.Decode(wire.Append(nil, m))
		p.check(err)
		p.check(p.ends[1-i].Receive(m, now))
	}
	for _, a := range p.nodes[0].Appends() {
		stored, err := p.journals[0].ReceiveSome(p.b.Context(), a.Raw)
		p.nodes[0].Appended(a.ID, stored, err, now)
	}
	for _, a := range p.nodes[1].Appends() {
		p.underWay = append(p.underWay, underWay{a, p.journals[1].ReceiveLater(p.b.Context(), a.Raw)})
	}
	if len(p.underWay) == 0 || moved && len(p.underWay) < callsAhead {
		return moved
	}
	first := p.underWay[0]
	p.underWay = p.underWay[1:]
	r := <-first.answer
	p.check(r.Err)
	p.nodes[1].Appended(first.append.ID, r.Stored, r.Err, time.Now())
	return true
}

// BenchmarkReplicate brings an empty device a million operations in batches of a
// hundred, by the protocol and as frames: read from one encrypted disk, verified,
// synced to another and folded into 50,000 documents.
func BenchmarkReplicate(b *testing.B) {
	const batches, per = 10_000, 100
	a, founding := newAuthor(b, 50_000)
	var raws [][]byte
	for range batches {
		raws = append(raws, a.batch(b, per))
	}
	for b.Loop() {
		b.StopTimer()
		p := newPair(b, a, founding)
		for some := range slices.Chunk(raws, 256) {
			p.check(p.journals[0].Receive(b.Context(), some))
		}
		_, err := p.journals[0].Stats(b.Context())
		p.check(err)
		p.connect()
		b.StartTimer()
		for p.journals[1].Heads()[a.log].Next < batches*per {
			if !p.step() {
				time.Sleep(time.Millisecond) // claims are gathered for a moment
			}
		}
	}
	b.ReportMetric(float64(b.N)*batches*per/b.Elapsed().Seconds(), "op/s")
}

// BenchmarkVisible measures a person's edit from the key to the teammate's
// document: synced to the disk on both sides.
func BenchmarkVisible(b *testing.B) {
	a, founding := newAuthor(b, 1)
	p := newPair(b, a, founding)
	var name id.Doc
	edit := func(text string) {
		p.check(p.journals[0].Write(b.Context(), func(tx *journal.Tx) error {
			var d *doc.Doc
			var err error
			if name.IsZero() {
				d, err = tx.New()
			} else {
				d, err = tx.Doc(name)
			}
			if err != nil {
				return err
			}
			name = d.ID()
			return tx.Apply(d, noun.Requirements.Number, d.SetRegister(titleField, doc.String(text)))
		}))
	}
	edit("first")
	p.connect()
	for began := time.Now(); time.Since(began) < 200*time.Millisecond; { // until both have said what they have
		p.step()
	}
	var took []time.Duration
	for n := 0; b.Loop(); n++ {
		want := time.Now().String()
		began := time.Now()
		edit(want)
		p.nodes[0].Advance(p.journals[0].Written(), time.Now())
		for {
			p.step()
			if d, err := p.journals[1].Doc(name); err == nil && title(d) == want {
				break
			}
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
