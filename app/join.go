package app

import (
	"context"
	"crypto/ed25519"

	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
)

// Enroll makes the folder o.Dir for a new device of a workspace that others
// have, and opens it. It holds nothing until batches are received, and writes
// nothing until an admin has admitted PublicKey.
func Enroll(ctx context.Context, o Options, workspace id.Workspace) (*App, error) {
	return assemble(ctx, o, func(at Options) error {
		return buildIn(ctx, at, nil, func(a *App) error { return a.journal.Belong(ctx, workspace) })
	})
}

// PublicKey returns the key by which this device is known.
func (a *App) PublicKey() ed25519.PublicKey {
	key, _ := a.key.Public().(ed25519.PublicKey)
	return key
}

// AdmitPerson makes somebody a member, with a first device. It takes an admin.
func (a *App) AdmitPerson(ctx context.Context, name string, role member.Role, device ed25519.PublicKey) (id.Person, error) {
	person, err := id.NewDoc(a.opts.Now(), a.opts.Rand)
	if err != nil {
		return person, err
	}
	members := a.journal.Members()
	if members == nil {
		return person, notFounded()
	}
	acts, err := a.admission(members, device, member.AddPerson{Person: person, Role: role}, member.AddDevice{Person: person, Key: device})
	if err != nil {
		return person, err
	}
	if err := a.journal.Act(ctx, acts...); err != nil {
		return person, err
	}
	return person, a.journal.Write(ctx, func(tx *journal.Tx) error {
		return fillNew(tx, noun.Persons.Kind, doc.New(person), map[string]doc.Value{"name": doc.String(name)})
	})
}
