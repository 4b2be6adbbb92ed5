package conflicts_test

import (
	"slices"
	"testing"
	"time"

	"cairn/core/fault"
	"cairn/ui/conflicts"
	"cairn/ui/team/teamtest"
	"cairn/ui/undo"
)

func loaded(t *testing.T) (*conflicts.Presenter, *teamtest.Rivals, *undo.Past) {
	t.Helper()
	r, past := teamtest.NewRivals("en"), &undo.Past{}
	p := conflicts.NewPresenter(r, past, teamtest.Now)
	p.Load(t.Context())
	return p, r, past
}

func keys(v conflicts.View) []string {
	var out []string
	for _, r := range v.Rows {
		out = append(out, r.Key)
	}
	return out
}

func TestTheNewestComesFirstAndIsSelected(t *testing.T) {
	p, _, _ := loaded(t)
	v := p.State.Get()
	if want := []string{"r1/threshold", "c1/problem", "m1/direction"}; !slices.Equal(keys(v), want) || v.Detail.Key != want[0] || v.Waiting != 3 {
		t.Errorf("%q with %q selected, want %q", keys(v), v.Detail.Key, want)
	}
}

func TestWhatPagesShowIsChosenAtFirst(t *testing.T) {
	p, _, _ := loaded(t)
	d := p.State.Get().Detail
	if d.Chosen != 2 || !d.Sides[1].Chosen || !d.Sides[1].Shown || d.Verb != "Use what Bo Lindqvist wrote" || !d.Ready {
		t.Errorf("%+v", d)
	}
	p.Choose(1)
	if d := p.State.Get().Detail; d.Verb != "Use mine" || !d.Sides[0].Chosen {
		t.Errorf("%+v", d)
	}
}

func TestASideIsChosen(t *testing.T) {
	p, r, past := loaded(t)
	p.Choose(1)
	said, err := p.Settle(t.Context())
	if err != nil || said != "Threshold of “Find most customers who are about to leave” is settled" || r.Fields["r1/threshold"] != "0.75" {
		t.Fatalf("%q, %v, the field holds %q", said, err, r.Fields["r1/threshold"])
	}
	if v := p.State.Get(); v.Waiting != 2 || v.Detail.Key != "c1/problem" {
		t.Errorf("%d wait, %q is selected", v.Waiting, v.Detail.Key)
	}
	if past.State.Get().Undo != "Settling Threshold of “Find most customers who are about to leave”" {
		t.Errorf("to undo: %q", past.State.Get().Undo)
	}
}

func TestToUndoOpensTheChoiceAgain(t *testing.T) {
	p, r, past := loaded(t)
	p.Choose(1)
	if _, err := p.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := past.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if v := p.State.Get(); r.Fields["r1/threshold"] != "0.8" || v.Waiting != 3 || v.Detail.Key != "r1/threshold" {
		t.Fatalf("the field holds %q, %d wait", r.Fields["r1/threshold"], v.Waiting)
	}
	p.Choose(1) // among the same values, which the field holds no more
	if _, err := p.Settle(t.Context()); err != nil || r.Fields["r1/threshold"] != "0.75" || p.State.Get().Waiting != 2 {
		t.Errorf("%v, the field holds %q", err, r.Fields["r1/threshold"])
	}
	if _, err := past.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := past.Redo(t.Context()); err != nil || r.Fields["r1/threshold"] != "0.75" || p.State.Get().Waiting != 2 {
		t.Errorf("%v, done again the field holds %q, %d wait", err, r.Fields["r1/threshold"], p.State.Get().Waiting)
	}
}

func TestToUndoLeavesWhatSomebodyWroteSince(t *testing.T) {
	p, r, past := loaded(t)
	p.Choose(1)
	if _, err := p.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.Fields["r1/threshold"] = "0.9"
	if _, err := past.Undo(t.Context()); fault.KindOf(err) != fault.Conflict || r.Fields["r1/threshold"] != "0.9" {
		t.Errorf("%v, the field holds %q", err, r.Fields["r1/threshold"])
	}
}

func TestTextsAreMerged(t *testing.T) {
	p, r, _ := loaded(t)
	p.Select("c1/problem")
	p.Write()
	d := p.State.Get().Detail
	want := "Every month 1,200 customers leave, and nobody calls them before they do.\nEvery month about 1,500 customers leave, and nobody knows who is next.\nEach costs $300 a year."
	if !d.Writing || d.Other != want {
		t.Fatalf("to begin with: %q", d.Other)
	}
	p.Type("")
	if p.State.Get().Detail.Ready {
		t.Error("nothing can take the place of something")
	}
	p.Type("About 1,500 customers leave each month.")
	p.Select("m1/direction")
	p.Select("c1/problem") // what is typed stays
	if _, err := p.Settle(t.Context()); err != nil || r.Fields["c1/problem"] != "About 1,500 customers leave each month." {
		t.Errorf("%v, the field holds %q", err, r.Fields["c1/problem"])
	}
}

func TestAValueThatArrivesMeanwhileIsNotOverwritten(t *testing.T) {
	p, r, _ := loaded(t)
	p.Choose(1)
	third := r.List[0]
	third.Sides = append(slices.Clone(third.Sides), conflicts.Side{Text: "0.7", At: teamtest.Clock})
	r.List = append([]conflicts.Conflict{third}, r.List[1:]...)
	if _, err := p.Settle(t.Context()); fault.KindOf(err) != fault.Conflict || r.Fields["r1/threshold"] != "0.8" {
		t.Errorf("%v, the field holds %q", err, r.Fields["r1/threshold"])
	}
	if d := p.State.Get().Detail; len(d.Sides) != 3 || d.Chosen != 0 || d.Ready {
		t.Errorf("%d values, %d is chosen still", len(d.Sides), d.Chosen)
	}
}

func TestWhatSomebodyElseSettledIsSaid(t *testing.T) {
	p, r, _ := loaded(t)
	r.List = r.List[1:]
	if _, err := p.Settle(t.Context()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("%v", err)
	}
	if v := p.State.Get(); v.Waiting != 2 {
		t.Errorf("%d wait", v.Waiting)
	}
}

func TestWhoMayNotWriteDecidesNothing(t *testing.T) {
	p, r, _ := loaded(t)
	r.List[0].ReadOnly = true
	p.Load(t.Context())
	p.Choose(1)
	p.Write()
	if said, err := p.Settle(t.Context()); said != "" || err != nil || len(r.List) != 3 || p.State.Get().Detail.Ready {
		t.Errorf("%q, %v, %d left", said, err, len(r.List))
	}
}

func TestNumbersAnySourceGivesAreBorne(t *testing.T) {
	p, r, _ := loaded(t)
	r.List = []conflicts.Conflict{
		{Document: "a", Field: "x", Sides: []conflicts.Side{{Text: "1"}}},
		{Document: "b", Field: "x", Shows: 7, Sides: []conflicts.Side{{Text: "1"}, {Text: "", At: teamtest.Clock.Add(time.Hour)}}},
		{Document: "c", Field: "x"},
	}
	p.Load(t.Context())
	v := p.State.Get()
	if v.Waiting != 1 || v.Detail.Chosen != 2 || v.Detail.Title != "Untitled" || v.Detail.Sides[1].Runs[0].Text != "–" {
		t.Errorf("%+v", v)
	}
}
