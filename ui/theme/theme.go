// Package theme is how Cairn looks: colours for a light and a dark room, two
// weights of one typeface, sizes, icons, and all of that as a Fyne theme for
// the few stock widgets that are used.
package theme

import (
	"image/color"
	"sync/atomic"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Mode says which variant to show.
type Mode string

// The modes. They are kept in preferences.
const (
	System   Mode = "system"
	LightOne Mode = "light"
	DarkOne  Mode = "dark"
)

// Theme maps the tokens to Fyne's names. Fyne tells only its own variant, the
// system's, so what is shown is asked here.
type Theme struct{ dark atomic.Bool }

// New returns a theme in mode; dark is what the system shows.
func New(mode Mode, dark bool) *Theme {
	t := &Theme{}
	t.dark.Store(mode == DarkOne || mode == System && dark)
	return t
}

// Dark reports whether the dark variant is shown.
func (t *Theme) Dark() bool { return t.dark.Load() }

// Tokens returns the colours of the variant that is shown.
func (t *Theme) Tokens() *Tokens {
	if t.dark.Load() {
		return &Dark
	}
	return &Light
}

// Current returns the colours of the theme of the running app, those of the
// light variant when it is not ours.
func Current() *Tokens {
	if app := fyne.CurrentApp(); app != nil {
		if t, ok := app.Settings().Theme().(*Theme); ok {
			return t.Tokens()
		}
	}
	return &Light
}

// Color implements fyne.Theme.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	k := t.Tokens()
	switch name {
	case fynetheme.ColorNameBackground:
		return k.Background
	case fynetheme.ColorNameForeground:
		return k.Text
	case fynetheme.ColorNamePlaceHolder, fynetheme.ColorNameDisabled:
		return k.Text3
	case fynetheme.ColorNamePrimary:
		return k.Primary
	case fynetheme.ColorNameForegroundOnPrimary:
		return k.OnPrimary
	case fynetheme.ColorNameHyperlink:
		return k.Accent
	case fynetheme.ColorNameButton, fynetheme.ColorNameDisabledButton, fynetheme.ColorNameHeaderBackground:
		return k.Sunken
	case fynetheme.ColorNameInputBackground, fynetheme.ColorNameInputBorder:
		return color.NRGBA{} // fields stand in boxes of their own
	case fynetheme.ColorNameMenuBackground, fynetheme.ColorNameOverlayBackground:
		return k.Surface
	case fynetheme.ColorNameSeparator:
		return k.Border
	case fynetheme.ColorNameHover:
		return k.Hover
	case fynetheme.ColorNamePressed:
		return k.Pressed
	case fynetheme.ColorNameFocus:
		return k.Focus
	case fynetheme.ColorNameSelection:
		return k.AccentTint
	case fynetheme.ColorNameScrollBar:
		return color.NRGBA{R: k.Text3.R, G: k.Text3.G, B: k.Text3.B, A: 150}
	case fynetheme.ColorNameScrollBarBackground:
		return color.NRGBA{}
	case fynetheme.ColorNameShadow:
		return k.Shadow
	case fynetheme.ColorNameSuccess:
		return k.OK
	case fynetheme.ColorNameWarning:
		return k.Warn
	case fynetheme.ColorNameError:
		return k.Error
	}
	return fynetheme.DefaultTheme().Color(name, variant)
}

// Font implements fyne.Theme.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Monospace || s.Symbol:
		return fynetheme.DefaultTheme().Font(s)
	case s.Bold:
		return SemiBold()
	}
	return Regular()
}

// Icon implements fyne.Theme.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return fynetheme.DefaultTheme().Icon(name)
}

// Size implements fyne.Theme.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return fynetheme.DefaultTheme().Size(name)
}

// sizes are those that differ from Fyne's.
var sizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameText:            SizeBody,
	fynetheme.SizeNameCaptionText:     SizeCaption,
	fynetheme.SizeNameSubHeadingText:  15,
	fynetheme.SizeNameHeadingText:     SizeTitle,
	fynetheme.SizeNameInnerPadding:    7,
	fynetheme.SizeNamePadding:         4,
	fynetheme.SizeNameInputBorder:     0,
	fynetheme.SizeNameInputRadius:     RadiusControl,
	fynetheme.SizeNameSelectionRadius: RadiusControl,
	fynetheme.SizeNameInlineIcon:      16,
	fynetheme.SizeNameScrollBar:       10,
	fynetheme.SizeNameScrollBarSmall:  4,
	fynetheme.SizeNameScrollBarRadius: 5,
	fynetheme.SizeNameLineSpacing:     4,
}

// Sizes of type and of what surrounds it, in device-independent pixels.
const (
	SizeDisplay = 34
	SizeTitle   = 22
	SizeStat    = 16
	SizeCard    = 14
	SizeBody    = 13
	SizeLabel   = 12.5
	SizeSmall   = 12
	SizeCaption = 11.5
	SizeTiny    = 11

	RadiusCard    = 10
	RadiusControl = 6

	GapCards  = 16
	PadCard   = 16
	PadPageX  = 28
	PadPageY  = 18
	NavWidth  = 248
	HeaderDip = 52
)
