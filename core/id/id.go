// Package id holds the names of things: devices and their logs, operations,
// documents, people, workspaces. Every kind of name is its own type.
package id

import (
	"cmp"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"time"
)

// Device names a device: the SHA-256 of its Ed25519 public key.
type Device [sha256.Size]byte

// DeviceOf returns the name of the device that holds public's private half.
func DeviceOf(public ed25519.PublicKey) Device { return sha256.Sum256(public) }

// Short returns the abbreviation of d that stands in logs and operations.
// A workspace admits no two devices with the same abbreviation.
func (d Device) Short() ShortDevice { return ShortDevice(binary.BigEndian.Uint64(d[:8])) }

// ShortDevice is the first eight bytes of a Device, big-endian.
type ShortDevice uint64

func (s ShortDevice) String() string { return fmt.Sprintf("%016x", uint64(s)) }

// Log names one append-only history: a device and one incarnation of it. A
// device that may have lost its latest writes (a restored backup, a cloned
// disk) goes on under a new incarnation, so that no two histories share a name.
type Log struct {
	Device      ShortDevice
	Incarnation uint32
}

// Compare orders logs by device, then incarnation.
func (l Log) Compare(o Log) int {
	if c := cmp.Compare(l.Device, o.Device); c != 0 {
		return c
	}
	return cmp.Compare(l.Incarnation, o.Incarnation)
}

// IsZero reports whether l is no log.
func (l Log) IsZero() bool { return l == Log{} }

func (l Log) String() string { return fmt.Sprintf("%s.%08x", l.Device, l.Incarnation) }

// LogSize is the length of AppendLog's form.
const LogSize = 12

// Append appends the 12-byte big-endian form of l, which sorts as Compare does.
func (l Log) Append(b []byte) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(l.Device))
	return binary.BigEndian.AppendUint32(b, l.Incarnation)
}

// LogFrom reads what Append wrote. It panics if b is shorter than LogSize.
func LogFrom(b []byte) Log {
	return Log{ShortDevice(binary.BigEndian.Uint64(b)), binary.BigEndian.Uint32(b[8:])}
}

// Op names an operation: the Seq-th of Log, counting from 0 without gaps.
type Op struct {
	Log Log
	Seq uint64
}

// Compare orders operations by log, then sequence.
func (o Op) Compare(p Op) int {
	if c := o.Log.Compare(p.Log); c != 0 {
		return c
	}
	return cmp.Compare(o.Seq, p.Seq)
}

func (o Op) String() string { return fmt.Sprintf("%s/%d", o.Log, o.Seq) }

// Doc names a document: 48 bits of Unix milliseconds, then 80 random bits, so
// that documents sort by the time they were made.
type Doc [16]byte

// NewDoc returns a fresh name. Randomness is read from random, whose failure
// is returned.
func NewDoc(now time.Time, random io.Reader) (Doc, error) {
	var d Doc
	if _, err := io.ReadFull(random, d[6:]); err != nil {
		return Doc{}, fmt.Errorf("read randomness for a document name: %w", err)
	}
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(max(now.UnixMilli(), 0)))
	copy(d[:6], ms[2:])
	return d, nil
}

// IsZero reports whether d names nothing.
func (d Doc) IsZero() bool { return d == Doc{} }

// Time returns when d was named, to the millisecond, in UTC.
func (d Doc) Time() time.Time {
	var ms [8]byte
	copy(ms[2:], d[:6])
	return time.UnixMilli(int64(binary.BigEndian.Uint64(ms[:]))).UTC()
}

// Compare orders documents by name, and so by the time they were made.
func (d Doc) Compare(o Doc) int {
	return cmp.Or(
		cmp.Compare(binary.BigEndian.Uint64(d[:8]), binary.BigEndian.Uint64(o[:8])),
		cmp.Compare(binary.BigEndian.Uint64(d[8:]), binary.BigEndian.Uint64(o[8:])))
}

// Person names a human being in a workspace. It is the name of that person's
// document; a person acts through any number of devices.
type Person = Doc

// Workspace names a workspace: the SHA-256 of the batch that founded it.
type Workspace [sha256.Size]byte

// IsZero reports whether w names nothing.
func (w Workspace) IsZero() bool { return w == Workspace{} }

// Prefix returns the first eight bytes, which every batch carries.
func (w Workspace) Prefix() [8]byte { return [8]byte(w[:8]) }

func (w Workspace) String() string { return hex.EncodeToString(w[:]) }

// MarshalText returns the hexadecimal form.
func (w Workspace) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads the hexadecimal form.
func (w *Workspace) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(w)) {
		return fmt.Errorf("a workspace name has %d hexadecimal digits, got %d", hex.EncodedLen(len(w)), len(text))
	}
	_, err := hex.Decode(w[:], text)
	return err
}
