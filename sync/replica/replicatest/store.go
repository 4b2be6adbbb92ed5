package replicatest

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"
	"sort"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// Store holds batches in memory, as a replica.Store. It is not safe for
// concurrent use.
type Store struct {
	Workspace id.Workspace
	Logs      map[id.Log][]oplog.Batch
	Acts      []oplog.Batch // of membership, in the order in which they came
	Table     *member.Table // that they make

	// How batches are taken apart and judged. Simulations that meet the same ones
	// over and over remember.
	Open     func(raw []byte) (oplog.Batch, error)
	Verify   func(raw []byte, key ed25519.PublicKey) error
	Evaluate func(ws id.Workspace, acts []oplog.Batch) *member.Table
}

// NewStore returns an empty store of a workspace.
func NewStore(ws id.Workspace) *Store {
	return &Store{
		Workspace: ws, Logs: map[id.Log][]oplog.Batch{}, Open: oplog.Open, Evaluate: Evaluate,
		Verify: func(raw []byte, key ed25519.PublicKey) error {
			_, err := oplog.Verify(raw, key)
			return err
		},
	}
}

// Heads implements replica.Store.
func (s *Store) Heads() oplog.Vector {
	v := oplog.Vector{}
	for log := range s.Logs {
		v[log] = s.Head(log)
	}
	return v
}

// Head returns where a log ends.
func (s *Store) Head(log id.Log) oplog.Head {
	batches := s.Logs[log]
	if len(batches) == 0 {
		return oplog.Head{}
	}
	last := batches[len(batches)-1]
	return last.Head(last.Hash)
}

// Control implements replica.Store.
func (s *Store) Control(log id.Log) bool { return len(s.Logs[log]) > 0 && s.Logs[log][0].Control() }

// Members implements replica.Store.
func (s *Store) Members() *member.Table { return s.Table }

// HeadAt implements replica.Store.
func (s *Store) HeadAt(log id.Log, next uint64) (oplog.Head, error) {
	batches := s.Logs[log]
	i := s.endsAfter(log, next)
	if i == 0 {
		return oplog.Head{}, nil
	}
	return batches[i-1].Head(batches[i-1].Hash), nil
}

// Batches implements replica.Store.
func (s *Store) Batches(log id.Log, from uint64, bytes int) (out [][]byte, _ error) {
	for _, b := range s.Logs[log][s.endsAfter(log, from):] {
		if bytes -= len(b.Raw); bytes < 0 && len(out) > 0 {
			break
		}
		out = append(out, b.Raw)
	}
	return out, nil
}

// endsAfter returns the index of the first batch of a log that ends after next.
func (s *Store) endsAfter(log id.Log, next uint64) int {
	batches := s.Logs[log]
	return sort.Search(len(batches), func(i int) bool { return batches[i].End() > next })
}

// Add takes in a batch that needs no check.
func (s *Store) Add(b oplog.Batch) {
	s.Logs[b.Log] = append(s.Logs[b.Log], b)
	if b.Control() {
		s.Acts = append(s.Acts, b)
		s.Table = s.Evaluate(s.Workspace, s.Acts)
	}
}

// Check takes a batch apart and says what a journal says of it: oplog.ErrKnown
// for one that is here, and otherwise why it is none of the workspace, the next
// of its log and its author's.
func (s *Store) Check(raw []byte) (oplog.Batch, error) {
	b, err := s.Open(raw)
	if err != nil {
		return b, err
	}
	if id.Workspace(b.Hash) != s.Workspace && b.Workspace != s.Workspace.Prefix() {
		return b, fmt.Errorf("another workspace: %w", oplog.ErrMalformed)
	}
	place := oplog.Follows(b.Header, s.Head(b.Log))
	if errors.Is(place, oplog.ErrKnown) {
		if s.Logs[b.Log][s.endsAfter(b.Log, b.First)].Hash == b.Hash {
			return b, oplog.ErrKnown
		}
		place = oplog.ErrFork
	}
	if errors.Is(place, oplog.ErrGap) {
		return b, place
	}
	if len(s.Logs[b.Log]) > 0 && s.Control(b.Log) != b.Control() {
		place = oplog.ErrFork
	}
	if err := s.mayWrite(b); err != nil {
		return b, err
	}
	return b, place
}

// mayWrite says why a batch is not its author's, or none that they may write.
func (s *Store) mayWrite(b oplog.Batch) error {
	table := s.Table
	if b.Control() {
		table = s.Evaluate(s.Workspace, append(slices.Clip(s.Acts), b))
	}
	if table == nil {
		return member.Stranger()
	}
	key, known := table.Key(b.Log.Device)
	if !known {
		return member.Stranger()
	}
	if !b.Control() {
		if err := table.MayWrite(b.Header); err != nil {
			return err
		}
	}
	return s.Verify(b.Raw, key)
}
