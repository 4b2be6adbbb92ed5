package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/theme"
)

// Text is one line of text in a colour that follows the theme.
type Text struct {
	drawn
	line    *canvas.Text
	role    theme.Role
	full    string
	shrinks bool
	known   struct { // the size of full, as layouts ask for it many times over
		of   string
		in   fyne.Theme
		size fyne.Size
	}
}

// NewText returns a line of text of a size.
func NewText(text string, size float32, role theme.Role) *Text {
	t := &Text{line: canvas.NewText(oneLine(text), nil), role: role, full: oneLine(text)}
	t.line.TextSize = size
	t.objects = []fyne.CanvasObject{t.line}
	t.paint = func(k *theme.Tokens) { t.line.Color = t.role(k) }
	t.place = t.arrange
	t.least = func() fyne.Size {
		if t.shrinks {
			return fyne.NewSize(fyne.Min(24, t.natural()), t.extent(t.line.Text).Height)
		}
		return t.extent(t.line.Text)
	}
	t.ExtendBaseWidget(t)
	return t
}

// oneLine keeps what is one line on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Strong makes it semi-bold.
func (t *Text) Strong() *Text { t.line.TextStyle.Bold, t.known.of = true, ""; return t }

// Digits makes digits equally wide, for columns of numbers.
func (t *Text) Digits() *Text { t.line.FontSource, t.known.of = theme.Tabular(), ""; return t }

// Trailing aligns it with the right edge.
func (t *Text) Trailing() *Text { t.line.Alignment = fyne.TextAlignTrailing; return t }

// Centred aligns it with the middle.
func (t *Text) Centred() *Text { t.line.Alignment = fyne.TextAlignCenter; return t }

// Shrink lets it do with less room than it needs: what does not fit ends in
// an ellipsis.
func (t *Text) Shrink() *Text { t.shrinks = true; return t }

// Set changes the text.
func (t *Text) Set(text string) {
	if text = oneLine(text); text == t.full {
		return
	}
	t.full, t.line.Text = text, text
	t.Refresh()
}

// SetRole changes the colour.
func (t *Text) SetRole(role theme.Role) { t.role = role; t.Refresh() }

// Text returns what it says, whether all of it fits or not.
func (t *Text) Text() string { return t.full }

func (t *Text) natural() float32 { return t.measure(t.full) }

func (t *Text) measure(text string) float32 { return t.extent(text).Width }

// extent returns how large text would be. Fyne remembers the size of every text
// but the empty one, which it shapes anew each time it is asked.
func (t *Text) extent(text string) fyne.Size {
	app := fyne.CurrentApp()
	in := app.Settings().Theme()
	if text == t.known.of && text != "" && in == t.known.in {
		return t.known.size
	}
	of := text
	if of == "" {
		of = "0"
	}
	size, _ := app.Driver().RenderedTextSize(of, t.line.TextSize, t.line.TextStyle, t.line.FontSource)
	if text == "" {
		size.Width = 0
	}
	if text == t.full {
		t.known.of, t.known.in, t.known.size = text, in, size
	}
	return size
}

func (t *Text) arrange(s fyne.Size) {
	text := t.full
	if t.shrinks && t.measure(text) > s.Width+0.5 {
		text = t.clipped(s.Width)
	}
	if t.line.Text != text {
		t.line.Text = text
		t.line.Refresh()
	}
	t.line.Resize(s)
}

// clipped returns the longest beginning that fits with an ellipsis.
func (t *Text) clipped(width float32) string {
	runes := []rune(t.full)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if t.measure(strings.TrimRight(string(runes[:mid]), " ")+"…") <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:low]), " ") + "…"
}

// Display is the one number or word that a page is about.
func Display(text string) *Text { return NewText(text, theme.SizeDisplay, theme.Text).Strong() }

// Title is the title of a page.
func Title(text string) *Text { return NewText(text, theme.SizeTitle, theme.Text).Strong() }

// Stat is a number that stands out.
func Stat(text string) *Text { return NewText(text, theme.SizeStat, theme.Text).Strong() }

// Heading is the title of a card.
func Heading(text string) *Text { return NewText(text, theme.SizeCard, theme.Text).Strong() }

// Label names a field or a row.
func Label(text string) *Text { return NewText(text, theme.SizeLabel, theme.Text).Strong() }

// Body is ordinary text.
func Body(text string) *Text { return NewText(text, theme.SizeBody, theme.Text2) }

// Caption is what may be overlooked.
func Caption(text string) *Text { return NewText(text, theme.SizeCaption, theme.Text3) }

// Para is text that wraps.
type Para struct {
	wrapped
	label *widget.Label
}

// NewPara returns text that wraps to the width it is given, of a size of the
// theme.
func NewPara(text string, size fyne.ThemeSizeName) *Para {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	l.SizeName = size
	p := &Para{label: l}
	p.inside = container.New(flush{}, l)
	p.ExtendBaseWidget(p)
	return p
}

// Prose is text of the size of a body.
func Prose(text string) *Para { return NewPara(text, fynetheme.SizeNameText) }

// Small is text of the size of a caption.
func Small(text string) *Para { return NewPara(text, fynetheme.SizeNameCaptionText) }

// Quiet makes it grey.
func (p *Para) Quiet() *Para { p.label.Importance = widget.LowImportance; return p }

// Plain takes grey and red back.
func (p *Para) Plain() *Para { p.label.Importance = widget.MediumImportance; return p }

// Bold makes it stand out.
func (p *Para) Bold() *Para { p.label.TextStyle.Bold = true; return p }

// Centred aligns its lines with the middle.
func (p *Para) Centred() *Para { p.label.Alignment = fyne.TextAlignCenter; return p }

// Alarm makes it red.
func (p *Para) Alarm() *Para { p.label.Importance = widget.DangerImportance; return p }

func (p *Para) alarmed() bool { return p.label.Importance == widget.DangerImportance }

// Set changes the text.
func (p *Para) Set(text string) {
	if p.label.Text != text {
		p.label.SetText(text)
	}
}

// flush removes a label's own padding, so that wrapped text begins where other
// text does.
type flush struct{}

func (flush) MinSize(objects []fyne.CanvasObject) fyne.Size {
	pad := 2 * fynetheme.InnerPadding()
	s := objects[0].MinSize()
	return fyne.NewSize(fyne.Max(0, s.Width-pad), fyne.Max(0, s.Height-pad))
}

func (flush) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	pad := fynetheme.InnerPadding()
	objects[0].Resize(size.AddWidthHeight(2*pad, 2*pad))
	objects[0].Move(fyne.NewPos(-pad, -pad))
}
