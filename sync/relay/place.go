package relay

import (
	"time"

	"cairn/core/id"
	"cairn/core/oplog"
)

// place is what is known of a log at the relay. The lock of the Client guards
// it.
type place struct {
	control bool
	last    uint64 // sequence of the subject's last message in the stream, 0 for none
	claim   uint64 // how far that message says the log goes
	top     head   // what it says, when claim is beyond end
	end     uint64 // how much of the history that is here the relay holds
	held    *held  // why it does not go on
	// doubt says that the last message is of no history that is here, and is
	// about to be looked into.
	doubt bool
	// barred says that what follows end does not count for the others, until
	// the membership grows.
	barred    bool
	trying    bool      // it is being fetched, although it is held
	retracted time.Time // when the others were last told that a part can't be read
	// noticed is when it was seen that the relay lacks a part; zero when it
	// does not.
	noticed time.Time
}

func (p *place) forked() bool { return p.held != nil && p.held.kind == heldFork }

// heldKind is why a log is held.
type heldKind uint8

const (
	heldGap    heldKind = iota // a part before is missing at the relay
	heldDenied                 // its author is not known, or may not
	heldFork                   // two histories
	heldNewer                  // for a later version
	heldKey                    // sealed with a key that is not here
	heldSeal                   // there is no key to seal it with
	heldRead                   // the store can't read it
)

// held is a log that does not go on.
type held struct {
	kind  heldKind
	fault error
	tries int       // how often it was tried again
	next  time.Time // when it is tried again
}

// How long a held log rests: first, doubling, at most.
const (
	heldFirst = 2 * time.Second
	heldMost  = 10 * time.Minute
)

// hold notes why log does not go on. The lock is held.
func (c *Client) hold(log id.Log, kind heldKind, err error) {
	p := c.logs[log]
	if p == nil {
		return
	}
	p.doubt = false
	h := &held{kind: kind, fault: noteOf(kind, err, log.Device == c.Device.Short())}
	now := c.Now()
	if p.held != nil && p.held.kind == kind {
		h.tries = p.held.tries
		if !now.Before(p.held.next) {
			h.tries++
		}
	}
	h.next = now.Add(min(heldFirst<<min(h.tries, 10), heldMost))
	p.held = h
	c.Log.Warn("a log is held", "log", log.String(), "reason", kind.String(), "err", err)
	c.tell()
}

func (k heldKind) String() string {
	return [...]string{"gap", "denied", "fork", "newer", "key", "seal", "read"}[k]
}

// refresh asks the store anew what is here. The caller holds no lock.
func (c *Client) refresh() {
	heads := c.Store.Heads()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heads = heads
	c.tell()
}

// logsOfDevice is how many logs of one device are looked at, as in
// sync/replica; logsMost how many there may be at all, as in a vector.
const (
	logsOfDevice = 512
	logsMost     = oplog.MaxLogs
)

// placeOf returns what is known of a log at the relay, and begins it; nil for
// one too many. The lock is held.
func (c *Client) placeOf(log id.Log, control bool) *place {
	if p := c.logs[log]; p != nil {
		return p
	}
	same := 0
	for other := range c.logs {
		if other.Device == log.Device {
			same++
		}
	}
	if _, ours := c.heads[log]; !ours && (same >= logsOfDevice || len(c.logs) >= logsMost) {
		return nil
	}
	p := &place{control: control}
	c.logs[log] = p
	return p
}

// standing is how a head that the relay shows stands to what is here.
type standing uint8

const (
	within standing = iota // part of what is here
	beyond                 // more than what is here
	apart                  // not of the history that is here
)

// compare finds how h stands to the batches of log that are here.
func (c *Client) compare(log id.Log, h head, ours oplog.Head) (standing, error) {
	if h.end() > ours.Next {
		return beyond, nil
	}
	at := ours
	if h.end() != ours.Next {
		var err error
		if at, err = c.Store.HeadAt(log, h.end()); err != nil {
			return apart, err
		}
	}
	if at.Next != h.end() || c.names.mark(at.Hash) != h.mark {
		return apart, nil
	}
	return within, nil
}
