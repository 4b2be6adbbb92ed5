package relay_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cairn/core/clock"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/relay"
	"cairn/sync/replica/replicatest"
)

var update = flag.Bool("update", false, "write golden files that are missing; those that exist are kept for ever")

// fixed is a workspace and two devices that no format of others has a part in.
var fixed = struct {
	ws       id.Workspace
	ada, ben actor
}{id.Workspace(replicatest.Hashed("workspace", 0)), replicatest.ActorOf(0), replicatest.ActorOf(1)}

// raws returns two batches that are the same each time, as they are too short to
// be compressed.
func raws() (out [][]byte) {
	var head oplog.Head
	for n := range 2 {
		b := must(oplog.Seal(oplog.Draft{
			Workspace: fixed.ws.Prefix(), Log: fixed.ben.Log(1), First: head.Next, Prev: head.Hash,
			Ops: []oplog.Op{{Stamp: epoch + clock.Stamp(n), Doc: id.Doc(replicatest.Hashed("doc", n)), Noun: 1, Kind: 1, Field: 1, Payload: replicatest.Hashed("payload", n)}},
		}, fixed.ben.Key))
		head = b.Head(b.Hash)
		out = append(out, b.Raw)
	}
	return out
}

// forms returns every form that is stored or sealed, of things that are the same
// each time.
func forms() map[string][]byte {
	ws, ben, i := fixed.ws, fixed.ben, newInvite(1)
	log := ben.Log(1)
	logs, door := relay.StreamsOf(ws)
	join, answer := relay.VisitSubjects(ws, i.public(), ben.ID)
	header, name, err := relay.HeadOf(ws, log, false, raws(), 7)
	must(0, err)
	text := strings.Join([]string{
		logs, door, relay.SubjectOf(ws, log, false), relay.SubjectOf(ws, fixed.ada.Log(controlIncarnation), true), join, answer, header, name, "",
	}, "\n")
	return map[string][]byte{
		"names":   []byte(text),
		"bundle":  relay.Bundle(raws()),
		"request": relay.AppendRequest(relay.JoinRequest{Invite: i.public(), Device: ben.Public(), Signature: [64]byte{1, 2, 3}, Person: "Ben", DeviceName: "노트북"}),
		"answer":  relay.AppendAnswer(nil),
		"refusal": relay.AppendAnswer(fault.New(fault.Denied, "This invite was used by %s.", "Ask for another.").With("somebody")),
	}
}

func TestGoldenFormsAreStillRead(t *testing.T) {
	for name, form := range forms() {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name+"-v1.golden")
			golden, err := os.ReadFile(path)
			if os.IsNotExist(err) && *update {
				golden, err = form, os.WriteFile(path, form, 0o644)
			}
			if err != nil {
				t.Fatalf("%v: golden files are never deleted; write a new one with -update", err)
			}
			if !bytes.Equal(form, golden) {
				t.Errorf("written now as %q, want %q", form, golden)
			}
		})
	}
	golden := func(name string) []byte { return must(os.ReadFile(filepath.Join("testdata", name+"-v1.golden"))) }
	if got, err := relay.Unbundle(golden("bundle")); err != nil || !slices.EqualFunc(got, raws(), bytes.Equal) {
		t.Errorf("Unbundle = %d batches, %v", len(got), err)
	}
	if r, _, err := relay.DecodeRequest(golden("request")); err != nil || r.Person != "Ben" || r.DeviceName != "노트북" {
		t.Errorf("DecodeRequest = %+v, %v", r, err)
	}
	if refused, err := relay.DecodeAnswer(golden("answer")); err != nil || refused != nil {
		t.Errorf("DecodeAnswer = %v, %v, want nothing said", refused, err)
	}
	if refused, err := relay.DecodeAnswer(golden("refusal")); err != nil || fault.Message(refused) != "This invite was used by somebody." {
		t.Errorf("DecodeAnswer = %v, %v, want the refusal", refused, err)
	}
}

func TestLengthsTellLittle(t *testing.T) {
	lengths := map[int]bool{}
	for size := range relay.BundleMost + 1 {
		length := relay.Padded(size)
		lengths[length] = true
		if length < size || length%64 != 0 {
			t.Fatalf("Padded(%d) = %d", size, length)
		}
		if most := size + max(63, size/20+64); length > most {
			t.Fatalf("Padded(%d) = %d, more than %d", size, length, most)
		}
	}
	if len(lengths) > 140 {
		t.Errorf("%d lengths are told apart, want at most 140", len(lengths))
	}
	// The longest bundle, its framing and what sealing adds fit a message.
	framing := 3 * (relay.BundleMost/100 + 1)
	if most := relay.Padded(relay.BundleMost+framing) + relay.OverheadMost; most > relay.MessageMost {
		t.Errorf("a message may have %d bytes, want at most %d", most, relay.MessageMost)
	}
}

func TestHeadsOfOthersAreNotBelieved(t *testing.T) {
	log := fixed.ben.Log(1)
	subject := relay.SubjectOf(fixed.ws, log, false)
	header, _, err := relay.HeadOf(fixed.ws, log, false, raws(), 7)
	if err != nil {
		t.Fatal(err)
	}
	if first, end, _, err := relay.ReadHead(fixed.ws, subject, header); err != nil || first != 0 || end != 2 {
		t.Errorf("ReadHead = %d to %d, %v, want 0 to 2", first, end, err)
	}
	other := fixed.ws
	other[5] ^= 1
	for name, read := range map[string]func() error{
		"another workspace": func() error { _, _, _, err := relay.ReadHead(other, subject, header); return err },
		"another subject": func() error {
			_, _, _, err := relay.ReadHead(fixed.ws, relay.SubjectOf(fixed.ws, log, true), header)
			return err
		},
		"another text": func() error {
			_, _, _, err := relay.ReadHead(fixed.ws, subject, strings.Replace(header, "1 0 2", "1 0 9", 1))
			return err
		},
	} {
		if err := read(); !errors.Is(err, relay.ErrForeign) {
			t.Errorf("%s: %v, want it not believed", name, err)
		}
	}
}

func FuzzUnbundle(f *testing.F) {
	f.Add(forms()["bundle"])
	f.Add(relay.Bundle([][]byte{{1}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := relay.Unbundle(b)
		if err != nil {
			if !errors.Is(err, relay.ErrBundle) {
				t.Fatalf("Unbundle: %v, want a sentinel", err)
			}
			return
		}
		if again := relay.Bundle(got); !bytes.Equal(again, b) {
			t.Fatalf("%x is read as %d batches, which are written %x", b, len(got), again)
		}
	})
}

func FuzzHead(f *testing.F) {
	ws := fixed.ws
	mark := strings.Repeat("0a", 16)
	f.Add("cairn.x.log.0000000000000001.00000001", fmt.Sprintf("1 0 5 %s %s", mark, mark))
	f.Add("cairn.x.ctl.0000000000000001.00000001", fmt.Sprintf("1 9223372036854775807 9223372036854775807 %s %s", mark, mark))
	f.Add(relay.SubjectOf(ws, id.Log{Device: 1, Incarnation: 2}, false), "2 0 5")
	f.Fuzz(func(t *testing.T, subject, text string) {
		if log, control, ok := relay.LogOf(ws, subject); ok && relay.SubjectOf(ws, log, control) != subject {
			t.Fatalf("%q is read as %v", subject, log)
		}
		if _, _, _, err := relay.ReadHead(ws, subject, text); !errors.Is(err, relay.ErrForeign) {
			t.Fatalf("ReadHead(%q) without proof: %v", text, err)
		}
		first, end, again, err := relay.ReadHead(ws, subject, relay.Sign(ws, subject, text))
		if err != nil {
			if !errors.Is(err, relay.ErrForeign) {
				t.Fatalf("ReadHead: %v, want a sentinel", err)
			}
			return
		}
		if again != text || end < first {
			t.Fatalf("%q is read as %d to %d, which is written %q", text, first, end, again)
		}
	})
}

func FuzzVisit(f *testing.F) {
	for _, name := range []string{"request", "answer", "refusal"} {
		f.Add(forms()[name])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, again, err := relay.DecodeRequest(b); err == nil && !bytes.Equal(again, b) {
			t.Fatalf("%x is read as a request that is written %x", b, again)
		} else if err != nil && !errors.Is(err, relay.ErrVisit) {
			t.Fatalf("DecodeRequest: %v, want a sentinel", err)
		}
		refused, err := relay.DecodeAnswer(b)
		if err != nil && !errors.Is(err, relay.ErrVisit) {
			t.Fatalf("DecodeAnswer: %v, want a sentinel", err)
		}
		if refused != nil {
			_ = fault.Message(refused) + fault.Hint(refused)
		}
	})
}
