package member_test

import (
	"testing"

	"cairn/core/clock"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// meanwhile lets somebody write without knowing what m knows beyond past, at a
// stamp of their choice, and brings it into m.
func (m *team) meanwhile(past *team, at clock.Stamp, d device, acts ...member.Act) oplog.Batch {
	m.tb.Helper()
	apart := past.at()
	apart.now = at - 1
	b := apart.write(d, acts...)
	m.batches = append(m.batches, b)
	return b
}

func TestOfTwoWhoRemoveEachOtherTheSeniorStays(t *testing.T) {
	for name, c := range map[string]struct {
		a, b       device
		ofA, ofB   id.Person
		aAt, bAt   clock.Stamp
		wantRemain id.Person
	}{
		"founder later":   {adas, bos, bo, ada, 900, 800, ada},
		"founder earlier": {adas, bos, bo, ada, 800, 900, ada},
		"second and last": {bos, cys, cy, bo, 900, 800, bo},
	} {
		t.Run(name, func(t *testing.T) {
			m := newTeam(t)
			m.admit(bo, member.Admin, bos)
			m.admit(cy, member.Admin, cys)
			past := m.at()
			m.meanwhile(past, c.aAt, c.a, member.RemovePerson{Person: c.ofA})
			late := m.meanwhile(past, c.bAt, c.b, member.RemovePerson{Person: c.ofB})
			table, rejected := m.evaluate()
			if table.Role(c.wantRemain) != member.Admin || table.Role(c.ofA) != member.None {
				t.Errorf("the senior is %v and the other %v, want admin and none", table.Role(c.wantRemain), table.Role(c.ofA))
			}
			if len(rejected) != 1 || rejected[0].Batch != late.Hash || fault.KindOf(rejected[0].Err) != fault.Denied {
				t.Errorf("rejected = %v, want the removal of the senior, denied", rejected)
			}
		})
	}
}

func TestSeniorityIsLostWithTheRole(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	m.admit(cy, member.Admin, cys)
	m.write(adas, member.SetRole{Person: bo, Role: member.Approver})
	m.write(adas, member.SetRole{Person: bo, Role: member.Admin})
	past := m.at()
	m.meanwhile(past, 800, bos, member.RemovePerson{Person: cy})
	m.meanwhile(past, 900, cys, member.RemovePerson{Person: bo})
	table, _ := m.evaluate()
	if table.Role(cy) != member.Admin || table.Role(bo) != member.None {
		t.Errorf("cy is %v and bo %v, want admin and none: bo is administrator for less long", table.Role(cy), table.Role(bo))
	}
}

// TestRemovalIsStrong lets somebody sign acts with an early stamp and without
// knowing of their removal, at the same time or much later: that can't be told.
func TestRemovalIsStrong(t *testing.T) {
	dee, dees := personOf(4), deviceOf(4)
	removals := map[string]member.Act{
		"person":   member.RemovePerson{Person: bo},
		"device":   member.RemoveDevice{Device: bos.id()},
		"demotion": member.SetRole{Person: bo, Role: member.Approver},
	}
	acts := map[string][]member.Act{
		"admission": {member.AddPerson{Person: dee, Role: member.Admin}, member.AddDevice{Person: dee, Key: dees.public()}},
		"invite":    {member.Invite{Key: invites(1).public(), Role: member.Admin, Expires: ends}},
		"removal":   {member.RemovePerson{Person: cy}},
		"promotion": {member.SetRole{Person: cy, Role: member.Admin}},
	}
	for how, removal := range removals {
		for what, done := range acts {
			t.Run(how+"/"+what, func(t *testing.T) {
				m := newTeam(t)
				m.admit(bo, member.Admin, bos)
				m.admit(cy, member.Viewer, cys)
				past := m.at()
				// The removal rests on something later than what bo signs.
				m.now = 500
				m.write(adas, member.AddPerson{Person: personOf(9), Role: member.Viewer})
				m.write(adas, removal)
				before := m.table()
				m.meanwhile(past, 101, bos, done...)
				after, rejected := m.evaluate()
				if len(rejected) != len(done) {
					t.Errorf("rejected = %v, want all %d acts", rejected, len(done))
				}
				if diff := members(before, after); diff != "" {
					t.Errorf("bo changed the membership after all:\n%s", diff)
				}
			})
		}
	}
}

func TestWhatTheRemoverHadSeenStands(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	m.write(bos, member.AddPerson{Person: cy, Role: member.Contributor}, member.AddDevice{Person: cy, Key: cys.public()})
	m.now = 0 // ada's clock is far behind
	m.write(adas, member.RemovePerson{Person: bo})
	table := m.table()
	if table.Role(cy) != member.Contributor {
		t.Errorf("cy is %v, want contributor: ada had seen the admission", table.Role(cy))
	}
}

func TestWhatRestsOnVoidActsIsVoid(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	past := m.at()
	m.now = 500
	m.write(adas, member.RemovePerson{Person: bo})
	before := m.table()
	apart := past.at()
	apart.write(bos, member.AddPerson{Person: cy, Role: member.Admin}, member.AddDevice{Person: cy, Key: cys.public()})
	apart.write(cys, member.RemovePerson{Person: ada})
	m.batches = append(m.batches, apart.batches[len(past.batches):]...)
	after, rejected := m.evaluate()
	if diff := members(before, after); diff != "" || len(rejected) != 3 {
		t.Errorf("%d acts are void, want 3; the membership changed:\n%s", len(rejected), diff)
	}
}

func TestRemovalsThatCannotBeJudgedHoldNobodyBack(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	m.admit(cy, member.Admin, cys)
	past := m.at()
	// Of bo's two batches only the one that removes ada arrives.
	apart := past.at()
	apart.write(bos, member.AddPerson{Person: personOf(8), Role: member.Viewer})
	apart.write(bos, member.RemovePerson{Person: ada})
	m.batches = append(m.batches, apart.batches[len(apart.batches)-1])
	m.meanwhile(past, 200, adas, member.AddPerson{Person: personOf(9), Role: member.Viewer})
	m.meanwhile(past, 300, cys, member.AddPerson{Person: personOf(9), Role: member.Approver})
	table, rejected := m.evaluate()
	if got := table.Role(personOf(9)); got != member.Viewer || len(rejected) != 1 {
		t.Errorf("role %v, rejected %v; want viewer, as ada said first, and cy's admission void", got, rejected)
	}
}

func TestPeopleLookAfterTheirOwnDevices(t *testing.T) {
	for _, role := range []member.Role{member.Viewer, member.Contributor, member.Approver} {
		t.Run(role.String(), func(t *testing.T) {
			m := newTeam(t)
			m.admit(bo, role, bos)
			m.write(adas, m.rotate(1, adas, bos))
			second, third := deviceOf(22), deviceOf(23)
			m.write(bos, member.AddDevice{Person: bo, Key: second.public()}, m.share(1, second))
			m.write(second, member.Invite{Key: invites(1).public(), Person: bo, Expires: ends})
			m.write(second, admission(m.ws, invites(1), bo, third), m.share(1, third))
			m.write(third, member.RemoveDevice{Device: bos.id()}, m.rotate(2, adas, second, third))
			table := m.table()
			if d, _ := table.Device(bos.id().Short()); !d.Removed {
				t.Error("the lost laptop is still a member's")
			}
			if d, ok := table.Device(third.id().Short()); !ok || d.Person != bo || d.Removed {
				t.Errorf("the third device is %+v, %v, want bo's", d, ok)
			}
			if table.Role(bo) != role || table.SealKey() != keyOf(2).ID() || table.KeyDue() {
				t.Errorf("role %v, key %v, due %v; want %v, %v and no more due", table.Role(bo), table.SealKey(), table.KeyDue(), role, keyOf(2).ID())
			}
		})
	}
}

// TestADeviceThatIsRemovedAddsNone has the thief of a laptop add another, and
// somebody who is being removed.
func TestADeviceThatIsRemovedAddsNone(t *testing.T) {
	for name, removal := range map[string]member.Act{
		"device": member.RemoveDevice{Device: bos.id()},
		"person": member.RemovePerson{Person: bo},
	} {
		t.Run(name, func(t *testing.T) {
			m := newTeam(t)
			m.admit(bo, member.Contributor, bos)
			m.write(adas, member.AddDevice{Person: bo, Key: deviceOf(22).public()})
			past := m.at()
			m.now = 500
			m.write(adas, removal)
			m.meanwhile(past, 101, bos, member.AddDevice{Person: bo, Key: deviceOf(23).public()},
				member.Invite{Key: invites(1).public(), Person: bo, Expires: ends})
			table, rejected := m.evaluate()
			if _, known := table.Device(deviceOf(23).id().Short()); known || len(rejected) != 2 {
				t.Errorf("rejected = %v and the device is known: %v, want both void", rejected, known)
			}
		})
	}
}
