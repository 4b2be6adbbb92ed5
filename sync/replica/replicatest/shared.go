package replicatest

import (
	"sync"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// Shared is a Store whose methods of a replica.Store are safe for concurrent use.
// Whoever calls the others, or looks inside, holds Mu.
type Shared struct {
	*Store
	Mu sync.Mutex
}

// Heads implements replica.Store.
func (s *Shared) Heads() oplog.Vector {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	return s.Store.Heads()
}

// Control implements replica.Store.
func (s *Shared) Control(log id.Log) bool {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	return s.Store.Control(log)
}

// Members implements replica.Store.
func (s *Shared) Members() *member.Table {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	return s.Store.Members()
}

// HeadAt implements replica.Store.
func (s *Shared) HeadAt(log id.Log, next uint64) (oplog.Head, error) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	return s.Store.HeadAt(log, next)
}

// Batches implements replica.Store.
func (s *Shared) Batches(log id.Log, from uint64, bytes int) ([][]byte, error) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	return s.Store.Batches(log, from, bytes)
}
