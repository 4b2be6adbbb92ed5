// Package apptest starts real nodes in temporary folders for tests: real disk,
// real keys in plain files, a clock that the test moves and randomness from a
// seed.
package apptest

import (
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"cairn/app"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
)

// Start is when the clock of every test starts.
var Start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// Clock is a clock that only the test moves. It is safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time // guarded by mu
}

// Now returns the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock, also back.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Random is seeded randomness that may be read from several goroutines.
type Random struct {
	mu  sync.Mutex
	src *rand.ChaCha8 // guarded by mu
}

// NewRandom returns the randomness of seed.
func NewRandom(seed uint64) *Random {
	var key [32]byte
	for i := range 8 {
		key[i] = byte(seed >> (8 * i))
	}
	return &Random{src: rand.NewChaCha8(key)}
}

// Read fills b.
func (r *Random) Read(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.src.Read(b)
}

// Node is an open App and what it was opened with. The App is closed at the
// end of the test.
type Node struct {
	*app.App
	Clock   *Clock
	Options app.Options

	t testing.TB
}

// options returns what a node called name is opened with.
func options(t testing.TB, seed uint64, kinds []*noun.Kind) (app.Options, *Clock) {
	t.Helper()
	clock := &Clock{now: Start}
	dir := t.TempDir()
	return app.Options{
		Dir: filepath.Join(dir, "workspace"), Installs: filepath.Join(dir, "installs"),
		Log: slog.New(slog.DiscardHandler), Now: clock.Now, Rand: NewRandom(seed),
		Keys: app.KeysFile, Kinds: kinds,
	}, clock
}

// Found starts a node with a new workspace. The kinds are noun.Builtin when
// none are given.
func Found(t testing.TB, seed uint64, kinds ...*noun.Kind) *Node {
	t.Helper()
	o, clock := options(t, seed, kinds)
	a, err := app.Create(t.Context(), o, app.Founding{Workspace: "Acme", Person: "Ada", Roles: []string{"data scientist"}})
	return started(t, a, err, o, clock)
}

// Apart starts a node on a new device that is to be in the workspace of other,
// and is not let in yet.
func Apart(t testing.TB, seed uint64, other *Node) *Node {
	t.Helper()
	o, clock := options(t, seed, other.Options.Kinds)
	a, err := app.Enroll(t.Context(), o, other.Journal().Workspace())
	return started(t, a, err, o, clock)
}

// Join starts a node as a new device of a new person in the workspace of
// admin, and brings it up to date.
func Join(t testing.TB, seed uint64, admin *Node, name string, role member.Role) *Node {
	t.Helper()
	n := Apart(t, seed, admin)
	if _, err := admin.AdmitPerson(t.Context(), name, role, n.PublicKey()); err != nil {
		t.Fatalf("admit %s: %v", name, err)
	}
	n.Pull(admin)
	return n
}

func started(t testing.TB, a *app.App, err error, o app.Options, clock *Clock) *Node {
	t.Helper()
	if err != nil {
		t.Fatalf("start a node: %v", err)
	}
	n := &Node{App: a, Clock: clock, Options: o, t: t}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Errorf("close the node: %v", err)
		}
	})
	return n
}

// Reopen closes the node and opens it again.
func (n *Node) Reopen() {
	n.t.Helper()
	if err := n.Close(); err != nil {
		n.t.Fatalf("close: %v", err)
	}
	n.open()
}

func (n *Node) open() {
	n.t.Helper()
	a, err := app.Open(n.t.Context(), n.Options)
	if err != nil {
		n.t.Fatalf("open again: %v", err)
	}
	n.App = a
}

// Pull brings everything that from has and n lacks, membership first. What the
// author may not write, as far as n knows, is left out.
func (n *Node) Pull(from *Node) {
	n.t.Helper()
	for _, log := range from.Journal().Logs() {
		raws := from.Batches(log, n.Journal().Heads()[log].Next)
		if err := n.Journal().Receive(n.t.Context(), raws); err != nil && fault.KindOf(err) != fault.Denied {
			n.t.Fatalf("receive %d batches of %s: %v", len(raws), log, err)
		}
	}
}

// Batches returns the batches of log from operation from on.
func (n *Node) Batches(log id.Log, from uint64) [][]byte {
	n.t.Helper()
	var raws [][]byte
	err := n.Journal().Batches(log, from, func(_ uint64, raw []byte) error {
		raws = append(raws, append([]byte(nil), raw...))
		return nil
	})
	if err != nil {
		n.t.Fatalf("read log %s: %v", log, err)
	}
	return raws
}

// Do carries a use case out and fails the test if it can't be.
func Do[Req, Resp any](n *Node, call app.Call[Req, Resp], req Req) Resp {
	n.t.Helper()
	resp, err := call.Do(n.t.Context(), n.App, req)
	if err != nil {
		n.t.Fatalf("%s %+v: %v", call.Name, req, err)
	}
	return resp
}
