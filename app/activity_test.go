package app_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
)

// told returns the sentences of what happened, the latest first.
func told(n *apptest.Node, req app.ActivityRequest) []string {
	var out []string
	for _, e := range apptest.Do(n, app.ListActivity, req).Entries {
		out = append(out, e.Sentence)
	}
	return out
}

func says(t *testing.T, n *apptest.Node, req app.ActivityRequest, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, told(n, req)); diff != "" {
		t.Errorf("%+v (-want +got):\n%s", req, diff)
	}
}

// TestWhatHappenedIsToldAsPeopleWould follows two people through a day.
func TestWhatHappenedIsToldAsPeopleWould(t *testing.T) {
	k := newTalk(t)
	hour := func() { k.wait(time.Hour); apptest.Settle(k.ada, k.ben) }
	set := func(n *apptest.Node, id, field, value string) {
		apptest.Do(n, app.SetField, app.SetFieldRequest{ID: id, Field: field, Value: value})
	}
	hour()
	set(k.ada, k.requirement, "threshold", "85")
	hour()
	set(k.ben, k.requirement, "unit", "share")
	hour()
	set(k.ben, k.requirement, "unit", "")
	hour()
	set(k.ben, k.requirement, "notes", "Asked by finance.")
	hour()
	set(k.ada, k.requirement, "title", "Find most churners")
	set(k.ada, k.requirement, "threshold", "0.9")
	hour()
	set(k.ada, k.requirement, "threshold", "0.7")
	k.wait(time.Second)
	set(k.ben, k.requirement, "threshold", "0.95")
	hour()
	apptest.Do(k.ada, app.ResolveConflict, app.ResolveRequest{ID: k.requirement, Field: "threshold", Choice: "=0.8"})
	hour()
	first := k.say(k.ada, "Is that enough,\n@김민지?")
	hour()
	k.answer(k.ben, first, "It is.")
	hour()
	apptest.Do(k.ada, app.ResolveComment, app.CommentRequest{ID: first.ID.String()})
	hour()
	apptest.Do(k.ada, app.CreateDoc, app.CreateDocRequest{Kind: "charter", Project: "Churn", Fields: map[string]string{"problem": "They leave."}})
	hour()
	charter := apptest.Do(k.ada, app.ListDocs, app.ListDocsRequest{Kind: "charter"}).Documents[0].ID.String()
	set(k.ada, charter, "needs_ml", "yes")
	set(k.ada, charter, "stakeholders", "Finance")
	hour()
	apptest.Do(k.ada, app.MoveToTrash, app.DocRequest{ID: k.requirement})
	hour()
	apptest.Do(k.ben, app.TakeFromTrash, app.DocRequest{ID: k.requirement})
	apptest.Settle(k.ada, k.ben)
	want := []string{
		"김민지 took “Find most churners” out of the trash",
		"Ada moved “Find most churners” to the trash",
		"Ada changed Needs ML and Stakeholders of “Charter”",
		"Ada began the charter",
		"Ada resolved a comment on “Find most churners”: Is that enough, @김민지?",
		"김민지 answered on “Find most churners”: It is.",
		"Ada commented on “Find most churners”: Is that enough, @김민지?",
		"Ada settled the conflict over Threshold of “Find most churners”: 0.8",
		"김민지 changed Threshold of “Find most churners” from 0.9 to 0.95",
		"Ada changed Threshold of “Find most churners” from 0.9 to 0.7",
		"Ada changed Title and Threshold of “Find most churners”",
		"김민지 wrote in Notes of “Find most churners”",
		"김민지 cleared Unit of “Find most churners”",
		"김민지 changed Unit of “Find most churners” from % to share",
		"Ada changed Threshold of “Find most churners” from 80 to 85",
		"Ada created the requirement “Find most churners”",
		"Ada created the project “Churn”",
	}
	for _, n := range []*apptest.Node{k.ada, k.ben} {
		if diff := cmp.Diff(want, told(n, app.ActivityRequest{Project: "Churn"})); diff != "" {
			t.Errorf("activity (-want +got):\n%s", diff)
		}
	}
	says(t, k.ada, app.ActivityRequest{Person: "김민지", Limit: 2}, "김민지 took “Find most churners” out of the trash", "김민지 answered on “Find most churners”: It is.")
	all := told(k.ada, app.ActivityRequest{})
	if diff := cmp.Diff([]string{"Ada added 김민지 to the team", "Ada created the workspace “Acme”", "Ada added Ada to the team"}, all[len(want):]); diff != "" {
		t.Errorf("outside of projects (-want +got):\n%s", diff)
	}
}

// TestActivityComesInPages reads it entry by entry.
func TestActivityComesInPages(t *testing.T) {
	k := newTalk(t)
	for i := range 7 {
		k.wait(time.Duration(i) * 4 * time.Minute)
		apptest.Do(k.ada, app.SetField, app.SetFieldRequest{ID: k.requirement, Field: "unit", Value: fmt.Sprint("u", i)})
		apptest.Do(k.ben, app.SetField, app.SetFieldRequest{ID: k.requirement, Field: "metric", Value: fmt.Sprint("m", i)})
	}
	apptest.Settle(k.ada, k.ben)
	want, got := told(k.ada, app.ActivityRequest{}), []string(nil)
	for after := ""; ; {
		page := apptest.Do(k.ada, app.ListActivity, app.ActivityRequest{Limit: 1, After: after})
		for _, e := range page.Entries {
			got = append(got, e.Sentence)
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-at once +page by page):\n%s", diff)
	}
	for _, req := range []app.ActivityRequest{{After: "?"}, {After: "AAAA"}, {Limit: -1}} {
		if _, err := app.ListActivity.Do(t.Context(), k.ada.App, req); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%+v: %v, want a fault Invalid", req, err)
		}
	}
	if _, err := app.ListActivity.Do(t.Context(), k.ada.App, app.ActivityRequest{Person: "Nobody"}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("of nobody: %v, want a fault NotFound", err)
	}
}

// TestThePastOfADocumentIsExact asks what fields held before and after.
func TestThePastOfADocumentIsExact(t *testing.T) {
	k := newTalk(t)
	hour := func() { k.wait(time.Hour); apptest.Settle(k.ada, k.ben) }
	set := func(n *apptest.Node, field, value string) {
		apptest.Do(n, app.SetField, app.SetFieldRequest{ID: k.requirement, Field: field, Value: value})
	}
	hour()
	set(k.ada, "notes", "Asked by finance.")
	set(k.ada, "threshold", "85")
	hour()
	set(k.ben, "notes", "Asked by the board of finance.")
	set(k.ben, "notes", "Asked by the board.")
	hour()
	past := func(req app.PastRequest) (out []string) {
		req.ID = k.requirement
		for _, e := range apptest.Do(k.ada, app.ShowPast, req).Entries {
			line := e.Person.Name
			for _, f := range e.Fields {
				line += fmt.Sprintf(" | %s: %q → %q", f.Label, f.BeforeText, f.AfterText)
			}
			out = append(out, line)
		}
		return out
	}
	want := []string{
		`김민지 | Notes: "Asked by finance." → "Asked by the board."`,
		`Ada | Threshold: "80" → "85" | Notes: "" → "Asked by finance."`,
		`Ada | Unit: "" → "%" | Threshold: "" → "80" | Comparison: "" → ">=" | Metric: "" → "recall" | Title: "" → "Find churners"`,
	}
	if diff := cmp.Diff(want, past(app.PastRequest{})); diff != "" {
		t.Errorf("past (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`Ada | Threshold: "80" → "85"`, `Ada | Threshold: "" → "80"`}, past(app.PastRequest{Field: "threshold"})); diff != "" {
		t.Errorf("of a field (-want +got):\n%s", diff)
	}
	first := apptest.Do(k.ada, app.ShowPast, app.PastRequest{ID: k.requirement, Limit: 2})
	if diff := cmp.Diff(want[2:], past(app.PastRequest{After: first.Next})); diff != "" || first.Next == "" {
		t.Errorf("second page (-want +got):\n%s", diff)
	}
	if rest := apptest.Do(k.ada, app.ShowPast, app.PastRequest{ID: k.requirement, Limit: 3}); rest.Next != "" {
		t.Errorf("there is a page after the last: %q", rest.Next)
	}
}

// BenchmarkActivity reads the first page, one of a project that little happens
// in, and the history of a document, in a workspace of 100,000 operations that
// one person wrote in batches of three over three months.
func BenchmarkActivity(b *testing.B) {
	ada := apptest.Found(b, 1)
	quiet := apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Quiet"}).ID.String()
	project := apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	var docs []id.Doc
	for i := range 50 {
		docs = append(docs, apptest.Do(ada, app.CreateDoc, app.CreateDocRequest{Kind: "requirement", Project: project.ID.String(), Fields: map[string]string{"title": fmt.Sprint("Requirement ", i)}}).ID)
	}
	title, _ := noun.Requirements.Field("title")
	unit, _ := noun.Requirements.Field("unit")
	threshold, _ := noun.Requirements.Field("threshold")
	for i := range 33_333 {
		ada.Clock.Advance(4 * time.Minute)
		err := ada.Journal().Write(b.Context(), func(tx *journal.Tx) error {
			d, err := tx.Doc(docs[i%len(docs)])
			if err != nil {
				return err
			}
			for f, v := range map[*noun.Field]doc.Value{&title: doc.String(fmt.Sprint("Requirement ", i)), &unit: doc.String(fmt.Sprint("u", i)), &threshold: doc.Int(int64(i))} {
				if err := tx.Pen(d, noun.Requirements.Number).Assign(*f, v); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.Run("first page", func(b *testing.B) {
		for b.Loop() {
			if got := apptest.Do(ada, app.ListActivity, app.ActivityRequest{}); len(got.Entries) != 50 {
				b.Fatalf("%d entries", len(got.Entries))
			}
		}
	})
	b.Run("quiet project", func(b *testing.B) {
		for b.Loop() {
			apptest.Do(ada, app.ListActivity, app.ActivityRequest{Project: quiet})
		}
	})
	b.Run("document", func(b *testing.B) {
		for b.Loop() {
			apptest.Do(ada, app.ShowPast, app.PastRequest{ID: docs[0].String()})
		}
	})
}
