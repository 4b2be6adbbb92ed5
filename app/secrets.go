package app

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"

	"cairn/app/disk"
	"cairn/app/keys"
	"cairn/core/fault"
)

// The names of the secrets of a folder.
const (
	keyDevice = "device" // seed of the Ed25519 key
	keyDisk   = "disk"   // key that seals the folder
)

// metaNonce is the note by which the database knows the install it belongs to.
const metaNonce = "install"

// Protection says where the keys of a new folder go.
type Protection string

// The protections.
const (
	KeysAuto       Protection = "auto"       // the first of the others that works
	KeysKeyring    Protection = "keyring"    // the keyring of the operating system
	KeysPassphrase Protection = "passphrase" // a file sealed with a passphrase
	KeysFile       Protection = "file"       // a plain file that only its owner can read
)

// ParseProtection reads the value of --keys.
func ParseProtection(text string) (Protection, error) {
	switch p := Protection(text); p {
	case KeysAuto, KeysKeyring, KeysPassphrase, KeysFile:
		return p, nil
	default:
		return "", fault.New(fault.Invalid, "The keys can't go to %q.", "Choose auto, keyring, passphrase or file.").With(clip(text))
	}
}

// newKeys makes the secrets of a new folder: a fresh disk key, and a fresh
// device unless seed is one.
func newKeys(o Options, seed []byte) (*keys.Store, error) {
	how := keys.Options{Rand: o.Rand, WorkFactor: o.WorkFactor}
	switch o.Keys {
	case KeysPassphrase:
		how.Prefer = keys.Passphrase
	case KeysFile:
		how.Prefer = keys.Plain
	default:
		how.Prefer = keys.Keyring
	}
	if o.Keys != KeysFile && o.Passphrase != nil {
		secret, err := o.Passphrase()
		if err != nil && o.Keys == KeysPassphrase {
			return nil, err
		}
		how.Passphrase = secret // empty: nobody to ask, which auto allows
	}
	store, err := keys.Create(o.Dir, how)
	if err != nil {
		return nil, err
	}
	if o.Keys == KeysKeyring && store.Protection() != keys.Keyring {
		return nil, fault.New(fault.Unavailable, "This machine has no keyring that Cairn can use.", "Choose --keys passphrase or --keys file.")
	}
	if seed == nil {
		if seed, err = random(o.Rand, ed25519.SeedSize); err != nil {
			return nil, err
		}
	}
	diskKey, err := random(o.Rand, disk.KeySize)
	if err != nil {
		return nil, err
	}
	return store, errors.Join(store.Set(keyDevice, seed), store.Set(keyDisk, diskKey))
}

func random(r io.Reader, n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, fmt.Errorf("read randomness for a key: %w", err)
	}
	return b, nil
}

func (a *App) keysInfo() KeysInfo {
	switch a.keys.Protection() {
	case keys.Keyring:
		return KeysInfo{KeysKeyring, "Encrypted; the key is in the system's keyring."}
	case keys.Passphrase:
		return KeysInfo{KeysPassphrase, "Encrypted; the key is in a file sealed with your passphrase."}
	default:
		return KeysInfo{KeysFile, "Encrypted, but the key lies beside the data in a plain file that only you can read."}
	}
}

// claim marks the folder as the one that is written to, and reports whether it
// is another than the one that was last written to: a restored copy, or a
// clone. Then the latest writes of this device may be missing here. It runs
// before the first write of a run and not when the folder opens: original and
// copy may be open at the same time.
func (a *App) claim() (copied bool, err error) {
	installs, err := a.installs()
	if err != nil {
		return false, err
	}
	nonce, err := a.disk.Meta(metaNonce)
	if err != nil && !errors.Is(err, disk.ErrNotFound) {
		return false, err
	}
	same, err := a.keys.SameInstall(installs, nonce)
	if err != nil {
		return false, err
	}
	if nonce, err = a.keys.RotateNonce(installs, a.opts.Rand); err != nil {
		return false, err
	}
	return !same, a.disk.SetMeta(metaNonce, nonce)
}

func (a *App) installs() (string, error) {
	if a.opts.Installs != "" {
		return a.opts.Installs, nil
	}
	return keys.InstallsDir()
}
