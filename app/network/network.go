// Package network is this laptop's part in its team's network: it listens once
// there is somebody to hear, reaches the laptops of the members wherever they
// were last, finds those in the same room, keeps in touch with a relay, and
// lets in whom the application admits. What goes over it, and who may have it,
// is the business of package replica; which bytes, of package link.
//
// Everything here may fail at any time and be tried again: a laptop without a
// network is in its normal state, and no call waits for one.
package network

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"log/slog"
	"slices"
	"sync"
	"time"

	"cairn/app/disk"
	"cairn/app/journal"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/sync/branch"
	"cairn/sync/link"
	"cairn/sync/relay"
	"cairn/sync/replica"
)

// Port is where a laptop listens unless told otherwise.
const Port = 5758

// Config is what a Network stands on.
type Config struct {
	Disk    *disk.Disk
	Journal *journal.Journal
	Key     ed25519.PrivateKey // this device's
	// Door is asked who may come in. RelayDoor is the same for those who ask
	// through the relay.
	Door      link.Door
	RelayDoor relay.Door
	Sealer    relay.Sealer
	Channels  []link.Channel
	// Members is called, on a goroutine of the network and never twice at once,
	// when the membership has changed. It may be nil.
	Members func(ctx context.Context)
	Now     func() time.Time
	Rand    io.Reader
	Log     *slog.Logger
}

// Options say how a Network takes part.
type Options struct {
	// Listen is host and port; empty does not listen. Port 0 picks one, no host
	// is every interface.
	Listen string
	// Quiet keeps it from announcing itself in the room and from looking for
	// others there.
	Quiet bool
}

// Network is what this device knows of the others, and once it is started, its
// sessions with them. It is safe for concurrent use.
type Network struct {
	Config
	book *book

	mu       sync.Mutex
	opts     Options          // guarded by mu
	host     *link.Host       // nil unless started; guarded by mu
	branches *branch.Exchange // of host; guarded by mu
	relay    *relay.Client    // nil without one; guarded by mu
	relayErr error            // why there is none, though one is wanted; guarded by mu
	heard    uint16           // port that is listened on, 0 for none; guarded by mu
	deaf     error            // why it does not listen, though it should; guarded by mu
	room     room             // guarded by mu
	manual   map[string]call  // by address; guarded by mu
	members  *member.Table    // that the host was told of; guarded by mu
	invited  bool             // somebody is expected; guarded by mu
	changed  chan struct{}    // closed at the next change; guarded by mu
	relaid   chan struct{}    // there is another relay, or none any more; holds one

	ctx       context.Context //nolint:containedctx // it ends with Close
	stop      context.CancelFunc
	following sync.WaitGroup
}

// call is how the last try of an address went.
type call struct {
	device id.Device // who answered, zero if nobody has
	err    error
}

// New returns the network of c, of which nothing moves before Start.
func New(c Config) (*Network, error) {
	b, err := openBook(c.Disk)
	if err != nil {
		return nil, err
	}
	return &Network{Config: c, book: b, manual: map[string]call{}, changed: make(chan struct{}), relaid: make(chan struct{}, 1)}, nil
}

// Start begins to reach others, and to listen as soon as the team has another
// device or somebody is invited. It returns at once. The caller closes the
// network before the journal.
func (n *Network) Start(o Options) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.host != nil {
		return nil
	}
	forks, err := n.Journal.Proofs()
	if err != nil {
		return err
	}
	n.branches = branch.Open(n.Journal.Replica(), n.Log)
	host, err := link.Open(link.Config{
		Key: n.Key, Workspace: n.Journal.Workspace(), Store: n.Journal.Replica(), Forks: forks, Door: n.Door,
		Channels: append(slices.Clone(n.Channels), n.branches), Told: n.happened, Now: n.Now, Rand: n.Rand, Log: n.Log,
	})
	if err != nil {
		n.branches.Close()
		return err
	}
	n.host, n.opts = host, o
	n.ctx, n.stop = context.WithCancel(context.Background())
	n.openRelay()
	n.reconcile()
	for _, address := range n.book.manual() {
		n.try(address)
	}
	n.following.Go(n.follow)
	n.following.Go(n.tend)
	return nil
}

// Close ends every session.
func (n *Network) Close() error {
	n.mu.Lock()
	host, client, branches := n.host, n.relay, n.branches
	if host == nil {
		n.mu.Unlock()
		return nil
	}
	n.stop()
	n.host, n.relay, n.heard, n.deaf, n.members = nil, nil, 0, nil, nil // as before Start
	lan := n.room.lan
	n.room.lan = nil
	n.mu.Unlock()
	n.following.Wait()
	if lan != nil {
		lan.Close()
	}
	if client != nil {
		client.Close()
	}
	err := host.Close()
	branches.Close()
	return err
}

// Expect says whether somebody is invited who is not here yet.
func (n *Network) Expect(somebody bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.invited = somebody
	n.reconcile()
}

// Add takes an address in at which a teammate's laptop is, or the URL of a
// relay, and tries it. It may be called before Start.
func (n *Network) Add(address string) error {
	if IsRelay(address) {
		return n.useRelay(address)
	}
	address, err := Address(address)
	if err != nil {
		return err
	}
	if err := n.book.add(address); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.try(address)
	n.tell()
	return nil
}

// Met notes where a device is.
func (n *Network) Met(device id.Device, addresses []string) error {
	if err := n.book.reached(device, addresses...); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.host != nil {
		n.host.Reach(device, n.book.of(device))
	}
	return nil
}

// Remove takes an address out, as State lists it.
func (n *Network) Remove(address string) error {
	if IsRelay(address) {
		return n.dropRelay(address)
	}
	if err := n.book.remove(address); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.manual, address)
	if n.host != nil {
		for _, p := range n.host.Peers() { // it keeps the addresses of an earlier Reach
			n.host.Forget(p.Device)
		}
	}
	n.members = nil
	n.reconcile()
	n.tell()
	return nil
}

// Again tries at once to reach every device that is away.
func (n *Network) Again() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.host == nil {
		return fault.New(fault.Unavailable, "Nothing syncs while only a command holds the workspace.", "Open Cairn, or start `cairn node`, and try again.")
	}
	n.host.Again()
	if n.relay != nil {
		n.relay.Again()
	}
	for _, address := range n.book.manual() {
		n.try(address)
	}
	return nil
}

// Changed returns a channel that is closed at the next change of State.
func (n *Network) Changed() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.changed
}

// tell wakes who watches. The caller holds mu.
func (n *Network) tell() {
	close(n.changed)
	n.changed = make(chan struct{})
}

// happened takes in what the protocol has to say.
func (n *Network) happened(e replica.Event) {
	log := n.Log.With("peer", e.Peer, "log", e.Log)
	switch e.Kind {
	case replica.Leave:
		n.leave(e.Log)
	case replica.Forked:
		log.Warn("a device has written two histories under one name", "from", e.At)
		n.forked(e.Log)
	case replica.Newer:
		log.Warn("a log needs a later version of Cairn")
	case replica.Paused, replica.Unreadable, replica.Ended:
		log.Warn("a log is held up", "cause", e.Err)
	}
}

// forked has the journal go by a fork, and carry over what this device has
// written behind it.
func (n *Network) forked(log id.Log) {
	n.mu.Lock()
	host, branches := n.host, n.branches
	n.mu.Unlock()
	if host == nil {
		return // it is found again
	}
	for _, p := range host.Forks() {
		if p.Log != log || p.One == nil {
			continue
		}
		if err := n.Journal.Fork(n.ctx, log, p.At, p.One, p.Other); err != nil && !errors.Is(err, context.Canceled) {
			n.Log.Error("a fork is not taken in", "log", log, "cause", err)
		}
		if log.Device == n.Journal.Device().Short() {
			branches.Look()
		}
	}
}

// leave has this device go on in another log.
func (n *Network) leave(log id.Log) {
	if err := n.Journal.Leave(n.ctx, log); err != nil && !errors.Is(err, context.Canceled) {
		n.Log.Error("this device can't leave a log that others have more of", "log", log, "cause", err)
	}
}
