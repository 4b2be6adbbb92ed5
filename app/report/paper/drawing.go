package paper

// Drawing is shapes on a ground of a size. Lengths are points, y grows
// downwards; what is drawn later lies above.
type Drawing struct {
	Width, Height float64
	Shapes        []Shape
}

// Shape is a Box, a Rule or a Label.
type Shape interface{ shape() }

// Box is a filled rectangle.
type Box struct {
	X, Y, Width, Height float64
	Ink                 Ink
}

// Rule is a straight line.
type Rule struct {
	X1, Y1, X2, Y2 float64
	Ink            Ink
	Dashed         bool
}

// Label is a line of text at a point of its baseline.
type Label struct {
	X, Y   float64
	Text   string
	Size   float64
	Strong bool
	Ink    Ink
	Anchor Anchor
}

func (Box) shape()   {}
func (Rule) shape()  {}
func (Label) shape() {}

// Anchor says which part of a label is at its point.
type Anchor int

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// Ink is a colour by what it is for.
type Ink int

// The inks. They are those of the window in a light room.
const (
	Ground   Ink = iota // the paper
	Dark                // what matters
	Soft                // what matters less
	Quiet               // labels
	Hairline            // lines between rows
	Sunken              // the ground of heads and panels
	Accent              // what leads the eye
	AccentGround
	Series // the data
	Faint  // their tails
	Against
	GoodInk
	GoodGround
	WarningInk
	WarningGround
	BadInk
	BadGround
)

// rgb holds the colours by Ink.
var rgb = [...]uint32{
	Ground: 0xFFFFFF, Dark: 0x151A22, Soft: 0x475163, Quiet: 0x5F6979, Hairline: 0xE1E5EB, Sunken: 0xF3F5F8,
	Accent: 0x2148C7, AccentGround: 0xE6EDFF, Series: 0x0072B2, Faint: 0xA9CDE4, Against: 0xD55E00,
	GoodInk: 0x14783A, GoodGround: 0xE6F5EB, WarningInk: 0x9A5B00, WarningGround: 0xFFF3DC, BadInk: 0xC0262D, BadGround: 0xFDEBEC,
}

// inks returns the colours of words and ground in a tone.
func (t Tone) inks() (words, ground Ink) {
	switch t {
	case Good:
		return GoodInk, GoodGround
	case Warning:
		return WarningInk, WarningGround
	case Bad:
		return BadInk, BadGround
	default:
		return Dark, Sunken
	}
}
