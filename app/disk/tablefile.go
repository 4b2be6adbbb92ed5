package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"

	"github.com/dgraph-io/badger/v4/options"
)

// compression is how the database compresses the blocks of tables.
const compression = options.Snappy

// tableBuffers holds the memory in which tables are checked. Tables are read,
// not mapped: what a failing drive answers is then an error and not a signal.
var tableBuffers = sync.Pool{New: func() any { return new([]byte) }}

// readTable opens the table at path; done gives its memory back. Its errors
// are faults.
func readTable(path string, keys registry, keyID uint64, compression options.CompressionType) (t *table, done func(), err error) {
	key, err := keys.key(keyID)
	if err != nil {
		return nil, nil, damaged(path, err)
	}
	buffer := tableBuffers.Get().(*[]byte)
	done = func() { tableBuffers.Put(buffer) }
	if *buffer, err = readInto(*buffer, path); err != nil {
		done()
		return nil, nil, unreadable(path, err)
	}
	if t, err = openTable(*buffer, key, compression); err != nil {
		done()
		return nil, nil, damaged(path, err)
	}
	return t, done, nil
}

// readAnyTable opens a table that no manifest tells the key of: the one that
// makes sense of it.
func readAnyTable(path string, keys registry, sealed bool) (t *table, done func(), err error) {
	if !sealed {
		return readTable(path, keys, 0, compression)
	}
	for id := uint64(1); ; id++ {
		if _, unknown := keys.key(id); unknown != nil {
			return nil, nil, errors.Join(err, damaged(path, unknown))
		}
		if t, done, err = readTable(path, keys, id, compression); err == nil {
			return t, done, nil
		}
	}
}

// readInto reads the file at path into b's memory, or more if that is short.
func readInto(b []byte, path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return b, err
	}
	info, err := f.Stat()
	if err == nil {
		b = slices.Grow(b[:0], int(info.Size()))[:info.Size()]
		_, err = io.ReadFull(f, b)
	}
	return b, errors.Join(err, f.Close())
}

// unreadable says why the file at path could not be read.
func unreadable(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return lostFile(path, err)
	}
	if _, ok := errors.AsType[*os.PathError](err); ok && !isIO(err) {
		return translate(fmt.Errorf("read %s: %w", path, err), path)
	}
	return damaged(path, err)
}
