package network

import (
	"crypto/ed25519"
	"fmt"
	"io"
	"sync"

	"cairn/app/journal"
	"cairn/core/member"
	"cairn/core/seal"
	"cairn/sync/relay"
)

// Sealer keeps what goes to the relay from being read there. A sealed form
// begins with the name of its key. It is safe for concurrent use.
type Sealer struct {
	Journal *journal.Journal
	Key     ed25519.PrivateKey // of this device
	// Current returns the keys that the membership gives this device, the one to
	// seal with first, or why there is none.
	Current func() ([]seal.Key, error)
	Rand    io.Reader

	mu      sync.Mutex
	table   *member.Table // that keys are of; guarded by mu
	current seal.Key      // guarded by mu
	keys    map[seal.KeyID]seal.Key
	err     error // why there is no current key; guarded by mu
}

// Seal implements relay.Sealer.
func (s *Sealer) Seal(control bool, plain, aad []byte) ([]byte, error) {
	key := seal.OfMembership(s.Journal.Workspace())
	if !control {
		current, _, err := s.held()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", relay.ErrKey, err)
		}
		key = current
	}
	var nonce [seal.NonceSize]byte
	if _, err := io.ReadFull(s.Rand, nonce[:]); err != nil {
		return nil, fmt.Errorf("read randomness for a nonce: %w", err)
	}
	name := key.ID()
	return key.Seal(name[:], plain, aad, nonce), nil
}

// Open implements relay.Sealer.
func (s *Sealer) Open(control bool, sealed, aad []byte) ([]byte, error) {
	name := seal.KeyID{}
	if len(sealed) < len(name) {
		return nil, seal.ErrSealed
	}
	copy(name[:], sealed)
	key := seal.OfMembership(s.Journal.Workspace())
	if !control {
		_, keys, _ := s.held() // without a current key, older ones may still be here
		ours, known := keys[name]
		if !known {
			return nil, fmt.Errorf("%w: %v", relay.ErrKey, name)
		}
		key = ours
	}
	return key.Open(nil, sealed[len(name):], aad)
}

// held returns the key to seal with, and all by name. What they are is worked
// out once for each membership.
func (s *Sealer) held() (seal.Key, map[seal.KeyID]seal.Key, error) {
	table := s.Journal.Members()
	s.mu.Lock()
	defer s.mu.Unlock()
	if table != s.table || s.keys == nil {
		s.table, s.keys = table, map[seal.KeyID]seal.Key{}
		var all []seal.Key
		if all, s.err = s.Current(); s.err == nil {
			s.current = all[0]
		} else if table != nil {
			all = table.Ring(s.Key).Keys()
		}
		for _, k := range all {
			s.keys[k.ID()] = k
		}
	}
	return s.current, s.keys, s.err
}

// Boxed is a key of an invite, as the relay wants it.
type Boxed struct {
	Key  seal.Key
	Rand io.Reader
}

// Seal implements relay.InviteKey.
func (b Boxed) Seal(plain, aad []byte) ([]byte, error) {
	var nonce [seal.NonceSize]byte
	if _, err := io.ReadFull(b.Rand, nonce[:]); err != nil {
		return nil, fmt.Errorf("read randomness for a nonce: %w", err)
	}
	return b.Key.Seal(nil, plain, aad, nonce), nil
}

// Open implements relay.InviteKey.
func (b Boxed) Open(sealed, aad []byte) ([]byte, error) { return b.Key.Open(nil, sealed, aad) }
