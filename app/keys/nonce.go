package keys

import (
	"bytes"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"cairn/app/durable"
)

// InstallsDir returns the folder outside every workspace in which installs
// leave their mark, below the configuration folder of the person who runs the
// program.
func InstallsDir() (string, error) {
	config, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find the configuration folder: %w", err)
	}
	return filepath.Join(config, "cairn", "installs"), nil
}

// SameInstall reports whether the workspace is where it was last used: whether
// its database, which holds inDatabase, this store and the mark in installs
// carry the same nonce. They differ after the folder was restored from an old
// copy, cloned with the machine, or copied to another account. A device may
// then not go on with its logs, because its latest writes may be missing here.
func (s *Store) SameInstall(installs string, inDatabase []byte) (bool, error) {
	s.mu.Lock()
	nonce := s.doc.Nonce
	s.mu.Unlock()
	text, err := os.ReadFile(filepath.Join(installs, s.install))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, translate(fmt.Errorf("read the mark of this install: %w", err), installs)
	}
	outside, err := hex.DecodeString(string(bytes.TrimSpace(text)))
	// A mark that can't be read differs, which is the safe side.
	same := err == nil && subtle.ConstantTimeCompare(outside, nonce) == 1
	return same && subtle.ConstantTimeCompare(inDatabase, nonce) == 1, nil
}

// RotateNonce puts a fresh nonce into installs and the store, and returns it for
// the database. A crash before it is written there leaves them different,
// which costs a new log and loses nothing. It is rotated at the first write of
// every run, so that a copy made earlier stands out.
func (s *Store) RotateNonce(installs string, random io.Reader) ([]byte, error) {
	nonce := make([]byte, nonceSize)
	if _, err := io.ReadFull(random, nonce); err != nil {
		return nil, fmt.Errorf("read randomness for the install nonce: %w", err)
	}
	if err := os.MkdirAll(installs, 0o700); err != nil {
		return nil, translate(fmt.Errorf("mark this install: %w", err), installs)
	}
	mark := hex.AppendEncode(nil, nonce)
	if err := durable.Replace(filepath.Join(installs, s.install), append(mark, '\n')); err != nil {
		return nil, translate(fmt.Errorf("mark this install: %w", err), installs)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	next := s.doc
	next.Nonce = nonce
	if err := s.save(next); err != nil {
		return nil, err
	}
	s.doc = next
	return slices.Clone(nonce), nil
}
