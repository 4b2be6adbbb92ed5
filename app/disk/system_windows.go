package disk

import (
	"io/fs"

	"golang.org/x/sys/windows"
)

// freeSpace returns how many bytes this process may still write to the volume
// of dir.
func freeSpace(dir string) (uint64, error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	err = windows.GetDiskFreeSpaceEx(path, &free, nil, nil)
	return free, err
}

// OutOfSpace reports whether err says that there was no room for a write.
func OutOfSpace(err error) bool {
	return says(err, windows.ERROR_DISK_FULL) || says(err, windows.ERROR_HANDLE_DISK_FULL)
}

// syncDir does nothing: NTFS journals the names in a directory itself, and a
// directory can't be opened for syncing.
func syncDir(string) error { return nil }

func allocated(info fs.FileInfo) int64 { return info.Size() }
