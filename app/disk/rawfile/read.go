package rawfile

import (
	"errors"
	"io"
	"os"
	"slices"
	"sync"

	"github.com/dgraph-io/badger/v4/options"
)

// Compression is how the blocks of tables are compressed that Cairn writes.
const Compression = options.Snappy

// tableBuffers holds the memory in which tables are checked. Tables are read,
// not mapped: what a failing drive answers is then an error and not a signal.
var tableBuffers = sync.Pool{New: func() any { return new([]byte) }}

// ReadTable opens the table at path; done gives its memory back.
func ReadTable(path string, keys Keys, keyID uint64, compression options.CompressionType) (t *Table, done func(), err error) {
	key, err := keys.Key(keyID)
	if err != nil {
		return nil, nil, err
	}
	buffer := tableBuffers.Get().(*[]byte)
	done = func() { tableBuffers.Put(buffer) }
	if *buffer, err = readInto(*buffer, path); err != nil {
		done()
		return nil, nil, err
	}
	if t, err = OpenTable(*buffer, key, compression); err != nil {
		done()
		return nil, nil, err
	}
	return t, done, nil
}

// ReadAnyTable opens a table that no manifest tells the key of: the one that
// makes sense of it.
func ReadAnyTable(path string, keys Keys, sealed bool) (t *Table, done func(), err error) {
	if !sealed {
		return ReadTable(path, keys, 0, Compression)
	}
	for id := uint64(1); ; id++ {
		if _, unknown := keys.Key(id); unknown != nil {
			return nil, nil, errors.Join(err, unknown)
		}
		if t, done, err = ReadTable(path, keys, id, Compression); err == nil {
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
