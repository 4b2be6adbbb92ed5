package paper

import (
	"fmt"
	"html"
	"strings"
)

// svg returns a drawing for a page of HTML. It has the page's own typeface.
func (f Figure) svg() string {
	d := f.Drawing
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %s %s" role="img" aria-label="%s">`, length(d.Width), length(d.Height), html.EscapeString(line(f.Words)))
	for _, s := range d.Shapes {
		switch s := s.(type) {
		case Box:
			fmt.Fprintf(&b, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>`, length(s.X), length(s.Y), length(max(0, s.Width)), length(max(0, s.Height)), s.Ink.hex())
		case Rule:
			dashes := ""
			if s.Dashed {
				dashes = ` stroke-dasharray="3 3"`
			}
			fmt.Fprintf(&b, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s"%s/>`, length(s.X1), length(s.Y1), length(s.X2), length(s.Y2), s.Ink.hex(), dashes)
		case Label:
			weight := ""
			if s.Strong {
				weight = ` font-weight="600"`
			}
			fmt.Fprintf(&b, `<text x="%s" y="%s" font-size="%s" fill="%s" text-anchor="%s"%s>%s</text>`,
				length(s.X), length(s.Y), length(s.Size), s.Ink.hex(), [...]string{"start", "middle", "end"}[s.Anchor], weight, html.EscapeString(line(s.Text)))
		}
	}
	b.WriteString("</svg>")
	return b.String()
}

func (i Ink) hex() string { return fmt.Sprintf("#%06X", rgb[i]) }

// length writes a length to the hundredth of a point, without needless zeros.
func length(x float64) string {
	text := strings.TrimRight(fmt.Sprintf("%.2f", x), "0")
	return strings.TrimSuffix(text, ".")
}
