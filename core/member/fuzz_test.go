package member_test

import (
	"bytes"
	"errors"
	"testing"

	"cairn/core/member"
	"cairn/core/oplog"
)

func FuzzDecode(f *testing.F) {
	for _, a := range goldenActs() {
		op := member.Op(a, 5)
		f.Add(byte(op.Kind), op.Payload)
	}
	f.Fuzz(func(t *testing.T, kind byte, payload []byte) {
		op := oplog.Op{Kind: oplog.Kind(kind), Payload: payload}
		a, err := member.Decode(op)
		if err != nil {
			if !errors.Is(err, member.ErrPayload) && !errors.Is(err, member.ErrKind) {
				t.Fatalf("Decode: %v, want a sentinel", err)
			}
			return
		}
		if again := member.Op(a, 0); again.Kind != op.Kind || !bytes.Equal(again.Payload, payload) {
			t.Fatalf("%+v is written as %x, was read from %x", a, again.Payload, payload)
		}
	})
}

// FuzzEvaluate lets an administrator, the worst author there is, write
// anything.
func FuzzEvaluate(f *testing.F) {
	for _, a := range goldenActs() {
		op := member.Op(a, 5)
		f.Add(byte(op.Kind), op.Payload)
	}
	f.Fuzz(func(t *testing.T, kind byte, payload []byte) {
		if len(payload) > oplog.MaxPayload {
			return
		}
		m := newTeam(t)
		m.admit(bo, member.Contributor, bos)
		d := m.draft(adas, foundingGenesis)
		d.Ops[0].Kind, d.Ops[0].Payload = oplog.Kind(kind), payload
		m.seal(adas, d)
		table, _, err := member.Evaluate(m.ws, m.batches)
		if err != nil && !errors.Is(err, oplog.ErrNewer) {
			t.Fatalf("Evaluate: %v", err)
		}
		if err := table.MayAdmin(adas.id().Short()); err != nil {
			t.Fatalf("the only administrator is gone: %v", err)
		}
	})
}
