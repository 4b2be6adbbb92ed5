package replica_test

import (
	"errors"
	"fmt"
	"slices"
	"sort"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// memory is a store of what is durable, as a replica.Store.
type memory struct {
	ws      id.Workspace
	opened  *opened
	logs    map[id.Log][]oplog.Batch
	acts    []oplog.Batch
	members *member.Table
}

func newMemory(ws id.Workspace, o *opened) *memory {
	return &memory{ws: ws, opened: o, logs: map[id.Log][]oplog.Batch{}}
}

func (m *memory) Heads() oplog.Vector {
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

func (m *memory) Control(log id.Log) bool { return len(m.logs[log]) > 0 && m.logs[log][0].Control() }

func (m *memory) Members() *member.Table { return m.members }

func (m *memory) HeadAt(log id.Log, next uint64) (oplog.Head, error) {
	batches := m.logs[log]
	i := sort.Search(len(batches), func(i int) bool { return batches[i].End() > next })
	if i == 0 {
		return oplog.Head{}, nil
	}
	return batches[i-1].Head(batches[i-1].Hash), nil
}

func (m *memory) Batches(log id.Log, from uint64, bytes int) (out [][]byte, _ error) {
	batches := m.logs[log]
	for _, b := range batches[sort.Search(len(batches), func(i int) bool { return batches[i].End() > from }):] {
		if bytes -= len(b.Raw); bytes < 0 && len(out) > 0 {
			break
		}
		out = append(out, b.Raw)
	}
	return out, nil
}

// add takes in a batch that has been checked and is durable.
func (m *memory) add(b oplog.Batch) {
	m.logs[b.Log] = append(m.logs[b.Log], b)
	if b.Control() {
		m.acts = append(m.acts, b)
		m.members = evaluate(m.ws, m.acts)
	}
}

// check says what a real store says of a batch: oplog.ErrKnown for one that is
// here, and otherwise why it is none of the workspace, the next of its log and
// its author's.
func (m *memory) check(raw []byte) (oplog.Batch, error) {
	b, err := m.opened.open(raw)
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
	if len(m.logs[b.Log]) > 0 && m.Control(b.Log) != b.Control() {
		place = oplog.ErrFork
	}
	table := m.members
	if b.Control() {
		table = evaluate(m.ws, append(slices.Clip(m.acts), b))
	}
	if table == nil {
		return b, denied()
	}
	key, known := table.Key(b.Log.Device)
	if !known {
		return b, denied()
	}
	if !b.Control() {
		if err := table.MayWrite(b.Header); err != nil {
			return b, err
		}
	}
	if err := m.opened.verify(raw, key); err != nil {
		return b, err
	}
	return b, place
}

func denied() error { return fault.New(fault.Denied, "Not a member.", "") }
