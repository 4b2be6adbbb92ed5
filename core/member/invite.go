package member

import (
	"crypto/ed25519"
	"encoding/binary"
	"slices"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
)

// maxExpires is the latest end of an invite, the year 9999, in Unix
// milliseconds.
const maxExpires = 253402300799999

// Invite lets whoever has the private half of Key into the workspace, once:
// as a new person with Role, or, when Person is somebody, as a further device
// of that person with no role of its own. An invite ends when it is used, when
// it is withdrawn, and when whoever made it may no longer make it: with the
// removal of that device or person, or with the right to invite.
//
// Expires, to the millisecond, is for those who admit to keep. It does not make
// an Admit void: replicas do not agree on the time of day.
type Invite struct {
	Key     ed25519.PublicKey
	Role    Role
	Person  id.Person
	Expires time.Time
}

// Withdraw ends an invite that has not been used.
type Withdraw struct {
	Invite ed25519.PublicKey
}

// Admit makes Device one of Person's by an invite: of a new person, or of the
// one that the invite is for. Signature is over JoinText, by the invite's key.
// The first that is not void uses the invite up.
type Admit struct {
	Invite, Device ed25519.PublicKey
	Person         id.Person
	Signature      [ed25519.SignatureSize]byte
}

// Kind returns KindInvite.
func (Invite) Kind() oplog.Kind { return KindInvite }

// Kind returns KindWithdraw.
func (Withdraw) Kind() oplog.Kind { return KindWithdraw }

// Kind returns KindAdmit.
func (Admit) Kind() oplog.Kind { return KindAdmit }

func (a Invite) payload(b []byte) []byte {
	b = append(append(b, a.Key...), byte(a.Role))
	b = append(b, a.Person[:]...)
	return binary.BigEndian.AppendUint64(b, uint64(a.Expires.UnixMilli()))
}

func (a Withdraw) payload(b []byte) []byte { return append(b, a.Invite...) }

func (a Admit) payload(b []byte) []byte {
	b = append(append(b, a.Invite...), a.Device...)
	b = append(b, a.Person[:]...)
	return append(b, a.Signature[:]...)
}

// InviteKey returns the key pair of an invite, of which Invite names the public
// half, from the secret that whoever is invited gets.
func InviteKey(secret [ed25519.SeedSize]byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(secret[:])
}

// JoinText returns what the key of an invite signs to let a device into a
// workspace.
func JoinText(ws id.Workspace, device ed25519.PublicKey) []byte {
	return slices.Concat([]byte("cairn/join/1"), ws[:], device)
}

// InviteStatus is what has become of an invite.
type InviteStatus uint8

// The states of an invite. None of them depends on the time of day.
const (
	InviteOpen      InviteStatus = iota
	InviteUsed                   // somebody was admitted
	InviteWithdrawn              // withdrawn, or its maker may no longer make it
)

// InviteState is an invite, who made it and what has become of it.
type InviteState struct {
	Invite
	By     id.ShortDevice
	Status InviteStatus
	// The device that was admitted, and whose it is. Zero unless Status is
	// InviteUsed.
	Device   id.Device
	Admitted id.Person
}

// Invites returns all invites that were ever made, in the order in which they
// are judged. The keys in it are not to be changed.
func (t *Table) Invites() []InviteState {
	out := slices.Clone(t.invites)
	for i := range out {
		out[i].Status = t.statusOf(out[i])
	}
	return out
}

// Invite returns the invite with a key.
func (t *Table) Invite(key ed25519.PublicKey) (InviteState, bool) {
	n := t.findInvite(key)
	if n < 0 {
		return InviteState{}, false
	}
	i := t.invites[n]
	i.Status = t.statusOf(i)
	return i, true
}

func (t *Table) findInvite(key ed25519.PublicKey) int {
	return slices.IndexFunc(t.invites, func(i InviteState) bool { return i.Key.Equal(key) })
}

// invitedPerson returns whose further device an invite is for.
func (t *Table) invitedPerson(key ed25519.PublicKey) id.Person {
	if n := t.findInvite(key); n >= 0 {
		return t.invites[n].Person
	}
	return id.Person{}
}

func (t *Table) statusOf(i InviteState) InviteStatus {
	if i.Status != InviteOpen {
		return i.Status
	}
	if t.mayFor(i.By, i.Person) != nil || !i.Person.IsZero() && t.Role(i.Person) == None {
		return InviteWithdrawn
	}
	return InviteOpen
}

func (t *Table) checkInvite(a Invite) error {
	switch {
	case len(a.Key) != ed25519.PublicKeySize:
		return fault.New(fault.Invalid, "This is no key of an invite.", "")
	case t.findInvite(a.Key) >= 0:
		return fault.New(fault.Conflict, "There is an invite with this key already.", "")
	case a.Expires.UnixMilli() <= 0 || a.Expires.UnixMilli() > maxExpires:
		return fault.New(fault.Invalid, "An invite ends at some time.", "")
	case a.Person.IsZero() && !a.Role.Valid():
		return noSuchRole()
	case !a.Person.IsZero() && a.Role != None:
		return fault.New(fault.Invalid, "A further device of a person comes without a role.", "")
	case !a.Person.IsZero() && t.Role(a.Person) == None:
		return noSuchPerson()
	}
	return nil
}

func (t *Table) checkWithdraw(a Withdraw) error {
	switch i, known := t.Invite(a.Invite); {
	case known && i.Status == InviteUsed:
		return fault.New(fault.Conflict, "This invite has been used already.", "Remove who came in by it instead.")
	case known && i.Status == InviteWithdrawn:
		return fault.New(fault.Conflict, "This invite is withdrawn already.", "")
	}
	return t.checkOpen(a.Invite)
}

// checkOpen says why an invite is of no use.
func (t *Table) checkOpen(key ed25519.PublicKey) error {
	i, known := t.Invite(key)
	switch {
	case !known:
		return fault.New(fault.NotFound, "There is no such invite in this workspace.", "Ask for a new invite.")
	case i.Status == InviteUsed:
		return fault.New(fault.Conflict, "This invite has been used already.", "Ask for a new invite: each lets one device in.")
	case i.Status == InviteWithdrawn:
		return fault.New(fault.Conflict, "This invite was withdrawn.", "Ask for a new invite.")
	}
	return nil
}

func (t *Table) checkAdmit(a Admit) error {
	if err := t.checkOpen(a.Invite); err != nil {
		return err
	}
	i, _ := t.Invite(a.Invite)
	switch {
	case a.Person.IsZero():
		return fault.New(fault.Invalid, "A member needs a name of its own.", "")
	case i.Person.IsZero() && t.Role(a.Person) != None:
		return fault.New(fault.Conflict, "This person is a member already.", "Invite a further device of the person instead.")
	case !i.Person.IsZero() && a.Person != i.Person:
		return fault.New(fault.Invalid, "This invite is for a device of somebody else.", "")
	}
	if err := t.checkNewKey(a.Device); err != nil {
		return err
	}
	if !ed25519.Verify(i.Key, JoinText(t.workspace, a.Device), a.Signature[:]) {
		return fault.New(fault.Denied, "This device has not shown that it holds the invite.", "Ask for a new invite.")
	}
	return nil
}
