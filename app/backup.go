package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"cairn/app/archive"
	"cairn/app/disk"
	"cairn/app/durable"
	"cairn/core/fault"
)

// MakeBackup writes the whole workspace into one file.
var MakeBackup = Call[BackupRequest, Backup]{"backup", "Writes the whole workspace into one file on this machine.", (*App).backup}

// BackupRequest says where a backup goes.
type BackupRequest struct {
	File       string `json:"file"`                 // absolute
	Passphrase string `json:"passphrase,omitempty"` // seals the file when given
}

// Backup tells what a backup holds.
type Backup struct {
	File       string `json:"file"`
	Bytes      int64  `json:"bytes"`
	Sealed     bool   `json:"sealed"`
	Operations uint64 `json:"operations"`
	Logs       int    `json:"logs"`
	Blobs      int    `json:"blobs"`
}

func (a *App) backup(ctx context.Context, req BackupRequest) (_ Backup, err error) {
	if !filepath.IsAbs(req.File) {
		return Backup{}, fault.New(fault.Invalid, "The backup needs an absolute path.", "Give one, such as /home/me/cairn.backup.")
	}
	if info, err := os.Stat(req.File); err == nil {
		switch {
		case info.IsDir():
			return Backup{}, fault.New(fault.Invalid, "%s is a folder.", "Name a file in it.").With(req.File)
		case !info.Mode().IsRegular(): // the rename below would replace a device
			return Backup{}, fault.New(fault.Invalid, "%s is not a plain file.", "Name another one.").With(req.File)
		}
	}
	f, err := os.CreateTemp(filepath.Dir(req.File), ".cairn-backup-")
	if err != nil {
		return Backup{}, cannotWrite(req.File, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	out, err := a.writeBackup(ctx, f, req.Passphrase)
	if err == nil {
		err = f.Sync()
	}
	info, statErr := f.Stat()
	if err = errors.Join(err, statErr, f.Close()); err != nil {
		return Backup{}, cannotWrite(req.File, err)
	}
	if err := os.Rename(f.Name(), req.File); err != nil {
		return Backup{}, cannotWrite(req.File, err)
	}
	out.File, out.Bytes, out.Sealed = req.File, info.Size(), req.Passphrase != ""
	return out, nil
}

func cannotWrite(file string, err error) error {
	switch {
	case fault.KindOf(err) != fault.Internal:
		return err
	case durable.OutOfSpace(err):
		return fault.Wrap(err, fault.Full, "There is no room for %s.", "Free some space or choose another disk.").With(file)
	default:
		return fault.Wrap(err, fault.Unavailable, "The file %s can't be written.", "Check that its folder exists and that you may write there.").With(file)
	}
}

// writeBackup writes everything below the heads as they are now, while others
// go on writing.
func (a *App) writeBackup(ctx context.Context, to io.Writer, passphrase string) (Backup, error) {
	stats, err := a.journal.Stats(ctx)
	if err != nil {
		return Backup{}, err
	}
	seed, err := a.keys.Get(keyDevice)
	if err != nil {
		return Backup{}, err
	}
	m := archive.Manifest{
		Workspace: a.journal.Workspace(), Device: a.Device(), Made: a.opts.Now().UTC(), Cairn: Version,
		Operations: stats.Operations, Documents: stats.Documents,
	}
	if stats.Waiting == 0 { // what waits here may come in where the backup is restored
		m.StateHash = fmt.Sprintf("%x", stats.Hash)
	}
	w, err := archive.NewWriter(to, passphrase, m, archive.Keys{DeviceSeed: seed})
	if err != nil {
		return Backup{}, err
	}
	for _, log := range a.journal.Logs() {
		end := stats.Heads[log].Next
		err := a.journal.Batches(log, 0, func(first uint64, raw []byte) error {
			if first >= end {
				return errEnd
			}
			return errors.Join(w.Batch(log, first, raw), ctx.Err())
		})
		if err != nil && !errors.Is(err, errEnd) {
			return Backup{}, err
		}
	}
	out := Backup{Operations: stats.Operations, Logs: len(stats.Heads)}
	err = a.disk.Blobs(func(b disk.Blob) error {
		body, err := a.disk.OpenBlob(b.Hash)
		if err != nil {
			return err
		}
		out.Blobs++
		return errors.Join(w.Blob(b.Hash, b.Size, body), body.Close(), ctx.Err())
	})
	if err != nil {
		return Backup{}, err
	}
	return out, w.Close()
}

var errEnd = errors.New("end")
