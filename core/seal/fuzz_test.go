package seal_test

import (
	"errors"
	"testing"

	"cairn/core/seal"
)

// FuzzOpen shows a key whatever a relay may hand out. Without the key nobody
// can make what it opens.
func FuzzOpen(f *testing.F) {
	key := seal.Key(count(1, seal.KeySize))
	nonce := [seal.NonceSize]byte(count(9, seal.NonceSize))
	sealed := key.Seal(nil, []byte("a batch"), bound, nonce)
	f.Add(sealed, bound)
	f.Add([]byte{}, []byte{})
	f.Add(make([]byte, seal.Overhead), bound)
	f.Fuzz(func(t *testing.T, data, aad []byte) {
		plain, err := key.Open(nil, data, aad)
		if err != nil {
			if !errors.Is(err, seal.ErrSealed) {
				t.Fatalf("Open: %v, want ErrSealed", err)
			}
			return
		}
		if again := key.Seal(nil, plain, aad, [seal.NonceSize]byte(data)); string(again) != string(data) {
			t.Fatalf("%x opens to %q, which is sealed as %x", data, plain, again)
		}
	})
}

func FuzzFrom(f *testing.F) {
	key := seal.Key(count(1, seal.KeySize))
	f.Add(envelope(f, public(device(1)), key), bound)
	f.Add(make([]byte, seal.EnvelopeSize), bound)
	f.Fuzz(func(t *testing.T, data, aad []byte) {
		got, err := seal.From(device(1), data, aad)
		if err != nil && (!errors.Is(err, seal.ErrSealed) || got != (seal.Key{})) {
			t.Fatalf("From = %x, %v, want no key and ErrSealed", got, err)
		}
	})
}
