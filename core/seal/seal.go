// Package seal keeps what passes through others from being read by them: keys
// that a workspace's devices share, and envelopes that bring such a key to one
// device. It says nothing about who made something, which signatures do.
//
// # Randomness
//
// A nonce is an argument, as all randomness of core is. An envelope draws its
// own, inside the standard library, which has no way to hand it in: two
// envelopes of the same key to the same device differ, and no test can predict
// one. Nothing that replicas must agree on may follow from an envelope's bytes
// other than by hash or by opening it.
//
// FORMAT.md beside this file describes the bytes.
package seal

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"

	"cairn/core/id"
)

const (
	// KeySize is the length of a Key in bytes.
	KeySize = chacha20poly1305.KeySize
	// NonceSize is the length of a nonce: long enough to be drawn at random for
	// every message that a workspace will ever seal.
	NonceSize = chacha20poly1305.NonceSizeX
	// Overhead is how many bytes longer a sealed form is than what it seals.
	Overhead = NonceSize + chacha20poly1305.Overhead
)

// ErrSealed is returned for bytes that the key does not open: sealed with
// another key, bound to something else, or not whole.
var ErrSealed = errors.New("not sealed with this key")

// Key seals with XChaCha20-Poly1305. Whoever has it reads all that it seals.
type Key [KeySize]byte

// KeyID names a key and does not help to guess it: the first eight bytes of the
// SHA-256 of "cairn/key/1" and the key.
type KeyID [8]byte

// IsZero reports whether k names no key.
func (k KeyID) IsZero() bool { return k == KeyID{} }

func (k KeyID) String() string { return hex.EncodeToString(k[:]) }

// ID returns the name of k.
func (k Key) ID() KeyID {
	sum := sha256.Sum256(append([]byte("cairn/key/1"), k[:]...))
	return KeyID(sum[:])
}

// Seal appends nonce and the sealed form of plain, Overhead bytes more than
// plain, to dst and returns it. Open wants the same aad, which is not part of
// the form. Nonce must be random: two messages under one nonce and key give
// both away.
func (k Key) Seal(dst, plain, aad []byte, nonce [NonceSize]byte) []byte {
	aead, err := chacha20poly1305.NewX(k[:])
	if err != nil {
		panic(err) // the length of the key is right by its type
	}
	return aead.Seal(append(dst, nonce[:]...), nonce[:], plain, aad)
}

// Open appends what sealed holds to dst and returns it. The error wraps
// ErrSealed; nothing is appended then.
func (k Key) Open(dst, sealed, aad []byte) ([]byte, error) {
	if len(sealed) < Overhead {
		return nil, fmt.Errorf("%d bytes, at least %d: %w", len(sealed), Overhead, ErrSealed)
	}
	aead, err := chacha20poly1305.NewX(k[:])
	if err != nil {
		panic(err) // as in Seal
	}
	plain, err := aead.Open(dst, sealed[:NonceSize], sealed[NonceSize:], aad)
	if err != nil {
		return nil, fmt.Errorf("key %v: %w", k.ID(), ErrSealed)
	}
	return plain, nil
}

// OfMembership returns the key that whoever knows the name of a workspace has:
// it keeps the acts of membership from whoever passes them on, and lets a
// newcomer read them, who has no other key yet.
func OfMembership(ws id.Workspace) Key { return derive(ws[:], "cairn/membership-key/1") }

// OfInvite returns the key that whoever holds the secret of an invite has.
func OfInvite(secret [32]byte) Key { return derive(secret[:], "cairn/invite-key/1") }

// derive returns HKDF-SHA256 of a secret, without salt, for one purpose.
func derive(secret []byte, purpose string) Key {
	b, err := hkdf.Key(sha256.New, secret, nil, purpose, KeySize)
	if err != nil {
		panic(err) // only for keys of thousands of bytes
	}
	return Key(b)
}
