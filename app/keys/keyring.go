package keys

import (
	"errors"

	"github.com/zalando/go-keyring"

	"cairn/core/fault"
)

// service is the name under which the keyring shows our entries to people.
const service = "cairn"

// keyringEntry keeps the document as one entry of the system's keyring.
type keyringEntry struct{ dir, install string }

func (k keyringEntry) account() string { return k.install + "/secrets" }

func (k keyringEntry) load() ([]byte, error) {
	text, err := keyring.Get(service, k.account())
	if errors.Is(err, keyring.ErrNotFound) {
		return nil, fault.Wrap(err, fault.Unavailable,
			"The keyring of this machine has no entry %q for the folder %s.",
			"Use the account that made the workspace, or restore it from a backup with `cairn restore`.").With(service+" "+k.account(), k.dir)
	}
	if err != nil {
		return nil, k.unreachable(err)
	}
	return []byte(text), nil
}

func (k keyringEntry) store(document []byte) error {
	if err := keyring.Set(service, k.account(), string(document)); err != nil {
		return k.unreachable(err)
	}
	return nil
}

func (k keyringEntry) unreachable(err error) error {
	return fault.Wrap(err, fault.Unavailable,
		"The keyring of this machine, which holds the keys of %s, can't be reached.",
		"Unlock the keyring, or log in to the desktop session that runs it, and try again.").With(k.dir)
}
