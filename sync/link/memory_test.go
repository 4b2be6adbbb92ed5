package link_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"sync"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// memory is a Store without a disk.
type memory struct {
	ws     id.Workspace
	verify bool          // signatures too
	sync   time.Duration // how long it takes to make something durable
	grown  func()        // called after Receive and add, if set

	mu      sync.Mutex
	logs    map[id.Log][]oplog.Batch
	acts    []oplog.Batch
	members *member.Table
	refuse  error // what Receive says to everything
	calls   int   // of Receive
	alone   int   // of them with a single batch
}

func newMemory(ws id.Workspace, batches ...oplog.Batch) *memory {
	m := &memory{ws: ws, verify: true, logs: map[id.Log][]oplog.Batch{}}
	for _, b := range batches {
		m.add(b)
	}
	return m
}

// add takes in a batch that needs no check.
func (m *memory) add(b oplog.Batch) {
	m.mu.Lock()
	m.addLocked(b)
	m.mu.Unlock()
	if m.grown != nil {
		m.grown()
	}
}

func (m *memory) addLocked(b oplog.Batch) {
	m.logs[b.Log] = append(m.logs[b.Log], b)
	if b.Control() {
		m.acts = append(m.acts, b)
		m.members, _, _ = member.Evaluate(m.ws, m.acts)
	}
}

func (m *memory) Receive(ctx context.Context, raws [][]byte) error {
	if m.sync > 0 {
		select {
		case <-time.After(m.sync):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := m.receive(raws)
	if err == nil && m.grown != nil {
		m.grown()
	}
	return err
}

func (m *memory) receive(raws [][]byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls++
	if len(raws) == 1 {
		m.alone++
	}
	if m.refuse != nil {
		return m.refuse
	}
	heads := map[id.Log]oplog.Head{}
	var fresh []oplog.Batch
	for _, raw := range raws {
		b, err := opened(raw)
		if err != nil {
			return err
		}
		head, ok := heads[b.Log]
		if !ok {
			head = m.headLocked(b.Log)
		}
		switch err := m.check(b, head, fresh); {
		case errors.Is(err, oplog.ErrKnown):
			continue
		case err != nil:
			return err
		}
		heads[b.Log] = b.Head(b.Hash)
		fresh = append(fresh, b)
	}
	for _, b := range fresh {
		m.addLocked(b)
	}
	return nil
}

// check says what is wrong with a batch that comes behind head and others.
func (m *memory) check(b oplog.Batch, head oplog.Head, before []oplog.Batch) error {
	if err := oplog.Follows(b.Header, head); err != nil || !m.verify {
		return err
	}
	table := m.members
	for _, act := range append(slices.Clip(before), b) {
		if act.Control() {
			all := append(slices.Clip(m.acts), before...)
			table, _, _ = member.Evaluate(m.ws, append(all, b))
			break
		}
	}
	if table == nil {
		return fault.New(fault.Denied, "No workspace yet.", "")
	}
	key, known := table.Key(b.Log.Device)
	if !known {
		return fault.New(fault.Denied, "Not a member.", "")
	}
	if _, err := oplog.Verify(b.Raw, key); err != nil {
		return err
	}
	if b.Control() {
		return nil
	}
	return table.MayWrite(b.Header)
}

func (m *memory) Heads() oplog.Vector {
	m.mu.Lock()
	defer m.mu.Unlock()
	v := oplog.Vector{}
	for log := range m.logs {
		v[log] = m.headLocked(log)
	}
	return v
}

func (m *memory) head(log id.Log) oplog.Head {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.headLocked(log)
}

func (m *memory) headLocked(log id.Log) oplog.Head {
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

func (m *memory) String() string { return fmt.Sprint(m.Heads()) }
