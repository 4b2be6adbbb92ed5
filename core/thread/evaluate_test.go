package thread_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/core/thread"
)

func TestOneGate(t *testing.T) {
	const none = math.MaxFloat64 // was not measured
	for _, c := range []struct {
		metric, comparison, threshold, unit string
		value                               float64
		state                               thread.State
		margin                              float64
		sentence                            string
	}{
		{"recall", ">=", "0.8", "", 0.78, thread.Fail, -0.02, "recall 0.78 is below the agreed 0.80 by 0.02."},
		{"recall", ">=", "0.8", "", 0.8, thread.Pass, 0, "recall 0.8 equals the agreed 0.8."},
		{"recall", ">=", "0.8", "", 0.83, thread.Pass, 0.03, "recall 0.83 is above the agreed 0.80 by 0.03."},
		{"recall", ">", "0.8", "", 0.8, thread.Fail, 0, "recall 0.8 equals the agreed 0.8, and must be above it."},
		{"recall", ">", "0.8", "", 0.81, thread.Pass, 0.01, "recall 0.81 is above the agreed 0.80 by 0.01."},
		{"latency_p99", "<=", "100", "ms", 120, thread.Fail, -20, "latency_p99 120 ms is above the agreed 100 ms by 20 ms."},
		{"latency_p99", "<=", "100", "ms", 100, thread.Pass, 0, "latency_p99 100 ms equals the agreed 100 ms."},
		{"latency_p99", "<=", "100", "ms", 91.5, thread.Pass, 8.5, "latency_p99 91.5 ms is below the agreed 100.0 ms by 8.5 ms."},
		{"loss", "<", "0.5", "", 0.5, thread.Fail, 0, "loss 0.5 equals the agreed 0.5, and must be below it."},
		{"loss", "<", "0.5", "", 0.25, thread.Pass, 0.25, "loss 0.25 is below the agreed 0.50 by 0.25."},
		{"folds", "=", "5", "", 5, thread.Pass, 0, "folds 5 equals the agreed 5."},
		{"folds", "=", "5", "", 4, thread.Fail, -1, "folds 4 is below the agreed 5 by 1, and must equal it."},
		{"folds", "=", "5", "", 7, thread.Fail, -2, "folds 7 is above the agreed 5 by 2, and must equal it."},
		{"bias", ">=", "-0.1", "", -0.3, thread.Fail, -0.2, "bias -0.3 is below the agreed -0.1 by 0.2."},

		{"recall", ">=", "80", "%", 0.78, thread.Fail, -0.02, "recall 78 % is below the agreed 80 % by 2 percentage points."},
		{"recall", ">=", "80", "%", 0.785, thread.Fail, -0.015, "recall 78.5 % is below the agreed 80.0 % by 1.5 percentage points."},
		{"recall", ">=", "80", "percent", 0.81, thread.Pass, 0.01, "recall 81 % is above the agreed 80 % by 1 percentage point."},
		{"recall", ">=", "80", "％", 0.8, thread.Pass, 0, "recall 80 % equals the agreed 80 %."},
		{"recall", ">=", "80", "퍼센트", 0.8, thread.Pass, 0, "recall 80 % equals the agreed 80 %."},
		{"uptime", ">=", "99.9", "%", 0.999, thread.Pass, 0, "uptime 99.9 % equals the agreed 99.9 %."},
		{"uptime", ">", "99.9", "%", 0.999, thread.Fail, 0, "uptime 99.9 % equals the agreed 99.9 %, and must be above it."},
		{"error_rate", "<=", "5", "%", 0.07, thread.Fail, -0.02, "error_rate 7 % is above the agreed 5 % by 2 percentage points."},
		{"recall", ">=", "80", "", 0.9, thread.Fail, -79.1, "recall 0.9 is below the agreed 80.0 by 79.1."},

		// The last bits of computed numbers decide nothing.
		{"recall", ">=", "0.3", "", 0.1 + 0.2 - 1e-16, thread.Pass, 0, "recall 0.3 equals the agreed 0.3."},
		{"recall", "<=", "0.3", "", math.Nextafter(0.3, 1), thread.Pass, 0, "recall 0.3 equals the agreed 0.3."},
		{"recall", "<", "0.3", "", math.Nextafter(0.3, 0), thread.Fail, 0, "recall 0.3 equals the agreed 0.3, and must be below it."},
		{"recall", ">=", "0.8", "", 0.8 - 0.81e-9, thread.Fail, -8.1e-10, "recall 0.799999999 is below the agreed 0.800000000 by 0.000000001."},
		{"recall", ">=", "0.8", "", 0.8 - 0.79e-9, thread.Pass, 0, "recall 0.8 equals the agreed 0.8."},
		{"errors", "=", "0", "", 1e-300, thread.Fail, -1e-300, "errors 1e-300 is above the agreed 0 by 1e-300, and must equal it."},
		{"errors", "=", "0", "", math.Copysign(0, -1), thread.Pass, 0, "errors 0 equals the agreed 0."},

		// People see four digits, or as many as tell the two apart.
		{"recall", ">=", "0.8", "", 0.7812345678, thread.Fail, -0.0187654322, "recall 0.7812 is below the agreed 0.8000 by 0.0188."},
		{"recall", ">=", "0.8", "", 0.79996, thread.Fail, -0.00004, "recall 0.79996 is below the agreed 0.80000 by 0.00004."},
		{"value", ">=", "3200", "USD", 3187.25, thread.Fail, -12.75, "value 3187 USD is below the agreed 3200 USD by 13 USD."},
		{"value", ">=", "3200", "USD", 3199.7, thread.Fail, -0.3, "value 3199.7 USD is below the agreed 3200.0 USD by 0.3 USD."},
		{"rows", ">=", "1e18", "", 2e18, thread.Pass, 1e18, "rows 2e+18 is above the agreed 1e+18 by 1e+18."},
		{"rows", ">=", "1e308", "", -1.5e308, thread.Fail, -math.MaxFloat64, "rows -1.5e+308 is below the agreed 1e+308 by 1.7976931348623157e+308."},

		{"recall", ">=", "0.8", "", none, thread.NoData, 0, "There is no data on recall, and no data is never a pass."},
		{"loss", "<=", "0.8", "", math.NaN(), thread.NoData, 0, "loss did not come out as a finite number, which is no data, and no data is never a pass."},
		{"recall", ">=", "0.8", "", math.Inf(1), thread.NoData, 0, "recall did not come out as a finite number, which is no data, and no data is never a pass."},
		{"loss", "<=", "0.8", "", math.Inf(-1), thread.NoData, 0, "loss did not come out as a finite number, which is no data, and no data is never a pass."},
	} {
		k := requirement(t, 1, c.metric, c.comparison, "1", c.unit)
		k.set("threshold", c.threshold)
		measured := map[string]float64{c.metric: c.value}
		if c.value == none {
			clear(measured)
		}
		v := thread.Evaluate([]thread.Gate{k.gate()}, measured)
		r := v.Results[0]
		if r.State != c.state || r.Sentence.String() != c.sentence || r.Margin != c.margin {
			t.Errorf("%v against %s %s %s %s: %s by %v: %q\nwant %s by %v: %q", c.value, c.metric, c.comparison, c.threshold, c.unit, r.State, r.Margin, r.Sentence.String(), c.state, c.margin, c.sentence)
		}
		if v.Open != (c.state == thread.Pass) {
			t.Errorf("%v against %s %s %s: open is %v", c.value, c.metric, c.comparison, c.threshold, v.Open)
		}
	}
}

func TestADisputedGateSaysSo(t *testing.T) {
	for _, c := range []struct {
		metric   string // before the dispute
		changes  []func(*desk)
		value    float64
		state    thread.State
		sentence string
	}{
		{
			"recall",
			[]func(*desk){setting("threshold", "0.8"), setting("threshold", "0.85")},
			0.82, thread.Fail,
			"The threshold is disputed and the strictest counts: recall 0.82 is below the agreed 0.85 by 0.03.",
		},
		{
			"recall",
			[]func(*desk){setting("threshold", "0.8"), setting("threshold", "0.85")},
			0.9, thread.Pass,
			"The threshold is disputed and the strictest counts: recall 0.90 is above the agreed 0.85 by 0.05.",
		},
		{
			"recall",
			[]func(*desk){setting("comparison", "<"), setting("comparison", ">")},
			0.9, thread.Fail,
			"The comparison is disputed and the strictest counts: recall 0.9 is above the agreed 0.7 by 0.2.",
		},
		{
			"f1",
			[]func(*desk){setting("metric", "recall"), setting("metric", "precision")},
			0.9, thread.NoData,
			"There is no data on precision, and no data is never a pass.",
		},
		{
			"f1",
			[]func(*desk){setting("metric", "recall"), setting("metric", "precision")},
			0.6, thread.Fail,
			"The metric is disputed and the strictest counts: recall 0.6 is below the agreed 0.7 by 0.1.",
		},
		{
			"f1",
			[]func(*desk){
				func(k *desk) { k.set("metric", "recall"); k.set("comparison", ">"); k.set("threshold", "0.5") },
				func(k *desk) { k.set("metric", "Recall@10"); k.set("comparison", "="); k.set("threshold", "0.6") },
			},
			0.4, thread.Fail,
			"The metric, the comparison and the threshold are disputed and the strictest counts: recall 0.4 is below the agreed 0.6 by 0.2, and must equal it.",
		},
	} {
		g := requirement(t, 1, c.metric, ">=", "0.7", "").apart(c.changes...).gate()
		if r := evaluate(g, "recall", c.value); r.State != c.state || r.Sentence.String() != c.sentence {
			t.Errorf("%v: %s %q\nwant %s %q", c.value, r.State, r.Sentence.String(), c.state, c.sentence)
		}
	}
}

func TestMetricsAreMatchedByTheirLetters(t *testing.T) {
	for _, c := range []struct {
		asked    string
		measured map[string]float64
		state    thread.State
		value    float64
		unused   []string
	}{
		{"recall", map[string]float64{"recall": 0.9}, thread.Pass, 0.9, nil},
		{"recall", map[string]float64{" Recall\t": 0.9}, thread.Pass, 0.9, nil},
		{"  RECALL", map[string]float64{"recall": 0.9}, thread.Pass, 0.9, nil},
		{"재현율", map[string]float64{"재현율": 0.9}, thread.Pass, 0.9, nil},
		{"ΣΦΆΛΜΑ", map[string]float64{"σφάλμα": 0.9}, thread.Pass, 0.9, nil},
		{"recall", map[string]float64{"recall_test": 0.9, "recal": 0.9}, thread.NoData, 0, []string{"recal", "recall_test"}},
		{"recall at 10", map[string]float64{"recall  at 10": 0.9}, thread.NoData, 0, []string{"recall  at 10"}},
		// Of several spellings the one that was agreed counts, else all of them together.
		{"recall", map[string]float64{"Recall": 0.1, "recall": 0.9}, thread.Pass, 0.9, nil},
		{"recall", map[string]float64{"Recall": math.NaN(), "recall": 0.9}, thread.Pass, 0.9, nil},
		{"recall", map[string]float64{"Recall": 0.9, "RECALL": 0.9}, thread.Pass, 0.9, nil},
		{"recall", map[string]float64{"Recall": 0.1, "RECALL": 0.9}, thread.NoData, 0, nil},
		{"recall", map[string]float64{"Recall": 0.9, "RECALL": math.NaN()}, thread.NoData, 0, nil},
		{"recall", map[string]float64{"recall ": 0.9, "recall": 0.1}, thread.NoData, 0, nil},
		{"recall", nil, thread.NoData, 0, nil},
	} {
		v := thread.Evaluate([]thread.Gate{requirement(t, 1, c.asked, ">=", "0.8", "").gate()}, c.measured)
		if r := v.Results[0]; r.State != c.state || r.Value != c.value || !slices.Equal(v.Unused, c.unused) {
			t.Errorf("%q of %v: %s %v, unused %q; want %s %v, unused %q", c.asked, c.measured, r.State, r.Value, v.Unused, c.state, c.value, c.unused)
		}
	}
}

// A number may suggest that somebody meant another percentage. It is held to
// the rule all the same, and the doubt is told.
func TestDoubtsAboutPercent(t *testing.T) {
	for _, c := range []struct {
		threshold, unit string
		value           float64
		state           thread.State
		doubt           string
	}{
		{"80", "%", 0.9, thread.Pass, ""},
		{"0.8", "", 85, thread.Pass, ""},
		{"0.8", "%", 0.02, thread.Pass, "The agreed 0.8 % of recall is 0.008 as a plain number: if 80 % is meant, the threshold is 80."},
		{"0.8", "%", math.NaN(), thread.NoData, "The agreed 0.8 % of recall is 0.008 as a plain number: if 80 % is meant, the threshold is 80."},
		{"80", "%", 85, thread.Pass, "A measured recall of 85 is 8500 %: if 85 % is meant, the value is 0.85."},
		{"0", "%", 0.5, thread.Pass, ""},
		{"1", "%", 1, thread.Pass, ""},
	} {
		r := evaluate(requirement(t, 1, "recall", ">=", c.threshold, c.unit).gate(), "recall", c.value)
		if r.State != c.state || r.Doubt.String() != c.doubt {
			t.Errorf("%v against %s %s: %s %q, want %s %q", c.value, c.threshold, c.unit, r.State, r.Doubt.String(), c.state, c.doubt)
		}
	}
}

func TestTheVerdictIsOpenOnlyIfEveryGatePasses(t *testing.T) {
	recall, latency := requirement(t, 1, "recall", ">=", "0.8", "").gate(), requirement(t, 2, "latency", "<=", "100", "ms").gate()
	for _, c := range []struct {
		gates    []thread.Gate
		measured map[string]float64
		open     bool
	}{
		{nil, nil, true},
		{nil, map[string]float64{"recall": 0.1}, true},
		{[]thread.Gate{recall, latency}, map[string]float64{"recall": 0.9, "latency": 90}, true},
		{[]thread.Gate{recall, latency}, map[string]float64{"recall": 0.9, "latency": 110}, false},
		{[]thread.Gate{recall, latency}, map[string]float64{"recall": 0.9}, false},
		{[]thread.Gate{recall, latency}, nil, false},
		{[]thread.Gate{{}}, map[string]float64{"": 1}, false},
		{[]thread.Gate{{Bounds: []thread.Bound{{Metric: "recall"}}}}, map[string]float64{"recall": 0}, false},
	} {
		v := thread.Evaluate(c.gates, c.measured)
		if v.Open != c.open || len(v.Results) != len(c.gates) {
			t.Errorf("%v: open %v with %d results, want %v", c.measured, v.Open, len(v.Results), c.open)
		}
		for i, r := range v.Results {
			if diff := cmp.Diff(c.gates[i], r.Gate); diff != "" {
				t.Errorf("result %d is about another gate (-want +got):\n%s", i, diff)
			}
		}
	}
}
