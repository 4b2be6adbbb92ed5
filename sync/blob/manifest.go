package blob

import (
	"encoding/binary"
	"errors"
	"fmt"

	"cairn/core/canon"
)

const (
	// EntriesMost is how many chunks, or manifests, a manifest lists: a gigabyte
	// of content, in 150 kB.
	EntriesMost = 4096
	// SizeMost is the size of a file in bytes: what a manifest of manifests names
	// when all chunks are of the smallest size.
	SizeMost = int64(EntriesMost) * EntriesMost * ChunkMin

	manifestVersion       = 1
	kindRootOfChunks byte = 1 // a root that lists chunks
	kindRootOfParts  byte = 2 // a root that lists manifests
	kindPart         byte = 3 // a manifest that a root lists; it lists chunks

	entryMin = 1 + len(Hash{})
	// manifestMost is the length of a manifest in bytes.
	manifestMost = 2 + binary.MaxVarintLen64 + len(Hash{}) + 2 + EntriesMost*(binary.MaxVarintLen64+len(Hash{}))
)

// Entry is one object that a manifest lists, and how many bytes of content are
// in or below it.
type Entry struct {
	Hash Hash
	Size int64
}

// manifest is what an object that lists others says.
type manifest struct {
	leaf    bool // it lists chunks
	entries []Entry
	size    int64 // of all entries
}

func sizeOf(entries []Entry) (size int64) {
	for _, e := range entries {
		size += e.Size
	}
	return size
}

// encodeRoot returns the root of a file.
func encodeRoot(leaf bool, content Hash, entries []Entry) []byte {
	kind := kindRootOfParts
	if leaf {
		kind = kindRootOfChunks
	}
	b := []byte{manifestVersion, kind}
	b = append(b, content[:]...)
	return appendEntries(b, entries)
}

func encodePart(entries []Entry) []byte {
	return appendEntries([]byte{manifestVersion, kindPart}, entries)
}

func appendEntries(b []byte, entries []Entry) []byte {
	b = binary.AppendUvarint(b, uint64(len(entries)))
	for _, e := range entries {
		b = binary.AppendUvarint(b, uint64(e.Size))
		b = append(b, e.Hash[:]...)
	}
	return b
}

// decodeRoot reads the root of the file that ref names. An error that wraps
// ErrContent means that ref says something else.
func decodeRoot(b []byte, ref Ref) (manifest, error) {
	r := canon.Reader{Rest: b, Malformed: ErrMalformed}
	kind := head(&r)
	if r.Err == nil && kind != kindRootOfChunks && kind != kindRootOfParts {
		r.Fail("no root")
	}
	var content Hash
	copy(content[:], r.Bytes(len(content)))
	m, err := decodeEntries(&r, kind == kindRootOfChunks)
	switch {
	case err != nil:
		return manifest{}, fmt.Errorf("root of a file: %w", err)
	case content != ref.Content || m.size != ref.Size:
		return manifest{}, fmt.Errorf("it has %d bytes with hash %s, not %d with %s: %w", m.size, content, ref.Size, ref.Content, ErrContent)
	}
	return m, nil
}

// decodePart reads a manifest that a root lists, with how many bytes.
func decodePart(b []byte, size int64) (manifest, error) {
	r := canon.Reader{Rest: b, Malformed: ErrMalformed}
	if kind := head(&r); r.Err == nil && kind != kindPart {
		r.Fail("no part")
	}
	m, err := decodeEntries(&r, true)
	switch {
	case err != nil:
		return manifest{}, fmt.Errorf("part of a file: %w", err)
	case m.size != size:
		return manifest{}, fmt.Errorf("it has %d bytes, not %d: %w", m.size, size, ErrContent)
	}
	return m, nil
}

// listed returns what a manifest lists, whatever file it belongs to.
func listed(b []byte) ([]Entry, error) {
	r := canon.Reader{Rest: b, Malformed: ErrMalformed}
	kind := head(&r)
	if kind == kindRootOfChunks || kind == kindRootOfParts {
		r.Bytes(len(Hash{}))
	}
	m, err := decodeEntries(&r, kind != kindRootOfParts)
	return m.entries, err
}

func head(r *canon.Reader) (kind byte) {
	version := r.Byte()
	kind = r.Byte()
	if r.Err == nil && (version != manifestVersion || kind < kindRootOfChunks || kind > kindPart) {
		r.Fail("no manifest of version 1")
	}
	return kind
}

func decodeEntries(r *canon.Reader, leaf bool) (manifest, error) {
	n := r.Count(entryMin)
	if n > EntriesMost {
		r.Fail("too many entries")
		n = 0
	}
	m := manifest{leaf: leaf, entries: make([]Entry, 0, n)}
	for range n {
		size := r.Uvarint()
		var e Entry
		copy(e.Hash[:], r.Bytes(len(e.Hash)))
		e.Size = int64(min(size, uint64(SizeMost)+1))
		if r.Err == nil && (e.Size < 1 || leaf && e.Size > ChunkMax || e.Size > SizeMost-m.size) {
			r.Fail("size of an entry")
		}
		m.entries = append(m.entries, e)
		m.size += e.Size
	}
	return m, r.End()
}

// isManifestError reports whether a fetch failed for what its manifest says: no
// device has a better one.
func isManifestError(err error) bool {
	return errors.Is(err, ErrContent) || errors.Is(err, ErrMalformed)
}
