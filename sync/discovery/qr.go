package discovery

import (
	"fmt"
	"strings"

	"github.com/skip2/go-qrcode"
)

// Code is a QR code: rows of modules, true for the dark ones, with the four
// light modules around it that a camera needs. A picture of it is crisp when
// every module is drawn with the same whole number of pixels.
type Code [][]bool

// QR returns the link as a QR code, which survives the loss of a seventh of it.
func (l Link) QR() Code {
	code, err := qrcode.New(l.String(), qrcode.Medium)
	if err != nil {
		// A code holds seven times LinkMost.
		panic(fmt.Sprintf("discovery: a link of %d characters as a QR code: %v", len(l.String()), err))
	}
	return code.Bitmap()
}

// Black on white whatever the colours of the terminal are: those from 16 on
// belong to no theme.
const (
	terminalColours = "\x1b[38;5;16;48;5;231m"
	terminalReset   = "\x1b[0m"
)

// Terminal returns the code as lines for a terminal, two rows of modules in each,
// black on white in any terminal that knows 256 colours.
func (c Code) Terminal() string {
	var out strings.Builder
	for y := 0; y < len(c); y += 2 {
		out.WriteString(terminalColours)
		for x := range c[y] {
			below := y+1 < len(c) && c[y+1][x]
			switch {
			case c[y][x] && below:
				out.WriteRune('█')
			case c[y][x]:
				out.WriteRune('▀')
			case below:
				out.WriteRune('▄')
			default:
				out.WriteRune(' ')
			}
		}
		out.WriteString(terminalReset + "\n")
	}
	return out.String()
}
