package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// asideWAL begins the names of copies of write-ahead files.
const asideWAL = "wal-"

// confirm makes sure, once the database is open, that what it left out when it
// opened had never been acknowledged or stands elsewhere, and removes the
// copies that were kept until that was sure.
func (d *Disk) confirm(in *inspection) error {
	if d.group < d.mark.group {
		path := d.databaseDir()
		if in.wal != "" {
			path = in.wal
		}
		return damaged(path, fmt.Errorf("write %d was acknowledged, the database ends at %d", d.mark.group, d.group))
	}
	if d.opts.ReadOnly {
		return nil
	}
	copies, err := filepath.Glob(filepath.Join(d.opts.Dir, asideName, asideWAL+"*.mem"))
	if err != nil {
		return err
	}
	for _, path := range copies {
		if err := os.Remove(path); err != nil {
			return translate(fmt.Errorf("remove %s: %w", path, err), d.opts.Dir)
		}
	}
	return nil
}

// copyAside copies the file at path, without the zeros at its end, to the
// folder for damaged files.
func (d *Disk) copyAside(path string) (string, error) {
	aside := filepath.Join(d.opts.Dir, asideName)
	if err := os.MkdirAll(aside, 0o700); err != nil {
		return "", err
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	to := filepath.Join(aside, asideWAL+filepath.Base(path))
	if err := replaceFile(to, bytes.TrimRight(body, "\x00")); err != nil {
		return "", err
	}
	return to, nil
}

// readStart returns the first n bytes of a file, fewer if it is shorter.
func readStart(path string, n int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(f, n))
	return body, errors.Join(err, f.Close())
}
