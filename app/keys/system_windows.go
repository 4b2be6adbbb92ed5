package keys

import (
	"errors"

	"golang.org/x/sys/windows"
)

// syncDir does nothing: NTFS journals the names in a directory itself, and a
// directory can't be opened for syncing.
func syncDir(string) error { return nil }

func outOfSpace(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}
