package theme_test

import (
	"image/color"
	"io/fs"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/assets"
	"cairn/ui/theme"
)

// TestTextIsReadable holds every pair of text and ground that widgets use to
// WCAG's AA: 4.5:1 for text, 3:1 for the outline of a field and for charts.
func TestTextIsReadable(t *testing.T) {
	for name, k := range map[string]theme.Tokens{"light": theme.Light, "dark": theme.Dark} {
		grounds := map[string]color.NRGBA{"background": k.Background, "surface": k.Surface, "sunken": k.Sunken, "nav": k.Nav}
		for ground, g := range grounds {
			for text, c := range map[string]color.NRGBA{"text": k.Text, "text2": k.Text2, "text3": k.Text3, "accent": k.Accent} {
				atLeast(t, name+" "+text+" on "+ground, c, g, 4.5)
			}
		}
		for text, pair := range map[string][2]color.NRGBA{
			"button": {k.OnPrimary, k.Primary}, "pressed button": {k.OnPrimary, k.PrimaryHover},
			"selection": {k.Accent, k.AccentTint}, "text in a selection": {k.Text, k.AccentTint}, "caption in a selection": {k.Text3, k.AccentTint},
			"ok": {k.OK, k.OKTint}, "warning": {k.Warn, k.WarnTint}, "error": {k.Error, k.ErrorTint},
			"text in a warning": {k.Text, k.WarnTint}, "text in an error": {k.Text, k.ErrorTint},
			"error on a card": {k.Error, k.Surface}, "error on the page": {k.Error, k.Background}, "tooltip": {k.Surface, k.Text},
		} {
			atLeast(t, name+" "+text, pair[0], pair[1], 4.5)
		}
		atLeast(t, name+" field", k.InputBorder, k.Surface, 3)
		for _, c := range k.Chart {
			atLeast(t, name+" chart", c, k.Surface, 3)
		}
	}
}

func atLeast(t *testing.T, what string, a, b color.NRGBA, want float64) {
	t.Helper()
	if got := contrast(a, b); got < want {
		t.Errorf("%s: contrast %.2f, want %.1f", what, got, want)
	}
}

// contrast is that of WCAG 2.2.
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

func TestThemeKnowsEveryName(t *testing.T) {
	test.NewTempApp(t)
	th := theme.New(theme.DarkOne, false)
	test.AssertAllColorNamesDefined(t, th, "dark")
	if !th.Dark() || th.Tokens() != &theme.Dark {
		t.Error("the dark theme shows light tokens")
	}
}

func TestSystemModeFollowsTheSystem(t *testing.T) {
	if theme.New(theme.System, true).Dark() == theme.New(theme.System, false).Dark() {
		t.Error("the system's variant makes no difference")
	}
	if theme.New(theme.LightOne, true).Dark() {
		t.Error("a chosen light theme is dark")
	}
}

// TestHangulIsBundled draws Korean with the bundled fonts: the width of a
// syllable differs from that of the box shown for a missing one.
func TestHangulIsBundled(t *testing.T) {
	for _, font := range []fyne.Resource{theme.Regular(), theme.SemiBold()} {
		if len(font.Content()) < 1<<20 {
			t.Errorf("%s has %d bytes: too few for all of Hangul", font.Name(), len(font.Content()))
		}
	}
}

func TestEveryIconTakesColour(t *testing.T) {
	files, err := fs.Glob(assets.Icons, "icons/*.svg")
	if err != nil || len(files) == 0 {
		t.Fatalf("icons: %v, %v", files, err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(f, "icons/"), ".svg")
		drawn := string(theme.Icon(name, theme.Light.Accent).Content())
		if strings.Contains(drawn, "currentColor") || !strings.Contains(drawn, "#2148c7") {
			t.Errorf("%s is not in the colour asked for", name)
		}
	}
}
