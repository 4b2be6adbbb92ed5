package disk

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cairn/app/durable"
)

const markSize = 8 + 1 + 4

// mark is a small file outside the database that says how far the database had
// been written, so that a database that was cut short is noticed. It is not
// synced: after a loss of power it may be late, never early.
type mark struct {
	f *os.File // nil when the folder is open for reading only
	// As it stands in the file.
	group uint64 // number of a write that was acknowledged
	clean bool   // the folder was closed in an orderly way
}

func openMark(o Options) (*mark, error) {
	path := filepath.Join(o.Dir, markName)
	flags := os.O_RDWR | os.O_CREATE
	if o.ReadOnly {
		flags = os.O_RDONLY
	}
	f, err := os.OpenFile(path, flags, 0o600)
	if o.ReadOnly && errors.Is(err, fs.ErrNotExist) {
		return &mark{}, nil
	}
	if err != nil {
		return nil, translate(fmt.Errorf("open %s: %w", path, err), o.Dir)
	}
	m := &mark{f: f}
	var b [markSize]byte
	// A mark that was never written or is itself damaged says nothing.
	if n, _ := f.ReadAt(b[:], 0); n == markSize && crc32.ChecksumIEEE(b[:9]) == binary.BigEndian.Uint32(b[9:]) {
		m.group, m.clean = binary.BigEndian.Uint64(b[:]), b[8] == 1
	}
	if o.ReadOnly {
		m.f = nil
		return m, f.Close()
	}
	return m, nil
}

// reset is set, synced: for when the folder opens and closes.
func (m *mark) reset(group uint64, clean bool) error {
	if err := m.set(group, clean); err != nil {
		return err
	}
	return m.f.Sync()
}

func (m *mark) set(group uint64, clean bool) error {
	b := binary.BigEndian.AppendUint64(nil, group)
	if clean {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	if _, err := m.f.WriteAt(b, 0); err != nil {
		return err
	}
	m.group, m.clean = group, clean
	return nil
}

func (m *mark) close() {
	if m != nil && m.f != nil {
		// What was written to it has been handed to the system already.
		_ = m.f.Close()
		m.f = nil
	}
}

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
	copies, err := asideWALs(d.opts.Dir)
	if err != nil {
		return translate(err, d.opts.Dir)
	}
	for _, path := range copies {
		if err := os.Remove(path); err != nil {
			return translate(fmt.Errorf("remove %s: %w", path, err), d.opts.Dir)
		}
	}
	return nil
}

// asideWALs returns the copies of write-ahead files that stand aside in dir.
func asideWALs(dir string) ([]string, error) {
	aside := filepath.Join(dir, asideName)
	entries, err := os.ReadDir(aside)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var copies []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), asideWAL) && strings.HasSuffix(e.Name(), ".mem") {
			copies = append(copies, filepath.Join(aside, e.Name()))
		}
	}
	return copies, nil
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
	if err := durable.Replace(to, bytes.TrimRight(body, "\x00")); err != nil {
		return "", err
	}
	return to, nil
}
