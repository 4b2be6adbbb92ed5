package archive

import (
	"archive/tar"
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"
)

// ageMagic is how a sealed backup starts.
const ageMagic = "age-encryption.org/v1\n"

// Visitor is told what a backup holds, in the order in which it was written.
// Byte slices are its own only during the call.
type Visitor struct {
	Start func(Manifest, Keys) error
	// Batches takes some consecutive batches of one log.
	Batches func(raws [][]byte) error
	Blob    func(hash [32]byte, body io.Reader) error
}

// Read reads a backup. Passphrase is asked only when it is sealed. The errors
// are ErrNoArchive, ErrCut, ErrPassphrase, ErrNewer and what the visitor
// returns. That the batches are sound is for the visitor to verify.
func Read(r io.Reader, passphrase func() (string, error), v Visitor) error {
	r, err := unseal(r, passphrase)
	if err != nil {
		return err
	}
	packed, err := zstd.NewReader(r, zstd.WithDecoderMaxMemory(64<<20), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("decompress: %w: %w", ErrNoArchive, err)
	}
	defer packed.Close()
	in := &reader{tar: tar.NewReader(packed), visit: v}
	for in.state != done {
		if err := in.next(); err != nil {
			return err
		}
	}
	// The checksum, and of a sealed backup the last seal, come behind the end.
	if n, err := io.Copy(io.Discard, io.LimitReader(packed, maxTail)); err != nil || n == maxTail {
		return fmt.Errorf("read what follows %s: %w", nameEnd, errors.Join(ErrCut, err))
	}
	return nil
}

// maxTail is above what padding stands behind the last entry.
const maxTail = 64 << 10

func unseal(r io.Reader, passphrase func() (string, error)) (io.Reader, error) {
	in := bufio.NewReader(r)
	start, err := in.Peek(len(ageMagic))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the backup: %w", err)
	}
	if string(start) != ageMagic {
		return in, nil
	}
	secret, err := passphrase()
	if err != nil {
		return nil, err
	}
	identity, err := age.NewScryptIdentity(secret)
	if err != nil {
		return nil, fmt.Errorf("use the passphrase: %w: %w", ErrPassphrase, err)
	}
	out, err := age.Decrypt(in, identity)
	if wrong, ok := errors.AsType[*age.NoIdentityMatchError](err); ok {
		return nil, fmt.Errorf("open the backup: %w: %w", ErrPassphrase, wrong)
	}
	if err != nil {
		return nil, fmt.Errorf("open the backup: %w: %w", ErrNoArchive, err)
	}
	return out, nil
}

type state uint8

const (
	wantManifest state = iota
	wantKeys
	wantContents
	done
)

type reader struct {
	tar      *tar.Reader
	visit    Visitor
	state    state
	manifest Manifest
	seen     End
}

// next reads one entry.
func (r *reader) next() error {
	h, err := r.tar.Next()
	if err != nil {
		return r.broken(err)
	}
	switch {
	case r.state == wantManifest && h.Name == nameManifest:
		r.state = wantKeys
		if err := r.json(h, &r.manifest); err != nil {
			return err
		}
		if r.manifest.Format > Format {
			return fmt.Errorf("backup of format %d: %w", r.manifest.Format, ErrNewer)
		}
		return nil
	case r.state == wantKeys && h.Name == nameKeys:
		r.state = wantContents
		var k Keys
		if err := r.json(h, &k); err != nil {
			return err
		}
		return r.visit.Start(r.manifest, k)
	case r.state == wantContents && strings.HasPrefix(h.Name, dirLogs):
		return r.segment(h)
	case r.state == wantContents && strings.HasPrefix(h.Name, dirBlobs):
		return r.blob(h)
	case r.state == wantContents && h.Name == nameEnd:
		return r.end(h)
	case r.state == wantContents:
		return nil // an entry of a later version that this one can do without
	default:
		return fmt.Errorf("it starts with %q: %w", h.Name, ErrNoArchive)
	}
}

// broken tells a backup that ends too early from a file that never was one.
func (r *reader) broken(err error) error {
	if r.state == wantManifest && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("read the backup: %w: %w", ErrNoArchive, err)
	}
	return fmt.Errorf("read the backup: %w: %w", ErrCut, err)
}

func (r *reader) small(h *tar.Header) ([]byte, error) {
	if h.Size > maxSmall {
		return nil, fmt.Errorf("%s has %d bytes: %w", h.Name, h.Size, ErrNoArchive)
	}
	b, err := io.ReadAll(r.tar)
	if err != nil {
		return nil, r.broken(err)
	}
	return b, nil
}

func (r *reader) json(h *tar.Header, v any) error {
	b, err := r.small(h)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("read %s: %w: %w", h.Name, ErrNoArchive, err)
	}
	return nil
}

func (r *reader) segment(h *tar.Header) error {
	b, err := r.small(h)
	if err != nil {
		return err
	}
	raws, err := splitBatches(b)
	if err != nil {
		return fmt.Errorf("read %s: %w", h.Name, err)
	}
	r.seen.Batches += len(raws)
	return r.visit.Batches(raws)
}

func (r *reader) blob(h *tar.Header) error {
	hash, err := hex.DecodeString(strings.TrimPrefix(h.Name, dirBlobs))
	if err != nil || len(hash) != 32 {
		return fmt.Errorf("blob %q: %w", h.Name, ErrNoArchive)
	}
	r.seen.Blobs++
	return r.visit.Blob([32]byte(hash), body{r})
}

// body is that of an entry, for the visitor to read.
type body struct{ *reader }

func (b body) Read(p []byte) (int, error) {
	n, err := b.tar.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = b.broken(err)
	}
	return n, err
}

func (r *reader) end(h *tar.Header) error {
	var end End
	if err := r.json(h, &end); err != nil {
		return err
	}
	if end != r.seen {
		return fmt.Errorf("%+v of %+v are there: %w", r.seen, end, ErrCut)
	}
	r.state = done
	return nil
}

func appendBatch(b, raw []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(raw)))
	return append(b, raw...)
}

func splitBatches(b []byte) ([][]byte, error) {
	var out [][]byte
	for len(b) > 0 {
		if len(b) < 4 {
			return nil, fmt.Errorf("length of a batch: %w", ErrCut)
		}
		n := binary.BigEndian.Uint32(b)
		b = b[4:]
		if uint64(n) > uint64(len(b)) {
			return nil, fmt.Errorf("batch of %d bytes: %w", n, ErrCut)
		}
		out = append(out, b[:n:n])
		b = b[n:]
	}
	return out, nil
}
