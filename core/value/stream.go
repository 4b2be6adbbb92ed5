package value

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// stream is the randomness of one quantity. It depends on the seed and the
// quantity's name alone, so adding a variable, or changing the order, leaves
// the draws of the others as they were.
type stream struct{ src *rand.ChaCha8 }

func newStream(seed uint64, name string) stream {
	key := binary.BigEndian.AppendUint64([]byte("cairn value 1\x00"), seed)
	return stream{rand.NewChaCha8(sha256.Sum256(append(key, name...)))}
}

// next returns a number between 0 and 1 that is neither.
func (s stream) next() float64 { return (float64(s.src.Uint64()>>11) + 0.5) / (1 << 53) }
