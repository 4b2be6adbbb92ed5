package thread_test

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/id"
	"cairn/core/thread"
)

// What is drawn is drawn from little, so that values meet thresholds.
var (
	metrics     = rapid.SampledFrom([]string{"recall", "Recall", "precision", "loss", "지연"})
	comparisons = rapid.SampledFrom([]thread.Comparison{thread.AtLeast, thread.Above, thread.AtMost, thread.Below, thread.Equal, "between"})
	numbers     = rapid.OneOf(
		rapid.SampledFrom([]float64{0, 0.5, 0.8, 80, -1, 1e-9, 1e300, 0.8 * (1 + thread.Tolerance), 5e-324, math.MaxFloat64}),
		rapid.Float64(),
	)
	values = rapid.OneOf(numbers, rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1)}))
	units  = rapid.SampledFrom([]string{"", "%", "ms"})
	bounds = rapid.Custom(func(t *rapid.T) thread.Bound {
		return thread.Bound{Metric: metrics.Draw(t, "metric"), Comparison: comparisons.Draw(t, "comparison"), Threshold: numbers.Draw(t, "threshold")}
	})
	gates = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) thread.Gate {
		return thread.Gate{
			Requirement: id.Doc{rapid.Byte().Draw(t, "name")}, Unit: units.Draw(t, "unit"), Unread: rapid.IntRange(0, 9).Draw(t, "unread") == 0,
			Bounds: rapid.SliceOfN(bounds, 0, 2).Draw(t, "bounds"),
		}
	}), 0, 4)
	measured = rapid.MapOf(metrics, values)
)

func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gs, m := gates.Draw(t, "gates"), measured.Draw(t, "measured")
		before := thread.Evaluate(gs, m)
		places := make([]int, len(gs))
		for i := range places {
			places[i] = i
		}
		places = rapid.Permutation(places).Draw(t, "places")
		mixed := make([]thread.Gate, len(gs))
		for i, place := range places {
			mixed[i] = gs[place]
		}
		after := thread.Evaluate(mixed, maps.Clone(m))
		if before.Open != after.Open || !slices.Equal(before.Unused, after.Unused) || len(before.Asked) != len(after.Asked) {
			t.Fatalf("%v of %v: open %v unused %q, in another order open %v unused %q", m, gs, before.Open, before.Unused, after.Open, after.Unused)
		}
		for i, place := range places {
			if diff := cmp.Diff(before.Results[place], after.Results[i]); diff != "" {
				t.Fatalf("%v of %v: the result depends on the order:\n%s", m, gs, diff)
			}
		}
	})
}

// An open verdict has a finite number behind every bound of every gate, and
// each of them is met as the comparison alone would have it.
func TestNoDataNeverOpens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gs, m := gates.Draw(t, "gates"), measured.Draw(t, "measured")
		v := thread.Evaluate(gs, m)
		closed := slices.ContainsFunc(v.Results, func(r thread.Result) bool { return r.State != thread.Pass })
		if v.Open == closed {
			t.Fatalf("%v of %v: open is %v with the results %+v", m, gs, v.Open, v.Results)
		}
		for _, r := range v.Results {
			if r.State != thread.Pass {
				continue
			}
			if r.Gate.Unread || len(r.Gate.Bounds) == 0 {
				t.Fatalf("%+v passes", r.Gate)
			}
			for _, b := range r.Gate.Bounds {
				if !metByHand(m, b, r.Gate.Unit) {
					t.Fatalf("%v: %+v passes", m, r.Gate)
				}
			}
		}
	})
}

// metByHand reports, more simply than the code, whether some value of the
// metric meets a bound.
func metByHand(m map[string]float64, b thread.Bound, unit string) bool {
	at := b.Threshold
	if unit == "%" {
		at /= 100
	}
	near := 2 * thread.Tolerance * math.Abs(at)
	for name, x := range m {
		if !strings.EqualFold(name, b.Metric) || math.IsNaN(x) || math.IsInf(x, 0) {
			continue
		}
		switch b.Comparison {
		case thread.AtLeast, thread.Above:
			if x >= at-near {
				return true
			}
		case thread.AtMost, thread.Below:
			if x <= at+near {
				return true
			}
		case thread.Equal:
			if math.Abs(x-at) <= near {
				return true
			}
		}
	}
	return false
}

// More of what should be high closes nothing, and a higher threshold opens nothing.
func TestTheVerdictIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gs, m := gates.Draw(t, "gates"), measured.Draw(t, "measured")
		for _, g := range gs {
			for i := range g.Bounds {
				if !strings.EqualFold(g.Bounds[i].Metric, "recall") {
					continue
				}
				g.Bounds[i].Comparison = rapid.SampledFrom([]thread.Comparison{thread.AtLeast, thread.Above}).Draw(t, "comparison")
			}
		}
		delete(m, "Recall")
		low, high := numbers.Draw(t, "low"), numbers.Draw(t, "high")
		low, high = min(low, high), max(low, high)
		m["recall"] = low
		before := thread.Evaluate(gs, m)
		m["recall"] = high
		if after := thread.Evaluate(gs, m); before.Open && !after.Open {
			t.Fatalf("%+v is open at %v and closed at %v", gs, low, high)
		}

		m["recall"] = low
		for i := range gs {
			for j := range gs[i].Bounds {
				if b := &gs[i].Bounds[j]; strings.EqualFold(b.Metric, "recall") {
					b.Threshold = max(b.Threshold, high)
				}
			}
		}
		if after := thread.Evaluate(gs, m); !before.Open && after.Open {
			t.Fatalf("%+v opens when the threshold rises to %v", gs, high)
		}
	})
}

// Of below, equal and above exactly one holds, and the comparisons agree on it.
func TestComparisonsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value, at, unit := numbers.Draw(t, "value"), numbers.Draw(t, "threshold"), units.Draw(t, "unit")
		passes := map[thread.Comparison]bool{}
		for _, c := range []thread.Comparison{thread.AtLeast, thread.Above, thread.AtMost, thread.Below, thread.Equal} {
			g := thread.Gate{Unit: unit, Bounds: []thread.Bound{{Metric: "m", Comparison: c, Threshold: at}}}
			r := evaluate(g, "m", value)
			passes[c] = r.State == thread.Pass
			if r.State == thread.NoData || passes[c] && r.Margin < 0 || !passes[c] && r.Margin > 0 {
				t.Fatalf("%v %s %v%s: %s with the margin %v", value, c, at, unit, r.State, r.Margin)
			}
		}
		below, equal, above := passes[thread.Below], passes[thread.Equal], passes[thread.Above]
		if below == equal && equal == above || below && above ||
			passes[thread.AtLeast] != (equal || above) || passes[thread.AtMost] != (equal || below) {
			t.Fatalf("%v against %v%s: %v", value, at, unit, passes)
		}
	})
}

// Whatever is agreed and measured, people are told in a sentence, and programs
// in JSON, which knows no NaN.
func TestEveryResultCanBeTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := thread.Evaluate(gates.Draw(t, "gates"), measured.Draw(t, "measured"))
		for _, r := range v.Results {
			if !strings.HasSuffix(r.Sentence.String(), ".") || len(r.Sentence.String()) > 2000 || strings.Contains(r.Sentence.String(), "NaN") || strings.Contains(r.Sentence.String(), "Inf") {
				t.Fatalf("%+v: %q is no sentence", r.Gate, r.Sentence.String())
			}
			if r.Doubt.String() != "" && !strings.HasSuffix(r.Doubt.String(), ".") {
				t.Fatalf("%+v: %q is no sentence", r.Gate, r.Doubt.String())
			}
			if r.State == thread.NoData && (r.Value != 0 || r.Margin != 0) {
				t.Fatalf("%+v: no data, and the value %v with the margin %v", r.Gate, r.Value, r.Margin)
			}
		}
		if _, err := json.Marshal(v); err != nil {
			t.Fatal(err)
		}
	})
}

// However teammates' changes meet, all hold the same gate, and it passes
// exactly what each of them would pass alone.
func TestADisputePassesWhatEveryReadingPasses(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		choices := map[string][]string{
			"threshold": {"0.5", "0.6", "0.8", "0.80", "0.9", ""}, "comparison": {">=", ">", "<=", "<", "="},
		}
		field := rapid.SampledFrom([]string{"threshold", "comparison"}).Draw(rt, "field")
		choice := rapid.SampledFrom(choices[field])
		base := requirement(t, 1, "recall", ">=", "0.7", "")
		mine, yours := base.copied(2), base.copied(3)
		mine.set(field, choice.Draw(rt, "mine"))
		yours.set(field, choice.Draw(rt, "yours"))
		left, right := mine.copied(2), yours.copied(3)
		left.doc.Merge(yours.doc)
		right.doc.Merge(mine.doc)
		together, missing := thread.From(left.doc)
		if g, lacks := thread.From(right.doc); !cmp.Equal(g, together) || !slices.Equal(lacks, missing) {
			rt.Fatalf("two that have met hold %+v and %+v", together, g)
		}
		if missing != nil || together.Disputed == nil {
			return
		}
		value := rapid.SampledFrom([]float64{0.4, 0.5, 0.55, 0.6, 0.8, 0.85, 0.9, 0.95}).Draw(rt, "value")
		everybody := true
		for _, k := range []*desk{mine, yours} {
			if g, missing := thread.From(k.doc); missing == nil {
				everybody = everybody && evaluate(g, "recall", value).State == thread.Pass
			}
		}
		if got := evaluate(together, "recall", value).State == thread.Pass; got != everybody {
			rt.Fatalf("%v passes %+v: %v; each alone: %v", value, together, got, everybody)
		}
	})
}
