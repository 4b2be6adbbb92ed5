package noun_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

var update = flag.Bool("update", false, "add new kinds and fields to the registry")

// registry returns a line for every kind and field: its numbers, then what
// they mean.
func registry(kinds []*noun.Kind) map[string]string {
	lines := map[string]string{}
	for _, k := range kinds {
		lines[fmt.Sprintf("%d", k.Number)] = k.Name
		for _, f := range k.Fields {
			lines[fmt.Sprintf("%d.%d", k.Number, f.Number)] = fmt.Sprintf("%s, %s of %s", f.Name, f.Family, f.Type)
		}
	}
	return lines
}

// Numbers are for ever: what the registry says of one stays true. With -update
// the test adds what is new, and never changes a line.
func TestNumbersKeepTheirMeaning(t *testing.T) {
	path := filepath.Join("testdata", "registry.golden")
	raw, err := os.ReadFile(path)
	if err != nil && !*update {
		t.Fatal(err)
	}
	now := registry(noun.Builtin())
	for line := range strings.Lines(string(raw)) {
		number, meaning, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if now[number] != meaning {
			t.Errorf("number %s means %q, and once meant %q: numbers are never given to another meaning", number, now[number], meaning)
		}
		delete(now, number)
	}
	// What is left has no line yet.
	for _, k := range noun.Builtin() {
		numbers := []string{fmt.Sprintf("%d", k.Number)}
		for _, f := range k.Fields {
			numbers = append(numbers, fmt.Sprintf("%d.%d", k.Number, f.Number))
		}
		for _, number := range numbers {
			meaning, isNew := now[number]
			if !isNew {
				continue
			}
			if !*update {
				t.Errorf("%s: %s is not in the registry: run the test with -update", number, meaning)
			}
			raw = fmt.Appendf(raw, "%s: %s\n", number, meaning)
		}
	}
	if *update {
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Every field of every kind can be written by its name and shows in its view.
func TestBuiltinKindsHoldWhatIsWritten(t *testing.T) {
	ref := id.Doc{15: 9}.String()
	samples := map[noun.Type]string{
		noun.TypeString: "words", noun.TypeBool: "true", noun.TypeInt: "3", noun.TypeNumber: "0.5",
		noun.TypeTime: "2026-03-31T00:00:00Z", noun.TypeRef: ref, noun.TypeRecord: `{"a":1}`,
	}
	for _, k := range noun.Builtin() {
		for _, f := range k.Fields {
			text := samples[f.Type]
			if len(f.OneOf) > 0 {
				text = f.OneOf[0]
			}
			v, err := f.Parse(text)
			desk := newDesk(1)
			if err == nil {
				err = desk.pen().Assign(f, v)
			}
			if err != nil {
				t.Errorf("%s.%s: %v", k.Name, f.Name, err)
				continue
			}
			if got := desk.doc.Plain(f.Key()); got != v {
				t.Errorf("%s.%s holds %s after it was assigned %s", k.Name, f.Name, got, v)
			}
			if f.Title && k.Title(desk.doc) != text {
				t.Errorf("%s has the title %q, want %q", k.Name, k.Title(desk.doc), text)
			}
		}
	}
}

// written returns a document of kind k whose fields hold what people typed.
func written(t *testing.T, k *noun.Kind, fields map[string]string) *doc.Doc {
	t.Helper()
	d := newDesk(1)
	for name, text := range fields {
		f, err := k.FieldOf(name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := f.Parse(text)
		if err == nil {
			err = d.pen().Assign(f, v)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return d.doc
}

func TestViewsOfBuiltinKinds(t *testing.T) {
	ref := id.Doc{15: 9}
	in := noun.InProject{Project: ref}
	threshold := 100.0
	for _, c := range []struct {
		kind   *noun.Kind
		fields map[string]string
		view   func(*doc.Doc) any
		want   any
	}{
		{
			noun.Workspaces.Kind,
			map[string]string{"name": "Team", "about": "Us."},
			func(d *doc.Doc) any { return noun.Workspaces.View(d) },
			noun.Workspace{Name: "Team", About: "Us."},
		},
		{
			noun.Persons.Kind,
			map[string]string{"name": "Ann", "roles": "sponsor"},
			func(d *doc.Doc) any { return noun.Persons.View(d) },
			noun.Person{Name: "Ann", Roles: []string{"sponsor"}},
		},
		{
			noun.Projects.Kind,
			map[string]string{"name": "Churn", "summary": "Who leaves.", "tags": "a"},
			func(d *doc.Doc) any { return noun.Projects.View(d) },
			noun.Project{Name: "Churn", Summary: "Who leaves.", Tags: []string{"a"}},
		},
		{
			noun.Charters.Kind,
			map[string]string{"users": "b, a", "needs_ml": "yes", "reasons": "Enough data."},
			func(d *doc.Doc) any { return noun.Charters.View(d) },
			noun.Charter{Users: []string{"b", "a"}, NeedsML: "yes", Reasons: "Enough data."},
		},
		{
			noun.Requirements.Kind,
			map[string]string{
				"project": ref.String(), "title": "Fast", "area": "speed", "metric": "latency_p99", "comparison": "<=",
				"threshold": "100", "unit": "ms", "owner": ref.String(), "notes": "On the phone.",
			},
			func(d *doc.Doc) any { return noun.Requirements.View(d) },
			noun.Requirement{
				InProject: in, Title: "Fast", Area: "speed", Metric: "latency_p99", Comparison: "<=",
				Threshold: &threshold, Unit: "ms", Owner: ref, Notes: "On the phone.",
			},
		},
		{
			noun.Comments.Kind,
			map[string]string{"project": ref.String(), "about": ref.String(), "body": "Why?", "resolved": "true"},
			func(d *doc.Doc) any { return noun.Comments.View(d) },
			noun.Comment{InProject: in, About: ref, Body: "Why?", Resolved: true},
		},
		{
			noun.KeyMetrics.Kind,
			map[string]string{
				"name": "Recall", "definition": "Churners found.", "column": "data scientist", "unit": "%",
				"direction": "higher is better", "requirements": ref.String(), "variable": "accuracy",
			},
			func(d *doc.Doc) any { return noun.KeyMetrics.View(d) },
			noun.KeyMetric{
				Name: "Recall", Definition: "Churners found.", Column: "data scientist", Unit: "%",
				Direction: "higher is better", Requirements: []id.Doc{ref}, Variable: "accuracy",
			},
		},
	} {
		if diff := cmp.Diff(c.want, c.view(written(t, c.kind, c.fields))); diff != "" {
			t.Errorf("view of a %s (-want +got):\n%s", c.kind.Name, diff)
		}
	}
}
