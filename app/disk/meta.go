package disk

import (
	"fmt"

	badger "github.com/dgraph-io/badger/v4"
)

// Meta returns the note called name, ErrNotFound if there is none.
func (d *Disk) Meta(name string) ([]byte, error) {
	var value []byte
	err := d.view(func(txn *badger.Txn) (err error) {
		value, err = read(txn, metaKey(name))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read note %q: %w", name, err)
	}
	return value, nil
}

// SetMeta writes the note called name. Value is not kept; nil removes the note.
func (d *Disk) SetMeta(name string, value []byte) error {
	return d.putOne("note "+name, "A note", record{metaKey(name), value})
}

// putOne writes r, which is called name in errors and kind in sentences.
func (d *Disk) putOne(name, kind string, r record) error {
	d.write.Lock()
	defer d.write.Unlock()
	if err := d.usable(); err != nil {
		return err
	}
	if len(r.value) > MaxValue {
		return fmt.Errorf("write %s: %w", name, tooLarge(kind, len(r.value), MaxValue))
	}
	if err := d.commit([]unit{{r}}); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// Names returns the names of the notes that begin with prefix, sorted.
func (d *Disk) Names(prefix string) ([]string, error) {
	var names []string
	err := d.view(func(txn *badger.Txn) error {
		return scanKeys(txn, metaKey(prefix), func(key []byte) error {
			names = append(names, string(key[1:]))
			return nil
		})
	})
	return names, err
}
