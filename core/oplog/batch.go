package oplog

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"

	"cairn/core/id"
)

// signatureDomain keeps a signature under a batch from being one under
// anything else that devices sign.
const signatureDomain = "cairn/batch/1"

// Batch is a sealed batch, taken apart. Nothing in it may be changed: Raw is
// what was signed, and Ops may share its memory.
type Batch struct {
	Header
	Ops  []Op
	Hash Hash
	Raw  []byte
}

// Draft is what a device is about to seal.
type Draft struct {
	Workspace [8]byte
	Control   bool
	Log       id.Log
	First     uint64 // Next of the log's Head
	Level     uint16 // feature level a reader needs; 0 is for everybody
	Prev      Hash   // Hash of the log's Head
	Deps      []Dep  // sorted by log, without Log itself
	// Ops are numbered from First whatever their IDs say. Their stamps may
	// repeat but not go back.
	Ops []Op
}

// Seal encodes, compresses, hashes and signs d. The batch shares the payloads
// of d, and equals what Open returns for its Raw. The error wraps ErrTooLarge
// for a draft that must be split, ErrMalformed for one that no reader would
// accept.
func Seal(d Draft, key ed25519.PrivateKey) (Batch, error) {
	b, err := seal(d, key)
	if err != nil {
		return Batch{}, fmt.Errorf("seal batch %v/%d: %w", d.Log, d.First, err)
	}
	return b, nil
}

func seal(d Draft, key ed25519.PrivateKey) (Batch, error) {
	if len(key) != ed25519.PrivateKeySize {
		return Batch{}, fmt.Errorf("a key of %d bytes, want %d: %w", len(key), ed25519.PrivateKeySize, ErrSignature)
	}
	if len(d.Ops) > MaxOps {
		return Batch{}, fmt.Errorf("%d operations, at most %d: %w", len(d.Ops), MaxOps, ErrTooLarge)
	}
	b := Batch{Header: d.header(), Ops: numbered(d)}
	if err := b.check(); err != nil {
		return Batch{}, err
	}
	body, err := appendBody(nil, b.Header, b.Ops)
	if err != nil {
		return Batch{}, err
	}
	size := extent{stored: len(body), raw: len(body)}
	if small := compress(body); len(small) < len(body) {
		b.Flags |= FlagZstd
		body, size.stored = small, len(small)
	}
	raw := make([]byte, 0, headerMax+len(d.Deps)*depMax+size.stored+ed25519.SignatureSize)
	raw = append(b.append(raw, size), body...)
	if len(raw)+ed25519.SignatureSize > MaxSealed {
		return Batch{}, fmt.Errorf("%d bytes sealed, at most %d: %w",
			len(raw)+ed25519.SignatureSize, MaxSealed, ErrTooLarge)
	}
	b.Hash = sha256.Sum256(raw)
	raw = append(raw, ed25519.Sign(key, signed(b.Hash))...)
	b.Raw = raw
	return b, nil
}

// header returns the header of the batch that d becomes, but for FlagZstd.
func (d Draft) header() Header {
	h := Header{
		Version: Version, Workspace: d.Workspace, Log: d.Log, First: d.First, Count: len(d.Ops),
		Level: d.Level, Prev: d.Prev, Deps: d.Deps,
	}
	if d.Control {
		h.Flags = FlagControl
	}
	if n := len(d.Ops); n > 0 {
		h.Stamp, h.Last = d.Ops[0].Stamp, d.Ops[n-1].Stamp
	}
	return h
}

// numbered returns the operations of d under the names they get in its log.
func numbered(d Draft) []Op {
	ops := make([]Op, len(d.Ops))
	for i, op := range d.Ops {
		op.ID = id.Op{Log: d.Log, Seq: d.First + uint64(i)}
		ops[i] = op
	}
	return ops
}

// signed returns what the signature of the batch named hash covers.
func signed(hash Hash) []byte { return append([]byte(signatureDomain), hash[:]...) }

// Verify returns the hash of a sealed batch if key signed it. It reads neither
// header nor body: that key belongs to the batch's log is the caller's to
// know. The error wraps ErrSignature, or ErrMalformed for bytes too short to
// be signed.
func Verify(raw []byte, key ed25519.PublicKey) (Hash, error) {
	hash, err := hashOf(raw)
	if err != nil {
		return Hash{}, fmt.Errorf("verify batch: %w", err)
	}
	if len(key) != ed25519.PublicKeySize {
		return Hash{}, fmt.Errorf("verify batch: a key of %d bytes, want %d: %w", len(key), ed25519.PublicKeySize, ErrSignature)
	}
	if !ed25519.Verify(key, signed(hash), raw[len(raw)-ed25519.SignatureSize:]) {
		return Hash{}, fmt.Errorf("verify batch %v: %w", hash, ErrSignature)
	}
	return hash, nil
}

func hashOf(raw []byte) (Hash, error) {
	n := len(raw) - ed25519.SignatureSize
	if n < headerFixed || len(raw) > MaxSealed {
		return Hash{}, fmt.Errorf("%d bytes: %w", len(raw), ErrMalformed)
	}
	return sha256.Sum256(raw[:n]), nil
}

// Open takes a sealed batch apart. It does not verify the signature. The batch
// keeps raw, and its payloads share memory with raw or with one decompressed
// body. The error wraps ErrNewer or ErrMalformed.
func Open(raw []byte) (Batch, error) {
	b, err := open(raw)
	if err != nil {
		return Batch{}, fmt.Errorf("open batch: %w", err)
	}
	return b, nil
}

func open(raw []byte) (b Batch, err error) {
	h, body, err := readHeader(raw)
	if err != nil {
		return b, err
	}
	b = Batch{Header: h, Raw: raw}
	if b.Hash, err = hashOf(raw); err != nil {
		return b, err
	}
	data := body.data
	if h.Flags&FlagZstd != 0 {
		if data, err = decompress(body.data, body.raw); err != nil {
			return b, err
		}
	}
	b.Ops, err = readBody(data, h)
	return b, err
}
