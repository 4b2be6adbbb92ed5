package paper

// Wrap breaks text set in ten points.
func Wrap(text string, width float64) []string { return wrap(text, style{size: 10}, width) }

// Shown returns a line as it is printed.
func Shown(text string) string { return showable(line(text)) }

// Escape writes a line in Markdown.
func Escape(text string) string { return escape(line(text)) }

// Leaves returns the pages of a document as drawings.
func Leaves(d Document) []Drawing {
	var out []Drawing
	for _, l := range compose(d).leaves {
		out = append(out, Drawing{pageWidth, pageHeight, l.shapes})
	}
	return out
}

// The margins of a page.
const (
	Left, Right = left, right
	Bottom      = pageHeight - 24
)

// Line returns a text as every format shows it on one line.
func Line(text string) string { return line(text) }

// Clean returns a text without what could deceive.
func Clean(text string) string { return clean(text) }
