package oplog

import (
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

const (
	// compressMin is the length in bytes below which a body is left alone: the
	// frame around it costs about what is saved.
	compressMin = 64
	// compressWindow is how far back the encoder looks. Bodies are rarely
	// longer, and a larger window costs memory in every pooled encoder.
	compressWindow = 512 << 10
)

// Coders keep tables of some hundred kilobytes, far more than most bodies, so
// they are used again. Neither starts a goroutine.
var (
	encoders = sync.Pool{New: func() any {
		// The signature covers the body, so a checksum would only add bytes.
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
			zstd.WithWindowSize(compressWindow), zstd.WithSingleSegment(true), zstd.WithEncoderCRC(false))
		if err != nil {
			panic(fmt.Sprintf("zstd encoder options: %v", err))
		}
		return e
	}}
	decoders = sync.Pool{New: func() any {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxMemory(MaxBody), zstd.WithDecodeAllCapLimit(true))
		if err != nil {
			panic(fmt.Sprintf("zstd decoder options: %v", err))
		}
		return d
	}}
)

// compress returns body as one zstd frame, or body where that is not worth it.
func compress(body []byte) []byte {
	if len(body) < compressMin {
		return body
	}
	e, _ := encoders.Get().(*zstd.Encoder)
	defer encoders.Put(e)
	return e.EncodeAll(body, make([]byte, 0, len(body)))
}

// decompress returns the size bytes that frame holds. It never allocates more
// than that, whatever frame says of itself.
func decompress(frame []byte, size int) ([]byte, error) {
	d, _ := decoders.Get().(*zstd.Decoder)
	defer decoders.Put(d)
	body, err := d.DecodeAll(frame, make([]byte, 0, size))
	if err != nil {
		return nil, fmt.Errorf("decompress body: %w: %w", err, ErrMalformed)
	}
	if len(body) != size {
		return nil, fmt.Errorf("decompress body: %d bytes, the header says %d: %w", len(body), size, ErrMalformed)
	}
	return body, nil
}
