package words_test

import (
	"io/fs"
	"strings"
	"testing"

	"cairn/assets"
	"cairn/core/template"
	"cairn/core/value"
	"cairn/ui/designer"
)

// ofDesigns returns what the design templates say that Cairn comes with, and what
// the kinds of documents are called that fields can name.
func ofDesigns(t *testing.T) []string {
	t.Helper()
	var texts []string
	files, err := fs.Glob(assets.Designs, "designs/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("designs %q: %v", files, err)
	}
	for _, f := range files {
		raw, err := assets.Designs.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		d, err := template.ReadYAML(raw)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, d.Name, d.About)
		for _, s := range d.Sections {
			texts = append(texts, s.Title, s.Help)
		}
		for _, x := range d.Fields() {
			texts = append(texts, x.Label, x.Help, x.Example)
			texts = append(texts, x.Choices...)
			for _, n := range []float64{1, 2} {
				texts = append(texts, strings.TrimSpace(strings.TrimPrefix(value.Amount(n, x.Unit), value.Short(n, x.Unit))))
			}
		}
	}
	for _, kind := range template.Linkable() {
		texts = append(texts, designer.DocumentName(kind))
	}
	return texts
}
