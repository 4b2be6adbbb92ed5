package member_test

import (
	"encoding/binary"
	"testing"

	"cairn/core/id"
	"cairn/core/member"
)

// BenchmarkEvaluate measures a workspace of 500 persons with one device each,
// admitted by two administrators in batches of two acts. Nearly all of it is
// signatures.
func BenchmarkEvaluate(b *testing.B) {
	m := grown(b)
	if got, want := len(m.table().Devices()), 501; got != want {
		b.Fatalf("%d devices, want %d", got, want)
	}
	measure(b, m)
}

// BenchmarkEvaluateRemovals measures the same workspace once 200 of the persons
// are removed, each knowing of all others.
func BenchmarkEvaluateRemovals(b *testing.B) {
	m := grown(b)
	table := m.table()
	heads, gone := table.Heads(), 0
	for _, p := range table.Persons() {
		if p.Role != member.Contributor || gone == 200 {
			continue
		}
		gone++
		m.now++
		draft := table.Draft(adas.log, []member.Act{member.RemovePerson{Person: p.ID}}, m.now)
		draft.First, draft.Prev = heads[adas.log].Next, heads[adas.log].Hash
		sealed := m.seal(adas, draft)
		heads[adas.log] = sealed.Head(sealed.Hash)
	}
	measure(b, m)
}

func measure(b *testing.B, m *team) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := member.Evaluate(m.ws, m.batches); err != nil {
			b.Fatal(err)
		}
	}
}

func grown(b *testing.B) *team {
	b.Helper()
	m := newTeam(b)
	m.admit(bo, member.Admin, bos)
	table := m.table()
	heads := table.Heads()
	for i := range 499 {
		d, n := adas, uint32(i)
		if i%2 == 1 {
			d = bos
		}
		person := id.Person{0: 2}
		binary.BigEndian.PutUint32(person[8:], n)
		key := append(binary.BigEndian.AppendUint32(nil, n), bos.public()[4:]...)
		m.now++
		draft := table.Draft(d.log, []member.Act{
			member.AddPerson{Person: person, Role: member.Contributor},
			member.AddDevice{Person: person, Key: key},
		}, m.now)
		draft.First, draft.Prev = heads[d.log].Next, heads[d.log].Hash
		sealed := m.seal(d, draft)
		heads[d.log] = sealed.Head(sealed.Hash)
	}
	return m
}
