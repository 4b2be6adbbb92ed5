package member

import (
	"encoding/binary"
	"maps"
	"slices"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/core/seal"
)

const (
	// MaxEnvelopes is how many envelopes one act carries, so that it fits into a
	// payload. More devices get theirs by further acts.
	MaxEnvelopes = 1024
	// MaxPrevious is how many earlier keys one key seals: as many as rotations
	// that did not know of each other leave side by side.
	MaxPrevious = 16
	// envelopeSize is the length of an Envelope in a payload.
	envelopeSize = 8 + seal.EnvelopeSize
)

// Envelope is a key for one device, as seal.To makes it over EnvelopeText.
type Envelope struct {
	Device id.ShortDevice
	Sealed [seal.EnvelopeSize]byte
}

// Rotate makes Key the key that content is sealed with from here on, and hands
// it out. Previous are the keys before it, one after another, sealed under the
// new one over PreviousText: none for the first key, else up to MaxPrevious.
// Envelopes are sorted by device, one for each.
//
// It takes an administrator, or anybody while KeyDue. An envelope for a device
// that is no member makes it void.
type Rotate struct {
	Key       seal.KeyID
	Before    []seal.KeyID
	Previous  []byte
	Envelopes []Envelope
}

// Share hands a key out to further devices. It takes an administrator, or the
// person whose devices they are.
type Share struct {
	Key       seal.KeyID
	Envelopes []Envelope
}

// Kind returns KindRotate.
func (Rotate) Kind() oplog.Kind { return KindRotate }

// Kind returns KindShare.
func (Share) Kind() oplog.Kind { return KindShare }

func (a Rotate) payload(b []byte) []byte {
	b = append(append(b, a.Key[:]...), byte(len(a.Before)))
	for _, k := range a.Before {
		b = append(b, k[:]...)
	}
	return appendEnvelopes(append(b, a.Previous...), a.Envelopes)
}

func (a Share) payload(b []byte) []byte { return appendEnvelopes(append(b, a.Key[:]...), a.Envelopes) }

func appendEnvelopes(b []byte, envelopes []Envelope) []byte {
	b = binary.BigEndian.AppendUint16(b, uint16(len(envelopes)))
	for _, e := range envelopes {
		b = binary.BigEndian.AppendUint64(b, uint64(e.Device))
		b = append(b, e.Sealed[:]...)
	}
	return b
}

// EnvelopeText returns what the envelopes of a key are bound to.
func EnvelopeText(ws id.Workspace, key seal.KeyID) []byte {
	return slices.Concat([]byte("cairn/envelope-of/1"), ws[:], key[:])
}

// PreviousText returns what the keys that a key seals are bound to.
func PreviousText(ws id.Workspace, key seal.KeyID) []byte {
	return slices.Concat([]byte("cairn/previous/1"), ws[:], key[:])
}

// SealKey is a key that content is or was sealed with, as the acts tell of it.
// The key itself is in the envelopes. Its slices are not to be changed.
type SealKey struct {
	ID seal.KeyID
	// Void says that the key never became the current one. Somebody who did not
	// know that yet may have sealed with it: it is for opening only.
	Void      bool
	Previous  []byte
	Envelopes []Envelope // in the order in which they are judged, void ones too
}

// sealKey is a SealKey and who can open it.
type sealKey struct {
	SealKey
	given map[id.ShortDevice]bool // have an envelope from somebody who may hand it out
	held  map[id.ShortDevice]bool // have one from any member, also by a void act
	under []seal.KeyID            // keys that it is sealed under, as any member says
}

// SealKeys returns the keys in the order in which they are judged. What an
// envelope really holds only its device can tell; it must have the key's name.
func (t *Table) SealKeys() []SealKey {
	out := make([]SealKey, len(t.seals))
	for i, k := range t.seals {
		out[i] = k.SealKey
	}
	return out
}

// SealKey returns the name of the key to seal with, zero if there is none yet.
func (t *Table) SealKey() seal.KeyID { return t.current }

// KeyDue reports whether a new key is due: there is none, or a device that is
// no member has the current one. That is so after concurrent removals, each of
// which handed its key to whom the other removed, and after two administrators
// have admitted two devices by one invite.
func (t *Table) KeyDue() bool {
	for _, k := range t.leading() {
		for short := range k.held {
			if !t.member(short) {
				return true
			}
		}
	}
	return t.findKey(t.current) < 0
}

// Holds reports whether a device was handed the current key.
func (t *Table) Holds(short id.ShortDevice) bool {
	return slices.ContainsFunc(t.leading(), func(k *sealKey) bool { return k.held[short] })
}

// Keyless returns the devices of members that nobody has handed the current key
// to, sorted. They are to get it by a Share.
func (t *Table) Keyless() []Device {
	leading := t.leading()
	if len(leading) == 0 {
		return nil
	}
	var out []Device
	for _, short := range slices.Sorted(maps.Keys(t.devices)) {
		has := slices.ContainsFunc(leading, func(k *sealKey) bool { return k.given[short] })
		if t.member(short) && !has {
			out = append(out, t.devices[short])
		}
	}
	return out
}

// leading returns the current key and those that lead to it, one sealed under
// the other. There are such when the act that made it the current one was void
// for who wrote them, and stands by what has arrived since.
func (t *Table) leading() (out []*sealKey) {
	seen := map[seal.KeyID]bool{}
	for due := []seal.KeyID{t.current}; len(due) > 0; due = due[1:] {
		if n := t.findKey(due[0]); n >= 0 && !seen[due[0]] {
			seen[due[0]] = true
			out, due = append(out, &t.seals[n]), append(due, t.seals[n].under...)
		}
	}
	return out
}

func (t *Table) findKey(key seal.KeyID) int {
	return slices.IndexFunc(t.seals, func(k sealKey) bool { return k.ID == key })
}

// member reports whether a device is one of a member.
func (t *Table) member(short id.ShortDevice) bool {
	d, known := t.devices[short]
	return known && !d.Removed
}

// ownerOf returns the person whose devices all envelopes are for, nobody if
// there is no one such person.
func (t *Table) ownerOf(envelopes []Envelope) (owner id.Person) {
	for i, e := range envelopes {
		d, known := t.devices[e.Device]
		if !known || i > 0 && d.Person != owner {
			return id.Person{}
		}
		owner = d.Person
	}
	return owner
}

func (t *Table) checkRotate(a Rotate) error {
	if err := t.checkEnvelopes(a.Key, a.Envelopes); err != nil {
		return err
	}
	if n := len(a.Before); n > MaxPrevious || len(a.Previous) != sealedSize(n) || slices.Contains(a.Before, seal.KeyID{}) {
		return fault.New(fault.Invalid, "These are no earlier keys.", "")
	}
	if n := t.findKey(a.Key); n >= 0 && !t.seals[n].Void {
		return fault.New(fault.Conflict, "This key is in use already.", "")
	}
	return nil
}

func (t *Table) checkEnvelopes(key seal.KeyID, envelopes []Envelope) error {
	if key.IsZero() || len(envelopes) == 0 || len(envelopes) > MaxEnvelopes || !inOrder(envelopes) {
		return fault.New(fault.Invalid, "This key comes in no envelopes that can be read.", "")
	}
	for _, e := range envelopes {
		if !t.member(e.Device) {
			return fault.New(fault.Denied, "This key was handed to a device that is no member.", "")
		}
	}
	return nil
}

// sealedSize is how many bytes n earlier keys take, sealed.
func sealedSize(n int) int {
	if n == 0 {
		return 0
	}
	return seal.Overhead + n*seal.KeySize
}

// inOrder reports whether envelopes are sorted, one for each device.
func inOrder(envelopes []Envelope) bool {
	for i := 1; i < len(envelopes); i++ {
		if envelopes[i-1].Device >= envelopes[i].Device {
			return false
		}
	}
	return true
}

// rotate notes a key. A void act makes it known, but not the current one.
func (t *Table) rotate(by id.ShortDevice, a Rotate, void bool) {
	n := t.findKey(a.Key)
	if n < 0 || !void || t.seals[n].Void && t.seals[n].Previous == nil {
		k := newSealKey(a.Key)
		if n >= 0 { // named before, without becoming the current one
			k = t.seals[n]
			t.seals = slices.Delete(t.seals, n, n+1)
		}
		k.Void, k.Previous = void, a.Previous
		n = len(t.seals)
		t.seals = append(t.seals, k)
	}
	if !void {
		t.current = a.Key
	}
	if t.member(by) {
		for _, before := range a.Before {
			n := t.note(before)
			t.seals[n].under = append(t.seals[n].under, a.Key)
		}
	}
	t.hand(n, by, a.Envelopes, void)
}

// share notes who got a key. The act that made it may come later in the order,
// when it is void: nobody names that as a cause.
func (t *Table) share(by id.ShortDevice, a Share, void bool) {
	t.hand(t.note(a.Key), by, a.Envelopes, void)
}

// note returns the place of a key, which need not have been heard of before.
func (t *Table) note(name seal.KeyID) int {
	n := t.findKey(name)
	if n < 0 {
		n = len(t.seals)
		t.seals = append(t.seals, newSealKey(name))
	}
	return n
}

// newSealKey returns a key that is not the current one.
func newSealKey(name seal.KeyID) sealKey {
	return sealKey{SealKey: SealKey{ID: name, Void: true}, given: map[id.ShortDevice]bool{}, held: map[id.ShortDevice]bool{}}
}

// hand notes who got the n-th key from the device by. What a device that was
// removed hands out does not count: it can't have any key that was made after.
func (t *Table) hand(n int, by id.ShortDevice, envelopes []Envelope, void bool) {
	k := &t.seals[n]
	k.Envelopes = append(k.Envelopes, envelopes...)
	for _, e := range envelopes {
		if t.member(by) {
			k.held[e.Device] = true
		}
		if !void {
			k.given[e.Device] = true
		}
	}
}

// applyVoid notes what a void act gives away all the same: its bytes are with
// everybody.
func (t *Table) applyVoid(by id.ShortDevice, a Act) {
	switch a := a.(type) {
	case Rotate:
		t.rotate(by, a, true)
	case Share:
		t.share(by, a, true)
	}
}
