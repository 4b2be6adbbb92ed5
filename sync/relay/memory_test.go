package relay_test

import (
	"context"
	"errors"

	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/replica/replicatest"
)

// memory is a relay.Store that takes what a real one takes. It is safe for
// concurrent use.
type memory struct {
	replicatest.Shared
	fails error // what Receive says to everything
	gate  *gate // that Receive goes through; nil for none
}

func newMemory(ws id.Workspace, acts ...oplog.Batch) *memory {
	m := &memory{Shared: replicatest.Shared{Store: replicatest.NewStore(ws)}}
	for _, b := range acts {
		m.Add(b)
	}
	return m
}

// Receive stores all of raws or nothing.
func (m *memory) Receive(ctx context.Context, raws [][]byte) error {
	m.Mu.Lock()
	g := m.gate
	m.Mu.Unlock()
	if err := g.pass(ctx); err != nil {
		return err
	}
	m.Mu.Lock()
	defer m.Mu.Unlock()
	if m.fails != nil {
		return m.fails
	}
	var added []oplog.Batch
	for _, raw := range raws {
		b, err := m.Check(raw)
		if errors.Is(err, oplog.ErrKnown) {
			continue
		}
		if err != nil {
			m.takeBack(added)
			return err
		}
		m.Add(b)
		added = append(added, b)
	}
	return nil
}

func (m *memory) takeBack(added []oplog.Batch) {
	control := false
	for _, b := range added {
		if m.Logs[b.Log] = m.Logs[b.Log][:len(m.Logs[b.Log])-1]; len(m.Logs[b.Log]) == 0 {
			delete(m.Logs, b.Log)
		}
		if b.Control() {
			control, m.Acts = true, m.Acts[:len(m.Acts)-1]
		}
	}
	if control {
		m.Table = m.Evaluate(m.Workspace, m.Acts)
	}
}

// gate holds up who goes through it until it is opened.
type gate struct{ reached, opened chan struct{} }

func newGate() *gate { return &gate{make(chan struct{}), make(chan struct{})} }

func (g *gate) pass(ctx context.Context) error {
	if g == nil {
		return nil
	}
	for {
		select {
		case g.reached <- struct{}{}: // told to whoever waits for it
		case <-g.opened:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// shut puts a gate before what a store receives.
func (m *memory) shut() *gate {
	m.Mu.Lock()
	defer m.Mu.Unlock()
	m.gate = newGate()
	return m.gate
}
