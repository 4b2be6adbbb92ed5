package member_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
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
	cut := []oplog.Dep{{Log: id.Log{Device: 1, Incarnation: 2}, Next: 3}, {Log: id.Log{Device: 1, Incarnation: 3}, Next: 1 << 40}}
	return map[string]member.Act{
		"genesis.golden":       foundingGenesis,
		"addperson.golden":     member.AddPerson{Person: bo, Role: member.Approver},
		"adddevice.golden":     member.AddDevice{Person: bo, Key: bos.public()},
		"setrole.golden":       member.SetRole{Person: bo, Role: member.Viewer, Cut: cut},
		"setrole-plain.golden": member.SetRole{Person: bo, Role: member.Admin},
		"removedevice.golden":  member.RemoveDevice{Device: bos.id(), Cut: cut},
		"removeperson.golden":  member.RemovePerson{Person: bo, Cut: cut},
	}
}

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
	for _, kind := range []oplog.Kind{0, 1, member.KindGenesis - 1, member.KindRemovePerson + 1, 0xff} {
		if _, err := member.Decode(oplog.Op{Kind: kind}); !errors.Is(err, member.ErrKind) {
			t.Errorf("kind %#x: %v, want ErrKind", kind, err)
		}
	}
}
