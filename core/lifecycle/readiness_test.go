package lifecycle_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/lifecycle"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/value"
)

func TestAnEmptyProjectLacksItsBeginnings(t *testing.T) {
	w := newWorld(t)
	w.person("Ada", member.Admin, "data scientist")
	w.person("Ben", member.Contributor)
	want := map[lifecycle.Page][]lifecycle.Code{
		lifecycle.Charter: {lifecycle.CharterProblem, lifecycle.CharterDecision, lifecycle.CharterNeedsML, lifecycle.CharterViability},
		lifecycle.Value:   {lifecycle.ValueBegin}, lifecycle.Requirements: {lifecycle.RequirementsBegin},
		lifecycle.Metrics: {lifecycle.MetricsScientist, lifecycle.MetricsExpert, lifecycle.MetricsBusiness},
		lifecycle.Sources: {lifecycle.SourcesBegin}, lifecycle.Roles: {lifecycle.RolesBegin},
	}
	r := lifecycle.Assess(w.input())
	for _, page := range r.Pages {
		if page.State != lifecycle.NotStarted {
			t.Errorf("%s is %s, want not started", page.Page, page.State)
		}
		if diff := cmp.Diff(want[page.Page], musts(page)); diff != "" {
			t.Errorf("%s lacks (-want +got):\n%s", page.Page, diff)
		}
	}
	if r.Ready != 0 || r.Needed != 6 || r.Phase.State != lifecycle.NotStarted {
		t.Errorf("%d of %d are ready, and the phase is %s, want 0 of 6, not started", r.Ready, r.Needed, r.Phase.State)
	}
	if got := musts(r.Phase); len(got) != 6 || slices.ContainsFunc(got, func(c lifecycle.Code) bool { return c != lifecycle.PageUnready }) {
		t.Errorf("the phase lacks %v, want six pages", got)
	}
}

// TestACompleteProjectIsReady holds that complete lacks nothing, so that the
// tests below know what they take away.
func TestACompleteProjectIsReady(t *testing.T) {
	w := newWorld(t)
	ada := w.person("Ada", member.Admin, "business stakeholder")
	w.person("Ben", member.Contributor, "data scientist")
	w.complete(ada)
	w.raci("business stakeholder", ada, "accountable")
	w.raci("data scientist", id.Person{}, "responsible")
	for _, page := range lifecycle.Assess(w.input()).Pages {
		if page.State != lifecycle.Ready || page.Musts > 0 {
			t.Errorf("%s is %s and lacks %v, want ready", page.Page, page.State, musts(page))
		}
	}
	if got := w.page(lifecycle.Design); got.State != lifecycle.Ready {
		t.Errorf("the phase is %s and lacks %v, want ready", got.State, got.Missing)
	}
}

// TestWhatIsMissingIsNamed takes something from a complete project, or adds to
// it, and looks what is said of it.
func TestWhatIsMissingIsNamed(t *testing.T) {
	find := func(w *world, kind *noun.Kind) *doc.Doc {
		i := slices.IndexFunc(w.docs, func(d *doc.Doc) bool { return d.Noun() == kind.Number })
		return w.docs[i]
	}
	clear := func(kind *noun.Kind, field, text string) func(*world) {
		return func(w *world) { w.set(id.Person{}, find(w, kind), kind, field, text) }
	}
	add := func(kind *noun.Kind, fields map[string]string) func(*world) {
		return func(w *world) { w.doc(kind, fields) }
	}
	model := func(change func(*value.Model)) func(*world) {
		return func(w *world) {
			m := churn()
			change(&m)
			w.worth[find(w, noun.ValueModels.Kind).ID()] = lifecycle.Weigh(m)
		}
	}
	tests := []struct {
		name   string
		change func(*world)
		page   lifecycle.Page
		must   bool
		want   string
	}{
		{"no problem", clear(noun.Charters.Kind, "problem", " "), lifecycle.Charter, true, "Describe the problem and its context."},
		{"unsure", clear(noun.Charters.Kind, "needs_ml", "unsure"), lifecycle.Charter, true, "Answer whether machine learning is called for."},
		{"undecided", clear(noun.Charters.Kind, "viability", "undecided"), lifecycle.Charter, true, "Decide whether the project is viable."},
		{"no reasons", func(*world) {}, lifecycle.Charter, false, "Write down the reasons behind the verdict."},
		{"broken", model(func(m *value.Model) { m.Formula = "found * prize" }), lifecycle.Value, true, "Correct Churn: there is no variable called prize."},
		{"no costs", model(func(m *value.Model) { m.Costs = nil }), lifecycle.Value, true, "Say what the model costs to build and to run."},
		{"no range at all", model(func(m *value.Model) { m.Variables[0].Low, m.Variables[0].High = nil, nil }), lifecycle.Value, true, "Give a low and a high end for Churners found."},
		{"the wrong one has a range", model(func(m *value.Model) {
			m.Variables[0].Low, m.Variables[0].High = nil, nil
			m.Variables[1].Low, m.Variables[1].High = new(7.9), new(8.1)
		}), lifecycle.Value, false, "Give a low and a high end for Churners found."},
		{"no source", model(func(m *value.Model) { m.Variables[1].Why = "" }), lifecycle.Value, false, "Say where the number for Price comes from."},
		{"none measurable", clear(noun.Requirements.Kind, "threshold", ""), lifecycle.Requirements, true, "Make a requirement measurable: a metric, a comparison and a threshold."},
		{"half a gate", clear(noun.Requirements.Kind, "threshold", ""), lifecycle.Requirements, false, "Agree on the threshold of Find churners."},
		{"no owner", clear(noun.Requirements.Kind, "owner", ""), lifecycle.Requirements, true, "Say who owns the requirement Find churners."},
		{"no title", clear(noun.Requirements.Kind, "title", ""), lifecycle.Requirements, true, "Give a requirement its title."},
		{"no compliance", func(*world) {}, lifecycle.Requirements, false, "Ask which rules and regulations hold."},
		{"unlinked", add(noun.KeyMetrics.Kind, map[string]string{"name": "Loss", "column": "data scientist"}), lifecycle.Metrics, true, "Link the metric Loss to a requirement or to the value estimate."},
		{"no column", add(noun.KeyMetrics.Kind, map[string]string{"name": "recall"}), lifecycle.Metrics, false, "Say whose metric recall is."},
		{"no variable", add(noun.KeyMetrics.Kind, map[string]string{"name": "recall", "variable": "gone"}), lifecycle.Metrics, false, "Link recall anew: the value estimate has no such variable."},
		{"unserved", add(noun.Requirements.Kind, map[string]string{"title": "Fast", "metric": "p99", "comparison": "<=", "threshold": "100"}), lifecycle.Metrics, false, "Add a key metric for the requirement Fast."},
		{"nobody answers for it", clear(noun.DataSources.Kind, "owner", ""), lifecycle.Sources, true, "Say who can answer for the data source Billing."},
		{"personal data unsure", clear(noun.DataSources.Kind, "personal_data", "unsure"), lifecycle.Sources, true, "Answer whether Billing holds personal data."},
		{"refused", clear(noun.DataSources.Kind, "access", "refused"), lifecycle.Sources, false, "Find another way to Billing, or another source: access was refused."},
		{"a dimension", clear(noun.Expectations.Kind, "dimension", ""), lifecycle.Sources, true, "Say what you expect of the data's accuracy."},
		{"a dimension of one source", add(noun.DataSources.Kind, map[string]string{"name": "CRM"}), lifecycle.Sources, false, "Say what CRM must keep to: nothing is expected of its timeliness."},
		{"two accountable", func(w *world) { w.raci("data engineer", id.Person{}, "accountable") }, lifecycle.Roles, true, "Leave one accountable for monitoring: 2 are."},
		{"nobody holds it", func(w *world) { w.raci("data engineer", id.Person{}, "responsible") }, lifecycle.Roles, false, "Say who in the team is the data engineer."},
		{"a role without a name", func(w *world) { w.raci("", id.Person{}, "informed") }, lifecycle.Roles, true, "Give a role its name."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			ada := w.person("Ada", member.Admin, "business stakeholder")
			w.person("Ben", member.Contributor, "data scientist")
			w.complete(ada)
			w.raci("business stakeholder", ada, "accountable")
			w.raci("data scientist", id.Person{}, "responsible")
			tt.change(w)
			var said []string
			for _, item := range w.page(tt.page).Missing {
				if item.Must == tt.must {
					said = append(said, item.Say().String())
				}
			}
			if !slices.Contains(said, tt.want) {
				t.Errorf("%s lacks %q, want %q among it", tt.page, said, tt.want)
			}
		})
	}
}

func TestConflictsAndLaterVersionsAreInTheWay(t *testing.T) {
	w := newWorld(t)
	ada := w.person("Ada", member.Admin)
	w.complete(ada)
	charter := w.docs[0]
	other := charter.Clone()
	w.set(ada, charter, noun.Charters.Kind, "viability", "not viable")
	w.set(id.Person{}, other, noun.Charters.Kind, "viability", "undecided")
	charter.Merge(other)
	page := w.page(lifecycle.Charter)
	if page.Done() || page.Missing[0].Code != lifecycle.InConflict || page.Missing[0].Field != "viability" {
		t.Errorf("the charter lacks %+v, want the conflict first", page.Missing)
	}
	if got, want := page.Missing[0].Say().String(), "Settle the viability of the charter: people wrote different values."; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}

	_ = charter.Apply(frozen(charter.ID(), w))
	if got := musts(w.page(lifecycle.Charter)); !slices.Contains(got, lifecycle.Newer) {
		t.Errorf("a charter that only a later version can read lacks %v, want to be told", got)
	}
}

// TestAStoppedProjectNeedsNoMore is a charter that says no.
func TestAStoppedProjectNeedsNoMore(t *testing.T) {
	for field, no := range map[string]string{"needs_ml": "no", "viability": "not viable"} {
		w := newWorld(t)
		ada := w.person("Ada", member.Admin)
		w.complete(ada)
		w.set(ada, w.docs[0], noun.Charters.Kind, field, no)
		r := lifecycle.Assess(w.input())
		if r.Needed != 1 || r.Ready != 1 || r.Pages[1].State != lifecycle.NotNeeded || r.Pages[1].Reason.IsZero() {
			t.Errorf("with %s %q: %s", field, no, w.states())
		}
		w.sign(ada, lifecycle.Design, "approved")
		if got := w.page(lifecycle.Design).State; got != lifecycle.Approved {
			t.Errorf("signed off with %s %q, the phase is %s", field, no, got)
		}
		if got := lifecycle.Guide(w.input(), ada, nil).Next.String(); got != "The project ends here: nothing more is needed." {
			t.Errorf("next comes %q", got)
		}
	}
}

// TestAStartUpOfOneNeedsNoRoles is one person who is everybody: no chart of who
// does what, and one sign-off for the whole phase.
func TestAStartUpOfOneNeedsNoRoles(t *testing.T) {
	w := newWorld(t)
	ada := w.person("Ada", member.Admin, "data scientist")
	w.complete(ada)
	if got := w.page(lifecycle.Roles).State; got != lifecycle.NotNeeded {
		t.Errorf("the roles of one person are %s, want not needed", got)
	}
	plan := lifecycle.Guide(w.input(), ada, nil)
	if len(plan.Steps) == 0 || plan.Steps[0].Code != lifecycle.EndPhase {
		t.Errorf("the first step is %v, want the sign-off of the phase", says(plan.Steps))
	}
	w.sign(ada, lifecycle.Design, "approved")
	want := `charter: approved
value: approved
requirements: approved
metrics: approved
sources: approved
roles: not needed
design: approved
5 of 5`
	if got := w.states(); got != want {
		t.Errorf("after one sign-off:\n%s\nwant\n%s", got, want)
	}
	w.set(ada, w.docs[0], noun.Charters.Kind, "problem", "Customers leave us.")
	want = `charter: changed since approval
value: approved
requirements: approved
metrics: approved
sources: approved
roles: not needed
design: changed since approval
5 of 5`
	if got := w.states(); got != want {
		t.Errorf("after an edit of the charter:\n%s\nwant\n%s", got, want)
	}

	w.raci("data scientist", ada, "responsible")
	if got := w.page(lifecycle.Roles); !got.Done() || got.Advice == 0 {
		t.Errorf("roles that one person has begun to write down lack %v as a must, want advice", musts(got))
	}
}

// TestManyItemsAreCounted shows the first of thousands.
func TestManyItemsAreCounted(t *testing.T) {
	w := newWorld(t)
	w.person("Ada", member.Admin)
	for i := range 50 {
		w.doc(noun.Requirements.Kind, map[string]string{"title": fmt.Sprint("R", i)})
	}
	page := w.page(lifecycle.Requirements)
	if page.Musts != 51 || len(page.Missing)+page.Left != page.Musts+page.Advice || page.Left != 30 {
		t.Errorf("%d musts, %d advice, %d listed, %d left; want 51, and 30 left", page.Musts, page.Advice, len(page.Missing), page.Left)
	}
}
