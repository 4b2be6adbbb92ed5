package feed

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"slices"
	"time"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
)

// Cursor is a place between two pages: before which operation the next one
// reads on, and which bursts that reach beyond it have been told already. The
// zero Cursor is the latest of all.
type Cursor struct {
	Before doc.Version
	passed []passed
}

// passed is a burst that is told, by the hash of its key.
type passed struct {
	key   uint64
	since time.Time // what comes before is another burst
}

func (k key) hash() uint64 {
	h := fnv.New64a()
	_, _ = h.Write(k.doc[:])    // a hash takes everything
	_, _ = h.Write(k.person[:]) // and this too
	return h.Sum64()
}

// IsZero reports whether c is the latest of all.
func (c Cursor) IsZero() bool { return c.Before == (doc.Version{}) }

const (
	cursorFixed  = 8 + id.LogSize + 8 // stamp, log, sequence
	cursorPassed = 8 + 8              // hash, milliseconds
	// maxPassed bounds what a cursor from outside makes a reader allocate: more
	// bursts than any page has.
	maxPassed = 4096
)

// String returns c as clients keep it, empty for the zero Cursor. The form may
// change with the version of Cairn.
func (c Cursor) String() string {
	if c.IsZero() {
		return ""
	}
	b := binary.BigEndian.AppendUint64(nil, uint64(c.Before.At))
	b = c.Before.By.Log.Append(b)
	b = binary.BigEndian.AppendUint64(b, c.Before.By.Seq)
	slices.SortFunc(c.passed, func(x, y passed) int { return cmp.Compare(x.key, y.key) })
	for _, p := range c.passed[:min(len(c.passed), maxPassed)] {
		b = binary.BigEndian.AppendUint64(b, p.key)
		b = binary.BigEndian.AppendUint64(b, uint64(p.since.UnixMilli()))
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// ErrCursor is returned for text that is no cursor.
var ErrCursor = errors.New("not a place in the activity")

// ParseCursor reads what String wrote.
func ParseCursor(text string) (Cursor, error) {
	var c Cursor
	if text == "" {
		return c, nil
	}
	if base64.RawURLEncoding.DecodedLen(len(text)) > cursorFixed+maxPassed*cursorPassed {
		return c, ErrCursor
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(b) < cursorFixed || (len(b)-cursorFixed)%cursorPassed != 0 {
		return c, ErrCursor
	}
	c.Before.At = clock.Stamp(binary.BigEndian.Uint64(b))
	c.Before.By.Log = id.LogFrom(b[8:])
	c.Before.By.Seq = binary.BigEndian.Uint64(b[8+id.LogSize:])
	if c.IsZero() {
		return Cursor{}, ErrCursor
	}
	for rest := b[cursorFixed:]; len(rest) > 0; rest = rest[cursorPassed:] {
		c.passed = append(c.passed, passed{
			binary.BigEndian.Uint64(rest), time.UnixMilli(int64(binary.BigEndian.Uint64(rest[8:]))).UTC(),
		})
	}
	return c, nil
}
