// Package archive is the file that a backup is: everything a workspace folder
// holds, in one stream. It is a tar archive compressed with zstd, and sealed
// with age (age-encryption.org/v1, scrypt) when there is a passphrase, so that
// it can be opened without Cairn. FORMAT.md lists the entries.
package archive

import (
	"archive/tar"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"

	"cairn/core/id"
)

// Format is the version of the layout that Write makes and Read knows.
const Format = 1

// The names of the entries, in the order in which they come.
const (
	nameManifest = "manifest.json"
	nameKeys     = "keys.json"
	dirLogs      = "logs/"  // logs/LOG/FIRST: batches, each after its length
	dirBlobs     = "blobs/" // blobs/HASH
	nameEnd      = "end.json"
)

// maxSmall bounds the entries that are read into memory whole.
const maxSmall = 16 << 20

var (
	// ErrNoArchive is returned for a file that is no backup.
	ErrNoArchive = errors.New("not a backup")
	// ErrCut is returned for a backup whose end is missing.
	ErrCut = errors.New("the backup is cut short")
	// ErrPassphrase is returned when a sealed backup does not open.
	ErrPassphrase = errors.New("wrong passphrase")
	// ErrNewer is returned for a backup of a later version of Cairn.
	ErrNewer = errors.New("made by a later version of Cairn")
)

// Manifest is what a backup says of itself.
type Manifest struct {
	Format     int          `json:"format"`
	Workspace  id.Workspace `json:"workspace"`
	Device     id.Device    `json:"device"`
	Made       time.Time    `json:"made"`
	Cairn      string       `json:"cairn"` // version of the program
	Operations uint64       `json:"operations"`
	Documents  int          `json:"documents"`
	StateHash  string       `json:"state_hash"`
}

// Keys are the secrets of the device that made the backup.
type Keys struct {
	DeviceSeed []byte `json:"device_seed"` // of the Ed25519 key
}

// End is the last entry: how much came before it.
type End struct {
	Batches int `json:"batches"`
	Blobs   int `json:"blobs"`
}

// Writer writes one backup. Its methods are called in the order of the entries.
type Writer struct {
	tar    *tar.Writer
	layers []io.Closer // innermost first
	made   time.Time
	end    End
	log    id.Log
	first  uint64 // of the segment
	buf    []byte
}

// segmentBytes is how much of a log goes into one entry.
const segmentBytes = 1 << 20

// NewWriter starts a backup on w with its manifest and keys. With a passphrase
// everything is sealed.
func NewWriter(w io.Writer, passphrase string, m Manifest, k Keys) (*Writer, error) {
	out := &Writer{made: m.Made}
	if passphrase != "" {
		recipient, err := age.NewScryptRecipient(passphrase)
		if err != nil {
			return nil, fmt.Errorf("use the passphrase: %w", err)
		}
		sealed, err := age.Encrypt(w, recipient)
		if err != nil {
			return nil, fmt.Errorf("seal the backup: %w", err)
		}
		out.layers = append(out.layers, sealed)
		w = sealed
	}
	packed, err := zstd.NewWriter(w)
	if err != nil {
		return nil, fmt.Errorf("compress the backup: %w", err)
	}
	out.tar = tar.NewWriter(packed)
	out.layers = append([]io.Closer{out.tar, packed}, out.layers...)
	m.Format = Format
	if err := out.json(nameManifest, m); err != nil {
		return nil, err
	}
	return out, out.json(nameKeys, k)
}

func (w *Writer) json(name string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("encode %s: %w", name, err)
	}
	return w.entry(name, b)
}

func (w *Writer) header(name string, size int64) error {
	err := w.tar.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: w.made, Format: tar.FormatPAX})
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func (w *Writer) entry(name string, body []byte) error {
	if err := w.header(name, int64(len(body))); err != nil {
		return err
	}
	if _, err := w.tar.Write(body); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// Batch adds a batch, in order within its log; membership logs come first. raw
// is not kept.
func (w *Writer) Batch(log id.Log, first uint64, raw []byte) error {
	if log != w.log || len(w.buf) >= segmentBytes {
		if err := w.flush(); err != nil {
			return err
		}
		w.log, w.first = log, first
	}
	w.buf = appendBatch(w.buf, raw)
	w.end.Batches++
	return nil
}

func (w *Writer) flush() error {
	if len(w.buf) == 0 {
		return nil
	}
	err := w.entry(fmt.Sprintf("%s%s/%016x", dirLogs, w.log, w.first), w.buf)
	w.buf = w.buf[:0]
	return err
}

// Blob adds a blob of size bytes.
func (w *Writer) Blob(hash [32]byte, size int64, body io.Reader) error {
	if err := w.flush(); err != nil {
		return err
	}
	name := fmt.Sprintf("%s%x", dirBlobs, hash)
	if err := w.header(name, size); err != nil {
		return err
	}
	if _, err := io.Copy(w.tar, body); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	w.end.Blobs++
	return nil
}

// Close finishes the backup. It does not close the writer beneath.
func (w *Writer) Close() error {
	err := w.flush()
	if err == nil {
		err = w.json(nameEnd, w.end)
	}
	for _, l := range w.layers {
		err = errors.Join(err, l.Close())
	}
	return err
}
