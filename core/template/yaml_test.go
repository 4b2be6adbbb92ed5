package template_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/template"
)

const file = `# a comment
name: Brief
about: Before an experiment.
phase: development
sections:
  - title: Why
    key: why
    fields:
      - label: We expect that
        key: expect
        kind: prose
        required: true
      - {label: Gain, key: gain, kind: percent}
  - title: How
    key: how
    help: What is done.
    fields:
      - {label: Data, key: data, kind: link, of: data_source}
      - {label: Risk, key: risk, kind: choice, choices: [low, high]}
`

func TestReadYAML(t *testing.T) {
	got, err := template.ReadYAML([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(brief(), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Every template reads back as it was, to the letter.
func TestAnyTemplateReadsBack(t *testing.T) {
	texts := rapid.OneOf(words, rapid.String(), rapid.StringMatching(`[ -~가-힣“:#\n\t]{0,12}`))
	rapid.Check(t, func(t *rapid.T) {
		want := templates().Draw(t, "template")
		want.Name, want.About = texts.Draw(t, "name"), texts.Draw(t, "about")
		f := &want.Sections[0].Fields[0]
		f.Label, f.Key, f.Unit, f.Kind = texts.Draw(t, "label"), texts.Draw(t, "key"), texts.Draw(t, "unit"), template.Kind(texts.Draw(t, "kind"))
		f.Choices = rapid.SliceOfN(texts, 0, 3).Draw(t, "choices")
		if len(f.Choices) == 0 {
			f.Choices = nil
		}
		written, err := want.YAML()
		if err != nil {
			t.Fatal(err)
		}
		got, err := template.ReadYAML(written)
		if err != nil {
			t.Fatalf("%v in\n%s", err, written)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s\nfrom\n%s", diff, written)
		}
	})
}

func TestBadFilesAreExplainedAtTheirLine(t *testing.T) {
	tests := []struct{ name, file, message, hint string }{
		{"empty", "", "The template: the file is empty.", "export"},
		{"a comment", "# nothing\n", "The template: the file is empty.", "export"},
		{"not YAML", "name: a\nphase: {", "Line 2: this is not YAML", "indentation"},
		{"a list", "- a\n", "Line 1: a template is a list of names with values.", "name: value"},
		{"two documents", "name: a\n---\nname: b\n", "The template: the file holds more than one document.", "own"},
		{"a value model", "name: a\nformula: b\n", "Line 1: this is a value model", "cairn value save"},
		{"unknown name", "name: a\nsection: b\n", `Line 2: a template has nothing called "section".`, "about, name, phase, sections"},
		{"unknown name of a field", "sections:\n  - fields:\n    - {label: a, type: b}\n", `Line 3: a field has nothing called "type".`, "kind"},
		{"name twice", "name: a\nname: b\n", "Line 2: a template has name twice.", "Keep one"},
		{"no truth", "sections:\n  - fields:\n    - {required: maybe}\n", `Line 3: "maybe" is neither true nor false.`, "true or false"},
		{"a mapping for a text", "name: {a: b}\n", "Line 1: a text belongs here.", "one line"},
		{"a mapping for a list", "sections: {a: 1}\n", "Line 1: the sections are a list.", "dash"},
		{"an alias", "name: &a x\nabout: *a\n", "Line 2: a text belongs here.", "one line"},
		{"too many", "sections:\n" + strings.Repeat("  - {title: a}\n", 51), "Line 2: it has 51 sections; 50 is the most.", "Split"},
		{"too large", strings.Repeat("#", template.MaxFile+1), "The template: the file is larger than 512 KiB.", "pages"},
	}
	for _, tt := range tests {
		_, err := template.ReadYAML([]byte(tt.file))
		p, ok := errors.AsType[*template.Error](err)
		if !ok || !strings.HasPrefix(err.Error(), tt.message) || !strings.Contains(p.Hint.String(), tt.hint) {
			t.Errorf("%s: %v, want %s … %s", tt.name, err, tt.message, tt.hint)
		}
	}
}

// FuzzYAML holds that any file is either explained or reads back as written,
// and that what reads can be checked.
func FuzzYAML(f *testing.F) {
	for _, seed := range []string{
		file, "", "a: &a [*a]", "name: &n x\nabout: *n\n", "<<: {name: a}\n", "? [a]\n: b\n", "name: !!binary aGk=\n",
		"sections: [{title: a, fields: [{label: b, kind: choice, choices: [yes, 1, ~]}]}]\n", "name: \"\\u2028\"\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := template.ReadYAML(raw)
		if err != nil {
			if p, ok := errors.AsType[*template.Error](err); !ok || p.Said.String() == "" || p.Hint.String() == "" {
				t.Fatalf("%q: %v", raw, err)
			}
			return
		}
		_ = template.Check(got)
		written, err := got.YAML()
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		again, err := template.ReadYAML(written)
		if err != nil {
			t.Fatalf("%q is written as\n%s\nand then: %v", raw, written, err)
		}
		if diff := cmp.Diff(got, again); diff != "" && utf8.Valid(raw) {
			t.Fatalf("%q is written as\n%s\nand then differs:\n%s", raw, written, diff)
		}
	})
}
