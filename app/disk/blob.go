package disk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cairn/app/durable"
	"cairn/core/fault"
)

// tempPrefix begins the names of blobs that are being written.
const tempPrefix = "put-"

// spaceEvery is how many bytes of a blob are written between two looks at the
// free space.
const spaceEvery = 16 << 20

// Blob names content by what it is.
type Blob struct {
	Hash [32]byte // SHA-256 of the content
	Size int64    // of the content, in bytes
}

func (d *Disk) blobsDir() string { return filepath.Join(d.opts.Dir, blobsName) }

func (d *Disk) blobPath(hash [32]byte) string {
	name := hex.EncodeToString(hash[:])
	return filepath.Join(d.blobsDir(), name[:2], name[2:])
}

// PutBlob stores what r yields, up to its end, and returns its name. Content
// that is there already is written once more, which mends it should it have
// been damaged. More than limit bytes are a fault Invalid. A blob that could
// not be stored whole leaves nothing behind.
func (d *Disk) PutBlob(ctx context.Context, r io.Reader, limit int64) (b Blob, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("store a blob: %w", translate(err, d.opts.Dir))
		}
	}()
	if err := d.open(); err != nil {
		return Blob{}, err
	}
	if d.opts.ReadOnly {
		return Blob{}, readOnly(d.opts.Dir)
	}
	temp, err := os.CreateTemp(d.blobsDir(), tempPrefix+"*")
	if err != nil {
		return Blob{}, err
	}
	stored := false
	defer func() {
		if !stored {
			// The cause is err; what is left over goes when the disk opens next.
			_ = temp.Close()
			_ = os.Remove(temp.Name())
		}
	}()
	hash := sha256.New()
	source := &blobSource{ctx: ctx, r: io.TeeReader(r, hash), limit: limit, space: func() error { return d.checkSpace(nil) }}
	if err := sealBlob(temp, source, d.opts.Key, func() Blob {
		return Blob{Hash: [32]byte(hash.Sum(nil)), Size: source.n}
	}); err != nil {
		return Blob{}, err
	}
	b = Blob{Hash: [32]byte(hash.Sum(nil)), Size: source.n}
	if err := errors.Join(temp.Sync(), temp.Close()); err != nil {
		return Blob{}, err
	}
	if err := d.placeBlob(temp.Name(), b.Hash); err != nil {
		return Blob{}, err
	}
	stored = true
	return b, nil
}

// placeBlob gives the finished file temp its name, durably.
func (d *Disk) placeBlob(temp string, hash [32]byte) error {
	path := d.blobPath(hash)
	parent := filepath.Dir(path)
	if err := os.Mkdir(parent, 0o700); err == nil {
		if err := durable.SyncDir(d.blobsDir()); err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return durable.SyncDir(parent)
}

// blobSource reads the content of a blob that is being stored.
type blobSource struct {
	ctx    context.Context //nolint:containedctx // lives as long as the one call that makes it
	r      io.Reader
	limit  int64
	space  func() error
	n      int64
	looked int64 // n when space was last asked
}

func (s *blobSource) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	if s.looked == 0 || s.n-s.looked >= spaceEvery {
		if err := s.space(); err != nil {
			return 0, err
		}
		s.looked = max(s.n, 1)
	}
	n, err := s.r.Read(p)
	s.n += int64(n)
	if s.n > s.limit {
		return n, fault.Wrap(ErrTooLarge, fault.Invalid, "The file is larger than %d MiB, which is the most.", "Split it, or keep it elsewhere and store a reference.").With(s.limit >> 20)
	}
	return n, err
}

// OpenBlob opens the blob called hash, ErrNotFound if there is none. What its
// Read returns has been verified: a blob that is damaged yields a fault
// Damaged in place of the bytes.
func (d *Disk) OpenBlob(hash [32]byte) (*BlobReader, error) {
	if err := d.open(); err != nil {
		return nil, err
	}
	path := d.blobPath(hash)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open blob %x: %w", hash, ErrNotFound)
	}
	if err != nil {
		return nil, translate(fmt.Errorf("open blob %x: %w", hash, err), path)
	}
	r, err := openBlob(f, hash, d.opts.Key)
	if err != nil {
		// The file was only read: closing it can lose nothing.
		_ = f.Close()
		return nil, err
	}
	return r, nil
}

// VerifyBlob reads the blob called hash whole, and reports whether it is what
// its name says: nil, ErrNotFound or a fault Damaged.
func (d *Disk) VerifyBlob(ctx context.Context, hash [32]byte) error {
	r, err := d.OpenBlob(hash)
	if err != nil {
		return err
	}
	sum := sha256.New()
	source := &blobSource{ctx: ctx, r: r, limit: r.Size(), space: func() error { return nil }}
	_, err = io.Copy(sum, source)
	if err := errors.Join(err, r.Close()); err != nil {
		return err
	}
	if [32]byte(sum.Sum(nil)) != hash {
		return damaged(d.blobPath(hash), errors.New("the content has another hash"))
	}
	return nil
}

// QuarantineBlob moves a damaged blob out of the way, so that it can be fetched
// anew, and returns where it went. It is never deleted. ErrNotFound if there
// is none.
func (d *Disk) QuarantineBlob(hash [32]byte) (string, error) {
	if err := d.open(); err != nil {
		return "", err
	}
	if d.opts.ReadOnly {
		return "", readOnly(d.opts.Dir)
	}
	from := d.blobPath(hash)
	to, err := d.setAside(from, fmt.Sprintf("blob-%x", hash))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("set blob %x aside: %w", hash, ErrNotFound)
	}
	if err != nil {
		return "", translate(fmt.Errorf("set blob %x aside: %w", hash, err), d.opts.Dir)
	}
	return to, nil
}

// setAside moves the file at path into the folder for damaged files, under a
// name that is free.
func (d *Disk) setAside(path, name string) (string, error) {
	aside := filepath.Join(d.opts.Dir, asideName)
	if err := os.MkdirAll(aside, 0o700); err != nil {
		return "", err
	}
	to := filepath.Join(aside, name)
	for n := 2; ; n++ {
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			break
		} else if err != nil {
			return "", err
		}
		to = filepath.Join(aside, fmt.Sprintf("%s.%d", name, n))
	}
	if err := os.Rename(path, to); err != nil {
		return "", err
	}
	return to, errors.Join(durable.SyncDir(aside), durable.SyncDir(filepath.Dir(path)))
}

// Blobs calls yield with every blob, by hash. Sizes are as the files' lengths
// say; VerifyBlob tells whether the content is good. An error of yield ends
// it and is returned as it is.
func (d *Disk) Blobs(yield func(Blob) error) error {
	if err := d.open(); err != nil {
		return err
	}
	folders, err := os.ReadDir(d.blobsDir())
	if err != nil {
		return translate(fmt.Errorf("list blobs: %w", err), d.opts.Dir)
	}
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		files, err := os.ReadDir(filepath.Join(d.blobsDir(), folder.Name()))
		if err != nil {
			return translate(fmt.Errorf("list blobs: %w", err), d.opts.Dir)
		}
		for _, file := range files {
			hash, err := hex.DecodeString(folder.Name() + file.Name())
			if err != nil || len(hash) != sha256.Size {
				continue // not ours
			}
			info, err := file.Info()
			if errors.Is(err, fs.ErrNotExist) {
				continue // set aside meanwhile
			}
			if err != nil {
				return translate(fmt.Errorf("list blobs: %w", err), d.opts.Dir)
			}
			if err := yield(Blob{[32]byte(hash), contentSize(info.Size())}); err != nil {
				return err
			}
		}
	}
	return nil
}

// sweepBlobs removes what was being stored when the last process ended.
func (d *Disk) sweepBlobs() error {
	files, err := os.ReadDir(d.blobsDir())
	if err != nil {
		return err
	}
	for _, f := range files {
		if strings.HasPrefix(f.Name(), tempPrefix) {
			if err := os.Remove(filepath.Join(d.blobsDir(), f.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// open reports ErrClosed after Close.
func (d *Disk) open() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return ErrClosed
	}
	return nil
}
