//go:build unix

package disk

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// freeSpace returns how many bytes this process may still write to the volume
// of dir.
func freeSpace(dir string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return uint64(s.Bavail) * uint64(s.Bsize), nil
}

// outOfSpace reports whether err says that there was no room for a write: on
// the volume, in a quota, or below the largest file the process may write.
func outOfSpace(err error) bool {
	return says(err, syscall.ENOSPC) || says(err, syscall.EDQUOT) || says(err, syscall.EFBIG)
}
