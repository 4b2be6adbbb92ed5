package text_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/core/text"
)

var golden = flag.Bool("golden", false, "write the golden files that are missing; those that exist are kept for ever")

// goldenTexts make texts whose saved forms are in testdata, one file a text:
// its bytes in hexadecimal.
var goldenTexts = map[string]func(net *network, t *testing.T){
	"empty": func(*network, *testing.T) {},
	"typed": func(net *network, t *testing.T) {
		net.insert(t, 0, 0, "Hello wörld, 世界 🙂")
	},
	"corrected": func(net *network, t *testing.T) {
		net.insert(t, 0, 0, "Helko")
		net.delete(t, 0, 3, 2)
		net.insert(t, 0, 3, "lo")
		net.insert(t, 0, 2, "--")
		net.delete(t, 0, 1, 2)
		net.insert(t, 0, 0, "¡")
	},
	"deleted": func(net *network, t *testing.T) {
		net.insert(t, 0, 0, strings.Repeat("away ", 60))
		net.delete(t, 0, 0, 300)
	},
	"at once": func(net *network, t *testing.T) {
		net.insert(t, 0, 0, "a")
		net.settle(t, first)
		net.insert(t, 0, 1, "b")
		net.insert(t, 1, 1, "x")
		net.insert(t, 2, 0, "start ")
		net.insert(t, 2, 7, " end")
		net.settle(t, first)
		net.delete(t, 1, 2, 7)
		backwards(t, net, 1, 0, "right to left")
		net.settle(t, first)
	},
	// Two take turns while a third answers the first word.
	"turns": func(net *network, t *testing.T) {
		net.insert(t, 0, 0, "a")
		net.settle(t, first)
		net.insert(t, 2, 1, "z")
		for n := range 8 {
			from := (n + 1) % 2
			net.insert(t, from, n+1, string(rune('b'+n)))
			net.deliver(t, 1-from, from)
		}
		net.settle(t, first)
	},
	// More insertions into each other than the format counts back.
	"deep": func(net *network, t *testing.T) {
		net.insert(t, 0, 0, "()")
		for n := range 100 {
			net.insert(t, n%2, n+1, "()")
			net.settle(t, first)
		}
		net.insert(t, 2, 1, "<")
		net.insert(t, 2, 203, ">")
		net.settle(t, first)
	},
}

func first(int) int { return 0 }

func goldenFile(name string) string {
	return filepath.Join("testdata", "saved-1", strings.ReplaceAll(name, " ", "-")+".hex")
}

func readGolden(t testing.TB, name string) []byte {
	t.Helper()
	digits, err := os.ReadFile(goldenFile(name))
	if err != nil {
		t.Fatal(err)
	}
	b, err := hex.DecodeString(strings.ReplaceAll(string(digits), "\n", ""))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return b
}

func writeGolden(t *testing.T, name string, b []byte) {
	t.Helper()
	if _, err := os.Stat(goldenFile(name)); err == nil {
		return
	}
	var out strings.Builder
	for digits := hex.EncodeToString(b); digits != ""; {
		n := min(len(digits), 80)
		out.WriteString(digits[:n] + "\n")
		digits = digits[n:]
	}
	if err := os.MkdirAll(filepath.Dir(goldenFile(name)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenFile(name), []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestSavedFormStays(t *testing.T) {
	for name, build := range goldenTexts {
		t.Run(name, func(t *testing.T) {
			net := newNetwork(3)
			build(net, t)
			x := &net.replicas[0].text
			got := x.Append(nil)
			if *golden {
				writeGolden(t, name, got)
			}
			want := readGolden(t, name)
			if !bytes.Equal(got, want) {
				t.Errorf("saved form\n%x\nwant\n%x", got, want)
			}
			back, err := text.Decode(want)
			if err != nil {
				t.Fatal(err)
			}
			if back.String() != net.replicas[0].model.String() || back.Len() != x.Len() {
				t.Errorf("loaded %q, want %q", back.String(), x.String())
			}
			if err := back.Verify(); err != nil {
				t.Error(err)
			}
		})
	}
}
