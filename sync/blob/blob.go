// Package blob is how files come to all who need them: cut into chunks where
// their content says so, named by what they are, and fetched from several
// devices at once.
//
// # Names
//
// A file is cut by Split into chunks of some 256 KiB, in places that depend on
// the bytes around them, so that an insertion changes one chunk and not all that
// follow. A manifest lists their lengths and hashes; the manifest of a large
// file lists manifests. Chunks and manifests are objects: bytes named by their
// SHA-256. The name of the root names the file (Ref), which so can be checked
// object by object, wherever each comes from.
//
// # How it goes
//
// Who wants a file asks everybody who has what of a manifest (Ask, Has), and then
// for single objects (Want, Data), the rarest first, from all who have them at
// once and from each a few at a time. An object is kept when its hash is right,
// and only then; what is kept stays, whatever ends the connection or the
// program. A device that sent wrong bytes is not asked again for that file, one
// that is silent rests, and what a slow one is long about is asked of another
// too.
//
// Node is the protocol without I/O: it is told what arrived and what time it is,
// and says what to send and what to do with the Store. Exchange runs it as a
// Channel of sync/link. FORMAT.md beside this file has the bytes.
package blob

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// Hash names an object: the SHA-256 of its bytes.
type Hash [sha256.Size]byte

// HashOf returns the name of an object.
func HashOf(object []byte) Hash { return sha256.Sum256(object) }

func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Compare orders hashes by their bytes.
func (h Hash) Compare(o Hash) int { return bytes.Compare(h[:], o[:]) }

// Ref is a file as documents refer to it.
type Ref struct {
	Root    Hash  // of the manifest, by which it is fetched
	Content Hash  // of the whole content, by which other programs know it
	Size    int64 // in bytes
}

// Store is where objects are kept. It is called from several goroutines.
type Store interface {
	// Has reports which of the objects are here, in their order.
	Has(objects []Hash) ([]bool, error)
	// Get returns an object, ErrNotFound if it isn't here. The caller doesn't
	// change it.
	Get(object Hash) ([]byte, error)
	// Put keeps an object, whose hash has been checked, and returns when it is
	// durable. It does not keep the slice.
	Put(object Hash, content []byte) error
	// Join is told that all objects of a file are here. It makes the file what it
	// is to others, for example by Copy; its error is the end of the fetch.
	Join(ref Ref) error
}

var (
	// ErrNotFound is an object that a Store does not have.
	ErrNotFound = errors.New("no such object")
	// ErrMalformed is a frame or a manifest that nobody writes.
	ErrMalformed = errors.New("malformed")
	// ErrContent is a file whose objects are all what their names say, but whose
	// content is not what its manifest says. Who made the manifest lied, or erred.
	ErrContent = errors.New("the content is not what its manifest says")
)

// Copy writes the content of a file that is whole in a store. The error wraps
// ErrNotFound if an object is missing and ErrContent if the content is wrong;
// what was written before it is of no use then.
func Copy(w io.Writer, store Store, ref Ref) error {
	sum := sha256.New()
	to := io.MultiWriter(w, sum)
	err := chunks(store, ref, func(e Entry) error {
		chunk, err := object(store, e.Hash)
		if err != nil {
			return err
		}
		if int64(len(chunk)) != e.Size {
			return fmt.Errorf("a chunk of %d bytes, not %d: %w", len(chunk), e.Size, ErrContent)
		}
		_, err = to.Write(chunk)
		return err
	})
	if err != nil {
		return fmt.Errorf("copy file %s: %w", ref.Root, err)
	}
	if Hash(sum.Sum(nil)) != ref.Content {
		return fmt.Errorf("copy file %s: its hash: %w", ref.Root, ErrContent)
	}
	return nil
}

// object returns an object that is what its name says.
func object(store Store, h Hash) ([]byte, error) {
	b, err := store.Get(h)
	if err != nil {
		return nil, fmt.Errorf("object %s: %w", h, err)
	}
	if HashOf(b) != h {
		return nil, fmt.Errorf("object %s has other bytes: %w", h, ErrContent)
	}
	return b, nil
}

// chunks calls visit with every chunk of a file, in order.
func chunks(store Store, ref Ref, visit func(Entry) error) error {
	root, err := object(store, ref.Root)
	if err != nil {
		return err
	}
	m, err := decodeRoot(root, ref)
	if err != nil {
		return err
	}
	if m.leaf {
		return each(m.entries, visit)
	}
	return each(m.entries, func(e Entry) error {
		b, err := object(store, e.Hash)
		if err != nil {
			return err
		}
		part, err := decodePart(b, e.Size)
		if err != nil {
			return err
		}
		return each(part.entries, visit)
	})
}

func each(entries []Entry, visit func(Entry) error) error {
	for _, e := range entries {
		if err := visit(e); err != nil {
			return err
		}
	}
	return nil
}
