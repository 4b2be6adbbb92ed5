package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"cairn/ui/theme"
)

// Pick is a card that is pressed as a whole.
type Pick struct {
	tappable
	back    *canvas.Rectangle
	content fyne.CanvasObject
}

// NewPick returns a card around content.
func NewPick(content fyne.CanvasObject, tap func()) *Pick {
	p := &Pick{back: canvas.NewRectangle(nil), content: Pad(theme.PadCard, theme.PadCard, theme.PadCard, theme.PadCard, content)}
	p.onTap = tap
	p.back.CornerRadius = theme.RadiusCard
	p.objects = []fyne.CanvasObject{p.back, p.content}
	p.least = p.content.MinSize
	p.place = p.fill
	p.paint = func(k *theme.Tokens) {
		p.back.FillColor, p.back.StrokeColor, p.back.StrokeWidth = k.Surface, k.Border, 1
		if p.hovered {
			p.back.StrokeColor = k.BorderStrong
			p.back.FillColor = theme.Mix(k.AccentTint, k.Surface, 0.35)
		}
		if p.focused {
			p.back.StrokeColor, p.back.StrokeWidth = k.Accent, 2
		}
	}
	p.ExtendBaseWidget(p)
	return p
}

// Toggle is a chip that is on or off, as one of several roles.
type Toggle struct {
	tappable
	on    bool
	back  *canvas.Rectangle
	words *canvas.Text
	image *canvas.Image
}

// NewToggle returns a toggle that is off.
func NewToggle(words string, changed func(on bool)) *Toggle {
	t := &Toggle{back: canvas.NewRectangle(nil), words: canvas.NewText(words, nil), image: canvas.NewImageFromResource(nil)}
	t.onTap = func() { t.Hold(!t.on); changed(t.on) }
	t.back.CornerRadius, t.words.TextSize = 15, theme.SizeLabel
	t.image.FillMode = canvas.ImageFillContain
	t.objects = []fyne.CanvasObject{t.back, t.image, t.words}
	t.least = func() fyne.Size { return fyne.NewSize(t.words.MinSize().Width+14+6+22, 30) }
	t.place = func(s fyne.Size) {
		t.back.Resize(s)
		t.image.Resize(fyne.NewSquareSize(14))
		t.image.Move(fyne.NewPos(10, (s.Height-14)/2))
		least := t.words.MinSize()
		t.words.Resize(least)
		t.words.Move(fyne.NewPos(30, (s.Height-least.Height)/2))
	}
	t.paint = func(k *theme.Tokens) {
		ink, icon := k.Text2, "plus"
		t.back.FillColor, t.back.StrokeColor, t.back.StrokeWidth = k.Surface, k.BorderStrong, 1
		if t.hovered {
			t.back.FillColor = k.Sunken
		}
		if t.on {
			ink, icon = k.Accent, "check"
			t.back.FillColor, t.back.StrokeColor = k.AccentTint, k.AccentTint
		}
		if t.focused {
			t.back.StrokeColor, t.back.StrokeWidth = k.Accent, 2
		}
		t.words.Color = ink
		t.image.Resource = theme.Icon(icon, ink)
	}
	t.ExtendBaseWidget(t)
	return t
}

// Hold sets whether it is on.
func (t *Toggle) Hold(on bool) { t.on = on; t.Refresh() }

// Head is what the window puts into the head of a page, each nil where there is
// nothing: tabs below the title, and at its right how the page stands.
type Head struct{ Tabs, Status fyne.CanvasObject }

// PageHead is the title of a page, its purpose in a sentence, and at the right
// what the page puts there, nil for nothing, beside what the window does.
func PageHead(title, purpose string, right fyne.CanvasObject, from Head) fyne.CanvasObject {
	var aside []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{right, from.Status} {
		if o != nil {
			aside = append(aside, o)
		}
	}
	head := container.NewBorder(nil, nil, nil, Top(HStack(8, aside...)), VStack(4, Title(title), Prose(purpose).Quiet()))
	if from.Tabs == nil {
		return head
	}
	return VStack(8, head, from.Tabs)
}
