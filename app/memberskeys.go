package app

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"io"

	"cairn/core/fault"
	"cairn/core/member"
	"cairn/core/seal"
)

// Ring returns the keys that this device can open as the membership stands,
// nil before there is one.
func (a *App) Ring() *member.Ring {
	members := a.journal.Members()
	if members == nil {
		return nil
	}
	return members.Ring(a.key)
}

// SealKeys returns the keys for content that passes through others: the one to
// seal with, then those that it may have been sealed with before. The error is
// fault.Unavailable while nobody has handed the current key to this device, and
// fault.Denied once it was removed; Ring then has what it could open.
func (a *App) SealKeys() ([]seal.Key, error) {
	members := a.journal.Members()
	if members == nil {
		return nil, fault.New(fault.Unavailable, "This device does not have the key of the team yet.", "Wait until another device of the team has been in reach.")
	}
	if d, ok := members.Device(a.Device().Short()); ok && d.Removed {
		return nil, member.Removed()
	}
	ring := members.Ring(a.key)
	if _, ok := ring.Current(); !ok {
		return nil, fault.New(fault.Unavailable, "This device does not have the key of the team yet.", "Wait until another device of the team has been in reach.")
	}
	return ring.Keys(), nil
}

// TendKeys sees to the sealing keys: it makes the next one if that is due and
// this person is an administrator, and hands keys to devices that lack them as
// far as this person may. It does nothing when there is nothing to do, and is
// to be called after the membership has changed by what others did.
func (a *App) TendKeys(ctx context.Context) error {
	members := a.journal.Members()
	if members == nil {
		return nil
	}
	self := a.Device().Short()
	if members.KeyDue() && members.MayAdmin(self) == nil {
		acts, err := a.nextKey(members, func(member.Device) bool { return false })
		if err != nil {
			return err
		}
		return a.journal.Act(ctx, acts...) // to every device
	}
	if d, ok := members.Device(self); !ok || d.Removed {
		return nil
	}
	acts, err := members.Ring(a.key).Owed(self)
	if err != nil {
		return err
	}
	return a.journal.Act(ctx, acts...)
}

// nextKey returns the acts that make a new key current, for all devices but
// those that without names.
func (a *App) nextKey(members *member.Table, without func(member.Device) bool) ([]member.Act, error) {
	var fresh seal.Key
	var nonce [seal.NonceSize]byte
	for _, b := range [][]byte{fresh[:], nonce[:]} {
		if _, err := io.ReadFull(a.opts.Rand, b); err != nil {
			return nil, fmt.Errorf("read randomness for a key: %w", err)
		}
	}
	return members.Ring(a.key).Rotate(fresh, nonce, without)
}

// admission returns acts that let a device in, and hand it the keys.
func (a *App) admission(members *member.Table, device ed25519.PublicKey, acts ...member.Act) ([]member.Act, error) {
	hand, err := members.Ring(a.key).HandTo(device)
	if err != nil {
		return nil, err
	}
	return append(acts, hand...), nil
}
