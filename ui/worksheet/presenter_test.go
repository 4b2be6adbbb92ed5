package worksheet_test

import (
	"errors"
	"testing"

	"cairn/core/fault"
	"cairn/core/template"
	"cairn/ui/edit"
	"cairn/ui/saving"
	"cairn/ui/worksheet"
)

func stored(d *desk, id, key string) string {
	for _, f := range d.sheet(id).Fields() {
		if f.Key == key {
			return f.Stored
		}
	}
	return "no such field"
}

func current(p *worksheet.Presenter) edit.Doc {
	s := p.State.Get().Editor.State.Get()
	return s.Current()
}

func TestWhatIsTypedIsStoredInOneForm(t *testing.T) {
	d := written()
	p, _, line := opened(t, d)
	e := p.State.Get().Editor
	e.Type("w1", "gain", "7.5")
	e.Type("w1", "budget", "$ 1,500")
	e.Type("w1", "stop", "2026. 4. 1.")
	e.Type("w1", "models", "neural network")
	e.Save(t.Context())
	for key, want := range map[string]string{"gain": "7.5%", "budget": "1500", "stop": "2026-04-01", "models": "neural network"} {
		if got := stored(d, "w1", key); got != want {
			t.Errorf("%s is stored as %q, want %q", key, got, want)
		}
	}
	if got := current(p).Fields["gain"]; got != "7.5 %" {
		t.Errorf("gain shows as %q", got)
	}
	if got := line.State.Get().Phase; got != saving.Saved {
		t.Errorf("phase %d, want saved", got)
	}
}

// TestWrongAnswersAreStoredWithTheirProblem holds that nobody's words wait for
// being right.
func TestWrongAnswersAreStoredWithTheirProblem(t *testing.T) {
	d := written()
	p, _, line := opened(t, d)
	p.State.Get().Editor.Type("w1", "gain", "some")
	if problem := current(p).Problems["gain"]; problem == "" {
		t.Error("the problem does not show while one types")
	}
	p.State.Get().Editor.Save(t.Context())
	if got := stored(d, "w1", "gain"); got != "some" || line.State.Get().Phase != saving.Saved {
		t.Errorf("stored %q, phase %d", got, line.State.Get().Phase)
	}
	s := p.State.Get()
	if x := s.Sheets[0]; x.Missing != 1 || x.Attention != 2 {
		t.Errorf("in the list: %+v", x)
	}
}

func TestATeammatesProseStaysWhileOneTypes(t *testing.T) {
	d := written()
	p, _, _ := opened(t, d)
	before := current(p).Fields["expect"]
	p.State.Get().Editor.Edit("w1", "expect", before, before+" By far.")
	d.sheet("w1").Sections[0].Fields[0].Stored = "We think: " + before
	p.Load(t.Context())
	p.State.Get().Editor.Save(t.Context())
	if got, want := stored(d, "w1", "expect"), "We think: "+before+" By far."; got != want {
		t.Errorf("stored %q, want %q", got, want)
	}
}

func TestAConflictIsSettled(t *testing.T) {
	d := written()
	d.sheet("w1").Sections[1].Fields[0].Conflicts = []edit.Version{{Text: "5%", By: "Ada", At: now}, {Text: "8%", By: "Ben", At: now}}
	p, _, _ := opened(t, d)
	if x := p.State.Get().Sheets[0]; x.Attention != 2 || len(current(p).Conflicts["gain"]) != 2 {
		t.Fatalf("a conflict: %+v", x)
	}
	p.State.Get().Editor.Resolve(t.Context(), "w1", "gain", 2, "")
	if got := stored(d, "w1", "gain"); got != "8%" || len(current(p).Conflicts) > 0 {
		t.Errorf("settled as %q, %v left", got, current(p).Conflicts)
	}
}

// TestANewVersionMovesWhatIsTyped keeps what is typed into the old form, and can
// be taken back.
func TestANewVersionMovesWhatIsTyped(t *testing.T) {
	d := written()
	s := d.sheet("w1")
	s.Newest, s.Changes = 2, []template.Change{{What: template.FieldAdded}}
	d.newer = []worksheet.Section{{Title: "Measure", Fields: []worksheet.Answer{answer(template.Field{Key: "gain", Label: "Gain", Kind: template.Percent}, "5%")}}}
	p, past, _ := opened(t, d)
	old := p.State.Get().Editor
	old.Type("w1", "budget", "900")
	if err := p.Move(t.Context()); err != nil {
		t.Fatal(err)
	}
	if st := p.State.Get(); st.Sheet.Version != 2 || st.Editor == old || len(st.Sheet.Fields()) != 1 || past.State.Get().Undo == "" {
		t.Errorf("moved: %+v", st.Sheet)
	}
	if _, err := past.Undo(t.Context()); err != nil || p.State.Get().Sheet.Version != 1 {
		t.Errorf("taken back: %v, version %d", err, p.State.Get().Sheet.Version)
	}
}

func TestWorksheetsBeginAndGo(t *testing.T) {
	d := written()
	p, past, _ := opened(t, d)
	if err := p.Begin(t.Context(), "ours", " Second try "); err != nil {
		t.Fatal(err)
	}
	if st := p.State.Get(); st.Selected != "new" || st.Sheet.Name != "Second try" || len(st.Sheets) != 3 {
		t.Errorf("begun: %s of %d", st.Selected, len(st.Sheets))
	}
	id, name, err := p.Trash(t.Context())
	if err != nil || id != "new" || name != "Second try" || p.State.Get().Selected != "w1" {
		t.Errorf("trashed %s %s: %v, then %s shows", id, name, err, p.State.Get().Selected)
	}
	if err := p.Restore(t.Context(), id); err != nil || p.State.Get().Selected != "new" {
		t.Errorf("restored: %v, %s shows", err, p.State.Get().Selected)
	}
	for range 2 {
		if _, err := past.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if !d.trashed["new"] {
		t.Error("beginning was not taken back")
	}
}

func TestWhatGoesWrongIsSaid(t *testing.T) {
	d := written()
	p, _, line := opened(t, d)
	p.State.Get().Editor.Type("w1", "gain", "9")
	d.broken = fault.New(fault.Full, "The disk is full.", "Make room.")
	p.State.Get().Editor.Save(t.Context())
	if got := line.State.Get().Phase; got != saving.Failed {
		t.Errorf("phase %d, want failed", got)
	}
	p.Load(t.Context())
	if got := p.State.Get().Problem; got != "The disk is full. Make room." {
		t.Errorf("problem %q", got)
	}
	if err := p.Begin(t.Context(), "ours", ""); !errors.Is(err, d.broken) {
		t.Errorf("begun: %v", err)
	}
	d.broken = nil
	p.Load(t.Context())
	if got := current(p).Fields["gain"]; p.State.Get().Problem != "" || got != "9" {
		t.Errorf("what was typed is %q afterwards", got)
	}
	p.State.Get().Editor.Save(t.Context())
	if got := stored(d, "w1", "gain"); got != "9%" {
		t.Errorf("stored %q in the end", got)
	}
}

func TestOpeningAnotherStoresWhatIsTyped(t *testing.T) {
	d := written()
	p, _, _ := opened(t, d)
	p.State.Get().Editor.Type("w1", "gain", "9")
	p.Open(t.Context(), "w2")
	if got := stored(d, "w1", "gain"); got != "9%" || p.State.Get().Sheet.ID != "w2" {
		t.Errorf("stored %q, %s shows", got, p.State.Get().Sheet.ID)
	}
}
