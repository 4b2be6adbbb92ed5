package window

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
	"cairn/core/member"
	"cairn/core/template"
	"cairn/ui/activity"
	"cairn/ui/designer"
	"cairn/ui/panel"
	"cairn/ui/saving"
	"cairn/ui/shell"
	"cairn/ui/undo"
	"cairn/ui/worksheet"
)

// discusses goes through what the column beside a page asks for, about a
// requirement.
func discusses(t *testing.T, s *session, project, document string) {
	t.Helper()
	ctx := t.Context()
	past := &undo.Past{}
	at := panel.Place{Project: project, Document: document}
	talk := panel.NewTalkPresenter(discussion{s}, &panel.Drafts{}, past, time.Now)
	talk.Show(ctx, at)
	talk.Type(panel.NewThread, "Enough, @Ada?")
	talk.Send(ctx, panel.NewThread)
	st := talk.State.Get()
	if st.Open != 1 || len(st.Threads) != 1 || !st.Threads[0].Mine || len(st.Threads[0].Body) != 3 || st.ReadOnly {
		t.Fatalf("said: %+v", st)
	}
	id := st.Threads[0].ID
	talk.Type(id, "It is.")
	talk.Send(ctx, id)
	talk.Type(panel.EditPrefix+id, "Is it enough?")
	talk.Send(ctx, panel.EditPrefix+id)
	if got := talk.State.Get().Threads[0]; got.Plain != "Is it enough?" || len(got.Replies) != 1 {
		t.Errorf("answered and rewritten: %+v", got)
	}
	all := panel.NewTalkPresenter(discussion{s}, &panel.Drafts{}, past, time.Now)
	all.Show(ctx, panel.Place{Project: project, Document: project})
	if got := all.State.Get(); got.Open != 1 || got.Threads[0].Where != "Find churners" {
		t.Errorf("in all of the project: %+v", got)
	}
	if n, err := (discussion{s}).open(ctx, at); n != 1 || err != nil {
		t.Errorf("%d are open, %v", n, err)
	}
	talk.Settle(ctx, id, true)
	if got := talk.State.Get(); got.Open != 0 || got.Resolved != 1 {
		t.Errorf("settled: %+v", got)
	}
	if _, err := past.Undo(ctx); err != nil || talk.State.Get().Open != 1 {
		t.Errorf("taken up again by undo: %v", err)
	}
	talk.Delete(ctx, id)
	if got := talk.State.Get().Threads[0]; !got.Deleted || len(got.Replies) != 1 {
		t.Errorf("deleted: %+v", got)
	}
	talk.Undelete(ctx, id)
	if got := talk.State.Get(); got.Threads[0].Deleted || got.Why != "" {
		t.Errorf("brought back: %+v", got)
	}
}

// remembers restores an earlier threshold of a requirement.
func remembers(t *testing.T, s *session, project, document string) {
	t.Helper()
	ctx := t.Context()
	docs := documents{s}
	if err := docs.Change(ctx, document, map[string]string{"threshold": "0.9"}, nil); err != nil {
		t.Fatal(err)
	}
	past := &undo.Past{}
	p := panel.NewPastPresenter(history{s}, past, time.Now)
	p.Show(ctx, panel.Place{Project: project, Document: document})
	p.Only(ctx, "threshold")
	st := p.State.Get()
	if st.Problem != "" || st.ReadOnly || len(st.Entries) == 0 {
		t.Fatalf("the past: %+v", st)
	}
	if got := st.Entries[0].Changes[0]; got.To != "0.9" || got.Label != "Threshold" || !got.Current {
		t.Errorf("the latest: %+v", got)
	}
	if err := (history{s}).Restore(ctx, document, "threshold", "0.8"); err != nil {
		t.Fatal(err)
	}
	listed, err := docs.Documents(ctx, project, "requirement")
	if err != nil || listed[0].Fields["threshold"] != "0.8" {
		t.Errorf("restored: %+v, %v", listed, err)
	}
}

// happens looks at what has happened, and goes where it did.
func happens(t *testing.T, s *session, project, document string) {
	t.Helper()
	var page, opened string
	p := activity.NewPresenter(project, happenings{s}, func(at, id string) { page, opened = at, id }, time.Now)
	p.Load(t.Context())
	st := p.State.Get()
	if st.Problem != "" || len(st.Rows) < 3 || len(st.People) != 1 {
		t.Fatalf("activity: %+v", st)
	}
	for _, r := range st.Rows {
		if p.Open(r.Key); opened == document {
			break
		}
	}
	if page != string(shell.Requirements) || opened != document {
		t.Errorf("opened %s on %s", opened, page)
	}
	p.Only(t.Context(), st.People[0].ID)
	if got := p.State.Get(); len(got.Rows) != len(st.Rows) {
		t.Errorf("%d rows of the only person, %d of everybody", len(got.Rows), len(st.Rows))
	}
}

// fills makes a template, publishes it and fills it in.
func fills(t *testing.T, s *session, project, document string) {
	t.Helper()
	ctx := t.Context()
	line, past := &saving.Line{}, &undo.Past{}
	var file string
	p := designer.NewPresenter(templates{s, func(context.Context) (string, error) { return file, nil }}, line, past, suffix)
	p.Load(ctx)
	if st := p.State.Get(); len(st.Rows) < 6 || st.Stored.Team || st.Editable() {
		t.Fatalf("the templates of Cairn: %+v", st.Rows)
	}
	if err := p.New(ctx); err != nil {
		t.Fatal(err)
	}
	p.SetName("Our brief")
	section := p.State.Get().Draft.Sections[0].Key
	p.AddField(section, "Which requirement?")
	key := p.State.Get().Field
	p.SetKind(key, template.Link)
	p.Change(key, func(f *template.Field) { f.Of = "requirement" })
	if err := p.Publish(ctx, "The first."); err != nil {
		t.Fatal(err)
	}
	st := p.State.Get()
	if len(st.Stored.Versions) != 1 || st.Stored.Versions[0].By == "" || len(st.Changes) != 0 || st.Rows[0].Name != "Our brief" || st.Rows[0].Changed {
		t.Errorf("published: %+v, %+v", st.Stored, st.Rows[0])
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	path, err := p.Export(ctx)
	if err != nil || filepath.Dir(path) != home {
		t.Fatalf("exported to %q, %v", path, err)
	}
	file = path
	if err := p.Import(ctx); err != nil || p.State.Get().Selected != st.Selected {
		t.Errorf("imported again: %v", err)
	}
	file = filepath.Join(home, "large.yaml")
	if err := os.WriteFile(file, make([]byte, maxImport+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.Import(ctx); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a file that is too large: %v", err)
	}
	fillsIn(t, s, project, document, st.Selected, key)
}

// fillsIn begins a worksheet of a template and answers the field under key by a
// document.
func fillsIn(t *testing.T, s *session, project, document, design, key string) {
	t.Helper()
	ctx := t.Context()
	line, past := &saving.Line{}, &undo.Past{}
	p := worksheet.NewPresenter(project, worksheets{s}, line, past)
	p.Load(ctx)
	if st := p.State.Get(); !st.Loaded || st.Problem != "" || len(st.Sheets) != 0 || len(st.Designs) < 7 || !st.Designs[0].Team {
		t.Fatalf("before: %+v", st)
	}
	if err := p.Begin(ctx, design, "First try"); err != nil {
		t.Fatal(err)
	}
	st := p.State.Get()
	if options := st.Options["requirement"]; len(options) != 1 || options[0].ID != document {
		t.Errorf("to choose from: %+v", st.Options)
	}
	st.Editor.Type(st.Sheet.ID, key, document)
	st.Editor.Save(ctx)
	sheet, err := worksheets{s}.Worksheet(ctx, st.Sheet.ID)
	if err != nil || sheet.ReadOnly || sheet.Cairn || sheet.Fields()[1].Shown != "Find churners" || sheet.Fields()[1].By == "" {
		t.Errorf("answered: %+v, %v", sheet, err)
	}
	if got := p.State.Get().Sheets; len(got) != 1 || got[0].Answered != 1 || got[0].Name != "First try" {
		t.Errorf("listed: %+v", got)
	}
	if _, _, err := p.Trash(ctx); err != nil || len(p.State.Get().Sheets) != 0 {
		t.Errorf("moved to the trash: %v", err)
	}
	if _, err := past.Undo(ctx); err != nil || len(p.State.Get().Sheets) != 1 {
		t.Errorf("taken out again: %v", err)
	}
}

// TestWhoMayOnlyReadIsTold has somebody look who may write nothing.
func TestWhoMayOnlyReadIsTold(t *testing.T) {
	mine, n := held(t)
	ctx := t.Context()
	project, err := mine.CreateProject(ctx, "Churn", "")
	if err != nil {
		t.Fatal(err)
	}
	made := apptest.Do(n, app.SaveTemplate, app.SaveTemplateRequest{Design: template.Template{
		Name: "Brief", Sections: []template.Section{{Title: "Why", Fields: []template.Field{{Label: "Because", Kind: template.Prose}}}},
	}})
	apptest.Do(n, app.PublishTemplate, app.PublishTemplateRequest{Template: made.ID})
	begun, err := worksheets{mine}.Begin(ctx, project, made.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	other := apptest.Join(t, 5, n, "Jisoo", member.Viewer)
	apptest.Settle(n, other)
	s := &session{opts: other.Options, app: other.App}
	if _, may, err := (discussion{s}).Threads(ctx, panel.Place{Project: project, Document: project}); may || err != nil {
		t.Errorf("may comment: %v, %v", may, err)
	}
	if _, may, err := (history{s}).Past(ctx, panel.Place{Project: project, Document: project}, ""); may || err != nil {
		t.Errorf("may restore: %v, %v", may, err)
	}
	if got, err := (templates{session: s}).Template(ctx, made.ID); !got.ReadOnly || err != nil {
		t.Errorf("may change the template: %+v, %v", got, err)
	}
	if got, err := (worksheets{s}).Worksheet(ctx, begun); !got.ReadOnly || got.Name != "Brief" || err != nil {
		t.Errorf("may fill in the worksheet: %+v, %v", got, err)
	}
}
