package journal_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"cairn/app/disk"
	"cairn/app/journal"
	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/oplog"
)

// noView is a read model that costs nothing.
type noView struct{}

func (noView) Load(*doc.Doc)      {}
func (noView) Loaded()            {}
func (noView) Reset()             {}
func (noView) Renewed()           {}
func (noView) Changed([]*doc.Doc) {}

// openJournal opens a journal on a fresh, encrypted disk.
func openJournal(tb testing.TB, key ed25519.PrivateKey) *journal.Journal {
	tb.Helper()
	secret := make([]byte, disk.KeySize)
	_, _ = rand.Read(secret)
	d, err := disk.Create(disk.Options{Dir: filepath.Join(tb.TempDir(), "workspace"), Key: secret})
	if err != nil {
		tb.Fatal(err)
	}
	j, err := journal.Open(tb.Context(), journal.Config{
		Disk: d, Key: key, Now: time.Now, Rand: rand.Reader, Log: slog.New(slog.DiscardHandler), View: noView{},
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := j.Close(); err != nil {
			tb.Error(err)
		}
		if err := d.Close(); err != nil {
			tb.Error(err)
		}
	})
	return j
}

// author seals batches outside any journal, as a teammate's device would send
// them.
type author struct {
	key   ed25519.PrivateKey
	ws    id.Workspace
	log   id.Log
	head  oplog.Head
	clock clock.Clock
	docs  []id.Doc
	n     uint64 // operations so far
}

// newAuthor founds a workspace and returns its founding batch.
func newAuthor(tb testing.TB, docs int) (*author, []byte) {
	tb.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	a := &author{key: key}
	a.clock.Next(time.Now().Add(-time.Hour))
	public, _ := key.Public().(ed25519.PublicKey)
	founding, err := oplog.Seal(member.Found(member.Genesis{Person: id.Doc{1}, Key: public}, 1, a.clock.Last()), key)
	if err != nil {
		tb.Fatal(err)
	}
	a.ws = member.WorkspaceOf(founding)
	a.log = id.Log{Device: founding.Log.Device, Incarnation: 2}
	for i := range docs {
		var d id.Doc
		binary.BigEndian.PutUint64(d[8:], uint64(i)*0x9e3779b97f4a7c15)
		d[0] = 1
		a.docs = append(a.docs, d)
	}
	return a, founding.Raw
}

// batch seals count operations, each on another document than the one before.
func (a *author) batch(tb testing.TB, count int) []byte {
	tb.Helper()
	ops := make([]oplog.Op, count)
	at := a.clock.Next(time.Now().Add(-time.Hour))
	for i := range ops {
		n := a.n + uint64(i)
		ops[i] = oplog.Op{
			Stamp: at, Doc: a.docs[n*7919%uint64(len(a.docs))], Noun: noun.Requirements.Number, Kind: doc.KindSet, Field: 7,
			Payload: doc.String(fmt.Sprintf("status-%04d", n%10_000)).Append(nil),
		}
	}
	b, err := oplog.Seal(oplog.Draft{
		Workspace: a.ws.Prefix(), Log: a.log, First: a.head.Next, Prev: a.head.Hash, Level: oplog.Level, Ops: ops,
	}, a.key)
	if err != nil {
		tb.Fatal(err)
	}
	a.n += uint64(count)
	a.head = b.Head(b.Hash)
	return b.Raw
}

// BenchmarkReceive measures taking in a teammate's 100-operation batches into
// 50,000 documents: verify, append, sync, fold. It is compared with writing and
// syncing the same bytes to a plain file.
func BenchmarkReceive(b *testing.B) {
	for _, per := range []int{1, 100, 500} {
		b.Run(fmt.Sprintf("%d-op-batches", per), func(b *testing.B) {
			a, founding := newAuthor(b, 50_000)
			_, key, _ := ed25519.GenerateKey(rand.Reader)
			j := openJournal(b, key)
			if err := j.Belong(b.Context(), a.ws); err != nil {
				b.Fatal(err)
			}
			if err := j.Receive(b.Context(), [][]byte{founding}); err != nil {
				b.Fatal(err)
			}
			const frame = 64 // batches that arrive together
			var raws [][]byte
			bytes := 0
			for range max(b.N/per, 1) {
				raw := a.batch(b, per)
				bytes += len(raw)
				raws = append(raws, raw)
			}
			b.ResetTimer()
			for some := range slices.Chunk(raws, frame) {
				if err := j.Receive(b.Context(), some); err != nil {
					b.Fatal(err)
				}
			}
			b.StopTimer()
			ops := float64(len(raws) * per)
			b.ReportMetric(ops/b.Elapsed().Seconds(), "op/s")
			b.ReportMetric(float64(bytes)/ops, "B/op-logged")
			b.ReportMetric(b.Elapsed().Seconds()/plainFile(b, raws, frame).Seconds(), "x-plain-file-ratio")
		})
	}
}

// BenchmarkReceiveLater measures the same with a few calls under way at a time,
// as a link makes them: signatures are verified while the disk syncs.
func BenchmarkReceiveLater(b *testing.B) {
	const (
		per   = 100 // operations in a batch
		frame = 64  // batches that arrive together
		ahead = 4   // calls under way
	)
	a, founding := newAuthor(b, 50_000)
	_, key, _ := ed25519.GenerateKey(rand.Reader)
	j := openJournal(b, key)
	if err := j.Belong(b.Context(), a.ws); err != nil {
		b.Fatal(err)
	}
	if err := j.Receive(b.Context(), [][]byte{founding}); err != nil {
		b.Fatal(err)
	}
	var raws [][]byte
	for range max(b.N/per, 1) {
		raws = append(raws, a.batch(b, per))
	}
	b.ResetTimer()
	var underWay []<-chan journal.Received
	take := func() {
		if r := <-underWay[0]; r.Err != nil {
			b.Fatal(r.Err)
		}
		underWay = underWay[1:]
	}
	for some := range slices.Chunk(raws, frame) {
		if len(underWay) == ahead {
			take()
		}
		underWay = append(underWay, j.ReceiveLater(b.Context(), some))
	}
	for len(underWay) > 0 {
		take()
	}
	b.StopTimer()
	b.ReportMetric(float64(len(raws)*per)/b.Elapsed().Seconds(), "op/s")
	b.ReportMetric(b.Elapsed().Seconds()/plainFile(b, raws, frame).Seconds(), "x-plain-file-ratio")
}

// plainFile writes raws to one file, with a sync after every frame.
func plainFile(b *testing.B, raws [][]byte, frame int) time.Duration {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "plain"))
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	for some := range slices.Chunk(raws, frame) {
		for _, raw := range some {
			if _, err := f.Write(raw); err != nil {
				b.Fatal(err)
			}
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
	took := time.Since(start)
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return took
}

// BenchmarkBootstrap takes in 1,000,000 operations into 50,000 documents, as a
// new device does, and writes the documents out.
func BenchmarkBootstrap(b *testing.B) {
	a, founding := newAuthor(b, 50_000)
	var raws [][]byte
	for range 10_000 {
		raws = append(raws, a.batch(b, 100))
	}
	for b.Loop() {
		b.StopTimer()
		_, key, _ := ed25519.GenerateKey(rand.Reader)
		j := openJournal(b, key)
		if err := j.Belong(b.Context(), a.ws); err != nil {
			b.Fatal(err)
		}
		if err := j.Receive(b.Context(), [][]byte{founding}); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		for some := range slices.Chunk(raws, 256) {
			if err := j.Receive(b.Context(), some); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := j.Stats(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(1e6*float64(b.N)/b.Elapsed().Seconds(), "op/s")
}

// BenchmarkWrite measures one person's edit until it is acknowledged: planned,
// signed, synced, folded in and published. The ratio is to writing and syncing
// as many bytes to a plain file.
func BenchmarkWrite(b *testing.B) {
	a, founding := newAuthor(b, 1)
	j := openJournal(b, a.key)
	if err := j.Belong(b.Context(), a.ws); err != nil {
		b.Fatal(err)
	}
	if err := j.Receive(b.Context(), [][]byte{founding}); err != nil {
		b.Fatal(err)
	}
	var name id.Doc
	var took []time.Duration
	edit := func(text string) {
		err := j.Write(b.Context(), func(tx *journal.Tx) error {
			if name.IsZero() {
				d, err := tx.New()
				if err != nil {
					return err
				}
				name = d.ID()
			}
			d, err := tx.Doc(name)
			if err != nil {
				return err
			}
			return tx.Apply(d, noun.Requirements.Number, d.SetRegister(7, doc.String(text)))
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	edit("first")
	for b.Loop() {
		start := time.Now()
		edit("status-0001")
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	raws := slices.Repeat([][]byte{make([]byte, 200)}, len(took))
	b.ReportMetric(b.Elapsed().Seconds()/plainFile(b, raws, 1).Seconds(), "x-plain-file-ratio")
}

// BenchmarkReceiveMembers takes in a membership of 500 batches, as a new device
// does. The ratio is to evaluating it once, of which it takes at least one.
func BenchmarkReceiveMembers(b *testing.B) {
	a, founding := newAuthor(b, 1)
	all := admissions(b, a, founding, 500)
	var raws [][]byte
	for _, batch := range all {
		raws = append(raws, batch.Raw)
	}
	var once time.Duration
	for b.Loop() {
		b.StopTimer()
		_, key, _ := ed25519.GenerateKey(rand.Reader)
		j := openJournal(b, key)
		if err := j.Belong(b.Context(), a.ws); err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		if _, _, err := member.Evaluate(a.ws, all); err != nil {
			b.Fatal(err)
		}
		once += time.Since(began)
		b.StartTimer()
		for some := range slices.Chunk(raws, 256) {
			if stored, err := j.ReceiveSome(b.Context(), some); err != nil || stored < len(some) {
				b.Fatal(stored, err)
			}
		}
		if got, want := len(j.Members().Persons()), 501; got != want {
			b.Fatalf("%d persons, want %d", got, want)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/once.Seconds(), "x-once-ratio")
}

// admissions returns the founding batch and so many more of membership, each of
// which adds a person.
func admissions(tb testing.TB, a *author, founding []byte, persons int) []oplog.Batch {
	tb.Helper()
	batch, err := oplog.Open(founding)
	if err != nil {
		tb.Fatal(err)
	}
	all := []oplog.Batch{batch}
	table, _, err := member.Evaluate(a.ws, all)
	if err != nil {
		tb.Fatal(err)
	}
	for i := range persons {
		person := id.Person{13: 1, 14: byte(i >> 8), 15: byte(i)}
		draft := table.Draft(batch.Log, []member.Act{member.AddPerson{Person: person, Role: member.Contributor}}, a.clock.Next(time.Now()))
		draft.First, draft.Prev = batch.End(), batch.Hash
		if batch, err = oplog.Seal(draft, a.key); err != nil {
			tb.Fatal(err)
		}
		all = append(all, batch)
	}
	return all
}
