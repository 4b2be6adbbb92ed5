package signoff_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"cairn/core/fault"
	"cairn/core/lifecycle"
	"cairn/core/sentence"
	"cairn/ui/edit"
	"cairn/ui/signoff"
	"cairn/ui/undo"
)

var (
	now   = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	ada   = edit.Person{ID: "p1", Name: "Ada Lovelace", Roles: []string{"business stakeholder"}}
	minji = edit.Person{ID: "p2", Name: "Minji Kim", Roles: []string{"data scientist"}}
	tomas = edit.Person{ID: "p3", Name: "Tomás Oliveira", Roles: []string{"data engineer"}}
)

// desk is a project in memory.
type desk struct {
	signoff.Standing
	given  []signoff.Verdict
	during func() // called before the next verdict is kept
	broken error
}

type source struct{ *desk }

func (s source) Standing(context.Context, string) (signoff.Standing, error) {
	out := s.desk.Standing
	out.Pages, out.SignOffs = slices.Clone(out.Pages), slices.Clone(out.SignOffs)
	return out, s.broken
}

func (s source) Give(_ context.Context, _ string, v signoff.Verdict) (string, error) {
	if s.during != nil {
		s.during()
		s.during = nil
	}
	d := s.desk
	if v.Digest != d.Of(v.Page).Digest {
		return "", fault.New(fault.Conflict, "Somebody has changed the page meanwhile.", "Look at it again, then sign off.")
	}
	d.given = append(d.given, v)
	o := signoff.SignOff{ID: "mine", Page: v.Page, Person: d.Me, Role: v.Role, Approved: v.Approve, Note: v.Note, At: now.Add(2 * time.Hour), Standing: lifecycle.Holds}
	d.SignOffs = append([]signoff.SignOff{o}, d.SignOffs...)
	return o.ID, nil
}

func (s source) Revoke(_ context.Context, id string) error {
	for i := range s.SignOffs {
		if s.SignOffs[i].ID == id {
			s.SignOffs[i].Standing = lifecycle.Revoked
		}
	}
	return nil
}

func must(page lifecycle.Page, code lifecycle.Code, field, say, why string, args ...sentence.Arg) signoff.Item {
	return signoff.Item{
		Code: code, Must: true, Page: page, Field: field, Say: sentence.Sentence{Format: say, Args: args}, Why: sentence.Sentence{Format: why},
		Roles: []string{"data engineer"}, Persons: []edit.Person{tomas},
	}
}

func page(name lifecycle.Page, state lifecycle.State, wants ...signoff.Want) signoff.Page {
	return signoff.Page{Page: name, State: state, Digest: "1:" + string(name), Wants: wants}
}

func want(role string, by edit.Person, signed string) signoff.Want {
	return signoff.Want{Role: role, By: []edit.Person{by}, Signed: signed}
}

// half is a project in the middle of its Design phase, as Minji sees it.
func half() *desk {
	wants := func(first, second string) []signoff.Want {
		return []signoff.Want{want(lifecycle.Stakeholder, ada, first), want(lifecycle.DataScientist, minji, second)}
	}
	charter := page(lifecycle.Charter, lifecycle.Approved, wants("s1", "s2")...)
	value := page(lifecycle.Value, lifecycle.Changed, wants("", "")...)
	reqs := page(lifecycle.Requirements, lifecycle.Ready, wants("", "")...)
	reqs.Missing = []signoff.Item{{Code: lifecycle.RequirementsBudget, Page: lifecycle.Requirements, Say: sentence.Sentence{Format: "Write down the budget."}}}
	metrics := page(lifecycle.Metrics, lifecycle.InReview, wants("", "s4")...)
	sources := page(lifecycle.Sources, lifecycle.Started, wants("", "")...)
	sources.Missing = []signoff.Item{
		must(lifecycle.Sources, lifecycle.SourceOwner, "owner", "Say who can answer for the data source %s.", "Somebody has to know what its columns mean, and say yes to their use.", sentence.Arg{Text: "Sensor readings"}),
		must(lifecycle.Sources, lifecycle.QualityMissing, "", "Say what you expect of the data's %s.", "An expectation written now becomes a check later, before faulty data reach a model.", sentence.Arg{Text: "timeliness", Own: true}),
	}
	sources.Missing[0].Document, sources.Musts = "d7", 2
	roles := page(lifecycle.Roles, lifecycle.NotNeeded)
	roles.Reason = sentence.Sentence{Format: "You are the only one in the workspace."}
	phase := page(lifecycle.Design, lifecycle.InReview, want(lifecycle.Stakeholder, ada, ""))
	phase.Missing = []signoff.Item{must(lifecycle.Design, lifecycle.PageUnready, "", "Finish %s first.", "The phase is signed off as a whole.", sentence.Arg{Text: "the data sources", Own: true})}
	phase.Musts = 1
	amount := 3200.0
	return &desk{Standing: signoff.Standing{
		Pages: []signoff.Page{charter, value, reqs, metrics, sources, roles}, Phase: phase, Ready: 4, Needed: 5,
		Me: minji, MayApprove: true, Approvers: []edit.Person{ada, minji},
		Opinion: signoff.Opinion{Viability: "viable", NeedsML: "yes", Reasons: "The estimate is three times what it costs, and the data are there."},
		Worth:   signoff.Worth{Known: true, Expected: 3200, Low: 2100, High: 4400, Ranged: true, Unit: "USD/month", Numbers: 6},
		Counts:  map[string]int{"requirement": 4, "key_metric": 5, "data_source": 3, "expectation": 8, "responsibility": 5}, Measurable: 2,
		SignOffs: []signoff.SignOff{
			{ID: "s4", Page: lifecycle.Metrics, Person: minji, Role: lifecycle.DataScientist, Approved: true, At: now, Standing: lifecycle.Holds},
			{
				ID: "s3", Page: lifecycle.Value, Person: minji, Role: lifecycle.DataScientist, Approved: true, At: now.Add(-20 * time.Hour), Standing: lifecycle.Outdated, Amount: &amount, Unit: "USD/month",
				Touched: []signoff.Touched{{Document: "v1", Title: "Churn reduction", Page: lifecycle.Value, Touch: lifecycle.TouchChanged, Changes: []signoff.Change{
					{Field: "variables", Old: "Price after discount $8", New: "Price after discount $7.50", By: "Tomás Oliveira", At: now},
				}}},
			},
			{ID: "s2", Page: lifecycle.Charter, Person: minji, Role: lifecycle.DataScientist, Approved: true, At: now.Add(-50 * time.Hour), Standing: lifecycle.Holds},
			{ID: "s1", Page: lifecycle.Charter, Person: ada, Role: lifecycle.Stakeholder, Approved: true, Note: "Go on, and come back with costs before the summer.", At: now.Add(-52 * time.Hour), Standing: lifecycle.Holds},
		},
	}}
}

func loaded(t *testing.T, d *desk) (*signoff.Presenter, *undo.Past) {
	t.Helper()
	past := &undo.Past{}
	p := signoff.NewPresenter("p", source{d}, past)
	p.Load(t.Context())
	return p, past
}
