package metrics_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/core/fault"
	"cairn/ui/edit"
	"cairn/ui/metrics"
	"cairn/ui/saving"
	"cairn/ui/words"
)

// names returns what stands in each column.
func names(b metrics.Board) map[string][]string {
	out := map[string][]string{}
	for _, lane := range b.Columns {
		for _, c := range lane.Cards {
			out[lane.Column] = append(out[lane.Column], c.Name)
		}
	}
	return out
}

func said(b metrics.Board) []string {
	var out []string
	for _, f := range b.Findings {
		out = append(out, f.Words)
	}
	return out
}

func TestABoardSaysHowItHangsTogether(t *testing.T) {
	w := filled()
	p, _, _ := loaded(t, w)
	want := []string{
		"“Recall” serves 2 requirements and is “Churners the model finds” in the value model.",
		"1 requirement that can be measured has no key metric.",
		"2 metrics are linked to nothing.",
	}
	if diff := cmp.Diff(want, said(look(p))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	for i := range w.metrics {
		w.metrics[i].Fields["variable"] = ""
		if w.metrics[i].Fields["column"] == metrics.Expert {
			w.metrics[i].Fields["column"] = "somebody else"
		}
	}
	w.links = metrics.Links{}
	p.Load(t.Context())
	want = []string{
		"No metric ties a requirement to the value model yet. Link one to both, and what was agreed has a price.",
		"The subject matter expert's column is empty.",
		"No business metric is a number of the value model.",
	}
	if diff := cmp.Diff(want, said(look(p))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := names(look(p))[""]; len(got) != 2 || look(p).Aligned() {
		t.Errorf("not placed: %q", got)
	}

	w = filled()
	w.metrics = []edit.Document{w.metrics[0], w.metrics[2], w.metrics[4]}
	w.links = metrics.Links{Metrics: map[string]metrics.Link{"m1": {Requirements: []string{"r1"}}}}
	p, _, _ = loaded(t, w)
	if b := look(p); !b.Aligned() || b.Open() != 0 || said(b)[0] != "“Recall” serves a requirement and is “Churners the model finds” in the value model." {
		t.Errorf("findings: %+v", b.Findings)
	}
}

func TestACardShowsItsLinks(t *testing.T) {
	p, _, _ := loaded(t, filled())
	b := look(p)
	got := []metrics.Card{b.Columns[0].Cards[0], b.Columns[2].Cards[1]}
	want := []metrics.Card{
		{
			ID: "m1", Name: "Recall", Unit: "%", Direction: metrics.Higher, Definition: "Of those who cancel within 30 days, the share that was on the list.",
			Links: []metrics.Chip{{"requirement", "r1", "At least 80 % of churners found"}, {"requirement", "r5", "Recall holds in every region"}, {"value_model", "v1", "Churners the model finds"}},
		},
		{ID: "m6", Name: "Cost of running it", Unit: "€ a month", Direction: metrics.Lower, Flags: []string{"The value model has nothing called “cost”."}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAMetricMovesAndComesBack(t *testing.T) {
	w := filled()
	p, line, past := loaded(t, w)
	p.Move(t.Context(), "m1", metrics.Business)
	if got := names(look(p)); len(got[metrics.Business]) != 3 || w.metrics[0].Fields["column"] != metrics.Business {
		t.Errorf("after the move: %q", got)
	}
	if name, err := past.Undo(t.Context()); name != "Who looks at it of “Recall”" || err != nil {
		t.Errorf("undone: %q, %v", name, err)
	}
	if got := names(look(p)); len(got[metrics.Scientist]) != 2 {
		t.Errorf("after undo: %q", got)
	}
	if s := line.State.Get(); s.Phase != saving.Saved {
		t.Errorf("the line says %+v", s)
	}
}

func TestANewMetricWaitsForItsName(t *testing.T) {
	w := filled()
	p, line, _ := loaded(t, w)
	p.AddTo(metrics.Expert)
	p.AddTo(metrics.Business)
	p.Save(t.Context())
	if got := names(look(p)); len(w.metrics) != 6 || len(got[metrics.Business]) != 3 || line.State.Get().Phase != saving.Held {
		t.Errorf("%d metrics stored, %q on the board, the line says %+v", len(w.metrics), got, line.State.Get())
	}
	p.Type(edit.New, metrics.Name, "Complaints")
	p.Type(edit.New, metrics.Requirements, "r1\nr3")
	p.Save(t.Context())
	want := map[string]string{"name": "Complaints", "column": metrics.Business, "requirements": `["r1","r3"]`}
	if diff := cmp.Diff(want, w.metrics[6].Fields); diff != "" {
		t.Errorf("stored (-want +got):\n%s", diff)
	}
	p.Type("m1", metrics.Name, " ")
	p.Save(t.Context())
	if w.metrics[0].Fields["name"] != "Recall" || line.State.Get().Phase != saving.Held {
		t.Error("a metric without a name was stored")
	}
}

func TestSuggestions(t *testing.T) {
	w := agreed()
	p, _, past := loaded(t, w)
	b := look(p)
	named := []metrics.Suggestion{
		{Name: "recall", Column: metrics.Scientist, Unit: "%", Direction: metrics.Higher, Variable: "accuracy", Requirements: []string{"r1", "r5"}},
		{Name: "latency p95", Column: metrics.Expert, Unit: "ms", Direction: metrics.Lower, Requirements: []string{"r2"}},
		{Name: "precision", Column: metrics.Scientist, Unit: "%", Direction: metrics.Higher, Requirements: []string{"r4"}},
	}
	usual := []metrics.Suggestion{
		{Name: "Customers kept", Column: metrics.Expert, Unit: "customer/month", Direction: metrics.Higher, Variable: "kept"},
		{Name: "Revenue that leaves", Column: metrics.Business, Unit: "EUR/month", Direction: metrics.Lower, Variable: "lost"},
	}
	same := cmp.FilterPath(func(path cmp.Path) bool { return path.Last().String() == ".alias" }, cmp.Ignore())
	if diff := cmp.Diff([][]metrics.Suggestion{named, usual}, [][]metrics.Suggestion{b.Named, b.Usual}, same); diff != "" || !b.Empty {
		t.Errorf("(-want +got):\n%s", diff)
	}

	p.Accept(t.Context(), append(b.Named, b.Usual...))
	if got := names(look(p)); len(got[metrics.Scientist]) != 2 || len(got[metrics.Expert]) != 2 || len(got[metrics.Business]) != 1 {
		t.Errorf("made: %q", got)
	}
	if p.Around.Get().Open {
		t.Error("one of many is opened")
	}
	w.links.Unserved = nil
	p.Load(t.Context())
	if b := look(p); b.Named != nil || b.Usual != nil {
		t.Errorf("still suggested: %+v %+v", b.Named, b.Usual)
	}
	for range 5 {
		if _, err := past.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if !look(p).Empty {
		t.Errorf("after undo: %q", names(look(p)))
	}
}

// TestASuggestionIsOneInEveryLanguage holds that what a requirement calls recall is
// not offered once more under its Korean name.
func TestASuggestionIsOneInEveryLanguage(t *testing.T) {
	t.Cleanup(func() { _ = words.Speak(words.English) })
	if err := words.Speak(words.Korean); err != nil {
		t.Fatal(err)
	}
	p, _, _ := loaded(t, agreed())
	if b := look(p); len(b.Named) != 3 || len(b.Usual) != 2 || b.Named[0].Variable != "accuracy" {
		t.Errorf("suggested: %+v and %+v", b.Named, b.Usual)
	}
}

func TestOneAcceptedIsOpened(t *testing.T) {
	p, _, _ := loaded(t, filled())
	p.Accept(t.Context(), look(p).Named)
	if st := p.State.Get(); st.Selected != "m7" || !p.Around.Get().Open {
		t.Errorf("selected %q, open %v", st.Selected, p.Around.Get().Open)
	}
	if title, ok := p.Trash(t.Context(), "m7"); title != "latency p95" || !ok || p.Around.Get().Open {
		t.Errorf("trashed %q, %v; open %v", title, ok, p.Around.Get().Open)
	}
}

func TestWhatCannotBeReadOrWritten(t *testing.T) {
	w := filled()
	p, line, _ := loaded(t, w)
	w.broken = fault.New(fault.Full, "The disk is full.", "Make room.")
	p.Accept(t.Context(), []metrics.Suggestion{{Name: "F1"}})
	if s := line.State.Get(); s.Phase != saving.Failed || s.Message != "The disk is full." {
		t.Errorf("the line says %+v", s)
	}
	if st := p.State.Get(); st.Problem != "The disk is full. Make room." || len(look(p).Columns) != 3 {
		t.Errorf("the page says %q", st.Problem)
	}
	w.broken = nil
	p.Load(t.Context())
	if st := p.State.Get(); st.Problem != "" || p.Around.Get().Problem != "" {
		t.Errorf("the page still says %q", st.Problem)
	}
}
