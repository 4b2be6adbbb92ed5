package value_test

import (
	"strings"
	"testing"

	corevalue "cairn/core/value"
	"cairn/ui/value"
)

// fill types into the form that is open.
func fill(p *value.Presenter, pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		p.Fill(pairs[i], pairs[i+1])
	}
}

// problem returns what a field of the form says is wrong.
func problem(t *testing.T, p *value.Presenter, id string) string {
	t.Helper()
	f := p.State.Get().Form
	if f == nil {
		t.Fatal("no form is open")
	}
	for _, field := range f.Fields {
		if field.ID == id {
			return field.Problem
		}
	}
	t.Fatalf("the form has no field %s", id)
	return ""
}

func TestAVariableIsAddedWithItsRangeAndSource(t *testing.T) {
	p, s, _ := begun(t)
	p.Open("variable", "")
	fill(p, "label", "New customers", "unit", "customer/month", "shape", "pert", "likely", "500", "low", "300", "high", "900", "why", "CRM, March")
	if !p.Keep(t.Context()) {
		t.Fatalf("not kept: %+v", p.State.Get().Form)
	}
	if p.State.Get().Form != nil {
		t.Error("the form stays open")
	}
	vs := s.document.Model.Variables
	got := vs[len(vs)-1]
	if got.Name != "new_customers" || got.Label != "New customers" || got.Unit != "customer/month" || got.Why != "CRM, March" || got.String() != "300..500..900 pert" {
		t.Errorf("stored %+v, %s", got, got.String())
	}
	if _, err := s.past.Undo(t.Context()); err != nil || len(s.document.Model.Variables) != 6 {
		t.Errorf("undone: %d variables, %v", len(s.document.Model.Variables), err)
	}
	if _, err := s.past.Redo(t.Context()); err != nil || len(s.document.Model.Variables) != 7 {
		t.Errorf("redone: %d variables, %v", len(s.document.Model.Variables), err)
	}
}

func TestARenameIsFollowedByFormulasAndScenarios(t *testing.T) {
	p, s, _ := begun(t)
	p.Open("variable", "accuracy")
	fill(p, "label", "Recall", "name", "recall")
	if !p.Keep(t.Context()) {
		t.Fatalf("not kept: %+v", p.State.Get().Form)
	}
	m := s.document.Model
	if m.Variables[3].Name != "recall" || m.Variables[3].Label != "Recall" || m.Steps[2].Formula != "churners * recall * retained" {
		t.Errorf("variable %s, step %q", m.Variables[3].Name, m.Steps[2].Formula)
	}
	if m.Scenarios[0].Set["recall"] != "0.6" || p.State.Get().Result.Value != "$3,200" {
		t.Errorf("scenario %v, value %s", m.Scenarios[0].Set, p.State.Get().Result.Value)
	}
}

func TestAFormSaysWhatIsWrongBesideTheField(t *testing.T) {
	tests := []struct {
		name, of, what string
		fill           []string
		field, want    string
	}{
		{"no label", "variable", "", []string{"likely", "1"}, "label", "Give it a name."},
		{"a name that is none", "variable", "price", []string{"name", "2nd price"}, "name", "Use letters, digits and _, not first a digit."},
		{"a name of another", "variable", "price", []string{"name", "churners"}, "name", "Another one has this name."},
		{"no number", "variable", "price", []string{"likely", "ten"}, "likely", "This is not a number. Write it like 1,200."},
		{"no unit", "variable", "customers", []string{"unit", "a//b"}, "unit", `"a//b" is not a unit. Write one such as USD/month, 1/month, % or customer.`},
		{"a mode outside", "variable", "churners", []string{"likely", "2,000"}, "likely", "Outside 800 to 1,300."},
		{"no mode", "variable", "churners", []string{"shape", "pert", "likely", ""}, "likely", "This distribution needs a likeliest number."},
		{"below zero", "variable", "churners", []string{"shape", "lognormal", "low", "-1"}, "low", "A log-normal number is always above 0."},
		{"an empty step", "step", "kept", []string{"formula", " "}, "formula", "Write how it is worked out."},
		{"an unknown name", "step", "kept", []string{"formula", "churnes"}, "formula", "There is no variable called churnes. Did you mean churners?"},
		{"no rhythm", "cost", "retraining", []string{"every", "often"}, "every", "This is not a number. Write it like 3."},
		{"a scenario's number", "scenario", "Weak model", []string{"set accuracy", "low"}, "set accuracy", "This is not a number. Write it like 60 %..80 %..90 %."},
		{"a scenario's name", "scenario", "Weak model", []string{"label", "Strong model"}, "label", "Another one has this name."},
		{"a rate", "model", "", []string{"discount", "some"}, "discount", "This is not a number. Write it like 8 %."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, s, _ := begun(t)
			p.Open(tt.of, tt.what)
			fill(p, tt.fill...)
			if p.Keep(t.Context()) || len(s.saves) != 1 {
				t.Fatal("it is stored")
			}
			if got := problem(t, p, tt.field); got != tt.want {
				t.Errorf("beside %s: %q, want %q", tt.field, got, tt.want)
			}
			p.Dismiss()
			if p.State.Get().Form != nil {
				t.Error("the form stays")
			}
		})
	}
}

func TestWhatIsUsedIsNotRemoved(t *testing.T) {
	for of, names := range map[string][2]string{"variable": {"churners", "“Share of customers who leave a month” is worked out with “Customers who leave a month”. Change that first."}, "step": {"kept", "The formula uses “Customers kept”. Change the formula first."}} {
		p, s, _ := begun(t)
		if why, undo := p.Remove(t.Context(), of, names[0]); why != names[1] || undo != nil || len(s.saves) != 1 {
			t.Errorf("%s: %q", of, why)
		}
	}
}

func TestRemovalIsUndoneWithWhatScenariosSaid(t *testing.T) {
	p, s, _ := begun(t)
	p.Open("scenario", "")
	fill(p, "label", "Cheap", "set running", "100")
	if !p.Keep(t.Context()) {
		t.Fatalf("no scenario: %+v", p.State.Get().Form)
	}
	before := s.document.Model
	why, undo := p.Remove(t.Context(), "cost", "running")
	if m := s.document.Model; why != "" || len(m.Costs) != 2 || len(m.Scenarios[3].Set) != 0 {
		t.Fatalf("removed: %q, %d costs, scenario %v", why, len(m.Costs), m.Scenarios[3].Set)
	}
	s.teammate(t, "discounted_price", "9")
	if err := undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := s.document.Model
	if *m.Variables[5].Value != 9 || m.Scenarios[3].Set["running"] != "100" || len(m.Costs) != len(before.Costs) {
		t.Errorf("after undo: price %v, %v, %d costs", *m.Variables[5].Value, m.Scenarios[3].Set, len(m.Costs))
	}
}

func TestUndoLeavesWhatATeammateChangedSince(t *testing.T) {
	p, s, _ := begun(t)
	p.Type(variable("churners", value.Likely), "1,200")
	p.Save(t.Context())
	s.teammate(t, "churners", "900")
	if name, err := s.past.Undo(t.Context()); err == nil || name != "Change of “Customers who leave a month”" {
		t.Errorf("undid %q over a teammate's number: %v", name, err)
	}
	if got := s.document.Model.Variables[2].String(); got != "900" {
		t.Errorf("stored %s", got)
	}
}

func TestMoveChangesTheOrder(t *testing.T) {
	p, s, _ := begun(t)
	p.Move(t.Context(), "variable", "price", -1)
	p.Move(t.Context(), "variable", "price", -1) // it is the first already
	if vs := s.document.Model.Variables; vs[0].Name != "price" || vs[1].Name != "customers" {
		t.Errorf("order %s, %s", vs[0].Name, vs[1].Name)
	}
}

func TestCostsAreOnceMonthlyYearlyOrAtEveryRetraining(t *testing.T) {
	for often, want := range map[string]corevalue.Cost{"once": {Unit: "USD"}, "month": {Unit: "USD/month"}, "year": {Unit: "USD/year"}, "every": {Unit: "USD", Every: "2 weeks"}} {
		p, s, _ := begun(t)
		p.Open("cost", "")
		fill(p, "label", "Licence", "often", often, "every", "2", "span", "weeks", "likely", "300")
		if !p.Keep(t.Context()) {
			t.Fatalf("%s: %+v", often, p.State.Get().Form)
		}
		cs := s.document.Model.Costs
		if got := cs[len(cs)-1]; got.Unit != want.Unit || got.Every != want.Every || got.Name != "licence" || *got.Value != 300 {
			t.Errorf("%s: %+v", often, got)
		}
	}
}

func TestAScenarioSetsOnlyWhatDiffers(t *testing.T) {
	p, s, _ := begun(t)
	p.Open("scenario", "")
	for _, f := range p.State.Get().Form.Fields[1:] {
		if f.Text == "" {
			t.Errorf("%s begins empty, not with the present number", f.Label)
		}
	}
	fill(p, "label", "Careful", "set accuracy", "70 %", "set churners", "500..700")
	if !p.Keep(t.Context()) {
		t.Fatalf("not kept: %+v", p.State.Get().Form)
	}
	got := s.document.Model.Scenarios[3]
	if len(got.Set) != 2 || got.Set["accuracy"] != "0.7" || got.Set["churners"] != "500..700" {
		t.Errorf("stored %+v", got)
	}
	rows := p.State.Get().Result.Scenarios
	if last := rows[len(rows)-1]; last.ID != "Careful" || !strings.HasPrefix(last.Difference, "−$") {
		t.Errorf("row %+v", last)
	}
	if table := p.ScenarioTable(); strings.Count(table, "\n") != 6 || strings.Count(table, "\t") != 30 {
		t.Errorf("table %q", table)
	}
}

func TestAnotherCurrencyChangesEveryUnit(t *testing.T) {
	p, s, _ := begun(t)
	p.Open("model", "")
	fill(p, "money", "KRW", "discount", "8 %")
	if !p.Keep(t.Context()) {
		t.Fatalf("not kept: %+v", p.State.Get().Form)
	}
	m := s.document.Model
	if m.Unit != "KRW/month" || m.Variables[1].Unit != "KRW/customer" || m.Costs[0].Unit != "KRW" || m.Discount != 0.08 {
		t.Errorf("units %s, %s, %s, discount %v", m.Unit, m.Variables[1].Unit, m.Costs[0].Unit, m.Discount)
	}
	if got := p.State.Get().Result.Value; got != "₩3,200" {
		t.Errorf("value %s", got)
	}
}

func TestSeveralModels(t *testing.T) {
	p, s, _ := begun(t)
	p.Duplicate(t.Context())
	if st := p.State.Get(); len(st.Names) != 2 || st.Picked != "Churn 2" {
		t.Fatalf("names %q, shown %q", st.Names, st.Picked)
	}
	p.New(t.Context())
	if st := p.State.Get(); st.Stage != value.Choosing || !st.Adding {
		t.Fatalf("stage %d", st.Stage)
	}
	p.Load(t.Context()) // a teammate's change meanwhile
	p.Begin(t.Context(), "")
	if st := p.State.Get(); st.Stage != value.Ready || st.Picked != "Value model" || st.Result.Value != "$0" {
		t.Fatalf("stage %d, shown %q, value %s", st.Stage, st.Picked, st.Result.Value)
	}
	p.Pick(t.Context(), "Churn 2")
	name, restore := p.Trash(t.Context())
	if st := p.State.Get(); name != "Churn 2" || len(st.Names) != 2 || st.Picked != "Churn" {
		t.Errorf("trashed %q: names %q, shown %q", name, st.Names, st.Picked)
	}
	if err := restore(t.Context()); err != nil || p.State.Get().Picked != "Churn 2" {
		t.Errorf("restored: %v, shown %q", err, p.State.Get().Picked)
	}
	p.Pick(t.Context(), "Churn")
	p.Open("model", "")
	p.Fill("label", "value MODEL")
	if p.Keep(t.Context()) || p.State.Get().Form.Problem != "Another model has this name." {
		t.Errorf("two models of a name: %+v", p.State.Get().Form)
	}
	p.Fill("label", "Retention")
	if !p.Keep(t.Context()) || s.document.Model.Name != "Retention" || p.State.Get().Picked != "Retention" {
		t.Errorf("renamed to %q: %+v", s.document.Model.Name, p.State.Get().Form)
	}
}
