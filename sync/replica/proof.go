package replica

import (
	"crypto/ed25519"
	"errors"
	"fmt"

	"cairn/core/id"
	"cairn/core/oplog"
)

// ErrNoFork is returned for two batches that prove nothing.
var ErrNoFork = errors.New("these batches can be of one history")

// Proof is two batches, both signed by the device of Log, that can't be of one
// history of Log. At is where the earlier of them begins: one of the histories
// has it and the other has not, so they part there or before.
type Proof struct {
	Log        id.Log
	At         uint64
	One, Other []byte
}

// Prove returns what two sealed batches prove, whose log's device has the key.
// They contradict each other if they hold an operation of the same name and
// are not the same batch, or if one begins where the other ends and names
// another batch as the one before it. The error wraps ErrNoFork, or what is
// wrong with a batch.
func Prove(one, other []byte, key ed25519.PublicKey) (Proof, error) {
	a, err := oplog.ReadHeader(one)
	if err != nil {
		return Proof{}, fmt.Errorf("prove a fork: %w", err)
	}
	b, err := oplog.ReadHeader(other)
	if err != nil {
		return Proof{}, fmt.Errorf("prove a fork: %w", err)
	}
	if a.Log != b.Log || !contradict(a, hashOf(one), b, hashOf(other)) {
		return Proof{}, fmt.Errorf("%v/%d..%d and %v/%d..%d: %w", a.Log, a.First, a.End(), b.Log, b.First, b.End(), ErrNoFork)
	}
	for _, raw := range [][]byte{one, other} {
		if _, err := oplog.Verify(raw, key); err != nil {
			return Proof{}, fmt.Errorf("prove a fork of %v: %w", a.Log, err)
		}
	}
	return Proof{Log: a.Log, At: min(a.First, b.First), One: one, Other: other}, nil
}

func contradict(a oplog.Header, aHash oplog.Hash, b oplog.Header, bHash oplog.Hash) bool {
	switch {
	case a.End() == b.First:
		return b.Prev != aHash
	case b.End() == a.First:
		return a.Prev != bHash
	default:
		return a.First < b.End() && b.First < a.End() && aHash != bHash
	}
}
