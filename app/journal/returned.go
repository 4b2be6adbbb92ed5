package journal

import (
	"context"
	"crypto/ed25519"
	"errors"
	"slices"

	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/branch"
)

// OwnForks returns the logs of this device that have forked, each with what is
// known here of either history: others may have stored more of one.
func (j *Journal) OwnForks(ctx context.Context) ([]branch.Fork, error) {
	var out []branch.Fork
	err := j.do(ctx, func() error {
		for log, at := range j.forks {
			if log.Device != j.device.Short() {
				continue
			}
			branches, err := j.branches(log)
			if err != nil {
				return err
			}
			f := branch.Fork{Log: log, At: at}
			for _, b := range branches {
				f.Known = append(f.Known, branch.End{First: b.first.Hash, Next: max(b.end, at+j.heads[carriedTo(b.first)].Next)})
			}
			out = append(out, f)
		}
		return nil
	})
	slices.SortFunc(out, func(a, b branch.Fork) int { return a.Log.Compare(b.Log) })
	return out, err
}

// Return implements branch.Store: what this device has written behind a fork of
// log, and others have kept, is carried over as what is stored here is. It takes
// the longest part that is a history.
func (j *Journal) Return(ctx context.Context, log id.Log, raws [][]byte) error {
	if log.Device != j.device.Short() {
		return unknownDevice(log.Device)
	}
	written, err := j.readHistory(log, raws)
	return errors.Join(err, j.do(ctx, func() error {
		at, forked := j.forks[log]
		if !forked || len(written) == 0 || written[0].First != at {
			return nil // the fork is elsewhere by now
		}
		if head, err := j.HeadAt(log, at); err != nil || head.Next != at || oplog.Follows(written[0].Header, head) != nil {
			return err
		}
		end := written[len(written)-1].End()
		return j.carryOver(history{written[0], end, func(from uint64) ([]oplog.Batch, error) {
			i := slices.IndexFunc(written, func(b oplog.Batch) bool { return from < b.End() })
			return written[i:], nil
		}})
	}))
}

// readHistory opens and verifies batches of a log of this device, up to the first
// that does not follow the one before.
func (j *Journal) readHistory(log id.Log, raws [][]byte) ([]oplog.Batch, error) {
	public, _ := j.Key.Public().(ed25519.PublicKey)
	var out []oplog.Batch
	for _, raw := range raws {
		if _, err := oplog.Verify(raw, public); err != nil {
			return out, err
		}
		b, err := oplog.Open(raw)
		if err != nil {
			return out, err
		}
		if b.Log != log || b.Workspace != j.workspace.Prefix() {
			return out, oplog.ErrMalformed
		}
		if len(out) > 0 {
			last := out[len(out)-1]
			if err := oplog.Follows(b.Header, last.Head(last.Hash)); err != nil {
				return out, err
			}
		}
		out = append(out, b)
	}
	return out, nil
}
