package keys

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"filippo.io/age"

	"cairn/app/durable"
	"cairn/core/fault"
	"cairn/core/sentence"
)

const (
	// identityName is the file that holds, sealed with the passphrase, the
	// identity that sealedName is sealed for. Two files, because a passphrase
	// is made slow to try on purpose: it is paid once when the store opens,
	// not at every change.
	identityName = "keys.age"
	sealedName   = "secrets.age"
	// workFactor makes one try of a passphrase take about half a second.
	workFactor = 17
	// maxSealed bounds what a damaged file can make a reader allocate.
	maxSealed = 64 << 10
)

// sealedFile keeps the document in a file sealed for identity.
type sealedFile struct {
	dir      string
	identity *age.X25519Identity
}

func createSealed(dir string, o Options) (*sealedFile, error) {
	if o.Passphrase == "" {
		return nil, fault.New(fault.Invalid, "Sealing the keys with a passphrase needs a passphrase.", "Give one, or let the keys stand in the keyring.")
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("make an identity: %w", err)
	}
	recipient, err := age.NewScryptRecipient(o.Passphrase)
	if err != nil {
		return nil, fmt.Errorf("seal an identity: %w", err)
	}
	recipient.SetWorkFactor(workFactor)
	if o.WorkFactor != 0 {
		recipient.SetWorkFactor(o.WorkFactor)
	}
	if err := writeSealed(filepath.Join(dir, identityName), []byte(identity.String()), recipient); err != nil {
		return nil, translate(err, dir)
	}
	return &sealedFile{dir, identity}, nil
}

func openSealed(dir string, passphrase func() (string, error)) (*sealedFile, error) {
	if passphrase == nil {
		return nil, fault.New(fault.Denied, "The keys of %s are sealed with a passphrase.", "Run the command on a terminal to be asked for it.").With(dir)
	}
	path := filepath.Join(dir, identityName)
	body, err := readSecret(path)
	if err != nil {
		return nil, err
	}
	text, err := passphrase()
	if err != nil {
		return nil, fmt.Errorf("ask for the passphrase: %w", err)
	}
	wrong := fault.New(fault.Denied, "The passphrase is wrong.", "Try again; without it the keys of this workspace can't be read.")
	if text == "" {
		return nil, wrong
	}
	key, err := age.NewScryptIdentity(text)
	if err != nil {
		return nil, fmt.Errorf("read the passphrase: %w", err)
	}
	plain, err := unseal(body, key)
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return nil, wrong
	}
	if err != nil {
		return nil, damaged(sentence.New("The file %s is damaged.", path), err)
	}
	identity, err := age.ParseX25519Identity(string(plain))
	if err != nil {
		return nil, damaged(sentence.New("The file %s is damaged.", path), errors.New("it holds no identity"))
	}
	return &sealedFile{dir, identity}, nil
}

func (f *sealedFile) path() string { return filepath.Join(f.dir, sealedName) }

func (f *sealedFile) load() ([]byte, error) {
	body, err := readSecret(f.path())
	if err != nil {
		return nil, err
	}
	plain, err := unseal(body, f.identity)
	if err != nil {
		return nil, damaged(sentence.New("The file %s is damaged.", f.path()), err)
	}
	return plain, nil
}

func (f *sealedFile) store(document []byte) error {
	if err := writeSealed(f.path(), document, f.identity.Recipient()); err != nil {
		return translate(err, f.dir)
	}
	return nil
}

func writeSealed(path string, plain []byte, recipient age.Recipient) error {
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, recipient)
	if err != nil {
		return fmt.Errorf("seal %s: %w", filepath.Base(path), err)
	}
	if _, err := w.Write(plain); err != nil {
		return fmt.Errorf("seal %s: %w", filepath.Base(path), err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("seal %s: %w", filepath.Base(path), err)
	}
	if err := durable.Replace(path, sealed.Bytes()); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}

func unseal(sealed []byte, identity age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(sealed), identity)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, maxSealed))
}
