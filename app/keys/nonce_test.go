package keys_test

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"

	"cairn/app/keys"
)

// TestACopyIsNotTheSameInstall walks through the ways in which a folder can
// come to stand somewhere else than it was last used.
func TestACopyIsNotTheSameInstall(t *testing.T) {
	type place struct {
		dir, installs string
		database      []byte
	}
	for name, c := range map[string]struct {
		change func(t *testing.T, p *place)
		want   bool
	}{
		"untouched":         {func(*testing.T, *place) {}, true},
		"another account":   {func(t *testing.T, p *place) { p.installs = t.TempDir() }, false},
		"old database":      {func(_ *testing.T, p *place) { p.database = bytes.Repeat([]byte{1}, 16) }, false},
		"no database nonce": {func(_ *testing.T, p *place) { p.database = nil }, false},
		"old folder": {func(t *testing.T, p *place) {
			old := t.TempDir()
			if err := os.CopyFS(filepath.Join(old, "copy"), os.DirFS(p.dir)); err != nil {
				t.Fatal(err)
			}
			s, err := keys.Open(p.dir, nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.RotateNonce(p.installs, rand.Reader); err != nil {
				t.Fatal(err)
			}
			p.dir = filepath.Join(old, "copy")
		}, false},
		"damaged mark": {func(t *testing.T, p *place) {
			marks, err := filepath.Glob(filepath.Join(p.installs, "*"))
			if err != nil || len(marks) != 1 {
				t.Fatalf("marks = %v, %v", marks, err)
			}
			if err := os.WriteFile(marks[0], []byte("zz"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := place{dir: t.TempDir(), installs: filepath.Join(t.TempDir(), "installs")}
			s := create(t, p.dir, keys.Options{Prefer: keys.Plain})
			var err error
			if p.database, err = s.RotateNonce(p.installs, rand.Reader); err != nil {
				t.Fatal(err)
			}
			c.change(t, &p)
			if s, err = keys.Open(p.dir, nil); err != nil {
				t.Fatal(err)
			}
			if got, err := s.SameInstall(p.installs, p.database); err != nil || got != c.want {
				t.Errorf("SameInstall = %v, %v, want %v", got, err, c.want)
			}
		})
	}
}

func TestRotateNonceChangesItEverywhere(t *testing.T) {
	keyring.MockInit()
	installs := t.TempDir()
	s := create(t, t.TempDir(), keys.Options{})
	first, err := s.RotateNonce(installs, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.RotateNonce(installs, rand.Reader)
	if err != nil || bytes.Equal(first, second) {
		t.Fatalf("RotateNonce twice = %x, %x, %v", first, second, err)
	}
	for _, c := range []struct {
		nonce []byte
		want  bool
	}{{first, false}, {second, true}} {
		if got, err := s.SameInstall(installs, c.nonce); err != nil || got != c.want {
			t.Errorf("SameInstall(%x) = %v, %v, want %v", c.nonce, got, err, c.want)
		}
	}
	if _, err := s.RotateNonce(installs, bytes.NewReader(nil)); err == nil {
		t.Error("RotateNonce without randomness succeeded")
	}
}
