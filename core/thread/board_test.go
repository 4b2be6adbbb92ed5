package thread_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/thread"
)

// metric is a key metric; fields come in pairs of name and text.
func metric(t testing.TB, number byte, name, column string, fields ...string) *doc.Doc {
	t.Helper()
	k := write(t, noun.KeyMetrics.Kind, number, map[string]string{"name": name, "column": column})
	for i := 0; i < len(fields); i += 2 {
		k.set(fields[i], fields[i+1])
	}
	return k.doc
}

// model is a value model with these records.
func model(t testing.TB, variables, steps string) *doc.Doc {
	t.Helper()
	return write(t, noun.ValueModels.Kind, 20, map[string]string{"variables": variables, "steps": steps}).doc
}

const (
	dataScientist = "data scientist"
	expert        = "expert"
	business      = "business"
)

// links is a board in few words: what each metric is linked to, and what is flagged.
type links struct {
	Requirements []byte
	Flags        []thread.FlagKind
}

func kinds(flags []thread.Flag) []thread.FlagKind {
	var out []thread.FlagKind
	for _, f := range flags {
		out = append(out, f.Kind)
	}
	return out
}

func firstBytes(docs []id.Doc) []byte {
	var out []byte
	for _, d := range docs {
		out = append(out, d[0])
	}
	return out
}

func TestLinksOfABoard(t *testing.T) {
	found := requirement(t, 1, "Recall", ">=", "80", "%").doc
	fast := requirement(t, 2, "latency_p99", "<=", "100", "ms").doc
	clear := requirement(t, 3, "", "", "", "").doc
	disputed := requirement(t, 4, "f1", ">=", "0.7", "").apart(setting("metric", "recall"), setting("metric", "precision")).doc
	ref := func(names ...byte) string {
		text := ""
		for _, n := range names {
			text += id.Doc{n}.String() + ","
		}
		return text
	}
	board := thread.Links([]*doc.Doc{
		metric(t, 11, " recall ", dataScientist, "variable", "accuracy"),
		metric(t, 12, "Precision", dataScientist),
		metric(t, 13, "Customers kept", expert, "requirements", ref(1, 3), "variable", " retained "),
		metric(t, 14, "Value a month", business, "requirements", ref(9), "variable", "income"),
		metric(t, 15, "Reach", business, "requirements", ref(8, 9), "variable", "price"),
		metric(t, 16, "F2", "", "variable", "accuracy"),
		metric(t, 17, "Loss", dataScientist),
		metric(t, 18, "Kept", business, "variable", "kept"),
	}, []*doc.Doc{found, fast, clear, disputed}, []*doc.Doc{
		model(t, `[{"name":"accuracy"},{"name":"retained"},{"name":"price"},{"label":"no name"},"no record"]`, `[{"name":"kept"}]`),
		model(t, `[{"name":"churners"},{"name":"price"},{"name":" "},{"name":5}]`, `[{"name":"accuracy"}]`),
	})

	got := map[byte]links{}
	columns := map[string][]byte{}
	for _, c := range board.Columns {
		columns[c.Name] = []byte{}
		for _, m := range c.Metrics {
			columns[c.Name] = append(columns[c.Name], m.ID[0])
			got[m.ID[0]] = links{firstBytes(m.Requirements), kinds(m.Flags)}
		}
	}
	for _, r := range board.Requirements {
		got[r.ID[0]] = links{firstBytes(r.Metrics), kinds(r.Flags)}
	}
	want := map[byte]links{
		11: {Requirements: []byte{1, 4}},
		12: {Requirements: []byte{4}},
		13: {Requirements: []byte{1, 3}},
		14: {Flags: []thread.FlagKind{thread.FlagRequirement, thread.FlagVariable, thread.FlagUnlinked}},
		15: {Flags: []thread.FlagKind{thread.FlagRequirement}},
		16: {},
		17: {Flags: []thread.FlagKind{thread.FlagUnlinked}},
		18: {},

		1: {Requirements: []byte{11, 13}},
		2: {Flags: []thread.FlagKind{thread.FlagUnlinked}},
		3: {Requirements: []byte{13}},
		4: {Requirements: []byte{11, 12}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string][]byte{dataScientist: {11, 12, 17}, expert: {13}, business: {14, 15, 18}, "": {16}}, columns); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	variables := []thread.Variable{
		{Name: "accuracy", Metrics: []id.Doc{{11}, {16}}},
		{Name: "retained", Metrics: []id.Doc{{13}}},
		{Name: "price", Metrics: []id.Doc{{15}}},
		{Name: "kept", Computed: true, Metrics: []id.Doc{{18}}},
		{Name: "churners"},
	}
	if diff := cmp.Diff(variables, board.Variables); diff != "" {
		t.Errorf("variables (-want +got):\n%s", diff)
	}
}

func TestFlagsSayWhatIsWrong(t *testing.T) {
	b := thread.Links([]*doc.Doc{
		metric(t, 11, "Loss", dataScientist, "requirements", id.Doc{8}.String()+","+id.Doc{9}.String(), "variable", "x"),
	}, []*doc.Doc{requirement(t, 1, "recall", ">=", "0.8", "").doc}, nil)
	var got []string
	for _, f := range append(b.Columns[0].Metrics[0].Flags, b.Requirements[0].Flags...) {
		got = append(got, f.Sentence.String())
	}
	want := []string{
		"It refers to 2 requirements that are not in the project.",
		"No value model of the project has a variable called x.",
		"Nothing is linked to it: it serves no requirement and is no variable of a value model.",
		"It can be measured, and no key metric serves it.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnEmptyBoardHasItsThreeColumns(t *testing.T) {
	b := thread.Links(nil, nil, nil)
	var names []string
	for _, c := range b.Columns {
		names = append(names, c.Name)
	}
	if !slices.Equal(names, []string{dataScientist, expert, business}) || b.Requirements != nil || b.Variables != nil {
		t.Errorf("the board of nothing is %+v", b)
	}
}

// Both ends of a link know of it, every metric is on the board once, and what
// has no link is flagged.
func TestLinksHaveTwoEnds(t *testing.T) {
	names := rapid.SampledFrom([]string{"recall", "Recall", "loss", ""})
	rapid.Check(t, func(rt *rapid.T) {
		var metrics, requirements []*doc.Doc
		for i := range rapid.IntRange(0, 4).Draw(rt, "requirements") {
			requirements = append(requirements, requirement(t, byte(1+i), names.Draw(rt, "names"), ">=", "0.8", "").doc)
		}
		for i := range rapid.IntRange(0, 4).Draw(rt, "metrics") {
			column := rapid.SampledFrom([]string{dataScientist, business, ""}).Draw(rt, "column")
			variable := rapid.SampledFrom([]string{"", "a", "b"}).Draw(rt, "variable")
			refs := id.Doc{rapid.ByteRange(1, 6).Draw(rt, "refers")}.String()
			metrics = append(metrics, metric(t, byte(11+i), names.Draw(rt, "name"), column, "requirements", refs, "variable", variable))
		}
		b := thread.Links(metrics, requirements, []*doc.Doc{model(t, `[{"name":"a"}]`, "")})
		type end struct{ metric, other string }
		up, down := map[end]bool{}, map[end]bool{}
		seen := 0
		for _, c := range b.Columns {
			for _, m := range c.Metrics {
				seen++
				for _, r := range m.Requirements {
					up[end{m.ID.String(), r.String()}] = true
				}
				if m.View.Variable == "a" {
					up[end{m.ID.String(), "a"}] = true
				}
				linked := len(m.Requirements) > 0 || m.View.Variable == "a"
				if linked == slices.Contains(kinds(m.Flags), thread.FlagUnlinked) {
					rt.Fatalf("%+v: linked is %v", m, linked)
				}
			}
		}
		for _, r := range b.Requirements {
			for _, m := range r.Metrics {
				down[end{m.String(), r.ID.String()}] = true
			}
		}
		for _, v := range b.Variables {
			for _, m := range v.Metrics {
				down[end{m.String(), v.Name}] = true
			}
		}
		if !cmp.Equal(up, down) || seen != len(metrics) {
			rt.Fatalf("from the metrics %v, from the others %v; %d metrics of %d", up, down, seen, len(metrics))
		}
	})
}
