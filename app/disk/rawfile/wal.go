package rawfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"slices"

	"github.com/dgraph-io/badger/v4/y"
)

// Write-ahead files, as the database writes them: a header, then entries, then
// zeros to the end of the file. Entries of one transaction are closed by one
// with the fin bit; a transaction that is not closed never happened.
const (
	// HeaderSize is the length of the header: the number of a key, a nonce.
	HeaderSize = 8 + 12
	walMaxKey  = 1 << 16
	metaDelete = 1 << 0
	metaTxn    = 1 << 6
	metaFin    = 1 << 7
	stampSize  = 8 // a key in a file ends with its version
)

// Record is one record of a file.
type Record struct {
	Key     []byte // without version
	Version uint64
	Value   []byte // nil for a deletion
}

// WAL is what can be read of one write-ahead file.
type WAL struct {
	Records []Record // of complete transactions
	// Torn says why reading ended before the zeros did; nil if it did not.
	Torn error
}

// ReadWAL reads the file at path. That the end is torn is no error.
func ReadWAL(path string, keys Keys) (WAL, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return WAL{}, err
	}
	if len(body) < HeaderSize {
		return WAL{}, fmt.Errorf("%d bytes, want at least %d", len(body), HeaderSize)
	}
	key, err := keys.Key(binary.BigEndian.Uint64(body))
	if err != nil {
		return WAL{}, err
	}
	return ParseWAL(body, key, keys.known)
}

// ParseWAL reads a whole write-ahead file of at least HeaderSize bytes, sealed
// with key unless that is nil.
func ParseWAL(body, key []byte, known func(key []byte) bool) (WAL, error) {
	var w WAL
	nonce := body[8:HeaderSize]
	var open []Record // of the transaction that is not closed yet
	end := HeaderSize // of the last complete transaction
	for at := HeaderSize; ; {
		e, err := readWALEntry(body[at:])
		if errors.Is(err, errZeros) {
			break
		}
		if err != nil {
			w.Torn = fmt.Errorf("at byte %d: %w", at, err)
			return w, nil
		}
		if err := e.unseal(key, nonce, uint32(at)); err != nil {
			return w, fmt.Errorf("at byte %d: %w", at, err)
		}
		at += e.size
		if e.meta&metaFin != 0 {
			w.Records = append(w.Records, open...)
			open, end = nil, at
			continue
		}
		r, err := e.record(known)
		if err != nil {
			// The checksum fits and the content does not: the nonce is wrong.
			return w, fmt.Errorf("at byte %d: %w", at-e.size, err)
		}
		open = append(open, r)
		if e.meta&metaTxn == 0 {
			w.Records = append(w.Records, open...)
			open, end = nil, at
		}
	}
	if len(open) > 0 {
		w.Torn = errors.New("the last transaction is not complete")
	} else if slices.ContainsFunc(body[min(end, len(body)):], func(b byte) bool { return b != 0 }) {
		w.Torn = fmt.Errorf("bytes after the end at %d", end)
	}
	return w, nil
}

// errZeros is returned where the entries of a file end.
var errZeros = errors.New("the end")

type walEntry struct {
	meta       byte
	key, value []byte
	size       int // in the file
}

func readWALEntry(b []byte) (walEntry, error) {
	var e walEntry
	if len(b) == 0 {
		return e, errZeros
	}
	e.meta = b[0]
	at := 2 // meta, and a byte that is never used
	var fields [3]uint64
	for i := range fields {
		if at >= len(b) {
			return e, errors.New("the file ends within an entry")
		}
		v, n := binary.Uvarint(b[at:])
		if n <= 0 {
			return e, errors.New("a length makes no sense")
		}
		fields[i], at = v, at+n
	}
	keySize, valueSize := fields[0], fields[1]
	if e.meta == 0 && keySize == 0 && valueSize == 0 {
		return e, errZeros
	}
	if keySize > walMaxKey || valueSize > uint64(len(b)) || uint64(at)+keySize+valueSize+crc32.Size > uint64(len(b)) {
		return e, errors.New("an entry is longer than the file")
	}
	body := b[at : at+int(keySize+valueSize)]
	at += len(body)
	if crc32.Checksum(b[:at], castagnoli) != binary.BigEndian.Uint32(b[at:]) {
		return e, errors.New("an entry has another checksum")
	}
	e.key, e.value = body[:keySize], body[keySize:]
	e.size = at + crc32.Size
	return e, nil
}

// unseal decrypts the entry that stands at offset of its file.
func (e *walEntry) unseal(key, nonce []byte, offset uint32) error {
	if key == nil {
		return nil
	}
	iv := binary.BigEndian.AppendUint32(slices.Clone(nonce), offset)
	plain, err := y.XORBlockAllocate(slices.Concat(e.key, e.value), key, iv)
	if err != nil {
		return err
	}
	e.key, e.value = plain[:len(e.key)], plain[len(e.key):]
	return nil
}

func (e *walEntry) record(known func(key []byte) bool) (Record, error) {
	r, err := newRecord(e.key, e.value, e.meta&metaDelete != 0)
	if err == nil && !bytes.HasPrefix(r.Key, []byte("!badger!")) && !known(r.Key) {
		err = fmt.Errorf("a key that begins with %#02x", r.Key[0])
	}
	return r, err
}

// newRecord splits the version off key.
func newRecord(key, value []byte, deleted bool) (Record, error) {
	if len(key) <= stampSize {
		return Record{}, fmt.Errorf("a key of %d bytes", len(key))
	}
	r := Record{Key: y.ParseKey(key), Version: y.ParseTs(key), Value: value}
	if deleted {
		r.Value = nil
	}
	return r, nil
}
