package value

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"cairn/core/value"
	"cairn/ui/chart"
	"cairn/ui/words"
)

// View is one of the pictures of what may come out.
type View int

// The views.
const (
	ViewCurve View = iota // how the value follows a variable
	ViewSure              // how sure it is
	ViewMoves             // what moves it
)

// viewName returns what a view is called.
func viewName(v View) string {
	return []string{words.T("Value by variable"), words.T("How sure it is"), words.T("What moves it")}[v]
}

// formats are how a picture can be written, by the ending of its file.
var formats = map[string]func(io.Writer, chart.Chart, chart.Style) error{
	"png": chart.WritePNG, "svg": chart.WriteSVG, "pdf": chart.WritePDF,
}

// chartOf returns what a view shows, nil for nothing.
func (s State) chartOf(v View) chart.Chart {
	switch {
	case v == ViewCurve && s.Curve.Chart != nil:
		return *s.Curve.Chart
	case v == ViewSure && s.Result.Charts != nil:
		return s.Result.Charts.Histogram
	case v == ViewMoves && s.Result.Charts != nil:
		return s.Result.Charts.Tornado
	}
	return nil
}

// Export writes the picture of a view into a file: png, svg or pdf. It returns
// where the file is.
func (p *Presenter) Export(ctx context.Context, v View, format string, style chart.Style) (path string, err error) {
	st := p.State.Get()
	c := st.chartOf(v)
	if c == nil || formats[format] == nil {
		return "", fmt.Errorf("export the view %d as %q: there is nothing to see", v, format)
	}
	var b bytes.Buffer
	if err := formats[format](&b, c, style); err != nil {
		return "", fmt.Errorf("draw %s: %w", format, err)
	}
	return p.source.WriteExport(ctx, st.Name+" – "+viewName(v)+"."+format, b.Bytes())
}

// ViewTable returns the numbers of a view as spreadsheets take a table.
func (p *Presenter) ViewTable(v View) string {
	st := p.State.Get()
	number := func(x float64) string { return strings.TrimSpace(fmt.Sprint(x)) }
	var rows [][]string
	switch c := st.chartOf(v).(type) {
	case chart.Curve:
		rows = [][]string{{c.XName, words.T("Value")}}
		for i, x := range c.X {
			rows = append(rows, []string{number(x), number(c.Y[i])})
		}
	case chart.Histogram:
		rows = [][]string{{words.T("Low"), words.T("High"), words.T("Samples")}}
		size := (c.High - c.Low) / float64(len(c.Counts))
		for i, n := range c.Counts {
			rows = append(rows, []string{number(c.Low + float64(i)*size), number(c.Low + float64(i+1)*size), value.FormatNumber(float64(n))})
		}
	case chart.Tornado:
		rows = [][]string{{words.T("Variable"), words.T("Range"), words.T("Value at low"), words.T("Value at high")}}
		for _, bar := range c.Bars {
			rows = append(rows, []string{bar.Name, bar.Range, number(bar.Low), number(bar.High)})
		}
	}
	return tabbed(rows)
}
