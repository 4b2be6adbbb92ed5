package theme

import "image/color"

// Tokens are the colours that everything on screen is drawn with, by what they
// are for. Widgets name a token and never a colour.
type Tokens struct {
	Background, Nav, Surface, Sunken     color.NRGBA // page, side bar, cards, what lies below a card's level
	Border, BorderStrong, InputBorder    color.NRGBA // cards; secondary buttons; fields, 3:1 at least
	Text, Text2, Text3                   color.NRGBA // by how much they matter; each readable on every surface
	Primary, PrimaryHover, OnPrimary     color.NRGBA // the one filled button of a screen
	Accent, AccentTint                   color.NRGBA // selection and links; their ground
	OK, OKTint, Warn, WarnTint           color.NRGBA
	Error, ErrorTint                     color.NRGBA
	Hover, Pressed, Scrim, Shadow, Focus color.NRGBA
	// Chart is the order of series: Okabe and Ito's hues, which colour-blind
	// readers tell apart.
	Chart [6]color.NRGBA
}

// Light and Dark are the two variants.
var (
	Light = Tokens{
		Background: rgb(0xF6F7F9), Nav: rgb(0xEFF1F4), Surface: rgb(0xFFFFFF), Sunken: rgb(0xF3F5F8),
		Border: rgb(0xE1E5EB), BorderStrong: rgb(0xC9D0DA), InputBorder: rgb(0x8590A2),
		Text: rgb(0x151A22), Text2: rgb(0x475163), Text3: rgb(0x5F6979),
		Primary: rgb(0x2F5BEA), PrimaryHover: rgb(0x2148C7), OnPrimary: rgb(0xFFFFFF),
		Accent: rgb(0x2148C7), AccentTint: rgb(0xE6EDFF),
		OK: rgb(0x14783A), OKTint: rgb(0xE6F5EB), Warn: rgb(0x9A5B00), WarnTint: rgb(0xFFF3DC),
		Error: rgb(0xC0262D), ErrorTint: rgb(0xFDEBEC),
		Hover: rgba(0x151A22, 14), Pressed: rgba(0x151A22, 36), Scrim: rgba(0x151A22, 96), Shadow: rgba(0x000000, 40), Focus: rgba(0x2F5BEA, 90),
		Chart: [6]color.NRGBA{rgb(0x0072B2), rgb(0xD55E00), rgb(0x00805E), rgb(0xA8487E), rgb(0xB87A00), rgb(0x2B8CC4)},
	}
	Dark = Tokens{
		Background: rgb(0x0F1217), Nav: rgb(0x0B0E12), Surface: rgb(0x171B22), Sunken: rgb(0x12161C),
		Border: rgb(0x2A313C), BorderStrong: rgb(0x3D4653), InputBorder: rgb(0x667085),
		Text: rgb(0xE9EDF3), Text2: rgb(0xB0BAC8), Text3: rgb(0x8D98A8),
		Primary: rgb(0x3B6CF0), PrimaryHover: rgb(0x2F5BEA), OnPrimary: rgb(0xFFFFFF),
		Accent: rgb(0x9DB8FF), AccentTint: rgb(0x182544),
		OK: rgb(0x4CC38A), OKTint: rgb(0x12291E), Warn: rgb(0xF0B45A), WarnTint: rgb(0x2E2311),
		Error: rgb(0xFF8A8A), ErrorTint: rgb(0x331A1C),
		Hover: rgba(0xE9EDF3, 18), Pressed: rgba(0xE9EDF3, 40), Scrim: rgba(0x000000, 150), Shadow: rgba(0x000000, 90), Focus: rgba(0x3B6CF0, 110),
		Chart: [6]color.NRGBA{rgb(0x4DA3E0), rgb(0xF0814A), rgb(0x2CC295), rgb(0xE3A3C6), rgb(0xE69F00), rgb(0x8CC8F0)},
	}
)

func rgb(hex uint32) color.NRGBA { return rgba(hex, 0xFF) }

func rgba(hex uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: alpha} //nolint:gosec // each is one byte of three
}

// Mix returns share of a and the rest of b, opaque.
func Mix(a, b color.NRGBA, share float64) color.NRGBA {
	mix := func(x, y uint8) uint8 { return uint8(float64(x)*share + float64(y)*(1-share)) }
	return color.NRGBA{R: mix(a.R, b.R), G: mix(a.G, b.G), B: mix(a.B, b.B), A: 0xFF}
}

// A Role picks a colour, so that whoever holds one follows a change of variant.
type Role func(*Tokens) color.NRGBA

// The roles that text, icons and boxes take.
var (
	Text       Role = func(t *Tokens) color.NRGBA { return t.Text }
	Text2      Role = func(t *Tokens) color.NRGBA { return t.Text2 }
	Text3      Role = func(t *Tokens) color.NRGBA { return t.Text3 }
	Accent     Role = func(t *Tokens) color.NRGBA { return t.Accent }
	AccentTint Role = func(t *Tokens) color.NRGBA { return t.AccentTint }
	Primary    Role = func(t *Tokens) color.NRGBA { return t.Primary }
	OnPrimary  Role = func(t *Tokens) color.NRGBA { return t.OnPrimary }
	Background Role = func(t *Tokens) color.NRGBA { return t.Background }
	Nav        Role = func(t *Tokens) color.NRGBA { return t.Nav }
	Surface    Role = func(t *Tokens) color.NRGBA { return t.Surface }
	Sunken     Role = func(t *Tokens) color.NRGBA { return t.Sunken }
	Border     Role = func(t *Tokens) color.NRGBA { return t.Border }
	Strong     Role = func(t *Tokens) color.NRGBA { return t.BorderStrong }
	OK         Role = func(t *Tokens) color.NRGBA { return t.OK }
	OKTint     Role = func(t *Tokens) color.NRGBA { return t.OKTint }
	Warn       Role = func(t *Tokens) color.NRGBA { return t.Warn }
	WarnTint   Role = func(t *Tokens) color.NRGBA { return t.WarnTint }
	Error      Role = func(t *Tokens) color.NRGBA { return t.Error }
	ErrorTint  Role = func(t *Tokens) color.NRGBA { return t.ErrorTint }
	Scrim      Role = func(t *Tokens) color.NRGBA { return t.Scrim }
)
