package member_test

import (
	"testing"

	"cairn/core/fault"
	"cairn/core/member"
)

// invited returns a workspace with an open invite by ada, for a new person or
// for a device of bo, who is a contributor.
func invited(t *testing.T, invite member.Invite) *team {
	t.Helper()
	m := newTeam(t)
	m.admit(bo, member.Contributor, bos)
	invite.Key, invite.Expires = invites(1).public(), ends
	m.write(adas, invite)
	return m
}

func status(t *testing.T, table *member.Table, n byte) member.InviteState {
	t.Helper()
	i, ok := table.Invite(invites(n).public())
	if !ok {
		t.Fatalf("invite %d is not known", n)
	}
	return i
}

func TestInviteLetsANewPersonIn(t *testing.T) {
	m := invited(t, member.Invite{Role: member.Approver})
	if i := status(t, m.table(), 1); i.Status != member.InviteOpen || i.By != adas.id().Short() || !i.Expires.Equal(ends) {
		t.Errorf("invite = %+v, want an open one by ada", i)
	}
	m.write(adas, admission(m.ws, invites(1), cy, cys))
	table := m.table()
	if table.Role(cy) != member.Approver {
		t.Errorf("cy is %v, want approver", table.Role(cy))
	}
	if d, ok := table.Device(cys.id().Short()); !ok || d.Person != cy || d.ID != cys.id() {
		t.Errorf("device = %+v, %v, want cy's", d, ok)
	}
	if i := status(t, table, 1); i.Status != member.InviteUsed || i.Device != cys.id() || i.Admitted != cy {
		t.Errorf("invite = %+v, want used by cy", i)
	}
	m.write(cys, member.AddDevice{Person: cy, Key: deviceOf(33).public()})
	m.table() // cy's batches can be verified
}

func TestInviteLetsAFurtherDeviceIn(t *testing.T) {
	m := invited(t, member.Invite{Person: bo})
	m.write(adas, admission(m.ws, invites(1), bo, deviceOf(22)))
	table := m.table()
	if d, _ := table.Device(deviceOf(22).id().Short()); d.Person != bo || table.Role(bo) != member.Contributor {
		t.Errorf("device = %+v of a %v, want bo's, who stays contributor", d, table.Role(bo))
	}
}

func TestInviteIsRefused(t *testing.T) {
	m := invited(t, member.Invite{Role: member.Viewer})
	m.write(adas,
		member.Invite{Key: invites(2).public(), Role: member.Viewer, Expires: ends},
		admission(m.ws, invites(2), cy, cys),
		member.Invite{Key: invites(3).public(), Role: member.Viewer, Expires: ends},
		member.Withdraw{Invite: invites(3).public()},
		member.Invite{Key: invites(4).public(), Person: bo, Expires: ends})
	table, dee, dees := m.table(), personOf(4), deviceOf(4)
	forged := admission(m.ws, invites(1), dee, dees)
	forged.Signature[0] ^= 1
	elsewhere := admission(m.ws, invites(1), dee, dees)
	elsewhere.Signature = admission([32]byte{1}, invites(1), dee, dees).Signature
	short := admission(m.ws, invites(1), dee, dees)
	short.Device = short.Device[:5]
	for name, c := range map[string]struct {
		act  member.Act
		want fault.Kind
	}{
		"unknown":                      {admission(m.ws, invites(9), dee, dees), fault.NotFound},
		"used":                         {admission(m.ws, invites(2), dee, dees), fault.Conflict},
		"withdrawn":                    {admission(m.ws, invites(3), dee, dees), fault.Conflict},
		"forged":                       {forged, fault.Denied},
		"of another workspace":         {elsewhere, fault.Denied},
		"key too short":                {short, fault.Invalid},
		"nobody":                       {admission(m.ws, invites(1), [16]byte{}, dees), fault.Invalid},
		"a member already":             {admission(m.ws, invites(1), bo, dees), fault.Conflict},
		"a device already":             {admission(m.ws, invites(1), dee, cys), fault.Conflict},
		"a device of somebody else":    {admission(m.ws, invites(4), cy, dees), fault.Invalid},
		"withdraw an unknown one":      {member.Withdraw{Invite: invites(9).public()}, fault.NotFound},
		"withdraw a used one":          {member.Withdraw{Invite: invites(2).public()}, fault.Conflict},
		"withdraw a withdrawn one":     {member.Withdraw{Invite: invites(3).public()}, fault.Conflict},
		"a key two times":              {member.Invite{Key: invites(3).public(), Role: member.Viewer, Expires: ends}, fault.Conflict},
		"no key":                       {member.Invite{Role: member.Viewer, Expires: ends}, fault.Invalid},
		"no role":                      {member.Invite{Key: invites(9).public(), Expires: ends}, fault.Invalid},
		"no end":                       {member.Invite{Key: invites(9).public(), Role: member.Viewer}, fault.Invalid},
		"role and person":              {member.Invite{Key: invites(9).public(), Role: member.Viewer, Person: bo, Expires: ends}, fault.Invalid},
		"a further device of nobody":   {member.Invite{Key: invites(9).public(), Person: dee, Expires: ends}, fault.NotFound},
		"a key of an invite too short": {member.Invite{Key: invites(9).public()[:31], Role: member.Viewer, Expires: ends}, fault.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			if err := table.Check(adas.id().Short(), c.act); err == nil || fault.KindOf(err) != c.want {
				t.Errorf("Check(%T) = %v, want %v", c.act, err, c.want)
			}
		})
	}
}

func TestInvitesEndWithTheRightToMakeThem(t *testing.T) {
	for name, c := range map[string]struct {
		by     device
		invite member.Invite
		end    member.Act
	}{
		"admin removed":        {bos, member.Invite{Role: member.Admin}, member.RemovePerson{Person: bo}},
		"admin demoted":        {bos, member.Invite{Role: member.Admin}, member.SetRole{Person: bo, Role: member.Approver}},
		"device removed":       {bos, member.Invite{Role: member.Admin}, member.RemoveDevice{Device: bos.id()}},
		"own device, removed":  {bos, member.Invite{Person: bo}, member.RemovePerson{Person: bo}},
		"device of who is out": {adas, member.Invite{Person: bo}, member.RemovePerson{Person: bo}},
	} {
		t.Run(name, func(t *testing.T) {
			m := newTeam(t)
			m.admit(bo, member.Admin, bos)
			c.invite.Key, c.invite.Expires = invites(1).public(), ends
			m.write(c.by, c.invite)
			m.write(adas, c.end)
			table := m.table()
			if i := status(t, table, 1); i.Status != member.InviteWithdrawn {
				t.Errorf("the invite is %v, want withdrawn", i.Status)
			}
			if err := table.Check(adas.id().Short(), admission(m.ws, invites(1), cy, cys)); fault.KindOf(err) != fault.Conflict {
				t.Errorf("admission by it: %v, want a conflict", err)
			}
		})
	}
}

// TestInviteLetsInOnce has two administrators who can't reach each other admit
// two people by one invite.
func TestInviteLetsInOnce(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	m.write(adas, member.Invite{Key: invites(1).public(), Role: member.Viewer, Expires: ends}, m.rotate(1, adas, bos))
	past := m.at()
	dee, dees := personOf(4), deviceOf(4)
	m.meanwhile(past, 900, adas, admission(m.ws, invites(1), cy, cys), m.share(1, cys))
	m.meanwhile(past, 800, bos, admission(m.ws, invites(1), dee, dees), m.share(1, dees))
	table, rejected := m.evaluate()
	if table.Role(cy) != member.None || table.Role(dee) != member.Viewer || len(rejected) != 2 {
		t.Errorf("cy is %v, dee %v, rejected %v; want none, viewer and ada's two acts", table.Role(cy), table.Role(dee), rejected)
	}
	if i := status(t, table, 1); i.Admitted != dee {
		t.Errorf("the invite says %v, want dee", i.Admitted)
	}
	if !table.KeyDue() {
		t.Error("cy's device has the key and is no member's, yet no new key is due")
	}
}
