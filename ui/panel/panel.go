package panel

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// Width is how wide the column is.
const Width = 320

// Section is one of what the column can show.
type Section struct {
	Name   string // in the language of the window
	Icon   string
	Count  int // beside the name, nothing when 0
	Object fyne.CanvasObject
}

// Panel is the column at the right of a page. It is used on the UI goroutine.
type Panel struct {
	title    *kit.Text
	sections []Section
	shown    int
	tabs     *fyne.Container
	body     *fyne.Container
	root     fyne.CanvasObject
	// OnSelect is told which section is shown, and may be nil.
	OnSelect func(section int)
}

// New returns a panel that shows the first of its sections. Done is called when
// somebody closes it.
func New(sections []Section, done func()) *Panel {
	p := &Panel{title: kit.Heading("").Shrink(), sections: sections, tabs: container.NewStack(), body: container.NewStack()}
	head := container.NewBorder(nil, nil, nil, kit.NewTip(kit.NewButton("x", "", kit.Ghost, done), words.T("Close")), kit.Middle(p.title))
	inside := kit.Fill(kit.Pad(10, 8, 6, theme.PadCard, head), kit.Pad(0, theme.PadCard, 0, theme.PadCard, p.tabs), kit.Pad(12, theme.PadCard, 12, theme.PadCard, p.body))
	p.root = kit.Fixed(Width, 0, container.NewStack(kit.NewBox(0, theme.Background, nil), inside))
	p.draw()
	return p
}

// Object returns the column.
func (p *Panel) Object() fyne.CanvasObject { return p.root }

// SetTitle says what the column is about.
func (p *Panel) SetTitle(title string) {
	if p.title.Text() != title {
		p.title.Set(title)
		kit.Settle(p.root)
	}
}

// SetCount changes the number beside a section's name.
func (p *Panel) SetCount(section, count int) {
	if p.sections[section].Count != count {
		p.sections[section].Count = count
		p.draw()
	}
}

// Select shows a section.
func (p *Panel) Select(section int) {
	if p.shown == section {
		return
	}
	p.shown = section
	p.draw()
	if p.OnSelect != nil {
		p.OnSelect(section)
	}
}

// Selected returns which section is shown.
func (p *Panel) Selected() int { return p.shown }

func (p *Panel) draw() {
	tabs := make([]*kit.Tab, len(p.sections))
	for i, s := range p.sections {
		name := s.Name
		if s.Count > 0 {
			name = fmt.Sprintf("%s %d", s.Name, s.Count)
		}
		role := theme.Text3
		if i == p.shown {
			role = theme.Accent
		}
		tabs[i] = kit.NewTab(name, func() { p.Select(i) })
		tabs[i].Set(i == p.shown, s.Icon, role)
	}
	p.tabs.Objects = []fyne.CanvasObject{kit.Tabs(tabs...)}
	if len(p.sections) > 0 {
		p.body.Objects = []fyne.CanvasObject{p.sections[p.shown].Object}
	}
	p.tabs.Refresh()
	p.body.Refresh()
}
