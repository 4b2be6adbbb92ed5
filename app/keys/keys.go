// Package keys keeps the secrets of one workspace folder on one device: the
// device's signing seed, the key that seals the disk, tokens. They stand in
// the keyring of the operating system where there is one, else in a file
// sealed with a passphrase, else in a plain file that only its owner can read;
// Protection says which, so that a person can be warned.
//
// It also keeps the install nonce, by which a folder that was cloned or
// restored from an old copy is told from the one that it was copied from.
//
// No secret appears in an error, and a Store prints none.
package keys

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"cairn/app/durable"
	"cairn/core/fault"
	"cairn/core/sentence"
)

// Protection says what stands between a secret and somebody with the disk.
type Protection uint8

// The protections, best first. Their names are stored.
const (
	Keyring    Protection = iota // the keyring of the operating system
	Passphrase                   // a file sealed with a passphrase
	Plain                        // a file that only its owner may read
)

var protections = [...]string{"keyring", "passphrase", "plain"}

func (p Protection) String() string {
	if int(p) < len(protections) {
		return protections[p]
	}
	return fmt.Sprintf("protection %d", p)
}

const (
	version = 1
	// headerName is the file that says how the folder's secrets are kept.
	headerName = "keys.json"
	// maxDocument is the length of all secrets together, as stored. The
	// keyring of Windows takes 2,560 bytes; no backend takes more, so that
	// what works on one machine works on all.
	maxDocument = 2500
	nonceSize   = 16
	installSize = 16
)

// ErrNotFound is returned for a secret that is not there.
var ErrNotFound = errors.New("no such secret")

// Options say how to keep the secrets of a new folder.
type Options struct {
	// Prefer is tried first. Keyring falls back to Passphrase if there is one,
	// else to Plain.
	Prefer Protection
	// Passphrase is needed for Passphrase.
	Passphrase string
	// WorkFactor is the logarithm of the scrypt cost; 0 means about half a
	// second. Only tests have a reason to lower it.
	WorkFactor int
	// Rand is the source of randomness; nil means crypto/rand.
	Rand io.Reader
}

// header is the content of keys.json.
type header struct {
	Version    int    `json:"version"`
	Install    string `json:"install"` // names this install, not secret
	Protection string `json:"protection"`
}

// document is what is kept secret.
type document struct {
	Version int               `json:"version"`
	Nonce   []byte            `json:"nonce"`
	Values  map[string][]byte `json:"values"`
}

// backend keeps one document. Its errors are faults.
type backend interface {
	load() ([]byte, error)
	store(document []byte) error
}

// Store is the secrets of one folder. It is safe for concurrent use within one
// process; the folder's lock keeps others away.
type Store struct {
	dir        string
	install    string
	protection Protection
	backend    backend

	mu  sync.Mutex // guards what follows
	doc document
}

// Create makes an empty store in dir, which must exist and have none.
func Create(dir string, o Options) (*Store, error) {
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	path := filepath.Join(dir, headerName)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		if err != nil {
			return nil, translate(fmt.Errorf("create keys: %w", err), dir)
		}
		return nil, fault.New(fault.Conflict, "The folder %s already has keys.", "Choose an empty folder, or open the workspace that is there.").With(dir)
	}
	random := make([]byte, installSize+nonceSize)
	if _, err := io.ReadFull(o.Rand, random); err != nil {
		return nil, fmt.Errorf("create keys: read randomness: %w", err)
	}
	s := &Store{
		dir: dir, install: hex.EncodeToString(random[:installSize]),
		doc: document{Version: version, Nonce: random[installSize:], Values: map[string][]byte{}},
	}
	if err := s.choose(o); err != nil {
		return nil, err
	}
	// Written last: without it there is no store, however far a crash let
	// this function come.
	body, err := json.MarshalIndent(header{version, s.install, s.protection.String()}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("create keys: %w", err)
	}
	if err := durable.Replace(path, append(body, '\n')); err != nil {
		return nil, translate(fmt.Errorf("create keys: %w", err), dir)
	}
	return s, nil
}

// choose sets the backend to the best that works, and stores the document.
func (s *Store) choose(o Options) error {
	first := o.Prefer
	if first == Keyring {
		s.protection, s.backend = Keyring, keyringEntry{dir: s.dir, install: s.install}
		if s.save(s.doc) == nil {
			// Some keyrings take what they don't give back.
			if _, err := s.backend.load(); err == nil {
				return nil
			}
		}
		// No keyring on this machine, or none that lets us in: Protection
		// tells what was taken instead.
		first = Plain
		if o.Passphrase != "" {
			first = Passphrase
		}
	}
	s.protection = first
	switch first {
	case Passphrase:
		sealed, err := createSealed(s.dir, o)
		if err != nil {
			return err
		}
		s.backend = sealed
	case Plain:
		s.backend = plainFile{s.dir}
	default:
		return fmt.Errorf("create keys: no protection %d", first)
	}
	return s.save(s.doc)
}

// Open opens the store in dir. Passphrase is called when one is needed; nil
// means that there is nobody to ask. The faults are NotFound where there are
// no keys, Denied for a wrong passphrase, Unavailable when the keyring can't
// be reached or has lost the entry, Damaged and Newer.
func Open(dir string, passphrase func() (string, error)) (*Store, error) {
	h, protection, err := readHeader(dir)
	if err != nil {
		return nil, err
	}
	s := &Store{dir: dir, install: h.Install, protection: protection}
	switch protection {
	case Keyring:
		s.backend = keyringEntry{dir: dir, install: h.Install}
	case Plain:
		s.backend = plainFile{dir}
	case Passphrase:
		if s.backend, err = openSealed(dir, passphrase); err != nil {
			return nil, err
		}
	}
	body, err := s.backend.load()
	if err != nil {
		return nil, err
	}
	if s.doc, err = decode(body); err != nil {
		return nil, damaged(sentence.New("The key store of %s is damaged.", dir), err)
	}
	if s.doc.Version > version {
		return nil, newer(dir)
	}
	return s, nil
}

func readHeader(dir string) (header, Protection, error) {
	var h header
	path := filepath.Join(dir, headerName)
	body, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return h, 0, fault.Wrap(err, fault.NotFound, "The folder %s has no keys.", "If it is a workspace, restore it from a backup with `cairn restore`; if not, make one with `cairn init`.").With(dir)
	}
	if err != nil {
		return h, 0, translate(fmt.Errorf("open keys: %w", err), dir)
	}
	if err := json.Unmarshal(body, &h); err != nil {
		return h, 0, damaged(sentence.New("The file %s is damaged.", path), err)
	}
	if h.Version > version {
		return h, 0, newer(dir)
	}
	p := slices.Index(protections[:], h.Protection)
	if raw, err := hex.DecodeString(h.Install); h.Version < 1 || p < 0 || err != nil || len(raw) != installSize {
		return h, 0, damaged(sentence.New("The file %s is damaged.", path), errors.New("a member makes no sense"))
	}
	return h, Protection(p), nil
}

// Protection returns how the secrets are kept.
func (s *Store) Protection() Protection { return s.protection }

// Install returns the name of this install, which is no secret.
func (s *Store) Install() string { return s.install }

// Get returns a copy of the secret called name, ErrNotFound if there is none.
func (s *Store) Get(name string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok := s.doc.Values[name]
	if !ok {
		return nil, fmt.Errorf("secret %q: %w", name, ErrNotFound)
	}
	return slices.Clone(value), nil
}

// Set keeps value under name, durably when it returns nil. When it fails the
// old value stays.
func (s *Store) Set(name string, value []byte) error {
	return s.change(func(values map[string][]byte) { values[name] = slices.Clone(value) })
}

// Delete forgets the secret called name. It is no error if there is none.
func (s *Store) Delete(name string) error {
	return s.change(func(values map[string][]byte) { delete(values, name) })
}

func (s *Store) change(fn func(values map[string][]byte)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := s.doc
	next.Values = maps.Clone(s.doc.Values)
	fn(next.Values)
	if err := s.save(next); err != nil {
		return err
	}
	s.doc = next
	return nil
}

// save writes doc. The caller holds s.mu or is the only one to know s.
func (s *Store) save(doc document) error {
	body, err := json.Marshal(doc)
	if err != nil {
		return fmt.Errorf("encode keys: %w", err)
	}
	if len(body) > maxDocument {
		return fault.New(fault.Invalid, "The secrets of a workspace may take %d bytes together; these take %d.", "Remove a secret that is no longer needed, or use a shorter one.").With(maxDocument, len(body))
	}
	return s.backend.store(body)
}

// decode reads a document. Its errors say where, never what.
func decode(body []byte) (document, error) {
	var doc document
	if err := json.Unmarshal(body, &doc); err != nil {
		if e, ok := errors.AsType[*json.SyntaxError](err); ok {
			return document{}, fmt.Errorf("no JSON at byte %d of %d", e.Offset, len(body))
		}
		return document{}, fmt.Errorf("%d bytes of JSON of another shape", len(body))
	}
	if doc.Version < 1 || (doc.Version == version && len(doc.Nonce) != nonceSize) {
		return document{}, errors.New("a member makes no sense")
	}
	if doc.Values == nil {
		doc.Values = map[string][]byte{}
	}
	return doc, nil
}

// String tells how the secrets are kept and none of them.
func (s *Store) String() string { return fmt.Sprintf("keys of %s in %v", s.install, s.protection) }

// GoString is String, so that no verb prints a secret.
func (s *Store) GoString() string { return s.String() }
