// Package oplog holds what devices write: operations, the signed batches they
// travel in, the hash chain that makes batches a log, and the vector that says
// how much of every log somebody has.
//
// A batch is sealed once, by the device whose log it continues, and its bytes
// are never encoded again: what was signed is what is stored, sent and
// verified, so fields and kinds that this version does not know survive it.
// FORMAT.md beside this file describes the bytes.
//
// Seal, ReadHeader, Verify and Open are safe for concurrent use. Everything
// that reads foreign bytes bounds what it allocates by the limits below and
// returns ErrMalformed or ErrNewer, never panics.
package oplog

import (
	"cmp"
	"encoding/hex"
	"errors"

	"cairn/core/clock"
	"cairn/core/id"
)

// The limits of one batch. Readers enforce them, so none can be raised without
// a new version of the format.
const (
	// MaxSealed is the length of a sealed batch in bytes. It keeps a batch
	// within one storage value, one frame and one retransmission.
	MaxSealed = 256 << 10
	// MaxBody is the length of a body in bytes once decompressed. It bounds
	// what a few hostile kilobytes can make a reader allocate.
	MaxBody = 4 << 20
	// MaxOps is the number of operations. Above it a larger batch no longer
	// makes an operation measurably cheaper.
	MaxOps = 4096
	// MaxDeps is the number of logs a batch may name as its causes. Causes are
	// transitive, so a writer needs to name only those that are new to its log.
	MaxDeps = 64
	// MaxPayload is the length of one payload in bytes: half a batch, so that
	// any single operation can be sealed. Anything larger is a blob.
	MaxPayload = 128 << 10
)

// Level is the feature level that this version of Cairn understands. A batch
// of a higher Header.Level is stored and relayed but not applied.
const Level uint16 = 1

// What can be wrong with a batch. All are wrapped with what was found where.
var (
	ErrMalformed = errors.New("malformed batch")
	ErrNewer     = errors.New("written by a later version of Cairn")
	ErrTooLarge  = errors.New("batch too large")
	ErrSignature = errors.New("the signature does not fit")
)

// Kind says how an operation changes the field it names. Package doc defines
// the kinds of data logs, package member those of control logs. The numbers
// are stored for ever.
type Kind uint8

// Critical is the first of the kinds that must not be skipped: a version that
// meets one it does not know stops applying operations to that document. Kinds
// below it that a version does not know are kept and otherwise ignored.
const Critical Kind = 0x80

// Op is one change of one field of one document. Operations on the same field
// are ordered by Compare.
type Op struct {
	ID      id.Op
	Stamp   clock.Stamp
	Doc     id.Doc
	Noun    uint16 // what sort of document Doc is
	Kind    Kind
	Field   uint16
	Payload []byte // means what Kind says; opaque here
}

// Compare orders operations by stamp, then log, then sequence. The order is
// total and agrees with causality.
func (o Op) Compare(p Op) int {
	return cmp.Or(cmp.Compare(o.Stamp, p.Stamp), o.ID.Compare(p.ID))
}

// Hash names a batch: the SHA-256 of all its bytes but the signature, so that
// a batch signed twice is still one batch.
type Hash [32]byte

// IsZero reports whether h names no batch, as before the first of a log.
func (h Hash) IsZero() bool { return h == Hash{} }

func (h Hash) String() string { return hex.EncodeToString(h[:]) }
