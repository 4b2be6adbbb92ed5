package member

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
)

// Rejected is an act that is void, or a batch of which everything is: then Op
// is its first.
type Rejected struct {
	Op    id.Op
	Batch oplog.Hash
	Err   error
}

// Evaluate returns the membership that control batches make, and what of them
// is void. The batches are as oplog.Open returned them, in any order, any of
// them more than once; their signatures need not have been verified. Order and
// repetition make no difference to the result.
//
// The error wraps ErrFounding if the batch called ws is not there or founds
// nothing. It wraps oplog.ErrNewer if an administrator did something that this
// version does not know; the table then says what held before that, and is not
// to be relied on for what came after.
func Evaluate(ws id.Workspace, batches []oplog.Batch) (*Table, []Rejected, error) {
	founding, rest, err := findFounding(ws, batches)
	if err != nil {
		return nil, nil, err
	}
	e := evaluation{logs: map[id.Log]*history{}}
	if e.table, err = founded(ws, founding); err != nil {
		return nil, nil, err
	}
	e.verify(founding, e.file(rest))
	err = e.run(founding)
	e.leftover()
	slices.SortFunc(e.rejected, func(a, b Rejected) int {
		return cmp.Or(a.Op.Compare(b.Op), bytes.Compare(a.Batch[:], b.Batch[:]))
	})
	return e.table, e.rejected, err
}

type evaluation struct {
	table    *Table
	logs     map[id.Log]*history // of verified batches
	removals []removal
	waiting  []oplog.Batch
	rejected []Rejected
}

// signed is a batch whose signature is verified.
type signed struct {
	oplog.Batch
	by id.Device
}

// reject notes that all of b is void.
func (e *evaluation) reject(b oplog.Batch, err error) {
	e.rejected = append(e.rejected, Rejected{Op: id.Op{Log: b.Log, Seq: b.First}, Batch: b.Hash, Err: err})
}

// run judges batch after batch until none is left that can be.
func (e *evaluation) run(founding oplog.Batch) error {
	first := e.history(founding.Log)
	first.head = founding.Head(founding.Hash)
	for _, h := range e.logs {
		h.settle()
	}
	e.findRemovals()
	err := e.judge(signed{founding, id.DeviceOf(e.table.devices[founding.Log.Device].Key)}, 1)
	for err == nil {
		h := e.next()
		if h == nil {
			return nil
		}
		err = e.judge(h.take(), 0)
	}
	return err
}

// unmet reports whether a cause is still to be judged. What was written in a
// log after it forked is never judged; others must not wait for it for ever.
func (e *evaluation) unmet(deps []oplog.Dep) bool {
	return slices.ContainsFunc(deps, func(d oplog.Dep) bool {
		h := e.logs[d.Log]
		return h == nil || h.head.Next < d.Next && !h.forked
	})
}

// judge applies the acts of b from the skip-th on, but for those its author
// may not do.
func (e *evaluation) judge(b signed, skip int) error {
	effect := skip > 0
	defer func() { e.table.advance(b.Batch, effect) }()
	for _, op := range b.Ops[skip:] {
		a, err := e.read(b, op)
		if errors.Is(err, oplog.ErrNewer) {
			return err
		}
		if err == nil && a != nil {
			if err = e.table.Check(b.Log.Device, a); err != nil {
				e.table.applyVoid(b.Log.Device, a)
			}
		}
		if err != nil {
			e.rejected = append(e.rejected, Rejected{Op: op.ID, Batch: b.Hash, Err: err})
			continue
		}
		if a != nil {
			e.table.now = op.Stamp
			e.table.apply(b.Log.Device, a)
			effect = true
		}
	}
	return nil
}

// read returns the act that op is, nil for one that this version may ignore.
func (e *evaluation) read(b signed, op oplog.Op) (Act, error) {
	if e.table.devices[b.Log.Device].ID != b.by {
		return nil, Stranger()
	}
	a, err := Decode(op)
	unknown := errors.Is(err, ErrKind)
	switch {
	case b.Level > oplog.Level || unknown && op.Kind >= oplog.Critical:
		if err := e.table.MayAdmin(b.Log.Device); err != nil {
			return nil, err
		}
		return nil, fault.Wrap(fmt.Errorf("act %v of kind %#02x, level %d: %w", op.ID, uint8(op.Kind), b.Level, oplog.ErrNewer),
			fault.Newer, "The membership of this workspace was changed by a later version of Cairn.",
			"Install the latest version of Cairn.")
	case unknown:
		return nil, nil
	case err != nil:
		return nil, fault.Wrap(err, fault.Invalid, "This change of the membership cannot be read.", "")
	}
	return a, nil
}

// findFounding returns the batch that ws is named after, and all others once.
func findFounding(ws id.Workspace, batches []oplog.Batch) (founding oplog.Batch, rest []oplog.Batch, err error) {
	type identity struct {
		hash      oplog.Hash
		signature [ed25519.SignatureSize]byte
	}
	seen := make(map[identity]bool, len(batches))
	err = fmt.Errorf("workspace %v: %w", ws, ErrFounding)
	for _, b := range batches {
		if len(b.Raw) < ed25519.SignatureSize {
			return founding, nil, fmt.Errorf("batch %v/%d without its bytes: %w", b.Log, b.First, oplog.ErrMalformed)
		}
		is := identity{b.Hash, [ed25519.SignatureSize]byte(b.Raw[len(b.Raw)-ed25519.SignatureSize:])}
		if seen[is] {
			continue
		}
		seen[is] = true
		if id.Workspace(b.Hash) != ws {
			rest = append(rest, b)
			continue
		}
		// Of copies with different signatures one may be signed right.
		if _, bad := founded(ws, b); bad == nil {
			founding, err = b, nil
		} else if founding.Raw == nil {
			err = bad
		}
	}
	return founding, rest, err
}
