package disk

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/minio/sio"
)

// A blob file is a header, then the content in the DARE 2.0 format: packages of
// 64 KiB that are each sealed and authenticated under a key of this file's own.
// FORMAT.md has the bytes.
const (
	blobMagic      = "CBLB"
	blobVersion    = 1
	blobSealed     = 1 // flag: the keys come from the disk key
	blobSaltSize   = 32
	blobHeaderSize = len(blobMagic) + 1 + 1 + blobSaltSize + sha256.Size + 8 + sha256.Size

	packageSize   = 64 << 10
	packageSealed = packageSize + 32
)

// blobKeys derives the two keys of one file. Without a disk key they are no
// secret and serve as a checksum.
func blobKeys(disk, salt []byte) (content, header []byte, err error) {
	keys, err := hkdf.Key(sha256.New, disk, salt, "cairn blob 1", 64)
	if err != nil {
		return nil, nil, fmt.Errorf("derive the keys of a blob: %w", err)
	}
	return keys[:32], keys[32:], nil
}

// sealBlob writes to f what r yields; name tells hash and size once r is read.
func sealBlob(f *os.File, r io.Reader, key []byte, name func() Blob) error {
	head := make([]byte, 0, blobHeaderSize)
	head = append(head, blobMagic...)
	head = append(head, blobVersion, 0)
	if key != nil {
		head[len(blobMagic)+1] = blobSealed
	}
	salt := make([]byte, blobSaltSize)
	if _, err := rand.Read(salt); err != nil {
		return err
	}
	head = append(head, salt...)
	content, header, err := blobKeys(key, salt)
	if err != nil {
		return err
	}
	if _, err := f.Seek(int64(blobHeaderSize), io.SeekStart); err != nil {
		return err
	}
	if _, err := sio.Encrypt(f, r, sio.Config{MinVersion: sio.Version20, Key: content}); err != nil {
		return err
	}
	b := name()
	head = append(head, b.Hash[:]...)
	head = binary.BigEndian.AppendUint64(head, uint64(b.Size))
	_, err = f.WriteAt(append(head, mac(header, head)...), 0)
	return err
}

func mac(key, message []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write(message)
	return m.Sum(nil)
}

// contentSize returns how much content a blob file of so many bytes holds.
func contentSize(size int64) int64 {
	content, err := sio.DecryptedSize(uint64(max(size-int64(blobHeaderSize), 0)))
	if err != nil {
		return 0 // cut short: VerifyBlob says so
	}
	return int64(content)
}

// BlobReader reads one blob. It is not safe for concurrent use.
type BlobReader struct {
	f       *os.File
	hash    [32]byte
	content []byte // key
	size    int64
	at      int64
	stream  io.Reader // yields what stands at at; nil after a Seek
}

// openBlob checks f's header and takes f over when it returns nil.
func openBlob(f *os.File, hash [32]byte, key []byte) (*BlobReader, error) {
	bad := func(err error) error { return damaged(f.Name(), err) }
	head := make([]byte, blobHeaderSize)
	if _, err := io.ReadFull(f, head); err != nil {
		return nil, bad(fmt.Errorf("header: %w", err))
	}
	signed, tag := head[:blobHeaderSize-sha256.Size], head[blobHeaderSize-sha256.Size:]
	rest := signed[len(blobMagic):]
	version, flags, rest := rest[0], rest[1], rest[2:]
	salt, rest := rest[:blobSaltSize], rest[blobSaltSize:]
	content, header, err := blobKeys(key, salt)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, translate(fmt.Errorf("open blob %x: %w", hash, err), f.Name())
	}
	size := int64(binary.BigEndian.Uint64(rest[sha256.Size:]))
	switch {
	case string(head[:len(blobMagic)]) != blobMagic:
		return nil, bad(errors.New("no blob magic"))
	case !hmac.Equal(tag, mac(header, signed)):
		return nil, bad(errors.New("the header is not authentic"))
	case version != blobVersion:
		return nil, newer(f.Name(), int(version))
	case (flags&blobSealed != 0) != (key != nil):
		return nil, bad(fmt.Errorf("flags %#02x", flags))
	case [32]byte(rest) != hash:
		return nil, bad(fmt.Errorf("it holds %x", rest[:sha256.Size]))
	}
	if sealed, err := sio.EncryptedSize(uint64(size)); err != nil || info.Size() != int64(blobHeaderSize)+int64(sealed) {
		return nil, bad(fmt.Errorf("%d bytes for a content of %d", info.Size(), size))
	}
	return &BlobReader{f: f, hash: hash, content: content, size: size}, nil
}

// Size returns the length of the content in bytes.
func (r *BlobReader) Size() int64 { return r.size }

// Read reads verified content.
func (r *BlobReader) Read(p []byte) (int, error) {
	if r.at >= r.size {
		return 0, io.EOF
	}
	if r.stream == nil {
		if err := r.start(); err != nil {
			return 0, r.fail(err)
		}
	}
	n, err := r.stream.Read(p)
	r.at += int64(n)
	if errors.Is(err, io.EOF) && r.at == r.size {
		if n > 0 {
			err = nil
		}
		return n, err
	}
	if err != nil {
		return n, r.fail(err)
	}
	return n, nil
}

// start makes the stream that begins at r.at.
func (r *BlobReader) start() error {
	first := r.at / packageSize
	from := int64(blobHeaderSize) + first*packageSealed
	stream, err := sio.DecryptReader(io.NewSectionReader(r.f, from, 1<<62), sio.Config{
		MinVersion: sio.Version20, Key: r.content, SequenceNumber: uint32(first),
	})
	if err != nil {
		return err
	}
	if _, err := io.CopyN(io.Discard, stream, r.at%packageSize); err != nil {
		return err
	}
	r.stream = stream
	return nil
}

func (r *BlobReader) fail(err error) error {
	r.stream = nil
	if _, ok := errors.AsType[sio.Error](err); ok || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged(r.f.Name(), fmt.Errorf("the content near byte %d: %w", r.at, err))
	}
	return translate(fmt.Errorf("read blob %x: %w", r.hash, err), r.f.Name())
}

// Seek moves to where the next Read begins.
func (r *BlobReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.at
	case io.SeekEnd:
		offset += r.size
	}
	if offset < 0 || whence < io.SeekStart || whence > io.SeekEnd {
		return 0, fmt.Errorf("seek in blob %x to %d: %w", r.hash, offset, os.ErrInvalid)
	}
	if offset != r.at {
		r.at, r.stream = offset, nil
	}
	return offset, nil
}

// Close closes the file.
func (r *BlobReader) Close() error { return r.f.Close() }
