// Package branch hands a device back what it has itself written behind a fork of
// one of its logs, and holds no more: as when its whole disk was put back to an
// earlier day. Others have stored it, without effect, and nobody but the device
// can write it again. It is a Channel of sync/link.
//
// A device asks every peer that connects, and says what it knows already; the
// peer sends what it has of the one log that the asking device owns. FORMAT.md
// beside this file has the bytes.
package branch

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"

	"cairn/core/id"
	"cairn/core/oplog"
)

const (
	// ForksMost is how many forked logs a device asks for. A device forks once in
	// its life, if at all; beyond that others may ask another time.
	ForksMost = 16
	// KnownMost is how many histories of a fork are told.
	KnownMost = 8
	// questionsMost is how many questions of a peer are answered over one
	// connection. A device asks again only when it finds another fork.
	questionsMost = 4 * ForksMost
	// bytesMost is how much of one history is taken back at once: some weeks of
	// work. It is held in memory until it is whole.
	bytesMost = 64 << 20
)

// Fork is a log of this device of which others may have an end that is not here.
type Fork struct {
	Log   id.Log
	At    uint64 // the first operation that does not count
	Known []End
}

// End is one history behind a fork, as far as it is here or was written again.
type End struct {
	First oplog.Hash // of its first batch
	Next  uint64     // the sequence after its last operation
}

// Store is what the exchange reads and writes. Its methods are safe for
// concurrent use.
type Store interface {
	// OwnForks returns the logs of this device that have forked.
	OwnForks(ctx context.Context) ([]Fork, error)
	// Batches returns stored batches of log in sequence, starting with the one
	// that holds operation from: as many as fit into so many bytes, but at least
	// one if there is one.
	Batches(log id.Log, from uint64, bytes int) ([][]byte, error)
	// Return takes batches of one history of a forked log of this device, from
	// the fork on and in sequence, as a peer has sent them. It verifies them, and
	// takes what is good from the beginning on.
	Return(ctx context.Context, log id.Log, raws [][]byte) error
}

// Exchange asks and answers. It is safe for concurrent use.
type Exchange struct {
	store   Store
	log     *slog.Logger
	ctx     context.Context //nolint:containedctx // it ends with Close
	stop    context.CancelFunc
	running sync.WaitGroup
	taking  sync.Mutex // one history is taken back at a time

	mu    sync.Mutex // guards what follows
	wake  func(id.Device)
	peers map[id.Device]*peer
}

// peer is a device that is connected.
type peer struct {
	asks      []Fork               // to be sent
	questions int                  // that it has asked
	serving   []serving            // to be sent
	coming    map[id.Log]*incoming // what it was asked for
}

// serving is the end of a log that a peer gets back.
type serving struct {
	log  id.Log
	next uint64
}

// incoming is what a peer has sent of a log.
type incoming struct {
	raws  [][]byte
	bytes int
}

// Open returns an Exchange. Close ends it.
func Open(store Store, log *slog.Logger) *Exchange {
	ctx, stop := context.WithCancel(context.Background())
	return &Exchange{store: store, log: log, ctx: ctx, stop: stop, wake: func(id.Device) {}, peers: map[id.Device]*peer{}}
}

// Close ends what the Exchange has started. It is called after the link was
// closed.
func (x *Exchange) Close() {
	x.stop()
	x.running.Wait()
}

// Look asks every peer, as when a fork has been found.
func (x *Exchange) Look() {
	x.mu.Lock()
	devices := slices.Collect(maps.Keys(x.peers))
	x.mu.Unlock()
	x.look(devices...)
}

// look has peers asked, as soon as the store says for what.
func (x *Exchange) look(devices ...id.Device) {
	x.running.Go(func() {
		forks := x.forks()
		if len(forks) == 0 {
			return
		}
		x.mu.Lock()
		for _, device := range devices {
			if p := x.peers[device]; p != nil {
				p.ask(forks)
			}
		}
		wake := x.wake
		x.mu.Unlock()
		for _, device := range devices {
			wake(device)
		}
	})
}

// forks returns what is to be asked for.
func (x *Exchange) forks() []Fork {
	forks, err := x.store.OwnForks(x.ctx)
	if err != nil && x.ctx.Err() == nil {
		x.log.Warn("what was written behind a fork is not asked for", "cause", err)
	}
	forks = forks[:min(len(forks), ForksMost)]
	for i := range forks {
		forks[i].Known = forks[i].Known[:min(len(forks[i].Known), KnownMost)]
	}
	return forks
}

// ask notes what the peer is to be asked for.
func (p *peer) ask(forks []Fork) {
	p.asks = slices.Clone(forks)
	for _, f := range forks {
		p.coming[f.Log] = &incoming{}
	}
}

// take gives the store what has come of a log.
func (x *Exchange) take(log id.Log, in *incoming) {
	if len(in.raws) == 0 {
		return
	}
	x.running.Go(func() {
		x.taking.Lock()
		defer x.taking.Unlock()
		if err := x.store.Return(x.ctx, log, in.raws); err != nil && x.ctx.Err() == nil {
			x.log.Warn("what was written behind a fork is not taken back", "log", log, "cause", err)
		}
	})
}
