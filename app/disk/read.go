package disk

import (
	"encoding/binary"
	"errors"
	"fmt"

	badger "github.com/dgraph-io/badger/v4"

	"cairn/core/sentence"
)

// errStop ends a scan without an error.
var errStop = errors.New("enough")

// read returns a copy of the value of key, ErrNotFound if there is none.
func read(txn *badger.Txn, key []byte) ([]byte, error) {
	item, err := txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, missing(sentence.New("the record %q", key), err)
	}
	value, err := item.ValueCopy(nil)
	if err != nil {
		return nil, missing(sentence.New("the record %q", key), err)
	}
	return value, nil
}

// readNumber returns the number under key, 0 if there is none.
func readNumber(txn *badger.Txn, key []byte) (uint64, error) {
	value, err := read(txn, key)
	switch {
	case errors.Is(err, ErrNotFound):
		return 0, nil
	case err != nil:
		return 0, err
	case len(value) != 8:
		return 0, missing(sentence.New("the record %q", key), fmt.Errorf("%d bytes, want 8", len(value)))
	}
	return binary.BigEndian.Uint64(value), nil
}

// scan calls fn with every record below prefix in the order of keys, from
// start on if that is not nil. Both slices are fn's for the call only.
func scan(txn *badger.Txn, prefix, start []byte, fn func(key, value []byte) error) error {
	opts := badger.DefaultIteratorOptions
	opts.Prefix = prefix
	// Values lie beside their keys; fetching ahead would only copy them.
	opts.PrefetchValues = false
	it := txn.NewIterator(opts)
	defer it.Close()
	if start == nil {
		start = prefix
	}
	for it.Seek(start); it.Valid(); it.Next() {
		item := it.Item()
		err := item.Value(func(value []byte) error { return fn(item.Key(), value) })
		if err != nil {
			return err
		}
	}
	return nil
}

// scanKeys calls fn with every key below prefix, in order. The slice is fn's
// for the call only.
func scanKeys(txn *badger.Txn, prefix []byte, fn func(key []byte) error) error {
	opts := badger.DefaultIteratorOptions
	opts.Prefix, opts.PrefetchValues = prefix, false
	it := txn.NewIterator(opts)
	defer it.Close()
	for it.Seek(prefix); it.Valid(); it.Next() {
		if err := fn(it.Item().Key()); err != nil {
			return err
		}
	}
	return nil
}
