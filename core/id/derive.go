package id

import (
	"crypto/sha256"
	"encoding/binary"
)

// Derive returns the name of the one document that belongs to of under parts:
// whoever makes it, wherever, gives it this name. It keeps the time of of. The
// other ten bytes are the first of the SHA-256 over of and the parts, each with
// its length before it.
func Derive(of Doc, parts ...string) Doc {
	h := sha256.New()
	h.Write(of[:])
	for _, part := range parts {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		h.Write([]byte(part))
	}
	out := of
	copy(out[6:], h.Sum(nil))
	return out
}
