// Package wire turns the messages of package replica into frames and back.
// FORMAT.md beside this file describes the bytes.
//
// Decode and Reader bound what foreign bytes can make them allocate, by the
// limits of a frame and of each message, and never panic.
package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"cairn/core/oplog"
	"cairn/sync/replica"
)

// MaxFrame is the length of a frame in bytes: a proof of two of the largest
// batches and what is around them.
const MaxFrame = HeadSize + 2*oplog.MaxSealed + 16

// HeadSize is the length of what every frame begins with.
const HeadSize = 6

// What can be wrong with a frame. All are wrapped with what was found.
var (
	ErrMalformed = errors.New("malformed frame")
	// ErrNewer is a frame that only a later version of the protocol knows and
	// that must not be passed over.
	ErrNewer = errors.New("a frame of a later version of Cairn")
	// ErrUnknown is a frame that only a later version of the protocol knows. It
	// is to be passed over.
	ErrUnknown = errors.New("a frame that this version passes over")
)

// The kinds of frames. They are sent between replicas: add at the end, never
// reorder.
const (
	kindHello byte = 1 + iota
	kindHave
	kindAgain
	kindWant
	kindBatches
	kindFork
	kindBye
)

// The kinds that are no messages of package replica. Decode passes them over, as
// a reader of streams does.
const (
	// FirstOfLink is the first of the kinds by which two links talk about their
	// connection.
	FirstOfLink byte = 0x10
	// FirstOfChannels is the first of the kinds that a link carries for others.
	FirstOfChannels byte = 0x20
)

// MaxPayload is the length of what a frame carries.
const MaxPayload = MaxFrame - HeadSize

// flagCritical marks a kind of frame that a reader who does not know it must
// not pass over.
const flagCritical byte = 1

// Append appends the frame that carries m. It panics for a message beyond the
// limits of package replica, which no Node gives.
func Append(b []byte, m replica.Message) []byte {
	start := len(b)
	b = append(b, 0, 0, 0, 0, 0, 0)
	kind := byte(0)
	switch m := m.(type) {
	case replica.Hello:
		kind, b = kindHello, appendHello(b, m)
	case replica.Have:
		kind, b = kindHave, appendHave(b, m)
	case replica.Again:
		kind = kindAgain
	case replica.Want:
		kind, b = kindWant, appendWant(b, m)
	case replica.Batches:
		kind, b = kindBatches, appendBatches(b, m)
	case replica.Fork:
		kind, b = kindFork, appendFork(b, m)
	case replica.Bye:
		kind, b = kindBye, append(b, byte(m.Reason))
	}
	size := len(b) - start
	if kind == 0 || size > MaxFrame {
		panic(fmt.Sprintf("wire: %T in a frame of %d bytes", m, size))
	}
	binary.BigEndian.PutUint32(b[start:], uint32(size-HeadSize))
	b[start+4] = kind
	return b
}

// AppendFrame appends a frame of a kind from FirstOfLink on. It panics for
// another kind, and for a payload of more than MaxPayload bytes.
func AppendFrame(b []byte, kind byte, payload []byte) []byte {
	if kind < FirstOfLink || len(payload) > MaxPayload {
		panic(fmt.Sprintf("wire: %d bytes in a frame of kind %d", len(payload), kind))
	}
	b = binary.BigEndian.AppendUint32(b, uint32(len(payload)))
	return append(append(b, kind, 0), payload...)
}

// Open takes a frame apart and leaves alone what it carries, which shares
// memory with it. The error wraps ErrMalformed.
func Open(frame []byte) (kind, flags byte, payload []byte, err error) {
	if len(frame) < HeadSize || len(frame) > MaxFrame {
		return 0, 0, nil, fmt.Errorf("%d bytes: %w", len(frame), ErrMalformed)
	}
	head, payload := frame[:HeadSize], frame[HeadSize:]
	if n := binary.BigEndian.Uint32(head); uint64(n) != uint64(len(payload)) {
		return 0, 0, nil, fmt.Errorf("a payload of %d bytes, the head says %d: %w", len(payload), n, ErrMalformed)
	}
	return head[4], head[5], payload, nil
}

// Decode returns the message that a frame carries. The batches in it share
// memory with the frame. The error wraps ErrMalformed, ErrNewer or ErrUnknown.
func Decode(frame []byte) (replica.Message, error) {
	kind, flags, payload, err := Open(frame)
	if err != nil {
		return nil, err
	}
	decode, known := decoders[kind]
	switch {
	case !known && flags&flagCritical != 0:
		return nil, fmt.Errorf("kind %d: %w", kind, ErrNewer)
	case !known:
		return nil, fmt.Errorf("kind %d: %w", kind, ErrUnknown)
	case flags != 0:
		return nil, fmt.Errorf("kind %d with flags %#02x: %w", kind, flags, ErrNewer)
	}
	m, err := decode(payload)
	if err != nil {
		return nil, fmt.Errorf("kind %d: %w", kind, err)
	}
	return m, nil
}

// Reader reads frames from a stream. It is not safe for concurrent use.
type Reader struct{ from io.Reader }

// NewReader returns a Reader of the frames that come from a stream.
func NewReader(from io.Reader) *Reader { return &Reader{from} }

// Next returns the next message, io.EOF at the end of the stream between two
// frames. The memory is the caller's. After an error other than ErrUnknown the
// stream is of no more use.
func (r *Reader) Next() (replica.Message, error) {
	frame, err := readFrame(r.from)
	if err != nil {
		return nil, err
	}
	return Decode(frame)
}

// ReadMessage reads a message of a link that has messages of its own: one frame
// and then the end. The memory is the caller's. The error wraps ErrMalformed,
// or is one of from.
func ReadMessage(from io.Reader) ([]byte, error) {
	frame, err := readFrame(from)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("a message that ends before its frame: %w", ErrMalformed)
	case err != nil:
		return nil, err
	}
	var more [1]byte
	switch n, err := io.ReadFull(from, more[:]); {
	case n > 0:
		return nil, fmt.Errorf("a message longer than its frame: %w", ErrMalformed)
	case !errors.Is(err, io.EOF):
		return nil, fmt.Errorf("read a frame: %w", err)
	}
	return frame, nil
}

// readFrame reads one frame, io.EOF at the end of the stream before it.
func readFrame(from io.Reader) ([]byte, error) {
	var head [HeadSize]byte
	if _, err := io.ReadFull(from, head[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, fmt.Errorf("read a frame: %w", err)
	}
	n := int64(binary.BigEndian.Uint32(head[:]))
	if n > MaxFrame-HeadSize {
		return nil, fmt.Errorf("a payload of %d bytes: %w", n, ErrMalformed)
	}
	frame, err := readAll(io.LimitReader(from, n), head[:], int(n))
	if err != nil {
		return nil, fmt.Errorf("read a frame: %w", err)
	}
	return frame, nil
}

// readStep is how much room is made for bytes that have only been announced.
const readStep = 16 << 10

// readAll returns head and the n bytes that follow. Room is made as they come.
func readAll(from io.Reader, head []byte, n int) ([]byte, error) {
	frame := append(make([]byte, 0, len(head)+min(n, readStep)), head...)
	for got := 0; got < n; {
		step := min(n-got, max(readStep, got))
		frame = append(frame, make([]byte, step)...)
		if _, err := io.ReadFull(from, frame[len(head)+got:]); err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		got += step
	}
	return frame, nil
}
