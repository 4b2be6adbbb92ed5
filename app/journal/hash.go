package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"

	"cairn/core/id"
)

// docHash is what one document contributes to the state hash.
func docHash(name id.Doc, body []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write(name[:])
	h.Write(body)
	return [sha256.Size]byte(h.Sum(nil))
}

// stateHash is the sum modulo 2^256 of the hashes of all documents, so that it
// follows changes without reading the rest. It finds faults; it is no defence
// against a member who crafts documents to collide.
type stateHash [4]uint64 // least significant first

func (s *stateHash) add(h [sha256.Size]byte) {
	var carry uint64
	for i := range s {
		s[i], carry = bits.Add64(s[i], binary.LittleEndian.Uint64(h[i*8:]), carry)
	}
}

func (s *stateHash) remove(h [sha256.Size]byte) {
	var borrow uint64
	for i := range s {
		s[i], borrow = bits.Sub64(s[i], binary.LittleEndian.Uint64(h[i*8:]), borrow)
	}
}

// sum returns a fixed-length digest of the total.
func (s *stateHash) sum() [sha256.Size]byte {
	var b []byte
	for _, word := range s {
		b = binary.LittleEndian.AppendUint64(b, word)
	}
	return sha256.Sum256(b)
}
