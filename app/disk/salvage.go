package disk

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"

	badger "github.com/dgraph-io/badger/v4"

	"cairn/app/disk/rawfile"
	"cairn/core/fault"
	"cairn/core/id"
)

// salvageBatch is how many bytes of records are written in one go.
const salvageBatch = 1 << 20

// Salvaged is what Salvage has brought over and what it could not read.
type Salvaged struct {
	Batches int // appended to their logs
	Parked  int // that wait for one before them which is lost
	Chunks  int
	Notes   int
	Blobs   int
	// Problems are the files that could not be read in full. What was in the
	// parts that could not is among the losses, if it stood nowhere else.
	Problems []Problem
}

// Salvage reads whatever can still be read of the damaged folder o.Dir and puts
// it into a fresh folder, into, with the same key: batches, chunks, notes and
// blobs, but no document states, which are made anew from the logs. It reads
// file by file, so that no damaged one takes others with it, and changes
// nothing in o.Dir. Whole reports whether a batch is what its author wrote.
//
// Batches behind a gap are parked: peers that have the missing ones fill it.
// The latest writes of this device may be among the losses, so it must not go
// on with its own logs.
func Salvage(ctx context.Context, o Options, into string, whole func(Entry) error) (Salvaged, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.freeSpace == nil {
		o.freeSpace = freeSpace
	}
	lock, err := takeLock(o)
	if err != nil {
		return Salvaged{}, err
	}
	from := &Disk{opts: o, lock: lock}
	defer from.unlock()
	target := o
	target.Dir, target.ReadOnly = into, false
	to, err := Create(target)
	if err != nil {
		return Salvaged{}, err
	}
	s := &salvage{ctx: ctx, from: from, to: to, whole: whole, seen: map[string]uint64{}}
	err = s.run()
	if closing := to.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return s.result, fmt.Errorf("salvage %s: %w", o.Dir, err)
	}
	return s.result, nil
}

// salvage is one run of Salvage.
type salvage struct {
	ctx   context.Context //nolint:containedctx // lives as long as the one call that makes it
	from  *Disk
	to    *Disk
	whole func(Entry) error
	keys  rawfile.Keys

	seen   map[string]uint64 // key → version that was brought over
	units  []unit            // to be written
	bytes  int64             // in units
	result Salvaged
}

func (s *salvage) run() error {
	if _, err := checkFormat(s.from.opts); err != nil {
		if k := fault.KindOf(err); k == fault.Denied || k == fault.Newer {
			return err
		}
		s.problem(filepath.Join(s.from.opts.Dir, formatName), err)
	}
	if err := s.openRegistry(); err != nil {
		s.problem(filepath.Join(s.from.databaseDir(), "KEYREGISTRY"), err)
	} else if err := s.records(); err != nil {
		return err
	}
	if err := s.appendBatches(); err != nil {
		return err
	}
	if err := s.count(); err != nil {
		return err
	}
	return s.blobs()
}

func (s *salvage) problem(path string, err error) {
	s.result.Problems = append(s.result.Problems, Problem{path, err})
}

// openRegistry reads the registry or, failing that, its copy.
func (s *salvage) openRegistry() error {
	var err error
	if s.keys, err = readKeys(s.from.databaseDir(), s.from.opts.Key); err == nil {
		return nil
	}
	body, copyErr := os.ReadFile(filepath.Join(s.from.opts.Dir, registryCopy))
	if copyErr != nil {
		if s.from.opts.Key == nil {
			// Files in the clear need no keys.
			s.problem(filepath.Join(s.from.databaseDir(), "KEYREGISTRY"), err)
			s.keys, err = readKeys(s.to.databaseDir(), nil)
		}
		return err
	}
	dir, tempErr := os.MkdirTemp("", "cairn-salvage-*")
	if tempErr != nil {
		return tempErr
	}
	s.problem(filepath.Join(s.from.databaseDir(), "KEYREGISTRY"), err)
	err = os.WriteFile(filepath.Join(dir, "KEYREGISTRY"), body, 0o600)
	if err == nil {
		s.keys, err = readKeys(dir, s.from.opts.Key)
	}
	return errors.Join(err, os.RemoveAll(dir))
}

// records brings over the records of every table and write-ahead file. Batches
// come in any order; they stand apart until all are there.
func (s *salvage) records() error {
	files, err := listDatabase(s.from.databaseDir())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return translate(err, s.from.opts.Dir)
	}
	aside, err := listDatabase(filepath.Join(s.from.opts.Dir, asideName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return translate(err, s.from.opts.Dir)
	}
	for _, path := range slices.Concat(sorted(files.tables), sorted(aside.tables)) {
		if err := s.table(path); err != nil {
			return err
		}
	}
	copies, err := asideWALs(s.from.opts.Dir)
	if err != nil {
		return translate(err, s.from.opts.Dir)
	}
	for _, path := range slices.Concat(sorted(files.wals), copies) {
		if err := s.wal(path); err != nil {
			return err
		}
	}
	return s.flush()
}

// table brings over the blocks of a table that can be read.
func (s *salvage) table(path string) error {
	t, done, err := rawfile.ReadAnyTable(path, s.keys, s.from.opts.Key != nil)
	if err != nil {
		s.problem(path, err)
		return nil
	}
	defer done()
	for i := range t.Blocks() {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		var failed error // of our own writing
		err := t.Records(i, func(r rawfile.Record) error {
			failed = s.take(path, r)
			return failed
		})
		if failed != nil {
			return failed
		}
		if err != nil {
			s.problem(path, fmt.Errorf("block %d of %d: %w", i, t.Blocks(), err))
		}
	}
	return nil
}

// wal brings over the entries of a write-ahead file that can be read, also
// behind one that can't.
func (s *salvage) wal(path string) error {
	body, err := os.ReadFile(path)
	if err != nil || len(body) < rawfile.HeaderSize {
		s.problem(path, errors.Join(err, fmt.Errorf("%d bytes", len(body))))
		return nil
	}
	key, err := s.keys.Key(binary.BigEndian.Uint64(body))
	if err != nil {
		if key, err = s.anyKey(); err != nil {
			s.problem(path, err)
			return nil
		}
	}
	lost, err := rawfile.SalvageWAL(body, key, ours, func(r rawfile.Record) error { return s.take(path, r) })
	if lost > 0 {
		s.problem(path, fmt.Errorf("%d bytes can't be read", lost))
	}
	return err
}

// anyKey returns the only data key there is as a rule, for a file that does not
// tell its own.
func (s *salvage) anyKey() ([]byte, error) {
	if s.from.opts.Key == nil {
		return nil, nil
	}
	return s.keys.Key(1)
}

// take brings r over, unless a later version of it has been.
func (s *salvage) take(path string, r rawfile.Record) error {
	if !slices.Contains([]byte{kindBatch, kindParked, kindMeta, kindChunk}, r.Key[0]) || bytes.HasPrefix(r.Key, []byte("!badger!")) {
		return nil // of the database itself, or made anew
	}
	version, known := s.seen[string(r.Key)]
	if known && version >= r.Version {
		return nil
	}
	key := bytes.Clone(r.Key)
	value := r.Value
	if key[0] == kindBatch {
		if value == nil {
			return nil // batches are never deleted
		}
		e, err := decodeEntry(key, value)
		if err == nil {
			err = s.whole(e)
		}
		if err != nil {
			s.problem(path, fmt.Errorf("a batch: %w", err))
			return nil
		}
		key[0] = kindSalvaged
	}
	s.seen[string(r.Key)] = r.Version
	u := unit{{key, bytes.Clone(value)}}
	s.units = append(s.units, u)
	size, _ := u.size()
	if s.bytes += size; s.bytes < salvageBatch {
		return nil
	}
	return s.flush()
}

func (s *salvage) flush() error {
	s.to.write.Lock()
	defer s.to.write.Unlock()
	err := s.to.commit(s.units)
	s.units, s.bytes = nil, 0
	return err
}

// appendBatches appends what has been brought over of each log, in order up to
// the first gap, and parks the rest.
func (s *salvage) appendBatches() error {
	for {
		group, err := s.nextGroup()
		if err != nil || len(group) == 0 {
			return err
		}
		if err := s.ctx.Err(); err != nil {
			return err
		}
		heads, err := s.to.Heads()
		if err != nil {
			return err
		}
		var whole []Entry
		for _, e := range group {
			head := heads[e.Log]
			if e.First != head.Next {
				if err := s.to.Park(e.Log, e.First, e.Raw); err != nil {
					return err
				}
				continue
			}
			heads[e.Log] = Head{Next: e.First + uint64(e.Count)}
			whole = append(whole, e)
		}
		if err := s.to.Append(whole); err != nil {
			return err
		}
		s.result.Batches += len(whole)
		for _, e := range group {
			s.units = append(s.units, unit{{key: salvagedKey(e.Log, e.First)}})
		}
		if err := s.flush(); err != nil {
			return err
		}
	}
}

// nextGroup returns the next batches in the order of logs and sequences.
func (s *salvage) nextGroup() ([]Entry, error) {
	var group []Entry
	size := 0
	err := s.to.view(func(txn *badger.Txn) error {
		return scan(txn, []byte{kindSalvaged}, nil, func(key, value []byte) error {
			e, err := decodeEntry(key, bytes.Clone(value))
			if err != nil {
				return err
			}
			group = append(group, e)
			if size += len(value); size >= salvageBatch {
				return errStop
			}
			return nil
		})
	})
	if errors.Is(err, errStop) {
		err = nil
	}
	return group, err
}

// count counts what has been brought over but for batches and blobs.
func (s *salvage) count() error {
	return s.to.view(func(txn *badger.Txn) error {
		for kind, n := range map[byte]*int{kindParked: &s.result.Parked, kindChunk: &s.result.Chunks, kindMeta: &s.result.Notes} {
			if err := scanKeys(txn, []byte{kind}, func([]byte) error {
				*n++
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// blobs brings over the blobs that are good.
func (s *salvage) blobs() error {
	err := s.from.Blobs(func(b Blob) error {
		r, err := s.from.OpenBlob(b.Hash)
		if err != nil {
			s.problem(s.from.blobPath(b.Hash), err)
			return s.ctx.Err()
		}
		good, putErr := s.to.PutBlob(s.ctx, r, math.MaxInt64)
		if err := r.Close(); err != nil {
			return err
		}
		if putErr == nil && good.Hash == b.Hash {
			s.result.Blobs++
			return nil
		}
		if err := s.from.VerifyBlob(s.ctx, b.Hash); err == nil {
			return putErr // it is the new folder that fails
		}
		s.problem(s.from.blobPath(b.Hash), putErr)
		return s.ctx.Err()
	})
	if errors.Is(err, fs.ErrNotExist) {
		s.problem(s.from.blobsDir(), err)
		return nil
	}
	return err
}

func sorted(files map[uint64]string) []string {
	paths := make([]string, 0, len(files))
	for _, path := range files {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// salvagedKey returns where a batch waits to be appended.
func salvagedKey(log id.Log, first uint64) []byte {
	return binary.BigEndian.AppendUint64(logPrefix(kindSalvaged, log), first)
}
