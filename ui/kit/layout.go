package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// VStack puts objects below each other, each as wide as the stack.
func VStack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// HStack puts objects beside each other, centred in height. Spacers, and the
// objects that Shrink, share what room there is or is not.
func HStack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(row{gap}, objects...)
}

// Spacer pushes its neighbours apart.
func Spacer() fyne.CanvasObject { return layout.NewSpacer() }

// Pad keeps room around an object.
func Pad(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), o)
}

// Fixed gives an object a size that is its least, too; 0 leaves a side as it is.
func Fixed(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(fixed{width, height}, o)
}

// Gap is room without anything in it.
func Gap(width, height float32) *fyne.Container { return container.New(fixed{width, height}) }

// Columns puts objects beside each other, each as high as the row. A width
// below 0 is fixed, one above 0 a share of what is left.
func Columns(gap float32, widths []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columns{gap, widths, false}, objects...)
}

// Cells is Columns whose objects keep their height and are centred in it.
func Cells(gap float32, widths []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columns{gap, widths, true}, objects...)
}

// Wrap puts objects beside each other in rows, as many in each as fit.
func Wrap(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrap{gap: gap}, objects...)
}

// Pair puts two objects beside each other in equal halves when each gets at
// least that much width, and below each other when not.
func Pair(gap, least float32, left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&grid{gap: gap, least: least}, left, right)
}

// Shares puts objects beside each other by their shares of the width when each
// gets at least that much, and below each other when not.
func Shares(gap, least float32, shares []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&sharing{columns: columns{gap, shares, false}, least: least}, objects...)
}

// sharing remembers the width it was given: how high it is follows from that.
type sharing struct {
	columns
	least, width float32
}

func (s *sharing) beside() bool {
	total, smallest := float32(0), s.widths[0]
	for _, share := range s.widths {
		total += share
		smallest = fyne.Min(smallest, share)
	}
	return (s.width-s.gap*float32(len(s.widths)-1))*smallest/total >= s.least
}

func (s *sharing) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := layout.NewCustomPaddedVBoxLayout(s.gap).MinSize(objects)
	if s.beside() {
		least.Height = s.columns.MinSize(objects).Height
	}
	return least
}

func (s *sharing) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s.width = size.Width
	if s.beside() {
		s.columns.Layout(objects, size)
		return
	}
	layout.NewCustomPaddedVBoxLayout(s.gap).Layout(objects, size)
}

// Fill puts the last object below the others, in all the height that is left.
func Fill(objects ...fyne.CanvasObject) *fyne.Container { return container.New(filled{}, objects...) }

type filled struct{}

func (filled) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		s = fyne.NewSize(fyne.Max(s.Width, least.Width), s.Height+least.Height)
	}
	return s
}

func (filled) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height)) // how high text is follows from its width
		height := o.MinSize().Height
		if i == len(objects)-1 {
			height = fyne.Max(0, size.Height-y)
		}
		o.Resize(fyne.NewSize(size.Width, height))
		o.Move(fyne.NewPos(0, y))
		y += height
	}
}

// Grid puts objects in as many equal columns as leave each at least that wide.
func Grid(gap, least float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&grid{gap: gap, least: least}, objects...)
}

type fixed struct{ width, height float32 }

func (f fixed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(f.width, f.height)
	for _, o := range objects {
		least := o.MinSize()
		if f.width == 0 {
			s.Width = fyne.Max(s.Width, least.Width)
		}
		if f.height == 0 {
			s.Height = fyne.Max(s.Height, least.Height)
		}
	}
	return s
}

func (f fixed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
		o.Move(fyne.Position{})
	}
}

type row struct{ gap float32 }

// shrinking is what can do with less width than it likes.
type shrinking interface{ natural() float32 }

func widthOf(o fyne.CanvasObject) float32 {
	if s, ok := o.(shrinking); ok {
		return s.natural()
	}
	return o.MinSize().Width
}

func (r row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return across(r.gap, objects, func(o fyne.CanvasObject) float32 { return o.MinSize().Width })
}

func across(gap float32, objects []fyne.CanvasObject, width func(fyne.CanvasObject) float32) fyne.Size {
	var s fyne.Size
	n := 0
	for _, o := range objects {
		if o.Visible() {
			s.Width += width(o)
			s.Height = fyne.Max(s.Height, o.MinSize().Height)
			n++
		}
	}
	s.Width += gap * float32(max(0, n-1))
	return s
}

func (r row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	spare, spacers, elastic := size.Width-across(r.gap, objects, widthOf).Width, 0, float32(0)
	for _, o := range objects {
		if _, ok := o.(layout.SpacerObject); ok && o.Visible() {
			spacers++
		}
		if s, ok := o.(shrinking); ok && o.Visible() {
			elastic += s.natural() - o.MinSize().Width
		}
	}
	x := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		width, height := widthOf(o), o.MinSize().Height
		if _, ok := o.(layout.SpacerObject); ok && spare > 0 {
			width += spare / float32(spacers)
		}
		if _, ok := o.(shrinking); ok && spare < 0 && elastic > 0 {
			width += fyne.Max(-1, spare/elastic) * (width - o.MinSize().Width)
		}
		o.Resize(fyne.NewSize(width, height))
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		x += width + r.gap
	}
}

type columns struct {
	gap    float32
	widths []float32
	cells  bool
}

func (c columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for i, o := range objects {
		least := o.MinSize()
		s.Height = fyne.Max(s.Height, least.Height)
		if c.widths[i] < 0 {
			s.Width -= c.widths[i]
		} else {
			s.Width += least.Width
		}
	}
	s.Width += c.gap * float32(max(0, len(objects)-1))
	return s
}

func (c columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	free, shares := size.Width-c.gap*float32(max(0, len(objects)-1)), float32(0)
	for _, w := range c.widths {
		free += fyne.Min(w, 0)
		shares += fyne.Max(w, 0)
	}
	x := float32(0)
	for i, o := range objects {
		w := -c.widths[i]
		if c.widths[i] >= 0 {
			w = fyne.Max(0, free*c.widths[i]/shares)
		}
		height, y := size.Height, float32(0)
		if c.cells {
			height = o.MinSize().Height
			y = (size.Height - height) / 2
		}
		o.Resize(fyne.NewSize(w, height))
		o.Move(fyne.NewPos(x, y))
		x += w + c.gap
	}
}
