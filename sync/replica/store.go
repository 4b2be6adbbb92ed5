package replica

import (
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// Store is what a Node needs of the logs that are kept here. All of it is
// about what is durable. The calls come from within calls to the Node, so they
// must not call back.
type Store interface {
	// Heads returns how much of every log there is. The Node asks once, and is
	// told of changes from then on; the vector is its own.
	Heads() oplog.Vector
	// Control reports whether log, of which something is stored, is one of
	// membership.
	Control(log id.Log) bool
	// Members returns the membership, nil before the workspace's founding batch
	// is here. The Node asks again whenever a log of membership has grown.
	Members() *member.Table
	// HeadAt returns the head of log after its last batch that ends at or below
	// next: zero if there is none.
	HeadAt(log id.Log, next uint64) (oplog.Head, error)
	// Batches returns stored batches of log in sequence, starting with the one
	// that holds operation from: as many as fit into so many bytes, but at least
	// one if there is one. The Node does not change them, nor may the store.
	Batches(log id.Log, from uint64, bytes int) ([][]byte, error)
}

// Append is batches to be made durable, in order, before any later Append. The
// caller answers with Node.Appended. They have their place behind what is
// stored or in an earlier Append; their signatures have not been verified.
type Append struct {
	ID   uint64
	Peer id.Device // who sent them, which need not be their author
	Raw  [][]byte
}

// outstanding is an Append and what is to be known when it is answered.
type outstanding struct {
	Append
	from    *Session
	headers []taken
}

// taken is a batch on its way to the disk.
type taken struct {
	oplog.Header
	head  oplog.Head // of its log after it
	round uint32     // of the Want that it answers, 0 if none
	size  int
}
