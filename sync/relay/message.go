package relay

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cairn/core/canon"
	"cairn/core/id"
	"cairn/core/oplog"
)

// The limits of a message. Readers enforce them.
const (
	// messageMost is the length of a message at the relay, headers included.
	messageMost = 512 << 10
	// bundleMost is how many bytes of batches are sealed together, unless one
	// batch is longer: with the steps of padding and what sealing adds it stays
	// below messageMost, and a long way to the relay costs one turn a bundle.
	bundleMost = 384 << 10
	// bundleBatches is how many batches are sealed together: the shortest have
	// some hundred and fifty bytes.
	bundleBatches = 4096
	// overheadMost is what sealing may add.
	overheadMost = 1 << 10
)

// headField is the header of a message that holds its head, and its version.
const (
	headField   = "Cairn-Head"
	headVersion = "1"
)

var (
	// errForeign is returned for a message that nobody who knows the workspace
	// has written.
	errForeign = errors.New("not a message of this workspace")
	// errBundle is returned for a bundle that cannot be read.
	errBundle = errors.New("malformed bundle")
)

// head says which part of a log a message holds, outside of what is sealed.
type head struct {
	first uint64 // sequence of the first operation
	count uint64 // of operations; 0 when the message retracts
	mark  Mark   // of the last batch
	prev  Mark   // of the batch before the first one, zero at the beginning
}

// end returns the sequence that follows the last operation.
func (h head) end() uint64 { return h.first + h.count }

func (h head) text() string {
	return fmt.Sprintf("%s %d %d %x %x", headVersion, h.first, h.count, h.mark, h.prev)
}

// sign returns the value of headField for a message on a subject.
func (n *names) sign(subject string, h head) string {
	text := h.text()
	return text + " " + hex.EncodeToString(n.proof(subject, text))
}

// proof shows that who wrote text knows the workspace.
func (n *names) proof(subject, text string) []byte {
	h := hmac.New(sha256.New, n.heads[:])
	h.Write([]byte(subject))
	h.Write([]byte{'\n'})
	h.Write([]byte(text))
	return h.Sum(nil)[:tagBytes]
}

// readHead reads what sign returned. The error wraps errForeign.
func (n *names) readHead(subject, value string) (h head, err error) {
	text, ok := n.proven(subject, value)
	if !ok {
		return h, fmt.Errorf("%s without proof: %w", headField, errForeign)
	}
	parts := strings.Split(text, " ")
	if len(parts) != 5 || parts[0] != headVersion {
		return h, fmt.Errorf("%s of another version: %w", headField, errForeign)
	}
	var errs [4]error
	h.first, errs[0] = strconv.ParseUint(parts[1], 10, 63)
	h.count, errs[1] = strconv.ParseUint(parts[2], 10, 63)
	errs[2], errs[3] = readMark(&h.mark, parts[3]), readMark(&h.prev, parts[4])
	if err := errors.Join(errs[:]...); err != nil || h.text() != text {
		return head{}, fmt.Errorf("%s %q: %w", headField, text, errForeign)
	}
	return h, nil
}

// proven returns the text of a value before its proof, if that holds.
func (n *names) proven(subject, value string) (text string, ok bool) {
	at := strings.LastIndexByte(value, ' ')
	if at < 0 {
		return "", false
	}
	proof, err := hex.DecodeString(value[at+1:])
	return value[:at], err == nil && hmac.Equal(proof, n.proof(subject, value[:at]))
}

func readMark(m *Mark, text string) error {
	if len(text) != hex.EncodedLen(len(m)) {
		return errForeign
	}
	_, err := hex.Decode(m[:], []byte(text))
	return err
}

// headOf returns the head of a message with raws, batches of log in sequence.
func (n *names) headOf(log id.Log, control bool, raws [][]byte) (head, error) {
	var h head
	for i, raw := range raws {
		b, err := oplog.ReadHeader(raw)
		switch {
		case err != nil:
			return h, err
		case b.Log != log || b.Control() != control || i > 0 && b.First != h.end():
			return h, fmt.Errorf("a batch of %s/%d at %s/%d: %w", b.Log, b.First, log, h.end(), errBundle)
		case i == 0:
			h.first, h.prev = b.First, n.mark(b.Prev)
		}
		h.count += uint64(b.Count)
	}
	if h.count == 0 {
		return h, fmt.Errorf("no batch: %w", errBundle)
	}
	h.mark = n.mark(nameOf(raws[len(raws)-1]))
	return h, nil
}

// nameOf returns the hash of a batch whose header has been read: that of all
// its bytes but the signature.
func nameOf(raw []byte) oplog.Hash { return sha256.Sum256(raw[:len(raw)-ed25519.SignatureSize]) }

// bound is what the seal of a message holds together: the place and the bytes.
func bound(subject string, first uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte(subject), first)
}

// bundle puts batches into one piece of a length that tells little.
func bundle(raws [][]byte) []byte {
	size := binary.MaxVarintLen64
	for _, raw := range raws {
		size += binary.MaxVarintLen64 + len(raw)
	}
	b := binary.AppendUvarint(make([]byte, 0, padded(size)), uint64(len(raws)))
	for _, raw := range raws {
		b = binary.AppendUvarint(b, uint64(len(raw)))
		b = append(b, raw...)
	}
	return append(b, make([]byte, padded(len(b))-len(b))...)
}

// unbundle takes apart what bundle returned, and nothing but that. The batches
// share its memory. The error wraps errBundle.
func unbundle(b []byte) ([][]byte, error) {
	if len(b) > messageMost {
		return nil, fmt.Errorf("%d bytes: %w", len(b), errBundle)
	}
	r := canon.Reader{Rest: b, Malformed: errBundle}
	count := r.Count(1)
	if r.Err == nil && (count == 0 || count > bundleBatches) {
		r.Fail("number of batches")
	}
	raws := make([][]byte, 0, min(count, bundleBatches))
	for range count {
		raw := r.Block()
		if r.Err == nil && (len(raw) == 0 || len(raw) > oplog.MaxSealed) {
			r.Fail("length of a batch")
		}
		if r.Err != nil {
			return nil, r.Err
		}
		raws = append(raws, slices.Clip(raw))
	}
	if r.Err != nil {
		return nil, r.Err
	}
	rest := r.Rest
	for _, zero := range rest {
		if zero != 0 {
			return nil, fmt.Errorf("the padding says something: %w", errBundle)
		}
	}
	if used := len(b) - len(rest); padded(used) != len(b) {
		return nil, fmt.Errorf("%d bytes padded to %d: %w", used, len(b), errBundle)
	}
	return raws, nil
}

// The steps of lengths: of step bytes below fine, and a twentieth above.
const (
	step = 64
	fine = 1024
	more = 20
)

// padded returns the length that a bundle of size bytes is brought to.
func padded(size int) int {
	if size <= fine {
		return (size + step - 1) / step * step
	}
	length := fine
	for length < size {
		length += (length/more + step - 1) / step * step
	}
	return length
}
