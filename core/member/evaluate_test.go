package member_test

import (
	"errors"
	"slices"
	"testing"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

func TestFounderIsAdmin(t *testing.T) {
	m := newTeam(t)
	table := m.table()
	if got := table.Role(ada); got != member.Admin {
		t.Errorf("role of the founder = %v, want admin", got)
	}
	d, ok := table.Device(adas.id().Short())
	if !ok || d.ID != adas.id() || !d.Key.Equal(adas.public()) || d.Person != ada || d.Removed {
		t.Errorf("device of the founder = %+v, %v", d, ok)
	}
	if err := table.MayWrite(m.batches[0].Header); err != nil {
		t.Errorf("the founding batch: %v", err)
	}
	if got := table.Workspace(); got != m.ws {
		t.Errorf("Workspace = %v, want %v", got, m.ws)
	}
}

func TestForgedFoundingIsRefused(t *testing.T) {
	m := newTeam(t)
	good := m.batches[0]
	seal := func(d device, draft oplog.Draft) oplog.Batch { return m.at().seal(d, draft) }
	found := member.Found(foundingGenesis, 1, 100)
	for name, b := range map[string]oplog.Batch{
		"another":        seal(bos, member.Found(member.Genesis{Person: bo, Key: bos.public()}, 1, 100)),
		"another's key":  seal(bos, found),
		"another's log":  seal(adas, func() oplog.Draft { d := found; d.Log = bos.log; return d }()),
		"data":           seal(adas, func() oplog.Draft { d := found; d.Control = false; return d }()),
		"with causes":    seal(adas, func() oplog.Draft { d := found; d.Deps = []oplog.Dep{{Log: bos.log, Next: 1}}; return d }()),
		"of a workspace": seal(adas, func() oplog.Draft { d := found; d.Workspace[0] = 1; return d }()),
		"later":          seal(adas, func() oplog.Draft { d := found; d.First, d.Prev = 1, oplog.Hash{1}; return d }()),
		"no genesis": seal(adas, func() oplog.Draft {
			d := found
			d.Ops = []oplog.Op{member.Op(member.AddPerson{Person: bo, Role: member.Admin}, 1)}
			return d
		}()),
		"a broken genesis": seal(adas, func() oplog.Draft { d := found; d.Ops = []oplog.Op{{Kind: member.KindGenesis}}; return d }()),
	} {
		t.Run(name, func(t *testing.T) {
			ws := m.ws
			if name != "another" {
				ws = member.WorkspaceOf(b)
			}
			if _, _, err := member.Evaluate(ws, []oplog.Batch{b}); !errors.Is(err, member.ErrFounding) {
				t.Errorf("Evaluate = %v, want ErrFounding", err)
			}
		})
	}
	resigned := good
	resigned.Raw = append(slices.Clone(good.Raw[:len(good.Raw)-64]), make([]byte, 64)...)
	for _, order := range [][]oplog.Batch{{resigned, good}, {good, resigned}} {
		if _, _, err := member.Evaluate(m.ws, order); err != nil {
			t.Errorf("beside a copy with a broken signature: %v", err)
		}
	}
}

func TestOnlyAdminsChangeTheMembership(t *testing.T) {
	for _, role := range []member.Role{member.Viewer, member.Contributor, member.Approver} {
		t.Run(role.String(), func(t *testing.T) {
			m := newTeam(t)
			m.admit(bo, role, bos)
			m.admit(cy, member.Viewer, cys)
			m.write(adas, member.Invite{Key: invites(7).public(), Role: member.Viewer, Expires: ends}, m.rotate(1, adas, bos, cys))
			acts := []member.Act{
				member.AddPerson{Person: personOf(9), Role: member.Viewer},
				member.AddDevice{Person: cy, Key: deviceOf(9).public()},
				member.Invite{Key: invites(1).public(), Role: member.Viewer, Expires: ends},
				member.Invite{Key: invites(1).public(), Person: cy, Expires: ends},
				member.Withdraw{Invite: invites(7).public()},
				admission(m.ws, invites(7), personOf(9), deviceOf(9)),
				member.SetRole{Person: bo, Role: member.Admin},
				member.SetRole{Person: cy, Role: member.Contributor},
				member.RemoveDevice{Device: adas.id()},
				member.RemovePerson{Person: cy},
				member.Genesis{Person: bo, Key: bos.public()},
				m.rotate(2, bos, cys),
				m.share(1, cys),
			}
			before := m.table()
			m.write(bos, acts...)
			after, rejected := m.evaluate()
			if len(rejected) != len(acts) {
				t.Errorf("%d acts are void, want all %d: %v", len(rejected), len(acts), rejected)
			}
			for _, r := range rejected {
				if fault.KindOf(r.Err) != fault.Denied {
					t.Errorf("act %v: %v, want denied", r.Op, r.Err)
				}
			}
			if diff := members(before, after); diff != "" {
				t.Errorf("the membership changed:\n%s", diff)
			}
		})
	}
}

func TestRejectedActsDoNotTakeOthersAlong(t *testing.T) {
	m := newTeam(t)
	m.write(adas,
		member.AddDevice{Person: bo, Key: bos.public()}, // nobody yet
		member.AddPerson{Person: bo, Role: member.Approver},
		member.AddDevice{Person: bo, Key: bos.public()})
	table, rejected := m.evaluate()
	if len(rejected) != 1 || rejected[0].Op.Seq != 1 || fault.KindOf(rejected[0].Err) != fault.NotFound {
		t.Errorf("rejected = %v, want the first act, not found", rejected)
	}
	if _, ok := table.Device(bos.id().Short()); !ok || table.Role(bo) != member.Approver {
		t.Errorf("bo has no device or the role %v, want approver", table.Role(bo))
	}
}

func TestCausalityBeatsStamps(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	m.now = 0 // bo's clock is far behind
	m.write(bos, member.AddPerson{Person: cy, Role: member.Viewer})
	if got := m.table().Role(cy); got != member.Viewer {
		t.Errorf("cy is %v, want viewer: bo's act follows bo's admission", got)
	}
}

func TestBatchesWaitForTheirPast(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	m.write(bos, member.AddPerson{Person: cy, Role: member.Viewer})
	m.write(bos, member.SetRole{Person: cy, Role: member.Contributor})
	for name, missing := range map[string]int{"admission": 1, "earlier batch": 2} {
		t.Run(name, func(t *testing.T) {
			part := m.at()
			part.batches = slices.Delete(part.batches, missing, missing+1)
			table := part.table()
			waiting := table.Waiting()
			if len(waiting) != len(part.batches)-missing || waiting[0].Log != bos.log {
				t.Errorf("waiting = %+v, want the %d of bo", waiting, len(part.batches)-missing)
			}
			if got := table.Role(cy); got != member.None {
				t.Errorf("cy is %v on hearsay", got)
			}
		})
	}
}

func TestForgedBatchesChangeNothing(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Viewer, bos)
	forger := m.at()
	forged := forger.seal(bos, forger.draft(adas, member.SetRole{Person: bo, Role: member.Admin}))
	misread := m.at().write(adas, member.SetRole{Person: bo, Role: member.Contributor})
	misread.Hash[0] ^= 1

	m.write(adas, member.SetRole{Person: bo, Role: member.Approver})
	m.batches = append(m.batches, forged, misread)
	table, rejected := m.evaluate()
	if got := table.Role(bo); got != member.Approver {
		t.Errorf("bo is %v, want approver", got)
	}
	if len(rejected) != 2 {
		t.Fatalf("rejected = %v, want the forged and the misread batch", rejected)
	}
	for _, r := range rejected {
		want := oplog.ErrSignature
		if r.Batch == misread.Hash {
			want = oplog.ErrMalformed
		}
		if !errors.Is(r.Err, want) {
			t.Errorf("batch %v: %v, want %v", r.Batch, r.Err, want)
		}
	}
}

func TestForeignBatchesAreRejected(t *testing.T) {
	m := newTeam(t)
	data := m.draft(adas, member.AddPerson{Person: bo, Role: member.Admin})
	data.Control = false
	m.seal(adas, data)
	other := m.draft(adas, member.AddPerson{Person: bo, Role: member.Admin})
	other.Workspace[0] ^= 1
	m.seal(adas, other)
	table, rejected := m.evaluate()
	if len(rejected) != 2 || table.Role(bo) != member.None {
		t.Errorf("rejected = %v and bo is %v, want both and none", rejected, table.Role(bo))
	}
	if _, _, err := member.Evaluate(m.ws, append(m.batches, oplog.Batch{})); !errors.Is(err, oplog.ErrMalformed) {
		t.Errorf("a batch without bytes: %v, want ErrMalformed", err)
	}
}

func TestForkEndsALogButNobodyElses(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	m.admit(cy, member.Contributor, cys)
	twin := m.at()
	twin.write(bos, member.SetRole{Person: cy, Role: member.Viewer})
	m.write(bos, member.SetRole{Person: cy, Role: member.Approver})
	m.write(adas, member.AddPerson{Person: personOf(9), Role: member.Viewer}) // names bo's as a cause
	m.batches = append(m.batches, twin.batches[len(twin.batches)-1])

	table, rejected := m.evaluate()
	if len(rejected) != 2 || !errors.Is(rejected[0].Err, oplog.ErrFork) || !errors.Is(rejected[1].Err, oplog.ErrFork) {
		t.Errorf("rejected = %v, want both of bo's as a fork", rejected)
	}
	if got := table.Role(cy); got != member.Contributor {
		t.Errorf("cy is %v, want contributor as before the fork", got)
	}
	if got := table.Role(personOf(9)); got != member.Viewer {
		t.Errorf("ada's later act did not happen: role %v, want viewer", got)
	}
}

func TestVoidAdmissionHoldsUpNobody(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	removal := m.at()
	removal.write(adas, member.RemovePerson{Person: bo}) // not known to bo, cy or dee
	m.now++
	dee, dees := personOf(4), deviceOf(4)
	m.write(bos, member.AddPerson{Person: cy, Role: member.Admin}, member.AddDevice{Person: cy, Key: cys.public()})
	m.write(cys, member.AddPerson{Person: dee, Role: member.Admin}, member.AddDevice{Person: dee, Key: dees.public()})
	m.table()

	m.batches = append(m.batches, removal.batches[len(removal.batches)-1])
	table, rejected := m.evaluate()
	if len(rejected) != 4 {
		t.Errorf("%d acts are void, want all four of bo and cy: %v", len(rejected), rejected)
	}
	if waiting := table.Waiting(); len(waiting) != 0 {
		t.Errorf("waiting = %+v, want none: what is void must not hold up who saw it", waiting)
	}
	if key, ok := table.Key(cys.id().Short()); !ok || !key.Equal(cys.public()) {
		t.Errorf("Key of cy's device = %x, %v, needed to verify what is void", key, ok)
	}
}

func TestNewerActsStopTheEvaluation(t *testing.T) {
	for name, c := range map[string]struct {
		by    device
		kind  oplog.Kind
		level uint16
		stops bool
	}{
		"critical kind of an admin":   {adas, 0xff, 0, true},
		"critical kind of a viewer":   {bos, 0xff, 0, false},
		"level of an admin":           {adas, 0x01, oplog.Level + 1, true},
		"level of a viewer":           {bos, 0x01, oplog.Level + 1, false},
		"uncritical kind of an admin": {adas, 0x01, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			m := newTeam(t)
			m.admit(bo, member.Viewer, bos)
			d := m.draft(c.by, member.AddPerson{Person: cy, Role: member.Viewer})
			d.Ops[0].Kind, d.Level = c.kind, c.level
			m.seal(c.by, d)
			table, _, err := member.Evaluate(m.ws, m.batches)
			if got := errors.Is(err, oplog.ErrNewer); got != c.stops {
				t.Fatalf("Evaluate = %v, want ErrNewer: %v", err, c.stops)
			}
			if c.stops && fault.KindOf(err) != fault.Newer {
				t.Errorf("kind of %v is %v, want newer", err, fault.KindOf(err))
			}
			if got := table.Role(bo); got != member.Viewer {
				t.Errorf("bo is %v, want viewer: earlier acts hold", got)
			}
		})
	}
}

func TestUnreadableActsAreVoid(t *testing.T) {
	m := newTeam(t)
	d := m.draft(adas, member.AddPerson{Person: bo, Role: 11}, member.AddPerson{Person: cy, Role: member.Viewer})
	m.seal(adas, d)
	table, rejected := m.evaluate()
	if len(rejected) != 1 || !errors.Is(rejected[0].Err, member.ErrPayload) || fault.KindOf(rejected[0].Err) != fault.Invalid {
		t.Errorf("rejected = %v, want the role 11, invalid", rejected)
	}
	if table.Role(bo) != member.None || table.Role(cy) != member.Viewer {
		t.Errorf("bo is %v and cy %v, want none and viewer", table.Role(bo), table.Role(cy))
	}
}

func TestDraftNamesWhatMatters(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	m.admit(cy, member.Viewer, cys)
	m.write(cys, member.AddPerson{Person: personOf(9), Role: member.Admin}) // void
	m.write(bos, member.SetRole{Person: cy, Role: member.Contributor})
	table, _ := m.evaluate()

	d := table.Draft(bos.log, nil, 1)
	head := table.Heads()[bos.log]
	if d.First != head.Next || d.Prev != head.Hash || len(d.Deps) != 0 {
		t.Errorf("next of bo = %+v, want after %v without causes: bo's last named all", d, head)
	}
	d = table.Draft(id.Log{Device: adas.log.Device, Incarnation: 5}, nil, 1)
	if want := []oplog.Dep{{Log: bos.log, Next: head.Next}}; d.First != 0 || !slices.Equal(d.Deps, want) {
		t.Errorf("new log starts at %d after %v, want 0 after %v", d.First, d.Deps, want)
	}
}
