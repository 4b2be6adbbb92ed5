package worksheet

import (
	"strings"

	"cairn/core/template"
	"cairn/core/value"
	"cairn/ui/edit"
	"cairn/ui/words"
)

// rules say how the answers of a sheet are typed and stored. What is wrong is
// stored all the same, and told beside the field.
func rules(s Sheet) edit.Rules {
	fields := map[string]template.Field{}
	r := edit.Rules{Kind: "worksheet", Single: true}
	for _, f := range s.Fields() {
		fields[f.Key] = f.Field
		if f.Kind == template.Prose {
			r.Prose = append(r.Prose, f.Key)
		}
	}
	r.Show = func(stored map[string]string, field string) string { return Show(fields[field], stored[field]) }
	r.Store = func(shown map[string]string, field string) string {
		text, _ := fields[field].Answer(shown[field])
		return text
	}
	r.Missing = func(shown map[string]string) map[string]string {
		problems := map[string]string{}
		for key, text := range shown {
			if problem := Problem(fields[key], text); problem != "" {
				problems[key] = problem
			}
		}
		return problems
	}
	r.Label = func(field string) string { return words.Data(fields[field].Label) }
	r.Title = func(map[string]string) string { return s.Name }
	return r
}

// Show returns a stored answer as it stands in its field.
func Show(f template.Field, stored string) string {
	if _, wrong := f.Answer(stored); wrong != nil || stored == "" {
		return stored
	}
	switch f.Kind {
	case template.Number, template.Money:
		x, _ := value.ParseNumber(stored)
		return words.Number(x, "")
	case template.Percent:
		x, _ := value.ParseNumber(stored)
		return words.Number(x, "%")
	default:
		return stored
	}
}

// Problem says why what stands in a field does not fit it, nothing when it does.
func Problem(f template.Field, text string) string {
	if _, wrong := f.Answer(text); wrong != nil {
		return wrong.In(words.Data)
	}
	return ""
}

// Progress is how far a sheet is filled in, with what is typed.
type Progress struct{ Answered, Fields, Missing, Attention int }

// ProgressOf counts the answers of fields.
func ProgressOf(fields []Answer, d edit.Doc) Progress {
	p := Progress{Fields: len(fields)}
	for _, f := range fields {
		answered, right := strings.TrimSpace(d.Fields[f.Key]) != "", d.Problems[f.Key] == ""
		if answered && right {
			p.Answered++
		} else if f.Required {
			p.Missing++
		}
		if !right || len(d.Conflicts[f.Key]) > 0 {
			p.Attention++
		}
	}
	return p
}

// Say returns the progress in words.
func (p Progress) Say() string {
	out := words.T("%d of %d answered", p.Answered, p.Fields)
	if p.Missing > 0 {
		out += " · " + words.N("%d required is missing", "%d required are missing", p.Missing)
	}
	if p.Attention > 0 {
		out += " · " + words.N("%d to look at", "%d to look at", p.Attention)
	}
	return out
}

// Aside returns what stands at the right of a field's label: its unit, and that it
// is required.
func Aside(f template.Field) string {
	unit := ""
	switch f.Kind {
	case template.Number:
		unit = words.Unit(f.Unit)
	case template.Money:
		unit = f.Unit
		if unit == "" {
			unit = template.DefaultCurrency
		}
	case template.Percent:
		unit = "%"
	default:
	}
	switch {
	case !f.Required:
		return unit
	case unit == "":
		return words.T("Required")
	default:
		return unit + " · " + words.T("Required")
	}
}

// OptionsOf returns the kind of documents whose names a field offers, nothing for
// a field that offers none.
func OptionsOf(f template.Field) string {
	switch f.Kind {
	case template.Person:
		return "person"
	case template.Link:
		return f.Of
	default:
		return ""
	}
}
