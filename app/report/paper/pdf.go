package paper

import (
	"fmt"
	"io"

	"codeberg.org/go-pdf/fpdf"

	"cairn/app/report/typeface"
)

// WritePDF writes d on pages of A4, with an outline of its headings. The file
// holds the characters of the typeface that it shows, and no others.
func WritePDF(w io.Writer, d Document) error {
	l := compose(d)
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: pageWidth, Ht: pageHeight}})
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(d.At)
	pdf.SetModificationDate(d.At)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetProducer("Cairn", false)
	pdf.SetTitle(showable(line(d.Title)), true)
	pdf.SetSubject(showable(line(d.Kind)), true)
	pdf.SetLang(d.Language)
	pdf.SetLineWidth(hairline)
	if err := l.embed(pdf); err != nil {
		return err
	}
	for _, page := range l.leaves {
		pdf.AddPage()
		for _, m := range page.headings {
			level := 0
			if m.minor {
				level = 1
			}
			pdf.Bookmark(m.text, level, m.y)
		}
		p := printer{pdf: pdf}
		for _, s := range page.shapes {
			p.print(s)
		}
	}
	if err := pdf.Output(w); err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	return nil
}

const hairline = 0.6

// styles are what fpdf calls the weights.
var styles = [...]string{typeface.Regular: "", typeface.SemiBold: "B"}

// embed gives the file the characters that its pages show. The titles of the
// outline are not drawn, but fpdf counts what it writes there as shown.
func (l *layout) embed(pdf *fpdf.Fpdf) error {
	shown := [2]map[rune]bool{{typeface.Missing: true}, {typeface.Missing: true}}
	for _, page := range l.leaves {
		for _, s := range page.shapes {
			if label, ok := s.(Label); ok {
				for _, r := range label.Text {
					shown[label.weight()][r] = true
				}
			}
		}
	}
	for _, w := range typeface.Weights {
		characters := make([]rune, 0, len(shown[w]))
		for r := range shown[w] {
			characters = append(characters, r)
		}
		font, err := typeface.TrueType(w, characters)
		if err != nil {
			return fmt.Errorf("embed %s: %w", w, err)
		}
		pdf.AddUTF8FontFromBytes(typeface.Family, styles[w], font)
	}
	return pdf.Error()
}

func (l Label) weight() typeface.Weight {
	if l.Strong {
		return typeface.SemiBold
	}
	return typeface.Regular
}

// printer draws on one page, and repeats no setting that holds already.
type printer struct {
	pdf    *fpdf.Fpdf
	font   string
	size   float64
	dashed bool
}

func (p *printer) print(s Shape) {
	switch s := s.(type) {
	case Box:
		r, g, b := s.Ink.parts()
		p.pdf.SetFillColor(r, g, b)
		p.pdf.Rect(s.X, s.Y, s.Width, s.Height, "F")
	case Rule:
		r, g, b := s.Ink.parts()
		p.pdf.SetDrawColor(r, g, b)
		if s.Dashed != p.dashed {
			p.dashed = s.Dashed
			p.pdf.SetDashPattern(map[bool][]float64{true: {3, 3}, false: {}}[s.Dashed], 0)
		}
		p.pdf.Line(s.X1, s.Y1, s.X2, s.Y2)
	case Label:
		p.label(s)
	}
}

func (p *printer) label(s Label) {
	if s.Text == "" {
		return
	}
	if font := styles[s.weight()]; font != p.font || s.Size != p.size {
		p.font, p.size = font, s.Size
		p.pdf.SetFont(typeface.Family, font, s.Size)
	}
	r, g, b := s.Ink.parts()
	p.pdf.SetTextColor(r, g, b)
	x := s.X
	switch width := typeface.Width(s.Text, s.weight(), s.Size); s.Anchor {
	case Middle:
		x -= width / 2
	case End:
		x -= width
	case Start:
	}
	p.pdf.Text(x, s.Y, s.Text)
}

func (i Ink) parts() (r, g, b int) {
	c := int(rgb[i])
	return c >> 16, c >> 8 & 0xFF, c & 0xFF
}
