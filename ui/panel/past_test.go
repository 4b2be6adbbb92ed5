package panel_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/feed"
	"cairn/core/sentence"
	"cairn/core/text"
	"cairn/ui/panel"
	"cairn/ui/undo"
)

// withPast is a document that three people have changed.
func withPast() *table {
	s := talking()
	number := func(label, from, to string) panel.PastField {
		return panel.PastField{Field: strings.ToLower(label), Label: label, From: sentence.Arg{Text: from}, To: sentence.Arg{Text: to}, Before: from, After: to}
	}
	s.past = []panel.Past{
		{Person: jisoo, Time: noon.Add(-2 * time.Hour), Fields: []panel.PastField{
			number("Threshold", "0.75", "0.8"),
			{
				Field: "notes", Label: "Notes", Prose: true, Before: "Asked by finance in January. Measured on the hold-out set of last year, which nobody has looked at since.",
				After: "Asked by the board in January. Measured on the hold-out set of last year, which nobody has looked at.",
			},
		}},
		{Person: sofia, Time: noon.Add(-26 * time.Hour), Fields: []panel.PastField{
			{Field: "variables", Label: "Variables", Before: "[…]", After: "[… ]", Parts: []panel.PastPart{
				{Name: "Accuracy", Deed: feed.DeedSet, From: sentence.Arg{Text: "0.8"}, To: sentence.Arg{Text: "0.85"}},
				{Name: "Price", Deed: feed.DeedRemoved},
			}},
		}},
		{Person: minji, Time: noon.Add(-50 * time.Hour), Fields: []panel.PastField{number("Threshold", "", "0.75"), number("Metric", "", "recall")}},
		{Person: minji, Time: noon.Add(-80 * time.Hour), Sentence: sentence.Sentence{
			Format: "%s created the %s “%s”", Args: []sentence.Arg{{Text: "Minji Kim"}, {Text: "requirement", Own: true}, {Text: "Find churners"}},
		}},
	}
	return s
}

func newPast(t *testing.T, s *table) (*panel.PastPresenter, *undo.Past) {
	t.Helper()
	past := &undo.Past{}
	p := panel.NewPastPresenter(s, past, clock)
	p.Show(t.Context(), recall)
	return p, past
}

// outline returns what is shown, a line for each entry.
func outline(s panel.PastState) []string {
	var out []string
	for _, e := range s.Entries {
		line := e.Name + ": " + e.Sentence
		for _, c := range e.Changes {
			line += fmt.Sprintf("[%s %s→%s%s%s", c.Label, c.From, c.To, strings.Join(c.Parts, ","), c.Note)
			for _, r := range c.Body {
				line += r.Text
			}
			if c.Current {
				line += " now"
			}
			if c.Restorable {
				line += " restorable"
			}
			line += "]"
		}
		out = append(out, line)
	}
	return out
}

func TestThePastSaysWhatWasAndWhatIs(t *testing.T) {
	s := withPast()
	p, _ := newPast(t, s)
	want := []string{
		"박지수: [Threshold 0.75→0.8 now][Notes →Asked by −finance +the board in January. Measured on the … which nobody has looked at− since. now]",
		"Sofia Lind: [Variables →Accuracy: 0.8 → 0.85,− Price now]",
		"Minji Kim: [Threshold →0.75 restorable][Metric →recall now]",
	}
	got := outline(p.State.Get())
	if diff := cmp.Diff(want, got); diff != "" || !p.State.Get().More {
		t.Errorf("past (-want +got):\n%s", diff)
	}
	p.More(t.Context())
	got = outline(p.State.Get())
	if len(got) != 4 || got[3] != "Minji Kim: Minji Kim created the requirement “Find churners”" || p.State.Get().More {
		t.Errorf("with more: %q", got)
	}
	if n := len(p.State.Get().Fields); n != 4 {
		t.Errorf("%d fields to choose from, want 4", n)
	}
	p.Only(t.Context(), "threshold")
	if got := outline(p.State.Get()); len(got) != 2 || s.asked.Field != "threshold" {
		t.Errorf("of a field: %q", got)
	}
	p.Only(t.Context(), "")
	if n := len(p.State.Get().Entries); n != 3 {
		t.Errorf("%d entries of all fields", n)
	}
}

// TestAValueIsRestoredAndThatIsUndone restores the first threshold, takes it
// back, and then finds that somebody else was there.
func TestAValueIsRestoredAndThatIsUndone(t *testing.T) {
	s := withPast()
	p, past := newPast(t, s)
	p.Restore(t.Context(), p.State.Get().Entries[2].Changes[0].Key)
	if diff := cmp.Diff([]string{"r1.threshold = 0.75"}, s.said); diff != "" || past.State.Get().Undo != "Threshold restored" {
		t.Errorf("to undo %q (-want +got):\n%s", past.State.Get().Undo, diff)
	}
	if _, err := past.Undo(t.Context()); err != nil || s.said[1] != "r1.threshold = 0.8" {
		t.Errorf("undone: %v, %q", err, s.said)
	}
	if _, err := past.Redo(t.Context()); err != nil || s.said[2] != "r1.threshold = 0.75" {
		t.Errorf("done again: %v, %q", err, s.said)
	}
	if err := s.Restore(t.Context(), "r1", "threshold", "0.9"); err != nil {
		t.Fatal(err)
	}
	if _, err := past.Undo(t.Context()); err == nil || len(s.said) != 4 {
		t.Errorf("undone over what somebody wrote: %v, %q", err, s.said)
	}
}

func TestThePastSaysWhatItCanNotDo(t *testing.T) {
	s := withPast()
	p, _ := newPast(t, s)
	s.fail = errors.New("badger: closed")
	key := p.State.Get().Entries[2].Changes[0].Key
	p.Restore(t.Context(), key)
	if st := p.State.Get(); st.Failed != key || st.Why == "" {
		t.Errorf("failed at %q: %q", st.Failed, st.Why)
	}
	p.Load(t.Context())
	if st := p.State.Get(); st.Problem == "" || len(st.Entries) != 3 {
		t.Errorf("problem %q, %d entries", st.Problem, len(st.Entries))
	}
	s.fail, s.readOnly = nil, true
	p.Load(t.Context())
	if st := p.State.Get(); !st.ReadOnly || st.Entries[2].Changes[0].Restorable {
		t.Error("somebody who may only look can restore")
	}
	p.Show(t.Context(), panel.Place{Project: "churn"})
	if st := p.State.Get(); !st.Nothing || !st.Loaded || len(st.Entries) != 0 {
		t.Errorf("of no document: %+v", st)
	}
}

// TestCompareAddsUp holds that what stayed and was added is what is there now,
// wherever nothing is left out.
func TestCompareAddsUp(t *testing.T) {
	words := rapid.StringMatching(`([ab가]{1,3} ){0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		before, after := words.Draw(t, "before"), words.Draw(t, "after")
		var old, now string
		for _, r := range panel.Compare(before, after) {
			switch r.Look {
			case panel.Removed:
				old += strings.TrimPrefix(r.Text, "−")
			case panel.Added:
				now += strings.TrimPrefix(r.Text, "+")
			default:
				old, now = old+r.Text, now+r.Text
			}
		}
		if strings.ContainsRune(old+now, '…') {
			return
		}
		if old != before || now != after {
			t.Fatalf("%q to %q: %q to %q; edits %v", before, after, old, now, text.Diff(before, after))
		}
	})
}
