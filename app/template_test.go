package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
	"cairn/core/member"
	"cairn/core/template"
)

// brief is a template as a team makes one.
func brief() template.Template {
	return template.Template{
		Name: "Brief", About: "Before an experiment.", Phase: "development",
		Sections: []template.Section{
			{Key: "why", Title: "Why", Fields: []template.Field{
				{Key: "expect", Label: "We expect that", Kind: template.Prose, Required: true},
				{Key: "gain", Label: "Gain", Kind: template.Percent, Required: true},
			}},
			{Key: "how", Title: "How", Fields: []template.Field{
				{Key: "data", Label: "Data", Kind: template.Link, Of: "data_source"},
				{Key: "who", Label: "Who", Kind: template.Person},
				{Key: "risk", Label: "Risk", Kind: template.Choice, Choices: []string{"low", "high"}},
			}},
		},
	}
}

// TestDesignsAreRight holds what Cairn brings to what a team's template must be.
func TestDesignsAreRight(t *testing.T) {
	names, err := app.Designs()
	if err != nil || len(names) < 6 {
		t.Fatalf("designs %q, %v", names, err)
	}
	models, err := app.ValueTemplates()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		design, err := app.Design(name)
		if err == nil {
			err = template.Check(design)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if slices.Contains(models, name) || design.About == "" || len(design.Sections) < 4 {
			t.Errorf("%s: about %q, %d sections", name, design.About, len(design.Sections))
		}
		required := 0
		for _, s := range design.Sections {
			if s.Key == "" {
				t.Errorf("%s: the section %q has no key of its own", name, s.Title)
			}
		}
		for _, f := range design.Fields() {
			if f.Required {
				required++
			}
			if f.Key == "" {
				t.Errorf("%s: the field %q has no key of its own", name, f.Label)
			}
		}
		if n := len(design.Fields()); required < 3 || n < 12 || n > 25 {
			t.Errorf("%s has %d fields, %d of them required: too much or too little for one sitting", name, n, required)
		}
	}
}

func TestTemplatesAreListed(t *testing.T) {
	ada := apptest.Found(t, 1)
	apptest.Do(ada, app.SaveTemplate, app.SaveTemplateRequest{Design: brief()})
	rows := apptest.Do(ada, app.ListTemplates, app.ListTemplatesRequest{})
	find := func(id string) app.TemplateRow {
		for _, r := range rows {
			if r.ID == id || r.Name == id {
				return r
			}
		}
		t.Fatalf("%s is not listed", id)
		return app.TemplateRow{}
	}
	if r := find("experiment-brief"); r.Sort != app.DesignTemplates || r.From != app.OfCairn || r.Version != 1 || r.Fields < 12 {
		t.Errorf("a design of Cairn: %+v", r)
	}
	if r := find("churn"); r.Sort != app.ValueModels || r.Name != "Churn" {
		t.Errorf("a value model: %+v", r)
	}
	if r := find("Brief"); r.From != app.OfTeam || r.Version != 0 || !r.Changed || r.Sections != 2 {
		t.Errorf("a template of the team: %+v", r)
	}
	if only := apptest.Do(ada, app.ListTemplates, app.ListTemplatesRequest{Sort: app.DesignTemplates}); len(only) >= len(rows) {
		t.Errorf("%d of %d are designs", len(only), len(rows))
	}
	if _, err := app.ListTemplates.Do(t.Context(), ada.App, app.ListTemplatesRequest{Sort: "other"}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an unknown sort: %v", err)
	}
}

// TestATemplateIsPublished follows a template from the first draft to its second
// version.
func TestATemplateIsPublished(t *testing.T) {
	ada := apptest.Found(t, 1)
	made := apptest.Do(ada, app.SaveTemplate, app.SaveTemplateRequest{Design: template.Template{Name: "Brief"}})
	if made.Version != 0 || len(made.Problems) != 1 {
		t.Fatalf("a draft: %+v", made)
	}
	if _, err := app.PublishTemplate.Do(t.Context(), ada.App, app.PublishTemplateRequest{Template: "brief"}); fault.KindOf(err) != fault.Invalid || fault.Message(err) != "The template: it has no sections." {
		t.Errorf("an empty template is published: %v", err)
	}
	apptest.Do(ada, app.SaveTemplate, app.SaveTemplateRequest{Template: made.ID, Design: brief()})
	first := apptest.Do(ada, app.PublishTemplate, app.PublishTemplateRequest{Template: "Brief", Note: " The first. "})
	if first.Version != 1 || len(first.Changes) > 0 || first.Versions[0].Note != "The first." || first.Versions[0].By != "Ada" || !first.Versions[0].At.Equal(apptest.Start) {
		t.Errorf("published: %+v", first)
	}
	if _, err := app.PublishTemplate.Do(t.Context(), ada.App, app.PublishTemplateRequest{Template: "brief"}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("the same is published again: %v", err)
	}
	design := brief()
	design.Sections[0].Fields = design.Sections[0].Fields[:1]
	changed := apptest.Do(ada, app.SaveTemplate, app.SaveTemplateRequest{Template: made.ID, Design: design})
	if len(changed.Changes) != 1 || changed.Changes[0].Answers != template.Orphaned {
		t.Errorf("changes since version 1: %+v", changed.Changes)
	}
	second := apptest.Do(ada, app.PublishTemplate, app.PublishTemplateRequest{Template: made.ID[:20]})
	if second.Version != 2 || len(second.Versions[1].Changes) != 1 {
		t.Errorf("published again: %+v", second)
	}
	old := apptest.Do(ada, app.ShowTemplate, app.TemplateRequest{Template: made.ID, Version: 1})
	if diff := cmp.Diff(brief(), old.Design()); diff != "" {
		t.Errorf("version 1 (-want +got):\n%s", diff)
	}
	if _, err := app.ShowTemplate.Do(t.Context(), ada.App, app.TemplateRequest{Template: made.ID, Version: 3}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("version 3: %v", err)
	}
}

// TestTemplatesMerge has two people edit one template apart, and one of them
// save from what was read before the other's work came.
func TestTemplatesMerge(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	made := apptest.Do(ada, app.SaveTemplate, app.SaveTemplateRequest{Design: brief()})
	apptest.Settle(ada, ben)
	base := made.Design()

	mine, yours := brief(), brief()
	mine.Sections[0].Fields[0].Label = "We believe that"
	mine.Sections[1].Fields = append(mine.Sections[1].Fields, template.Field{Label: "Cost", Kind: template.Money})
	yours.Sections[0].Fields[0].Help = "One sentence."
	yours.Sections[1].Fields = append(yours.Sections[1].Fields, template.Field{Label: "Cost", Kind: template.Line})
	apptest.Do(ada, app.SaveTemplate, app.SaveTemplateRequest{Template: made.ID, Design: mine, Base: &base})
	apptest.Do(ben, app.SaveTemplate, app.SaveTemplateRequest{Template: made.ID, Design: yours, Base: &base})
	apptest.Settle(ada, ben)

	again := brief()
	again.Sections[1].Title = "The way"
	got := apptest.Do(ada, app.SaveTemplate, app.SaveTemplateRequest{Template: made.ID, Design: again, Base: &base})
	first := got.Sections[0].Fields[0]
	if first.Label != "We believe that" || first.Help != "One sentence." || got.Sections[1].Title != "The way" || len(got.Sections[1].Fields) != 5 {
		t.Errorf("together: %+v", got.Sections)
	}
	apptest.Settle(ada, ben)
	if diff := cmp.Diff(got, apptest.Do(ben, app.ShowTemplate, app.TemplateRequest{Template: made.ID})); diff != "" {
		t.Errorf("Ben sees something else:\n%s", diff)
	}

	// Both publish the next version: there are two, and the same on both sides.
	apptest.Do(ada, app.PublishTemplate, app.PublishTemplateRequest{Template: made.ID, Note: "Ada's"})
	ben.Clock.Advance(time.Minute)
	apptest.Do(ben, app.PublishTemplate, app.PublishTemplateRequest{Template: made.ID, Note: "Ben's"})
	apptest.Settle(ada, ben)
	for _, n := range []*apptest.Node{ada, ben} {
		if v := apptest.Do(n, app.ShowTemplate, app.TemplateRequest{Template: made.ID}).Versions; len(v) != 2 || v[0].Note != "Ada's" || v[1].Number != 2 {
			t.Errorf("versions: %+v", v)
		}
	}
}

func TestTemplatesGoThroughFiles(t *testing.T) {
	ada := apptest.Found(t, 1)
	file := apptest.Do(ada, app.ExportTemplate, app.TemplateRequest{Template: "Experiment brief"})
	if file.Name != "experiment-brief.yaml" {
		t.Errorf("the file is called %s", file.Name)
	}
	made := apptest.Do(ada, app.ImportTemplate, app.ImportTemplateRequest{YAML: file.YAML, Name: "Our brief"})
	if made.Version != 1 || made.From != app.OfTeam {
		t.Fatalf("imported: %+v", made)
	}
	out := apptest.Do(ada, app.ExportTemplate, app.TemplateRequest{Template: "our BRIEF"})
	if out.Name != "our-brief.yaml" || out.YAML != strings.Replace(file.YAML, "name: Experiment brief", "name: Our brief", 1) {
		t.Errorf("exported as %s:\n%s", out.Name, out.YAML)
	}
	again := apptest.Do(ada, app.ImportTemplate, app.ImportTemplateRequest{YAML: out.YAML})
	if again.ID != made.ID || again.Version != 1 {
		t.Errorf("imported again: %s, version %d", again.ID, again.Version)
	}
	draft := apptest.Do(ada, app.ImportTemplate, app.ImportTemplateRequest{YAML: strings.Replace(out.YAML, "label: Baseline", "label: Floor", 1), Draft: true})
	if draft.ID != made.ID || draft.Version != 1 || len(draft.Changes) != 1 {
		t.Errorf("imported as a draft: version %d, %+v", draft.Version, draft.Changes)
	}
	model := apptest.Do(ada, app.ExportTemplate, app.TemplateRequest{Template: "churn"})
	if _, err := app.ImportTemplate.Do(t.Context(), ada.App, app.ImportTemplateRequest{YAML: model.YAML}); fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Hint(err), "cairn value save") {
		t.Errorf("a value model is imported: %v", err)
	}
	if _, err := app.ImportTemplate.Do(t.Context(), ada.App, app.ImportTemplateRequest{YAML: "name: a\nsections: [{title: b}]\n"}); fault.Message(err) != "Section 1: it has no fields." {
		t.Errorf("a template without fields is imported: %v", err)
	}
}

func TestTemplatesAreFoundByName(t *testing.T) {
	ada := apptest.Found(t, 1)
	one := apptest.Do(ada, app.SaveTemplate, app.SaveTemplateRequest{Design: template.Template{Name: "Retrospective"}})
	show := func(text string) (app.Template, error) {
		return app.ShowTemplate.Do(t.Context(), ada.App, app.TemplateRequest{Template: text})
	}
	for text, want := range map[string]string{
		"retrospective": "retrospective", "Retrospective": one.ID, one.ID: one.ID, one.ID[:20]: one.ID,
		"Launch Checklist": "launch-checklist", "launch checklist": "launch-checklist", "Data privacy and compliance check": "privacy-check", "lead scoring": "lead-scoring",
	} {
		if got, err := show(text); err != nil || got.ID != want {
			t.Errorf("%q finds %s, %v, want %s", text, got.ID, err, want)
		}
	}
	for _, text := range []string{"nonsense", "", "../words/ko/window"} {
		if got, err := show(text); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q finds %+v, %v", text, got, err)
		}
	}
	apptest.Do(ada, app.SaveTemplate, app.SaveTemplateRequest{Design: template.Template{Name: "retrospective "}})
	if _, err := show("RETROSPECTIVE"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("of two: %v", err)
	}
	for _, change := range []func() error{
		func() error {
			_, err := app.SaveTemplate.Do(t.Context(), ada.App, app.SaveTemplateRequest{Template: "launch-checklist", Design: brief()})
			return err
		},
		func() error {
			_, err := app.PublishTemplate.Do(t.Context(), ada.App, app.PublishTemplateRequest{Template: "launch-checklist"})
			return err
		},
	} {
		if err := change(); fault.KindOf(err) != fault.Denied {
			t.Errorf("a template of Cairn is changed: %v", err)
		}
	}
}
