package keys

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"cairn/app/durable"
	"cairn/core/fault"
	"cairn/core/sentence"
)

// plainName is the file that holds the document in the clear.
const plainName = "keys.plain"

// plainFile keeps the document in a file that only its owner may read.
type plainFile struct{ dir string }

func (p plainFile) path() string { return filepath.Join(p.dir, plainName) }

func (p plainFile) load() ([]byte, error) { return readSecret(p.path()) }

func (p plainFile) store(document []byte) error {
	if err := durable.Replace(p.path(), document); err != nil {
		return translate(fmt.Errorf("write keys: %w", err), p.dir)
	}
	return nil
}

// readSecret reads a file that keys.json says is there.
func readSecret(path string) ([]byte, error) {
	body, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(err, fault.Damaged, "The file %s is missing.", hintDamaged).With(path)
	}
	if err != nil {
		return nil, translate(fmt.Errorf("read keys: %w", err), path)
	}
	return body, nil
}

const hintDamaged = "Restore the workspace from a backup with `cairn restore`, or join the team anew with an invitation."

// damaged says what is not as it was written.
func damaged(what sentence.Sentence, err error) error {
	return fault.Wrap(err, fault.Damaged, "%s", hintDamaged).With(what)
}

func newer(dir string) error {
	return fault.New(fault.Newer, "The keys in %s were written by a later version of Cairn.", "Update Cairn on this machine.").With(dir)
}

// translate gives an error of the system the fault it deserves; path is what
// was worked on.
func translate(err error, path string) error {
	switch {
	case durable.OutOfSpace(err):
		return fault.Wrap(err, fault.Full, "The disk that holds %s is full.", "Free some space on that disk and try again.").With(path)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrNotExist):
		return fault.Wrap(err, fault.Unavailable, "Cairn can't use %s.", "Check that the folder exists and its permissions, or choose another one with --data.").With(path)
	}
	return err
}
