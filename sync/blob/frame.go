package blob

import (
	"encoding/binary"
	"fmt"

	"cairn/core/canon"
)

// The kinds of frames that belong to this channel. They are sent between
// devices: add at the end, never reorder.
const (
	firstKind byte = 0x28 + iota
	kindHas
	kindWant
	kindData
	kindNone
	kindCancel

	kindAsk  = firstKind
	lastKind = byte(0x2f)
)

// How much a frame carries at most.
const (
	// asksMost is how many manifests one frame asks about.
	asksMost = 64
	// pieceMost is how many bytes of an object one frame carries, so that other
	// frames wait for no more than that.
	pieceMost = 128 << 10
)

// state says how much of what a manifest lists somebody has.
type state byte

const (
	hasNone state = iota // not even the manifest
	hasSome
	hasAll
)

// has answers what somebody has of what a manifest lists. Bits, of hasSome only,
// has one bit for each entry, the first in the lowest of the first byte.
type has struct {
	manifest Hash
	state    state
	bits     []byte
}

// want asks for an object, under a number that the answers to it carry.
type want struct {
	n      uint32
	object Hash
}

// data is a piece of an object that was wanted.
type data struct {
	n, offset uint32
	last      bool
	bytes     []byte
}

func encodeAsk(hashes []Hash) []byte {
	b := make([]byte, 0, len(hashes)*len(Hash{}))
	for _, h := range hashes {
		b = append(b, h[:]...)
	}
	return b
}

func decodeAsk(b []byte) ([]Hash, error) {
	const size = len(Hash{})
	if len(b) == 0 || len(b)%size != 0 || len(b) > asksMost*size {
		return nil, fmt.Errorf("ask of %d bytes: %w", len(b), ErrMalformed)
	}
	hashes := make([]Hash, 0, len(b)/size)
	for ; len(b) > 0; b = b[size:] {
		hashes = append(hashes, Hash(b))
	}
	return hashes, nil
}

func encodeHas(m has) []byte {
	return append(append(m.manifest[:], byte(m.state)), m.bits...)
}

func decodeHas(b []byte) (has, error) {
	const head = len(Hash{}) + 1
	if len(b) < head {
		return has{}, fmt.Errorf("has of %d bytes: %w", len(b), ErrMalformed)
	}
	m := has{manifest: Hash(b), state: state(b[head-1])}
	bits := b[head:]
	if m.state > hasAll || (m.state == hasSome) != (len(bits) > 0) || len(bits) > EntriesMost/8 {
		return has{}, fmt.Errorf("has %d with %d bytes: %w", m.state, len(bits), ErrMalformed)
	}
	if m.state == hasSome {
		m.bits = bits
	}
	return m, nil
}

func encodeWant(m want) []byte {
	return append(binary.BigEndian.AppendUint32(nil, m.n), m.object[:]...)
}

func decodeWant(b []byte) (want, error) {
	if len(b) != 4+len(Hash{}) {
		return want{}, fmt.Errorf("want of %d bytes: %w", len(b), ErrMalformed)
	}
	return want{n: binary.BigEndian.Uint32(b), object: Hash(b[4:])}, nil
}

const flagLast byte = 1

func encodeData(m data) []byte {
	b := make([]byte, 0, 9+len(m.bytes))
	b = binary.BigEndian.AppendUint32(b, m.n)
	b = binary.BigEndian.AppendUint32(b, m.offset)
	var flags byte
	if m.last {
		flags |= flagLast
	}
	return append(append(b, flags), m.bytes...)
}

// decodeData shares memory with b.
func decodeData(b []byte) (data, error) {
	const head = 4 + 4 + 1
	if len(b) < head || len(b) > head+pieceMost || b[head-1]&^flagLast != 0 {
		return data{}, fmt.Errorf("data of %d bytes: %w", len(b), ErrMalformed)
	}
	m := data{n: binary.BigEndian.Uint32(b), offset: binary.BigEndian.Uint32(b[4:]), last: b[head-1] == flagLast, bytes: b[head:]}
	if len(m.bytes) == 0 {
		return data{}, fmt.Errorf("data without any: %w", ErrMalformed)
	}
	return m, nil
}

// encodeNumber returns the payload of None and Cancel.
func encodeNumber(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

func decodeNumber(b []byte) (uint32, error) {
	r := canon.Reader{Rest: b, Malformed: ErrMalformed}
	n := r.Bytes(4)
	if err := r.End(); err != nil {
		return 0, err
	}
	return binary.BigEndian.Uint32(n), nil
}

// bits is a set of entries of a manifest.
type bits []byte

func bitsOf(held []bool) bits {
	b := make(bits, (len(held)+7)/8)
	for i, here := range held {
		if here {
			b[i/8] |= 1 << (i % 8)
		}
	}
	return b
}

// has reports whether entry i is in the set; those beyond it are not.
func (b bits) has(i int) bool { return i/8 < len(b) && b[i/8]&(1<<(i%8)) != 0 }

func (b bits) clear(i int) {
	if i/8 < len(b) {
		b[i/8] &^= 1 << (i % 8)
	}
}
