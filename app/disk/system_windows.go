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

func allocated(info fs.FileInfo) int64 { return info.Size() }
