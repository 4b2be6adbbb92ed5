package disk

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	badger "github.com/dgraph-io/badger/v4"

	"cairn/core/sentence"
)

// Chunk is one piece of a series: bytes of high volume that operations only
// refer to.
type Chunk struct {
	Series [16]byte
	N      uint32 // position in the series; need not be dense
	Body   []byte // at most MaxValue
}

// PutChunk writes one chunk, in the place of an earlier one of that number.
func (d *Disk) PutChunk(series [16]byte, n uint32, body []byte) error {
	return d.PutChunks([]Chunk{{series, n, body}})
}

// PutChunks writes chunks with as few syncs as they fit in.
func (d *Disk) PutChunks(chunks []Chunk) error {
	d.write.Lock()
	defer d.write.Unlock()
	if err := d.usable(); err != nil {
		return err
	}
	units := make([]unit, 0, len(chunks))
	for _, c := range chunks {
		if len(c.Body) > MaxValue {
			return fmt.Errorf("write chunk %x/%d: %w", c.Series, c.N, tooLarge("A chunk", len(c.Body), MaxValue))
		}
		// An empty body is a chunk too; only nil deletes.
		units = append(units, unit{{chunkKey(c.Series, c.N), slices.Concat([]byte{}, c.Body)}})
	}
	if err := d.commit(units); err != nil {
		return fmt.Errorf("write %d chunks: %w", len(chunks), err)
	}
	return nil
}

// Chunk returns the n-th chunk of series, ErrNotFound if there is none.
func (d *Disk) Chunk(series [16]byte, n uint32) ([]byte, error) {
	var body []byte
	err := d.view(func(txn *badger.Txn) (err error) {
		body, err = read(txn, chunkKey(series, n))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read chunk %x/%d: %w", series, n, err)
	}
	return body, nil
}

// Chunks calls yield with the chunks of series from number from on, in order.
// The bytes are yield's to keep. An error of yield ends it and is returned as
// it is.
func (d *Disk) Chunks(series [16]byte, from uint32, yield func(n uint32, body []byte) error) error {
	return d.view(func(txn *badger.Txn) error {
		prefix := seriesPrefix(series)
		return scan(txn, prefix, chunkKey(series, from), func(key, value []byte) error {
			if len(key) != len(prefix)+4 {
				return missing(sentence.New("a chunk of series %x", series), errors.New("its key makes no sense"))
			}
			return yield(binary.BigEndian.Uint32(key[len(prefix):]), slices.Clone(value))
		})
	})
}
