package lifecycle_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/lifecycle"
	"cairn/core/member"
	"cairn/core/noun"
)

// firsts returns what the first steps of a plan say.
func firsts(p lifecycle.Plan, n int) []string { return says(p.Steps[:min(n, len(p.Steps))]) }

// TestGuideSpeaksToTheRole shows an empty project to three people.
func TestGuideSpeaksToTheRole(t *testing.T) {
	team := newFive(t)
	tests := []struct {
		name   string
		person id.Person
		roles  []string
		want   []string
	}{
		{"stakeholder", team.sofia, nil, []string{
			"Estimate what the model will earn.", "Write down the first business requirement.", "Say who is involved in which phase.",
		}},
		{"data scientist", team.dana, nil, []string{
			"Add a metric of the data scientist: how often the model is right.", "Answer whether machine learning is called for.",
			"Say what a rule or a report could do instead.",
		}},
		{"no role", id.Person{9}, nil, []string{
			"Describe the problem and its context.", "Name the decision that the model changes.", "Answer whether machine learning is called for.",
		}},
		{"in another role", team.dana, []string{"product owner"}, []string{
			"Estimate what the model will earn.", "Write down the first business requirement.", "Say who is involved in which phase.",
		}},
	}
	for _, tt := range tests {
		plan := lifecycle.Guide(team.input(), tt.person, tt.roles)
		if tt.name == "stakeholder" || tt.name == "in another role" {
			plan.Steps = slices.DeleteFunc(plan.Steps, func(s lifecycle.Step) bool { return s.Page == lifecycle.Charter || s.Page == lifecycle.Metrics })
		}
		if diff := cmp.Diff(tt.want, firsts(plan, 3)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestGuideLooksAtTheDocuments has the same person asked for other things as
// the project goes on.
func TestGuideLooksAtTheDocuments(t *testing.T) {
	team := newFive(t)
	team.complete(team.ken)
	team.raci("business stakeholder", team.sofia, "accountable")
	team.raci("data scientist", id.Person{}, "responsible")
	first := func(person id.Person) string {
		t.Helper()
		plan := lifecycle.Guide(team.input(), person, nil)
		if len(plan.Steps) > 0 && plan.Steps[0].Must {
			return plan.Steps[0].Say.String()
		}
		return plan.Next.String()
	}
	expect := func(person id.Person, want string) {
		t.Helper()
		if got := first(person); got != want {
			t.Errorf("the next step is %q, want %q", got, want)
		}
	}
	// All is ready, and Sofia alone signs: once for everything.
	expect(team.sofia, "Sign off the Design phase.")
	expect(team.mira, "You have done your part. It waits for Sofia.")

	// A source loses its owner: somebody of two roles can name one.
	team.set(team.lee, team.docs[6], noun.DataSources.Kind, "owner", "")
	expect(team.lee, "Say who can answer for the data source Billing.")
	expect(team.dana, "You have done your part. It waits for Sofia and others.")
	team.set(team.lee, team.docs[6], noun.DataSources.Kind, "owner", team.ken.String())

	team.sign(team.sofia, lifecycle.Design, "approved")
	expect(team.sofia, "The Design phase is approved. Development comes next: gather data and labels, and train the first models against what was agreed.")
	team.set(team.dana, team.docs[0], noun.Charters.Kind, "decision", "Whom to call.")
	expect(team.sofia, "Look at the Design phase again: it has changed since you approved it.")
	team.sign(team.sofia, lifecycle.Charter, "rejected")
	expect(team.dana, "There is nothing for you to do now.")
	if plan := lifecycle.Guide(team.input(), team.ken, nil); plan.Steps[0].Say.String() != "Settle what Sofia rejected about the charter." {
		t.Errorf("the expert's first step is %q, want what was rejected", says(plan.Steps))
	}
}

// TestGuideWeighsOpenly holds that the score is what the reasons weigh, and
// that the weightier reason wins.
func TestGuideWeighsOpenly(t *testing.T) {
	team := newFive(t)
	team.complete(team.sofia)
	team.raci("business stakeholder", team.sofia, "accountable")
	team.raci("data scientist", id.Person{}, "responsible")
	team.set(team.lee, team.docs[6], noun.DataSources.Kind, "personal_data", "")
	team.docBy(team.dana, noun.Comments.Kind, map[string]string{"about": team.docs[0].ID().String(), "body": "Lee?", "mentions": team.lee.String()})
	team.doc(noun.DataSources.Kind, map[string]string{"name": "CRM", "owner": team.sofia.String(), "personal_data": "no", "access": "granted"})
	plan := lifecycle.Guide(team.input(), team.lee, nil)
	want := []struct {
		say     string
		reasons []lifecycle.Reason
	}{
		{"Answer whether Billing holds personal data.", []lifecycle.Reason{lifecycle.BlocksOthers, lifecycle.IsYourRoles}},
		{"Answer Dana: a comment asks you to look.", []lifecycle.Reason{lifecycle.IsYours, lifecycle.IsMention}},
		{"Say what CRM must keep to: nothing is expected of its accuracy.", []lifecycle.Reason{lifecycle.IsYourRoles, lifecycle.IsAdvice}},
	}
	for i, w := range want {
		if i >= len(plan.Steps) || plan.Steps[i].Say.String() != w.say || !slices.Equal(plan.Steps[i].Reasons, w.reasons) {
			t.Errorf("step %d is not %q because of %v; the steps are %q", i, w.say, w.reasons, says(plan.Steps))
		}
	}
	for i, s := range plan.Steps {
		if i > 0 && s.Score > plan.Steps[i-1].Score {
			t.Errorf("%q weighs more than the step before it", s.Say)
		}
		if slices.Contains(s.Who.Persons, team.lee) {
			t.Errorf("of %q Lee is told that Lee could do it too", s.Say)
		}
	}
}

// TestCommentsAskUntilTheyAreAnswered follows a thread.
func TestCommentsAskUntilTheyAreAnswered(t *testing.T) {
	team := newFive(t)
	team.complete(team.sofia)
	asked := func(person id.Person) bool {
		t.Helper()
		return slices.ContainsFunc(lifecycle.Guide(team.input(), person, nil).Steps, func(s lifecycle.Step) bool { return s.Code == lifecycle.MentionYou })
	}
	charter := team.docs[0].ID().String()
	ask := func(by, whom id.Person, parent *doc.Doc) *doc.Doc {
		fields := map[string]string{"about": charter, "mentions": whom.String()}
		if parent != nil {
			fields["parent"] = parent.ID().String()
		}
		return team.docBy(by, noun.Comments.Kind, fields)
	}
	first := ask(team.dana, team.sofia, nil)
	if !asked(team.sofia) || asked(team.dana) {
		t.Error("Sofia is asked, and Dana isn't")
	}
	ask(team.sofia, team.dana, first)
	if asked(team.sofia) || !asked(team.dana) {
		t.Error("Sofia has answered and asks back")
	}
	team.set(team.sofia, first, noun.Comments.Kind, "resolved", "true")
	if asked(team.dana) {
		t.Error("what is resolved asks nobody")
	}
}

// TestAViewerIsToldSo gives no steps to who can't take them.
func TestAViewerIsToldSo(t *testing.T) {
	w := newWorld(t)
	w.person("Ada", member.Admin)
	vic := w.person("Vic", member.Viewer, "business stakeholder")
	plan := lifecycle.Guide(w.input(), vic, nil)
	if len(plan.Steps) > 0 || plan.Next.String() != "You can view this workspace, and not change it: the team does the rest." {
		t.Errorf("a viewer is told to %q, and then %q", says(plan.Steps), plan.Next)
	}
	w.people[0].Right = member.Contributor
	w.complete(w.people[0].ID)
	if plan := lifecycle.Guide(w.input(), w.people[0].ID, nil); !slices.ContainsFunc(plan.Steps, func(s lifecycle.Step) bool { return s.Code == lifecycle.GiveNobody }) {
		t.Errorf("where nobody may approve the steps are %q", says(plan.Steps))
	}
}
