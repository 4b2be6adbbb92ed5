package app

import (
	"context"
	"errors"

	"cairn/app/disk"
	"cairn/app/keys"
	"cairn/core/fault"
	"cairn/core/oplog"
)

// Salvage makes the folder o.Dir, which must be empty or not exist, from all
// that can still be read of a damaged one, and opens it. The damaged folder is
// not changed. Documents are folded anew from the batches that are whole, and
// the device goes on in new logs.
func Salvage(ctx context.Context, o Options, damaged string) (*App, disk.Salvaged, error) {
	var report disk.Salvaged
	if err := vacant(o.Dir); err != nil {
		return nil, report, err
	}
	old, err := keys.Open(damaged, o.Passphrase)
	if err != nil {
		return nil, report, err
	}
	seed, seedErr := old.Get(keyDevice)
	diskKey, keyErr := old.Get(keyDisk)
	if err := errors.Join(seedErr, keyErr); err != nil {
		return nil, report, fault.Wrap(err, fault.Damaged, "The keys of %s are not all there.", "Restore a backup with `cairn restore`.").With(damaged)
	}
	a, err := assemble(ctx, o, func(at Options) error {
		report, err = disk.Salvage(ctx, disk.Options{Dir: damaged, Key: diskKey, Log: o.Log}, at.Dir, whole)
		if err != nil {
			return err
		}
		store, err := newKeys(at, seed)
		if err != nil {
			return err
		}
		return store.Set(keyDisk, diskKey)
	})
	return a, report, err
}

// whole reports whether a salvaged batch is what its author wrote. Its
// signature is looked at when it is verified with all others.
func whole(e disk.Entry) error {
	b, err := oplog.Open(e.Raw)
	if err != nil {
		return err
	}
	if b.Hash != e.Hash || b.Log != e.Log || b.First != e.First || b.Count != e.Count || b.Control() != e.Control {
		return errors.New("it is not the batch that was stored")
	}
	return nil
}
