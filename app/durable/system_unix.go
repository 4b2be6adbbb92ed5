//go:build unix

package durable

import (
	"errors"
	"os"
	"syscall"
)

// SyncDir makes the names in dir durable, such as one that a rename gave.
func SyncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// noRoom are the errors of a volume or quota that is full, and of a file that
// has reached the size that the process may write.
var noRoom = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
