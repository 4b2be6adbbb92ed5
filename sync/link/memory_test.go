package link_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/replica/replicatest"
)

// memory is a Store without a disk. It is safe for concurrent use.
type memory struct {
	replicatest.Shared
	verify bool          // what comes is checked
	sync   time.Duration // how long it takes to make something durable
	grown  func()        // called after Begin and add, if set

	// Mu guards what follows too.
	refuse error         // what Begin says to everything
	ahead  int           // calls of Begin under way
	most   int           // of ahead
	calls  int           // of Begin
	last   chan struct{} // closed when the last of them is over
}

func newMemory(ws id.Workspace, batches ...oplog.Batch) *memory {
	m := &memory{Shared: replicatest.Shared{Store: replicatest.NewStore(ws)}, verify: true}
	m.Open = opened
	for _, b := range batches {
		m.add(b)
	}
	return m
}

// add takes in a batch that needs no check.
func (m *memory) add(b oplog.Batch) {
	m.Mu.Lock()
	m.Add(b)
	m.Mu.Unlock()
	if m.grown != nil {
		m.grown()
	}
}

// Begin stores batches after those of earlier calls.
func (m *memory) Begin(ctx context.Context, raws [][]byte) func() (int, error) {
	m.Mu.Lock()
	before, after := m.last, make(chan struct{})
	m.last = after
	m.ahead++
	m.most = max(m.most, m.ahead)
	m.Mu.Unlock()
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
	m.Mu.Lock()
	m.ahead--
	m.Mu.Unlock()
	if stored > 0 && m.grown != nil {
		m.grown()
	}
	return stored, err
}

func (m *memory) store(raws [][]byte) (stored int, err error) {
	m.Mu.Lock()
	defer m.Mu.Unlock()
	m.calls++
	if m.refuse != nil {
		return 0, m.refuse
	}
	for i, raw := range raws {
		b, err := m.check(raw)
		switch {
		case errors.Is(err, oplog.ErrKnown):
		case err != nil:
			return i, err
		default:
			m.Add(b)
		}
	}
	return len(raws), nil
}

// check says what is wrong with a batch.
func (m *memory) check(raw []byte) (oplog.Batch, error) {
	if m.verify {
		return m.Check(raw)
	}
	b, err := m.Open(raw)
	if err != nil {
		return b, err
	}
	return b, oplog.Follows(b.Header, m.Head(b.Log))
}

func (m *memory) head(log id.Log) oplog.Head {
	m.Mu.Lock()
	defer m.Mu.Unlock()
	return m.Head(log)
}

func (m *memory) String() string { return fmt.Sprint(m.Heads()) }
