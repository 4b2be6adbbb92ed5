package app

import (
	"context"
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"time"

	"cairn/app/network"
	"cairn/core/fault"
	"cairn/core/member"
	"cairn/sync/discovery"
	"cairn/sync/link"
)

// Joining is what somebody says who comes into a workspace.
type Joining struct {
	Link    string // the invite
	Person  string // their name, as teammates see it; not needed for a further device
	Machine string // what to call this device
}

// JoinStep is how far a device that joins has come.
type JoinStep struct {
	Stage JoinStage
	// Of Receiving: how many operations are here, and how many are known to come.
	Here, All uint64
	// Why the last try failed, while it is tried again.
	Trouble error
}

// JoinStage is what a device that joins waits for.
type JoinStage string

// The stages, in their order.
const (
	Reaching  JoinStage = "reaching"  // nobody has answered yet
	Receiving JoinStage = "receiving" // it is let in
	Joined    JoinStage = "joined"    // everything is here
)

// joinNote is the note of a folder that is being joined: the invite.
const joinNote = "joining"

// Join makes the folder o.Dir for a new device of the workspace that j.Link
// invites to, has somebody there let it in, and receives what there is. It
// tries until ctx ends, and tells progress how it stands, one call at a time.
// What an earlier call left unfinished it goes on with. The app that it returns
// syncs, as options say.
//
// The fault is Denied, with the folder gone again, when somebody who can let it
// in refused to; then the invite is of no use any more. When ctx ends first the
// folder stays, for another Join of the same link.
func Join(ctx context.Context, o Options, how network.Options, j Joining, progress func(JoinStep)) (*App, error) {
	invite, err := discovery.Parse(j.Link)
	if err != nil {
		return nil, err
	}
	a, err := openJoining(ctx, o, invite, j)
	if err != nil {
		return nil, err
	}
	err = a.join(ctx, how, invite, j, progress)
	if err == nil {
		return a, nil
	}
	err = errors.Join(err, a.Close())
	if fault.KindOf(err) == fault.Denied {
		err = errors.Join(err, os.RemoveAll(o.Dir))
	}
	return nil, err
}
