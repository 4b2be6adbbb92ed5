package disk

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
	walHeaderSize = 8 + 12 // key, nonce
	walMaxKey     = 1 << 16
	metaDelete    = 1 << 0
	metaTxn       = 1 << 6
	metaFin       = 1 << 7
	stampSize     = 8 // a key in a file ends with its version
)

// fileRecord is one record of a file of the database.
type fileRecord struct {
	key     []byte // without version
	version uint64
	value   []byte // nil for a deletion
}

// wal is what can be read of one write-ahead file.
type wal struct {
	records []fileRecord // of complete transactions
	// torn says why reading ended before the zeros did; nil if it did not.
	torn error
}

// group returns the number of the latest write in w, 0 if there is none.
func (w wal) group() uint64 {
	var group uint64
	for _, r := range w.records {
		if bytes.Equal(r.key, groupKey()) && len(r.value) == 8 {
			group = max(group, binary.BigEndian.Uint64(r.value))
		}
	}
	return group
}

// readWAL reads the file at path. An error is a fault; that the end is torn is
// none.
func readWAL(path string, keys registry) (wal, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return wal{}, translate(fmt.Errorf("read %s: %w", path, err), path)
	}
	if len(body) < walHeaderSize {
		return wal{}, damaged(path, fmt.Errorf("%d bytes, want at least %d", len(body), walHeaderSize))
	}
	key, err := keys.key(binary.BigEndian.Uint64(body))
	if err != nil {
		return wal{}, damaged(path, err)
	}
	w, err := parseWAL(body, key)
	if err != nil {
		return wal{}, damaged(path, err)
	}
	return w, nil
}

// parseWAL reads a whole write-ahead file, sealed with key unless that is nil.
func parseWAL(body, key []byte) (wal, error) {
	var w wal
	nonce := body[8:walHeaderSize]
	var open []fileRecord // of the transaction that is not closed yet
	end := walHeaderSize  // of the last complete transaction
	for at := walHeaderSize; ; {
		e, err := readWALEntry(body[at:])
		if errors.Is(err, errZeros) {
			break
		}
		if err != nil {
			w.torn = fmt.Errorf("at byte %d: %w", at, err)
			return w, nil
		}
		if err := e.unseal(key, nonce, uint32(at)); err != nil {
			return w, fmt.Errorf("at byte %d: %w", at, err)
		}
		at += e.size
		if e.meta&metaFin != 0 {
			w.records = append(w.records, open...)
			open, end = nil, at
			continue
		}
		r, err := e.record()
		if err != nil {
			// The checksum fits and the content does not: the nonce is wrong.
			return w, fmt.Errorf("at byte %d: %w", at-e.size, err)
		}
		open = append(open, r)
		if e.meta&metaTxn == 0 {
			w.records = append(w.records, open...)
			open, end = nil, at
		}
	}
	if len(open) > 0 {
		w.torn = errors.New("the last transaction is not complete")
	} else if slices.ContainsFunc(body[min(end, len(body)):], func(b byte) bool { return b != 0 }) {
		w.torn = fmt.Errorf("bytes after the end at %d", end)
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

func (e *walEntry) record() (fileRecord, error) {
	return newRecord(e.key, e.value, e.meta&metaDelete != 0)
}

// newRecord splits the version off key, and makes sure that the key is one of
// ours or of the database's own.
func newRecord(key, value []byte, deleted bool) (fileRecord, error) {
	if len(key) <= stampSize {
		return fileRecord{}, fmt.Errorf("a key of %d bytes", len(key))
	}
	r := fileRecord{key: y.ParseKey(key), version: y.ParseTs(key), value: value}
	if deleted {
		r.value = nil
	}
	if !bytes.HasPrefix(r.key, []byte("!badger!")) && !bytes.ContainsRune([]byte("LHGDSAQMCT"), rune(r.key[0])) {
		return fileRecord{}, fmt.Errorf("a key that begins with %#02x", r.key[0])
	}
	return r, nil
}
