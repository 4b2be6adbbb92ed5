package thread_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/thread"
)

func TestARequirementIsAGateOnceItCanBeMeasured(t *testing.T) {
	for _, c := range []struct {
		metric, comparison, threshold string
		missing                       []thread.Part
	}{
		{"recall", ">=", "0.8", nil},
		{"recall", ">=", "0", nil},
		{"recall", ">=", "", []thread.Part{thread.PartThreshold}},
		{"recall", "", "0.8", []thread.Part{thread.PartComparison}},
		{"", ">=", "0.8", []thread.Part{thread.PartMetric}},
		{" \t", ">=", "0.8", []thread.Part{thread.PartMetric}},
		{"", "", "", []thread.Part{thread.PartMetric, thread.PartComparison, thread.PartThreshold}},
	} {
		g, missing := thread.From(requirement(t, 1, c.metric, c.comparison, c.threshold, "").doc)
		if !slices.Equal(missing, c.missing) {
			t.Errorf("%q %q %q lacks %v, want %v", c.metric, c.comparison, c.threshold, missing, c.missing)
		}
		if missing != nil && g.Bounds != nil {
			t.Errorf("%q %q %q is no gate and has the bounds %v", c.metric, c.comparison, c.threshold, g.Bounds)
		}
	}
}

func TestAGateHoldsWhatWasAgreed(t *testing.T) {
	owner := id.Doc{15: 9}
	k := requirement(t, 7, " Recall ", ">=", "80", " % ")
	k.set("owner", owner.String())
	want := thread.Gate{
		Requirement: id.Doc{7}, Title: "Agreed", Unit: "%", Owner: owner,
		Bounds: []thread.Bound{{Metric: "Recall", Comparison: thread.AtLeast, Threshold: 80}},
	}
	if diff := cmp.Diff(want, k.gate()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := k.gate().Demand(k.gate().Bounds[0]); got != "Recall >= 80 %" {
		t.Errorf("the demand is %q", got)
	}
}

// Two write at the same time, and nobody has settled it.
func TestADisputeIsHeldToItsStrictestReading(t *testing.T) {
	for _, c := range []struct {
		name     string
		from     *desk
		changes  []func(*desk)
		disputed []thread.Part
		bounds   []thread.Bound // sorted
	}{
		{
			"thresholds, at least", requirement(t, 1, "recall", ">=", "0.8", ""),
			[]func(*desk){setting("threshold", "0.7"), setting("threshold", "0.85")},
			[]thread.Part{thread.PartThreshold},
			[]thread.Bound{{"recall", ">=", 0.85}},
		},
		{
			"thresholds, at most", requirement(t, 1, "latency", "<=", "100", ""),
			[]func(*desk){setting("threshold", "120"), setting("threshold", "90"), setting("threshold", "200")},
			[]thread.Part{thread.PartThreshold},
			[]thread.Bound{{"latency", "<=", 90}},
		},
		{
			"thresholds, equal", requirement(t, 1, "folds", "=", "4", ""),
			[]func(*desk){setting("threshold", "5"), setting("threshold", "10")},
			[]thread.Part{thread.PartThreshold},
			[]thread.Bound{{"folds", "=", 5}, {"folds", "=", 10}},
		},
		{
			"the same number written twice", requirement(t, 1, "recall", ">=", "0.7", ""),
			[]func(*desk){setting("threshold", "0.8"), setting("threshold", "0.80")},
			nil,
			[]thread.Bound{{"recall", ">=", 0.8}},
		},
		{
			"the same metric in two spellings", requirement(t, 1, "f1", ">=", "0.8", ""),
			[]func(*desk){setting("metric", "Recall"), setting("metric", "Recall ")},
			nil,
			[]thread.Bound{{"Recall", ">=", 0.8}},
		},
		{
			"a threshold and no threshold", requirement(t, 1, "recall", ">=", "0.8", ""),
			[]func(*desk){setting("threshold", "0.7"), setting("threshold", "")},
			[]thread.Part{thread.PartThreshold},
			[]thread.Bound{{"recall", ">=", 0.7}},
		},
		{
			"metrics", requirement(t, 1, "f1", ">=", "0.8", ""),
			[]func(*desk){setting("metric", "recall"), setting("metric", "precision")},
			[]thread.Part{thread.PartMetric},
			[]thread.Bound{{"precision", ">=", 0.8}, {"recall", ">=", 0.8}},
		},
		{
			"comparisons and thresholds", requirement(t, 1, "recall", ">=", "0.8", ""),
			[]func(*desk){
				func(k *desk) { k.set("comparison", ">"); k.set("threshold", "0.7") },
				func(k *desk) { k.set("comparison", "<="); k.set("threshold", "0.9") },
			},
			[]thread.Part{thread.PartComparison, thread.PartThreshold},
			[]thread.Bound{{"recall", "<=", 0.7}, {"recall", ">", 0.9}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := c.from.apart(c.changes...).gate()
			slices.SortFunc(g.Bounds, func(a, b thread.Bound) int {
				if by := strings.Compare(a.Metric+string(a.Comparison), b.Metric+string(b.Comparison)); by != 0 {
					return by
				}
				return int(a.Threshold - b.Threshold)
			})
			if diff := cmp.Diff(c.bounds, g.Bounds); diff != "" {
				t.Errorf("bounds (-want +got):\n%s", diff)
			}
			if !slices.Equal(g.Disputed, c.disputed) || g.Unread {
				t.Errorf("disputed %v, unread %v; want %v", g.Disputed, g.Unread, c.disputed)
			}
		})
	}
}

func TestASettledDisputeIsNone(t *testing.T) {
	k := requirement(t, 1, "recall", ">=", "0.8", "").apart(setting("threshold", "0.7"), setting("threshold", "0.85"))
	k.set("threshold", "0.82")
	if g := k.gate(); g.Disputed != nil || len(g.Bounds) != 1 || g.Bounds[0].Threshold != 0.82 {
		t.Errorf("the gate is %+v, want the threshold 0.82 without dispute", g)
	}
}

// Whatever was measured, what this version can't read opens nothing.
func TestWhatCannotBeReadOpensNothing(t *testing.T) {
	for name, c := range map[string]struct {
		from     *desk
		measured float64
		state    thread.State
	}{
		"a comparison of a later version": {requirement(t, 1, "recall", "", "0.8", "").put("comparison", doc.String("between")), 0.9, thread.NoData},
		"a threshold that is a word":      {requirement(t, 1, "recall", ">=", "", "").put("threshold", doc.String("high")), 0.9, thread.NoData},
		"a metric that is a number":       {requirement(t, 1, "", ">=", "0.8", "").put("metric", doc.Int(5)), 0.9, thread.NoData},
		"a critical operation":            {requirement(t, 1, "recall", ">=", "0.8", "").freeze(), 0.9, thread.NoData},
		"a critical operation, failing":   {requirement(t, 1, "recall", ">=", "0.8", "").freeze(), 0.7, thread.Fail},
		"a critical operation on prose":   {requirement(t, 1, "", "", "", "").freeze(), 0.9, thread.NoData},
		"one of two thresholds": {
			requirement(t, 1, "recall", ">=", "0.8", "").apart(setting("threshold", "0.7"), func(k *desk) { k.put("threshold", doc.String("high")) }),
			0.9, thread.NoData,
		},
		"one of two thresholds, failing": {
			requirement(t, 1, "recall", ">=", "0.8", "").apart(setting("threshold", "0.7"), func(k *desk) { k.put("threshold", doc.String("high")) }),
			0.6, thread.Fail,
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := c.from.gate()
			r := evaluate(g, "recall", c.measured)
			if !g.Unread || r.State != c.state {
				t.Errorf("unread %v, state %s; want unread and %s", g.Unread, r.State, c.state)
			}
			if c.state == thread.NoData && !strings.Contains(r.Sentence.String(), "update Cairn") {
				t.Errorf("the sentence is %q", r.Sentence.String())
			}
		})
	}
}
