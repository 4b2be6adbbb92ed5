//go:build unix

package disk

import (
	"io/fs"
	"syscall"
)

// statBlock is the unit of Stat_t.Blocks on every Unix.
const statBlock = 512

func allocated(info fs.FileInfo) int64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Blocks * statBlock
	}
	return info.Size()
}
