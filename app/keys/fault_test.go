package keys_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"cairn/app/keys"
	"cairn/core/fault"
)

func TestOpenRefusesAWrongPassphrase(t *testing.T) {
	dir := t.TempDir()
	create(t, dir, keys.Options{Prefer: keys.Passphrase, Passphrase: passphrase, WorkFactor: cheap})
	for name, ask := range map[string]func() (string, error){
		"wrong": ask("wrong"), "empty": ask(""), "nobody to ask": nil,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := keys.Open(dir, ask)
			wantKind(t, err, fault.Denied)
			if strings.Contains(err.Error(), passphrase) {
				t.Errorf("the error tells the passphrase: %v", err)
			}
		})
	}
	cancelled := errors.New("cancelled")
	if _, err := keys.Open(dir, func() (string, error) { return "", cancelled }); !errors.Is(err, cancelled) {
		t.Errorf("Open = %v, want the error of the one who was asked", err)
	}
}

func TestCreateNeedsAPassphraseToSealWithOne(t *testing.T) {
	_, err := keys.Create(t.TempDir(), keys.Options{Prefer: keys.Passphrase})
	wantKind(t, err, fault.Invalid)
}

func TestOpenWithoutKeys(t *testing.T) {
	_, err := keys.Open(t.TempDir(), nil)
	wantKind(t, err, fault.NotFound)
}

func TestOpenTellsWhatTheKeyringLacks(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	s := create(t, dir, keys.Options{})
	if err := keyring.Delete("cairn", s.Install()+"/secrets"); err != nil {
		t.Fatal(err)
	}
	_, err := keys.Open(dir, nil)
	wantKind(t, err, fault.Unavailable)
	gone := fault.Message(err)

	keyring.MockInitWithError(errors.New("locked"))
	_, err = keys.Open(dir, nil)
	wantKind(t, err, fault.Unavailable)
	if fault.Message(err) == gone {
		t.Errorf("an entry that is gone and a keyring that is locked read the same: %s", gone)
	}
}

func TestAKeyringThatFailsLaterLosesNothing(t *testing.T) {
	keyring.MockInit()
	s := create(t, t.TempDir(), keys.Options{})
	if err := s.Set("a", []byte("1")); err != nil {
		t.Fatal(err)
	}
	keyring.MockInitWithError(errors.New("locked"))
	wantKind(t, s.Set("a", []byte("2")), fault.Unavailable)
	if got, err := s.Get("a"); err != nil || string(got) != "1" {
		t.Errorf("Get = %q, %v after a Set that failed", got, err)
	}
}

// TestOpenNamesTheDamagedFile flips each byte of each file in turn, cuts each
// short, and takes each away. Open may succeed only with the secret intact.
func TestOpenNamesTheDamagedFile(t *testing.T) {
	for name, c := range kinds {
		if c.want == keys.Keyring {
			continue // its only file is keys.json, which the others have too
		}
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
				damageEveryWay(t, dir, f.Name(), c.ask)
			}
		})
	}
}

func damageEveryWay(t *testing.T, dir, file string, ask func() (string, error)) {
	t.Helper()
	path := filepath.Join(dir, file)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := range good {
		bad := bytes.Clone(good)
		bad[at] ^= 0x40
		check(t, dir, path, bad, ask)
	}
	for _, size := range []int{0, 1, len(good) / 2, len(good) - 1} {
		check(t, dir, path, good[:size], ask)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := keys.Open(dir, ask); err == nil {
		t.Errorf("Open without %s succeeded", file)
	}
	if err := os.WriteFile(path, good, 0o600); err != nil {
		t.Fatal(err)
	}
}

func check(t *testing.T, dir, path string, bad []byte, ask func() (string, error)) {
	t.Helper()
	if err := os.WriteFile(path, bad, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := keys.Open(dir, ask)
	if err == nil {
		// A flipped bit may miss everything that matters, or, in a file
		// without a checksum, hit a letter of a value; it must not panic.
		_, _ = s.Get("a")
		return
	}
	switch fault.KindOf(err) {
	case fault.Damaged, fault.Newer, fault.Denied:
	default:
		t.Errorf("Open of a damaged %s = %v (%v)", filepath.Base(path), err, fault.KindOf(err))
	}
	if strings.Contains(err.Error(), "secret-value") {
		t.Errorf("the error tells the secret: %v", err)
	}
}

func TestOpenRefusesALaterVersion(t *testing.T) {
	dir := t.TempDir()
	create(t, dir, keys.Options{Prefer: keys.Plain})
	path := filepath.Join(dir, "keys.json")
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	body = bytes.Replace(body, []byte(`"version": 1`), []byte(`"version": 2`), 1)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = keys.Open(dir, nil)
	wantKind(t, err, fault.Newer)
}

func TestAFolderThatIsAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := keys.Create(path, keys.Options{Prefer: keys.Plain})
	wantKind(t, err, fault.Unavailable)
}
