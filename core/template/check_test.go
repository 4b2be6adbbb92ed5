package template_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/fault"
	"cairn/core/template"
)

func TestProblemsAreAtTheirPlace(t *testing.T) {
	field := func(change func(*template.Field)) func(*template.Template) {
		return func(t *template.Template) { change(&t.Sections[1].Fields[0]) }
	}
	tests := []struct {
		name   string
		change func(*template.Template)
		want   string
		broken bool
	}{
		{"no name", func(t *template.Template) { t.Name = " " }, "The template: it needs a name.", false},
		{"two lines", func(t *template.Template) { t.Name = "a\nb" }, "The template: it is longer than 200 characters, or more than one line.", true},
		{"long prose", func(t *template.Template) { t.About = strings.Repeat("a", 4001) }, "The template: it is longer than 4000 characters.", true},
		{"a phase", func(t *template.Template) { t.Phase = "holiday" }, `The template: there is no phase called "holiday".`, true},
		{"no sections", func(t *template.Template) { t.Sections = nil }, "The template: it has no sections.", false},
		{"many sections", func(t *template.Template) { t.Sections = make([]template.Section, 51) }, "The template: it has 51 sections; 50 is the most.", true},
		{"many fields", func(t *template.Template) { t.Sections[0].Fields = make([]template.Field, 199) }, "The template: it has 201 fields; 200 is the most.", true},
		{"large", func(t *template.Template) {
			for range 20 {
				t.Sections[1].Fields = append(t.Sections[1].Fields, template.Field{Label: "a", Kind: template.Line, Help: strings.Repeat("a", 4000)})
			}
		}, "The template: it takes more than 60 KiB as a whole.", true},
		{"a section without a title", func(t *template.Template) { t.Sections[1].Title = "" }, "Section 2: it needs a title.", false},
		{"a section without fields", func(t *template.Template) { t.Sections[1].Fields = nil }, "Section 2: it has no fields.", false},
		{"two sections of one key", func(t *template.Template) { t.Sections[1].Key = "why" }, `Section 2: another section has the key "why".`, true},
		{"a field without a label", field(func(f *template.Field) { f.Label = "" }), "Section 2, field 1: it needs a label: the question.", false},
		{"two fields of one key", field(func(f *template.Field) { f.Key = "gain" }), `Section 2, field 1: another field has the key "gain".`, true},
		{"a key with a blank", field(func(f *template.Field) { f.Key = "a b" }), `Section 2, field 1: the key "a b" has something else`, true},
		{"a kind", field(func(f *template.Field) { f.Kind = "table" }), `Section 2, field 1: there is no kind of field called "table".`, false},
		{"one choice", field(func(f *template.Field) { f.Kind, f.Of, f.Choices = template.Choice, "", []string{"a"} }), "Section 2, field 1: there is nothing to choose between.", false},
		{"a choice twice", field(func(f *template.Field) { f.Kind, f.Of, f.Choices = template.Choices, "", []string{"a", " A"} }), `Section 2, field 1: the choice "A" is there twice.`, false},
		{"an empty choice", field(func(f *template.Field) { f.Kind, f.Of, f.Choices = template.Choices, "", []string{"a", " "} }), "Section 2, field 1: one of the choices is empty.", false},
		{"choices in prose", field(func(f *template.Field) { f.Choices = []string{"a", "b"} }), "Section 2, field 1: only fields to choose in have choices.", false},
		{"a unit in prose", field(func(f *template.Field) { f.Unit = "ms" }), "Section 2, field 1: only numbers and amounts of money have a unit.", false},
		{"a currency", field(func(f *template.Field) { f.Kind, f.Of, f.Unit = template.Money, "", "dollars" }), `Section 2, field 1: "dollars" is no currency.`, false},
		{"a link to nothing", field(func(f *template.Field) { f.Of = "person" }), `Section 2, field 1: there are no documents of a kind "person" in a project.`, false},
		{"a link in prose", field(func(f *template.Field) { f.Kind = template.Prose }), "Section 2, field 1: only links lead to a kind of document.", false},
	}
	if err := template.Check(brief()); err != nil {
		t.Fatalf("a template as people write them: %v", err)
	}
	for _, tt := range tests {
		broken := brief()
		tt.change(&broken)
		err := template.Check(broken)
		p, ok := errors.AsType[*template.Error](err)
		if !ok || !strings.HasPrefix(err.Error(), tt.want) || p.Broken != tt.broken || p.Hint.String() == "" || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v (%+v), want %s", tt.name, err, p, tt.want)
		}
		if draft := template.CheckDraft(broken); (draft != nil) != tt.broken {
			t.Errorf("%s: as a draft: %v", tt.name, draft)
		}
	}
}

// What is drawn can be published, which the other properties count on.
func TestDrawnTemplatesAreRight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if err := template.Check(templates().Draw(t, "template")); err != nil {
			t.Fatal(err)
		}
	})
}

func TestKeysAreMadeOnce(t *testing.T) {
	made := template.Template{Sections: []template.Section{
		{Title: "Data & privacy", Fields: []template.Field{{Label: "Who owns it?"}, {Label: "Who owns it?"}, {Label: "???"}, {Key: "owner", Label: "Owner"}}},
		{Title: "개인 정보", Fields: []template.Field{{Label: "A question that is so long that no key should have all of it"}}},
	}}.WithKeys(func() string { return "" })
	got := []string{made.Sections[0].Key, made.Sections[1].Key}
	for _, f := range made.Fields() {
		got = append(got, f.Key)
	}
	want := "data-privacy 개인-정보 who-owns-it who-owns-it-2 field owner a-question-that-is-so-long"
	if strings.Join(got, " ") != want {
		t.Errorf("keys %q, want %q", got, want)
	}
	made.Sections[0].Fields[0].Label = "Whose is it?"
	again := made.WithKeys(func() string { return "x" })
	if again.Sections[0].Fields[0].Key != "who-owns-it" {
		t.Error("a field that is relabelled gets another key")
	}
	twice := template.Template{Sections: []template.Section{{Title: "New", Fields: []template.Field{{Label: "Cost"}}}}}.WithKeys(func() string { return "k7q" })
	if twice.Sections[0].Key != "new-k7q" || twice.Sections[0].Fields[0].Key != "cost-k7q" {
		t.Errorf("keys with a suffix: %+v", twice)
	}
}

// TestFormatsAreAll holds that translators are told of every sentence.
func TestFormatsAreAll(t *testing.T) {
	known := map[string]bool{}
	for _, f := range template.Formats() {
		if known[f] {
			t.Errorf("%q is there twice", f)
		}
		known[f] = true
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := templates().Draw(t, "a"), templates().Draw(t, "b")
		for _, c := range template.Diff(a, b) {
			if !known[c.Said.Format] {
				t.Fatalf("%q is not among the formats", c.Said.Format)
			}
		}
		f := b.Fields()[0]
		if _, wrong := f.Answer(rapid.String().Draw(t, "typed")); wrong != nil && !known[wrong.Format] {
			t.Fatalf("%q is not among the formats", wrong.Format)
		}
		b.Sections[0].Fields[0].Kind, b.Sections[0].Title = template.Kind(rapid.String().Draw(t, "kind")), ""
		for _, p := range template.Problems(b) {
			if !known[p.Said.Format] || !known[p.Hint.Format] {
				t.Fatalf("%+v is not among the formats", p)
			}
		}
	})
}
