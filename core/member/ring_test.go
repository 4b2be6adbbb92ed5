package member_test

import (
	"maps"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/seal"
)

// keepers is a team that hands sealing keys out as people's devices do, apart
// and together.
type keepers struct {
	*team
	made byte // keys
	came byte // devices
}

func nobody(member.Device) bool { return false }

// try lets d do acts on r, if none of them would be void.
func (k *keepers) try(r *team, d device, acts []member.Act, err error) {
	k.tb.Helper()
	if err != nil {
		k.tb.Fatal(err)
	}
	if len(acts) == 0 {
		return
	}
	tried := r.at()
	b := tried.write(d, acts...)
	if _, rejected := tried.evaluate(); len(rejected) > 0 {
		for _, v := range rejected {
			if v.Batch == b.Hash {
				return
			}
		}
	}
	r.batches, r.now = tried.batches, tried.now
	k.batches = append(k.batches, b)
}

func (k *keepers) fresh() (seal.Key, [seal.NonceSize]byte) {
	k.made++
	return keyOf(k.made), [seal.NonceSize]byte{k.made}
}

// tend makes up for what removals and admissions that did not know of each
// other have left.
func (k *keepers) tend(r *team, d device) {
	table, _ := r.evaluate()
	if table.KeyDue() {
		key, nonce := k.fresh()
		acts, err := table.Ring(d.key).Rotate(key, nonce, nobody)
		k.try(r, d, acts, err)
	}
	table, _ = r.evaluate()
	acts, err := table.Ring(d.key).Owed(d.id().Short())
	k.try(r, d, acts, err)
}

// step lets d do something on r.
func (k *keepers) step(t *rapid.T, r *team, d device) {
	table, _ := r.evaluate()
	ring := table.Ring(d.key)
	switch rapid.IntRange(0, 4).Draw(t, "step") {
	case 0, 1:
		k.came++
		person, newcomer := personOf(k.came), deviceOf(k.came)
		acts, err := ring.HandTo(newcomer.public())
		role := rapid.SampledFrom([]member.Role{member.Viewer, member.Admin}).Draw(t, "role")
		k.try(r, d, append([]member.Act{
			member.AddPerson{Person: person, Role: role}, member.AddDevice{Person: person, Key: newcomer.public()},
		}, acts...), err)
	case 2, 3:
		gone := rapid.ByteRange(1, k.came).Draw(t, "gone")
		key, nonce := k.fresh()
		acts, err := ring.Rotate(key, nonce, func(x member.Device) bool { return x.Person == personOf(gone) })
		k.try(r, d, append([]member.Act{member.RemovePerson{Person: personOf(gone)}}, acts...), err)
	default:
		k.tend(r, d)
	}
}

// check compares who can open the current key with who is a member, and
// returns the table.
func (k *keepers) check(t *rapid.T) *member.Table {
	table, _ := k.evaluate()
	for n := byte(1); n <= k.came; n++ {
		d := deviceOf(n)
		known, ok := table.Device(d.id().Short())
		_, opened := opens(t, table, d)[table.SealKey()]
		if in := ok && !known.Removed; opened && !in && !table.KeyDue() {
			t.Fatalf("device %d is no member's and opens the current key, and no new one is due", n)
		}
	}
	return table
}

func TestMembersAndNobodyElseOpenTheCurrentKey(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		k := &keepers{team: newTeam(t), came: 3}
		key, nonce := k.fresh()
		table, _ := k.evaluate()
		first, err := table.Ring(adas.key).Rotate(key, nonce, nobody)
		k.try(k.at(), adas, first, err)
		k.admit(bo, member.Admin, bos)
		k.admit(cy, member.Admin, cys)
		k.tend(k.at(), adas)

		replicas := []*team{k.at(), k.at(), k.at()}
		for range rapid.IntRange(1, 10).Draw(rt, "steps") {
			n := rapid.IntRange(0, 2).Draw(rt, "replica")
			r := replicas[n]
			if rapid.IntRange(0, 3).Draw(rt, "learn") == 0 {
				r.batches = k.at().batches
			}
			r.now++
			k.step(rt, r, deviceOf(byte(1+n)))
		}
		k.check(rt)

		// Each administrator may have keys that no other has.
		all, known := k.at(), map[seal.KeyID]seal.Key{}
		for n := byte(1); n <= k.came; n++ {
			if table, _ := all.evaluate(); table.MayAdmin(deviceOf(n).id().Short()) == nil {
				k.tend(all, deviceOf(n))
				maps.Copy(known, opens(rt, table, deviceOf(n)))
			}
		}
		table = k.check(rt)
		if len(known) == 0 || table.KeyDue() || len(table.Keyless()) > 0 {
			rt.Fatalf("a key is due: %v, and not handed to %v, after all administrators saw to it", table.KeyDue(), table.Keyless())
		}
		for n := byte(1); n <= k.came; n++ {
			d, came := table.Device(deviceOf(n).id().Short())
			if !came || d.Removed {
				continue
			}
			mine := opens(rt, table, deviceOf(n))
			ring := table.Ring(deviceOf(n).key)
			if current, ok := ring.Current(); !ok || current != mine[table.SealKey()] {
				rt.Fatalf("device %d can't open the current key", n)
			}
			for name, key := range known {
				if mine[name] != key {
					rt.Fatalf("device %d can't open the key %v, which an administrator can", n, name)
				}
			}
			if len(ring.Keys()) != len(mine) {
				rt.Fatalf("Ring of device %d has %d keys, it opens %d", n, len(ring.Keys()), len(mine))
			}
		}
	})
}

// TestRingPassesOverWhatIsNot has somebody hand out garbage and another key
// under a key's name.
func TestRingPassesOverWhatIsNot(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Contributor, bos)
	other, err := seal.To(bos.public(), keyOf(9), member.EnvelopeText(m.ws, keyOf(1).ID()))
	if err != nil {
		t.Fatal(err)
	}
	to := m.hand(1, []device{adas, bos})
	for i := range to {
		if to[i].Device == bos.id().Short() {
			to[i].Sealed = [seal.EnvelopeSize]byte(other)
		}
	}
	m.write(adas, member.Rotate{Key: keyOf(1).ID(), Before: keyNames(1), Previous: make([]byte, seal.Overhead+seal.KeySize), Envelopes: to})
	if _, ok := m.table().Ring(bos.key).Current(); ok {
		t.Error("bo's device took another key for the current one")
	}
	if key, ok := m.table().Ring(adas.key).Current(); !ok || key != keyOf(1) {
		t.Errorf("ada's device has %v, %v, want the key in spite of what is said to be before it", key.ID(), ok)
	}
	m.write(adas, m.share(1, bos))
	if key, ok := m.table().Ring(bos.key).Current(); !ok || key != keyOf(1) {
		t.Errorf("bo's device has %v, %v, want the key once it is shared", key.ID(), ok)
	}
}

// TestAKeyThatIsNoneStopsNobody adds a device the key of which is no point.
func TestAKeyThatIsNoneStopsNobody(t *testing.T) {
	m := newTeam(t)
	noPoint := append([]byte{2}, make([]byte, 31)...)
	m.write(adas, member.AddDevice{Person: ada, Key: noPoint})
	acts, err := m.table().Ring(adas.key).Rotate(keyOf(1), [seal.NonceSize]byte{}, nobody)
	if err != nil || len(acts) != 1 {
		t.Fatalf("Rotate = %v, %v, want one act", acts, err)
	}
	m.write(adas, acts...)
	table := m.table()
	if _, ok := table.Ring(adas.key).Current(); !ok || len(table.Keyless()) != 1 || table.Keyless()[0].ID != id.DeviceOf(noPoint) {
		t.Errorf("without the key: %+v, want the device that can't have it", table.Keyless())
	}
	if owed, err := table.Ring(adas.key).Owed(adas.id().Short()); len(owed) > 0 || err != nil {
		t.Errorf("Owed = %v, %v, want none", owed, err)
	}
}
