package relay_test

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"golang.org/x/crypto/chacha20poly1305"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/relay"
	"cairn/sync/replica/replicatest"
)

// sealer is one key for documents and one for the membership.
type sealer struct{ data, control cipher.AEAD }

func newSealer(n int) sealer {
	return sealer{must(chacha20poly1305.NewX(replicatest.Hashed("data", n))), must(chacha20poly1305.NewX(replicatest.Hashed("control", n)))}
}

func (s sealer) of(control bool) cipher.AEAD {
	if control {
		return s.control
	}
	return s.data
}

func (s sealer) Seal(control bool, plain, aad []byte) ([]byte, error) {
	nonce := make([]byte, chacha20poly1305.NonceSizeX, chacha20poly1305.NonceSizeX+len(plain)+chacha20poly1305.Overhead)
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return s.of(control).Seal(nonce, nonce, plain, aad), nil
}

func (s sealer) Open(control bool, sealed, aad []byte) ([]byte, error) {
	if len(sealed) < chacha20poly1305.NonceSizeX {
		return nil, errors.New("too short")
	}
	return s.of(control).Open(nil, sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:], aad)
}

// world is a relay that a test can stop, and members around it.
type world struct {
	t      testing.TB
	cast   *cast
	sealer sealer
	dir    string
	old    string // a copy of it, see keep

	mu     sync.Mutex
	server *server.Server
	deaf   bool // connections lead nowhere
}

func newWorld(t testing.TB, members int) *world {
	t.Helper()
	w := &world{t: t, cast: newCast(members), sealer: newSealer(0), dir: t.TempDir()}
	t.Cleanup(w.stop)
	w.start(w.dir)
	return w
}

// start runs the relay over a folder.
func (w *world) start(dir string) {
	w.t.Helper()
	s, err := server.NewServer(&server.Options{
		DontListen: true, JetStream: true, StoreDir: dir, SyncAlways: true, NoLog: true, NoSigs: true, JetStreamMaxMemory: 64 << 20, JetStreamMaxStore: 4 << 30,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		w.t.Fatal("the relay does not start")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.server, w.dir = s, dir
}

// stop ends the relay, as if its machine were shut down.
func (w *world) stop() {
	w.mu.Lock()
	s := w.server
	w.server = nil
	w.mu.Unlock()
	if s != nil {
		s.Shutdown()
		s.WaitForShutdown()
	}
}

// keep makes a copy of what the relay has stored, while it is off.
func (w *world) keep() {
	w.t.Helper()
	w.old = w.t.TempDir()
	dir := w.dir
	w.stop()
	if err := os.CopyFS(w.old, os.DirFS(dir)); err != nil {
		w.t.Fatal(err)
	}
	w.start(dir)
}

// errFull is what a store says when there is no room.
var errFull = fault.New(fault.Full, "No room.", "Make some.")

// dial is how clients reach the relay.
func (w *world) dial(string, string) (net.Conn, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.server == nil {
		return nil, errors.New("the relay is off")
	}
	if w.deaf {
		near, far := net.Pipe()
		w.t.Cleanup(func() { _ = far.Close() })
		return near, nil
	}
	return w.server.InProcessConn()
}

// site is a member's device.
type site struct {
	actor
	w      *world
	store  *memory
	sealer relay.Sealer
	door   relay.Door
	dial   func(network, address string) (net.Conn, error)
	mu     sync.Mutex // for who writes while the test opens client: a door
	client *relay.Client
}

// site makes a device of an actor, which knows the membership or nothing.
func (w *world) site(n int, knows bool) *site {
	s := &site{actor: w.cast.actors[n], w: w, store: newMemory(w.cast.ws), sealer: w.sealer, dial: w.dial}
	if knows {
		for _, b := range w.cast.acts {
			s.store.Add(b)
		}
	}
	return s
}

// copyOf makes another device with the key and the logs of s.
func (s *site) copyOf() *site {
	other := &site{actor: s.actor, w: s.w, store: newMemory(s.w.cast.ws), sealer: s.sealer, dial: s.dial}
	s.store.Mu.Lock()
	defer s.store.Mu.Unlock()
	for _, b := range s.store.Acts {
		other.store.Add(b)
	}
	for _, batches := range s.store.Logs {
		for _, b := range batches {
			if !b.Control() {
				other.store.Add(b)
			}
		}
	}
	return other
}

func (s *site) online() {
	s.w.t.Helper()
	client := must(relay.Open(relay.Config{
		URL: "nats://127.0.0.1:4222", Device: s.ID, Workspace: s.w.cast.ws, Store: s.store, Sealer: s.sealer, Door: s.door,
		Now: time.Now, Rand: rand.Reader, Dial: s.dial, Log: slog.New(slog.NewTextHandler(logTo(s.w.t), &slog.HandlerOptions{Level: slog.LevelInfo})),
	}))
	s.mu.Lock()
	s.client = client
	s.mu.Unlock()
	s.w.t.Cleanup(client.Close)
}

func (s *site) offline() { s.client.Close() }

// write stores batches of so many operations in a log and says so.
func (s *site) write(log id.Log, batches, count int) {
	for range batches {
		s.store.Mu.Lock()
		s.store.Add(must(oplog.Seal(s.w.cast.draft(log, s.store.Head(log), count), s.Key)))
		s.store.Mu.Unlock()
	}
	s.wrote()
}

func (s *site) wrote() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client != nil {
		s.client.Wrote()
	}
}

// until waits for something that a client tells of.
func (s *site) until(what string, holds func(relay.Status) bool) {
	s.w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		changed := s.client.Changed()
		if holds(s.client.Status()) {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			s.w.t.Fatalf("%s: %s waited for in vain: %+v\nheads %v", s.ID.Short(), what, s.client.Status(), s.store.Heads())
		}
	}
}

// patience is how long a test waits for what must come, on a busy machine.
const patience = 60 * time.Second

// has waits until a site has so many operations of a log.
func (s *site) has(log id.Log, want uint64) {
	s.w.t.Helper()
	s.until(fmt.Sprintf("%d operations of %s", want, log), func(relay.Status) bool { return s.store.Heads()[log].Next >= want })
}

// brought waits until the relay has all that a site has.
func (s *site) brought() {
	s.w.t.Helper()
	s.until("everything brought", func(st relay.Status) bool { return st.State == relay.Connected && st.Known && st.Ahead == 0 })
}

// equal fails the test unless sites have the same heads.
func equal(t testing.TB, sites ...*site) {
	t.Helper()
	for _, s := range sites[1:] {
		if a, b := sites[0].store.Heads(), s.store.Heads(); a.Digest() != b.Digest() {
			t.Errorf("heads differ: %v and %v", a, b)
		}
	}
}

// logTo writes what a client logs into the test's output, until it ends.
func logTo(t testing.TB) *testLog { return &testLog{t: t} }

type testLog struct{ t testing.TB }

func (l *testLog) Write(b []byte) (int, error) {
	if os.Getenv("RELAY_LOG") != "" {
		return os.Stderr.Write(b)
	}
	return len(b), nil
}
