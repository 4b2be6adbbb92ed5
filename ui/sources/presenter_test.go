package sources_test

import (
	"testing"

	"cairn/ui/edit"
	"cairn/ui/saving"
	"cairn/ui/sources"
)

func TestRowsSayWhatIsExpected(t *testing.T) {
	p, _ := loaded(t, stocked())
	s := p.State.Get()
	if got := s.Rows[0]; got.Expected != [4]int{1, 1, 1, 0} || got.Facts != "Table · daily · Minji Kim" {
		t.Errorf("first row: %+v", got)
	}
	if len(s.Groups) != 4 || len(s.Groups[0].Items) != 1 || len(s.Groups[3].Items) != 0 {
		t.Errorf("groups: %+v", s.Groups)
	}
	if got := s.Groups[0].Items[0].Sentence; got != "price is between 0 and 1,000 in at least 99 % of rows" {
		t.Errorf("sentence: %q", got)
	}
}

func TestASuggestionIsStoredAndShown(t *testing.T) {
	s := stocked()
	p, past := loaded(t, s)
	p.Select("data_source2")
	p.Expect(t.Context(), "timeliness", sources.Suggestions("timeliness")[0])
	st := p.State.Get()
	if st.Open.ID != "expectation5" || st.Open.Fields["rule"] != sources.NoOlderThan || st.Open.Fields["source"] != "data_source2" {
		t.Fatalf("open: %+v", st.Open)
	}
	if st.Open.Problems["high"] == "" || st.Groups[3].Items[0].Checked {
		t.Error("the form does not say that the hours are missing")
	}
	p.Expected.Type(st.Open.ID, "column", "read_at")
	p.Expected.Type(st.Open.ID, "high", "6")
	p.Save(t.Context())
	if got := s.find("expectation5").Fields; got["high"] != "6" || got["column"] != "read_at" {
		t.Errorf("stored: %v", got)
	}
	if !p.State.Get().Groups[3].Items[0].Checked {
		t.Error("a whole rule is not told from one in words")
	}
	for range 2 {
		if _, err := past.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(p.State.Get().Groups[3].Items) != 0 || p.State.Get().Open.ID != "" {
		t.Error("undone, it is still there")
	}
}

func TestAFreeExpectationIsStoredOnceItIsSaid(t *testing.T) {
	s := stocked()
	p, _ := loaded(t, s)
	p.Expect(t.Context(), "accuracy", sources.Suggestion{})
	p.Expect(t.Context(), "timeliness", sources.Suggestion{}) // the same one, now here
	st := p.State.Get()
	if st.Open.ID != edit.New || len(st.Open.Problems) > 0 || len(st.Groups[3].Items) != 1 || len(st.Groups[0].Items) != 1 {
		t.Fatalf("open: %+v, groups %+v", st.Open, st.Groups)
	}
	p.Expected.Type(edit.New, "statement", "Arrives before eight")
	p.Save(t.Context())
	if got := p.State.Get().Open.ID; got != "expectation5" {
		t.Errorf("open: %q, want the one that was stored", got)
	}
}

func TestSharesAreTypedInPerCent(t *testing.T) {
	s := stocked()
	p, _ := loaded(t, s)
	p.Reveal("expectation1")
	if got := p.State.Get().Open.Fields["share"]; got != "99 %" {
		t.Errorf("shown: %q", got)
	}
	p.Expected.Type("expectation1", "share", "97.5")
	p.Save(t.Context())
	if got := s.find("expectation1").Fields["share"]; got != "0.975" {
		t.Errorf("stored: %q", got)
	}
	p.Expected.Type("expectation1", "low", "2000") // above the high end: not stored, not lost
	p.Save(t.Context())
	if got := s.find("expectation1").Fields["low"]; got != "0" || p.State.Get().Open.Fields["low"] != "2000" {
		t.Errorf("stored %q, shown %q", got, p.State.Get().Open.Fields["low"])
	}
}

func TestPersonalDataAskForARequirement(t *testing.T) {
	s := stocked()
	p, past := loaded(t, s)
	if d := p.State.Get().Duty; !d.Holds || d.ID != "" {
		t.Fatalf("duty: %+v", d)
	}
	id, err := p.AddDuty(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := s.find(id).Fields["area"]; got != "compliance" || p.State.Get().Duty.ID != id {
		t.Errorf("area %q, duty %+v", got, p.State.Get().Duty)
	}
	if again, _ := p.AddDuty(t.Context()); again != id {
		t.Errorf("a second requirement %q was made", again)
	}
	if _, err := past.Undo(t.Context()); err != nil || p.State.Get().Duty.ID != "" {
		t.Errorf("undone: %v, %+v", err, p.State.Get().Duty)
	}
	p.Select("data_source2")
	if p.State.Get().Duty.Holds {
		t.Error("a source without personal data asks for it too")
	}
}

func TestWhatCantBeReadIsSaid(t *testing.T) {
	s := stocked()
	s.broken = errDisk
	p, _ := loaded(t, s)
	if p.State.Get().Problem == "" {
		t.Error("no problem is told")
	}
}

func TestWhatIsWantedIsShownOnceItIsRead(t *testing.T) {
	s := stocked()
	p := sources.NewPresenter("p", s, &saving.Line{}, nil)
	p.Show("expectation4")
	p.Load(t.Context())
	if st := p.State.Get(); st.Selected.ID != "data_source2" || st.Open.ID != "expectation4" {
		t.Errorf("shown: %q, %q", st.Selected.ID, st.Open.ID)
	}
	p.Show("data_source1")
	p.Load(t.Context())
	if st := p.State.Get(); st.Selected.ID != "data_source1" || st.Open.ID != "" {
		t.Errorf("then: %q, %q", st.Selected.ID, st.Open.ID)
	}
}
