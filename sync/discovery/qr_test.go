package discovery_test

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"cairn/sync/discovery"
)

// decode reads the code as a camera that sees side pixels for each module.
func decode(t *testing.T, c discovery.Code, side int) string {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, len(c[0])*side, len(c)*side))
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			if !c[y/side][x/side] {
				picture.SetGray(x, y, color.Gray{Y: 255})
			}
		}
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bits, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result.GetText()
}

func longest() discovery.Link {
	l := links()["relayed"]
	l.Relay = "wss://" + strings.Repeat("r", discovery.RelayMost-len("wss://"))
	l.Addresses = []string{strings.Repeat("h", 19) + ":1"}
	return l
}

func TestACodeIsReadBack(t *testing.T) {
	all := links()
	all["longest"] = longest()
	for name, l := range all {
		code := l.QR()
		if got := decode(t, code, 4); got != l.String() {
			t.Errorf("%s is read as %q", name, got)
		}
		if len(code) > 73+2*4 {
			t.Errorf("%s has %d rows", name, len(code))
		}
		if got := decode(t, fromTerminal(t, code.Terminal()), 4); got != l.String() {
			t.Errorf("%s is read from a terminal as %q", name, got)
		}
	}
	if n := len(longest().String()); n < discovery.LinkMost-4 || n > discovery.LinkMost {
		t.Errorf("the longest link has %d characters, want about %d", n, discovery.LinkMost)
	}
}

// fromTerminal reads the modules back from what is printed.
func fromTerminal(t *testing.T, text string) discovery.Code {
	t.Helper()
	var c discovery.Code
	for line := range strings.Lines(text) {
		line, ok := strings.CutPrefix(strings.TrimSuffix(line, "\x1b[0m\n"), "\x1b[38;5;16;48;5;231m")
		if !ok {
			t.Fatalf("a line without colours: %q", line)
		}
		var upper, lower []bool
		for _, r := range line {
			if !strings.ContainsRune(" ▀▄█", r) {
				t.Fatalf("%q in a code", r)
			}
			upper, lower = append(upper, r == '▀' || r == '█'), append(lower, r == '▄' || r == '█')
		}
		c = append(c, upper, lower)
	}
	return c
}

func TestACodeHasAQuietZone(t *testing.T) {
	c := links()["usual"].QR()
	n := len(c)
	for y := range n {
		if len(c[y]) != n {
			t.Fatalf("row %d has %d modules, want %d", y, len(c[y]), n)
		}
		for x := range n {
			if edge := min(x, y, n-1-x, n-1-y); edge < 4 && c[y][x] {
				t.Fatalf("a dark module at %d, %d, in the quiet zone", x, y)
			}
		}
	}
	if !c[4][4] {
		t.Error("the code does not begin behind the quiet zone")
	}
}
