package seal_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/id"
	"cairn/core/seal"
)

var update = flag.Bool("update", false, "write golden files that are missing; those that exist are kept for ever")

// golden returns the bytes of a golden file, written from fresh if asked to
// and not there.
func golden(t *testing.T, name string, fresh []byte) []byte {
	t.Helper()
	path := filepath.Join("testdata", name)
	old, err := os.ReadFile(path)
	if os.IsNotExist(err) && *update {
		if err := os.WriteFile(path, fresh, 0o644); err != nil {
			t.Fatal(err)
		}
		return fresh
	}
	if err != nil {
		t.Fatalf("%v: golden files are never deleted; write a new one with -update", err)
	}
	return old
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// count returns n bytes that count up from first.
func count(first byte, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = first + byte(i)
	}
	return b
}

// TestSealIsXChaCha20Poly1305 holds Seal to the example of
// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
func TestSealIsXChaCha20Poly1305(t *testing.T) {
	key := seal.Key(count(0x80, seal.KeySize))
	nonce := [seal.NonceSize]byte(count(0x40, seal.NonceSize))
	plain := []byte("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.")
	aad := unhex(t, "50515253c0c1c2c3c4c5c6c7")
	want := append(nonce[:], unhex(t, "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"+
		"731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"+
		"2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"+
		"21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49")...)
	if got := key.Seal(nil, plain, aad, nonce); !bytes.Equal(got, want) {
		t.Errorf("Seal = %x, want %x", got, want)
	}
}

func TestGoldenSealedIsStillOpened(t *testing.T) {
	key := seal.Key(count(1, seal.KeySize))
	fresh := key.Seal(nil, []byte("a batch"), []byte("bound"), [seal.NonceSize]byte(count(9, seal.NonceSize)))
	sealed := golden(t, "sealed.golden", fresh)
	if !bytes.Equal(sealed, fresh) {
		t.Errorf("sealed as %x, want %x", fresh, sealed)
	}
	if got, err := key.Open(nil, sealed, []byte("bound")); err != nil || string(got) != "a batch" {
		t.Errorf("Open = %q, %v, want a batch", got, err)
	}
}

func TestOpenUndoesSealAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, n int) []byte { return rapid.SliceOfN(rapid.Byte(), n, n).Draw(t, name) }
		key, nonce := seal.Key(draw("key", seal.KeySize)), [seal.NonceSize]byte(draw("nonce", seal.NonceSize))
		plain, aad := rapid.SliceOf(rapid.Byte()).Draw(t, "plain"), rapid.SliceOf(rapid.Byte()).Draw(t, "aad")
		sealed := key.Seal([]byte("before"), plain, aad, nonce)
		if len(sealed) != len("before")+len(plain)+seal.Overhead {
			t.Fatalf("%d bytes of %d, want %d more", len(sealed), len(plain), seal.Overhead)
		}
		sealed = sealed[len("before"):]
		if got, err := key.Open([]byte("dst"), sealed, aad); err != nil || string(got) != "dst"+string(plain) {
			t.Fatalf("Open = %q, %v, want %q after dst", got, err, plain)
		}
		spoilt := bytes.Clone(sealed)
		spoilt[rapid.IntRange(0, len(spoilt)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		other := key
		other[0] ^= 1
		for name, err := range map[string]error{
			"a bit changed":  second(key.Open(nil, spoilt, aad)),
			"another aad":    second(key.Open(nil, sealed, append(aad, 0))),
			"another key":    second(other.Open(nil, sealed, aad)),
			"the end absent": second(key.Open(nil, sealed[:len(sealed)-1], aad)),
		} {
			if !errors.Is(err, seal.ErrSealed) {
				t.Fatalf("%s: %v, want ErrSealed", name, err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestKeysOfDifferentPurposesDiffer(t *testing.T) {
	secret := [32]byte(count(7, 32))
	membership, invite := seal.OfMembership(id.Workspace(secret)), seal.OfInvite(secret)
	for name, c := range map[string]struct{ got, want string }{
		"membership":      {hex.EncodeToString(membership[:]), "cc1aa6c2ce7d1e1f24655040363d6de05741d67a3a29aa07fe470a3547873184"},
		"invite":          {hex.EncodeToString(invite[:]), "839a3f23821551d21f54d69b956cb92c80cfb83a96a2332237dea14d5ef08308"},
		"name of the key": {membership.ID().String(), "92c3021113319cf1"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %s, want %s", name, c.got, c.want)
		}
	}
	if membership.ID().IsZero() || !(seal.KeyID{}).IsZero() {
		t.Error("only the zero name names nothing")
	}
}
