package disk

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	badger "github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"cairn/app/disk/rawfile"
	"cairn/core/fault"
)

// verifyAtOpen is how many bytes of tables are verified whenever the folder
// opens, about a tenth of a second of reading. What lies beyond is verified
// when the last process did not close the folder, and by Verify.
const verifyAtOpen = 256 << 20

// databaseFiles are the files of the database, by kind and number.
type databaseFiles struct {
	tables, wals, values map[uint64]string
	manifest, registry   bool
}

func listDatabase(dir string) (databaseFiles, error) {
	l := databaseFiles{tables: map[uint64]string{}, wals: map[uint64]string{}, values: map[uint64]string{}}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return l, err
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch e.Name() {
		case badger.ManifestFilename:
			l.manifest = true
			continue
		case badger.KeyRegistryFileName:
			l.registry = true
			continue
		}
		ext := filepath.Ext(e.Name())
		byKind := map[string]map[uint64]string{".sst": l.tables, ".mem": l.wals, ".vlog": l.values}[ext]
		if n, err := strconv.ParseUint(strings.TrimSuffix(e.Name(), ext), 10, 32); err == nil && byKind != nil {
			byKind[n] = path
		}
	}
	return l, nil
}

// inspection is what a look at the database's files before it opens has found.
type inspection struct {
	d     *Disk
	files databaseFiles
	keys  rawfile.Keys
	// wal is a copy of the write-ahead file that ends torn, which the database
	// is about to cut; empty if there is none.
	wal string
}

// inspect checks the files of the database before the database itself sees
// them, because it repairs what it finds by cutting and deleting, skips what it
// can't read and ends the process over some of the rest.
func (d *Disk) inspect() (*inspection, error) {
	in := &inspection{d: d}
	var err error
	if in.files, err = listDatabase(d.databaseDir()); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, lostFile(d.databaseDir(), err)
		}
		return nil, translate(fmt.Errorf("open %s: %w", d.databaseDir(), err), d.opts.Dir)
	}
	if !d.opts.ReadOnly {
		if err := in.probe(); err != nil {
			return nil, err
		}
	}
	if !in.files.manifest || !in.files.registry {
		return in, in.checkFresh()
	}
	if in.keys, err = readKeys(d.databaseDir(), d.opts.Key); err != nil {
		return nil, err
	}
	listed, err := in.readManifest()
	if err != nil {
		return nil, err
	}
	if err := in.checkTables(listed); err != nil {
		return nil, err
	}
	if d.opts.ReadOnly {
		return in, in.checkClosed(listed)
	}
	if err := in.checkValueLog(); err != nil {
		return nil, err
	}
	if err := in.checkWALs(); err != nil {
		return nil, err
	}
	if len(in.files.tables) > len(listed) {
		return in, in.checkOrphans(listed)
	}
	return in, nil
}

// probe finds out whether the folder can be written to.
func (in *inspection) probe() error {
	f, err := os.CreateTemp(in.d.databaseDir(), ".probe*")
	if err == nil {
		err = errors.Join(f.Close(), os.Remove(f.Name()))
	}
	if err != nil {
		return translate(fmt.Errorf("open %s: %w", in.d.databaseDir(), err), in.d.opts.Dir)
	}
	return nil
}

// checkFresh makes sure that a database without a manifest or a key registry,
// which are made in this order, is one that was never open for long enough.
func (in *inspection) checkFresh() error {
	path := filepath.Join(in.d.databaseDir(), badger.ManifestFilename)
	if in.files.manifest {
		path = filepath.Join(in.d.databaseDir(), badger.KeyRegistryFileName)
	}
	if in.d.mark.group > 0 || len(in.files.tables) > 0 || len(in.files.wals) > 0 {
		return lostFile(path, fs.ErrNotExist)
	}
	if in.d.opts.ReadOnly {
		return notClosed(in.d.opts.Dir)
	}
	return nil
}

// readManifest returns the tables that the manifest lists. That its last record
// is cut short is no damage: such a record was not yet acted on.
func (in *inspection) readManifest() (map[uint64]badger.TableManifest, error) {
	path := filepath.Join(in.d.databaseDir(), badger.ManifestFilename)
	f, err := os.Open(path)
	if err != nil {
		return nil, translate(fmt.Errorf("open %s: %w", path, err), path)
	}
	m, _, err := badger.ReplayManifestFile(f, 0, in.d.databaseOptions())
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, damaged(path, err)
	}
	return m.Tables, nil
}

// checkTables verifies the tables that the manifest lists: their indexes
// always, their content up to verifyAtOpen or, after a crash, all of it.
func (in *inspection) checkTables(listed map[uint64]badger.TableManifest) error {
	budget := int64(verifyAtOpen)
	type job struct {
		path    string
		table   badger.TableManifest
		content bool
	}
	var jobs []job
	// Newest first: these are read and merged soonest.
	for _, id := range slices.Backward(slices.Sorted(maps.Keys(listed))) {
		path, ok := in.files.tables[id]
		if !ok {
			return lostFile(in.tablePath(id), fs.ErrNotExist)
		}
		info, err := os.Stat(path)
		if err != nil {
			return translate(fmt.Errorf("open %s: %w", path, err), path)
		}
		budget -= info.Size()
		jobs = append(jobs, job{path, listed[id], budget >= 0 || !in.d.mark.clean})
	}
	errs := make([]error, len(jobs))
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, j := range jobs {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			errs[i] = checkTable(j.path, in.keys, j.table.KeyID, j.table.Compression, j.content)
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// checkTable verifies the index of a table and, if content, every block.
func checkTable(path string, keys rawfile.Keys, keyID uint64, compression options.CompressionType, content bool) error {
	t, done, err := rawfile.ReadTable(path, keys, keyID, compression)
	if err != nil {
		return unreadable(path, err)
	}
	defer done()
	for i := range t.Blocks() {
		if !content {
			break
		}
		if err := t.Check(i); err != nil {
			return damaged(path, fmt.Errorf("block %d: %w", i, err))
		}
	}
	return nil
}

// checkWALs makes sure that no write-ahead file but the last is torn, and that
// what the database will cut from the last had not been acknowledged.
func (in *inspection) checkWALs() error {
	ids := slices.Sorted(maps.Keys(in.files.wals))
	var last rawfile.WAL
	for i, id := range ids {
		path := in.files.wals[id]
		empty, err := removeEmpty(path)
		if err != nil {
			return translate(fmt.Errorf("open %s: %w", path, err), path)
		}
		if empty {
			delete(in.files.wals, id)
			continue
		}
		w, err := rawfile.ReadWAL(path, in.keys)
		if err != nil {
			return unreadable(path, err)
		}
		if w.Torn != nil && i < len(ids)-1 {
			return damaged(path, w.Torn)
		}
		if len(w.Records) > 0 || w.Torn != nil {
			last = w
		}
		if w.Torn != nil {
			if err := in.checkTorn(path, w); err != nil {
				return err
			}
		}
	}
	return in.checkGroup(ids, last)
}

// checkGroup makes sure that the write-ahead files reach as far as the mark.
func (in *inspection) checkGroup(ids []uint64, last rawfile.WAL) error {
	group := lastGroup(last)
	if len(last.Records) == 0 || group >= in.d.mark.group {
		return nil // or confirm looks it up in the tables
	}
	path := in.files.wals[ids[len(ids)-1]]
	return damaged(path, fmt.Errorf("write %d was acknowledged, the file ends at %d: %w", in.d.mark.group, group, last.Torn))
}

// lastGroup returns the number of the latest write in w, 0 if there is none.
func lastGroup(w rawfile.WAL) uint64 {
	var group uint64
	for _, r := range w.Records {
		if bytes.Equal(r.Key, groupKey()) && len(r.Value) == 8 {
			group = max(group, binary.BigEndian.Uint64(r.Value))
		}
	}
	return group
}

// checkTorn keeps a copy of a file of which nothing can be read: only the
// database can tell whether anything that it held had been acknowledged, and
// when it can, it has cut the file.
func (in *inspection) checkTorn(path string, w rawfile.WAL) error {
	in.d.opts.Log.Info("the last write was cut short by a crash", "file", path, "why", w.Torn)
	if len(w.Records) > 0 {
		return nil
	}
	var err error
	if in.wal, err = in.d.copyAside(path); err != nil {
		return translate(fmt.Errorf("keep %s: %w", path, err), in.d.opts.Dir)
	}
	return nil
}

// removeEmpty removes a file that a crash left between making it and giving it
// its size; the database would stumble over it.
func removeEmpty(path string) (bool, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() == 0 {
		return true, os.Remove(path)
	}
	return false, err
}

// checkValueLog checks the headers of the value log's files, which hold nothing
// else: no value is long enough.
func (in *inspection) checkValueLog() error {
	for _, path := range in.files.values {
		empty, err := removeEmpty(path)
		if err != nil {
			return translate(fmt.Errorf("open %s: %w", path, err), path)
		}
		if empty {
			continue
		}
		head, err := readStart(path, rawfile.HeaderSize)
		if err != nil {
			return translate(fmt.Errorf("open %s: %w", path, err), path)
		}
		if len(head) < rawfile.HeaderSize {
			return damaged(path, fmt.Errorf("%d bytes, want at least %d", len(head), rawfile.HeaderSize))
		}
		if _, err := in.keys.Key(binary.BigEndian.Uint64(head)); err != nil {
			return damaged(path, err)
		}
	}
	return nil
}

// checkClosed makes sure that a folder to be read only needs no repair.
func (in *inspection) checkClosed(listed map[uint64]badger.TableManifest) error {
	if len(in.files.wals) > 0 || len(in.files.tables) != len(listed) {
		return notClosed(in.d.opts.Dir)
	}
	return nil
}

func notClosed(dir string) error {
	return fault.New(fault.Unavailable, "The folder %s was not closed in an orderly way and can't be opened for reading only.", "Open it for writing once, for instance with `cairn status`.").With(dir)
}

// readStart returns the first n bytes of a file, fewer if it is shorter.
func readStart(path string, n int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(f, n))
	return body, errors.Join(err, f.Close())
}
