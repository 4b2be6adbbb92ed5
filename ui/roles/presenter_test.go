package roles_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/core/lifecycle"
	"cairn/ui/edit"
	"cairn/ui/roles"
)

func TestEachPhaseSaysWhatItLacks(t *testing.T) {
	p, _, _ := loaded(t, staffed())
	want := []roles.Column{
		{Phase: "design", Accountable: 1, Responsible: 2},
		{Phase: "development", Accountable: 1, Responsible: 2},
		{Phase: "deployment", Accountable: 2},
		{Phase: "monitoring", Responsible: 1},
	}
	got := p.State.Get().Columns
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	if !got[0].Complete() || got[2].Complete() || got[3].Complete() {
		t.Error("Complete is not what the counts say")
	}
}

func TestTheUsualMakesEveryPhaseComplete(t *testing.T) {
	f := alone()
	p, past, _ := loaded(t, f)
	if err := p.FillUsual(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := p.State.Get()
	for _, c := range s.Columns {
		if !c.Complete() {
			t.Errorf("%s is not complete: %+v", c.Phase, c)
		}
	}
	if len(s.Rows) != len(lifecycle.RoleNames) || s.Usual != 0 || len(s.Offered) != 0 {
		t.Errorf("%d rows, %d cells still to fill, offered %q", len(s.Rows), s.Usual, s.Offered)
	}
	if s.Rows[0].Holder != "p1" || s.Rows[1].Holder != "" {
		t.Errorf("held by %q and %q, want whose profile says so", s.Rows[0].Holder, s.Rows[1].Holder)
	}
	if _, err := past.Undo(t.Context()); err != nil || len(p.State.Get().Rows) != 0 {
		t.Errorf("undone: %v, %d rows", err, len(p.State.Get().Rows))
	}
	if _, err := past.Redo(t.Context()); err != nil || len(p.State.Get().Rows) != len(lifecycle.RoleNames) {
		t.Errorf("redone: %v, %d rows", err, len(p.State.Get().Rows))
	}
}

func TestTheUsualKeepsWhatIsThere(t *testing.T) {
	f := staffed()
	p, past, _ := loaded(t, f)
	before := p.State.Get().Rows
	if err := p.FillUsual(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := p.State.Get()
	for _, r := range before {
		now := after.Rows[slices.IndexFunc(after.Rows, func(x roles.Row) bool { return x.ID == r.ID })]
		for phase, part := range r.Parts {
			if part != "" && now.Parts[phase] != part {
				t.Errorf("%s in %s is %q, was %q", r.Name, phase, now.Parts[phase], part)
			}
		}
	}
	if c := after.Columns[2]; c.Accountable != 2 {
		t.Errorf("%d are accountable for deployment, want the two there were", c.Accountable)
	}
	if c := after.Columns[3]; c.Accountable != 1 {
		t.Errorf("%d are accountable for monitoring", c.Accountable)
	}
	// Somebody changes a cell that was filled: undo does not take that back.
	f.docs[0].Fields["monitoring"] = "informed"
	if _, err := past.Undo(t.Context()); err == nil {
		t.Error("undo took back what somebody changed since")
	}
	if len(p.State.Get().Rows) != len(after.Rows) {
		t.Error("half of the usual was taken back")
	}
}

func TestWhatWasFilledBeforeAFailureIsUndone(t *testing.T) {
	f := alone()
	f.failing = 3
	p, past, _ := loaded(t, f)
	if err := p.FillUsual(t.Context()); err == nil {
		t.Fatal("the failure is not told")
	}
	if n := len(p.State.Get().Rows); n != 2 {
		t.Fatalf("%d rows, want the two that were written", n)
	}
	f.failing = 0
	if _, err := past.Undo(t.Context()); err != nil || len(p.State.Get().Rows) != 0 {
		t.Errorf("undone: %v, %d rows", err, len(p.State.Get().Rows))
	}
}

func TestARoleOfTheLifecycleIsStoredAtOnce(t *testing.T) {
	f := staffed()
	p, _, _ := loaded(t, f)
	p.AddRole(t.Context(), "")
	p.AddRole(t.Context(), "ML engineer") // the row that nobody named becomes this
	s := p.State.Get()
	if len(f.docs) != 6 || f.docs[5].Fields["role"] != "ML engineer" || len(s.Rows) != 6 {
		t.Errorf("stored %d, %d rows: %+v", len(f.docs), len(s.Rows), f.docs[len(f.docs)-1].Fields)
	}
	if len(s.Offered) != 0 {
		t.Errorf("offered: %q", s.Offered)
	}
}

func TestANamelessRoleWaits(t *testing.T) {
	f := alone()
	p, _, line := loaded(t, f)
	p.AddRole(t.Context(), "")
	p.Type(edit.New, "design", roles.Consulted)
	p.Save(t.Context())
	if len(f.docs) != 0 || p.State.Get().Rows[0].Wrong != "" {
		t.Errorf("stored %d, problem %q", len(f.docs), p.State.Get().Rows[0].Wrong)
	}
	if line.State.Get().Phase == 0 {
		t.Error("the window says that all is saved")
	}
	p.Type(edit.New, "role", "Auditor")
	p.Save(t.Context())
	if len(f.docs) != 1 || f.docs[0].Fields["design"] != roles.Consulted {
		t.Errorf("stored %+v", f.docs)
	}
}
