package app

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"

	"cairn/app/disk"
	"cairn/app/network"
	"cairn/core/member"
	"cairn/core/seal"
	"cairn/sync/link"
	"cairn/sync/relay"
)

// Sync begins to reach the other devices of the workspace, and to be reached by
// them. It returns at once; Close ends it.
func (a *App) Sync(o network.Options) error {
	if err := a.network.Start(o); err != nil {
		return err
	}
	a.expect()
	return nil
}

// Network returns what this device knows of the others, for those who watch it.
func (a *App) Network() *network.Network { return a.network }

// expect has the network listen as long as somebody is invited.
func (a *App) expect() {
	open := false
	if members := a.journal.Members(); members != nil {
		for _, i := range members.Invites() {
			open = open || i.Status == member.InviteOpen && !a.expired(i)
		}
	}
	a.network.Expect(open)
}

// membersChanged does what a change of the membership asks of this device.
func (a *App) membersChanged(ctx context.Context) {
	if err := a.TendKeys(ctx); err != nil && ctx.Err() == nil {
		a.opts.Log.Warn("the team's keys are not tended", "cause", err)
	}
	a.expect()
}

// door lets in who comes with an invite.
type door struct{ app *App }

// Admit implements link.Door.
func (d door) Admit(ctx context.Context, r link.JoinRequest) (link.JoinAnswer, error) {
	person, err := d.app.AdmitInvited(ctx, r.Invite, r.Device, r.Signature, r.Person, r.DeviceName)
	if err != nil {
		return link.JoinAnswer{}, err
	}
	return link.JoinAnswer{Workspace: d.app.journal.Workspace(), Person: person}, nil
}

// relayDoor lets in who comes with an invite through the relay.
type relayDoor struct{ app *App }

// Admit implements relay.Door.
func (d relayDoor) Admit(ctx context.Context, r relay.JoinRequest) error {
	_, err := d.app.AdmitInvited(ctx, r.Invite, r.Device, r.Signature[:], r.Person, r.DeviceName)
	return err
}

// Key implements relay.Door.
func (d relayDoor) Key(tag string) (relay.InviteKey, bool) {
	members := d.app.journal.Members()
	if members == nil {
		return nil, false
	}
	for _, i := range members.Invites() {
		if relay.InviteTag(d.app.journal.Workspace(), i.Key) != tag {
			continue
		}
		note, err := d.app.disk.Meta(inviteNote(i.Key))
		if err == nil && len(note) == seal.KeySize {
			return network.Boxed{Key: seal.Key(note), Rand: d.app.opts.Rand}, true
		}
		if err != nil && !errors.Is(err, disk.ErrNotFound) {
			d.app.opts.Log.Warn("the key of an invite can't be read", "cause", err)
		}
		return nil, false
	}
	return nil, false
}

// keepInviteKey keeps what a request through the relay is opened with. It opens
// nothing else, and lets nobody in.
func (a *App) keepInviteKey(s InviteSecret) error {
	public, _ := s.Key().Public().(ed25519.PublicKey)
	key := seal.OfInvite(s.Secret)
	return a.disk.SetMeta(inviteNote(public), key[:])
}

// inviteNote is the note with the key of an invite of this device.
func inviteNote(invite ed25519.PublicKey) string { return "invite/" + hex.EncodeToString(invite) }
