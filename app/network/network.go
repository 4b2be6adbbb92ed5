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
	"sync"
	"time"

	"cairn/app/disk"
	"cairn/app/journal"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/sync/link"
	"cairn/sync/replica"
)

// Port is where a laptop listens unless told otherwise.
const Port = 5758

// Config is what a Network stands on.
type Config struct {
	Disk    *disk.Disk
	Journal *journal.Journal
	Key     ed25519.PrivateKey // this device's
	Door    link.Door          // asked who may come in
	Now     func() time.Time
	Rand    io.Reader
	Log     *slog.Logger
}

// Options say how a Network takes part.
type Options struct {
	// Listen is host and port. Port 0 picks one; no host is every interface.
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

	mu        sync.Mutex
	opts      Options         // guarded by mu
	host      *link.Host      // nil before Start; guarded by mu
	door      *listener       // nil as long as nobody is to be heard; guarded by mu
	deaf      error           // why it does not listen, though it should; guarded by mu
	room      room            // guarded by mu
	manual    map[string]call // by address; guarded by mu
	members   *member.Table   // that the host was told of; guarded by mu
	invited   bool            // somebody is expected; guarded by mu
	changed   chan struct{}   // closed at the next change; guarded by mu
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
	return &Network{Config: c, book: b, manual: map[string]call{}, changed: make(chan struct{})}, nil
}

// Start begins to reach others, and to listen as soon as the team has another
// device or somebody is invited. It returns at once. The caller closes the
// network before the journal.
func (n *Network) Start(ctx context.Context, o Options) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.host != nil {
		return nil
	}
	host, err := link.Open(link.Config{
		Key: n.Key, Workspace: n.Journal.Workspace(), Store: n.Journal, Door: n.Door,
		Event: n.happened, Now: n.Now, Rand: n.Rand, Log: n.Log,
	})
	if err != nil {
		return err
	}
	n.host, n.opts = host, o
	ctx, n.stop = context.WithCancel(ctx)
	n.reconcile(ctx)
	n.following.Go(func() { n.follow(ctx) })
	return nil
}

// Close ends every session.
func (n *Network) Close() error {
	n.mu.Lock()
	host := n.host
	if host == nil {
		n.mu.Unlock()
		return nil
	}
	n.stop()
	n.mu.Unlock()
	n.following.Wait()
	n.mu.Lock()
	defer n.mu.Unlock()
	n.host = nil
	return errors.Join(n.room.close(), host.Close())
}

// Expect says whether somebody is invited who is not here yet.
func (n *Network) Expect(somebody bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.invited = somebody
	n.reconcile(context.Background())
}

// Add takes an address of a teammate's laptop in, and tries it.
func (n *Network) Add(address string) error {
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
	return nil
}

// Remove takes an address out.
func (n *Network) Remove(address string) error {
	if err := n.book.remove(address); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.manual, address)
	n.members = nil
	n.reconcile(context.Background())
	return nil
}

// Again tries at once to reach every device that is away.
func (n *Network) Again() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.host == nil {
		return notStarted()
	}
	n.host.Again()
	for _, address := range n.book.manual() {
		n.try(address)
	}
	return nil
}

func notStarted() error {
	return fault.New(fault.Unavailable, "Nothing syncs while only a command holds the workspace.", "Open Cairn, or start `cairn node`, and try again.")
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
	log := n.Log.With("event", e.Kind, "peer", e.Peer, "log", e.Log)
	switch e.Kind {
	case replica.Leave:
		if err := n.Journal.Leave(context.Background(), e.Log); err != nil {
			log.Error("this device can't leave a log that others have more of", "err", err)
		}
	case replica.Ended:
		log.Debug("a session ended", "err", e.Err)
	default:
		log.Warn("a log is held up", "at", e.At, "err", e.Err)
	}
}
