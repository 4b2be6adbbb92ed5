package member_test

import (
	stdcmp "cmp"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/core/seal"
)

// members returns how two tables differ in what they let people do.
func members(a, b *member.Table) string {
	return cmp.Diff(a.Persons(), b.Persons()) + cmp.Diff(a.Devices(), b.Devices()) +
		cmp.Diff(a.Invites(), b.Invites())
}

// seals returns how two tables differ in who can open what.
func seals(a, b *member.Table) string {
	return cmp.Diff(a.SealKeys(), b.SealKeys()) + cmp.Diff(a.SealKey(), b.SealKey()) +
		cmp.Diff(a.KeyDue(), b.KeyDue()) + cmp.Diff(a.Keyless(), b.Keyless())
}

// acts draws what somebody could do in a workspace. Most of it is void at most
// places.
func acts(ws id.Workspace) *rapid.Generator[member.Act] {
	return rapid.Custom(func(t *rapid.T) member.Act {
		if rapid.Bool().Draw(t, "invite or key") {
			return letIn(ws).Draw(t, "letting in")
		}
		n := rapid.ByteRange(1, 5).Draw(t, "who")
		person, d := personOf(n), deviceOf(n)
		role := rapid.SampledFrom([]member.Role{member.Viewer, member.Contributor, member.Admin, member.Admin}).Draw(t, "role")
		cut := []oplog.Dep{{Log: d.data(1), Next: rapid.Uint64Range(0, 9).Draw(t, "cut")}}
		switch rapid.IntRange(0, 9).Draw(t, "act") {
		case 0, 1, 2:
			return member.AddPerson{Person: person, Role: role}
		case 3, 4, 5:
			return member.AddDevice{Person: person, Key: d.public()}
		case 6:
			if role >= member.Contributor {
				cut = nil
			}
			return member.SetRole{Person: person, Role: role, Cut: cut}
		case 7:
			return member.RemoveDevice{Device: d.id(), Cut: cut}
		case 8:
			return member.RemovePerson{Person: person, Cut: cut}
		default:
			return member.Genesis{Person: person, Key: d.public()}
		}
	})
}

// letIn draws acts about invites and keys, of which there are few, so that they
// meet.
func letIn(ws id.Workspace) *rapid.Generator[member.Act] {
	return rapid.Custom(func(t *rapid.T) member.Act {
		n := rapid.ByteRange(1, 5).Draw(t, "who")
		invite := invites(rapid.ByteRange(1, 3).Draw(t, "invite"))
		key := keyOf(rapid.ByteRange(1, 3).Draw(t, "key")).ID()
		var to []member.Envelope
		for _, d := range rapid.SliceOfNDistinct(rapid.ByteRange(1, 5), 1, 3, rapid.ID[byte]).Draw(t, "to") {
			to = append(to, member.Envelope{Device: deviceOf(d).id().Short()})
		}
		slices.SortFunc(to, func(a, b member.Envelope) int { return stdcmp.Compare(a.Device, b.Device) })
		switch rapid.IntRange(0, 6).Draw(t, "act") {
		case 0:
			return member.Invite{Key: invite.public(), Role: rapid.SampledFrom([]member.Role{member.Viewer, member.Admin}).Draw(t, "role"), Expires: ends}
		case 1:
			return member.Invite{Key: invite.public(), Person: personOf(n), Expires: ends}
		case 2:
			return member.Withdraw{Invite: invite.public()}
		case 3, 4:
			return admission(ws, invite, personOf(n), deviceOf(rapid.ByteRange(1, 9).Draw(t, "device")))
		case 5:
			a := member.Rotate{Key: key, Envelopes: to}
			if rapid.Bool().Draw(t, "seals another") {
				a.Before, a.Previous = []seal.KeyID{keyOf(rapid.ByteRange(1, 3).Draw(t, "before")).ID()}, make([]byte, seal.Overhead+seal.KeySize)
			}
			return a
		default:
			return member.Share{Key: key, Envelopes: to}
		}
	})
}

// histories draws what a team could have written: three administrators on
// replicas that learn from each other now and then, and some acts of others.
// Some batches fork their log, some are signed by somebody else.
func histories(tb testing.TB) *rapid.Generator[*team] {
	return rapid.Custom(func(t *rapid.T) *team {
		all := newTeam(tb)
		all.admit(bo, member.Admin, bos)
		all.admit(cy, member.Admin, cys)
		replicas := []*team{all.at(), all.at(), all.at()}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			n := rapid.IntRange(0, 2).Draw(t, "replica")
			r, d := replicas[n], deviceOf(byte(1+n))
			if rapid.IntRange(0, 2).Draw(t, "learn") == 0 {
				from := rapid.SampledFrom(replicas).Draw(t, "from")
				r.batches = append(slices.Clip(r.batches), from.batches...)
			}
			if rapid.IntRange(0, 7).Draw(t, "another") == 0 {
				d = deviceOf(rapid.ByteRange(1, 5).Draw(t, "device"))
			}
			r.now = clock.Stamp(rapid.Uint64Range(95, 120).Draw(t, "now")) // clocks are no guide
			draft := r.draft(d, rapid.SliceOfN(acts(all.ws), 1, 3).Draw(t, "acts")...)
			if rapid.IntRange(0, 11).Draw(t, "forged") == 0 {
				d = deviceOf(rapid.ByteRange(1, 6).Draw(t, "forger"))
			}
			all.batches = append(all.batches, r.seal(d, draft))
		}
		return all
	})
}

func TestEvaluationDoesNotDependOnArrival(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := histories(t).Draw(rt, "history")
		table, rejected := m.evaluate()
		order := rapid.Permutation(m.batches).Draw(rt, "order")
		order = append(order, rapid.SampledFrom(order).Draw(rt, "again"))
		table2, rejected2, err := member.Evaluate(m.ws, order)
		if err != nil {
			rt.Fatal(err)
		}
		if diff := members(table, table2) + seals(table, table2); diff != "" {
			rt.Fatalf("membership depends on order:\n%s", diff)
		}
		if diff := cmp.Diff(table.Heads(), table2.Heads()) + cmp.Diff(table.Waiting(), table2.Waiting()); diff != "" {
			rt.Fatalf("what is judged depends on order:\n%s", diff)
		}
		errText := cmp.Comparer(func(a, b error) bool { return a.Error() == b.Error() })
		if diff := cmp.Diff(rejected, rejected2, errText); diff != "" {
			rt.Fatalf("what is void depends on order:\n%s", diff)
		}
		if diff := cmp.Diff(table.Draft(id.Log{Device: 1}, nil, 1), table2.Draft(id.Log{Device: 1}, nil, 1)); diff != "" {
			rt.Fatalf("causes depend on order:\n%s", diff)
		}
	})
}

func TestAnInviteLetsInAtMostOneEverywhere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := histories(t).Draw(rt, "history")
		table, rejected := m.evaluate()
		void, lost := map[member.Rejected]bool{}, map[oplog.Hash]bool{}
		for _, r := range rejected {
			void[member.Rejected{Op: r.Op, Batch: r.Batch}] = true
			if errors.Is(r.Err, oplog.ErrFork) || errors.Is(r.Err, oplog.ErrSignature) {
				lost[r.Batch] = true
			}
		}
		used := map[string]id.Device{}
		for _, b := range m.batches {
			if lost[b.Hash] || b.End() > table.Heads()[b.Log].Next {
				continue // not judged
			}
			for _, op := range b.Ops {
				a, err := member.Decode(op)
				admit, ok := a.(member.Admit)
				if err != nil || !ok || void[member.Rejected{Op: op.ID, Batch: b.Hash}] {
					continue
				}
				if before, twice := used[string(admit.Invite)]; twice && before != id.DeviceOf(admit.Device) {
					rt.Fatalf("the invite %x let two devices in", admit.Invite)
				}
				used[string(admit.Invite)] = id.DeviceOf(admit.Device)
			}
		}
		for _, i := range table.Invites() {
			if device, ok := used[string(i.Key)]; ok != (i.Status == member.InviteUsed) || device != i.Device {
				rt.Fatalf("the invite says %v, %v; it was used: %v, %v", i.Status, i.Device, ok, device)
			}
		}
	})
}

func TestEveryTableHasAnAdminAndKeepsItsWord(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := histories(t).Draw(rt, "history")
		table, _ := m.evaluate()
		admins := 0
		for _, d := range table.Devices() {
			if table.MayAdmin(d.ID.Short()) == nil {
				admins++
			}
			if table.Role(d.Person) == member.None && !d.Removed {
				rt.Fatalf("device %v writes for nobody", d.ID)
			}
		}
		if admins == 0 {
			rt.Fatalf("no administrator is left: %+v", table.Devices())
		}
		// What Check allows stands, what it refuses is void.
		by, a := deviceOf(rapid.ByteRange(1, 5).Draw(rt, "by")), acts(m.ws).Draw(rt, "act")
		want := table.Check(by.id().Short(), a)
		m.now = 1 << 30
		next := m.seal(by, table.Draft(by.log, []member.Act{a}, m.now))
		after, rejected := m.evaluate()
		if after.Heads()[by.log] != next.Head(next.Hash) {
			return // by is unknown, or its log has forked
		}
		var got error
		for _, r := range rejected {
			if r.Batch == next.Hash {
				got = r.Err
			}
		}
		if (got == nil) != (want == nil) {
			rt.Fatalf("Check(%T) = %v, but Evaluate = %v", a, want, got)
		}
	})
}

func TestNothingWaitsForWhatHasArrived(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		// Everything that a replica knew when it wrote is in the history, so
		// only devices that nobody named can be held up: no fork and no void
		// admission keeps what others wrote from being judged.
		table, _ := histories(t).Draw(rt, "history").evaluate()
		for _, h := range table.Waiting() {
			if key, known := table.Key(h.Log.Device); known {
				rt.Fatalf("batch %v/%d of key %x waits for %v", h.Log, h.First, key, h.Deps)
			}
		}
	})
}
