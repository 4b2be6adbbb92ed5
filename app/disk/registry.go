package disk

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	badger "github.com/dgraph-io/badger/v4"

	"cairn/app/disk/rawfile"
	"cairn/app/durable"
)

// ours reports whether key may be that of a record.
func ours(key []byte) bool { return strings.IndexByte(kinds, key[0]) >= 0 }

// readKeys reads the registry in dir of the keys that the database's files are
// sealed with, each sealed with key. Its errors are faults.
func readKeys(dir string, key []byte) (rawfile.Keys, error) {
	keys, err := rawfile.ReadKeys(dir, key, ours)
	if err != nil {
		return keys, unreadable(filepath.Join(dir, badger.KeyRegistryFileName), err)
	}
	return keys, nil
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
	return durable.Replace(path, body)
}
