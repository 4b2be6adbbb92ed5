package member_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/core/seal"
)

var update = flag.Bool("update", false, "write golden files that are missing; those that exist are kept for ever")

// golden returns the bytes of a golden file, written from fresh if asked to
// and not there.
func golden(t *testing.T, name string, fresh []byte) []byte {
	t.Helper()
	path := filepath.Join("testdata", name)
	old, err := os.ReadFile(path)
	if os.IsNotExist(err) && *update {
		if err := os.WriteFile(path, fresh, 0o644); err != nil {
			t.Fatal(err)
		}
		return fresh
	}
	if err != nil {
		t.Fatalf("%v: golden files are never deleted; write a new one with -update", err)
	}
	return old
}

// goldenActs are one act of every kind, by the name of its golden payload.
func goldenActs() map[string]member.Act {
	envelopes := []member.Envelope{{Device: 1, Sealed: [80]byte{1, 79: 2}}, {Device: 1 << 60, Sealed: [80]byte{3}}}
	one, three := keyOf(1), keyOf(3)
	previous := keyOf(2).Seal(nil, slices.Concat(one[:], three[:]), nil, [seal.NonceSize]byte{1})
	cut := []oplog.Dep{{Log: id.Log{Device: 1, Incarnation: 2}, Next: 3}, {Log: id.Log{Device: 1, Incarnation: 3}, Next: 1 << 40}}
	return map[string]member.Act{
		"genesis.golden":       foundingGenesis,
		"addperson.golden":     member.AddPerson{Person: bo, Role: member.Approver},
		"adddevice.golden":     member.AddDevice{Person: bo, Key: bos.public()},
		"setrole.golden":       member.SetRole{Person: bo, Role: member.Viewer, Cut: cut},
		"setrole-plain.golden": member.SetRole{Person: bo, Role: member.Admin},
		"removedevice.golden":  member.RemoveDevice{Device: bos.id(), Cut: cut},
		"removeperson.golden":  member.RemovePerson{Person: bo, Cut: cut},
		"invite.golden":        member.Invite{Key: invites(1).public(), Role: member.Approver, Expires: ends},
		"invite-device.golden": member.Invite{Key: invites(1).public(), Person: bo, Expires: ends},
		"withdraw.golden":      member.Withdraw{Invite: invites(1).public()},
		"admit.golden":         admission(id.Workspace{1, 2, 3}, invites(1), bo, bos),
		"rotate.golden":        member.Rotate{Key: keyOf(2).ID(), Envelopes: envelopes, Before: []seal.KeyID{one.ID(), three.ID()}, Previous: previous},
		"rotate-first.golden":  member.Rotate{Key: keyOf(1).ID(), Envelopes: envelopes[:1]},
		"share.golden":         member.Share{Key: keyOf(1).ID(), Envelopes: envelopes},
	}
}

// keyOf returns the sealing key that every test knows under n.
func keyOf(n byte) seal.Key { return seal.Key(bytes.Repeat([]byte{n}, seal.KeySize)) }

// ends is when the invites of the tests do.
var ends = time.Date(2026, 3, 9, 9, 0, 0, 5e6, time.UTC)

func TestGoldenActsAreStillRead(t *testing.T) {
	for name, a := range goldenActs() {
		t.Run(name, func(t *testing.T) {
			op := member.Op(a, 5)
			// The first byte of the file is the kind.
			want := golden(t, name, append([]byte{byte(op.Kind)}, op.Payload...))
			if got := append([]byte{byte(op.Kind)}, op.Payload...); !bytes.Equal(got, want) {
				t.Errorf("written as %x, want %x", got, want)
			}
			got, err := member.Decode(oplog.Op{Kind: oplog.Kind(want[0]), Payload: want[1:]})
			if diff := cmp.Diff(a, got); diff != "" || err != nil {
				t.Errorf("Decode: %v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestGoldenWorkspaceIsStillFounded(t *testing.T) {
	raw := golden(t, "founding.golden", newTeam(t).batches[0].Raw)
	b, err := oplog.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	ws := member.WorkspaceOf(b)
	if got, want := ws.String(), "f7aa13b2e06b52e7324dfd239c165e0d03774feb50ba90a4c63d11357ec014ca"; got != want {
		t.Errorf("workspace = %s, want %s", got, want)
	}
	table, rejected, err := member.Evaluate(ws, []oplog.Batch{b})
	if err != nil || len(rejected) > 0 || table.Role(ada) != member.Admin {
		t.Errorf("Evaluate = %v, %v; ada is %v, want admin", rejected, err, table.Role(ada))
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, a := range goldenActs() {
		op := member.Op(a, 5)
		for n := range len(op.Payload) {
			if _, err := member.Decode(oplog.Op{Kind: op.Kind, Payload: op.Payload[:n]}); !errors.Is(err, member.ErrPayload) {
				t.Errorf("%s cut to %d bytes: %v, want ErrPayload", name, n, err)
			}
		}
		if _, err := member.Decode(oplog.Op{Kind: op.Kind, Payload: append(op.Payload, 0)}); !errors.Is(err, member.ErrPayload) {
			t.Errorf("%s and a byte: %v, want ErrPayload", name, err)
		}
	}
	if _, err := member.Decode(member.Op(member.AddPerson{Role: member.Viewer}, 1)); !errors.Is(err, member.ErrPayload) {
		t.Errorf("nobody: %v, want ErrPayload", err)
	}
	for name, a := range map[string]member.Act{
		"an invite without a role":       member.Invite{Key: bos.public(), Expires: ends},
		"an invite with role and person": member.Invite{Key: bos.public(), Role: member.Viewer, Person: bo, Expires: ends},
		"an invite without an end":       member.Invite{Key: bos.public(), Role: member.Viewer, Expires: time.UnixMilli(0)},
		"an invite into the year 10000":  member.Invite{Key: bos.public(), Role: member.Viewer, Expires: ends.AddDate(8000, 0, 0)},
		"no key":                         member.Share{Envelopes: make([]member.Envelope, 1)},
		"no envelopes":                   member.Share{Key: keyOf(1).ID()},
		"one device two times":           member.Share{Key: keyOf(1).ID(), Envelopes: make([]member.Envelope, 2)},
		"too many envelopes":             member.Share{Key: keyOf(1).ID(), Envelopes: envelopesUpTo(member.MaxEnvelopes + 1)},
		"too many earlier keys": member.Rotate{
			Key: keyOf(1).ID(), Envelopes: envelopesUpTo(1),
			Before:   keyNames(member.MaxPrevious + 1),
			Previous: make([]byte, seal.Overhead+(member.MaxPrevious+1)*seal.KeySize),
		},
	} {
		if _, err := member.Decode(member.Op(a, 1)); !errors.Is(err, member.ErrPayload) {
			t.Errorf("%s: %v, want ErrPayload", name, err)
		}
	}
	most := member.Op(member.Rotate{
		Key: keyOf(1).ID(), Envelopes: envelopesUpTo(member.MaxEnvelopes),
		Before:   keyNames(member.MaxPrevious),
		Previous: make([]byte, seal.Overhead+member.MaxPrevious*seal.KeySize),
	}, 1)
	if _, err := member.Decode(most); err != nil || len(most.Payload) > oplog.MaxPayload {
		t.Errorf("the largest act, of %d bytes: %v", len(most.Payload), err)
	}
	for _, kind := range []oplog.Kind{0, 1, member.KindGenesis - 1, member.KindShare + 1, 0xff} {
		if _, err := member.Decode(oplog.Op{Kind: kind}); !errors.Is(err, member.ErrKind) {
			t.Errorf("kind %#x: %v, want ErrKind", kind, err)
		}
	}
}

// keyNames returns the names of n keys.
func keyNames(n int) []seal.KeyID {
	out := make([]seal.KeyID, n)
	for i := range out {
		out[i] = keyOf(byte(i)).ID()
	}
	return out
}

// envelopesUpTo returns n envelopes that nobody can open.
func envelopesUpTo(n int) []member.Envelope {
	out := make([]member.Envelope, n)
	for i := range out {
		out[i].Device = id.ShortDevice(i)
	}
	return out
}
