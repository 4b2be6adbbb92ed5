package oplog

import (
	"crypto/ed25519"
	"encoding/binary"
	"fmt"

	"cairn/core/clock"
	"cairn/core/id"
)

// Version is the version of the batch format that Seal writes.
const Version = 1

// The flags of a header. A reader refuses a batch with any other.
const (
	FlagZstd    byte = 1 << iota // the body is one zstd frame
	FlagControl                  // the batch belongs to a control log, see package member

	flagsKnown = FlagZstd | FlagControl
)

const (
	magic = "CB"
	// headerFixed is the length of the part of a header before the deps.
	headerFixed = len(magic) + 1 + 1 + 8 + id.LogSize + 8 + 2 + 8 + 2 + len(Hash{})
	// headerMax is enough for a header without its deps: stamp span, number of
	// deps and the two lengths of the body are varints.
	headerMax = headerFixed + 4*binary.MaxVarintLen64
	// opMin is the length of the shortest operation in a body.
	opMin = 5
)

// Header is what a batch says of itself outside its body. It can be read, and
// the batch stored and passed on, without reading the operations.
type Header struct {
	Version   byte
	Flags     byte
	Workspace [8]byte // the prefix of the workspace's name; zero in the batch that founds it
	Log       id.Log
	First     uint64 // sequence of the first operation
	Count     int    // number of operations, 1 to MaxOps
	Stamp     clock.Stamp
	Last      clock.Stamp // of the last operation, which is the latest; Stamp is the earliest
	Level     uint16      // feature level a reader needs to apply the operations
	Prev      Hash        // the batch before in the same log; zero for the first
	Deps      []Dep       // sorted by log, without Log itself
}

// extent is how many bytes a body takes: in the batch, and decompressed.
type extent struct{ stored, raw int }

// End returns the sequence that follows the last operation.
func (h Header) End() uint64 { return h.First + uint64(h.Count) }

// Control reports whether the batch belongs to a control log.
func (h Header) Control() bool { return h.Flags&FlagControl != 0 }

// check reports what a header says that no header may. It holds on both sides:
// before a batch is sealed and after one is read.
func (h Header) check() error {
	switch {
	case h.Log.IsZero():
		return fmt.Errorf("no log: %w", ErrMalformed)
	case h.Count < 1 || h.Count > MaxOps:
		return fmt.Errorf("%d operations, want 1 to %d: %w", h.Count, MaxOps, ErrMalformed)
	case h.End() < h.First:
		return fmt.Errorf("sequence %d and %d operations overflow: %w", h.First, h.Count, ErrMalformed)
	case (h.First == 0) != h.Prev.IsZero():
		return fmt.Errorf("starts at %d with the previous hash %v: %w", h.First, h.Prev, ErrMalformed)
	case h.Last < h.Stamp:
		return fmt.Errorf("stamps run from %d back to %d: %w", h.Stamp, h.Last, ErrMalformed)
	}
	for _, d := range h.Deps {
		if d.Log == h.Log {
			return fmt.Errorf("names its own log %v as a cause: %w", d.Log, ErrMalformed)
		}
	}
	return CheckDeps(h.Deps, MaxDeps)
}

func (h Header) append(b []byte, body extent) []byte {
	b = append(b, magic...)
	b = append(b, h.Version, h.Flags)
	b = append(b, h.Workspace[:]...)
	b = h.Log.Append(b)
	b = binary.BigEndian.AppendUint64(b, h.First)
	b = binary.BigEndian.AppendUint16(b, uint16(h.Count))
	b = binary.BigEndian.AppendUint64(b, uint64(h.Stamp))
	b = binary.BigEndian.AppendUint16(b, h.Level)
	b = append(b, h.Prev[:]...)
	b = binary.AppendUvarint(b, uint64(h.Last-h.Stamp))
	b = AppendDeps(b, h.Deps)
	b = binary.AppendUvarint(b, uint64(body.stored))
	if h.Flags&FlagZstd != 0 {
		b = binary.AppendUvarint(b, uint64(body.raw))
	}
	return b
}

// ReadHeader returns the header of a sealed batch. It looks at neither body
// nor signature; it does check that both are there and nothing after them. The
// error wraps ErrNewer or ErrMalformed.
func ReadHeader(raw []byte) (Header, error) {
	h, _, err := readHeader(raw)
	if err != nil {
		return Header{}, fmt.Errorf("read batch header: %w", err)
	}
	return h, nil
}

// stored is a body as it stands in a batch.
type stored struct {
	data []byte
	raw  int // length once decompressed
}

func readHeader(raw []byte) (h Header, body stored, err error) {
	if len(raw) > MaxSealed {
		return h, body, fmt.Errorf("%d bytes, at most %d: %w", len(raw), MaxSealed, ErrMalformed)
	}
	r := reader{data: raw}
	if string(r.bytes(len(magic), "magic")) != magic {
		return h, body, fmt.Errorf("does not start with %q: %w", magic, ErrMalformed)
	}
	h.Version, h.Flags = r.byte("version"), r.byte("flags")
	switch {
	case r.err != nil:
		return h, body, r.err
	case h.Version == 0:
		return h, body, fmt.Errorf("version 0: %w", ErrMalformed)
	case h.Version > Version:
		return h, body, fmt.Errorf("version %d of the batch format: %w", h.Version, ErrNewer)
	case h.Flags&^flagsKnown != 0:
		return h, body, fmt.Errorf("flags %#02x: %w", h.Flags, ErrNewer)
	}
	size := r.header(&h)
	body = stored{data: r.bytes(size.stored, "body"), raw: size.raw}
	r.bytes(ed25519.SignatureSize, "signature")
	r.end()
	if r.err != nil {
		return h, body, r.err
	}
	if body.raw < h.Count*opMin {
		return h, body, fmt.Errorf("%d operations in a body of %d bytes: %w", h.Count, body.raw, ErrMalformed)
	}
	return h, body, h.check()
}

// header reads what follows the flags, up to the body.
func (r *reader) header(h *Header) (body extent) {
	fixed := r.bytes(headerFixed-len(magic)-2, "header")
	if r.err != nil {
		return body
	}
	h.Workspace, fixed = [8]byte(fixed), fixed[8:]
	h.Log, fixed = id.LogFrom(fixed), fixed[id.LogSize:]
	h.First, fixed = binary.BigEndian.Uint64(fixed), fixed[8:]
	h.Count, fixed = int(binary.BigEndian.Uint16(fixed)), fixed[2:]
	h.Stamp, fixed = clock.Stamp(binary.BigEndian.Uint64(fixed)), fixed[8:]
	h.Level, fixed = binary.BigEndian.Uint16(fixed), fixed[2:]
	h.Prev = Hash(fixed)
	span := r.uvarint(^uint64(0), "stamp span")
	h.Last = h.Stamp + clock.Stamp(span) // an overflow shows as Last < Stamp
	h.Deps = r.deps(MaxDeps)
	body.stored = int(r.uvarint(MaxSealed, "body length"))
	body.raw = body.stored
	if h.Flags&FlagZstd != 0 {
		body.raw = int(r.uvarint(MaxBody, "decompressed length"))
	}
	return body
}
