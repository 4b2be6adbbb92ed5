package app

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"cairn/app/disk"
	"cairn/app/network"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/seal"
	"cairn/sync/discovery"
	"cairn/sync/link"
)

// Joining is what somebody says who comes into a workspace.
type Joining struct {
	Link    string // the invite
	Person  string // their name, as teammates see it; not needed for a further device
	Machine string // what to call this device
	At      string // host and port of the device that made the invite, beside what the link says; may be empty
}

// JoinStep is how far a device that joins has come.
type JoinStep struct {
	Stage JoinStage
	// Of Receiving: how many operations are here, and how many are known of.
	Here, All uint64
	// Trouble is why the last try failed; it is tried again.
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

// joinNote is the note of a folder that is not joined yet.
const joinNote = "joining"

// Join makes the folder o.Dir for a new device of the workspace that j.Link
// invites to, has somebody there let it in, and receives what there is. It
// tries until ctx ends, and tells progress how it stands, one call at a time.
// The App that it returns syncs, as how says. What an earlier call left
// unfinished it goes on with.
//
// When somebody who could let it in has refused to, the folder is gone again.
// When ctx ends first it stays, for another Join with the same link.
func Join(ctx context.Context, o Options, how network.Options, j Joining, progress func(JoinStep)) (*App, error) {
	invite, err := readInvite(o, j)
	if err != nil {
		return nil, err
	}
	a, err := beginJoining(ctx, o, invite)
	if err != nil {
		return nil, err
	}
	joining := &joining{app: a, invite: invite, as: j, progress: progress}
	err = joining.run(ctx, how)
	if err == nil {
		return a, nil
	}
	err = errors.Join(err, a.Close())
	if joining.refused {
		err = errors.Join(err, os.RemoveAll(o.Dir))
	}
	return nil, err
}

// readInvite reads the link, and refuses what nobody would let in.
func readInvite(o Options, j Joining) (discovery.Link, error) {
	invite, err := discovery.Parse(j.Link)
	if err != nil {
		return invite, err
	}
	if outlived(invite, o.Now()) {
		return invite, fault.New(fault.Conflict, "This invite has expired.", "Ask for a new invite.")
	}
	if err := checkName("person", j.Person, "Give it with --person."); err != nil {
		return invite, err
	}
	if j.At != "" {
		at, err := network.Address(j.At)
		if err != nil {
			return invite, err
		}
		invite.Addresses = append([]string{at}, invite.Addresses...)
	}
	return invite, checkName("device", j.Machine, "Give it with --device.")
}

// clockSlack is by how much a clock may be wrong before an invite counts as
// expired here. Who admits looks at their own clock.
const clockSlack = 10 * time.Minute

// beginJoining makes the folder of a device that is no member yet, or opens the
// one that an earlier call has left.
func beginJoining(ctx context.Context, o Options, invite discovery.Link) (*App, error) {
	if vacant(o.Dir) != nil {
		if a, err := resumeJoining(ctx, o, invite.Workspace); a != nil || err != nil {
			return a, err
		}
	}
	return assemble(ctx, o, func(at Options) error {
		return buildIn(ctx, at, nil, func(a *App) error {
			return errors.Join(a.journal.Belong(ctx, invite.Workspace), a.disk.SetMeta(joinNote, invite.Workspace[:]))
		})
	})
}

// resumeJoining opens the folder that an earlier Join of a workspace has left. One
// of another workspace that has not let the device in makes way: it returns nil.
func resumeJoining(ctx context.Context, o Options, ws id.Workspace) (*App, error) {
	a, err := Open(ctx, o)
	if err != nil {
		return nil, errors.Join(vacant(o.Dir), err)
	}
	of, unjoined, err := a.unjoined()
	switch {
	case err == nil && of == ws:
		return a, nil
	case err == nil && unjoined:
		return nil, errors.Join(a.Close(), Forgo(ctx, o))
	case err == nil:
		err = vacant(o.Dir)
	}
	return nil, errors.Join(err, a.Close())
}

// Unjoined reports whether the folder is what a Join has left that has not ended.
// It holds nothing that could be worked on yet.
func (a *App) Unjoined() bool {
	_, unjoined, err := a.unjoined()
	return unjoined && err == nil
}

// unjoined returns which workspace the folder is to be of, if a Join has not ended.
func (a *App) unjoined() (of id.Workspace, unjoined bool, err error) {
	note, err := a.disk.Meta(joinNote)
	switch {
	case errors.Is(err, disk.ErrNotFound):
		return of, false, nil
	case err == nil && len(note) != len(of):
		err = fmt.Errorf("the note of a workspace to join has %d bytes, want %d", len(note), len(of))
	}
	if err != nil {
		return of, false, err
	}
	return id.Workspace(note), true, nil
}

// Forgo removes the folder o.Dir that a Join has left, unless the device was let
// in by now: then others count on it.
func Forgo(ctx context.Context, o Options) error {
	a, err := Open(ctx, o)
	if err != nil {
		return err
	}
	_, unjoined, err := a.unjoined()
	switch {
	case err != nil:
	case !unjoined:
		err = vacant(o.Dir)
	case a.isMember():
		err = fault.New(fault.Conflict, "A workspace has let this device in, and is not all here yet.", "Use the link of that workspace once more to go on.")
	}
	if err := errors.Join(err, a.Close()); err != nil {
		return err
	}
	return os.RemoveAll(o.Dir)
}

// joining is a device on its way in.
type joining struct {
	app      *App
	invite   discovery.Link
	as       Joining
	progress func(JoinStep)
	refused  bool // by somebody who could have let it in
}

func (j *joining) run(ctx context.Context, how network.Options) error {
	j.progress(JoinStep{Stage: Reaching})
	if j.invite.Relay != "" {
		if err := j.app.network.Add(j.invite.Relay); err != nil {
			return err
		}
	}
	if err := j.app.network.Start(how); err != nil {
		return err
	}
	j.app.network.Expect(true) // whoever made the invite, perhaps in the same room
	if err := j.come(ctx); err != nil {
		return err
	}
	// Not before: a stranger who is turned away waits before the next try.
	if err := j.app.network.Met(j.invite.Inviter, j.invite.Addresses); err != nil {
		return err
	}
	if err := j.receive(ctx); err != nil {
		return err
	}
	j.progress(JoinStep{Stage: Joined})
	return j.app.disk.SetMeta(joinNote, nil)
}

// come has somebody let this device in, by whichever way answers first: an
// answer is yes, no, or that ctx has ended.
func (j *joining) come(ctx context.Context) error {
	if j.app.isMember() {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	key := member.InviteKey(j.invite.Secret)
	public, _ := key.Public().(ed25519.PublicKey)
	request := link.JoinRequest{
		Invite: public, Device: j.app.PublicKey(), Person: j.as.Person, DeviceName: j.as.Machine,
		Signature: ed25519.Sign(key, member.JoinText(j.invite.Workspace, j.app.PublicKey())),
	}
	ways := []func() error{func() error { return j.knock(ctx, request) }}
	if j.invite.Relay != "" {
		box := network.Boxed{Key: seal.OfInvite(j.invite.Secret), Rand: j.app.opts.Rand}
		ways = append(ways, func() error { return j.app.network.RequestJoin(ctx, request, box) })
	}
	answers := make(chan error, len(ways))
	var asking sync.WaitGroup
	for _, way := range ways {
		asking.Go(func() { answers <- way() })
	}
	err := <-answers
	j.refused = err != nil && ctx.Err() == nil
	cancel()
	asking.Wait()
	return err
}

// isMember reports whether the membership that is here has this device in it.
func (a *App) isMember() bool {
	members := a.journal.Members()
	if members == nil {
		return false
	}
	d, known := members.Device(a.Device().Short())
	return known && d.ID == a.Device() && !d.Removed
}

// How long is waited between two tries to find whoever made the invite.
const (
	knockAgain     = time.Second
	knockAgainMost = 15 * time.Second
)

// knock asks the device that made the invite, wherever it may be, again and
// again until it answers.
func (j *joining) knock(ctx context.Context, request link.JoinRequest) error {
	for wait := knockAgain; ; wait = min(2*wait, knockAgainMost) {
		nearby := j.app.network.Changed()
		inviter := link.Inviter{Device: j.invite.Inviter, Addresses: append(j.app.network.Nearby(), j.invite.Addresses...)}
		_, err := link.Join(ctx, j.app.key, inviter, request)
		switch {
		case err == nil || ctx.Err() != nil:
			return errors.Join(err, ctx.Err())
		case !comesLater(err):
			return err
		}
		j.progress(JoinStep{Stage: Reaching, Trouble: err})
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-nearby:
			wait = knockAgain
		case <-timer.C:
		}
		timer.Stop()
	}
}

// comesLater reports whether a request that failed may yet be answered.
func comesLater(err error) bool {
	switch fault.KindOf(err) {
	case fault.Offline, fault.Unavailable, fault.Locked, fault.Full, fault.Internal:
		return true
	default:
		return false
	}
}

// receive waits until everything is here that somebody else has.
func (j *joining) receive(ctx context.Context) error {
	for {
		changed := j.app.network.Changed()
		state := j.app.network.State()
		behind, known := state.Behind()
		if known && behind == 0 && j.app.isMember() {
			return nil
		}
		here := uint64(0)
		for _, head := range j.app.journal.Heads() {
			here += head.Next
		}
		j.progress(JoinStep{Stage: Receiving, Here: here, All: here + behind})
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}
