package replica_test

import (
	"cairn/core/id"
	"cairn/sync/replica/replicatest"
)

// memory is a store of what is durable.
type memory = replicatest.Store

// newMemory returns an empty store that remembers, with o, what it has judged.
func newMemory(ws id.Workspace, o *opened) *memory {
	m := replicatest.NewStore(ws)
	m.Open, m.Verify, m.Evaluate = o.open, o.verify, evaluate
	return m
}
