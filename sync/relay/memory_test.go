package relay_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"sync"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// memory is a relay.Store that takes what a real one takes.
type memory struct {
	ws      id.Workspace
	mu      sync.Mutex
	logs    map[id.Log][]oplog.Batch
	acts    []oplog.Batch
	members *member.Table
	fails   error // what Receive says to everything
	gate    *gate // that Receive goes through; nil for none
}

func newMemory(ws id.Workspace, acts ...oplog.Batch) *memory {
	m := &memory{ws: ws, logs: map[id.Log][]oplog.Batch{}}
	for _, b := range acts {
		m.add(b)
	}
	return m
}

func (m *memory) Heads() oplog.Vector {
	m.mu.Lock()
	defer m.mu.Unlock()
	v := oplog.Vector{}
	for log := range m.logs {
		v[log] = m.head(log)
	}
	return v
}

func (m *memory) head(log id.Log) oplog.Head {
	batches := m.logs[log]
	if len(batches) == 0 {
		return oplog.Head{}
	}
	last := batches[len(batches)-1]
	return last.Head(last.Hash)
}

func (m *memory) Control(log id.Log) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.logs[log]) > 0 && m.logs[log][0].Control()
}

func (m *memory) Members() *member.Table {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.members
}

func (m *memory) HeadAt(log id.Log, next uint64) (oplog.Head, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	batches := m.logs[log]
	i := sort.Search(len(batches), func(i int) bool { return batches[i].End() > next })
	if i == 0 {
		return oplog.Head{}, nil
	}
	return batches[i-1].Head(batches[i-1].Hash), nil
}

func (m *memory) Batches(log id.Log, from uint64, bytes int) (out [][]byte, _ error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	batches := m.logs[log]
	for _, b := range batches[sort.Search(len(batches), func(i int) bool { return batches[i].End() > from }):] {
		if bytes -= len(b.Raw); bytes < 0 && len(out) > 0 {
			break
		}
		out = append(out, b.Raw)
	}
	return out, nil
}

// Receive stores all of raws or nothing.
func (m *memory) Receive(ctx context.Context, raws [][]byte) error {
	m.mu.Lock()
	g := m.gate
	m.mu.Unlock()
	if err := g.pass(ctx); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fails != nil {
		return m.fails
	}
	var added []oplog.Batch
	for _, raw := range raws {
		b, err := m.check(raw)
		if errors.Is(err, oplog.ErrKnown) {
			continue
		}
		if err != nil {
			m.takeBack(added)
			return err
		}
		m.add(b)
		added = append(added, b)
	}
	return nil
}

func (m *memory) takeBack(added []oplog.Batch) {
	control := false
	for _, b := range added {
		if m.logs[b.Log] = m.logs[b.Log][:len(m.logs[b.Log])-1]; len(m.logs[b.Log]) == 0 {
			delete(m.logs, b.Log)
		}
		if b.Control() {
			control, m.acts = true, m.acts[:len(m.acts)-1]
		}
	}
	if control {
		m.members = evaluate(m.ws, m.acts)
	}
}

func (m *memory) add(b oplog.Batch) {
	m.logs[b.Log] = append(m.logs[b.Log], b)
	if b.Control() {
		m.acts = append(m.acts, b)
		m.members = evaluate(m.ws, m.acts)
	}
}

// check says what a journal says of a batch: oplog.ErrKnown for one that is
// here, and otherwise why it is none of the workspace, the next of its log and
// its author's.
func (m *memory) check(raw []byte) (oplog.Batch, error) {
	b, err := oplog.Open(raw)
	if err != nil {
		return b, err
	}
	if id.Workspace(b.Hash) != m.ws && b.Workspace != m.ws.Prefix() {
		return b, fmt.Errorf("another workspace: %w", oplog.ErrMalformed)
	}
	place := oplog.Follows(b.Header, m.head(b.Log))
	if errors.Is(place, oplog.ErrKnown) {
		batches := m.logs[b.Log]
		i := sort.Search(len(batches), func(i int) bool { return batches[i].End() > b.First })
		if batches[i].Hash == b.Hash {
			return b, oplog.ErrKnown
		}
		place = oplog.ErrFork
	}
	if errors.Is(place, oplog.ErrGap) {
		return b, place
	}
	table := m.members
	if b.Control() {
		table = evaluate(m.ws, append(slices.Clip(m.acts), b))
	}
	if table == nil {
		return b, fault.New(fault.Denied, "Not a member.", "")
	}
	key, known := table.Key(b.Log.Device)
	if !known {
		return b, fault.New(fault.Denied, "Not a member.", "")
	}
	if !b.Control() {
		if err := table.MayWrite(b.Header); err != nil {
			return b, err
		}
	}
	if _, err := oplog.Verify(raw, key); err != nil {
		return b, err
	}
	return b, place
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
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gate = newGate()
	return m.gate
}
