package app

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"cairn/app/archive"
	"cairn/core/fault"
	"cairn/core/id"
)

// Restore makes the folder o.Dir, which must be empty or not exist, from the
// backup in file, and opens it. Every batch is verified on the way in. The
// device goes on in new logs: what it wrote after the backup was made comes
// back with the next sync and is contradicted by nothing.
func Restore(ctx context.Context, o Options, file string) (*App, error) {
	if err := vacant(o.Dir); err != nil {
		return nil, err
	}
	const hint = "Name one that `cairn backup` has written."
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, fault.Wrap(err, fault.NotFound, "There is no file %s.", hint).With(file)
	case err != nil:
		return nil, cannotRead(file, err)
	case !info.Mode().IsRegular(): // opening a pipe would wait for its other end
		return nil, fault.New(fault.Invalid, "%s is not a plain file.", hint).With(file)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, cannotRead(file, err)
	}
	a, err := restoreFrom(ctx, o, f)
	if err = errors.Join(err, f.Close()); err != nil {
		if a != nil {
			err = errors.Join(err, a.Close())
		}
		return nil, explainArchive(file, err)
	}
	return a, nil
}

func cannotRead(file string, err error) error {
	return fault.Wrap(err, fault.Unavailable, "The backup %s can't be read.", "Check its permissions and its disk.").With(file)
}

func explainArchive(file string, err error) error {
	switch {
	case errors.Is(err, archive.ErrPassphrase):
		return fault.Wrap(err, fault.Denied, "The passphrase does not open %s.", "Set CAIRN_PASSPHRASE to the one that the backup was made with.").With(file)
	case errors.Is(err, archive.ErrNewer):
		return fault.Wrap(err, fault.Newer, "The backup %s was made by a later version of Cairn.", "Update Cairn to restore it.").With(file)
	case errors.Is(err, archive.ErrCut):
		return fault.Wrap(err, fault.Damaged, "The backup %s is damaged or cut short.", "Copy it again from where it came from, or use an older one.").With(file)
	case errors.Is(err, archive.ErrNoArchive):
		return fault.Wrap(err, fault.Invalid, "%s is no backup of Cairn.", "Name a file that `cairn backup` has written.").With(file)
	}
	if path, ok := errors.AsType[*os.PathError](err); ok && path.Path == file {
		return cannotRead(file, err)
	}
	return err
}

// restoring is a backup on its way into a folder, which is made when the start
// of the backup has been read.
type restoring struct {
	manifest archive.Manifest
	keys     archive.Keys
}

func restoreFrom(ctx context.Context, o Options, f io.ReadSeeker) (*App, error) {
	secret := o.Passphrase
	var known string
	ask := func() (string, error) {
		if known != "" {
			return known, nil
		}
		var err error
		known, err = secret()
		return known, err
	}
	// The first pass finds whose backup it is, and reads it to the end: a
	// damaged one is refused before anything is made.
	var r restoring
	err := archive.Read(f, ask, archive.Visitor{
		Start: func(m archive.Manifest, k archive.Keys) error {
			r.manifest, r.keys = m, k
			return checkSeed(m, k)
		},
		Batches: func([][]byte) error { return ctx.Err() },
		Blob: func(_ [32]byte, body io.Reader) error {
			_, err := io.Copy(io.Discard, body)
			return err
		},
	})
	if err != nil {
		return nil, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read the backup again: %w", err)
	}
	return assemble(ctx, o, func(at Options) error {
		return buildIn(ctx, at, r.keys.DeviceSeed, func(a *App) error { return r.fill(ctx, a, f, ask) })
	})
}

// checkSeed makes sure that the key in a backup is that of the device which the
// backup says it is of. Another would make a stranger of the restored device.
func checkSeed(m archive.Manifest, k archive.Keys) error {
	if len(k.DeviceSeed) != ed25519.SeedSize {
		return fmt.Errorf("a device key of %d bytes, want %d: %w", len(k.DeviceSeed), ed25519.SeedSize, archive.ErrNoArchive)
	}
	public, _ := ed25519.NewKeyFromSeed(k.DeviceSeed).Public().(ed25519.PublicKey)
	if id.DeviceOf(public) != m.Device {
		return fmt.Errorf("the device key is not that of %s: %w", m.Device.Short(), archive.ErrNoArchive)
	}
	return nil
}

// fill is the second pass.
func (r *restoring) fill(ctx context.Context, a *App, f io.Reader, passphrase func() (string, error)) error {
	if err := a.journal.Belong(ctx, r.manifest.Workspace); err != nil {
		return err
	}
	err := archive.Read(f, passphrase, archive.Visitor{
		Start:   func(archive.Manifest, archive.Keys) error { return nil },
		Batches: func(raws [][]byte) error { return a.journal.TakeBack(ctx, raws) },
		Blob: func(hash [32]byte, body io.Reader) error {
			got, err := a.disk.PutBlob(ctx, body, math.MaxInt64)
			if err == nil && !bytes.Equal(got.Hash[:], hash[:]) {
				err = fmt.Errorf("blob %x has the hash %x: %w", hash, got.Hash, archive.ErrCut)
			}
			return err
		},
	})
	if err != nil {
		return err
	}
	stats, err := a.journal.Stats(ctx)
	if err != nil {
		return err
	}
	comparable := r.manifest.StateHash != "" && stats.Waiting == 0 && r.manifest.Cairn == Version
	if comparable && fmt.Sprintf("%x", stats.Hash) != r.manifest.StateHash {
		return fault.New(fault.Damaged, "The restored documents are not those that were backed up.", "Use an older backup and report this.")
	}
	return nil
}
