package discovery

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"cairn/core/id"
)

func TestATableIsBounded(t *testing.T) {
	near, now, ours := table{}, time.Unix(1_800_000_000, 0), []id.Workspace{{1}}
	for host := range 1000 {
		for n := range 100 {
			near.take(Heard{
				Instance: fmt.Sprintf("%016x", host), Interface: fmt.Sprint("eth", n), Life: 100 * time.Hour,
				Addresses: []netip.AddrPort{netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(n)}), 1)},
			}, ours, now)
		}
	}
	if len(near) != hostsMost {
		t.Errorf("%d hosts, want %d", len(near), hostsMost)
	}
	for _, h := range near.hosts() {
		if len(h.Addresses) != addressesMost {
			t.Fatalf("%s has %d addresses, want %d", h.Instance, len(h.Addresses), addressesMost)
		}
	}
	if near.expire(now.Add(lifeMost - time.Second)); len(near) != hostsMost {
		t.Error("forgotten too early")
	}
	if near.expire(now.Add(lifeMost)); len(near) != 0 {
		t.Errorf("%d hosts are left after the longest life", len(near))
	}
}

// Two interfaces of one host on the network of one of ours take turns.
func TestAHostWithTwoInterfacesIsOne(t *testing.T) {
	near, now, ours := table{}, time.Unix(1_800_000_000, 0), []id.Workspace{{1}}
	hear := func(addr string, life time.Duration) bool {
		return near.take(Heard{Instance: "0123456789abcdef", Interface: "eth0", Life: life, Addresses: []netip.AddrPort{netip.MustParseAddrPort(addr)}}, ours, now)
	}
	if !hear("10.0.0.1:7", time.Minute) || !hear("10.0.0.2:7", time.Minute) {
		t.Error("a new address is no change")
	}
	if hear("10.0.0.1:7", time.Minute) || hear("10.0.0.2:7", time.Minute) {
		t.Error("an address that is known is a change")
	}
	if got, want := near.hosts()[0].Addresses, []string{"10.0.0.1:7", "10.0.0.2:7"}; !slices.Equal(got, want) {
		t.Errorf("addresses %q, want %q", got, want)
	}
	if !hear("10.0.0.1:7", 0) || len(near) != 0 {
		t.Errorf("after the goodbye %d hosts are there", len(near))
	}
}

// The token is a format: devices of earlier versions announce it.
func TestTokens(t *testing.T) {
	ws, instance := id.Workspace{31: 7}, "0123456789abcdef"
	day := dayOf(time.Date(2026, 3, 2, 23, 59, 59, 0, time.UTC))
	text := textOf([]id.Workspace{ws, {1}}, instance, day)
	want := []string{"t=EJI4f4VoSS6ErGESN0FDLQ", "v=1"}
	if day != 20514 || !slices.Equal(text, want) {
		t.Errorf("on day %d %q, want on day 20514 %q", day, text, want)
	}
	for _, tt := range []struct {
		name     string
		instance string
		text     []string
		day      uint32
		known    bool
	}{
		{"as announced", instance, text, day, true},
		{"the day before", instance, text, day - 1, true},
		{"the day after", instance, text, day + 1, true},
		{"two days after", instance, text, day + 2, false},
		{"two days before", instance, text, day - 2, false},
		{"with what a later version adds", instance, append([]string{"x=1", "y"}, text...), day, true},
		{"under another name", "1123456789abcdef", text, day, false},
		{"of another version", instance, []string{text[0], "v=2"}, day, false},
		{"without a version", instance, text[:1], day, false},
		{"without a text", instance, nil, day, false},
		{"cut short", instance, []string{text[0][:20], "v=1"}, day, false},
		{"no base64", instance, []string{"t=!", "v=1"}, day, false},
		{"on the first day of all", instance, textOf([]id.Workspace{ws}, instance, 0), 0, true},
	} {
		if got := recognise([]id.Workspace{ws, {9}}, tt.instance, tt.text, tt.day); slices.Equal(got, []id.Workspace{ws}) != tt.known {
			t.Errorf("%s: recognised %v, want %v", tt.name, got, tt.known)
		}
	}
	many := make([]id.Workspace, WorkspacesMost+1)
	for i := range many {
		many[i][0] = byte(i)
	}
	if full := textOf(many[:WorkspacesMost], instance, day); len(full[0]) > 255 || len(recognise(many, instance, full, day)) != WorkspacesMost {
		t.Errorf("%d workspaces take %q", WorkspacesMost, full)
	}
	if got := recognise(many, instance, textOf(many, instance, day), day); len(got) > 0 {
		t.Errorf("%d workspaces are recognised of %d that are more than may be announced", len(got), len(many))
	}
}
