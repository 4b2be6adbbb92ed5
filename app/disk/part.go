package disk

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"

	badger "github.com/dgraph-io/badger/v4"

	"cairn/core/id"
	"cairn/core/sentence"
)

// A state longer than one record stands in parts. Nobody may write such a
// document, but what two people add to one at the same time can come to that
// when it is merged.
const (
	partSize = MaxValue / 2 // several parts fit one transaction
	partHash = 8            // bytes of the state's hash that name its parts
)

// split returns the records that hold the body of doc's encoded state, and
// what the state is to be instead.
func (d *Disk) split(doc StoredDoc, value []byte) (parts []unit, head []byte) {
	head = slices.Clone(value[:stateFixed])
	head[2] |= stateParts
	n := uint64(0)
	for part := range slices.Chunk(value[stateFixed:], partSize) {
		parts = append(parts, unit{{partKey(d.generation, doc.ID, doc.Hash, n), part}})
		n++
	}
	return parts, binary.AppendUvarint(head, n)
}

// readState decodes a state and fetches its parts if it has any.
func readState(txn *badger.Txn, generation uint32, name id.Doc, value []byte) (StoredDoc, error) {
	if len(value) < stateFixed || value[2]&stateParts == 0 {
		return decodeState(name, value)
	}
	n, size := binary.Uvarint(value[stateFixed:])
	if size <= 0 {
		return StoredDoc{}, missing(sentence.New("document %v", name), errors.New("no number of parts"))
	}
	whole := slices.Clone(value[:stateFixed])
	whole[2] &^= stateParts
	for i := range n {
		part, err := read(txn, partKey(generation, name, [32]byte(value[3:]), i))
		if err != nil {
			return StoredDoc{}, missing(sentence.New("part %d of document %v", i, name), err)
		}
		whole = append(whole, part...)
	}
	return decodeState(name, whole)
}

// clearParts deletes the parts of earlier states of docs. The caller holds
// d.write.
func (d *Disk) clearParts(docs []StoredDoc) error {
	for _, doc := range docs {
		var units []unit
		prefix := partPrefix(d.generation, doc.ID)
		err := d.view(func(txn *badger.Txn) error {
			return scanKeys(txn, prefix, func(key []byte) error {
				if !bytes.HasPrefix(key[len(prefix):], doc.Hash[:partHash]) {
					units = append(units, unit{{key: slices.Clone(key)}})
				}
				return nil
			})
		})
		if err != nil {
			return err
		}
		if err := d.commit(units); err != nil {
			return err
		}
	}
	return nil
}
