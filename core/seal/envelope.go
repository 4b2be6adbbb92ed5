package seal

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/sha512"
	"errors"
	"fmt"

	"filippo.io/edwards25519"
)

const (
	// encapsulated is the length of the X25519 key that an envelope starts with.
	encapsulated = 32
	// EnvelopeSize is the length of an envelope in bytes.
	EnvelopeSize = encapsulated + KeySize + 16
	// envelopeInfo keeps an envelope from being anything else that HPKE sealed.
	envelopeInfo = "cairn/envelope/1"
)

// ErrDevice is returned for bytes that are no key of a device.
var ErrDevice = errors.New("no key of a device")

// To puts k into an envelope of EnvelopeSize bytes that only device opens, and
// only with the same aad. It draws randomness of its own. Who made an envelope
// cannot be told from it. The error wraps ErrDevice.
func To(device ed25519.PublicKey, k Key, aad []byte) ([]byte, error) {
	raw, err := montgomery(device)
	if err != nil {
		return nil, err
	}
	public, err := kem().NewPublicKey(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, ErrDevice)
	}
	enc, sender, err := hpke.NewSender(public, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte(envelopeInfo))
	if err != nil { // a point of small order, which would seal for everybody
		return nil, fmt.Errorf("%w: %w", err, ErrDevice)
	}
	sealed, err := sender.Seal(aad, k[:])
	if err != nil {
		return nil, fmt.Errorf("seal an envelope: %w", err)
	}
	return append(enc, sealed...), nil
}

// From takes the key out of an envelope for device. The error wraps ErrSealed,
// or ErrDevice if device is no private key.
func From(device ed25519.PrivateKey, envelope, aad []byte) (Key, error) {
	if len(device) != ed25519.PrivateKeySize {
		return Key{}, fmt.Errorf("a private key of %d bytes, want %d: %w", len(device), ed25519.PrivateKeySize, ErrDevice)
	}
	if len(envelope) != EnvelopeSize {
		return Key{}, fmt.Errorf("an envelope of %d bytes, want %d: %w", len(envelope), EnvelopeSize, ErrSealed)
	}
	private, err := kem().NewPrivateKey(scalar(device))
	if err != nil {
		return Key{}, fmt.Errorf("%w: %w", err, ErrDevice)
	}
	recipient, err := hpke.NewRecipient(envelope[:encapsulated], private, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte(envelopeInfo))
	if err != nil {
		return Key{}, fmt.Errorf("open an envelope: %w: %w", err, ErrSealed)
	}
	b, err := recipient.Open(aad, envelope[encapsulated:])
	if err != nil {
		return Key{}, fmt.Errorf("open an envelope: %w: %w", err, ErrSealed)
	}
	return Key(b), nil
}

func kem() hpke.KEM { return hpke.DHKEM(ecdh.X25519()) }

// montgomery returns the X25519 key that belongs to an Ed25519 key: the point
// on the other form of the curve, RFC 7748 section 4.1, u = (1+y)/(1-y).
func montgomery(public ed25519.PublicKey) ([]byte, error) {
	if len(public) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("a public key of %d bytes, want %d: %w", len(public), ed25519.PublicKeySize, ErrDevice)
	}
	p, err := new(edwards25519.Point).SetBytes(public)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, ErrDevice)
	}
	return p.BytesMontgomery(), nil
}

// scalar returns the private half of montgomery: what Ed25519 itself multiplies
// by, the first half of the SHA-512 of the seed (RFC 8032 section 5.1.5).
// X25519 clamps it as Ed25519 does.
func scalar(private ed25519.PrivateKey) []byte {
	h := sha512.Sum512(private.Seed())
	return h[:encapsulated]
}
