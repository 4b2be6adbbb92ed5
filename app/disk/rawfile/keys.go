package rawfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"time"

	badger "github.com/dgraph-io/badger/v4"
)

// castagnoli is the polynomial of the database's checksums.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Keys holds the keys that the database's files are sealed with, each
// sealed with the disk key. Without it no file can be read.
type Keys struct {
	registry *badger.KeyRegistry
	known    func(key []byte) bool
}

// keyRotation only stands in the way of a zero, which the registry takes for
// none at all; nothing is made here.
const keyRotation = 365 * 24 * time.Hour

// ReadKeys reads the key registry in dir, which key opens, or which is in the
// clear if that is nil. The database itself trusts the lengths in the file, so
// they are checked before it sees them. Known tells the keys of records that
// somebody may have written from noise.
func ReadKeys(dir string, key []byte, known func(key []byte) bool) (Keys, error) {
	body, err := os.ReadFile(filepath.Join(dir, badger.KeyRegistryFileName))
	if err != nil {
		return Keys{}, err
	}
	if err := CheckKeys(body); err != nil {
		return Keys{}, err
	}
	registry, err := badger.OpenKeyRegistry(badger.KeyRegistryOptions{
		Dir: dir, ReadOnly: true, EncryptionKey: key, EncryptionKeyRotationDuration: keyRotation,
	})
	if err != nil {
		return Keys{}, err
	}
	return Keys{registry, known}, nil
}

// CheckKeys checks the shape of a key registry: a nonce and a fixed text, then keys, each
// behind its length and checksum.
func CheckKeys(body []byte) error {
	const start = 16 + len("Hello Badger")
	if len(body) < start {
		return fmt.Errorf("%d bytes, want at least %d", len(body), start)
	}
	for rest := body[start:]; len(rest) > 0; {
		if len(rest) < 8 {
			return fmt.Errorf("%d bytes after the last key", len(rest))
		}
		size, sum := binary.BigEndian.Uint32(rest), binary.BigEndian.Uint32(rest[4:])
		rest = rest[8:]
		if uint64(size) > uint64(len(rest)) {
			return fmt.Errorf("a key of %d bytes, %d are left", size, len(rest))
		}
		if crc32.Checksum(rest[:size], castagnoli) != sum {
			return errors.New("a key has another checksum")
		}
		rest = rest[size:]
	}
	return nil
}

// Key returns the key called id, nil for files in the clear.
func (k Keys) Key(id uint64) ([]byte, error) {
	key, err := k.registry.DataKey(id)
	if err != nil || key == nil {
		return nil, err
	}
	return key.GetData(), nil
}
