// Package relay is how teammates who are never online together come to hold
// the same logs: each leaves sealed batches with a standing engine, NATS
// JetStream, and fetches there what it lacks.
//
// # What the relay is
//
// A store of sealed messages, one stream a workspace, one subject a log. It
// learns who writes when and how much, by abbreviations of devices; it learns
// neither the workspace's name nor anything that a batch says. FORMAT.md beside
// this file describes what it keeps.
//
// It is never the truth. What it hands out is verified by the store as if it
// came from any peer; what it loses, whoever has it brings again, as soon as
// they connect. A relay that lost everything, was put back to an earlier state,
// or lies, costs time and nothing else.
//
// # How it goes
//
// After connecting, a Client reads the last message of every subject, which
// says in the open how far the log goes, and compares it with its own heads.
// What it lacks it fetches, membership first; what the relay lacks it brings,
// its own logs at once, those of others after a moment in which their authors
// may do it. Then it follows what arrives, and brings what is written here.
//
// Every message names the one before it on its subject (an expected sequence),
// so that two who bring the same do it once, and a device whose folder was
// copied is told when its copy has written under its name: nothing is
// overwritten, by anybody.
package relay

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// Store is what a Client needs of the logs that are kept here, all of it
// durable; see replica.Store, whose methods mean the same. It is safe for
// concurrent use.
type Store interface {
	Heads() oplog.Vector
	Control(log id.Log) bool
	Members() *member.Table
	HeadAt(log id.Log, next uint64) (oplog.Head, error)
	Batches(log id.Log, from uint64, bytes int) ([][]byte, error)
	// Receive takes in batches, in order within each log, and returns when they
	// are durable; those that are here already are passed over. On an error
	// nothing of the call is stored. The error wraps oplog.ErrGap, ErrFork,
	// ErrMalformed or ErrNewer, or is a fault.Denied, when it is about a batch;
	// any other is about the store.
	Receive(ctx context.Context, raws [][]byte) error
}

// Sealer closes what goes to the relay, and opens what comes from it. Control
// batches are those of the membership, which a newcomer must be able to read.
// It is safe for concurrent use. What it adds has the same length for all, at
// most a kilobyte.
type Sealer interface {
	Seal(control bool, plain, aad []byte) ([]byte, error)
	// Open returns an error that wraps ErrKey when the key may still come, by
	// membership that is not here yet.
	Open(control bool, sealed, aad []byte) ([]byte, error)
}

// ErrKey is what a Sealer's error wraps when it lacks the key.
var ErrKey = errors.New("the key is not here")

// Config is what a Client stands on.
type Config struct {
	// URL is the address of the relay, or of several servers of one, with commas
	// between: nats://TOKEN@HOST:PORT, tls://, ws:// or wss://. A fragment of
	// tls:// or wss:// pins the certificate, as PinOf writes it.
	URL       string
	Device    id.Device // this one
	Workspace id.Workspace
	Store     Store
	Sealer    Sealer
	Door      Door // nil: nobody is let in by this device
	Log       *slog.Logger
	Now       func() time.Time
	Rand      io.Reader // for waits that differ from device to device
	// Dial opens the connection to a server; nil is the network.
	Dial func(network, address string) (net.Conn, error)
}

// Client keeps a workspace in step with a relay, until it is closed. It is
// safe for concurrent use.
type Client struct {
	Config
	names  *names
	cancel context.CancelFunc
	done   sync.WaitGroup
	wake   chan struct{} // something to be brought; holds one
	again  chan struct{} // compare anew; holds one

	mu      sync.Mutex
	changed chan struct{}
	state   State
	fault   error
	since   time.Time
	contact time.Time
	bad     uint64
	logs    map[id.Log]*place
	heads   oplog.Vector // of the store, as last asked
	current *session     // nil when not connected
	servers []string     // of a cluster, as the relay told last
}

// Open starts a client. The error is a fault for an address that is none.
func Open(c Config) (*Client, error) {
	if _, err := parseURL(c.URL); err != nil {
		return nil, err
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	ctx, cancel := context.WithCancel(context.Background())
	client := &Client{
		Config: c, names: namesOf(c.Workspace), cancel: cancel,
		wake: make(chan struct{}, 1), again: make(chan struct{}, 1), changed: make(chan struct{}),
		state: Connecting, since: c.Now(), logs: map[id.Log]*place{}, heads: c.Store.Heads(),
	}
	client.done.Go(func() { client.run(ctx) })
	return client, nil
}

// Close ends the connection and returns when nothing runs any more.
func (c *Client) Close() {
	c.cancel()
	c.done.Wait()
}

// Wrote says that the store has more than before: this device has written, or
// something has come from a peer. It does not block.
func (c *Client) Wrote() { poke(c.wake) }

// Again compares with the relay anew, and connects at once if that is waited
// for. It does not block.
func (c *Client) Again() { poke(c.again) }

func poke(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}
