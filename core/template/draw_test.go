package template_test

import (
	"fmt"

	"pgregory.net/rapid"

	"cairn/core/template"
)

// What is drawn is drawn from little, so that edits meet.
var (
	words = rapid.SampledFrom([]string{"", "Hypothesis", "We expect that…", "가설", "two\nlines", " blanks ", "a: b # c", "- x", "yes", "1e3", "\t", "“quoted”", "null"})
	lines = rapid.SampledFrom([]string{"Hypothesis", "We expect that…", "가설", "a: b # c", "- x", "yes", "1e3", "null"})
	kinds = rapid.SampledFrom(template.Kinds)
)

// templates draws templates that can be published.
func templates() *rapid.Generator[template.Template] {
	return rapid.Custom(func(t *rapid.T) template.Template {
		out := template.Template{
			Name: lines.Draw(t, "name"), About: words.Draw(t, "about"), Phase: rapid.SampledFrom([]string{"", "design", "deployment"}).Draw(t, "phase"),
		}
		fields := rapid.Permutation([]int{0, 1, 2, 3, 4, 5}).Draw(t, "fields")
		for _, n := range rapid.Permutation([]int{0, 1, 2}).Draw(t, "sections")[:rapid.IntRange(1, 3).Draw(t, "many")] {
			s := template.Section{Key: fmt.Sprintf("s%d", n), Title: lines.Draw(t, "title"), Help: words.Draw(t, "help")}
			take := rapid.IntRange(1, 2).Draw(t, "fields of a section")
			for _, m := range fields[:take] {
				s.Fields = append(s.Fields, field(t, fmt.Sprintf("f%d", m)))
			}
			fields = fields[take:]
			out.Sections = append(out.Sections, s)
		}
		return out
	})
}

func field(t *rapid.T, key string) template.Field {
	f := template.Field{
		Key: key, Label: lines.Draw(t, "label"), Help: words.Draw(t, "help"), Kind: kinds.Draw(t, "kind"),
		Required: rapid.Bool().Draw(t, "required"), Example: words.Draw(t, "example"),
	}
	switch f.Kind {
	case template.Choice, template.Choices:
		f.Choices = rapid.Permutation([]string{"low", "medium", "high", "매우 높음"}).Draw(t, "choices")[:rapid.IntRange(2, 4).Draw(t, "n")]
	case template.Number:
		f.Unit = rapid.SampledFrom([]string{"", "customer", "ms"}).Draw(t, "unit")
	case template.Money:
		f.Unit = rapid.SampledFrom([]string{"", "EUR", "KRW"}).Draw(t, "currency")
	case template.Link:
		f.Of = rapid.SampledFrom(template.Linkable()).Draw(t, "of")
	default:
	}
	return f
}

// brief is a template as people write them.
func brief() template.Template {
	return template.Template{
		Name: "Brief", About: "Before an experiment.", Phase: "development",
		Sections: []template.Section{
			{Key: "why", Title: "Why", Fields: []template.Field{
				{Key: "expect", Label: "We expect that", Kind: template.Prose, Required: true},
				{Key: "gain", Label: "Gain", Kind: template.Percent},
			}},
			{Key: "how", Title: "How", Help: "What is done.", Fields: []template.Field{
				{Key: "data", Label: "Data", Kind: template.Link, Of: "data_source"},
				{Key: "risk", Label: "Risk", Kind: template.Choice, Choices: []string{"low", "high"}},
			}},
		},
	}
}
