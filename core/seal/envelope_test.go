package seal_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/hpke"
	"errors"
	"testing"

	"cairn/core/seal"
)

var bound = []byte("bound to this")

func device(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

func public(key ed25519.PrivateKey) ed25519.PublicKey {
	p, _ := key.Public().(ed25519.PublicKey)
	return p
}

func envelope(tb testing.TB, to ed25519.PublicKey, key seal.Key) []byte {
	tb.Helper()
	e, err := seal.To(to, key, bound)
	if err != nil {
		tb.Fatal(err)
	}
	if len(e) != seal.EnvelopeSize {
		tb.Fatalf("an envelope of %d bytes, want %d", len(e), seal.EnvelopeSize)
	}
	return e
}

func TestGoldenEnvelopeIsStillOpened(t *testing.T) {
	key := seal.Key(count(1, seal.KeySize))
	e := golden(t, "envelope.golden", envelope(t, public(device(1)), key))
	if got, err := seal.From(device(1), e, bound); err != nil || got != key {
		t.Errorf("From = %x, %v, want %x", got, err, key)
	}
}

func TestOnlyTheDeviceOpensItsEnvelope(t *testing.T) {
	key := seal.Key(count(3, seal.KeySize))
	e := envelope(t, public(device(1)), key)
	if got, err := seal.From(device(1), e, bound); err != nil || got != key {
		t.Fatalf("From = %x, %v, want %x", got, err, key)
	}
	if bytes.Equal(e, envelope(t, public(device(1)), key)) {
		t.Error("two envelopes of one key are equal: they show that it is the same")
	}
	if got, err := seal.From(device(2), e, bound); !errors.Is(err, seal.ErrSealed) || got != (seal.Key{}) {
		t.Errorf("another device: %x, %v, want ErrSealed", got, err)
	}
	if _, err := seal.From(device(1), e, []byte("something else")); !errors.Is(err, seal.ErrSealed) {
		t.Errorf("bound to something else: %v, want ErrSealed", err)
	}
	for i := range e {
		spoilt := bytes.Clone(e)
		spoilt[i] ^= 1
		if _, err := seal.From(device(1), spoilt, bound); !errors.Is(err, seal.ErrSealed) {
			t.Errorf("byte %d changed: %v, want ErrSealed", i, err)
		}
		if _, err := seal.From(device(1), e[:i], bound); !errors.Is(err, seal.ErrSealed) {
			t.Errorf("%d bytes: %v, want ErrSealed", i, err)
		}
	}
}

// TestEnvelopesAreForTheMappedKey opens an envelope with the X25519 key that
// libsodium's test of crypto_sign_ed25519_sk_to_curve25519 expects for its
// seed, and so holds both halves of the map to it.
func TestEnvelopesAreForTheMappedKey(t *testing.T) {
	signing := ed25519.NewKeyFromSeed(unhex(t, "421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee"))
	agreed, err := hpke.DHKEM(ecdh.X25519()).NewPrivateKey(unhex(t, "8052030376d47112be7f73ed7a019293dd12ad910b654455798b4667d73de166"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := agreed.PublicKey().Bytes(), unhex(t, "f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50"); !bytes.Equal(got, want) {
		t.Fatalf("public half = %x, want %x", got, want)
	}
	key := seal.Key(count(5, seal.KeySize))
	e := envelope(t, public(signing), key)
	r, err := hpke.NewRecipient(e[:32], agreed, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte("cairn/envelope/1"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := r.Open(bound, e[32:]); err != nil || !bytes.Equal(got, key[:]) {
		t.Errorf("opened with the mapped key: %x, %v, want %x", got, err, key)
	}
	if got, err := seal.From(signing, e, bound); err != nil || got != key {
		t.Errorf("From = %x, %v, want %x", got, err, key)
	}
}

func TestEnvelopesGoToKeysOnly(t *testing.T) {
	identity := append([]byte{1}, make([]byte, 31)...) // of order 1: its shared secret is known to all
	noPoint := append([]byte{2}, make([]byte, 31)...)
	for name, to := range map[string]ed25519.PublicKey{
		"none": nil, "short": public(device(1))[:31], "no point": noPoint, "small order": identity,
	} {
		if _, err := seal.To(to, seal.Key{}, bound); !errors.Is(err, seal.ErrDevice) {
			t.Errorf("%s: %v, want ErrDevice", name, err)
		}
	}
	if _, err := seal.From(nil, make([]byte, seal.EnvelopeSize), bound); !errors.Is(err, seal.ErrDevice) {
		t.Errorf("opened with no key: %v, want ErrDevice", err)
	}
}

// BenchmarkEnvelope measures what a removal pays for each device that stays,
// and what such a device pays.
func BenchmarkEnvelope(b *testing.B) {
	to, key := device(1), seal.Key(count(1, seal.KeySize))
	e := envelope(b, public(to), key)
	b.Run("to", func(b *testing.B) {
		for b.Loop() {
			envelope(b, public(to), key)
		}
	})
	b.Run("from", func(b *testing.B) {
		for b.Loop() {
			if _, err := seal.From(to, e, bound); err != nil {
				b.Fatal(err)
			}
		}
	})
}
