package member_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"slices"
	"testing"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// device is somebody who signs.
type device struct {
	key ed25519.PrivateKey
	log id.Log // control log
}

// deviceOf returns the device that every test knows under n.
func deviceOf(n byte) device {
	d := device{key: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))}
	d.log = id.Log{Device: d.id().Short(), Incarnation: 0xc0}
	return d
}

func (d device) public() ed25519.PublicKey {
	public, _ := d.key.Public().(ed25519.PublicKey)
	return public
}

func (d device) id() id.Device { return id.DeviceOf(d.public()) }

// data returns the n-th data log of d.
func (d device) data(n uint32) id.Log { return id.Log{Device: d.id().Short(), Incarnation: n} }

func personOf(n byte) id.Person { return id.Person{0: 1, 15: n} }

// The people of the tests. Each has the device of the same number.
var (
	ada, bo, cy     = personOf(1), personOf(2), personOf(3)
	adas, bos, cys  = deviceOf(1), deviceOf(2), deviceOf(3)
	foundingGenesis = member.Genesis{Seed: [16]byte{0: 7, 15: 9}, Person: ada, Key: adas.public()}
)

// team is a set of control batches that grows.
type team struct {
	tb      testing.TB
	ws      id.Workspace
	batches []oplog.Batch
	now     clock.Stamp
}

// newTeam returns a workspace that ada founded.
func newTeam(tb testing.TB) *team {
	tb.Helper()
	b, err := oplog.Seal(member.Found(foundingGenesis, adas.log.Incarnation, 100), adas.key)
	if err != nil {
		tb.Fatal(err)
	}
	return &team{tb: tb, ws: member.WorkspaceOf(b), batches: []oplog.Batch{b}, now: 100}
}

// at returns a team that shares the past and goes its own way from here.
func (m *team) at() *team {
	c := *m
	c.batches = slices.Clone(m.batches)
	return &c
}

func (m *team) evaluate() (*member.Table, []member.Rejected) {
	m.tb.Helper()
	table, rejected, err := member.Evaluate(m.ws, m.batches)
	if err != nil {
		m.tb.Fatalf("Evaluate: %v", err)
	}
	return table, rejected
}

// table returns the membership, of which nothing may be void.
func (m *team) table() *member.Table {
	m.tb.Helper()
	table, rejected := m.evaluate()
	for _, r := range rejected {
		m.tb.Fatalf("act %v is void: %v", r.Op, r.Err)
	}
	return table
}

// draft returns what d would write next, at a later stamp.
func (m *team) draft(d device, acts ...member.Act) oplog.Draft {
	m.tb.Helper()
	table, _ := m.evaluate()
	m.now++
	return table.Draft(d.log, acts, m.now)
}

// seal adds a draft of d to m.
func (m *team) seal(d device, draft oplog.Draft) oplog.Batch {
	m.tb.Helper()
	sealed, err := oplog.Seal(draft, d.key)
	if err != nil {
		m.tb.Fatal(err)
	}
	opened, err := oplog.Open(sealed.Raw)
	if err != nil {
		m.tb.Fatal(err)
	}
	m.batches = append(m.batches, opened)
	return opened
}

// write lets d do acts, knowing all that m knows.
func (m *team) write(d device, acts ...member.Act) oplog.Batch {
	m.tb.Helper()
	return m.seal(d, m.draft(d, acts...))
}

// admit lets ada admit a person with a role and a device.
func (m *team) admit(person id.Person, role member.Role, d device) {
	m.tb.Helper()
	m.write(adas, member.AddPerson{Person: person, Role: role}, member.AddDevice{Person: person, Key: d.public()})
}

// invites returns the key of the n-th invite that every test knows, as if it
// were a device's.
func invites(n byte) device { return deviceOf(100 + n) }

// admission returns the act that lets a device in by an invite.
func admission(ws id.Workspace, invite device, person id.Person, d device) member.Admit {
	return member.Admit{
		Invite: invite.public(), Device: d.public(), Person: person,
		Signature: [64]byte(ed25519.Sign(invite.key, member.JoinText(ws, d.public()))),
	}
}

func TestRoleNamesRoundTrip(t *testing.T) {
	for _, r := range []member.Role{member.Viewer, member.Contributor, member.Approver, member.Admin} {
		text, err := r.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var got member.Role
		if err := got.UnmarshalText(text); err != nil || got != r || !r.Valid() {
			t.Errorf("%s reads as %v, %v, want %v", text, got, err, r)
		}
	}
	for _, name := range []string{"", "none", "Admin", "role(11)", member.Role(11).String()} {
		if r, err := member.ParseRole(name); !errors.Is(err, member.ErrRole) {
			t.Errorf("ParseRole(%q) = %v, %v, want ErrRole", name, r, err)
		}
	}
	if member.None.Valid() || member.Role(11).Valid() {
		t.Error("none or 11 is a valid role")
	}
}
