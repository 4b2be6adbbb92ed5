package lifecycle_test

import (
	"slices"
	"testing"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/lifecycle"
	"cairn/core/member"
	"cairn/core/noun"
)

// five is a team in which everybody holds one role; all but the engineers may
// approve.
type five struct {
	*world
	sofia, ken, dana, lee, mira id.Person
}

func newFive(t *testing.T) five {
	w := newWorld(t)
	return five{
		w,
		w.person("Sofia", member.Approver, "business stakeholder"), w.person("Ken", member.Approver, "subject matter expert"),
		w.person("Dana", member.Admin, "data scientist"), w.person("Lee", member.Contributor, "data engineer"),
		w.person("Mira", member.Contributor, "ML engineer"),
	}
}

func (w *world) state(t *testing.T, page lifecycle.Page, want lifecycle.State) {
	t.Helper()
	if got := w.page(page); got.State != want {
		t.Errorf("%s is %s, want %s; it wants %+v and lacks %v", page, got.State, want, got.Wants, musts(got))
	}
}

// TestAPageIsApprovedByAllWhoseWordItWants goes from the first sign-off to the
// last, and back by an edit.
func TestAPageIsApprovedByAllWhoseWordItWants(t *testing.T) {
	team := newFive(t)
	team.complete(team.sofia)
	team.state(t, lifecycle.Value, lifecycle.Ready)
	team.sign(team.sofia, lifecycle.Value, "approved")
	team.state(t, lifecycle.Value, lifecycle.InReview)
	team.sign(team.ken, lifecycle.Value, "approved")
	team.sign(team.lee, lifecycle.Value, "approved") // who may not
	team.state(t, lifecycle.Value, lifecycle.InReview)
	team.sign(team.dana, lifecycle.Value, "rejected")
	team.state(t, lifecycle.Value, lifecycle.Rejected)
	team.sign(team.dana, lifecycle.Value, "approved")
	team.state(t, lifecycle.Value, lifecycle.Approved)

	model := team.docs[1]
	team.set(team.dana, model, noun.ValueModels.Kind, "formula", "found * price * 2")
	team.state(t, lifecycle.Value, lifecycle.Changed)
	if got := team.page(lifecycle.Value).Touched; len(got) != 1 || got[0].Doc != model.ID() || got[0].Touch != lifecycle.TouchChanged {
		t.Errorf("touched: %+v, want the model changed", got)
	}
	team.sign(team.dana, lifecycle.Value, "approved")
	team.state(t, lifecycle.Value, lifecycle.Changed)
	team.sign(team.sofia, lifecycle.Value, "approved")
	team.sign(team.ken, lifecycle.Value, "approved")
	team.state(t, lifecycle.Value, lifecycle.Approved)
}

// TestRejectionIsAnsweredByAChange lets a page that was rejected be approved
// once it says something else.
func TestRejectionIsAnsweredByAChange(t *testing.T) {
	team := newFive(t)
	team.complete(team.sofia)
	team.sign(team.sofia, lifecycle.Charter, "rejected")
	team.state(t, lifecycle.Charter, lifecycle.Rejected)
	if got := advice(team.page(lifecycle.Charter)); !slices.Contains(got, lifecycle.Rejection) {
		t.Errorf("the advice on it is %v, want the rejection", got)
	}
	team.set(team.ken, team.docs[0], noun.Charters.Kind, "problem", "A thousand customers leave a month.")
	team.state(t, lifecycle.Charter, lifecycle.Ready)
	team.sign(team.sofia, lifecycle.Design, "rejected")
	team.state(t, lifecycle.Design, lifecycle.Rejected)
	steps := lifecycle.Guide(team.input(), team.sofia, nil).Steps
	if !slices.ContainsFunc(steps, func(s lifecycle.Step) bool { return s.Code == lifecycle.Rejection && s.Page == lifecycle.Design }) {
		t.Errorf("of the phase that was rejected the steps say nothing: %q", says(steps))
	}
	team.state(t, lifecycle.Charter, lifecycle.Ready)
}

// TestSignersAreWhoIsAccountable puts the team's own chart before the roles.
func TestSignersAreWhoIsAccountable(t *testing.T) {
	team := newFive(t)
	team.complete(team.sofia)
	team.raci("product owner", team.ken, "accountable")
	team.raci("data scientist", id.Person{}, "responsible")
	for _, page := range lifecycle.Pages {
		wants := team.page(page).Wants
		if len(wants) != 1 || wants[0].Role != lifecycle.Stakeholder || !slices.Equal(wants[0].By, []id.Person{team.ken}) {
			t.Errorf("%s wants %+v, want Ken as stakeholder", page, wants)
		}
	}
	team.sign(team.ken, lifecycle.Metrics, "approved")
	team.state(t, lifecycle.Metrics, lifecycle.Approved)

	// Nobody may approve whom the chart names: any approver's word will do.
	team.set(team.ken, team.docs[len(team.docs)-2], noun.Responsibilities.Kind, "person", team.lee.String())
	if got := team.page(lifecycle.Roles).Wants; len(got) != 1 || got[0].Role != lifecycle.Stakeholder || got[0].By[0] != team.sofia {
		t.Errorf("with Lee accountable the roles want %+v, want Sofia", got)
	}
}

func TestDocumentsComeAndGo(t *testing.T) {
	team := newFive(t)
	team.complete(team.sofia)
	s := team.sign(team.sofia, lifecycle.Sources, "approved")
	source := team.docs[6]
	added := team.doc(noun.DataSources.Kind, map[string]string{"name": "CRM"})
	team.trash(team.docs[7])
	team.set(team.lee, source, noun.DataSources.Kind, "access", "refused") // how far it is, not what was agreed
	judged := lifecycle.Assess(team.input()).Judged
	if len(judged) != 1 || judged[0].ID != s.ID || judged[0].Standing != lifecycle.Outdated {
		t.Fatalf("judged: %+v, want one outdated", judged)
	}
	got := map[id.Doc]lifecycle.Touch{}
	for _, touched := range judged[0].Touched {
		got[touched.Doc] = touched.Touch
	}
	if len(got) != 2 || got[added.ID()] != lifecycle.TouchAdded || got[team.removed[0].ID()] != lifecycle.TouchRemoved {
		t.Errorf("touched: %v, want one added and one removed", judged[0].Touched)
	}
}

// TestWhatDoesNotCount looks at every standing that is none.
func TestWhatDoesNotCount(t *testing.T) {
	team := newFive(t)
	team.complete(team.sofia)
	tests := []struct {
		name   string
		change func(*lifecycle.SignOff)
		want   lifecycle.Standing
	}{
		{"plain", func(*lifecycle.SignOff) {}, lifecycle.Holds},
		{"revoked", func(s *lifecycle.SignOff) { s.View.Revoked = true }, lifecycle.Revoked},
		{"forged", func(s *lifecycle.SignOff) { s.Author = team.lee }, lifecycle.Uncounted},
		{"of nobody", func(s *lifecycle.SignOff) { s.Author, s.View.Person = id.Person{}, id.Person{} }, lifecycle.Uncounted},
		{"without a right", func(s *lifecycle.SignOff) { s.Author, s.View.Person = team.lee, team.lee }, lifecycle.Uncounted},
		{"of no page", func(s *lifecycle.SignOff) { s.View.Scope = "budget" }, lifecycle.Uncounted},
		{"without a verdict", func(s *lifecycle.SignOff) { s.View.Verdict = "" }, lifecycle.Uncounted},
		{"bound to garbage", func(s *lifecycle.SignOff) { s.View.Content = []doc.Value{doc.Int(3), doc.Null} }, lifecycle.Outdated},
	}
	for _, tt := range tests {
		team.signed = nil
		tt.change(team.sign(team.sofia, lifecycle.Charter, "approved"))
		if got := lifecycle.Assess(team.input()).Judged[0]; got.Standing != tt.want || got.Reason.IsZero() != (tt.want != lifecycle.Uncounted) {
			t.Errorf("%s: %s because %q, want %s", tt.name, got.Standing, got.Reason, tt.want)
		}
	}
	team.signed = nil
	team.sign(team.sofia, lifecycle.Charter, "approved")
	team.sign(team.sofia, lifecycle.Charter, "approved")
	if judged := lifecycle.Assess(team.input()).Judged; judged[0].Standing != lifecycle.Holds || judged[1].Standing != lifecycle.Replaced {
		t.Errorf("of two the earlier is %s and the later %s, want replaced and valid", judged[1].Standing, judged[0].Standing)
	}
}

// TestThousandsAreBoundAsOne keeps a sign-off from outgrowing what a document
// may hold.
func TestThousandsAreBoundAsOne(t *testing.T) {
	w := newWorld(t)
	ada := w.person("Ada", member.Admin)
	for range 2001 {
		w.doc(noun.Requirements.Kind, map[string]string{"title": "R"})
	}
	s := w.sign(ada, lifecycle.Requirements, "approved")
	if len(s.View.Content) != 1 {
		t.Fatalf("2,001 documents are bound in %d records, want 1", len(s.View.Content))
	}
	if got := lifecycle.Assess(w.input()).Judged[0]; got.Standing != lifecycle.Holds {
		t.Errorf("it is %s, want valid", got.Standing)
	}
	w.set(ada, w.docs[7], noun.Requirements.Kind, "notes", "Or not.")
	if got := lifecycle.Assess(w.input()).Judged[0]; got.Standing != lifecycle.Outdated || got.Touched[0].Title.Text != "the requirements" {
		t.Errorf("after an edit it is %s with %+v, want changed", got.Standing, got.Touched)
	}
}
