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
// than that, and that only if frame can hold as much.
func decompress(frame []byte, size int) ([]byte, error) {
	if err := checkFrame(frame, size); err != nil {
		return nil, fmt.Errorf("decompress body: %w", err)
	}
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

// checkFrame walks over the blocks of frame (RFC 8878, section 3.1.1) to see
// that it is one frame, whole and with nothing behind it, that says it holds
// size bytes and has blocks for as many. The decoder alone would skip hidden
// frames, and be asked to make room for what three bytes cannot hold.
func checkFrame(frame []byte, size int) error {
	var h zstd.Header
	if err := h.Decode(frame); err != nil {
		return fmt.Errorf("frame header: %w: %w", err, ErrMalformed)
	}
	if h.Skippable || !h.HasFCS || h.FrameContentSize != uint64(size) {
		return fmt.Errorf("frame of %d bytes, the header says %d: %w", h.FrameContentSize, size, ErrMalformed)
	}
	const blockMax = 128 << 10
	r := reader{data: frame}
	r.bytes(h.HeaderSize, "frame header")
	room := 0
	for last := false; !last && r.err == nil; room += blockMax {
		head := r.bytes(3, "block header")
		if r.err != nil {
			break
		}
		bits := int(head[0]) | int(head[1])<<8 | int(head[2])<<16
		last = bits&1 != 0
		stored := bits >> 3
		if kind := bits >> 1 & 3; kind == 1 { // one byte, repeated
			stored = 1
		}
		r.bytes(stored, "block")
	}
	if h.HasCheckSum {
		r.bytes(4, "checksum")
	}
	r.end()
	if r.err == nil && size > room {
		return fmt.Errorf("%d bytes in blocks for %d: %w", size, room, ErrMalformed)
	}
	return r.err
}
