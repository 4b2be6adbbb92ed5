package keys_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"cairn/app/keys"
	"cairn/core/fault"
)

const passphrase = "correct horse"

// cheap is a scrypt cost that makes tests quick.
const cheap = 4

func ask(text string) func() (string, error) {
	return func() (string, error) { return text, nil }
}

// kinds are the ways to keep secrets, with how to open each again.
var kinds = map[string]struct {
	options keys.Options
	ask     func() (string, error)
	want    keys.Protection
}{
	"keyring":    {keys.Options{Prefer: keys.Keyring}, nil, keys.Keyring},
	"passphrase": {keys.Options{Prefer: keys.Passphrase, Passphrase: passphrase, WorkFactor: cheap}, ask(passphrase), keys.Passphrase},
	"plain":      {keys.Options{Prefer: keys.Plain}, nil, keys.Plain},
}

func create(t *testing.T, dir string, o keys.Options) *keys.Store {
	t.Helper()
	s, err := keys.Create(dir, o)
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	return s
}

func wantKind(t *testing.T, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Fatalf("error = %v (%v), want one of kind %v", err, fault.KindOf(err), want)
	}
	if fault.Hint(err) == "" {
		t.Errorf("%v has no hint", err)
	}
}

func TestSecretsComeBack(t *testing.T) {
	for name, c := range kinds {
		t.Run(name, func(t *testing.T) {
			keyring.MockInit()
			dir := t.TempDir()
			s := create(t, dir, c.options)
			if got := s.Protection(); got != c.want {
				t.Fatalf("Protection = %v, want %v", got, c.want)
			}
			seed := bytes.Repeat([]byte{7}, 32)
			for name, value := range map[string][]byte{"seed": seed, "token": []byte("t"), "gone": []byte("g"), "empty": {}} {
				if err := s.Set(name, value); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.Delete("gone"); err != nil {
				t.Fatal(err)
			}
			s, err := keys.Open(dir, c.ask)
			if err != nil {
				t.Fatalf("Open: %v", err)
			}
			if got, err := s.Get("seed"); err != nil || !bytes.Equal(got, seed) {
				t.Errorf("Get(seed) = %d bytes, %v", len(got), err)
			}
			if got, err := s.Get("empty"); err != nil || len(got) != 0 {
				t.Errorf("Get(empty) = %q, %v", got, err)
			}
			if _, err := s.Get("gone"); !errors.Is(err, keys.ErrNotFound) {
				t.Errorf("Get of a deleted secret = %v, want ErrNotFound", err)
			}
			if got := s.Protection(); got != c.want {
				t.Errorf("Protection after Open = %v, want %v", got, c.want)
			}
		})
	}
}

func TestValuesAreCopies(t *testing.T) {
	s := create(t, t.TempDir(), keys.Options{Prefer: keys.Plain})
	value := []byte("before")
	if err := s.Set("a", value); err != nil {
		t.Fatal(err)
	}
	value[0] = 'X'
	got, err := s.Get("a")
	if err != nil || string(got) != "before" {
		t.Fatalf("Get = %q, %v: Set kept the caller's slice", got, err)
	}
	got[0] = 'X'
	if again, _ := s.Get("a"); string(again) != "before" {
		t.Errorf("Get = %q: Get gave away the store's slice", again)
	}
}

func TestCreateFallsBackWithoutKeyring(t *testing.T) {
	for name, c := range map[string]struct {
		options keys.Options
		want    keys.Protection
	}{
		"to the passphrase": {keys.Options{Passphrase: passphrase, WorkFactor: cheap}, keys.Passphrase},
		"to a plain file":   {keys.Options{}, keys.Plain},
	} {
		t.Run(name, func(t *testing.T) {
			keyring.MockInitWithError(errors.New("no bus"))
			dir := t.TempDir()
			if got := create(t, dir, c.options).Protection(); got != c.want {
				t.Errorf("Protection = %v, want %v", got, c.want)
			}
			if s, err := keys.Open(dir, ask(passphrase)); err != nil || s.Protection() != c.want {
				t.Errorf("Open = %v, %v", s, err)
			}
		})
	}
}

func TestCreateKeepsWhatIsThere(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	s := create(t, dir, keys.Options{})
	if err := s.Set("a", []byte("1")); err != nil {
		t.Fatal(err)
	}
	_, err := keys.Create(dir, keys.Options{})
	wantKind(t, err, fault.Conflict)
	s, err = keys.Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get("a"); err != nil || string(got) != "1" {
		t.Errorf("Get = %q, %v after a refused Create", got, err)
	}
}

func TestFilesAreTheOwnersAlone(t *testing.T) {
	keyring.MockInit()
	for name, c := range kinds {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := create(t, dir, c.options).Set("a", []byte("secret-value")); err != nil {
				t.Fatal(err)
			}
			files, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				info, err := f.Info()
				if err != nil {
					t.Fatal(err)
				}
				if info.Mode().Perm() != 0o600 {
					t.Errorf("%s has mode %v, want 0600", f.Name(), info.Mode())
				}
				body, err := os.ReadFile(filepath.Join(dir, f.Name()))
				if err != nil {
					t.Fatal(err)
				}
				// c2VjcmV0LXZhbHVl is the value as JSON holds it.
				if shows := bytes.Contains(body, []byte("c2VjcmV0LXZhbHVl")); shows != (c.want == keys.Plain && f.Name() == "keys.plain") {
					t.Errorf("%s shows the secret: %v", f.Name(), shows)
				}
			}
		})
	}
}

func TestNoVerbPrintsASecret(t *testing.T) {
	s := create(t, t.TempDir(), keys.Options{Prefer: keys.Passphrase, Passphrase: passphrase, WorkFactor: cheap})
	if err := s.Set("a", []byte("hunter2")); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "keys", s)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "keys", s)
	fmt.Fprintf(&out, "%v %+v %#v %s", s, s, s, s)
	for _, secret := range []string{"hunter2", "aHVudGVyMg", "104 117", "0x68, 0x75", passphrase, "AGE-SECRET"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("printed %q in %s", secret, out.String())
		}
	}
}

func TestTooMuchIsRefusedAndTheOldStays(t *testing.T) {
	s := create(t, t.TempDir(), keys.Options{Prefer: keys.Plain})
	if err := s.Set("a", []byte("1")); err != nil {
		t.Fatal(err)
	}
	wantKind(t, s.Set("a", make([]byte, 3000)), fault.Invalid)
	if got, err := s.Get("a"); err != nil || string(got) != "1" {
		t.Errorf("Get = %d bytes, %v after a refused Set", len(got), err)
	}
}
