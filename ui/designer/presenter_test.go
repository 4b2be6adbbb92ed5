package designer_test

import (
	"strings"
	"testing"

	"cairn/core/fault"
	"cairn/core/template"
	"cairn/ui/designer"
	"cairn/ui/edit"
	"cairn/ui/saving"
	"cairn/ui/words"
)

// outline returns a draft in short: sections, and their fields by label.
func outline(t template.Template) string {
	var out []string
	for _, s := range t.Sections {
		var labels []string
		for _, f := range s.Fields {
			labels = append(labels, f.Label)
		}
		out = append(out, s.Title+": "+strings.Join(labels, ", "))
	}
	return strings.Join(out, " | ")
}

func TestATemplateIsMadeFromNothing(t *testing.T) {
	d := drawn()
	p, past, line := opened(t, d)
	if err := p.New(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := p.State.Get()
	if !s.Editable() || !s.Publishable() || s.Draft.Sections[0].Key == "" || s.Rows[0].ID != s.Selected {
		t.Fatalf("made: %+v", s.Draft)
	}
	p.SetName("Interview")
	p.SetPhase("design")
	p.AddSection(" Who ")
	p.AddSection("  ")
	who := p.State.Get().Draft.Sections[1].Key
	p.AddField(who, "Name and position")
	key := p.State.Get().Field
	p.SetKind(key, template.Choice)
	p.Change(key, func(f *template.Field) { f.Choices, f.Required = []string{"a", "b"}, true })
	if got := line.State.Get().Phase; got != saving.Pending {
		t.Errorf("phase %d while one types, want pending", got)
	}
	p.Save(t.Context())
	stored := d.find(s.Selected).Design
	if got, want := outline(stored), "First section: First question | Who: Name and position"; got != want || stored.Name != "Interview" || stored.Phase != "design" {
		t.Errorf("stored %q %q, want %q", stored.Name, got, want)
	}
	if f, _ := stored.Field(key); f.Kind != template.Choice || !f.Required || !strings.HasPrefix(key, "name-and-position-") {
		t.Errorf("the field %s: %+v", key, f)
	}
	if got := line.State.Get().Phase; got != saving.Saved {
		t.Errorf("phase %d, want saved", got)
	}
	for range 2 {
		if _, err := past.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if !d.trashed[s.Selected] {
		t.Error("making it was not taken back")
	}
}

func TestFieldsMoveThroughSections(t *testing.T) {
	p, _, _ := opened(t, drawn())
	steps := []struct {
		do   func()
		want string
	}{
		{func() { p.MoveField("because", -1) }, "Hypothesis: Because…, We expect that… | Measure: Smallest gain that is worth it, Kinds of model"},
		{func() { p.MoveField("expect", 1) }, "Hypothesis: Because… | Measure: We expect that…, Smallest gain that is worth it, Kinds of model"},
		{func() { p.MoveField("models", 1) }, "Hypothesis: Because… | Measure: We expect that…, Smallest gain that is worth it, Kinds of model"},
		{func() { p.MoveField("expect", -1) }, "Hypothesis: Because…, We expect that… | Measure: Smallest gain that is worth it, Kinds of model"},
		{func() { p.MoveSection("measure", -1) }, "Measure: Smallest gain that is worth it, Kinds of model | Hypothesis: Because…, We expect that…"},
		{func() { p.MoveSection("measure", -1) }, "Measure: Smallest gain that is worth it, Kinds of model | Hypothesis: Because…, We expect that…"},
		{func() { p.RemoveField("gain") }, "Measure: Kinds of model | Hypothesis: Because…, We expect that…"},
		{func() { p.RemoveSection("hypothesis") }, "Measure: Kinds of model"},
	}
	for i, step := range steps {
		step.do()
		if got := outline(p.State.Get().Draft); got != step.want {
			t.Errorf("step %d: %q, want %q", i, got, step.want)
		}
	}
}

// TestATeammatesChangesArriveWhileOneTypes keeps both, before and while it is
// stored.
func TestATeammatesChangesArriveWhileOneTypes(t *testing.T) {
	d := drawn()
	p, _, _ := opened(t, d)
	label := func(text string) func(*template.Field) {
		return func(f *template.Field) { f.Label = text }
	}
	p.Change("expect", label("We believe that…"))
	d.find("ours").Design.Sections[0].Fields[1].Help = "From a teammate."
	p.Load(t.Context())
	if f, _ := p.State.Get().Draft.Field("because"); f.Help != "From a teammate." {
		t.Errorf("what arrived does not show: %+v", f)
	}
	d.during = func() {
		p.Change("expect", label("We are sure that…"))
		d.find("ours").Design.About = "Changed by a teammate."
	}
	p.Save(t.Context())
	s := p.State.Get()
	if f, _ := s.Draft.Field("expect"); f.Label != "We are sure that…" || s.Draft.About != "Changed by a teammate." {
		t.Errorf("typed while it was stored: %+v, about %q", f, s.Draft.About)
	}
	p.Save(t.Context())
	if f, _ := d.find("ours").Design.Field("expect"); f.Label != "We are sure that…" {
		t.Errorf("stored %+v", f)
	}
}

func TestChangesAreTakenBack(t *testing.T) {
	d := drawn()
	p, past, _ := opened(t, d)
	p.RemoveSection("hypothesis")
	p.Save(t.Context())
	d.find("ours").Design.Name = "Their name"
	if _, err := past.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := p.State.Get().Draft; len(got.Sections) != 2 || got.Name != "Their name" {
		t.Errorf("taken back: %s, %s", got.Name, outline(got))
	}
	if _, err := past.Redo(t.Context()); err != nil || len(p.State.Get().Draft.Sections) != 1 {
		t.Errorf("done again: %v, %s", err, outline(p.State.Get().Draft))
	}
}

func TestAVersionIsPublished(t *testing.T) {
	d := drawn()
	p, _, _ := opened(t, d)
	if s := p.State.Get(); !s.Publishable() || len(s.Changes) != 1 || s.Rows[0].Version != 1 || !s.Rows[0].Changed {
		t.Fatalf("before: %d changes, %+v", len(s.Changes), s.Rows[0])
	}
	p.Change("gain", func(f *template.Field) { f.Label = "" })
	if s := p.State.Get(); s.Publishable() || len(s.Problems) != 1 || designer.ProblemOf(s.Problems, 1, 0, "label") == "" {
		t.Errorf("with a problem: %+v", s.Problems)
	}
	p.Change("gain", func(f *template.Field) { f.Label = "Gain" })
	if err := p.Publish(t.Context(), " In short. "); err != nil {
		t.Fatal(err)
	}
	if s := p.State.Get(); s.Publishable() || len(s.Stored.Versions) != 2 || s.Stored.Versions[1].Note != "In short." || s.Rows[0].Changed {
		t.Errorf("published: %+v", s.Stored.Versions)
	}
}

func TestWhatHasNoNameWaits(t *testing.T) {
	d := drawn()
	p, _, line := opened(t, d)
	p.SetName(" ")
	p.Save(t.Context())
	if s := p.State.Get(); d.saves > 0 || line.State.Get().Phase != saving.Held || s.Unsaved == "" {
		t.Errorf("%d saves, phase %d, %q", d.saves, line.State.Get().Phase, s.Unsaved)
	}
	p.SetName(strings.Repeat("a", 300))
	p.Save(t.Context())
	if s := p.State.Get(); d.saves > 0 || !strings.HasPrefix(s.Unsaved, "It is longer than 200") {
		t.Errorf("%d saves, %q", d.saves, s.Unsaved)
	}
	p.SetName("Named")
	p.Save(t.Context())
	if s := p.State.Get(); d.saves != 1 || line.State.Get().Phase != saving.Saved || s.Unsaved != "" {
		t.Errorf("%d saves, phase %d, %q", d.saves, line.State.Get().Phase, s.Unsaved)
	}
}

// TestTemplatesOfCairnAreCopied holds that they can't be changed but made one's
// own, in the language of the window.
func TestTemplatesOfCairnAreCopied(t *testing.T) {
	d := drawn()
	p, _, _ := opened(t, d)
	p.Open(t.Context(), "retrospective")
	p.SetName("Mine")
	if s := p.State.Get(); s.Editable() || s.Draft.Name != "Retrospective" {
		t.Errorf("one of Cairn's became %q", s.Draft.Name)
	}
	if err := words.Speak(words.Korean); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = words.Speak(words.English) })
	if err := p.Copy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := p.State.Get(); !s.Editable() || !strings.Contains(s.Draft.Name, words.T("Retrospective")) || s.Draft.Sections[0].Fields[0].Key != "subject" {
		t.Errorf("copied: %+v", s.Draft)
	}
}

func TestFilesComeAndGo(t *testing.T) {
	d := drawn()
	p, _, _ := opened(t, d)
	if path, err := p.Export(t.Context()); err != nil || path == "" || d.written != "ours" {
		t.Errorf("exported %s to %s: %v", d.written, path, err)
	}
	if err := p.Import(t.Context()); err != nil || p.State.Get().Draft.Name != "From a file" {
		t.Errorf("imported: %v, %q shows", err, p.State.Get().Draft.Name)
	}
}

func TestAnotherNameIsSettled(t *testing.T) {
	d := drawn()
	d.all[0].Conflicts = []edit.Version{{Text: "Our brief", By: "Ada"}, {Text: "Brief", By: "Ben"}}
	p, _, _ := opened(t, d)
	p.Settle(t.Context(), "Our brief")
	if s := p.State.Get(); s.Draft.Name != "Our brief" || len(s.Stored.Conflicts) > 0 {
		t.Errorf("settled as %q, %v left", s.Draft.Name, s.Stored.Conflicts)
	}
}

func TestTemplatesGoAndComeBack(t *testing.T) {
	d := drawn()
	p, past, _ := opened(t, d)
	id, name, err := p.Trash(t.Context())
	if err != nil || id != "ours" || name != "Our brief" || p.State.Get().Selected != "retrospective" {
		t.Errorf("trashed %s %s: %v, then %s shows", id, name, err, p.State.Get().Selected)
	}
	if _, err := past.Undo(t.Context()); err != nil || p.State.Get().Selected != "ours" {
		t.Errorf("taken back: %v, %s shows", err, p.State.Get().Selected)
	}
}

func TestWhatGoesWrongIsSaid(t *testing.T) {
	d := drawn()
	p, _, line := opened(t, d)
	p.SetName("Another")
	d.broken = fault.New(fault.Full, "The disk is full.", "Make room.")
	p.Save(t.Context())
	if got := line.State.Get().Phase; got != saving.Failed {
		t.Errorf("phase %d, want failed", got)
	}
	p.Load(t.Context())
	if got := p.State.Get().Problem; got != "The disk is full. Make room." {
		t.Errorf("problem %q", got)
	}
	d.broken = nil
	p.Load(t.Context())
	p.Save(t.Context())
	if got := d.find("ours").Design.Name; got != "Another" || p.State.Get().Problem != "" {
		t.Errorf("stored %q in the end", got)
	}
}
