package kit

import (
	"strings"

	"fyne.io/fyne/v2"

	"cairn/ui/theme"
)

// Palette finds items by what is typed: everything a window can do, without a
// mouse.
type Palette struct {
	layer   *Layer
	entry   *Entry
	groups  []Group
	list    *fyne.Container
	lines   []*line
	at      int
	nothing string
}

// Group is a heading with its items.
type Group struct {
	Name  string
	Items []Item
}

// paletteMost is how many lines it shows at once.
const paletteMost = 9

// PaletteWords are what the palette itself says.
type PaletteWords struct{ Example, Nothing, Move, Open, Close string }

// OpenPalette opens it at the top of the window.
func OpenPalette(c fyne.Canvas, groups []Group, say PaletteWords) *Palette {
	p := &Palette{groups: groups, list: VStack(0), nothing: say.Nothing}
	p.entry = NewEntry(say.Example, func(text string) { p.filter(text) })
	p.entry.OnKey = p.key
	foot := Pad(8, 8, 2, 8, HStack(16, Caption("↑ ↓ "+say.Move), Caption("Enter "+say.Open), Caption("Esc "+say.Close)))
	body := Pad(10, 10, 8, 10, VStack(6, p.entry.Object(), p.list, foot))
	p.layer = openLayer(c, theme.Scrim, panel(body), func(window, least fyne.Size) (fyne.Position, fyne.Size) {
		width := fyne.Min(600, window.Width-40)
		return fyne.NewPos((window.Width-width)/2, fyne.Min(110, window.Height/8)), fyne.NewSize(width, least.Height)
	})
	p.filter("")
	p.layer.Focus(p.entry)
	return p
}

// Close closes it.
func (p *Palette) Close() { p.layer.Close() }

func (p *Palette) filter(text string) {
	p.lines, p.at = nil, 0
	var objects []fyne.CanvasObject
	for _, g := range p.groups {
		headed := false
		for _, item := range g.Items {
			if len(p.lines) == paletteMost || !Matches(text, item.Words+" "+item.Aside+" "+g.Name) {
				continue
			}
			if !headed {
				objects = append(objects, heading(g.Name))
				headed = true
			}
			l := newLine(item, func() { p.do(item) })
			p.lines = append(p.lines, l)
			objects = append(objects, l)
		}
	}
	if len(p.lines) == 0 {
		objects = append(objects, Pad(14, 10, 14, 10, Body(p.nothing)))
	} else {
		p.lines[0].lit = true
	}
	p.list.Objects = objects
	p.list.Refresh()
	p.layer.settle()
}

// Matches reports whether every word of query stands in text, in any order and
// whatever the case.
func Matches(query, text string) bool {
	text = strings.ToLower(text)
	for word := range strings.FieldsSeq(strings.ToLower(query)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func (p *Palette) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyEscape:
		p.layer.Close()
	case fyne.KeyUp, fyne.KeyDown:
		if len(p.lines) == 0 {
			return true
		}
		step := 1
		if name == fyne.KeyUp {
			step = len(p.lines) - 1
		}
		p.lines[p.at].light(false)
		p.at = (p.at + step) % len(p.lines)
		p.lines[p.at].light(true)
	case fyne.KeyReturn, fyne.KeyEnter:
		if len(p.lines) > 0 {
			p.do(p.lines[p.at].item)
		}
	default:
		return false
	}
	return true
}

func (p *Palette) do(item Item) {
	p.layer.Close()
	item.Do()
}
