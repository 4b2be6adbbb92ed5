package network_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/index"
	"cairn/app/network"
	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/oplog"
)

// laptop is an App in a folder of its own, with the time as it is.
type laptop struct {
	*app.App
	tb testing.TB
}

func options(tb testing.TB) app.Options {
	dir := tb.TempDir()
	return app.Options{
		Dir: filepath.Join(dir, "workspace"), Installs: filepath.Join(dir, "installs"),
		Log: slog.New(slog.DiscardHandler), Now: time.Now, Rand: rand.Reader, Keys: app.KeysFile,
	}
}

// found makes the workspace of a team.
func found(tb testing.TB) laptop {
	tb.Helper()
	a, err := app.Create(tb.Context(), options(tb), app.Founding{Workspace: "Acme", Person: "Ada", Roles: []string{"data scientist"}})
	return opened(tb, a, err)
}

// admitted makes the folder of a new teammate, who has nothing yet.
func (l laptop) admitted(name string) laptop {
	l.tb.Helper()
	a, err := app.Enroll(l.tb.Context(), options(l.tb), l.Journal().Workspace())
	n := opened(l.tb, a, err)
	if _, err := l.AdmitPerson(l.tb.Context(), name, member.Contributor, n.PublicKey()); err != nil {
		l.tb.Fatal(err)
	}
	return n
}

func opened(tb testing.TB, a *app.App, err error) laptop {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
	return laptop{a, tb}
}

func (l laptop) close() {
	l.tb.Helper()
	if err := l.Close(); err != nil {
		l.tb.Error(err)
	}
}

// listen lets others reach the laptop, and returns where.
func (l laptop) listen() string {
	l.tb.Helper()
	if err := l.Sync(network.Options{Listen: "127.0.0.1:0", Quiet: true}); err != nil {
		l.tb.Fatal(err)
	}
	return do(l, app.ListPeers, app.ListPeersRequest{}).Listening[0]
}

// reach connects the laptop with whoever listens at address.
func (l laptop) reach(address string) {
	l.tb.Helper()
	if err := l.Sync(network.Options{Quiet: true}); err != nil {
		l.tb.Fatal(err)
	}
	do(l, app.AddPeer, app.AddPeerRequest{Address: address})
}

func do[Req, Resp any](l laptop, call app.Call[Req, Resp], req Req) Resp {
	l.tb.Helper()
	resp, err := call.Do(l.tb.Context(), l.App, req)
	if err != nil {
		l.tb.Fatal(err)
	}
	return resp
}

// lists waits until the list of the laptop shows the last operation of w.
func (l laptop) lists(w *writer) {
	l.tb.Helper()
	for {
		changed := l.Index().Watch(index.Query{Noun: noun.Requirements.Number})
		row, _, err := l.Index().Get(w.last)
		if err != nil {
			l.tb.Fatal(err)
		}
		if row.By == w.log && row.Updated == w.clock.Last() {
			return
		}
		<-changed
	}
}

// writer is a teammate whose device seals batches faster than a disk would let
// it: it has none.
type writer struct {
	tb    testing.TB
	key   ed25519.PrivateKey
	ws    id.Workspace
	log   id.Log
	head  oplog.Head
	clock clock.Clock
	docs  []id.Doc
	field uint16 // of a requirement
	n     uint64 // operations so far
	last  id.Doc // that the last was about
}

// joined makes l a teammate who writes to so many documents.
func joined(l laptop, docs int) *writer {
	l.tb.Helper()
	public, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		l.tb.Fatal(err)
	}
	if _, err := l.AdmitPerson(l.tb.Context(), "Cleo", member.Contributor, public); err != nil {
		l.tb.Fatal(err)
	}
	unit, _ := noun.Requirements.Field("unit")
	w := &writer{tb: l.tb, key: key, ws: l.Journal().Workspace(), field: unit.Number, log: id.Log{Device: id.DeviceOf(public).Short(), Incarnation: 1}}
	for i := range docs {
		var d id.Doc
		binary.BigEndian.PutUint64(d[8:], uint64(i)*0x9e3779b97f4a7c15)
		d[0] = 1
		w.docs = append(w.docs, d)
	}
	return w
}

const perBatch = 100 // operations

// batch seals operations, each on another document than the one before.
func (w *writer) batch() []byte {
	w.tb.Helper()
	ops := make([]oplog.Op, perBatch)
	at := w.clock.Next(time.Now())
	for i := range ops {
		n := w.n + uint64(i)
		ops[i] = oplog.Op{
			Stamp: at, Doc: w.docs[n*7919%uint64(len(w.docs))], Noun: noun.Requirements.Number, Kind: doc.KindSet, Field: w.field,
			Payload: doc.String(w.value(n)).Append(nil),
		}
	}
	b, err := oplog.Seal(oplog.Draft{
		Workspace: w.ws.Prefix(), Log: w.log, First: w.head.Next, Prev: w.head.Hash, Level: oplog.Level, Ops: ops,
	}, w.key)
	if err != nil {
		w.tb.Fatal(err)
	}
	w.n += perBatch
	w.head, w.last = b.Head(b.Hash), ops[perBatch-1].Doc
	return b.Raw
}

// value is what operation n sets.
func (*writer) value(n uint64) string { return fmt.Sprintf("status-%04d", n%10_000) }

// fill has l take in so many batches.
func (w *writer) fill(l laptop, batches int) {
	w.tb.Helper()
	var raws [][]byte
	for range batches {
		raws = append(raws, w.batch())
	}
	for some := range slices.Chunk(raws, 256) {
		if _, err := l.Journal().ReceiveSome(w.tb.Context(), some); err != nil {
			w.tb.Fatal(err)
		}
	}
	l.lists(w)
}

// BenchmarkBootstrap brings a new laptop a million operations in batches of a
// hundred, over loopback, TLS and WebSocket: read from one encrypted folder,
// verified, synced into another, folded into 50,000 documents, and those listed.
func BenchmarkBootstrap(b *testing.B) {
	const batches, docs = 10_000, 50_000
	ada := found(b)
	defer ada.close()
	w := joined(ada, docs)
	w.fill(ada, batches)
	at := ada.listen()
	var spent time.Duration
	for b.Loop() {
		ben := ada.admitted("Ben")
		began := time.Now()
		ben.reach(at)
		ben.lists(w)
		spent += time.Since(began)
		if n, err := ben.Index().Count(noun.Requirements.Number, id.Doc{}); err != nil || n != docs {
			b.Errorf("%d documents are listed, want %d: %v", n, docs, err)
		}
		ben.close()
	}
	b.ReportMetric(float64(b.N)*batches*perBatch/spent.Seconds(), "ops/s")
	b.ReportMetric(spent.Seconds()*1000/float64(b.N), "spent-ms")
}

// everyEdit is how far apart the edits are: less than anybody types in.
const everyEdit = 25 * time.Millisecond

// BenchmarkVisible is how long it takes from an edit on one laptop until the
// list on another shows it: synced to the disk on both.
func BenchmarkVisible(b *testing.B) {
	ada := found(b)
	defer ada.close()
	ben := ada.admitted("Ben")
	defer ben.close()
	ben.reach(ada.listen())
	e := newEdits(ada, ben)
	typed := time.NewTicker(everyEdit)
	defer typed.Stop()
	for b.Loop() {
		<-typed.C
		e.edit()
	}
	b.ReportMetric(float64(e.part(50).Microseconds()), "p50-µs")
	b.ReportMetric(float64(e.part(99).Microseconds()), "p99-µs")
}

// edits are those of a title on one laptop, seen on another.
type edits struct {
	here, there laptop
	name        id.Doc
	took        []time.Duration
}

// newEdits brings a document from one laptop to another, which are connected.
func newEdits(here, there laptop) *edits {
	do(here, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	made := do(here, app.CreateDoc, app.CreateDocRequest{Kind: "requirement", Project: "Churn", Fields: map[string]string{"title": "first"}})
	e := &edits{here: here, there: there, name: made.ID}
	e.shows("first")
	return e
}

// edit changes the title and waits for it.
func (e *edits) edit() {
	title := fmt.Sprint("edit ", len(e.took))
	began := time.Now()
	do(e.here, app.SetField, app.SetFieldRequest{ID: e.name.String(), Field: "title", Value: title})
	e.shows(title)
	e.took = append(e.took, time.Since(began))
}

// shows waits until the list there says so.
func (e *edits) shows(title string) {
	for {
		changed := e.there.Index().Watch(index.Query{Noun: noun.Requirements.Number})
		if row, _, err := e.there.Index().Get(e.name); err != nil || row.Title == title {
			if err != nil {
				e.there.tb.Fatal(err)
			}
			return
		}
		<-changed
	}
}

// part returns what so many of a hundred edits took at most.
func (e *edits) part(percent int) time.Duration {
	slices.Sort(e.took)
	return e.took[len(e.took)*percent/100]
}
