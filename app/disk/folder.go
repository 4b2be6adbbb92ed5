package disk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"cairn/app/durable"
	"cairn/core/fault"
)

// The names in a workspace folder.
const (
	formatName   = "format.json"
	lockName     = "lock"
	markName     = "mark"
	databaseName = "db"
	blobsName    = "blobs"
	asideName    = "aside" // what was set aside because it is damaged
	registryCopy = "KEYREGISTRY.copy"

	// NodeName is the file in which a running node says how it is reached, as
	// JSON with the members of Holder. The node writes and removes it.
	NodeName = "node.json"
)

// Format is the version of the folder's format that this package writes.
const Format = 1

// format is the content of format.json.
type format struct {
	Format int `json:"format"`
	// KeyCheck tells the right key from a wrong one before anything is
	// decrypted. Empty means that the folder is not encrypted.
	KeyCheck string `json:"key_check,omitempty"`
}

// keyCheck returns what format.json says about key.
func keyCheck(key []byte) string {
	if key == nil {
		return ""
	}
	m := hmac.New(sha256.New, key)
	m.Write([]byte("cairn disk key check"))
	return hex.EncodeToString(m.Sum(nil)[:16])
}

func createFolder(o Options) error {
	if o.Key != nil && len(o.Key) != KeySize {
		return fmt.Errorf("create %s: the key has %d bytes, want %d", o.Dir, len(o.Key), KeySize)
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return translate(fmt.Errorf("create %s: %w", o.Dir, err), o.Dir)
	}
	names, err := os.ReadDir(o.Dir)
	if err != nil {
		return translate(fmt.Errorf("create %s: %w", o.Dir, err), o.Dir)
	}
	// Keys stand in the folder before the disk does.
	if slices.ContainsFunc(names, func(e fs.DirEntry) bool { return taken(e.Name()) }) {
		return fault.New(fault.Conflict, "The folder %s already holds a workspace.", "Choose an empty folder, or open the one that is there.").With(o.Dir)
	}
	for _, name := range []string{databaseName, blobsName} {
		if err := os.Mkdir(filepath.Join(o.Dir, name), 0o700); err != nil {
			return translate(fmt.Errorf("create %s: %w", o.Dir, err), o.Dir)
		}
	}
	// Written last: a folder without it is no workspace, however far a crash
	// let this function come.
	if err := writeFormat(o.Dir, format{Format: Format, KeyCheck: keyCheck(o.Key)}); err != nil {
		return translate(fmt.Errorf("create %s: %w", o.Dir, err), o.Dir)
	}
	return nil
}

func taken(name string) bool {
	return slices.Contains([]string{formatName, markName, databaseName, blobsName, asideName, registryCopy}, name)
}

func writeFormat(dir string, f format) error {
	body, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return fmt.Errorf("encode %s: %w", formatName, err)
	}
	return durable.Replace(filepath.Join(dir, formatName), append(body, '\n'))
}

// checkFormat returns the version of the folder's format, once it is sure that
// this program and o.Key can read it.
func checkFormat(o Options) (int, error) {
	path := filepath.Join(o.Dir, formatName)
	body, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, noWorkspace(o.Dir)
	}
	if err != nil {
		return 0, translate(fmt.Errorf("open %s: %w", o.Dir, err), o.Dir)
	}
	var f format
	if err := json.Unmarshal(body, &f); err != nil || f.Format < 1 {
		return 0, damaged(path, fmt.Errorf("format %d: %w", f.Format, err))
	}
	if f.Format > Format {
		return 0, newer(o.Dir, f.Format)
	}
	if f.KeyCheck != keyCheck(o.Key) {
		if _, err := readKeys(filepath.Join(o.Dir, databaseName), o.Key); err == nil {
			return 0, damaged(path, errors.New("the key fits the database and not the check"))
		}
		return 0, wrongKey(o.Dir, f.KeyCheck != "", o.Key != nil)
	}
	return f.Format, nil
}
