package member_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// data returns the header of a data batch of m's workspace.
func (m *team) data(log id.Log, first uint64, count int) oplog.Header {
	return oplog.Header{Workspace: m.ws.Prefix(), Log: log, First: first, Count: count}
}

func TestMayWriteGoesByRole(t *testing.T) {
	for _, role := range []member.Role{member.Viewer, member.Contributor, member.Approver, member.Admin} {
		t.Run(role.String(), func(t *testing.T) {
			m := newTeam(t)
			m.admit(bo, role, bos)
			err := m.table().MayWrite(m.data(bos.data(1), 0, 5))
			if allowed := role >= member.Contributor; (err == nil) != allowed {
				t.Errorf("MayWrite = %v, allowed should be %v", err, allowed)
			}
			if err := m.table().MayAdmin(bos.id().Short()); (err == nil) != (role == member.Admin) {
				t.Errorf("MayAdmin = %v", err)
			}
		})
	}
}

func TestMayWriteDenies(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Contributor, bos)
	other := m.data(bos.data(1), 0, 5)
	other.Workspace[7] ^= 1
	founding := m.batches[0].Header
	founding.Workspace = [8]byte{1}
	stranger := m.data(deviceOf(9).log, 0, 1)
	stranger.Flags = oplog.FlagControl
	for name, h := range map[string]oplog.Header{
		"stranger":            m.data(deviceOf(9).data(1), 0, 5),
		"stranger's control":  stranger,
		"other workspace":     other,
		"founding of another": founding,
		"data in control log": m.data(adas.log, 2, 1),
	} {
		t.Run(name, func(t *testing.T) {
			err := m.table().MayWrite(h)
			if fault.KindOf(err) != fault.Denied || fault.Message(err) == "" {
				t.Errorf("MayWrite = %v, want denied in words", err)
			}
		})
	}
	control := m.data(bos.log, 0, 1)
	control.Flags = oplog.FlagControl
	if err := m.table().MayWrite(control); err != nil {
		t.Errorf("control batch of a member: %v; it is for Evaluate to judge", err)
	}
}

func TestRemovalCutsDataLogs(t *testing.T) {
	cut := []oplog.Dep{{Log: bos.data(1), Next: 10}, {Log: bos.data(2), Next: 0}}
	for name, act := range map[string]member.Act{
		"device":  member.RemoveDevice{Device: bos.id(), Cut: cut},
		"person":  member.RemovePerson{Person: bo, Cut: cut},
		"demoted": member.SetRole{Person: bo, Role: member.Viewer, Cut: cut},
	} {
		t.Run(name, func(t *testing.T) {
			m := newTeam(t)
			m.admit(bo, member.Admin, bos)
			before := m.table()
			m.write(adas, act)
			after := m.table()
			for _, c := range []struct {
				what    string
				h       oplog.Header
				allowed bool
			}{
				{"below the cut", m.data(bos.data(1), 0, 5), true},
				{"up to the cut", m.data(bos.data(1), 5, 5), true},
				{"across the cut", m.data(bos.data(1), 9, 2), false},
				{"above the cut", m.data(bos.data(1), 10, 1), false},
				{"log cut at its start", m.data(bos.data(2), 0, 1), false},
				{"log not named", m.data(bos.data(3), 0, 1), false},
				{"somebody else", m.data(adas.data(1), 50, 1), true},
			} {
				if err := before.MayWrite(c.h); err != nil {
					t.Errorf("%s, before: MayWrite = %v", c.what, err)
				}
				if err := after.MayWrite(c.h); (err == nil) != c.allowed {
					t.Errorf("%s: MayWrite = %v, allowed should be %v", c.what, err, c.allowed)
				}
			}
			if err := after.MayAdmin(bos.id().Short()); fault.KindOf(err) != fault.Denied {
				t.Errorf("MayAdmin = %v, want denied", err)
			}
			d, _ := after.Device(bos.id().Short())
			if diff := cmp.Diff(cut, d.Cut); diff != "" {
				t.Errorf("cut of the device (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCutsHoldForEver(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Contributor, bos)
	first, wider := []oplog.Dep{{Log: bos.data(1), Next: 10}}, []oplog.Dep{{Log: bos.data(1), Next: 99}}
	m.write(adas, member.SetRole{Person: bo, Role: member.Viewer, Cut: first})
	demoted := m.table()
	m.write(adas, member.SetRole{Person: bo, Role: member.Contributor})
	table := m.table()
	if err := table.MayWrite(m.data(bos.data(1), 10, 1)); err == nil {
		t.Error("what was written as a viewer counts after promotion")
	}
	if err := table.MayWrite(m.data(bos.data(2), 0, 1)); err != nil {
		t.Errorf("a log begun after promotion: %v", err)
	}
	m.write(adas, member.RemoveDevice{Device: bos.id(), Cut: wider})
	if err := m.table().MayWrite(m.data(bos.data(1), 10, 1)); err == nil {
		t.Error("a later cut brings back what an earlier one ended")
	}
	if d, _ := demoted.Device(bos.id().Short()); d.Removed || len(d.Cut) != 1 {
		t.Errorf("an earlier table changed: %+v", d)
	}
}

func TestRemovedPersonComesBackWithANewKey(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Contributor, bos)
	m.write(adas, member.RemovePerson{Person: bo})
	m.write(adas, member.AddPerson{Person: bo, Role: member.Viewer})
	table := m.table()
	if err := table.Check(adas.id().Short(), member.AddDevice{Person: bo, Key: bos.public()}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("the removed device again: %v, want a conflict", err)
	}
	if err := table.Check(adas.id().Short(), member.AddDevice{Person: bo, Key: cys.public()}); err != nil {
		t.Errorf("a new device: %v", err)
	}
}

func TestCheckSaysWhatIsWrong(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Contributor, bos)
	table := m.table()
	foreign := []oplog.Dep{{Log: cys.data(1), Next: 1}}
	unsorted := []oplog.Dep{{Log: bos.data(2), Next: 1}, {Log: bos.data(1), Next: 1}}
	for name, c := range map[string]struct {
		act  member.Act
		want fault.Kind
	}{
		"nothing":                    {nil, fault.Invalid},
		"founding again":             {foundingGenesis, fault.Conflict},
		"nobody":                     {member.AddPerson{Role: member.Viewer}, fault.Invalid},
		"no role":                    {member.AddPerson{Person: cy}, fault.Invalid},
		"member already":             {member.AddPerson{Person: bo, Role: member.Admin}, fault.Conflict},
		"device of nobody":           {member.AddDevice{Person: cy, Key: cys.public()}, fault.NotFound},
		"device already":             {member.AddDevice{Person: ada, Key: bos.public()}, fault.Conflict},
		"short key":                  {member.AddDevice{Person: bo, Key: cys.public()[:9]}, fault.Invalid},
		"role of nobody":             {member.SetRole{Person: cy, Role: member.Viewer}, fault.NotFound},
		"role 11":                    {member.SetRole{Person: bo, Role: 11}, fault.Invalid},
		"cut of a contributor":       {member.SetRole{Person: bo, Role: member.Approver, Cut: foreign}, fault.Invalid},
		"foreign cut, demoted":       {member.SetRole{Person: bo, Role: member.Viewer, Cut: foreign}, fault.Invalid},
		"last admin demoted":         {member.SetRole{Person: ada, Role: member.Approver}, fault.Conflict},
		"no such device":             {member.RemoveDevice{Device: cys.id()}, fault.NotFound},
		"last admin's device":        {member.RemoveDevice{Device: adas.id()}, fault.Conflict},
		"foreign cut, device":        {member.RemoveDevice{Device: bos.id(), Cut: foreign}, fault.Invalid},
		"unsorted cut":               {member.RemoveDevice{Device: bos.id(), Cut: unsorted}, fault.Invalid},
		"no such person":             {member.RemovePerson{Person: cy}, fault.NotFound},
		"last admin removed":         {member.RemovePerson{Person: ada}, fault.Conflict},
		"foreign cut, person":        {member.RemovePerson{Person: bo, Cut: foreign}, fault.Invalid},
		"cut with one log two times": {member.RemovePerson{Person: bo, Cut: append(unsorted[1:], unsorted[1:]...)}, fault.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			if err := table.Check(adas.id().Short(), c.act); err == nil || fault.KindOf(err) != c.want {
				t.Errorf("Check(%T) = %v, want %v", c.act, err, c.want)
			}
		})
	}
	m.write(adas, member.RemoveDevice{Device: bos.id()})
	for _, a := range []member.Act{member.RemoveDevice{Device: bos.id()}, member.AddDevice{Person: bo, Key: bos.public()}} {
		if err := m.table().Check(adas.id().Short(), a); fault.KindOf(err) != fault.Conflict {
			t.Errorf("%T of a removed device: %v, want a conflict", a, err)
		}
	}
}
