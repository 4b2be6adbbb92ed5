package kit

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/theme"
)

// Tip shows words when the pointer rests on an object: where a number comes
// from, what a short word stands for. What is needed to go on never stands in
// one.
type Tip struct {
	widget.BaseWidget
	content fyne.CanvasObject
	words   string
	timer   *time.Timer
	shown   fyne.CanvasObject
}

// tipAfter is how long the pointer has to rest.
const tipAfter = 450 * time.Millisecond

// NewTip returns content with a tip.
func NewTip(content fyne.CanvasObject, words string) *Tip {
	t := &Tip{content: content, words: words}
	t.ExtendBaseWidget(t)
	return t
}

// SetWords changes what it says.
func (t *Tip) SetWords(words string) { t.words = words }

// CreateRenderer implements fyne.Widget.
func (t *Tip) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.content) }

// MouseIn implements desktop.Hoverable.
func (t *Tip) MouseIn(e *desktop.MouseEvent) {
	at := e.AbsolutePosition
	t.timer = time.AfterFunc(tipAfter, func() { fyne.Do(func() { t.show(at) }) })
}

// MouseMoved implements desktop.Hoverable.
func (t *Tip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *Tip) MouseOut() {
	if t.timer != nil {
		t.timer.Stop()
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil && t.shown != nil {
		c.Overlays().Remove(t.shown)
	}
	t.shown = nil
}

func (t *Tip) show(at fyne.Position) {
	c := fyne.CurrentApp().Driver().CanvasForObject(t)
	if c == nil || t.words == "" || c.Overlays().Top() != nil {
		return
	}
	const widest = 300
	bubble := Bubble(t.words, widest)
	size := bubble.MinSize()
	bubble.Resize(size)
	bubble.Move(fyne.NewPos(fyne.Min(at.X+12, c.Size().Width-size.Width-8), fyne.Min(at.Y+18, c.Size().Height-size.Height-8)))
	t.shown = container.NewWithoutLayout(bubble)
	c.Overlays().Add(t.shown)
}

// Bubble is the ground of a tip: words in the colours of the page turned over,
// wrapped at a width.
func Bubble(words string, widest float32) fyne.CanvasObject {
	inverse := func(k *theme.Tokens) colour { return k.Text }
	ink := func(k *theme.Tokens) colour { return k.Surface }
	lines := VStack(2)
	for paragraph := range strings.SplitSeq(words, "\n") {
		for _, l := range breakLines(paragraph, theme.SizeCaption, widest) {
			lines.Add(NewText(l, theme.SizeCaption, ink))
		}
	}
	return container.NewStack(NewBox(6, inverse, nil), Pad(7, 10, 7, 10, lines))
}

// breakLines breaks text at blanks so that no line is wider than widest.
func breakLines(text string, size, widest float32) []string {
	var lines []string
	line := ""
	for _, r := range append([]rune(text), ' ') {
		if r != ' ' {
			line += string(r)
			continue
		}
		lines = appendWord(lines, line, size, widest)
		line = ""
	}
	return lines
}

func appendWord(lines []string, word string, size, widest float32) []string {
	if len(lines) == 0 {
		return append(lines, word)
	}
	longer := lines[len(lines)-1] + " " + word
	if fyne.MeasureText(longer, size, fyne.TextStyle{}).Width > widest {
		return append(lines, word)
	}
	lines[len(lines)-1] = longer
	return lines
}
