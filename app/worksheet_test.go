package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/member"
	"cairn/core/sentence"
	"cairn/core/template"
)

// begun returns a worksheet of brief, published once, in a new project.
func begun(n *apptest.Node) (app.Template, app.Worksheet) {
	apptest.Do(n, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	made := apptest.Do(n, app.SaveTemplate, app.SaveTemplateRequest{Design: brief()})
	made = apptest.Do(n, app.PublishTemplate, app.PublishTemplateRequest{Template: made.ID})
	return made, apptest.Do(n, app.BeginWorksheet, app.BeginWorksheetRequest{Project: "Churn", Template: "Brief", Name: "First try"})
}

func answer(n *apptest.Node, w app.Worksheet, field, text string) app.Worksheet {
	return apptest.Do(n, app.AnswerWorksheet, app.AnswerWorksheetRequest{
		WorksheetRequest: app.WorksheetRequest{Worksheet: w.ID.String()}, Field: field, Text: text,
	})
}

func fieldOf(t *testing.T, w app.Worksheet, key string) app.WorksheetField {
	t.Helper()
	for _, s := range w.Sections {
		for _, f := range s.Fields {
			if f.Key == key {
				return f
			}
		}
	}
	t.Fatalf("no field %s in %+v", key, w)
	return app.WorksheetField{}
}

// TestAWorksheetIsFilledIn begins one, fills it in, rightly and wrongly.
func TestAWorksheetIsFilledIn(t *testing.T) {
	ada := apptest.Found(t, 1)
	_, w := begun(ada)
	if w.Name != "First try" || w.TemplateName != "Brief" || w.Version != 1 || w.Newest != 1 || w.Progress != (app.Progress{Fields: 5, Required: 2, Missing: 2}) {
		t.Fatalf("begun: %+v", w)
	}
	source := apptest.Do(ada, app.CreateDoc, app.CreateDocRequest{Kind: "data_source", Project: "Churn", Fields: map[string]string{"name": "Billing"}})
	answer(ada, w, "expect", "More calls, more churn.\n")
	answer(ada, w, "Gain", "five")
	answer(ada, w, "data", "billing")
	answer(ada, w, "who", "Bertha")
	w = answer(ada, w, "risk", "HIGH")
	for key, want := range map[string]app.WorksheetField{
		"expect": {Answer: "More calls, more churn.\n", Shown: "More calls, more churn.\n"},
		"gain":   {Answer: "five", Shown: "five", Problem: &sentence.Sentence{Format: `"%s" is not a percentage. Write one such as 80 %%.`, Args: []sentence.Arg{{Text: "five"}}}},
		"data":   {Answer: source.ID.String(), Shown: "Billing"},
		"who":    {Answer: "Bertha", Shown: "Bertha", Problem: &sentence.Sentence{Format: `"%s" is none of the documents that can be chosen here.`, Args: []sentence.Arg{{Text: "Bertha"}}}},
		"risk":   {Answer: "high", Shown: "high"},
	} {
		got := fieldOf(t, w, key)
		if got.Answer != want.Answer || got.Shown != want.Shown || !cmp.Equal(got.Problem, want.Problem) || got.By != "Ada" || got.Missing {
			t.Errorf("%s: %+v, want %+v", key, got, want)
		}
	}
	if w.Progress != (app.Progress{Fields: 5, Answered: 3, Required: 2, Missing: 1, Problems: 2}) {
		t.Errorf("progress %+v", w.Progress)
	}
	w = answer(ada, w, "gain", "5 %")
	w = answer(ada, w, "who", "ada")
	if fieldOf(t, w, "gain").Shown != "5 %" || fieldOf(t, w, "who").Shown != "Ada" || w.Progress != (app.Progress{Fields: 5, Answered: 5, Required: 2}) {
		t.Errorf("filled in: %+v", w)
	}
	w = answer(ada, w, "expect", "")
	if f := fieldOf(t, w, "expect"); !f.Missing || w.Progress.Missing != 1 {
		t.Errorf("emptied: %+v", f)
	}
	apptest.Do(ada, app.MoveToTrash, app.DocRequest{ID: source.ID.String()})
	w = apptest.Do(ada, app.ShowWorksheet, app.WorksheetRequest{Worksheet: "first TRY", Project: "churn"})
	if f := fieldOf(t, w, "data"); f.Problem == nil || f.Shown != "Billing" {
		t.Errorf("a document in the trash: %+v", f)
	}
	if rows := apptest.Do(ada, app.ListWorksheets, app.WorksheetsRequest{Project: "Churn"}); len(rows) != 1 || rows[0].Template != "Brief" || rows[0].Progress.Answered != 3 {
		t.Errorf("listed: %+v", rows)
	}
}

// TestTwoFillInOneWorksheet has two people fill it in apart: prose is merged,
// other answers stand side by side until somebody decides.
func TestTwoFillInOneWorksheet(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	_, w := begun(ada)
	answer(ada, w, "expect", "Calls predict churn.")
	apptest.Settle(ada, ben)
	answer(ada, w, "expect", "Support calls predict churn.")
	answer(ada, w, "gain", "5")
	answer(ada, w, "risk", "low")
	ben.Clock.Advance(time.Second)
	answer(ben, w, "expect", "Calls predict churn within a month.")
	answer(ben, w, "gain", "5 %")
	answer(ben, w, "risk", "high")
	apptest.Settle(ada, ben)
	base := "Calls predict churn."
	apptest.Do(ada, app.AnswerWorksheet, app.AnswerWorksheetRequest{
		WorksheetRequest: app.WorksheetRequest{Worksheet: w.ID.String()}, Field: "expect", Text: "Calls alone predict churn.", Base: &base,
	})
	apptest.Settle(ada, ben)
	for _, n := range []*apptest.Node{ada, ben} {
		got := apptest.Do(n, app.ShowWorksheet, app.WorksheetRequest{Worksheet: w.ID.String()})
		if f := fieldOf(t, got, "expect"); f.Answer != "Support calls alone predict churn within a month." {
			t.Errorf("prose: %+v", f)
		}
		if f := fieldOf(t, got, "gain"); f.Answer != "5%" || len(f.Conflicts) > 0 {
			t.Errorf("the same in two ways of writing: %+v", f)
		}
		if f := fieldOf(t, got, "risk"); len(f.Conflicts) != 2 || f.Conflicts[0].Person != "Ben" || got.Progress.Conflicts != 1 {
			t.Errorf("a conflict: %+v, %+v", f, got.Progress)
		}
	}
	if n := apptest.Do(ada, app.ListDocs, app.ListDocsRequest{Kind: "answer", Project: "Churn"}).Total; n != 3 {
		t.Errorf("%d documents for 3 answers", n)
	}
	if f := fieldOf(t, answer(ada, w, "risk", "low"), "risk"); len(f.Conflicts) > 0 || f.Answer != "low" {
		t.Errorf("settled: %+v", f)
	}
}

// TestAWorksheetMovesToTheNextVersion keeps every answer on the way, and back.
func TestAWorksheetMovesToTheNextVersion(t *testing.T) {
	ada := apptest.Found(t, 1)
	made, w := begun(ada)
	answer(ada, w, "expect", "Calls predict churn.")
	answer(ada, w, "gain", "5 %")
	answer(ada, w, "risk", "low")

	design := brief()
	design.Sections[0].Fields[0].Kind, design.Sections[0].Fields[0].Label = template.Line, "Hypothesis"
	design.Sections[0].Fields = design.Sections[0].Fields[:1]
	design.Sections[1].Fields[2].Choices = []string{"small", "high"}
	apptest.Do(ada, app.SaveTemplate, app.SaveTemplateRequest{Template: made.ID, Design: design})
	apptest.Do(ada, app.PublishTemplate, app.PublishTemplateRequest{Template: made.ID})
	before := apptest.Do(ada, app.ShowWorksheet, app.WorksheetRequest{Worksheet: w.ID.String()})
	if before.Version != 1 || before.Newest != 2 || len(before.Changes) != 4 || len(before.LeftOver) > 0 {
		t.Errorf("before: %+v", before)
	}
	moved := apptest.Do(ada, app.MoveWorksheet, app.MoveWorksheetRequest{WorksheetRequest: app.WorksheetRequest{Worksheet: w.ID.String()}})
	if f := fieldOf(t, moved, "expect"); f.Answer != "Calls predict churn." || f.Problem != nil || f.Label != "Hypothesis" {
		t.Errorf("prose that became a line: %+v", f)
	}
	if f := fieldOf(t, moved, "risk"); f.Answer != "low" || f.Problem == nil {
		t.Errorf("a choice that is no more: %+v", f)
	}
	if moved.Version != 2 || len(moved.Changes) > 0 || len(moved.LeftOver) != 1 || moved.LeftOver[0].Label != "Gain" || moved.LeftOver[0].Shown != "5 %" {
		t.Errorf("moved: %+v", moved)
	}
	answer(ada, w, "expect", "Calls predict churn soon.")
	back := apptest.Do(ada, app.MoveWorksheet, app.MoveWorksheetRequest{WorksheetRequest: app.WorksheetRequest{Worksheet: w.ID.String()}, Version: 1})
	if f := fieldOf(t, back, "expect"); f.Answer != "Calls predict churn soon." || fieldOf(t, back, "gain").Answer != "5%" || len(back.LeftOver) > 0 {
		t.Errorf("back: %+v", back)
	}
}

// TestTemplatesOfCairnAreAdoptedOnce has two people begin worksheets of one of
// Cairn's templates without knowing of each other.
func TestTemplatesOfCairnAreAdoptedOnce(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	ben.Pull(ada)
	begin := func(n *apptest.Node) app.Worksheet {
		return apptest.Do(n, app.BeginWorksheet, app.BeginWorksheetRequest{Project: "Churn", Template: "retrospective"})
	}
	mine, yours := begin(ada), begin(ben)
	apptest.Settle(ada, ben)
	if mine.Template != "retrospective" || mine.From != app.OfCairn || mine.Name != "Retrospective" || mine.ID == yours.ID {
		t.Errorf("begun: %+v", mine)
	}
	page := apptest.Do(ada, app.ListDocs, app.ListDocsRequest{Kind: "template"})
	if page.Total != 1 || len(page.Documents[0].Fields["versions"].Items()) != 1 {
		t.Errorf("adopted as %+v", page.Documents)
	}
	again := apptest.Do(ben, app.ShowWorksheet, app.WorksheetRequest{Worksheet: mine.ID.String()})
	if again.Version != 1 || again.Newest != 1 || len(again.Sections) != 4 {
		t.Errorf("Ben sees %+v", again)
	}
	for _, r := range apptest.Do(ada, app.ListTemplates, app.ListTemplatesRequest{}) {
		if r.From == app.OfTeam {
			t.Errorf("an adopted template is listed as the team's: %+v", r)
		}
	}
	adopted := page.Documents[0].ID.String()
	if got := apptest.Do(ada, app.ShowTemplate, app.TemplateRequest{Template: adopted}); got.ID != "retrospective" {
		t.Errorf("by its document it is %+v", got)
	}
}

// TestAWorksheetWaitsForItsTemplate shows what there is when the version that a
// worksheet has is not here.
func TestAWorksheetWaitsForItsTemplate(t *testing.T) {
	ada := apptest.Found(t, 1)
	_, w := begun(ada)
	answer(ada, w, "gain", "5 %")
	apptest.Do(ada, app.SetField, app.SetFieldRequest{ID: w.ID.String(), Field: "version", Value: "12345"})
	got := apptest.Do(ada, app.ShowWorksheet, app.WorksheetRequest{Worksheet: w.ID.String()})
	if got.Version != 0 || len(got.Sections) > 0 || len(got.LeftOver) != 1 || got.LeftOver[0].Shown != "5 %" {
		t.Errorf("waiting: %+v", got)
	}
	_, err := app.AnswerWorksheet.Do(t.Context(), ada.App, app.AnswerWorksheetRequest{WorksheetRequest: app.WorksheetRequest{Worksheet: w.ID.String()}, Field: "gain", Text: "6 %"})
	if fault.KindOf(err) != fault.Offline {
		t.Errorf("filled in: %v", err)
	}
	apptest.Do(ada, app.SetField, app.SetFieldRequest{ID: w.ID.String(), Field: "template", Value: ""})
	if got := apptest.Do(ada, app.ShowWorksheet, app.WorksheetRequest{Worksheet: w.ID.String()}); got.Newest != 0 {
		t.Errorf("without a template: %+v", got)
	}
}

func TestWorksheetsRefuse(t *testing.T) {
	ada := apptest.Found(t, 1)
	_, w := begun(ada)
	apptest.Do(ada, app.SaveTemplate, app.SaveTemplateRequest{Design: template.Template{Name: "Draft"}})
	at := app.WorksheetRequest{Worksheet: w.ID.String()}
	tests := []struct {
		name string
		do   func() error
		want fault.Kind
	}{
		{"a value model", func() error {
			_, err := app.BeginWorksheet.Do(t.Context(), ada.App, app.BeginWorksheetRequest{Project: "Churn", Template: "churn"})
			return err
		}, fault.Invalid},
		{"a draft", func() error {
			_, err := app.BeginWorksheet.Do(t.Context(), ada.App, app.BeginWorksheetRequest{Project: "Churn", Template: "Draft"})
			return err
		}, fault.NotFound},
		{"a name of two lines", func() error {
			_, err := app.BeginWorksheet.Do(t.Context(), ada.App, app.BeginWorksheetRequest{Project: "Churn", Template: "Brief", Name: "a\nb"})
			return err
		}, fault.Invalid},
		{"no field", func() error {
			_, err := app.AnswerWorksheet.Do(t.Context(), ada.App, app.AnswerWorksheetRequest{WorksheetRequest: at, Field: "nothing", Text: "a"})
			return err
		}, fault.NotFound},
		{"a long line", func() error {
			_, err := app.AnswerWorksheet.Do(t.Context(), ada.App, app.AnswerWorksheetRequest{WorksheetRequest: at, Field: "risk", Text: strings.Repeat("a", 40_000)})
			return err
		}, fault.Invalid},
		{"no version", func() error {
			_, err := app.MoveWorksheet.Do(t.Context(), ada.App, app.MoveWorksheetRequest{WorksheetRequest: at, Version: 9})
			return err
		}, fault.NotFound},
		{"no worksheet", func() error {
			_, err := app.ShowWorksheet.Do(t.Context(), ada.App, app.WorksheetRequest{Worksheet: w.Project.String()})
			return err
		}, fault.NotFound},
	}
	for _, tt := range tests {
		if err := tt.do(); fault.KindOf(err) != tt.want || fault.Hint(err) == "" {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	if d := apptest.Do(ada, app.ShowDoc, app.DocRequest{ID: w.ID.String()}); d.Fields["name"] != doc.String("First try") {
		t.Errorf("the worksheet is %+v", d)
	}
}
