package disk

import (
	"encoding/binary"
	"fmt"
	"slices"

	badger "github.com/dgraph-io/badger/v4"

	"cairn/core/id"
	"cairn/core/sentence"
)

// Park keeps a batch that can't be appended yet because one before it is
// missing. A batch parked twice is kept once.
func (d *Disk) Park(log id.Log, first uint64, raw []byte) error {
	if raw == nil {
		raw = []byte{}
	}
	return d.putOne(fmt.Sprintf("parked batch %v/%d", log, first), "A batch", record{parkedKey(log, first), raw})
}

// Parked calls yield with every parked batch, by log and sequence. The bytes
// are yield's to keep. An error of yield ends it and is returned as it is.
func (d *Disk) Parked(yield func(log id.Log, first uint64, raw []byte) error) error {
	return d.view(func(txn *badger.Txn) error {
		return scan(txn, []byte{kindParked}, nil, func(key, value []byte) error {
			if len(key) != 1+id.LogSize+8 {
				return missing(sentence.New("a parked batch"), fmt.Errorf("a key of %d bytes", len(key)))
			}
			return yield(id.LogFrom(key[1:]), binary.BigEndian.Uint64(key[1+id.LogSize:]), slices.Clone(value))
		})
	})
}

// Unpark forgets a parked batch. It is no error if there is none.
func (d *Disk) Unpark(log id.Log, first uint64) error {
	return d.putOne(fmt.Sprintf("parked batch %v/%d", log, first), "A batch", record{key: parkedKey(log, first)})
}
