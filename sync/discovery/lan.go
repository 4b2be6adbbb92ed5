package discovery

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
)

const (
	// look is how often the interfaces are looked at, and what has expired is
	// forgotten.
	look = 5 * time.Second
	// againAfter is how long it takes until announcing and browsing are tried
	// again after one of them ended.
	againAfter = 15 * time.Second
)

// Config is what a LAN stands on.
type Config struct {
	Network    Network
	Workspaces []id.Workspace // at most WorkspacesMost
	Port       uint16         // where this device listens; 0 if it doesn't: it is not announced then
	Now        func() time.Time
	Rand       io.Reader    // names for each start; nobody must be able to guess them
	Log        *slog.Logger // what keeps discovery from working
}

// LAN announces this device on the local network and keeps who else is there.
// It is safe for concurrent use. Nothing that happens on a network makes it
// fail: where it can't work it says why, and goes on trying.
type LAN struct {
	Config
	stop context.CancelFunc
	done sync.WaitGroup

	mu       sync.Mutex // guards what follows
	instance string     // what this device is called now
	near     table
	off      error
	changed  chan struct{}
}

// Open starts to announce and to browse. Close ends it.
func Open(c Config) *LAN {
	c.Workspaces = slices.Clone(c.Workspaces[:min(len(c.Workspaces), WorkspacesMost)])
	ctx, stop := context.WithCancel(context.Background())
	l := &LAN{Config: c, stop: stop, near: table{}, changed: make(chan struct{})}
	l.done.Go(func() { l.run(ctx) })
	return l
}

// Close takes the announcement back and returns when that is done.
func (l *LAN) Close() {
	l.stop()
	l.done.Wait()
}

// Nearby returns who announces workspaces of ours, first those who came first.
func (l *LAN) Nearby() []Host {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.near.hosts()
}

// Off returns why discovery does not work now, a fault Unavailable, or nil when
// it does.
func (l *LAN) Off() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.off
}

// Changed returns a channel that is closed when Nearby or Off answers otherwise
// than when Changed was called.
func (l *LAN) Changed() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.changed
}

func (l *LAN) tellLocked() {
	close(l.changed)
	l.changed = make(chan struct{})
}

// round is one time that this device announces and browses, over the interfaces
// and on the day that are part of it.
type round struct {
	interfaces map[string]string
	day        uint32
	cancel     context.CancelFunc
	done       sync.WaitGroup
	failed     chan error // the first failure
}

// failure returns where the round says that it can't go on.
func (r *round) failure() <-chan error {
	if r == nil {
		return nil
	}
	return r.failed
}

func (r *round) end() {
	r.cancel()
	r.done.Wait()
}

func (l *LAN) run(ctx context.Context) {
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	var r *round
	var retry time.Time
	for {
		r = l.renew(ctx, r, &retry)
		select {
		case <-ctx.Done():
			if r != nil {
				r.end()
			}
			return
		case <-ticker.C:
		case err := <-r.failure():
			r.end()
			r = nil
			retry = l.Now().Add(againAfter)
			l.setOff(fault.Wrap(err, fault.Unavailable, whyRefused, hintAddress))
		}
	}
}

// renew ends the round when what it stands on has changed, and begins one when
// there is none and one can be.
func (l *LAN) renew(ctx context.Context, r *round, retry *time.Time) *round {
	now := l.Now()
	l.expire(now)
	interfaces, err := l.Network.Interfaces()
	if r != nil && err == nil && r.day == dayOf(now) && maps.Equal(r.interfaces, interfaces) {
		return r
	}
	if r != nil {
		r.end()
		*retry = time.Time{}
	}
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		l.setOff(fault.Wrap(err, fault.Unavailable, whyRefused, hintAddress))
		return nil
	case len(interfaces) == 0:
		l.setOff(fault.New(fault.Unavailable, whyNoNetwork, hintAddress))
		return nil
	case now.Before(*retry):
		return nil
	}
	if r, err = l.begin(ctx, interfaces, now); err != nil {
		l.setOff(fault.Wrap(err, fault.Unavailable, whyRefused, hintAddress))
		return nil
	}
	return r
}

// Why discovery does not work, and what helps.
const (
	whyNoNetwork = "LAN discovery is off because this computer has no network on which others could be found."
	whyRefused   = "LAN discovery is off because this computer does not let Cairn send to everybody on the network."
	hintAddress  = "Everything else works. To connect to a teammate now, use their address or an invite link."
)

func (l *LAN) begin(ctx context.Context, interfaces map[string]string, now time.Time) (*round, error) {
	instance, err := newInstance(l.Rand)
	if err != nil {
		return nil, fmt.Errorf("draw a name for the local network: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	r := &round{interfaces: interfaces, day: dayOf(now), cancel: cancel, failed: make(chan error, 2)}
	l.mu.Lock()
	l.instance = instance
	if l.near.only(interfaces) {
		l.tellLocked()
	}
	l.mu.Unlock()
	part := func(work func() error) {
		r.done.Go(func() {
			if err := work(); ctx.Err() == nil {
				r.failed <- errors.Join(err, errEnded)
			}
		})
	}
	if l.Port != 0 && len(l.Workspaces) > 0 {
		s := Service{Instance: instance, Port: l.Port, Text: textOf(l.Workspaces, instance, r.day)}
		part(func() error { return l.Network.Announce(ctx, s) })
	}
	part(func() error { return l.Network.Browse(ctx, l.hear) })
	l.setOff(nil)
	return r, nil
}

var errEnded = errors.New("it ended by itself")

func (l *LAN) hear(h Heard) {
	now := l.Now()
	var ours []id.Workspace
	if h.Life > 0 {
		ours = recognise(l.Workspaces, h.Instance, h.Text, dayOf(now))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if h.Instance != l.instance && l.near.take(h, ours, now) {
		l.tellLocked()
	}
}

func (l *LAN) expire(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.near.expire(now) {
		l.tellLocked()
	}
}

func (l *LAN) setOff(err error) {
	l.mu.Lock()
	before := l.off
	l.off = err
	if same := fault.Message(before) == fault.Message(err); (before == nil) != (err == nil) || err != nil && !same {
		l.tellLocked()
		if err != nil {
			l.Log.Info("local discovery is off", "err", err)
		}
	}
	l.mu.Unlock()
}
