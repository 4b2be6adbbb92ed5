package blob

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/jotfs/fastcdc-go"

	"cairn/core/fault"
)

// The sizes of chunks in bytes. They are a format: with others, the same content
// has other chunks, and nothing that is there already is found again.
const (
	ChunkMin     = 64 << 10
	ChunkAverage = 256 << 10
	ChunkMax     = 1 << 20

	// normalization is how strongly sizes are drawn to the average.
	normalization = 2
)

// cutting keeps the making of a chunker, which writes a table that all share,
// apart from their cutting.
var cutting sync.RWMutex

// Split cuts what r yields, up to its end, and calls keep with every object of
// the file, each after those that it lists, the root last. The slice is keep's
// until it returns. An error of r or keep ends it and is returned wrapped.
func Split(r io.Reader, keep func(Hash, []byte) error) (Ref, error) {
	s := splitter{keep: keep, most: EntriesMost}
	if err := s.all(r); err != nil {
		return Ref{}, fmt.Errorf("split a file: %w", err)
	}
	return s.ref, nil
}

// errTooMany is a file of more chunks than a manifest of manifests holds.
var errTooMany = fault.New(fault.Invalid, "The file is larger than a workspace can share.", "Keep it elsewhere and store a reference.")

type splitter struct {
	keep   func(Hash, []byte) error
	most   int     // entries of a manifest
	chunks []Entry // that no part lists yet
	parts  []Entry
	ref    Ref
}

func (s *splitter) all(r io.Reader) error {
	content := sha256.New()
	c, err := newCutter(io.TeeReader(r, content))
	if err != nil {
		return err
	}
	for {
		chunk, err := c.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if len(s.chunks) == s.most {
			if err := s.part(); err != nil {
				return err
			}
		}
		e, err := s.object(chunk, int64(len(chunk)))
		if err != nil {
			return err
		}
		s.chunks = append(s.chunks, e)
	}
	s.ref.Content = Hash(content.Sum(nil))
	entries, leaf := s.chunks, true
	if len(s.parts) > 0 {
		if err := s.part(); err != nil {
			return err
		}
		entries, leaf = s.parts, false
	}
	root, err := s.object(encodeRoot(leaf, s.ref.Content, entries), sizeOf(entries))
	s.ref.Root, s.ref.Size = root.Hash, root.Size
	return err
}

// part keeps a manifest of the chunks that none lists yet.
func (s *splitter) part() error {
	if len(s.parts) == s.most {
		return errTooMany
	}
	e, err := s.object(encodePart(s.chunks), sizeOf(s.chunks))
	s.parts, s.chunks = append(s.parts, e), s.chunks[:0]
	return err
}

func (s *splitter) object(b []byte, size int64) (Entry, error) {
	h := HashOf(b)
	return Entry{h, size}, s.keep(h, b)
}

// cutter cuts a stream. It reads with cutting free, so that a slow stream holds
// up nobody.
type cutter struct {
	from    io.Reader
	chunker *fastcdc.Chunker
}

func newCutter(r io.Reader) (*cutter, error) {
	c := &cutter{from: r}
	cutting.Lock()
	defer cutting.Unlock()
	chunker, err := fastcdc.NewChunker(c, fastcdc.Options{
		MinSize: ChunkMin, AverageSize: ChunkAverage, MaxSize: ChunkMax, Normalization: normalization,
	})
	c.chunker = chunker
	return c, err
}

// next returns the next chunk, io.EOF after the last. It is good until next is
// called again.
func (c *cutter) next() ([]byte, error) {
	cutting.RLock()
	defer cutting.RUnlock()
	chunk, err := c.chunker.Next()
	return chunk.Data, err
}

// Read is called by the chunker from within next.
func (c *cutter) Read(p []byte) (int, error) {
	cutting.RUnlock()
	defer cutting.RLock()
	return c.from.Read(p)
}
