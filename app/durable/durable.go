// Package durable writes small files so that they survive a crash, and tells
// when there was no room to write.
package durable

import (
	"errors"
	"os"
	"path/filepath"
)

// Replace makes body the content of the file at path, readable by its owner
// only. A crash leaves the old content or the new, never a mixture; when
// Replace returns nil it is the new.
func Replace(path string, body []byte) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temp.Name()))
		}
	}()
	if _, err := temp.Write(body); err != nil {
		return errors.Join(err, temp.Close())
	}
	if err := temp.Sync(); err != nil {
		return errors.Join(err, temp.Close())
	}
	if err := temp.Close(); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}
