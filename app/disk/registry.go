package disk

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"

	badger "github.com/dgraph-io/badger/v4"
)

// castagnoli is the polynomial of the database's checksums.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// registry holds the keys that the database's files are sealed with, each
// sealed with the disk key. Without it no file can be read.
type registry struct{ keys *badger.KeyRegistry }

// readRegistry reads the registry in dir. The database itself trusts the
// lengths in the file, so they are checked before it sees them.
func readRegistry(dir string, key []byte) (registry, error) {
	path := filepath.Join(dir, badger.KeyRegistryFileName)
	body, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return registry{}, lostFile(path, err)
	}
	if err != nil {
		return registry{}, translate(fmt.Errorf("read %s: %w", path, err), path)
	}
	if err := checkRegistry(body); err != nil {
		return registry{}, damaged(path, err)
	}
	keys, err := badger.OpenKeyRegistry(badger.KeyRegistryOptions{
		Dir: dir, ReadOnly: true, EncryptionKey: key, EncryptionKeyRotationDuration: keyRotation,
	})
	if err != nil {
		// The key fits the folder: checkFormat has seen to that.
		return registry{}, damaged(path, err)
	}
	return registry{keys}, nil
}

// checkRegistry checks the shape: a nonce and a fixed text, then keys, each
// behind its length and checksum.
func checkRegistry(body []byte) error {
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

// key returns the key called id, nil for files in the clear.
func (r registry) key(id uint64) ([]byte, error) {
	k, err := r.keys.DataKey(id)
	if err != nil || k == nil {
		return nil, err
	}
	return k.GetData(), nil
}

// keepRegistryCopy keeps a second copy of the registry: every other damaged
// file costs what it holds, this one would cost everything.
func (d *Disk) keepRegistryCopy() error {
	body, err := os.ReadFile(filepath.Join(d.databaseDir(), badger.KeyRegistryFileName))
	if err != nil {
		return err
	}
	path := filepath.Join(d.opts.Dir, registryCopy)
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, body) {
		return nil
	}
	return replaceFile(path, body)
}
