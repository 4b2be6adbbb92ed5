// Package link connects this device's replica.Node with other devices: over
// WebSocket inside TLS 1.3, in which each end proves by the key of its device
// who it is. FORMAT.md beside this file says what it sends itself.
//
// A Host owns the Node and everything about its connections under one mutex.
// Every connection has two goroutines, one that reads and one that writes;
// beside them one carries what has arrived to the Store, one waits until it is
// durable, one tells what happened, and one does what is due: it dials, gives up on the silent, and
// notices that the machine has slept. A writer asks the Node for the next
// message when the last one is out, so nothing is queued for a peer, and a
// peer that does not read costs one frame.
//
// Whoever connects is let in as far as the handshake; what it gets is decided
// by the membership. Other packages send frames of their own over the same
// connections, to members only: see Channel.
package link

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/replica"
)

// Store is where what arrives is made durable, and what is sent comes from. It
// is safe for concurrent use, and calls of it must not wait for the Host.
type Store interface {
	replica.Store
	// Begin begins to make sealed batches durable, after those of earlier calls,
	// and returns at once. Wait, which is called once, returns how many of them,
	// from the first on, are durable, or were before; if that is not all, the error
	// is about the next one, as replica.Node.Appended takes it. A few calls are
	// under way at a time. When ctx ends wait returns soon.
	Begin(ctx context.Context, raws [][]byte) (wait func() (stored int, err error))
}

// Config is what a Host stands on.
type Config struct {
	Key       ed25519.PrivateKey // of this device
	Workspace id.Workspace
	Store     Store
	// Forks are those that are known, as of replica.Config.
	Forks    []replica.Proof
	Channels []Channel
	// Door decides who joins. Without one, nobody does.
	Door Door
	// Told is called with what the Node has to say (replica.Event), in order and
	// by one goroutine, which may call the Host but not Close. Ended is left out:
	// Peers says it. It may be nil.
	Told func(replica.Event)
	// Log may be nil.
	Log *slog.Logger
	// Now is time.Now if nil. It is called by several at once, and has to advance
	// as the machine's timers do.
	Now func() time.Time
	// Rand spreads the times at which devices try again; it is crypto/rand's if
	// nil.
	Rand io.Reader
	// Dial opens a stream to an address; it is that of TCP if nil.
	Dial func(ctx context.Context, address string) (net.Conn, error)
	// Addresses returns those of this machine at which others may reach it, and
	// is asked again and again. It is the system's if nil.
	Addresses func() []netip.Addr
}

// Host is this device among others. It is safe for concurrent use.
type Host struct {
	config   Config
	device   id.Device
	identity tls.Certificate
	channels [256]Channel // kind of frame → who takes it
	server   *http.Server
	lobby    *lobby
	gate     gate
	joins    joins
	ctx      context.Context //nolint:containedctx // the life of the Host: what it starts ends with it
	stop     context.CancelFunc
	running  sync.WaitGroup // everything that the Host has started

	appendable, wrote, due, tellable chan struct{} // look again
	underWay                         chan storing  // to be answered; with the one that is waited for, callsAhead
	around                           surroundings  // of the clockwork

	mu        sync.Mutex
	closed    bool
	node      *replica.Node
	table     *member.Table // as the Node last saw it
	last      time.Time     // that the Node was told
	planned   time.Time     // when the clockwork looks next
	appends   []replica.Append
	inFlight  map[id.Log]int // log → appends that hold batches of it
	skipped   bool           // growth of a log in flight was left out
	events    []replica.Event
	conns     map[id.Device]*conn
	peers     map[id.Device]*peer
	listeners []net.Listener
	dialling  int
	asleep    sleep
	watchers
	meanSize
}

// ErrClosed is returned by a Host that is closed.
var ErrClosed = errors.New("the host is closed")

// Open makes a Host that knows what c.Store holds. It connects to nobody until
// Listen, Reach or Try is called, and has to be closed.
func Open(c Config) (*Host, error) {
	if len(c.Key) != ed25519.PrivateKeySize {
		return nil, errors.New("open the link: not a device key")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Rand == nil {
		c.Rand = rand.Reader
	}
	if c.Dial == nil {
		c.Dial = dialTCP
	}
	if c.Addresses == nil {
		c.Addresses = func() []netip.Addr { return machineAddresses(false) }
	}
	identity, err := identityOf(c.Key)
	if err != nil {
		return nil, err
	}
	h := &Host{
		config: c, device: deviceOf(c.Key), identity: identity,
		appendable: make(chan struct{}, 1), wrote: make(chan struct{}, 1), due: make(chan struct{}, 1), tellable: make(chan struct{}, 1),
		underWay: make(chan storing, callsAhead-2),
		inFlight: map[id.Log]int{}, conns: map[id.Device]*conn{}, peers: map[id.Device]*peer{},
	}
	h.ctx, h.stop = context.WithCancel(context.Background())
	h.node = replica.New(replica.Config{Device: h.device, Workspace: c.Workspace, Store: c.Store, Forks: c.Forks})
	h.table = c.Store.Members()
	h.asleep = wakeful(h.config.Now())
	if err := h.openChannels(); err != nil {
		return nil, err
	}
	h.openServer()
	for _, work := range []func(){h.appendLoop, h.answerLoop, h.clockwork, h.tellLoop} {
		h.running.Go(work)
	}
	look(h.due)
	return h, nil
}

// Device returns the name of this device.
func (h *Host) Device() id.Device { return h.device }

// Close says goodbye to every peer and ends everything that the Host has
// started. It returns when all of it is over.
func (h *Host) Close() error {
	h.mu.Lock()
	already := h.closed
	h.closed = true
	listeners := h.listeners
	h.listeners = nil
	for _, c := range h.conns {
		c.endLocked(ErrClosed, farewellOf(replica.Closing))
	}
	h.mu.Unlock()
	if already {
		h.running.Wait()
		return nil
	}
	h.stop()
	var errs []error
	for _, l := range listeners {
		if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	_ = h.server.Close()
	h.gate.close()
	h.running.Wait()
	return errors.Join(errs...)
}

// Wrote says that this device has written, or that logs have grown in another
// way than through the Host. It never waits, so it may be called where the
// write is acknowledged.
func (h *Host) Wrote() { look(h.wrote) }

// Again lets every device that is to be reached be tried at once: "sync now",
// or the network has changed.
func (h *Host) Again() {
	h.mu.Lock()
	h.againLocked()
	h.mu.Unlock()
	look(h.due)
}

// Forks returns the logs that have forked, with the proof of each as far as it is
// kept: what Told is to write down when it hears of one.
func (h *Host) Forks() []replica.Proof {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.node.Forks()
}

// look wakes whoever waits for a channel to look again.
func look(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// nowLocked returns the time, which for the Node never goes back.
func (h *Host) nowLocked() time.Time {
	if now := h.config.Now(); now.After(h.last) {
		h.last = now
	}
	return h.last
}

// settleLocked does what the Node asks for after it was told something: it
// passes on what is to be stored and what happened, and has every connection
// look for what there is to send.
func (h *Host) settleLocked() {
	if appends := h.node.Appends(); len(appends) > 0 {
		for _, a := range appends {
			h.count(a.Raw, h.inFlight, 1)
		}
		h.appends = append(h.appends, appends...)
		look(h.appendable)
	}
	h.hearLocked(h.node.Events())
	if table := h.config.Store.Members(); table != h.table {
		h.table = table
		h.judgeLocked()
	}
	for _, c := range h.conns {
		look(c.wake)
	}
	h.soonLocked(h.node.Due())
	h.noteLocked(figures)
}

// soonLocked has the clockwork look at a time, unless it is to look earlier.
func (h *Host) soonLocked(at time.Time) {
	if !at.IsZero() && (h.planned.IsZero() || at.Before(h.planned)) {
		h.planned = at
		look(h.due)
	}
}

// isMember reports whether a device gets everything, as the Node decides it.
func isMember(table *member.Table, device id.Device) bool {
	if table == nil {
		return false
	}
	d, known := table.Device(device.Short())
	return known && d.ID == device && !d.Removed
}

// wasRemoved reports whether a device was a member.
func wasRemoved(table *member.Table, device id.Device) bool {
	if table == nil {
		return false
	}
	d, known := table.Device(device.Short())
	return known && d.ID == device && d.Removed
}

// eventsMost is how many events are kept for a Told that is slow. Leave and
// Forked, of which there is one a log, are never left out.
const eventsMost = 1024

func (h *Host) hearLocked(events []replica.Event) {
	for _, e := range events {
		if e.Kind == replica.Ended {
			continue
		}
		if h.config.Told != nil && (len(h.events) < eventsMost || e.Kind <= replica.Forked) {
			h.events = append(h.events, e)
			look(h.tellable)
		}
	}
}

// tellLoop calls Told, outside of the mutex.
func (h *Host) tellLoop() {
	for {
		select {
		case <-h.ctx.Done():
			return
		case <-h.tellable:
		}
		h.mu.Lock()
		events := h.events
		h.events = nil
		h.mu.Unlock()
		for _, e := range events {
			h.config.Told(e)
		}
	}
}

// moved returns how far the logs are that grew without the Host knowing. What
// is in one of its own Appends it is told by the answer.
func (h *Host) movedLocked(heads oplog.Vector) oplog.Vector {
	for log := range h.inFlight {
		if _, grown := heads[log]; grown {
			delete(heads, log)
			h.skipped = true
		}
	}
	return heads
}
