package relay

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
)

// parcel is batches of one log that are to be stored together.
type parcel struct {
	log     id.Log
	control bool
	raws    [][]byte
}

// take opens messages and stores what is in them. What is wrong with a message
// is noted and keeps no other log back; the error is about the store.
func (s *session) take(ctx context.Context, group []arrived) error {
	var parcels []parcel
	at := map[id.Log]int{}
	for _, m := range group {
		raws, ok := s.c.open(m)
		if !ok {
			continue
		}
		i, has := at[m.log]
		if !has {
			i = len(parcels)
			at[m.log] = i
			parcels = append(parcels, parcel{log: m.log, control: m.control})
		}
		parcels[i].raws = append(parcels[i].raws, raws...)
	}
	return s.c.keep(ctx, parcels)
}

// open returns the batches in a message.
func (c *Client) open(m arrived) ([][]byte, bool) {
	plain, err := c.Sealer.Open(m.control, m.data, bound(m.subject, m.head.first))
	if errors.Is(err, ErrKey) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.hold(m.log, heldKey, err)
		return nil, false
	}
	var raws [][]byte
	if err == nil {
		raws, err = unbundle(plain)
	}
	if err == nil {
		var h head
		if h, err = c.names.headOf(m.log, m.control, raws); err == nil && h != m.head {
			err = fmt.Errorf("it holds another part than it says: %w", errBundle)
		}
	}
	if err != nil {
		c.refuse(m.log, fmt.Errorf("message %d of %s: %w", m.seq, m.subject, err))
		return nil, false
	}
	return raws, true
}

// refuse notes a message that can't be what its author meant. What stands behind
// it in its log will not fit, until it is brought again.
func (c *Client) refuse(log id.Log, err error) {
	c.count()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hold(log, heldGap, err)
}

// keep stores parcels. When a store refuses them, it finds out which.
func (c *Client) keep(ctx context.Context, parcels []parcel) error {
	var raws [][]byte
	for _, p := range parcels {
		raws = append(raws, p.raws...)
	}
	if len(raws) == 0 {
		return nil
	}
	err := c.Store.Receive(ctx, raws)
	switch {
	case err == nil:
		return c.kept(parcels)
	case !aboutBatch(err):
		return fmt.Errorf("store what came from the relay: %w", storeError{err})
	case len(parcels) > 1:
		for _, p := range parcels {
			if err := c.keep(ctx, []parcel{p}); err != nil {
				return err
			}
		}
		return nil
	case len(raws) > 1:
		first, second := parcels[0], parcels[0]
		first.raws, second.raws = raws[:len(raws)/2], raws[len(raws)/2:]
		before := c.Store.Heads()[first.log]
		if err := c.keep(ctx, []parcel{first}); err != nil || c.Store.Heads()[first.log] == before && !c.known(first) {
			return err
		}
		return c.keep(ctx, []parcel{second})
	}
	c.judge(parcels[0].log, err)
	return nil
}

// known reports whether all of a parcel is here, or was before.
func (c *Client) known(p parcel) bool {
	last, err := oplog.ReadHeader(p.raws[len(p.raws)-1])
	return err == nil && last.End() <= c.Store.Heads()[p.log].Next
}

// kept notes that parcels are durable.
func (c *Client) kept(parcels []parcel) error {
	heads := c.Store.Heads()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heads = heads
	grown := false
	for _, parcel := range parcels {
		last, err := oplog.ReadHeader(parcel.raws[len(parcel.raws)-1])
		if p := c.logs[parcel.log]; p != nil && err == nil {
			p.held, p.barred, p.doubt = nil, false, false
			p.end = max(p.end, min(last.End(), p.claim))
		}
		grown = grown || parcel.control
	}
	if grown {
		c.grown()
	}
	c.contact = c.Now()
	c.tell()
	poke(c.wake)
	return nil
}

// grown lets what waited for the membership be tried again. The lock is held.
func (c *Client) grown() {
	for _, p := range c.logs {
		p.barred = false
		if p.held == nil {
			continue
		}
		switch p.held.kind {
		case heldDenied, heldKey, heldSeal:
			p.held.next = time.Time{}
		default:
		}
	}
}

// storeError is an error of the store, not of the relay.
type storeError struct{ error }

func (e storeError) Unwrap() error { return e.error }

// aboutBatch reports whether a store's error says that a batch is none to take.
func aboutBatch(err error) bool {
	for _, sentinel := range []error{oplog.ErrGap, oplog.ErrFork, oplog.ErrMalformed, oplog.ErrNewer, oplog.ErrSignature} {
		if errors.Is(err, sentinel) {
			return true
		}
	}
	return fault.KindOf(err) == fault.Denied
}

// judge notes why a store took no batch of a log.
func (c *Client) judge(log id.Log, err error) {
	kind := heldDenied
	switch {
	case errors.Is(err, oplog.ErrMalformed), errors.Is(err, oplog.ErrSignature):
		c.refuse(log, err)
		return
	case errors.Is(err, oplog.ErrGap):
		kind = heldGap
	case errors.Is(err, oplog.ErrFork):
		kind = heldFork
	case errors.Is(err, oplog.ErrNewer):
		kind = heldNewer
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hold(log, kind, err)
}
