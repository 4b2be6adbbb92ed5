package disk

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	badger "github.com/dgraph-io/badger/v4"

	"cairn/app/disk/rawfile"
)

// checkOrphans looks at the tables that the manifest does not list, which the
// database deletes when it opens. A crash leaves such a table when it comes
// between writing it and listing it, and then all it holds stands elsewhere
// still; or when it comes between striking a table off and removing it. A
// manifest that lost its end leaves them too, and then they are all there is.
func (in *inspection) checkOrphans(listed map[uint64]badger.TableManifest) error {
	gone, err := in.struckOff()
	if err != nil {
		return err
	}
	wanted := map[string]uint64{} // key → latest version that an orphan holds
	for _, id := range slices.Sorted(maps.Keys(in.files.tables)) {
		if _, ok := listed[id]; ok || gone[id] {
			continue
		}
		path := in.files.tables[id]
		in.d.opts.Log.Info("table that the manifest does not list", "file", path)
		t, done, err := rawfile.ReadAnyTable(path, in.keys, in.d.opts.Key != nil)
		if err != nil {
			// A table is synced before it is listed, so this one never was.
			in.d.opts.Log.Info("table that was never finished", "file", path, "why", err)
			continue
		}
		err = t.Each(func(r rawfile.Record) error {
			wanted[string(r.Key)] = max(wanted[string(r.Key)], r.Version)
			return nil
		})
		done()
		if err != nil {
			return damaged(path, err)
		}
	}
	if err := in.strike(wanted, listed); err != nil {
		return err
	}
	for key := range wanted {
		path := filepath.Join(in.d.databaseDir(), badger.ManifestFilename)
		return damaged(path, fmt.Errorf("it does not list tables that alone hold %d records, %q among them", len(wanted), key))
	}
	return nil
}

// strike takes away from wanted what the listed tables and the write-ahead
// files hold.
func (in *inspection) strike(wanted map[string]uint64, listed map[uint64]badger.TableManifest) error {
	found := func(r rawfile.Record) error {
		if version, ok := wanted[string(r.Key)]; ok && r.Version >= version {
			delete(wanted, string(r.Key))
		}
		if len(wanted) == 0 {
			return errStop
		}
		return nil
	}
	err := in.eachRecord(listed, found)
	if errors.Is(err, errStop) {
		return nil
	}
	return err
}

// eachRecord calls yield with what the write-ahead files and then the listed
// tables hold.
func (in *inspection) eachRecord(listed map[uint64]badger.TableManifest, yield func(rawfile.Record) error) error {
	for _, path := range in.files.wals {
		w, err := rawfile.ReadWAL(path, in.keys)
		if err != nil {
			return unreadable(path, err)
		}
		for _, r := range w.Records {
			if err := yield(r); err != nil {
				return err
			}
		}
	}
	for id, m := range listed {
		t, done, err := rawfile.ReadTable(in.files.tables[id], in.keys, m.KeyID, m.Compression)
		if err != nil {
			return unreadable(in.files.tables[id], err)
		}
		err = t.Each(yield)
		done()
		if err != nil {
			return err
		}
	}
	return nil
}
