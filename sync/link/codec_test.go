package link

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/sync/wire"
)

var update = flag.Bool("update", false, "write golden files that are missing; those that exist are kept for ever")

// golden compares bytes with those that version 1 sends, and returns these.
func golden(t *testing.T, name string, got []byte) []byte {
	t.Helper()
	path := filepath.Join("testdata", name+"-v1.golden")
	want, err := os.ReadFile(path)
	if os.IsNotExist(err) && *update {
		want, err = got, os.WriteFile(path, got, 0o644)
	}
	if err != nil {
		t.Fatalf("%v: golden files are never deleted; write a new one with -update", err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: %x (%q), want %x (%q)", name, got, got, want, want)
	}
	return want
}

var announced = []string{"192.168.1.20:7777", "[fd00::1]:7777"}

func exampleRequest() JoinRequest {
	return JoinRequest{
		Invite: bytes.Repeat([]byte{0xab}, ed25519.PublicKeySize), Signature: bytes.Repeat([]byte{0xcd}, ed25519.SignatureSize),
		Person: "Mina Kim", DeviceName: "laptop",
	}
}

func payloadOf(t *testing.T, frame []byte, want byte) []byte {
	t.Helper()
	kind, flags, payload, err := wire.Open(frame)
	if err != nil || kind != want || flags != 0 {
		t.Fatalf("a frame of kind %d, flags %d, %v", kind, flags, err)
	}
	return payload
}

func TestGoldenFramesAreStillRead(t *testing.T) {
	frame := golden(t, "announcement", announceFrame(announced))
	if got, err := readAnnounce(payloadOf(t, frame, 16)); err != nil || !slices.Equal(got, announced) {
		t.Errorf("the announcement is read as %v, %v", got, err)
	}
	for name, e := range map[string]ending{"end-replaced": endReplaced, "end-stranger": endStranger} {
		if got := payloadOf(t, golden(t, name, endFrame(e)), 17); len(got) != 1 || ending(got[0]) != e {
			t.Errorf("%s is read as %v", name, got)
		}
	}
}

func TestGoldenRequestsToJoinAreStillRead(t *testing.T) {
	want := exampleRequest()
	got, err := readJoin(golden(t, "join-request", want.body()))
	if err != nil || !bytes.Equal(got.Invite, want.Invite) || !bytes.Equal(got.Signature, want.Signature) || got.Person != want.Person || got.DeviceName != want.DeviceName {
		t.Errorf("the request is read as %+v, %v", got, err)
	}
	answer := JoinAnswer{Workspace: id.Workspace{1, 31: 2}, Person: id.Person{3, 15: 4}}
	if got, err := readAnswer(http.StatusOK, golden(t, "join-answer", yes(answer).bytes())); err != nil || got != answer {
		t.Errorf("the answer is read as %+v, %v", got, err)
	}
	refusal := fault.New(fault.Denied, "This invitation expired on %s.", "Ask %s for another.").With("Monday", "Jun")
	_, err = readAnswer(http.StatusForbidden, golden(t, "join-refusal", no(refusal).bytes()))
	if fault.KindOf(err) != fault.Denied || fault.Message(err) != fault.Message(refusal) || fault.Hint(err) != fault.Hint(refusal) {
		t.Errorf("the refusal is read as %v", err)
	}
}

// Whatever a Door says can be read at the other end.
func TestEveryRefusalCanBeRead(t *testing.T) {
	long := strings.Repeat("é", 400)
	for said, err := range map[string]error{
		"Something went wrong inside Cairn.": errors.New("a bug"),
		"100% of it, 5%d.":                   fault.New(fault.Denied, "100% of it, 5%d.", ""),
		"No a b.":                            fault.New(fault.Denied, "No %s.", "").With("a\nb"),
		"No " + long[:500] + ".":             fault.New(fault.Denied, "No %s.", "").With(long),
		long[:500]:                           fault.New(fault.Denied, long, ""),
	} {
		if _, got := readAnswer(http.StatusForbidden, no(err).bytes()); fault.Message(got) != said || fault.KindOf(got) != fault.KindOf(err) {
			t.Errorf("%v is read as %v", err, got)
		}
	}
}

func TestWhatIsMalformedIsRefused(t *testing.T) {
	long := strings.Repeat("x", 501)
	for name, text := range map[string]string{
		"nothing":              ``,
		"another version":      `{"version":2,"kind":"denied","message":{"format":"No."}}`,
		"no message":           `{"version":1,"kind":"denied"}`,
		"a long message":       `{"version":1,"kind":"denied","message":{"format":"` + long + `"}}`,
		"lines":                `{"version":1,"kind":"denied","message":{"format":"a\nb"}}`,
		"a wide place":         `{"version":1,"kind":"denied","message":{"format":"%999999999s","args":["x"]}}`,
		"a place too few":      `{"version":1,"kind":"denied","message":{"format":"No.","args":["x"]}}`,
		"a place too many":     `{"version":1,"kind":"denied","message":{"format":"No, %s."}}`,
		"a long argument":      `{"version":1,"kind":"denied","message":{"format":"%s","args":["` + long + `"]}}`,
		"a hint with a number": `{"version":1,"kind":"denied","message":{"format":"No."},"hint":{"format":"%d","args":["x"]}}`,
	} {
		if _, err := readAnswer(http.StatusForbidden, []byte(text)); err == nil || !errors.Is(err, errMalformed) && !errors.Is(err, errVersion) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, payload := range map[string]string{
		"more addresses than there are": "\x02\x0910.0.0.1:1",
		"nine":                          "\x09" + strings.Repeat("\x0a10.0.0.1:1", 9),
		"a name":                        "\x01\x09example:1",
		"no port":                       "\x01\x0a10.0.0.1:0",
		"another spelling":              "\x01\x0b[0:0::1]:07",
	} {
		if got, err := readAnnounce([]byte(payload)); !errors.Is(err, errMalformed) {
			t.Errorf("%s: read as %v, %v", name, got, err)
		}
	}
}

func FuzzAnnouncement(f *testing.F) {
	f.Add(announceFrame(announced)[wire.HeadSize:])
	f.Fuzz(func(t *testing.T, payload []byte) {
		got, err := readAnnounce(payload)
		if err != nil {
			if !errors.Is(err, errMalformed) {
				t.Fatalf("%v, want a sentinel", err)
			}
			return
		}
		if len(got) == 0 {
			return
		}
		if again := announceFrame(got)[wire.HeadSize:]; !bytes.HasPrefix(payload, again) {
			t.Fatalf("%x is read as %v, whose form is %x", payload, got, again)
		}
	})
}

func FuzzJoinRequest(f *testing.F) {
	f.Add(exampleRequest().body())
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := readJoin(data)
		if err != nil {
			if !errors.Is(err, errMalformed) && !errors.Is(err, errVersion) {
				t.Fatalf("%v, want a sentinel", err)
			}
			return
		}
		again, err := readJoin(got.body())
		if err != nil || !bytes.Equal(again.Invite, got.Invite) || !bytes.Equal(again.Signature, got.Signature) || again.Person != got.Person || again.DeviceName != got.DeviceName {
			t.Fatalf("%+v comes back as %+v, %v", got, again, err)
		}
	})
}

func FuzzJoinAnswer(f *testing.F) {
	f.Add(http.StatusOK, yes(JoinAnswer{Workspace: id.Workspace{1}}).bytes())
	f.Add(http.StatusForbidden, no(fault.New(fault.Denied, "No, %s.", "Ask %s.").With("a", "b")).bytes())
	f.Fuzz(func(t *testing.T, status int, data []byte) {
		_, err := readAnswer(status, data)
		if err == nil || errors.Is(err, errMalformed) || errors.Is(err, errVersion) {
			return
		}
		message, hint := fault.Told(err)
		for _, text := range []string{message.String(), hint.String()} {
			if len(text) > 100*sayMost || strings.Contains(text, "%!") {
				t.Fatalf("%q is said", text)
			}
		}
	})
}
