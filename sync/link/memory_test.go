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
	grown  func()        // called after Begin and add, if set

	mu      sync.Mutex
	logs    map[id.Log][]oplog.Batch
	acts    []oplog.Batch
	members *member.Table
	refuse  error         // what Begin says to everything
	ahead   int           // calls of Begin under way
	most    int           // of ahead
	calls   int           // of Begin
	last    chan struct{} // closed when the last of them is over
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

// Begin stores batches after those of earlier calls.
func (m *memory) Begin(ctx context.Context, raws [][]byte) func() (int, error) {
	m.mu.Lock()
	before, after := m.last, make(chan struct{})
	m.last = after
	m.ahead++
	m.most = max(m.most, m.ahead)
	m.mu.Unlock()
	var stored int
	var err error
	go func() {
		defer close(after)
		if before != nil {
			<-before
		}
		stored, err = m.receive(ctx, raws)
	}()
	return func() (int, error) {
		<-after
		return stored, err
	}
}

func (m *memory) receive(ctx context.Context, raws [][]byte) (stored int, err error) {
	if m.sync > 0 {
		select {
		case <-time.After(m.sync):
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	stored, err = m.store(raws)
	m.mu.Lock()
	m.ahead--
	m.mu.Unlock()
	if stored > 0 && m.grown != nil {
		m.grown()
	}
	return stored, err
}

func (m *memory) store(raws [][]byte) (stored int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls++
	if m.refuse != nil {
		return 0, m.refuse
	}
	for i, raw := range raws {
		b, err := opened(raw)
		if err == nil {
			err = m.check(b, m.headLocked(b.Log))
		}
		switch {
		case errors.Is(err, oplog.ErrKnown):
		case err != nil:
			return i, err
		default:
			m.addLocked(b)
		}
	}
	return len(raws), nil
}

// check says what is wrong with a batch that comes behind head.
func (m *memory) check(b oplog.Batch, head oplog.Head) error {
	if err := oplog.Follows(b.Header, head); err != nil || !m.verify {
		return err
	}
	table := m.members
	if b.Control() {
		table, _, _ = member.Evaluate(m.ws, append(slices.Clip(m.acts), b))
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
