package discovery_test

import (
	"bytes"
	"encoding/base64"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/sync/discovery"
)

var update = flag.Bool("update", false, "write golden files that are missing; those that exist are kept for ever")

func fill(b []byte, from byte) {
	for i := range b {
		b[i] = from + byte(i)
	}
}

func links() map[string]discovery.Link {
	bare := discovery.Link{Role: member.Viewer}
	fill(bare.Workspace[:], 1)
	fill(bare.Secret[:], 101)
	fill(bare.Inviter[:], 201)
	usual := bare
	usual.Role = member.Contributor
	usual.Expires = time.Date(2026, 3, 3, 8, 0, 0, 0, time.UTC)
	usual.Addresses = []string{"192.0.2.17:4711", "[2001:db8::17]:4711", "alices-laptop.local:4711"}
	relayed := usual
	relayed.Role = member.Admin
	relayed.Relay = "wss://relay.example.org:8443/cairn"
	return map[string]discovery.Link{"bare": bare, "usual": usual, "relayed": relayed}
}

func TestGoldenLinksAreStillRead(t *testing.T) {
	for name, want := range links() {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", "link-"+name+"-v1.golden")
			golden, err := os.ReadFile(path)
			if os.IsNotExist(err) && *update {
				golden, err = []byte(want.String()), os.WriteFile(path, []byte(want.String()), 0o644)
			}
			if err != nil {
				t.Fatalf("%v: golden files are never deleted; write a new one with -update", err)
			}
			if got := want.String(); got != string(golden) {
				t.Errorf("String = %s, want %s", got, golden)
			}
			got, err := discovery.Parse(string(golden))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-written +read):\n%s", diff)
			}
		})
	}
}

func TestALinkIsReadAsPeoplePasteIt(t *testing.T) {
	want := links()["relayed"]
	link := want.String()
	folded := func(every int, with string) string {
		var out strings.Builder
		for i, c := range link {
			if i > 0 && i%every == 0 {
				out.WriteString(with)
			}
			out.WriteRune(c)
		}
		return out.String()
	}
	bare := strings.TrimPrefix(link, "cairn://")
	for name, text := range map[string]string{
		"as it is":                  link,
		"with space around it":      "\n \t" + link + " \r\n",
		"broken by a mail client":   folded(76, "\r\n"),
		"quoted in a reply":         "> " + folded(60, "\r\n> "),
		"as quoted-printable":       folded(75, "=\r\n"),
		"in a sentence":             "Here it is: " + link + ". See you there!",
		"before more lines":         link + "\n\nBest regards,\nAlice",
		"in brackets":               "<" + link + ">",
		"in quotes":                 "\u201c" + link + "\u201d",
		"with unseen characters":    "\ufeff" + folded(50, "\u200b\u00ad"),
		"without its scheme":        bare,
		"with slashes only":         "//" + bare,
		"with one slash":            "cairn:/" + bare,
		"begun with capitals":       "Cairn://Join/" + strings.TrimPrefix(link, "cairn://join/"),
		"after another thing":       "joinery cairn://join/" + strings.TrimPrefix(link, "cairn://join/"),
		"as markdown shows a link":  "`" + link + "`",
		"with a space in each word": folded(1, " "),
	} {
		got, err := discovery.Parse(text)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestWhatIsWrongWithALinkIsSaid(t *testing.T) {
	link := links()["usual"].String()
	changed := func(at int, c string) string { return link[:at] + c + link[at+1:] }
	raw := func(edit func(b []byte)) string {
		b, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(link, "cairn://join/1/"))
		if err != nil {
			t.Fatal(err)
		}
		edit(b)
		return "cairn://join/1/" + base64.RawURLEncoding.EncodeToString(b)
	}
	const (
		none    = "This is no invite link of Cairn."
		damaged = "A part of this invite link is missing or was changed."
		newer   = "A later version of Cairn made this invite link."
	)
	for name, tt := range map[string]struct {
		text string
		want string
		kind fault.Kind
	}{
		"nothing":               {"", none, fault.Invalid},
		"a sentence":            {"Come and join us!", none, fault.Invalid},
		"a link of the web":     {"https://example.org/join/1/abc", none, fault.Invalid},
		"no version":            {"cairn://join/" + strings.TrimPrefix(link, "cairn://join/1/"), none, fault.Invalid},
		"a later path":          {strings.Replace(link, "/1/", "/2/", 1), newer, fault.Newer},
		"a later first byte":    {raw(func(b []byte) { b[0] = 2 }), newer, fault.Newer},
		"nothing in it":         {"cairn://join/1/", damaged, fault.Invalid},
		"three characters":      {link[:len("cairn://join/1/")+3], damaged, fault.Invalid},
		"cut in half":           {link[:len(link)/2], damaged, fault.Invalid},
		"the last one missing":  {link[:len(link)-1], damaged, fault.Invalid},
		"one changed":           {changed(80, "_"), damaged, fault.Invalid},
		"one that is no base64": {changed(80, "!"), damaged, fault.Invalid},
		"another length":        {raw(func(b []byte) { b[1]-- }), damaged, fault.Invalid},
		"no length":             {raw(func(b []byte) { b[1] = 0 }), damaged, fault.Invalid},
		"version 0":             {raw(func(b []byte) { b[0] = 0 }), damaged, fault.Invalid},
		"a byte of the secret":  {raw(func(b []byte) { b[40]++ }), damaged, fault.Invalid},
	} {
		_, err := discovery.Parse(tt.text)
		if fault.Message(err) != tt.want || fault.KindOf(err) != tt.kind || fault.Hint(err) == "" {
			t.Errorf("%s: %v with hint %q, want %q", name, err, fault.Hint(err), tt.want)
		}
	}
}

func TestALinkCarriesWhatFits(t *testing.T) {
	l := links()["bare"]
	l.Addresses = []string{
		"[fe80::1%eth0]:1", "127.0.0.1:1", "0.0.0.0:1", "192.0.2.1:0", "nonsense", "bad host:1", "host:99999", ":1",
		"[::ffff:192.0.2.1]:1", "192.0.2.2:2", "h:3", "[2001:db8::4]:4", "192.0.2.5:5",
	}
	got, err := discovery.Parse(l.String())
	if want := []string{"192.0.2.1:1", "192.0.2.2:2", "h:3", "[2001:db8::4]:4"}; err != nil || !cmp.Equal(got.Addresses, want) {
		t.Errorf("addresses %q, %v, want %q", got.Addresses, err, want)
	}

	l.Relay = "wss://" + strings.Repeat("r", discovery.RelayMost-len("wss://"))
	long := strings.Repeat("h", 64) + ":1"
	l.Addresses = []string{long, long, "192.0.2.1:1"}
	got, err = discovery.Parse(l.String())
	if err != nil || got.Relay != l.Relay || len(l.String()) > discovery.LinkMost || !cmp.Equal(got.Addresses, []string{"192.0.2.1:1"}) {
		t.Errorf("%d characters with relay %q and addresses %q, %v", len(l.String()), got.Relay, got.Addresses, err)
	}
	if err := l.Check(); err != nil {
		t.Errorf("Check = %v", err)
	}
	for name, edit := range map[string]func(l *discovery.Link){
		"a longer relay":       func(l *discovery.Link) { l.Relay += "r" },
		"a relay with a space": func(l *discovery.Link) { l.Relay = "wss://a b" },
		"no role":              func(l *discovery.Link) { l.Role = member.None },
	} {
		bad := l
		edit(&bad)
		if fault.KindOf(bad.Check()) != fault.Invalid {
			t.Errorf("%s: Check = %v", name, bad.Check())
		}
		if got, err := discovery.Parse(bad.String()); err == nil && got.Relay != "" && got.Relay != l.Relay {
			t.Errorf("%s: it carries the relay %q", name, got.Relay)
		}
	}
}

func TestLinksComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := discovery.Link{
			Workspace: id.Workspace(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "workspace")),
			Secret:    [32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "secret")),
			Inviter:   id.Device(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "inviter")),
			Role:      rapid.SampledFrom([]member.Role{member.Viewer, member.Contributor, member.Approver, member.Admin}).Draw(t, "role"),
			Relay:     rapid.StringMatching(`(wss://[a-z]{1,20}(:[0-9]{1,4})?)?`).Draw(t, "relay"),
		}
		if seconds := rapid.Uint32().Draw(t, "expires"); seconds > 0 {
			want.Expires = time.Unix(int64(seconds), 0).UTC()
		}
		for range rapid.IntRange(0, discovery.AddressesMost).Draw(t, "addresses") {
			port := rapid.IntRange(1, 65535).Draw(t, "port")
			want.Addresses = append(want.Addresses, rapid.SampledFrom([]string{
				fmt.Sprintf("192.0.2.%d:%d", port%256, port), fmt.Sprintf("[2001:db8::%x]:%d", port, port),
			}).Draw(t, "address"))
		}
		got, err := discovery.Parse(want.String())
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || err != nil {
			t.Fatalf("%v (-written +read):\n%s", err, diff)
		}
	})
}

func TestTheSecretIsNotLogged(t *testing.T) {
	l := links()["usual"]
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("invited", "link", l)
	if strings.Contains(out.String(), l.String()[20:60]) || !strings.Contains(out.String(), "invite link") {
		t.Errorf("the log says %s", out.String())
	}
}

func FuzzParse(f *testing.F) {
	for _, l := range links() {
		f.Add(l.String())
	}
	f.Add("cairn://join/1/AQ")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := discovery.Parse(text)
		if err != nil {
			if kind := fault.KindOf(err); kind != fault.Invalid && kind != fault.Newer {
				t.Fatalf("Parse(%q) = %v", text, err)
			}
			return
		}
		if len(l.Addresses) > discovery.AddressesMost || l.Check() != nil {
			t.Fatalf("Parse(%q) = %+v, %v", text, l, l.Check())
		}
		again, err := discovery.Parse(l.String())
		if diff := cmp.Diff(l, again, cmpopts.EquateEmpty()); diff != "" || err != nil {
			t.Fatalf("%q comes back otherwise: %v\n%s", text, err, diff)
		}
	})
}

// FuzzLinkBytes reaches behind the checksum.
func FuzzLinkBytes(f *testing.F) {
	f.Add([]byte{1, 6, 192, 0, 2, 1, 18, 52}, byte(10))
	f.Add([]byte{3, 3, 0, 1, 'h', 4, 1, 'r', 9, 0}, byte(40))
	f.Fuzz(func(t *testing.T, fields []byte, role byte) {
		l, ok := discovery.ParseFields(fields, member.Role(role))
		if !ok {
			return
		}
		again, err := discovery.Parse(l.String())
		if diff := cmp.Diff(l, again, cmpopts.EquateEmpty()); diff != "" || err != nil {
			t.Fatalf("%x comes back otherwise: %v\n%s", fields, err, diff)
		}
	})
}
