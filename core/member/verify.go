package member

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"slices"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
)

// file rejects what is no control batch of the workspace, and returns the rest
// by the device it claims to be from.
func (e *evaluation) file(batches []oplog.Batch) map[id.ShortDevice][]oplog.Batch {
	claimed := map[id.ShortDevice][]oplog.Batch{}
	for _, b := range batches {
		switch {
		case !b.Control():
			e.reject(b, fault.New(fault.Denied, "This change is not one of the membership.", ""))
		case b.Workspace != e.table.workspace.Prefix():
			e.reject(b, otherWorkspace())
		default:
			claimed[b.Log.Device] = append(claimed[b.Log.Device], b)
		}
	}
	return claimed
}

// verify sorts claimed batches into logs, starting from the key that founded
// the workspace: what a known key signed may name further keys.
//
// A key is known as soon as somebody known names it, whether that act stands
// or is void. A device's abbreviation follows from its key, so nobody can name
// a wrong one; and the batches of a device whose admission turns out void must
// still be judged (void), because others may have named them as causes.
func (e *evaluation) verify(founding oplog.Batch, claimed map[id.ShortDevice][]oplog.Batch) {
	queue := append([]ed25519.PublicKey{e.table.devices[founding.Log.Device].Key}, keysIn(founding)...)
	for len(queue) > 0 {
		key := queue[0]
		queue = queue[1:]
		by := id.DeviceOf(key)
		short := by.Short()
		if slices.ContainsFunc(e.table.keys[short], func(k ed25519.PublicKey) bool { return k.Equal(key) }) {
			continue
		}
		e.table.keys[short] = append(e.table.keys[short], key)
		claimed[short] = slices.DeleteFunc(claimed[short], func(b oplog.Batch) bool {
			if checkSignature(b, key) != nil {
				return false
			}
			e.history(b.Log).add(signed{b, by})
			queue = append(queue, keysIn(b)...)
			return true
		})
	}
	for _, keys := range e.table.keys {
		slices.SortFunc(keys, func(a, b ed25519.PublicKey) int { return bytes.Compare(a, b) })
	}
	for short, batches := range claimed {
		for _, b := range batches {
			if keys := e.table.keys[short]; len(keys) > 0 {
				e.reject(b, checkSignature(b, keys[0]))
			} else {
				e.waiting = append(e.waiting, b)
			}
		}
	}
}

// keysIn returns the keys that b names.
func keysIn(b oplog.Batch) (keys []ed25519.PublicKey) {
	for _, op := range b.Ops {
		if op.Kind != KindAddDevice && op.Kind != KindAdmit {
			continue
		}
		a, err := Decode(op)
		if err != nil {
			continue
		}
		switch a := a.(type) {
		case AddDevice:
			keys = append(keys, a.Key)
		case Admit:
			keys = append(keys, a.Device)
		}
	}
	return keys
}

// checkSignature returns nil if key signed b, and b is what its bytes say.
func checkSignature(b oplog.Batch, key ed25519.PublicKey) error {
	hash, err := oplog.Verify(b.Raw, key)
	if err != nil {
		return fmt.Errorf("batch %v/%d: %w", b.Log, b.First, err)
	}
	if hash != b.Hash {
		return fmt.Errorf("batch %v/%d is %v, not %v: %w", b.Log, b.First, hash, b.Hash, oplog.ErrMalformed)
	}
	return nil
}
