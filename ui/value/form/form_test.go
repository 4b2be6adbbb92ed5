package form_test

import (
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/assets"
	"cairn/core/value"
	"cairn/ui/value/form"
	"cairn/ui/value/revise"
	"cairn/ui/words"
)

// templates returns the models that Cairn comes with.
func templates(t *testing.T) []value.Model {
	t.Helper()
	files, err := fs.Glob(assets.Templates, "templates/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d templates, %v", len(files), err)
	}
	out := make([]value.Model, len(files))
	for i, file := range files {
		raw, err := assets.Templates.ReadFile(file)
		if err == nil {
			out[i], err = value.ReadYAML(raw)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// names returns all parts of a model that have a form, by kind.
func names(m value.Model) map[string][]string {
	out := map[string][]string{revise.Model: {""}}
	for _, v := range m.Variables {
		out[revise.Variable] = append(out[revise.Variable], v.Name)
	}
	for _, s := range m.Steps {
		out[revise.Step] = append(out[revise.Step], s.Name)
	}
	for _, c := range m.Costs {
		out[revise.Cost] = append(out[revise.Cost], c.Name)
	}
	for _, s := range m.Scenarios {
		out[revise.Scenario] = append(out[revise.Scenario], s.Name)
	}
	return out
}

func say(err error) string { return err.Error() }

// TestWhatIsKeptAsItWasChangesNothing holds for every part of every template, in
// both languages: a form that shows a translation stores none.
func TestWhatIsKeptAsItWasChangesNothing(t *testing.T) {
	t.Cleanup(func() { _ = words.Speak(words.English) })
	for _, l := range words.Languages {
		if err := words.Speak(l.Language); err != nil {
			t.Fatal(err)
		}
		for _, m := range templates(t) {
			for of, all := range names(m) {
				for _, name := range all {
					f := form.Open(m, of, name, 1)
					shown := f.Shown(m, say)
					after, problems, problem := f.Try(m, say)
					if len(problems) > 0 || problem != "" {
						t.Errorf("%s: %s %s of %s: %v %s", l.Language, of, name, m.Name, problems, problem)
					}
					if diff := cmp.Diff(plain(t, m), plain(t, after)); diff != "" {
						t.Errorf("%s: %s %s of %s: %s", l.Language, of, name, m.Name, diff)
					}
					if shown.Title == "" || shown.Verb == "" || len(shown.Fields) == 0 {
						t.Errorf("%s %s of %s: an empty form", of, name, m.Name)
					}
				}
			}
		}
	}
}

// plain returns what a model is worth, which does not depend on how it is
// written: a cost's unit that is left out is that of the value.
func plain(t *testing.T, m value.Model) *value.Estimate {
	t.Helper()
	plan, err := value.Check(m)
	if err != nil {
		t.Fatal(err)
	}
	e, err := plan.Estimate(value.Options{Seed: 1, Samples: 100})
	if err != nil {
		t.Fatal(err)
	}
	e.About = "" // line breaks of a file are no difference
	return e
}

func TestAFieldThatIsNotTouchedIsNotBlamed(t *testing.T) {
	f := form.Open(templates(t)[0], revise.Variable, "", 1)
	for _, field := range f.Shown(templates(t)[0], say).Fields {
		if field.Problem != "" {
			t.Errorf("%s: %s", field.ID, field.Problem)
		}
	}
	f.Refuse("")
	blamed := 0
	for _, field := range f.Shown(templates(t)[0], say).Fields {
		if field.Problem != "" {
			blamed++
		}
	}
	if blamed != 2 {
		t.Errorf("%d fields are blamed once somebody wants to keep it, want name and number", blamed)
	}
}
