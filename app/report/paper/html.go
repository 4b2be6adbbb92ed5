package paper

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"cairn/app/report/typeface"
)

//go:embed page.html.tmpl
var pageTemplate string

//go:embed page.css
var pageStyle string

// page parses the template of the page once. What it is given is escaped by where
// it stands; only the drawings, which are written here, are not.
var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"line": line, "paragraphs": paragraphs, "kind": kindOf, "tone": toneOf,
		"svg":    func(f Figure) template.HTML { return template.HTML(f.svg()) }, //nolint:gosec // svg escapes what is not its own
		"widths": func(t Table) []float64 { return t.shares(100) },
	}).Parse(pageTemplate))
})

// WriteHTML writes d as one page that needs no other file and loads none.
func WriteHTML(w io.Writer, d Document) error {
	var b strings.Builder
	if err := page().Execute(&b, d); err != nil {
		return err
	}
	before, after, _ := strings.Cut(b.String(), styleHere)
	faces, err := fontFaces(before + after)
	if err != nil {
		return err
	}
	for _, part := range []string{before, styleHere, faces, pageStyle, after} {
		if _, err := io.WriteString(w, part); err != nil {
			return err
		}
	}
	return nil
}

// styleHere is behind what the style goes: the first in the page, since no text
// before it has a <.
const styleHere = "<style>"

// fontFaces returns the rules that bring along the typeface, as much of it as the
// page shows: not every system has letters for Korean.
func fontFaces(text string) (string, error) {
	shown := map[rune]bool{}
	for _, r := range text {
		shown[r] = true
	}
	characters := slices.Collect(maps.Keys(shown))
	var b strings.Builder
	for _, w := range typeface.Weights {
		font, err := typeface.TrueType(w, characters)
		if err != nil {
			return "", fmt.Errorf("embed %s: %w", w, err)
		}
		weight := map[typeface.Weight]int{typeface.Regular: 400, typeface.SemiBold: 600}[w]
		fmt.Fprintf(&b, "\n@font-face { font-family: %q; font-weight: %d; src: url(data:font/ttf;base64,%s) }", typeface.Family, weight, base64.StdEncoding.EncodeToString(font))
	}
	return b.String(), nil
}

// kindOf returns what a block is called in the template.
func kindOf(b Block) string {
	switch b := b.(type) {
	case Heading:
		if b.Minor {
			return "minor"
		}
		return "heading"
	case Text:
		return "text"
	case List:
		return "list"
	case Facts:
		return "facts"
	case Key:
		return "key"
	case Note:
		return "note"
	case Table:
		return "table"
	default:
		return "figure"
	}
}

// toneOf returns the class of a tone.
func toneOf(t Tone) string { return [...]string{"plain", "good", "warning", "bad"}[t] }

// shares returns the widths of the columns, which make up width. A column without
// a share has that of one.
func (t Table) shares(width float64) []float64 {
	out := make([]float64, len(t.Columns))
	sum := 0.0
	for i, c := range t.Columns {
		if out[i] = c.Share; c.Share <= 0 {
			out[i] = 1
		}
		sum += out[i]
	}
	for i := range out {
		out[i] *= width / sum
	}
	return out
}
