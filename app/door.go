package app

import (
	"context"

	"cairn/app/network"
	"cairn/sync/link"
)

// door lets in whom somebody has invited.
type door struct{ app *App }

// Admit implements link.Door.
func (d door) Admit(ctx context.Context, r link.JoinRequest) (link.JoinAnswer, error) {
	person, err := d.app.AdmitInvited(ctx, r.Invite, r.Device, r.Signature, r.Person, r.DeviceName)
	if err != nil {
		return link.JoinAnswer{}, err
	}
	d.app.expect()
	return link.JoinAnswer{Workspace: d.app.journal.Workspace(), Person: person}, nil
}

// expect has the network listen as long as somebody is invited.
func (a *App) expect() { a.network.Expect(a.openInvites() > 0) }

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
