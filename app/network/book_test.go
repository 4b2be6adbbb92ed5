package network_test

import (
	"strings"
	"testing"

	"cairn/app/network"
	"cairn/core/fault"
)

func TestAddressesAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"192.168.1.20:5758": "192.168.1.20:5758", " 192.168.1.20:5758\n": "192.168.1.20:5758", "192.168.1.20": "192.168.1.20:5758",
		"ada.local": "ada.local:5758", "build.example:1": "build.example:1",
		"[fd00::1]:7": "[fd00::1]:7", "[fd00::1]": "[fd00::1]:5758", "fd00::1": "[fd00::1]:5758",
	} {
		if got, err := network.Address(text); got != want || err != nil {
			t.Errorf("%q is %q, %v, want %q", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", " ", "192.168.1.20:", ":5758", "host:0", "host:70000", "host:port", "a:b:c", "host name:1", "user@host:1", "http://host:1/", strings.Repeat("a", 300),
	} {
		if got, err := network.Address(text); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q is %q, %v, want it refused", text, got, err)
		}
	}
}
