package member

import (
	"crypto/ed25519"
	"errors"
	"fmt"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/oplog"
)

// The kinds of control logs. All are critical: whoever skipped one would be
// wrong about who may write. They share no number with the kinds of documents,
// so that a batch in the wrong place is unknown rather than misread.
const (
	KindGenesis oplog.Kind = oplog.Critical | 0x40 + iota
	KindAddPerson
	KindAddDevice
	KindSetRole
	KindRemoveDevice
	KindRemovePerson
	KindInvite
	KindWithdraw
	KindAdmit
	KindRotate
	KindShare
)

// MaxCut is how many logs one removal may cut: every log of some ten devices.
const MaxCut = 1024

var (
	// ErrPayload is returned for a payload that its kind does not allow.
	ErrPayload = errors.New("malformed membership act")
	// ErrKind is returned for a kind that is none of a control log.
	ErrKind = errors.New("no membership act known to this version")
)

// Act is a change of the membership: one of the types of this package that are
// named for what they do.
type Act interface {
	Kind() oplog.Kind
	payload(b []byte) []byte
}

// Genesis founds a workspace: its person is the first administrator, Key that
// person's first device, which signs the batch that the act is in.
type Genesis struct {
	Seed   [16]byte // random: two workspaces of one person get two names
	Person id.Person
	Key    ed25519.PublicKey
}

// AddPerson admits a person, or one who was removed once more. Devices are
// admitted by AddDevice.
type AddPerson struct {
	Person id.Person
	Role   Role
}

// AddDevice admits a device that writes for Person.
type AddDevice struct {
	Person id.Person
	Key    ed25519.PublicKey
}

// SetRole changes what a person may do. When that takes the right to write
// data away, Cut says how much of each log of the person's devices was written
// before; without that right it is empty.
type SetRole struct {
	Person id.Person
	Role   Role
	Cut    []oplog.Dep
}

// RemoveDevice ends what a device may do. Its operations below Cut stay for
// ever, all others are void whenever and from whomever they arrive. A log that
// Cut does not name is void from its start.
type RemoveDevice struct {
	Device id.Device
	Cut    []oplog.Dep
}

// RemovePerson removes all devices of a person, and the person.
type RemovePerson struct {
	Person id.Person
	Cut    []oplog.Dep
}

// Kind returns KindGenesis.
func (Genesis) Kind() oplog.Kind { return KindGenesis }

// Kind returns KindAddPerson.
func (AddPerson) Kind() oplog.Kind { return KindAddPerson }

// Kind returns KindAddDevice.
func (AddDevice) Kind() oplog.Kind { return KindAddDevice }

// Kind returns KindSetRole.
func (SetRole) Kind() oplog.Kind { return KindSetRole }

// Kind returns KindRemoveDevice.
func (RemoveDevice) Kind() oplog.Kind { return KindRemoveDevice }

// Kind returns KindRemovePerson.
func (RemovePerson) Kind() oplog.Kind { return KindRemovePerson }

func (a Genesis) payload(b []byte) []byte {
	b = append(append(b, a.Seed[:]...), a.Person[:]...)
	return append(b, a.Key...)
}

func (a AddPerson) payload(b []byte) []byte { return append(append(b, a.Person[:]...), byte(a.Role)) }

func (a AddDevice) payload(b []byte) []byte { return append(append(b, a.Person[:]...), a.Key...) }

func (a SetRole) payload(b []byte) []byte {
	b = append(append(b, a.Person[:]...), byte(a.Role))
	return oplog.AppendDeps(b, a.Cut)
}

func (a RemoveDevice) payload(b []byte) []byte {
	return oplog.AppendDeps(append(b, a.Device[:]...), a.Cut)
}

func (a RemovePerson) payload(b []byte) []byte {
	return oplog.AppendDeps(append(b, a.Person[:]...), a.Cut)
}

// Op returns the operation that a is written as. Whether a may be done is for
// Table.Check to say.
func Op(a Act, at clock.Stamp) oplog.Op {
	return oplog.Op{Stamp: at, Kind: a.Kind(), Payload: a.payload(nil)}
}

// Decode returns the act that op is. It copies what it keeps. The error wraps
// ErrKind or ErrPayload.
func Decode(op oplog.Op) (Act, error) {
	p := payload{rest: op.Payload}
	var a Act
	switch op.Kind {
	case KindGenesis:
		a = Genesis{Seed: [16]byte(p.take(16)), Person: p.person(), Key: p.key()}
	case KindAddPerson:
		a = AddPerson{Person: p.person(), Role: p.role()}
	case KindAddDevice:
		a = AddDevice{Person: p.person(), Key: p.key()}
	case KindSetRole:
		a = SetRole{Person: p.person(), Role: p.role(), Cut: p.cut()}
	case KindRemoveDevice:
		a = RemoveDevice{Device: id.Device(p.take(len(id.Device{}))), Cut: p.cut()}
	case KindRemovePerson:
		a = RemovePerson{Person: p.person(), Cut: p.cut()}
	case KindInvite:
		a = p.invite()
	case KindWithdraw:
		a = Withdraw{Invite: p.key()}
	case KindAdmit:
		a = Admit{Invite: p.key(), Device: p.key(), Person: p.person(), Signature: [64]byte(p.take(ed25519.SignatureSize))}
	case KindRotate:
		a = p.rotate()
	case KindShare:
		a = Share{Key: p.sealKey(), Envelopes: p.envelopes()}
	default:
		return nil, fmt.Errorf("kind %#02x: %w", uint8(op.Kind), ErrKind)
	}
	if p.err == nil && len(p.rest) > 0 {
		p.err = fmt.Errorf("%d bytes too many: %w", len(p.rest), ErrPayload)
	}
	if p.err != nil {
		return nil, fmt.Errorf("%T: %w", a, p.err)
	}
	return a, nil
}
