package app_test

import (
	"slices"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/feed"
)

// TestEveryKindIsToldInItsWords changes documents whose sentences are their own,
// and holds that every word of Cairn's in them can be translated.
func TestEveryKindIsToldInItsWords(t *testing.T) {
	ada := apptest.Found(t, 1)
	hour := func() { ada.Clock.Advance(time.Hour) }
	hour()
	project := apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"}).ID.String()
	make := func(kind string, fields map[string]string) string {
		hour()
		return apptest.Do(ada, app.CreateDoc, app.CreateDocRequest{Kind: kind, Project: project, Fields: fields}).ID.String()
	}
	set := func(id, field, value string) {
		hour()
		apptest.Do(ada, app.SetField, app.SetFieldRequest{ID: id, Field: field, Value: value})
	}
	model := make("value_model", map[string]string{"name": "Churn", "variables": `[{"name":"accuracy","value":0.8},{"name":"price","value":10}]`})
	set(model, "variables", `[{"name":"accuracy","value":0.85},{"name":"price","value":10}]`)
	set(model, "variables", `[{"name":"accuracy","value":0.85}]`)
	metric := make("key_metric", map[string]string{"name": "Recall"})
	requirement := make("requirement", map[string]string{"title": "Find them"})
	set(metric, "requirements", requirement)
	set(metric, "requirements", "")
	set(metric, "direction", "higher is better")
	me := apptest.Do(ada, app.GetStatus, app.StatusRequest{}).Person.ID.String()
	set(requirement, "owner", me)
	signed := make("sign_off", map[string]string{"scope": "value", "verdict": "approved", "person": me})
	set(signed, "revoked", "true")
	make("sign_off", map[string]string{"scope": "requirements", "verdict": "rejected", "person": me})
	sheet := make("worksheet", map[string]string{"name": "Risks"})
	make("answer", map[string]string{"worksheet": sheet, "field": "worst_case", "text": "It is wrong."})
	make("answer", map[string]string{"worksheet": sheet, "field": "decides", "value": metric})
	set(project, "tags", "retention")
	said := apptest.Do(ada, app.AddComment, app.AddCommentRequest{About: requirement, Body: "Enough?"}).ID.String()
	hour()
	apptest.Do(ada, app.EditComment, app.EditCommentRequest{ID: said, Body: "Is it enough?"})
	hour()
	apptest.Do(ada, app.ResolveComment, app.CommentRequest{ID: said})
	hour()
	apptest.Do(ada, app.ReopenComment, app.CommentRequest{ID: said})
	hour()
	apptest.Do(ada, app.MoveToTrash, app.DocRequest{ID: said})
	hour()
	apptest.Do(ada, app.TakeFromTrash, app.DocRequest{ID: said})

	says(t, ada, app.ActivityRequest{Project: project},
		"Ada brought back a comment on “Find them”: Is it enough?",
		"Ada deleted a comment on “Find them”",
		"Ada took up a comment on “Find them” again: Is it enough?",
		"Ada resolved a comment on “Find them”: Is it enough?",
		"Ada rewrote a comment on “Find them”: Is it enough?",
		"Ada commented on “Find them”: Is it enough?",
		"Ada added “retention” to Tags of “Churn”",
		"Ada answered “Decides” in “Risks”: Recall",
		"Ada answered “Worst case” in “Risks”",
		"Ada created the worksheet “Risks”",
		"Ada rejected Requirements",
		"Ada withdrew the verdict on Value",
		"Ada approved Value",
		"Ada set Owner of “Find them” to Ada",
		"Ada set Direction of “Recall” to higher is better",
		"Ada removed “Find them” from Requirements of “Recall”",
		"Ada added “Find them” to Requirements of “Recall”",
		"Ada created the requirement “Find them”",
		"Ada created the key metric “Recall”",
		"Ada removed “price” from Variables of “Churn”",
		"Ada changed “accuracy” in Variables of “Churn”",
		"Ada created the value model “Churn”",
		"Ada created the project “Churn”",
	)
	known := feed.Formats()
	for _, e := range apptest.Do(ada, app.ListActivity, app.ActivityRequest{}).Entries {
		texts := []string{e.Words.Format}
		for _, p := range e.Words.Args {
			if p.Own {
				texts = append(texts, p.Text)
			}
		}
		for _, text := range texts {
			if !slices.Contains(known, text) {
				t.Errorf("%q of %q can't be translated", text, e.Sentence)
			}
		}
		for _, d := range e.Details {
			if d.Part == "accuracy" && d.Action == feed.DeedSet && (d.From == nil || d.From.Text != "0.8" || d.To.Text != "0.85") {
				t.Errorf("the accuracy changed from %v to %v, want 0.8 to 0.85", d.From, d.To)
			}
		}
	}
}
