package disk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	badger "github.com/dgraph-io/badger/v4"

	"cairn/core/fault"
)

// Problem is one thing that Verify found.
type Problem struct {
	Path string // the file, or the log that has a gap
	Err  error  // a fault Damaged
}

// Verify reads every table of the database, every log from its first batch to
// its last and every blob, and returns what is damaged. It tells that the
// bytes are those that were written; whether a batch is what its author
// signed is for its reader to verify. The error is one that kept it from
// looking.
func (d *Disk) Verify(ctx context.Context) ([]Problem, error) {
	problems, err := d.verifyTables(ctx)
	if err != nil {
		return problems, fmt.Errorf("verify tables: %w", err)
	}
	logs, err := d.AllLogs()
	if err != nil {
		return problems, err
	}
	for _, log := range logs {
		err := d.Batches(log, 0, func(uint64, []byte) error { return ctx.Err() })
		if problems, err = collect(problems, fmt.Sprintf("log %v", log), err); err != nil {
			return problems, fmt.Errorf("verify log %v: %w", log, err)
		}
	}
	err = d.Blobs(func(b Blob) (err error) {
		err = d.VerifyBlob(ctx, b.Hash)
		if errors.Is(err, ErrNotFound) {
			return nil // set aside meanwhile
		}
		problems, err = collect(problems, d.blobPath(b.Hash), err)
		return err
	})
	return problems, err
}

// collect adds err to problems if it is of damage, and returns it if not.
func collect(problems []Problem, path string, err error) ([]Problem, error) {
	if err == nil || fault.KindOf(err) != fault.Damaged {
		return problems, err
	}
	return append(problems, Problem{path, err}), nil
}

func (d *Disk) verifyTables(ctx context.Context) ([]Problem, error) {
	// The database stays open, and with it its files; it may compact tables
	// away while they are read.
	if _, err := d.acquire(); err != nil {
		return nil, err
	}
	defer d.release()
	in := &inspection{d: d}
	if _, err := os.Stat(filepath.Join(d.databaseDir(), badger.ManifestFilename)); err != nil {
		return nil, lostFile(filepath.Join(d.databaseDir(), badger.ManifestFilename), err)
	}
	var problems []Problem
	var err error
	if in.keys, err = readKeys(d.databaseDir(), d.opts.Key); err != nil {
		return collect(problems, filepath.Join(d.databaseDir(), badger.KeyRegistryFileName), err)
	}
	listed, err := in.readManifest()
	if err != nil {
		return collect(problems, filepath.Join(d.databaseDir(), badger.ManifestFilename), err)
	}
	for _, id := range slices.Sorted(maps.Keys(listed)) {
		if err := ctx.Err(); err != nil {
			return problems, err
		}
		path := in.tablePath(id)
		err := checkTable(path, in.keys, listed[id].KeyID, listed[id].Compression, true)
		if errors.Is(err, fs.ErrNotExist) && in.compactedAway(id) {
			continue
		}
		if problems, err = collect(problems, path, err); err != nil {
			return problems, err
		}
	}
	return problems, nil
}

// tablePath returns where the table called id stands.
func (in *inspection) tablePath(id uint64) string {
	return filepath.Join(in.d.databaseDir(), fmt.Sprintf("%06d.sst", id))
}

// compactedAway reports whether the manifest does not list the table any more.
func (in *inspection) compactedAway(id uint64) bool {
	listed, err := in.readManifest()
	_, ok := listed[id]
	return err == nil && !ok
}
