package thread

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cairn/ui/kit"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// Beside shows a part of the thread on another page: the strand of one
// requirement with what is at stake, or the project as a whole.
type Beside struct {
	root  *fyne.Container
	strip *Strip
	said  *kit.Para
	p     *Presenter
	of    string // ID of the requirement, empty for the project
	grown func()
	stop  func()
}

// NewBeside follows p. Grown is called when it takes more or less room than
// before. Call Close when the page leaves the window.
func NewBeside(p *Presenter, goTo func(kind, id string), grown func()) *Beside {
	b := &Beside{strip: NewStrip(goTo), said: kit.Prose("").Quiet(), p: p, grown: grown}
	b.root = container.NewStack(kit.VStack(10, kit.Label(words.T("Thread")), b.strip.Object(), b.said))
	b.root.Hidden = true
	b.stop = kit.Render(&p.State, func(State) { b.draw() })
	return b
}

// Card is Beside on a card of its own.
func (b *Beside) Card() fyne.CanvasObject {
	card := container.NewStack(kit.NewBox(theme.RadiusCard, theme.Surface, theme.Border), kit.Pad(theme.PadCard, theme.PadCard, theme.PadCard, theme.PadCard, b.root.Objects[0]))
	b.root.Objects = []fyne.CanvasObject{card}
	return b.root
}

// Object returns what a page places.
func (b *Beside) Object() fyne.CanvasObject { return b.root }

// Show shows the strand of a requirement, nothing when it has none.
func (b *Beside) Show(requirement string) {
	if b.of != requirement {
		b.of = requirement
		b.draw()
	}
}

// Close stops following the presenter.
func (b *Beside) Close() { b.stop() }

func (b *Beside) draw() {
	st := b.p.State.Get()
	row, ok := st.Project, len(st.Rows) > 0
	if b.of != "" {
		strand, found := Of(b.p.Strands.Get(), b.of)
		row, ok = RowOf(strand), found
	}
	resized := b.root.Hidden == ok
	b.root.Hidden = !ok
	if ok {
		resized = b.strip.Draw(row) || resized
		b.said.Set(row.Sentence)
		b.said.Hidden = row.Sentence == ""
	}
	if resized && b.grown != nil {
		b.grown()
	}
}
