package multicast

import (
	"bytes"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/dns/dnsmessage"

	"cairn/sync/discovery"
)

// The golden messages were sent by the library on a network of its own. Those
// of earlier versions of Cairn are to be understood for ever.
func TestMessagesOfTheLibraryAreUnderstood(t *testing.T) {
	whole := []discovery.Heard{{
		Instance: "0123456789abcdef", Interface: "eth7", Text: []string{"t=AAECAwQFBgc", "v=1"}, Life: 2 * time.Minute,
		Addresses: []netip.AddrPort{netip.MustParseAddrPort("192.0.2.1:4711"), netip.MustParseAddrPort("[fe80::fca6:57ff:fe54:7232%eth7]:4711")},
	}}
	for name, want := range map[string][]discovery.Heard{
		"probe":        nil,
		"announcement": whole,
		"answer":       whole,
		"goodbye":      {{Instance: "0123456789abcdef", Interface: "eth7"}},
	} {
		heard, ask := read(golden(t, name), "eth7")
		if diff := cmp.Diff(want, heard, cmp.Comparer(func(a, b netip.AddrPort) bool { return a == b })); diff != "" || len(ask) > 0 {
			t.Errorf("%s (-want +got), and questions about %q:\n%s", name, ask, diff)
		}
	}
}

func golden(tb testing.TB, name string) []byte {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name+".golden"))
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

const (
	instance = "00000000000000ff"
	full     = instance + suffix
	host     = "host.local."
)

func record(name string, life uint32, body dnsmessage.ResourceBody) dnsmessage.Resource {
	return dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: dnsmessage.MustNewName(name), Class: dnsmessage.ClassINET | 1<<15, TTL: life}, Body: body}
}

func ptr(name string, life uint32) dnsmessage.Resource {
	return record(suffix[1:], life, &dnsmessage.PTRResource{PTR: dnsmessage.MustNewName(name)})
}

func srv(port uint16) dnsmessage.Resource {
	return record(full, 120, &dnsmessage.SRVResource{Port: port, Target: dnsmessage.MustNewName(host)})
}

func txt(text ...string) dnsmessage.Resource {
	return record(full, 4500, &dnsmessage.TXTResource{TXT: text})
}

func address(a string) dnsmessage.Resource {
	addr := netip.MustParseAddr(a)
	if addr.Is4() {
		return record(host, 120, &dnsmessage.AResource{A: addr.As4()})
	}
	return record(host, 120, &dnsmessage.AAAAResource{AAAA: addr.As16()})
}

func pack(tb testing.TB, m dnsmessage.Message) []byte {
	tb.Helper()
	b, err := m.Pack()
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func answer(tb testing.TB, records ...dnsmessage.Resource) []byte {
	tb.Helper()
	return pack(tb, dnsmessage.Message{Header: dnsmessage.Header{Response: true, Authoritative: true}, Answers: records})
}

func TestWhatAMessageSays(t *testing.T) {
	many := []dnsmessage.Resource{srv(1), txt("v=1")}
	for i := range 100 {
		many = append(many, address(netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}).String()))
	}
	for _, tt := range []struct {
		name    string
		records []dnsmessage.Resource
		zone    string
		want    []string // addresses
		ask     []string
	}{
		{"all there is", []dnsmessage.Resource{ptr(full, 450), srv(80), txt("v=1"), address("10.0.0.1"), address("2001:db8::1")}, "en0", []string{"10.0.0.1:80", "[2001:db8::1]:80"}, nil},
		{"in capitals", []dnsmessage.Resource{ptr(strings.ToUpper(full), 450), srv(80), txt("v=1"), address("10.0.0.1")}, "en0", []string{"10.0.0.1:80"}, nil},
		{"no text yet", []dnsmessage.Resource{ptr(full, 450), srv(80), address("10.0.0.1")}, "en0", nil, []string{instance}},
		{"no address yet", []dnsmessage.Resource{ptr(full, 450), srv(80), txt("v=1")}, "en0", nil, []string{instance}},
		{"only a name", []dnsmessage.Resource{ptr(full, 450)}, "en0", nil, []string{instance}},
		{"no port", []dnsmessage.Resource{srv(0), txt("v=1"), address("10.0.0.1")}, "en0", nil, []string{instance}},
		{"nobody's address", []dnsmessage.Resource{srv(80), txt("v=1"), address("127.0.0.1"), address("0.0.0.0"), address("224.0.0.251"), address("255.255.255.255"), address("::1"), address("10.0.0.1")}, "en0", []string{"10.0.0.1:80"}, nil},
		{"link-local", []dnsmessage.Resource{srv(80), txt("v=1"), address("fe80::1"), address("10.0.0.1")}, "en0", []string{"[fe80::1%en0]:80", "10.0.0.1:80"}, nil},
		{"link-local, who knows where", []dnsmessage.Resource{srv(80), txt("v=1"), address("fe80::1"), address("10.0.0.1")}, "", []string{"10.0.0.1:80"}, nil},
		{"many addresses", many, "en0", []string{"10.0.0.0:1", "10.0.0.1:1", "10.0.0.2:1", "10.0.0.3:1", "10.0.0.4:1", "10.0.0.5:1", "10.0.0.6:1", "10.0.0.7:1"}, nil},
		{"another service", []dnsmessage.Resource{record("_http._tcp.local.", 450, &dnsmessage.PTRResource{PTR: dnsmessage.MustNewName("printer._http._tcp.local.")})}, "en0", nil, nil},
		{"no name of ours", []dnsmessage.Resource{ptr("laptop of alice"+suffix, 450)}, "en0", nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			heard, ask := read(answer(t, tt.records...), tt.zone)
			var got []string
			for _, h := range heard {
				for _, a := range h.Addresses {
					got = append(got, a.String())
				}
			}
			if !slices.Equal(got, tt.want) || !slices.Equal(ask, tt.ask) {
				t.Errorf("heard %q and asks about %q, want %q and %q", got, ask, tt.want, tt.ask)
			}
		})
	}
}

func TestAQuestionSaysNothing(t *testing.T) {
	for about, want := range map[string]string{"": suffix[1:], instance: full} {
		q, err := question(about)
		if err != nil {
			t.Fatal(err)
		}
		var m dnsmessage.Message
		if err := m.Unpack(q); err != nil || len(m.Questions) != 1 || m.Questions[0].Name.String() != want {
			t.Errorf("question(%q) = %+v, %v, want one about %s", about, m, err, want)
		}
		if heard, ask := read(q, "en0"); len(heard)+len(ask) > 0 {
			t.Errorf("%q is heard", about)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"probe", "announcement", "answer", "goodbye"} {
		f.Add(golden(f, name))
	}
	f.Add(answer(f, ptr(full, 450), txt("v=1")))
	f.Fuzz(func(t *testing.T, message []byte) {
		heard, ask := read(bytes.Clone(message), "en0")
		if len(heard)+len(ask) > recordsMost {
			t.Fatalf("%d and %d of one message", len(heard), len(ask))
		}
		for _, h := range heard {
			if !discovery.IsInstance(h.Instance) || len(h.Addresses) > addressesMost || len(h.Text) > textsMost || h.Life < 0 {
				t.Fatalf("heard %+v", h)
			}
			if h.Life > 0 && len(h.Addresses) == 0 {
				t.Fatalf("heard nowhere: %+v", h)
			}
		}
		for _, name := range ask {
			if _, err := question(name); err != nil {
				t.Fatalf("asks about %q: %v", name, err)
			}
		}
	})
}
