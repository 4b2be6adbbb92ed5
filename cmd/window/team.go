package window

import (
	"context"
	"slices"
	"time"

	"cairn/app"
	"cairn/sync/discovery"
	"cairn/ui/team"
	"cairn/ui/words"
)

// mates is the team as the page about it needs it.
type mates struct{ *session }

// deeds returns what can be done on the page.
func (s mates) deeds() team.Deeds {
	return team.Deeds{People: s, Laptops: s, Network: s, Invites: s}
}

// Team implements team.Source.
func (s mates) Team(ctx context.Context) (team.Now, error) {
	status, err := do(ctx, s.session, app.GetStatus, app.StatusRequest{})
	if err != nil {
		return team.Now{}, err
	}
	members, err := do(ctx, s.session, app.ListMembers, app.ListMembersRequest{})
	if err != nil {
		return team.Now{}, err
	}
	peers, err := do(ctx, s.session, app.ListPeers, app.ListPeersRequest{})
	if err != nil {
		return team.Now{}, err
	}
	invites, err := do(ctx, s.session, app.ListInvites, app.ListInvitesRequest{})
	if err != nil {
		return team.Now{}, err
	}
	out := team.Now{
		Workspace: status.Workspace.Name, Offline: peers.Alone, Listening: peers.Listening,
		LAN: team.LAN{On: peers.LAN.On, Reason: whatIsWrong(peers.LAN.Trouble)}, Relay: relayOf(peers.Relay),
	}
	for _, a := range peers.Addresses {
		out.Addresses = append(out.Addresses, a.Address)
	}
	for _, m := range members {
		out.Members = append(out.Members, memberOf(m, peers.Peers))
	}
	for _, i := range invites {
		out.Invites = append(out.Invites, inviteOf(i))
	}
	return out, nil
}

func memberOf(m app.Member, peers []app.Peer) team.Member {
	out := team.Member{ID: m.ID.String(), Name: m.Name, Roles: m.Roles, Right: team.Right(m.Right), You: m.You}
	for _, machine := range m.Machines {
		laptop := team.Laptop{Device: machine.Device.String(), Name: machineName(machine), This: machine.This, Added: machine.Added}
		if i := slices.IndexFunc(peers, func(p app.Peer) bool { return p.Device == machine.Device }); i >= 0 {
			takePeer(&laptop, peers[i])
		}
		if machine.Removed {
			laptop.State = team.Removed
		}
		out.Laptops = append(out.Laptops, laptop)
	}
	return out
}

// machineName returns what to call a laptop, also one that nobody has named.
func machineName(m app.Machine) string {
	if m.Name != "" {
		return m.Name
	}
	return words.T("Laptop %s", m.Device.Short())
}

func takePeer(l *team.Laptop, p app.Peer) {
	l.State = map[string]team.State{"connected": team.Connected, "connecting": team.Connecting, "removed": team.Removed}[p.State]
	l.Since, l.Known, l.Behind, l.BehindBytes, l.Ahead = p.Since, p.Known, p.Behind, p.BehindBytes, p.Ahead
	l.LastSeen, l.Address, l.ClockAhead = p.Seen, p.Address, p.ClockAhead
	if p.Trouble != nil {
		l.Reason, l.Hint = spoken(&p.Trouble.Reason), spoken(p.Trouble.Hint)
	}
}

// spoken returns a sentence in the language of the window, empty for none.
func spoken(s *app.Said) string {
	if s == nil {
		return ""
	}
	return s.Parts().In(words.Data)
}

// whatIsWrong says what is wrong and what to do, empty when nothing is.
func whatIsWrong(t *app.Trouble) string {
	if t == nil {
		return ""
	}
	reason, hint := spoken(&t.Reason), spoken(t.Hint)
	if hint == "" {
		return reason
	}
	return reason + " " + hint
}

func relayOf(r *app.Relay) team.Relay {
	switch {
	case r == nil:
		return team.Relay{}
	case r.State == "connected":
		return team.Relay{URL: r.URL, State: team.RelayConnected}
	default:
		return team.Relay{URL: r.URL, State: team.RelayDown, Reason: whatIsWrong(r.Trouble)}
	}
}

func inviteOf(i app.Invite) team.Invite {
	out := team.Invite{ID: i.ID, For: i.Person, Right: team.Right(i.Right), Expires: i.Expires, MadeBy: i.MadeBy, UsedBy: i.UsedBy, Laptop: i.Device}
	out.State = map[string]team.InviteState{"used": team.Used, "withdrawn": team.Withdrawn, "expired": team.Expired}[i.State]
	return out
}

// SetRight implements team.People.
func (s mates) SetRight(ctx context.Context, member string, to team.Right) error {
	_, err := do(ctx, s.session, app.SetRight, app.SetRightRequest{Member: member, Right: string(to)})
	return err
}

// RemoveMember implements team.People.
func (s mates) RemoveMember(ctx context.Context, member string) error {
	_, err := do(ctx, s.session, app.RemoveMember, app.MemberRequest{Member: member})
	return err
}

// RenameLaptop implements team.Laptops.
func (s mates) RenameLaptop(ctx context.Context, device, name string) error {
	_, err := do(ctx, s.session, app.RenameDevice, app.RenameDeviceRequest{Device: device, Name: name})
	return err
}

// RemoveLaptop implements team.Laptops.
func (s mates) RemoveLaptop(ctx context.Context, device string) error {
	_, err := do(ctx, s.session, app.RemoveDevice, app.DeviceRequest{Device: device})
	return err
}

// Sync implements team.Network.
func (s mates) Sync(ctx context.Context) error {
	_, err := do(ctx, s.session, app.SyncNow, app.SyncNowRequest{})
	return err
}

// AddAddress implements team.Network.
func (s mates) AddAddress(ctx context.Context, address string) error {
	_, err := do(ctx, s.session, app.AddPeer, app.AddPeerRequest{Address: address})
	return err
}

// ForgetAddress implements team.Network.
func (s mates) ForgetAddress(ctx context.Context, address string) error {
	_, err := do(ctx, s.session, app.RemovePeer, app.RemovePeerRequest{Address: address})
	return err
}

// Invite implements team.Invites.
func (s mates) Invite(ctx context.Context, ask team.Ask) (team.Link, error) {
	req := app.MakeInviteRequest{Hours: int(ask.Holds / time.Hour), Member: ask.Member}
	if ask.Member == "" {
		req.Right = string(ask.Right)
	}
	made, err := do(ctx, s.session, app.MakeInvite, req)
	if err != nil {
		return team.Link{}, err
	}
	link, err := discovery.Parse(made.Link)
	if err != nil {
		return team.Link{}, err
	}
	return team.Link{
		ID: made.ID, Text: made.Link, QR: bare(link.QR()), Right: team.Right(made.Right), Expires: made.Expires,
		Addresses: made.Addresses, Relay: made.Relay != "",
	}, nil
}

// bare returns a code without the light modules around it, which whoever draws it
// adds.
func bare(code discovery.Code) [][]bool {
	dark := func(row []bool) bool { return slices.Contains(row, true) }
	top := slices.IndexFunc(code, dark)
	if top < 0 {
		return nil
	}
	out := make([][]bool, 0, len(code)-2*top)
	for _, row := range code[top : len(code)-top] {
		out = append(out, row[top:len(row)-top])
	}
	return out
}

// Withdraw implements team.Invites.
func (s mates) Withdraw(ctx context.Context, id string) error {
	_, err := do(ctx, s.session, app.WithdrawInvite, app.InviteRequest{ID: id})
	return err
}
