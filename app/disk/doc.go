package disk

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	badger "github.com/dgraph-io/badger/v4"

	"cairn/core/id"
	"cairn/core/sentence"
)

// StoredDoc is the state of a document. It is derived from the logs and can be
// written anew at any time.
type StoredDoc struct {
	ID   id.Doc
	Noun uint16
	Hash [32]byte // of the state, as its owner reckons it
	Body []byte
}

const (
	stateFixed = 2 + 1 + 32 // noun, flags, hash; then the body
	// stateZstd says that the body is a zstd frame behind its full length.
	stateZstd byte = 1
	// stateParts says that the body stands in records of its own; in its place
	// is their number.
	stateParts byte = 2
)

// Doc returns the state of a document, ErrNotFound if there is none.
func (d *Disk) Doc(name id.Doc) (StoredDoc, error) {
	var doc StoredDoc
	err := d.view(func(txn *badger.Txn) error {
		generation, err := readNumber(txn, generationKey())
		if err != nil {
			return err
		}
		value, err := read(txn, stateKey(uint32(generation), name))
		if err != nil {
			return err
		}
		doc, err = readState(txn, uint32(generation), name, value)
		return err
	})
	if err != nil {
		return StoredDoc{}, fmt.Errorf("read document %v: %w", name, err)
	}
	return doc, nil
}

// Docs calls yield with the state of every document of the kind noun, or of
// any kind if noun is 0, in the order of their names. Bodies are yield's to
// keep. An error of yield ends it and is returned as it is.
func (d *Disk) Docs(noun uint16, yield func(StoredDoc) error) error {
	return d.view(func(txn *badger.Txn) error {
		generation, err := readNumber(txn, generationKey())
		if err != nil {
			return err
		}
		prefix := generationPrefix(kindState, uint32(generation))
		return scan(txn, prefix, nil, func(key, value []byte) error {
			if noun != 0 && len(value) >= 2 && binary.BigEndian.Uint16(value) != noun {
				return nil
			}
			if len(key) != len(prefix)+len(id.Doc{}) {
				return missing(sentence.New("a document"), fmt.Errorf("a key of %d bytes", len(key)))
			}
			doc, err := readState(txn, uint32(generation), id.Doc(key[len(prefix):]), value)
			if err != nil {
				return err
			}
			return yield(doc)
		})
	})
}

// PutDocs writes states, and then how far each log in applied is folded into
// them: after a crash in between, applied lags behind and operations are
// folded in twice, which changes nothing. Logs that are not in applied stay as
// they were.
func (d *Disk) PutDocs(docs []StoredDoc, applied map[id.Log]uint64) error {
	d.write.Lock()
	defer d.write.Unlock()
	if err := d.usable(); err != nil {
		return err
	}
	units := make([]unit, 0, len(docs)+1)
	var long []StoredDoc
	for _, doc := range docs {
		value := doc.encode()
		if len(value) > MaxValue {
			var parts []unit
			if parts, value = d.split(doc, value); parts != nil {
				units, long = append(units, parts...), append(long, doc)
			}
		}
		units = append(units, unit{{stateKey(d.generation, doc.ID), value}})
	}
	var last unit
	for log, next := range applied {
		last = append(last, record{appliedKey(d.generation, log), number(next)})
	}
	if len(last) > 0 {
		units = append(units, last)
	}
	if err := d.commit(units); err != nil {
		return fmt.Errorf("write %d documents: %w", len(docs), err)
	}
	return d.clearParts(long)
}

// Applied returns, by log, the next sequence to fold into the states. A log
// that is not there has not been begun.
func (d *Disk) Applied() (map[id.Log]uint64, error) {
	applied := map[id.Log]uint64{}
	err := d.view(func(txn *badger.Txn) error {
		generation, err := readNumber(txn, generationKey())
		if err != nil {
			return err
		}
		prefix := generationPrefix(kindApplied, uint32(generation))
		return scan(txn, prefix, nil, func(key, value []byte) error {
			if len(key) != len(prefix)+id.LogSize || len(value) != 8 {
				return missing(sentence.New("how far a log is folded in"), nil)
			}
			applied[id.LogFrom(key[len(prefix):])] = binary.BigEndian.Uint64(value)
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return applied, nil
}

// DropDocs forgets every state and how far logs are folded in, at once and
// whole: what is written later belongs to a new generation, so it does not
// matter how much of the old one a crash leaves to be cleared away.
func (d *Disk) DropDocs() error {
	d.write.Lock()
	defer d.write.Unlock()
	if err := d.usable(); err != nil {
		return err
	}
	next := number(uint64(d.generation) + 1)
	if err := d.commit([]unit{{{generationKey(), next}}}); err != nil {
		return fmt.Errorf("drop documents: %w", err)
	}
	d.generation++
	if err := d.clearGenerations(); err != nil {
		d.opts.Log.Warn("old document states not cleared away", "err", err)
	}
	return nil
}

// clearGenerations deletes records of generations before the current one, to
// get their room back. The caller holds d.write.
func (d *Disk) clearGenerations() error {
	for _, kind := range []byte{kindState, kindPart, kindApplied} {
		var units []unit
		err := d.view(func(txn *badger.Txn) error {
			current := generationPrefix(kind, d.generation)
			return scanKeys(txn, []byte{kind}, func(key []byte) error {
				if slices.Compare(key[:min(len(key), len(current))], current) >= 0 {
					return errStop
				}
				units = append(units, unit{{key: slices.Clone(key)}})
				return nil
			})
		})
		if err != nil && !errors.Is(err, errStop) {
			return err
		}
		if err := d.commit(units); err != nil {
			return err
		}
	}
	return nil
}
