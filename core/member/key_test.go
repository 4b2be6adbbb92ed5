package member_test

import (
	"errors"
	"slices"
	"testing"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/seal"
)

// hand returns the n-th key in envelopes to devices.
func (m *team) hand(n byte, to []device) []member.Envelope {
	m.tb.Helper()
	var out []member.Envelope
	for _, d := range to {
		sealed, err := seal.To(d.public(), keyOf(n), member.EnvelopeText(m.ws, keyOf(n).ID()))
		if err != nil {
			m.tb.Fatal(err)
		}
		out = append(out, member.Envelope{Device: d.id().Short(), Sealed: [seal.EnvelopeSize]byte(sealed)})
	}
	slices.SortFunc(out, func(a, b member.Envelope) int { return id.Log{Device: a.Device}.Compare(id.Log{Device: b.Device}) })
	return out
}

// rotate makes the n-th key current. It seals the one before it.
func (m *team) rotate(n byte, to ...device) member.Rotate {
	m.tb.Helper()
	a := member.Rotate{Key: keyOf(n).ID(), Envelopes: m.hand(n, to)}
	if before := keyOf(n - 1); n > 1 {
		a.Before = []seal.KeyID{before.ID()}
		a.Previous = keyOf(n).Seal(nil, before[:], member.PreviousText(m.ws, a.Key), [seal.NonceSize]byte{n})
	}
	return a
}

func (m *team) share(n byte, to ...device) member.Share {
	return member.Share{Key: keyOf(n).ID(), Envelopes: m.hand(n, to)}
}

// opens returns the keys that d can open in table, and those that they lead to.
func opens(t interface{ Fatalf(string, ...any) }, table *member.Table, d device) map[seal.KeyID]seal.Key {
	keys := map[seal.KeyID]seal.Key{}
	for _, k := range table.SealKeys() {
		for _, e := range k.Envelopes {
			if e.Device != d.id().Short() {
				continue
			}
			key, err := seal.From(d.key, e.Sealed[:], member.EnvelopeText(table.Workspace(), k.ID))
			if errors.Is(err, seal.ErrSealed) {
				continue
			}
			if err != nil || key.ID() != k.ID {
				t.Fatalf("the envelope of %v holds %v, %v", k.ID, key.ID(), err)
			}
			keys[k.ID] = key
		}
	}
	all := table.SealKeys()
	slices.Reverse(all) // a key seals earlier ones
	for _, k := range all {
		key, ok := keys[k.ID]
		if !ok || k.Previous == nil {
			continue
		}
		plain, err := key.Open(nil, k.Previous, member.PreviousText(table.Workspace(), k.ID))
		if err != nil {
			t.Fatalf("the keys before %v: %v", k.ID, err)
		}
		for before := range slices.Chunk(plain, seal.KeySize) {
			keys[seal.Key(before).ID()] = seal.Key(before)
		}
	}
	return keys
}

func TestRemovalLocksOutOfWhatFollows(t *testing.T) {
	m := newTeam(t)
	if table := m.table(); !table.KeyDue() || !table.SealKey().IsZero() || len(table.Keyless()) != 0 {
		t.Errorf("before the first key: due %v, current %v, without it %v", table.KeyDue(), table.SealKey(), table.Keyless())
	}
	m.write(adas, m.rotate(1, adas))
	m.admit(bo, member.Contributor, bos)
	if without := m.table().Keyless(); len(without) != 1 || without[0].ID != bos.id() {
		t.Errorf("without the key: %+v, want bo's device", without)
	}
	m.write(adas, m.share(1, bos))
	m.write(adas, member.AddPerson{Person: cy, Role: member.Viewer}, member.AddDevice{Person: cy, Key: cys.public()}, m.share(1, cys))
	m.write(adas, member.RemovePerson{Person: bo}, m.rotate(2, adas, cys))
	m.admit(personOf(4), member.Viewer, deviceOf(4))
	m.write(adas, m.share(2, deviceOf(4)))

	table := m.table()
	if table.SealKey() != keyOf(2).ID() || table.KeyDue() || len(table.Keyless()) != 0 {
		t.Errorf("current %v, due %v, without it %v; want key 2 with all members", table.SealKey(), table.KeyDue(), table.Keyless())
	}
	for n, want := range map[byte]int{1: 2, 2: 1, 3: 2, 4: 2} {
		got := opens(t, table, deviceOf(n))
		if _, current := got[table.SealKey()]; len(got) != want || current != (n != 2) {
			t.Errorf("device %d opens %d keys, the current one: %v; want %d and %v", n, len(got), current, want, n != 2)
		}
	}
}

func TestConcurrentRemovalsLeaveANewKeyDue(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	m.admit(cy, member.Viewer, cys)
	m.admit(personOf(4), member.Viewer, deviceOf(4))
	m.write(adas, m.rotate(1, adas, bos, cys, deviceOf(4)))
	past := m.at()
	m.meanwhile(past, 200, adas, member.RemovePerson{Person: cy}, m.rotate(2, adas, bos, deviceOf(4)))
	m.meanwhile(past, 300, bos, member.RemovePerson{Person: personOf(4)}, m.rotate(3, adas, bos, cys))
	table, rejected := m.evaluate()
	if len(rejected) != 1 || table.SealKey() != keyOf(2).ID() || !table.KeyDue() {
		t.Errorf("rejected %v, current %v, due %v; want bo's key void and ada's to be replaced", rejected, table.SealKey(), table.KeyDue())
	}
	if n := len(table.SealKeys()); n != 3 || !table.SealKeys()[2].Void {
		t.Errorf("%d keys, want all three to open with, bo's void", n)
	}
	m.write(bos, m.rotate(4, adas, bos))
	table, _ = m.evaluate()
	if table.SealKey() != keyOf(4).ID() || table.KeyDue() {
		t.Errorf("current %v, due %v; want key 4 and none", table.SealKey(), table.KeyDue())
	}
}

func TestTheBetterOfTwoKeysStays(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	m.admit(cy, member.Viewer, cys)
	past := m.at()
	m.meanwhile(past, 200, adas, member.RemovePerson{Person: cy}, m.rotate(2, adas, bos))
	m.meanwhile(past, 300, bos, member.Rotate{Key: keyOf(3).ID(), Envelopes: m.hand(3, []device{adas, bos, cys})})
	table, _ := m.evaluate()
	if table.SealKey() != keyOf(2).ID() || table.KeyDue() {
		t.Errorf("current %v, due %v; want ada's, which cy does not have", table.SealKey(), table.KeyDue())
	}
}

func TestKeysAreRefused(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Contributor, bos)
	m.admit(cy, member.Viewer, cys)
	m.write(adas, m.rotate(1, adas, bos, cys))
	m.write(adas, m.rotate(2, adas, bos))
	table := m.table()
	odd := m.rotate(3, adas)
	odd.Previous = odd.Previous[1:]
	const fine = fault.Kind(0xff)
	for name, c := range map[string]struct {
		by   device
		act  member.Act
		want fault.Kind
	}{
		"a new key by a contributor":   {bos, m.rotate(3, adas), fault.Denied},
		"a key again":                  {adas, m.rotate(1, adas), fault.Conflict},
		"to a stranger":                {adas, m.rotate(3, adas, deviceOf(9)), fault.Denied},
		"to nobody":                    {adas, m.rotate(3), fault.Invalid},
		"in odd pieces":                {adas, odd, fault.Invalid},
		"shared with a stranger":       {adas, m.share(1, deviceOf(9)), fault.Denied},
		"shared by a contributor":      {bos, m.share(2, cys), fault.Denied},
		"shared with one's own":        {bos, m.share(2, bos), fine},
		"shared with one's and others": {bos, m.share(2, bos, cys), fault.Denied},
		"a void key's name":            {adas, member.Rotate{Envelopes: m.hand(3, []device{adas})}, fault.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			err := table.Check(c.by.id().Short(), c.act)
			if (err == nil) != (c.want == fine) || err != nil && fault.KindOf(err) != c.want {
				t.Errorf("Check(%T) = %v, want %v", c.act, err, c.want)
			}
		})
	}
}

// TestAKeyIsKnownToWhoeverHasALaterOne has a key that is void for bo, who seals
// it under one for cy; then what made it void turns out to be void itself.
func TestAKeyIsKnownToWhoeverHasALaterOne(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Admin, bos)
	m.admit(personOf(4), member.Admin, deviceOf(4))
	m.admit(cy, member.Viewer, cys)
	m.write(adas, m.rotate(1, adas, bos, cys, deviceOf(4)))
	past := m.at()
	m.meanwhile(past, 300, adas, member.RemovePerson{Person: cy}, m.rotate(2, adas, bos, deviceOf(4)))
	m.meanwhile(past, 200, bos, m.rotate(3, adas, bos, cys, deviceOf(4))) // seals key 2
	table, _ := m.evaluate()
	if table.SealKey() != keyOf(2).ID() || !table.KeyDue() || !table.Holds(cys.id().Short()) {
		t.Errorf("current %v, due %v, held by cy %v; want key 2, due as cy has key 3", table.SealKey(), table.KeyDue(), table.Holds(cys.id().Short()))
	}
}

// TestAVoidKeyCanBeMadeGood has a contributor name a key before the
// administrator who made it does.
func TestAVoidKeyCanBeMadeGood(t *testing.T) {
	m := newTeam(t)
	m.admit(bo, member.Contributor, bos)
	m.write(adas, m.rotate(1, adas, bos))
	m.write(bos, member.Rotate{Key: keyOf(2).ID(), Envelopes: m.hand(7, []device{bos})})
	m.write(adas, m.rotate(2, adas, bos))
	table, rejected := m.evaluate()
	if len(rejected) != 1 || table.SealKey() != keyOf(2).ID() {
		t.Errorf("rejected %v, current %v; want bo's alone and key 2", rejected, table.SealKey())
	}
	last := table.SealKeys()[1]
	if last.Void || last.Previous == nil || len(last.Envelopes) != 3 {
		t.Errorf("key 2 = %+v, want ada's", last)
	}
}
