package member

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"

	"cairn/core/id"
	"cairn/core/seal"
)

// Ring is the sealing keys that one device can open, as a Table has them. It
// does not change.
type Ring struct {
	table *Table
	keys  map[seal.KeyID]seal.Key
	leads map[seal.KeyID][]seal.KeyID // key → those sealed under it
}

// Ring returns the keys that a device can open: those in envelopes for it, and
// those before them. It costs about 0.1 ms for each of these envelopes. What
// holds another key than it says is passed over.
func (t *Table) Ring(device ed25519.PrivateKey) *Ring {
	r := &Ring{table: t, keys: map[seal.KeyID]seal.Key{}, leads: map[seal.KeyID][]seal.KeyID{}}
	public, _ := device.Public().(ed25519.PublicKey)
	short := id.DeviceOf(public).Short()
	for _, k := range t.seals {
		for _, e := range k.Envelopes {
			if e.Device != short {
				continue
			}
			key, err := seal.From(device, e.Sealed[:], EnvelopeText(t.workspace, k.ID))
			if err == nil && key.ID() == k.ID {
				r.add(key)
				break
			}
		}
	}
	return r
}

// add takes a key and those before it.
func (r *Ring) add(key seal.Key) {
	for due := []seal.Key{key}; len(due) > 0; due = due[1:] {
		name := due[0].ID()
		if _, known := r.keys[name]; known {
			continue
		}
		r.keys[name] = due[0]
		n := r.table.findKey(name)
		if n < 0 {
			continue
		}
		before, err := due[0].Open(nil, r.table.seals[n].Previous, PreviousText(r.table.workspace, name))
		if err != nil {
			continue
		}
		for b := range slices.Chunk(before, seal.KeySize) {
			if len(b) == seal.KeySize {
				r.leads[name] = append(r.leads[name], seal.Key(b).ID())
				due = append(due, seal.Key(b))
			}
		}
	}
}

// Current returns the key to seal with, false if the device does not have it:
// nobody has handed it over yet, or there is none.
func (r *Ring) Current() (seal.Key, bool) {
	key, ok := r.keys[r.table.current]
	return key, ok
}

// Keys returns the keys of r that the table knows, the current one first, then the later ones before
// the earlier ones. Any of them may be needed to open, only Current to seal.
func (r *Ring) Keys() []seal.Key {
	out := make([]seal.Key, 0, len(r.keys))
	if key, ok := r.Current(); ok {
		out = append(out, key)
	}
	for _, k := range slices.Backward(r.table.seals) {
		if key, ok := r.keys[k.ID]; ok && k.ID != r.table.current {
			out = append(out, key)
		}
	}
	return out
}

// reach notes all keys that key leads to, and key.
func (r *Ring) reach(key seal.KeyID, seen map[seal.KeyID]bool) {
	for due := []seal.KeyID{key}; len(due) > 0; due = due[1:] {
		if !seen[due[0]] {
			seen[due[0]] = true
			due = append(due, r.leads[due[0]]...)
		}
	}
}

// tips returns the keys that lead to all those which are not in seen, and notes
// them there.
func (r *Ring) tips(seen map[seal.KeyID]bool) (tips []seal.Key) {
	for _, key := range r.Keys() {
		if name := key.ID(); !seen[name] {
			r.reach(name, seen)
			tips = append(tips, key)
		}
	}
	return tips
}

// Rotate returns the acts that make fresh the current key, hand it to every
// device of a member but those that without names, and lead from it to the keys
// of r. Fresh and nonce must be random.
func (r *Ring) Rotate(fresh seal.Key, nonce [seal.NonceSize]byte, without func(Device) bool) ([]Act, error) {
	var to []Device
	for _, d := range r.table.Devices() {
		if !d.Removed && !without(d) {
			to = append(to, d)
		}
	}
	acts, err := r.share(fresh, to)
	if err != nil || len(acts) == 0 {
		return nil, err
	}
	// What fits into no Rotate follows as the Shares that they are.
	var before []byte
	tips := r.tips(map[seal.KeyID]bool{})
	first := Rotate{Key: fresh.ID()}
	for _, key := range tips[:min(len(tips), MaxPrevious)] {
		before, first.Before = append(before, key[:]...), append(first.Before, key.ID())
	}
	if s, ok := acts[0].(Share); ok {
		first.Envelopes = s.Envelopes
	}
	if before != nil {
		first.Previous = fresh.Seal(nil, before, PreviousText(r.table.workspace, first.Key), nonce)
	}
	acts[0] = first
	return acts, nil
}

// HandTo returns the acts that hand all of r to a device.
func (r *Ring) HandTo(device ed25519.PublicKey) ([]Act, error) {
	var acts []Act
	for _, key := range r.tips(map[seal.KeyID]bool{}) {
		more, err := r.share(key, []Device{{ID: id.DeviceOf(device), Key: device}})
		if err != nil {
			return nil, err
		}
		acts = append(acts, more...)
	}
	return acts, nil
}

// Owed returns the acts that hand keys of r to devices which can't open them,
// as far as by may do that: what somebody was not given because whoever
// admitted them did not know of it.
func (r *Ring) Owed(by id.ShortDevice) ([]Act, error) {
	to := map[seal.KeyID][]Device{}
	for _, d := range r.table.Devices() {
		if d.Removed || r.table.mayFor(by, d.Person) != nil {
			continue
		}
		seen := map[seal.KeyID]bool{}
		for _, k := range r.table.seals {
			if k.given[d.ID.Short()] {
				r.reach(k.ID, seen)
			}
		}
		for _, key := range r.tips(seen) {
			to[key.ID()] = append(to[key.ID()], d)
		}
	}
	var acts []Act
	for _, key := range r.Keys() {
		more, err := r.share(key, to[key.ID()])
		if err != nil {
			return nil, err
		}
		acts = append(acts, more...)
	}
	return acts, nil
}

// share returns the acts that hand a key to devices, which are sorted.
func (r *Ring) share(key seal.Key, to []Device) (acts []Act, err error) {
	name := key.ID()
	for part := range slices.Chunk(to, MaxEnvelopes) {
		a := Share{Key: name}
		for _, d := range part {
			sealed, err := seal.To(d.Key, key, EnvelopeText(r.table.workspace, name))
			if errors.Is(err, seal.ErrDevice) {
				continue // nobody has the other half: it can neither sign nor open
			}
			if err != nil {
				return nil, fmt.Errorf("a key for the device %v: %w", d.ID.Short(), err)
			}
			a.Envelopes = append(a.Envelopes, Envelope{Device: d.ID.Short(), Sealed: [seal.EnvelopeSize]byte(sealed)})
		}
		if len(a.Envelopes) > 0 {
			acts = append(acts, a)
		}
	}
	return acts, nil
}
