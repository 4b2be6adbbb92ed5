package journal_test

import (
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"cairn/app/disk"
	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
)

// nine is when every test starts.
var nine = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// The fields that the tests write.
const (
	titleField uint16 = 1 // a register
	proseField uint16 = 2 // a text
)

// seeded is randomness that several goroutines may read.
type seeded struct {
	mu  sync.Mutex
	src *rand.ChaCha8
}

func newSeeded(seed uint64) *seeded {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	return &seeded{src: rand.NewChaCha8(key)}
}

func (s *seeded) Read(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.src.Read(b)
}

func newKey(t testing.TB, random *seeded) ed25519.PrivateKey {
	t.Helper()
	_, key, err := ed25519.GenerateKey(random)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// wall is a clock that only the test moves.
type wall struct {
	mu  sync.Mutex
	now time.Time
}

func (w *wall) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *wall) advance(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// titles is a read model: what documents are called.
type titles struct {
	mu      sync.Mutex
	shown   map[id.Doc]string
	onReset func() // when set, runs at every Reset
}

func (v *titles) Load(d *doc.Doc) { v.Changed([]*doc.Doc{d}) }
func (v *titles) Loaded()         {}
func (v *titles) Changed(changed []*doc.Doc) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, d := range changed {
		v.shown[d.ID()] = title(d)
	}
}

func (v *titles) Reset() {
	if v.onReset != nil {
		v.onReset()
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.shown)
}

func title(d *doc.Doc) string {
	v, _ := d.Register(titleField)
	s, _ := v.Value.AsString()
	return s
}

// node is a journal on a disk of its own.
type node struct {
	*journal.Journal
	disk   *disk.Disk
	config journal.Config
	wall   *wall
	view   *titles
	person id.Person
	t      testing.TB
}

// start opens a journal that holds nothing.
func start(t testing.TB, seed uint64) *node {
	t.Helper()
	random := newSeeded(seed)
	d, err := disk.Create(disk.Options{Dir: filepath.Join(t.TempDir(), "workspace")})
	if err != nil {
		t.Fatal(err)
	}
	n := &node{disk: d, wall: &wall{now: nine}, view: &titles{shown: map[id.Doc]string{}}, t: t}
	n.config = journal.Config{
		Disk: d, Key: newKey(t, random), Now: n.wall.Now, Rand: random, Log: slog.New(slog.DiscardHandler), View: n.view,
	}
	n.open()
	t.Cleanup(func() {
		if err := n.Close(); err != nil && fault.KindOf(err) != fault.Unavailable {
			t.Errorf("close the journal: %v", err)
		}
		if err := n.disk.Close(); err != nil {
			t.Errorf("close the disk: %v", err)
		}
	})
	return n
}

func (n *node) open() {
	n.t.Helper()
	n.config.Disk = n.disk
	clear(n.view.shown)
	var err error
	if n.Journal, err = journal.Open(n.t.Context(), n.config); err != nil {
		n.t.Fatalf("open the journal: %v", err)
	}
}

// found starts a journal with a new workspace, whose admin it is.
func found(t testing.TB, seed uint64) *node {
	t.Helper()
	n := start(t, seed)
	n.person = id.Person{15: byte(seed)}
	n.act(member.Genesis{Person: n.person, Key: n.public()})
	n.check(n.Belong(t.Context(), n.Workspace()))
	return n
}

// join starts a journal for a new person in the workspace of admin.
func join(t testing.TB, seed uint64, admin *node, role member.Role) *node {
	t.Helper()
	n := start(t, seed)
	n.person = id.Person{15: byte(seed)}
	n.check(n.Belong(t.Context(), admin.Workspace()))
	admin.act(member.AddPerson{Person: n.person, Role: role}, member.AddDevice{Person: n.person, Key: n.public()})
	n.pull(admin)
	return n
}

func (n *node) check(err error) {
	n.t.Helper()
	if err != nil {
		n.t.Fatal(err)
	}
}

func (n *node) public() ed25519.PublicKey { return publicOf(n.config.Key) }

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey {
	public, _ := key.Public().(ed25519.PublicKey)
	return public
}

func (n *node) act(acts ...member.Act) {
	n.t.Helper()
	n.check(n.Act(n.t.Context(), acts...))
}

// reopen closes journal and disk and opens them again.
func (n *node) reopen(meanwhile ...func(*disk.Disk)) {
	n.t.Helper()
	n.check(n.Close())
	n.reopenDisk(meanwhile...)
	n.open()
}

// crash opens the folder again as a kill leaves it that comes before documents
// are written out.
func (n *node) crash(meanwhile ...func(*disk.Disk)) {
	n.t.Helper()
	n.check(n.disk.Close())
	if err := n.Close(); err == nil {
		n.t.Fatal("the journal wrote documents out before the crash: the test says nothing")
	}
	n.reopenDisk(meanwhile...)
	n.open()
}

func (n *node) reopenDisk(meanwhile ...func(*disk.Disk)) {
	n.t.Helper()
	n.check(n.disk.Close())
	var err error
	if n.disk, err = disk.Open(disk.Options{Dir: n.disk.Dir()}); err != nil {
		n.t.Fatalf("open the disk: %v", err)
	}
	for _, do := range meanwhile {
		do(n.disk)
	}
}

// create makes a document called text.
func (n *node) create(text string) id.Doc {
	n.t.Helper()
	var name id.Doc
	n.check(n.Write(n.t.Context(), func(tx *journal.Tx) error {
		d, err := tx.New()
		if err != nil {
			return err
		}
		name = d.ID()
		return tx.Apply(d, noun.Requirements.Number, d.SetRegister(titleField, doc.String(text)))
	}))
	return name
}

// rename gives a document another title.
func (n *node) rename(name id.Doc, text string) error {
	return n.Write(n.t.Context(), func(tx *journal.Tx) error {
		d, err := tx.Doc(name)
		if err != nil {
			return err
		}
		return tx.Apply(d, noun.Requirements.Number, d.SetRegister(titleField, doc.String(text)))
	})
}

// insert puts text into a document's prose.
func (n *node) insert(name id.Doc, pos int, text string) {
	n.t.Helper()
	n.check(n.Write(n.t.Context(), func(tx *journal.Tx) error {
		d, err := tx.Doc(name)
		if err != nil {
			return err
		}
		change, err := d.InsertText(proseField, tx.Log(), pos, text)
		if err != nil {
			return err
		}
		return tx.Apply(d, noun.Requirements.Number, change)
	}))
}

// title returns what a document is called, by the journal and by its view.
func (n *node) title(name id.Doc) string {
	n.t.Helper()
	d, err := n.Doc(name)
	n.check(err)
	n.view.mu.Lock()
	defer n.view.mu.Unlock()
	if got := n.view.shown[name]; got != title(d) {
		n.t.Errorf("the view calls %s %q, the journal %q", name, got, title(d))
	}
	return title(d)
}

// batches returns the stored batches of log from operation from on.
func (n *node) batches(log id.Log, from uint64) (raws [][]byte) {
	n.t.Helper()
	n.check(n.Batches(log, from, func(_ uint64, raw []byte) error {
		raws = append(raws, raw)
		return nil
	}))
	return raws
}

// pull brings what from has and n lacks.
func (n *node) pull(from *node) {
	n.t.Helper()
	for _, log := range from.Logs() {
		n.check(n.Receive(n.t.Context(), from.batches(log, n.Heads()[log].Next)))
	}
}

// dataLog returns the log of documents in which n has written.
func (n *node) dataLog() id.Log {
	n.t.Helper()
	var own []id.Log
	for log := range n.Heads() {
		if log.Device == n.Device().Short() && !n.Control(log) {
			own = append(own, log)
		}
	}
	if len(own) != 1 {
		n.t.Fatalf("%d logs of this device, want 1", len(own))
	}
	return own[0]
}

// hold keeps the committer busy, so that what is asked meanwhile becomes one group.
func (n *node) hold() (release func()) {
	n.t.Helper()
	entered, done := make(chan struct{}), make(chan struct{})
	go func() {
		err := n.Write(context.Background(), func(*journal.Tx) error {
			close(entered)
			<-done
			return nil
		})
		if err != nil {
			n.t.Errorf("hold the committer: %v", err)
		}
	}()
	<-entered
	return func() { close(done) }
}

// queued waits until so many requests wait for the committer.
func (n *node) queued(requests int) {
	for n.Queued() < requests {
		runtime.Gosched()
	}
}

// stats returns how much n holds, after a look at what waits.
func (n *node) stats() journal.Stats {
	n.t.Helper()
	s, err := n.Stats(n.t.Context())
	n.check(err)
	return s
}

// sound fails the test unless everything stored is as it was written.
func (n *node) sound() {
	n.t.Helper()
	report, err := n.Verify(n.t.Context(), true)
	n.check(err)
	if len(report.Problems) > 0 {
		n.t.Errorf("verification: %+v", report.Problems)
	}
}

// same fails the test unless both hold one state.
func same(t testing.TB, a, b *node) {
	t.Helper()
	if x, y := a.stats(), b.stats(); x.Hash != y.Hash || x.Documents != y.Documents {
		t.Errorf("states %.4x with %d documents and %.4x with %d, want one", x.Hash, x.Documents, y.Hash, y.Documents)
	}
}
