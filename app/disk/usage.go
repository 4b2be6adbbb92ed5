package disk

import (
	"errors"
	"io/fs"
	"path/filepath"
)

// Usage is how much a workspace takes on the disk.
type Usage struct {
	Bytes int64 // as the file system counts: holes in the database's files take nothing
	Blobs int
}

// Size adds up the files of the folder.
func (d *Disk) Size() (Usage, error) {
	var u Usage
	err := filepath.WalkDir(d.opts.Dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return gone(err)
		}
		info, err := e.Info()
		if err != nil {
			return gone(err)
		}
		u.Bytes += allocated(info)
		return nil
	})
	if err != nil {
		return u, translate(err, d.opts.Dir)
	}
	err = d.Blobs(func(Blob) error {
		u.Blobs++
		return nil
	})
	return u, err
}

// gone passes over a file that the database has removed meanwhile.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
