package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/theme"
)

// Layer is something on top of the window: a sheet, a menu, the palette. Escape
// and a press beside it close it, and the focus goes back to where it was.
type Layer struct {
	canvas  fyne.Canvas
	root    *ground
	float   *fyne.Container
	back    fyne.Focusable
	onKey   func(*fyne.KeyEvent)
	OnClose func()
	open    bool
}

// ground covers the window, so that what is below is not reached. It grows with
// the window: Fyne gives every overlay the window's size.
type ground struct {
	widget.BaseWidget
	layer *Layer
	all   *fyne.Container
}

// CreateRenderer implements fyne.Widget.
func (g *ground) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(g.all) }

// Tapped implements fyne.Tappable.
func (g *ground) Tapped(*fyne.PointEvent) { g.layer.Close() }

// floating places one object by a rule, within the window.
type floating struct {
	at func(window, least fyne.Size) (fyne.Position, fyne.Size)
}

func (f floating) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (f floating) Layout(objects []fyne.CanvasObject, window fyne.Size) {
	o := objects[0]
	pos, size := f.at(window, o.MinSize())
	o.Resize(size)
	if again, s := f.at(window, o.MinSize()); s != size { // wrapped text has found its height
		o.Resize(s)
		pos = again
	}
	o.Move(pos)
}

// openLayer puts content on top of c, where at says.
func openLayer(c fyne.Canvas, scrim theme.Role, content fyne.CanvasObject, at func(window, least fyne.Size) (fyne.Position, fyne.Size)) *Layer {
	l := &Layer{canvas: c, back: c.Focused(), open: true}
	blocker := &shield{content: content}
	blocker.ExtendBaseWidget(blocker)
	l.float = container.New(floating{at}, blocker)
	l.root = &ground{layer: l, all: container.NewStack(NewBox(0, scrim, nil), l.float)}
	l.root.ExtendBaseWidget(l.root)
	c.Overlays().Add(l.root)
	l.root.Resize(c.Size())
	l.onKey = c.OnTypedKey()
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			l.Close()
		}
	})
	return l
}

// shield keeps presses on content from closing the layer below it.
type shield struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

// CreateRenderer implements fyne.Widget.
func (s *shield) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.content) }

// Tapped implements fyne.Tappable.
func (s *shield) Tapped(*fyne.PointEvent) {}

// Close takes it away. Closing twice does nothing more.
func (l *Layer) Close() {
	if !l.open {
		return
	}
	l.open = false
	l.canvas.Overlays().Remove(l.root)
	l.canvas.SetOnTypedKey(l.onKey)
	if l.back != nil {
		l.canvas.Focus(l.back)
	}
	if l.OnClose != nil {
		l.OnClose()
	}
}

// settle places the content anew after it has grown or shrunk.
func (l *Layer) settle() {
	l.float.Layout.Layout(l.float.Objects, l.root.Size())
	l.root.Refresh()
}

// Focus gives a widget of the layer the keyboard.
func (l *Layer) Focus(o fyne.Focusable) { l.canvas.Focus(o) }

// panel is the surface that layers stand on.
func panel(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(NewBox(theme.RadiusCard, theme.Surface, theme.Strong), content)
}

// Sheet opens a panel in the middle of the window, with a title, content, and
// buttons at the bottom right.
func Sheet(c fyne.Canvas, title, purpose string, width float32, content fyne.CanvasObject, buttons func(*Layer) []fyne.CanvasObject) *Layer {
	foot := HStack(8, Spacer())
	head := VStack(4, NewText(title, 16, theme.Text).Strong())
	if purpose != "" {
		head.Add(Prose(purpose).Quiet())
	}
	body := VStack(16, head, content, foot)
	l := openLayer(c, theme.Scrim, panel(Pad(20, 20, 20, 20, body)), func(window, least fyne.Size) (fyne.Position, fyne.Size) {
		size := fyne.NewSize(fyne.Min(width, window.Width-40), fyne.Min(least.Height, window.Height-40))
		return fyne.NewPos((window.Width-size.Width)/2, fyne.Max(20, (window.Height-size.Height)*0.4)), size
	})
	for _, b := range buttons(l) {
		foot.Add(b)
	}
	l.settle()
	return l
}

// below places a menu under an object, or above it where there is more room.
func below(o fyne.CanvasObject, width float32) func(window, least fyne.Size) (fyne.Position, fyne.Size) {
	return func(window, least fyne.Size) (fyne.Position, fyne.Size) {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		size := fyne.NewSize(fyne.Max(width, fyne.Max(o.Size().Width, least.Width)), least.Height)
		x := fyne.Min(at.X, window.Width-size.Width-8)
		y := at.Y + o.Size().Height + 4
		if y+size.Height > window.Height-8 {
			y = fyne.Max(8, at.Y-size.Height-4)
		}
		return fyne.NewPos(fyne.Max(8, x), y), size
	}
}
