package report

import (
	"fmt"
	"math"
	"strings"

	"cairn/app/report/paper"
	"cairn/app/report/typeface"
	"cairn/core/value"
)

// Sizes of drawings, in points.
const (
	chartWidth  = 480.0
	labelSize   = 8.5
	barsHeight  = 96.0 // of the tallest bar
	marksHeight = 32.0 // for the words above the bars
	axisHeight  = 18.0
)

// spans reports whether there is something between low and high to draw on.
func spans(low, high float64) bool { return high > low && high-low < math.MaxFloat64/4 }

// scale places numbers across a drawing.
type scale struct{ low, high, from, to float64 }

func (s scale) at(x float64) float64 { return s.from + (x-s.low)/(s.high-s.low)*(s.to-s.from) }

// axis draws a line with round numbers below it.
func (s scale) axis(y float64, format func(float64) string) []paper.Shape {
	shapes := []paper.Shape{paper.Rule{X1: s.from, Y1: y, X2: s.to, Y2: y, Ink: paper.Hairline}}
	const apart = 80 // between numbers
	for _, x := range ticks(s.low, s.high, max(2, (s.to-s.from)/apart)) {
		text := format(x)
		half := typeface.Width(text, typeface.Regular, labelSize) / 2
		if at := s.at(x); at-half >= s.from && at+half <= s.to {
			shapes = append(shapes, paper.Label{X: at, Y: y + 12, Text: text, Size: labelSize, Ink: paper.Quiet, Anchor: paper.Middle})
		}
	}
	return shapes
}

// ticks returns about n round numbers between low and high: steps of 1, 2, 2.5
// or 5 times a power of ten.
func ticks(low, high, n float64) []float64 {
	rough := (high - low) / n
	unit := math.Pow(10, math.Floor(math.Log10(rough)))
	step := 10 * unit
	for _, k := range []float64{1, 2, 2.5, 5} {
		if rough <= k*unit*(1+1e-9) {
			step = k * unit
			break
		}
	}
	first, most := math.Ceil(low/step-1e-9), int(2*n)+2 // there are at most twice as many
	var out []float64
	for i := range most {
		x := (first + float64(i)) * step
		if x > high+step*1e-9 {
			break
		}
		out = append(out, x)
	}
	return out
}

// scales are what large numbers are counted in, by language.
var scales = map[Language][]struct {
	size float64
	mark string
}{
	English: {{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "k"}},
	Korean:  {{1e12, "조"}, {1e8, "억"}, {1e4, "만"}},
}

// compact returns how a number stands in a drawing: with three digits that
// count, and large ones in thousands, millions and so on.
func (v *voice) compact(x float64, unit string) string {
	const large = 1e4
	if math.Abs(x) < large || strings.TrimSpace(unit) == "%" || math.IsInf(x, 0) {
		return value.Short(rounded(x), unit)
	}
	for _, s := range scales[v.language] {
		if math.Abs(x) >= s.size {
			// A currency without cents would leave nothing behind the point.
			number := value.FormatNumber(rounded(math.Abs(x)/s.size)) + s.mark
			if x < 0 {
				return "−" + strings.Replace(value.Short(1, unit), "1", number, 1)
			}
			return strings.Replace(value.Short(1, unit), "1", number, 1)
		}
	}
	return value.Short(rounded(x), unit)
}

// histogram draws how often the simulation came out where.
func (w *writer) histogram(e *value.Estimate) paper.Figure {
	h := e.Histogram
	f := paper.Figure{Title: w.T("What may come out"), Words: w.T("In 8 of 10 cases it comes to between %s and %s; as often above %s as below.",
		value.Short(rounded(e.P10), e.Unit), w.amount(rounded(e.P90), e.Unit), value.Short(rounded(e.P50), e.Unit))}
	f.Table = paper.Table{
		Columns: []paper.Column{{Head: w.T("Share of cases")}, {Head: w.T("Value below"), Right: true}},
		Rows: [][]paper.Cell{
			{paper.Of("10 % (P10)"), paper.Of(w.amount(rounded(e.P10), e.Unit))},
			{paper.Of("50 % (P50)"), paper.Of(w.amount(rounded(e.P50), e.Unit))},
			{paper.Of("90 % (P90)"), paper.Of(w.amount(rounded(e.P90), e.Unit))},
		},
	}
	most := 0
	for _, n := range h.Counts {
		most = max(most, n)
	}
	if most == 0 || !spans(h.Low, h.High) {
		return f
	}
	s := scale{h.Low, h.High, 0, chartWidth}
	ground := marksHeight + barsHeight
	var shapes []paper.Shape
	wide := (h.High - h.Low) / float64(len(h.Counts))
	for i, n := range h.Counts {
		from, to := h.Low+float64(i)*wide, h.Low+float64(i+1)*wide
		ink := paper.Series
		if middle := (from + to) / 2; middle < e.P10 || middle > e.P90 {
			ink = paper.Faint
		}
		tall := barsHeight * float64(n) / float64(most)
		shapes = append(shapes, paper.Box{X: s.at(from) + 0.5, Y: ground - tall, Width: s.at(to) - s.at(from) - 1, Height: tall, Ink: ink})
	}
	for i, m := range []struct {
		name string
		x    float64
	}{{"P10", e.P10}, {"P50", e.P50}, {"P90", e.P90}} {
		shapes = append(shapes, percentile(s, ground, m.name, w.compact(m.x, e.Unit), m.x, i)...)
	}
	shapes = append(shapes, s.axis(ground, func(x float64) string { return w.compact(x, e.Unit) })...)
	f.Drawing = paper.Drawing{Width: chartWidth, Height: ground + axisHeight, Shapes: shapes}
	return f
}

// percentile draws a line and the words above it: those of the first end at it,
// those of the last begin there, so that near ones stay apart.
func percentile(s scale, ground float64, name, words string, x float64, i int) []paper.Shape {
	at := min(max(s.at(x), s.from), s.to)
	half := typeface.Width(words, typeface.SemiBold, 10)/2 + 1
	var to float64
	anchor := paper.Middle
	switch i {
	case 0:
		to, anchor = max(at+4, s.from+2*half), paper.End
	case 2:
		to, anchor = min(at-4, s.to-2*half), paper.Start
	default:
		to = min(max(at, s.from+half), s.to-half)
	}
	return []paper.Shape{
		paper.Rule{X1: at, Y1: marksHeight - 5, X2: at, Y2: ground, Ink: paper.Dark, Dashed: true},
		paper.Label{X: to, Y: 9, Text: name, Size: labelSize, Ink: paper.Quiet, Anchor: anchor},
		paper.Label{X: to, Y: 21, Text: words, Size: 10, Strong: true, Ink: paper.Dark, Anchor: anchor},
	}
}

// barsMost is how many bars the tornado has: what moves the value less is not
// seen beside what moves it most.
const barsMost = 6

// tornado draws what each quantity does to the value; ok is false when none does
// anything.
func (w *writer) tornado(e *value.Estimate) (f paper.Figure, ok bool) {
	f.Title = w.T("What moves it")
	f.Note = w.T("Each from low to high, the others as they are")
	if len(e.Sensitivity) > 0 && e.Sensitivity[0].Assumed {
		f.Note = w.T("Each a tenth down and up, the others as they are")
	}
	f.Words = f.Title + ". " + f.Note
	f.Table.Columns = []paper.Column{{Head: w.T("Quantity")}, {Head: w.T("Range"), Right: true}, {Head: w.T("Value if low"), Right: true}, {Head: w.T("Value if high"), Right: true}}
	low, high := e.Expected, e.Expected
	var bars []value.Effect
	for _, s := range e.Sensitivity {
		if len(bars) == barsMost || s.Swing == 0 {
			break
		}
		bars = append(bars, s)
		low, high = min(low, s.ValueLow, s.ValueHigh), max(high, s.ValueLow, s.ValueHigh)
		f.Table.Rows = append(f.Table.Rows, []paper.Cell{
			paper.Of(w.labelled(s.Label, s.Name)), paper.Of(value.Short(s.Low, s.Unit) + " – " + value.Short(s.High, s.Unit)),
			paper.Of(w.amount(s.ValueLow, e.Unit)), paper.Of(w.amount(s.ValueHigh, e.Unit)),
		})
	}
	if !spans(low, high) {
		return f, len(bars) > 0
	}
	f.Drawing = w.swings(e, bars, scale{low, high, 0, 0})
	return f, true
}

// swings draws the bars, each with its words at the left.
func (w *writer) swings(e *value.Estimate, bars []value.Effect, s scale) paper.Drawing {
	const row, thick, words = 29.0, 12.0, 172.0
	room := 0.0 // for the numbers at both ends
	for _, b := range bars {
		room = max(room, typeface.Width(w.compact(b.ValueLow, e.Unit), typeface.Regular, labelSize), typeface.Width(w.compact(b.ValueHigh, e.Unit), typeface.Regular, labelSize))
	}
	room = min(room, 90) + 6
	s.from, s.to = words+room, chartWidth-room
	middle := s.at(e.Expected)
	height := row * float64(len(bars))
	shapes := []paper.Shape{paper.Rule{X1: middle, Y1: 12, X2: middle, Y2: height + 14, Ink: paper.Quiet}}
	shapes = append(shapes, paper.Label{X: middle, Y: 8, Text: w.compact(e.Expected, e.Unit), Size: labelSize, Strong: true, Ink: paper.Dark, Anchor: paper.Middle})
	for i, b := range bars {
		y := 16 + row*float64(i) + (row-thick)/2
		atLow, atHigh := s.at(b.ValueLow), s.at(b.ValueHigh)
		for _, side := range []struct {
			x   float64
			ink paper.Ink
		}{{atLow, paper.Against}, {atHigh, paper.Series}} {
			shapes = append(shapes, paper.Box{X: min(side.x, middle), Y: y, Width: math.Abs(side.x - middle), Height: thick, Ink: side.ink})
		}
		left, right := b.ValueLow, b.ValueHigh
		if left > right {
			left, right = right, left
		}
		text := fitted(w.labelled(b.Label, b.Name), 9, words-8)
		shapes = append(shapes,
			paper.Label{X: 0, Y: y + 4, Text: text, Size: 9, Ink: paper.Dark},
			paper.Label{X: 0, Y: y + 14.5, Text: fitted(fmt.Sprintf("%s – %s", value.Short(b.Low, b.Unit), value.Short(b.High, b.Unit)), labelSize, words-8), Size: labelSize, Ink: paper.Quiet},
			paper.Label{X: min(atLow, atHigh, middle) - 4, Y: y + thick/2 + 3, Text: w.compact(left, e.Unit), Size: labelSize, Ink: paper.Quiet, Anchor: paper.End},
			paper.Label{X: max(atLow, atHigh, middle) + 4, Y: y + thick/2 + 3, Text: w.compact(right, e.Unit), Size: labelSize, Ink: paper.Quiet})
	}
	return paper.Drawing{Width: chartWidth, Height: height + 22, Shapes: shapes}
}

// fitted shortens text to a width.
func fitted(text string, size, width float64) string {
	if typeface.Width(text, typeface.Regular, size) <= width {
		return text
	}
	out := []rune(text)
	for len(out) > 0 && typeface.Width(string(out)+"…", typeface.Regular, size) > width {
		out = out[:len(out)-1]
	}
	return strings.TrimSpace(string(out)) + "…"
}
