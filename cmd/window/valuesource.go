package window

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cairn/app"
	"cairn/core/fault"
)

// RenameModel implements value.Source.
func (s *session) RenameModel(ctx context.Context, id, name string) error {
	_, err := do(ctx, s, app.SetField, app.SetFieldRequest{ID: id, Field: "name", Value: name})
	return err
}

// Trash implements value.Source.
func (s *session) Trash(ctx context.Context, id string, trashed bool) error {
	return documents{s}.Trash(ctx, id, trashed)
}

// WriteExport implements value.Source: files go where a browser puts them, under
// a name that no other file has.
func (s *session) WriteExport(_ context.Context, name string, content []byte) (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fault.Wrap(err, fault.NotFound, "There is no home folder to save into.", "")
	}
	folder := filepath.Join(home, "Downloads")
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		folder = home
	}
	name = plainName(name)
	ending := filepath.Ext(name)
	for n, path := 2, filepath.Join(folder, name); ; n++ {
		err := writeNew(path, content)
		if !errors.Is(err, fs.ErrExist) {
			if err != nil {
				return "", fault.Wrap(err, fault.Denied, "The file can't be written into %s.", "").With(folder)
			}
			return path, nil
		}
		path = filepath.Join(folder, fmt.Sprintf("%s %d%s", strings.TrimSuffix(name, ending), n, ending))
	}
}

// writeNew writes a file that is not there yet.
func writeNew(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the name is plain, the folder the person's own
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

// plainName leaves out of a file's name what systems do not have in one.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, name)
}
