package rawfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/dgraph-io/badger/v4/fb"
	"github.com/dgraph-io/badger/v4/options"
	"github.com/dgraph-io/badger/v4/pb"
	"github.com/dgraph-io/badger/v4/y"
	"github.com/klauspost/compress/snappy"
	"google.golang.org/protobuf/proto"
)

// Table is one table, as the database writes it: blocks, an index of the blocks, the
// index's length and checksum.
type Table struct {
	body        []byte
	key         []byte // nil for a table in the clear
	compression options.CompressionType
	index       *fb.TableIndex
}

// aesBlock is the size of the nonce that a sealed piece of a table ends with.
const aesBlock = 16

// OpenTable checks the index of a table sealed with key unless that is nil; body must stay as it is.
func OpenTable(body, key []byte, compression options.CompressionType) (*Table, error) {
	rest := body
	checksum, rest, err := cutTail(rest)
	if err != nil {
		return nil, fmt.Errorf("checksum of the index: %w", err)
	}
	index, rest, err := cutTail(rest)
	if err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	if err := verify(index, checksum); err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	if key != nil {
		if index, err = unsealPiece(index, key); err != nil {
			return nil, fmt.Errorf("index: %w", err)
		}
	}
	t := &Table{body: rest, key: key, compression: compression}
	if t.index, err = parseIndex(index); err != nil {
		return nil, fmt.Errorf("index: %w", err)
	}
	return t, nil
}

// parseIndex reads an index whose checksum fits. With the wrong key it is
// noise all the same, which the reader of its format answers with a panic.
func parseIndex(b []byte) (index *fb.TableIndex, err error) {
	defer func() {
		if r := recover(); r != nil {
			index, err = nil, fmt.Errorf("no table index: %v", r)
		}
	}()
	if len(b) < 8 {
		return nil, errors.New("too short")
	}
	index = fb.GetRootAsTableIndex(b, 0)
	var o fb.BlockOffset
	for i := range index.OffsetsLength() {
		if !index.Offsets(&o, i) {
			return nil, fmt.Errorf("block %d is not there", i)
		}
		_, _, _ = o.Offset(), o.Len(), o.KeyBytes()
	}
	if index.OffsetsLength() == 0 {
		return nil, errors.New("no blocks")
	}
	return index, nil
}

// cutTail cuts off the piece at the end of b that stands before its length.
func cutTail(b []byte) (piece, rest []byte, err error) {
	if len(b) < 4 {
		return nil, nil, errors.New("the file is too short")
	}
	size := binary.BigEndian.Uint32(b[len(b)-4:])
	b = b[:len(b)-4]
	if uint64(size) > uint64(len(b)) {
		return nil, nil, fmt.Errorf("a length of %d in %d bytes", size, len(b))
	}
	return b[len(b)-int(size):], b[:len(b)-int(size)], nil
}

func verify(piece, checksum []byte) error {
	var sum pb.Checksum
	if err := proto.Unmarshal(checksum, &sum); err != nil {
		return fmt.Errorf("checksum: %w", err)
	}
	if sum.GetAlgo() != pb.Checksum_CRC32C && sum.GetAlgo() != pb.Checksum_XXHash64 {
		return fmt.Errorf("checksum of the kind %d", sum.GetAlgo())
	}
	return y.VerifyChecksum(piece, &sum)
}

func unsealPiece(b, key []byte) ([]byte, error) {
	if len(b) < aesBlock {
		return nil, errors.New("too short to be sealed")
	}
	return y.XORBlockAllocate(b[:len(b)-aesBlock], key, b[len(b)-aesBlock:])
}

// Blocks returns the number of blocks.
func (t *Table) Blocks() int { return t.index.OffsetsLength() }

// Check reports whether the i-th block is whole.
func (t *Table) Check(i int) error {
	_, _, err := t.block(i)
	return err
}

// block returns the entries of the i-th block and where each begins, verified.
func (t *Table) block(i int) (entries []byte, starts []uint32, err error) {
	var o fb.BlockOffset
	if !t.index.Offsets(&o, i) {
		return nil, nil, errors.New("not in the index")
	}
	from, size := uint64(o.Offset()), uint64(o.Len())
	if from+size > uint64(len(t.body)) {
		return nil, nil, fmt.Errorf("%d bytes at %d are beyond the end", size, from)
	}
	b := t.body[from : from+size]
	if t.key != nil {
		if b, err = unsealPiece(b, t.key); err != nil {
			return nil, nil, err
		}
	}
	switch t.compression {
	case options.None:
	case options.Snappy:
		if n, err := snappy.DecodedLen(b); err != nil || n > math.MaxInt32/2 {
			return nil, nil, fmt.Errorf("a block of %d bytes: %w", n, err)
		}
		if b, err = snappy.Decode(nil, b); err != nil {
			return nil, nil, err
		}
	default:
		return nil, nil, fmt.Errorf("compression %d", t.compression)
	}
	checksum, b, err := cutTail(b)
	if err != nil {
		return nil, nil, err
	}
	if err := verify(b, checksum); err != nil {
		return nil, nil, err
	}
	return splitBlock(b)
}

// splitBlock takes a block without its checksum apart.
func splitBlock(b []byte) (entries []byte, starts []uint32, err error) {
	if len(b) < 4 {
		return nil, nil, errors.New("too short")
	}
	count := uint64(binary.BigEndian.Uint32(b[len(b)-4:]))
	b = b[:len(b)-4]
	if count*4 > uint64(len(b)) {
		return nil, nil, fmt.Errorf("%d entries in %d bytes", count, len(b))
	}
	offsets := b[len(b)-int(count*4):]
	entries = b[:len(b)-len(offsets)]
	starts = make([]uint32, count)
	for i := range starts {
		// The database copies numbers as its machine holds them; all that
		// Cairn runs on hold them little-endian.
		starts[i] = binary.LittleEndian.Uint32(offsets[i*4:])
		if uint64(starts[i]) > uint64(len(entries)) || (i > 0 && starts[i] < starts[i-1]) {
			return nil, nil, fmt.Errorf("entry %d at %d of %d", i, starts[i], len(entries))
		}
	}
	return entries, starts, nil
}

// Each calls yield with every record, in order.
func (t *Table) Each(yield func(Record) error) error {
	for i := range t.Blocks() {
		if err := t.Records(i, yield); err != nil {
			return fmt.Errorf("block %d: %w", i, err)
		}
	}
	return nil
}

// Records calls yield with the records of the i-th block.
func (t *Table) Records(i int, yield func(Record) error) error {
	entries, starts, err := t.block(i)
	if err != nil {
		return err
	}
	var base []byte
	for n, start := range starts {
		end := uint32(len(entries))
		if n+1 < len(starts) {
			end = starts[n+1]
		}
		e := entries[start:end]
		if len(e) < 4 {
			return fmt.Errorf("entry %d has %d bytes", n, len(e))
		}
		overlap, diff := int(binary.LittleEndian.Uint16(e)), int(binary.LittleEndian.Uint16(e[2:]))
		e = e[4:]
		if overlap > len(base) || diff > len(e) {
			return fmt.Errorf("entry %d has a key that makes no sense", n)
		}
		key := append(append(make([]byte, 0, overlap+diff), base[:overlap]...), e[:diff]...)
		if base == nil {
			base = key
		}
		r, err := tableRecord(key, e[diff:])
		if err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
		if err := yield(r); err != nil {
			return err
		}
	}
	return nil
}

// tableRecord reads the value of an entry: meta, a byte that is never used,
// expiry, then the value proper.
func tableRecord(key, value []byte) (Record, error) {
	if len(value) < 3 {
		return Record{}, fmt.Errorf("a value of %d bytes", len(value))
	}
	_, n := binary.Uvarint(value[2:])
	if n <= 0 {
		return Record{}, errors.New("an expiry makes no sense")
	}
	return newRecord(key, value[2+n:], value[0]&metaDelete != 0)
}
