package journal

import (
	"context"

	"cairn/core/id"
	"cairn/core/oplog"
)

// Replica is the journal as replication sees it: a replica.Store that can also
// take in what arrives. It is safe for concurrent use, and its calls never wait
// for the committer, but for those that store.
type Replica struct{ *Journal }

// Replica returns the journal as replication sees it.
func (j *Journal) Replica() Replica { return Replica{j} }

// Batches returns stored batches of log in sequence, starting with the one that
// holds operation from: as many as fit into so many bytes, but at least one if
// there is one. The bytes are the caller's.
func (r Replica) Batches(log id.Log, from uint64, bytes int) ([][]byte, error) {
	return r.Disk.BatchesWithin(log, from, bytes)
}

// Begin is ReceiveLater as a link calls it: wait returns what has become of the
// batches, once.
func (r Replica) Begin(ctx context.Context, raws [][]byte) (wait func() (stored int, err error)) {
	answer := r.ReceiveLater(ctx, raws)
	return func() (int, error) {
		a := <-answer
		return a.Stored, a.Err
	}
}

// HeadAt returns the head of log after its last batch that ends at or below
// next: zero if there is none.
func (j *Journal) HeadAt(log id.Log, next uint64) (oplog.Head, error) {
	h, err := j.Disk.HeadAt(log, next)
	return oplog.Head{Next: h.Next, Hash: h.Hash}, err
}

// Advanced returns a channel that has a value whenever Written may have grown
// since one was last taken from it. It is for one reader; the journal never
// waits for it.
func (j *Journal) Advanced() <-chan struct{} { return j.advanced }

// Written returns how much is durable of the logs that this device has written
// to since the journal was opened: what replicas are to hear of at once. What
// came from elsewhere, Receive and its kin have answered for.
func (j *Journal) Written() oplog.Vector {
	j.mu.RLock()
	defer j.mu.RUnlock()
	v := make(oplog.Vector, len(j.written))
	for log := range j.written {
		v[log] = j.heads[log]
	}
	return v
}

// wrote adds logs to those that this device has written to, and says so. The
// caller holds mu.
func (j *Journal) wrote(logs map[id.Log]bool) {
	if len(logs) == 0 {
		return
	}
	for log := range logs {
		j.written[log] = true
	}
	select {
	case j.advanced <- struct{}{}:
	default:
	}
}
