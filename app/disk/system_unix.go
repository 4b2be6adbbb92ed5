//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"os"
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
	return s.Bavail * uint64(s.Bsize), nil
}

// OutOfSpace reports whether err says that there was no room for a write: on
// the volume, in a quota, or below the largest file the process may write.
func OutOfSpace(err error) bool {
	return says(err, syscall.ENOSPC) || says(err, syscall.EDQUOT) || says(err, syscall.EFBIG)
}

// syncDir makes a rename in dir durable.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// statBlock is the unit of Stat_t.Blocks on every Unix.
const statBlock = 512

func allocated(info fs.FileInfo) int64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Blocks * statBlock
	}
	return info.Size()
}
