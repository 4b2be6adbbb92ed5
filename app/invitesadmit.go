package app

import (
	"context"
	"crypto/ed25519"
	"errors"
	"strings"

	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
)

// AdmitInvited lets a device in by an invite: signature is that of the invite's
// key over member.JoinText. Name is what a new person is called, deviceName what
// the device is; the latter may be empty. It returns whose device it is.
//
// The faults say why not: an invite that is unknown (fault.NotFound), used,
// withdrawn or expired (fault.Conflict), a signature that does not fit or an
// invite that this person may not admit by (fault.Denied). A device that the
// invite has let in already is admitted again, so that who lost the answer may
// ask once more.
func (a *App) AdmitInvited(ctx context.Context, invite, device ed25519.PublicKey, signature []byte, name, deviceName string) (id.Person, error) {
	members := a.journal.Members()
	if members == nil {
		return id.Person{}, notFounded()
	}
	name, deviceName = strings.TrimSpace(name), strings.TrimSpace(deviceName)
	act := member.Admit{Invite: invite, Device: device}
	if len(device) != ed25519.PublicKeySize || len(signature) != copy(act.Signature[:], signature) || len(signature) < len(act.Signature) {
		return id.Person{}, fault.New(fault.Invalid, "This request to join can't be read.", "Ask for a new invite.")
	}
	i, known := members.Invite(invite)
	if err := checkNames(i, name, deviceName); err != nil {
		return id.Person{}, err
	}
	if known && i.Status == member.InviteUsed && i.Device == id.DeviceOf(device) {
		return i.Admitted, a.introduce(ctx, i, i.Admitted, device, name, deviceName)
	}
	if known && i.Status == member.InviteOpen && a.expired(i) {
		return id.Person{}, fault.New(fault.Conflict, "This invite has expired.", "Ask for a new invite.")
	}
	var err error
	if act.Person = i.Person; i.Person.IsZero() {
		if act.Person, err = id.NewDoc(a.opts.Now(), a.opts.Rand); err != nil {
			return id.Person{}, err
		}
	}
	if err := members.Check(a.Device().Short(), act); err != nil {
		return id.Person{}, err
	}
	acts, err := a.admission(members, device, act)
	if err != nil {
		return id.Person{}, err
	}
	if err := a.journal.Act(ctx, acts...); err != nil {
		return id.Person{}, err
	}
	return act.Person, a.introduce(ctx, i, act.Person, device, name, deviceName)
}

func checkNames(i member.InviteState, name, deviceName string) error {
	if i.Person.IsZero() {
		if err := checkName("person", name, "Say who joins."); err != nil {
			return err
		}
	}
	if deviceName == "" {
		return nil
	}
	return checkName("device", deviceName, "")
}

// introduce writes what a person who was let in and the device are called,
// where that is not written yet. A viewer, who lets only devices of their own
// in, leaves it to others.
func (a *App) introduce(ctx context.Context, i member.InviteState, person id.Person, device ed25519.PublicKey, name, deviceName string) error {
	if !a.mayWrite() {
		return nil
	}
	at := id.DeviceOf(device)
	return a.journal.Write(ctx, func(tx *journal.Tx) error {
		if _, err := tx.Doc(person); errors.Is(err, journal.ErrNoDoc) && i.Person.IsZero() {
			if err := fillNew(tx, noun.Persons.Kind, doc.New(person), map[string]doc.Value{"name": doc.String(name)}); err != nil {
				return err
			}
		}
		if _, err := tx.Doc(noun.DeviceDoc(person, at)); !errors.Is(err, journal.ErrNoDoc) || deviceName == "" {
			return nil
		}
		return nameDevice(tx, person, at, deviceName, "")
	})
}
