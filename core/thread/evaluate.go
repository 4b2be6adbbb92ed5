package thread

import (
	"slices"

	"cairn/core/sentence"
)

// State is how a gate stands.
type State string

// The states. Only Pass opens.
const (
	Pass   State = "pass"
	Fail   State = "fail"
	NoData State = "no_data"
)

// rank orders states by how much they speak against opening.
func (s State) rank() int { return slices.Index([]State{Pass, NoData, Fail}, s) }

// Result is how one gate stands to what was measured.
type Result struct {
	Gate  Gate
	State State
	Bound Bound // the one that decided: the zero Bound if none can be read
	// Value is what was measured, and Margin by how much it is on the right
	// side of the threshold (negative: on the wrong one), as plain numbers also
	// where the unit is %. Both are 0 when State is NoData.
	Value, Margin float64
	Sentence      sentence.Sentence // for people: what was measured, beside what was agreed
	// Doubt is a sentence about numbers that suggest a mistake about percent,
	// zero when there is none. It decides nothing.
	Doubt sentence.Sentence
}

// Verdict is how all gates stand together.
type Verdict struct {
	Open    bool     // every gate passes; so also where there is none
	Results []Result // in the order of the gates
	Asked   []string // the metrics that the gates ask for, in their order, once each
	Unused  []string // measured, and no gate asks for it; sorted
}

// Evaluate holds what was measured, by the names of metrics, to gates. It is
// the one evaluation: whatever lets something pass or stops it, asks here.
func Evaluate(gates []Gate, measured map[string]float64) Verdict {
	m := collect(measured)
	v := Verdict{Open: true, Results: make([]Result, len(gates))}
	asked := map[string]bool{} // by sameName
	for i, g := range gates {
		r := g.evaluate(m)
		v.Results[i] = r
		v.Open = v.Open && r.State == Pass
		for _, b := range g.Bounds {
			if name := sameName(b.Metric); !asked[name] {
				asked[name] = true
				v.Asked = append(v.Asked, b.Metric)
			}
		}
	}
	for name, spellings := range m {
		if !asked[name] {
			for _, x := range spellings {
				v.Unused = append(v.Unused, x.name)
			}
		}
	}
	slices.Sort(v.Unused)
	return v
}

// evaluate returns the result of the bound that speaks most against opening.
func (g Gate) evaluate(m measurements) Result {
	worst := Result{Gate: g, State: NoData, Sentence: unread()}
	for i, b := range g.Bounds {
		r := g.hold(b, m)
		if i == 0 || r.State.rank() > worst.State.rank() || r.State == worst.State && r.Margin < worst.Margin {
			worst = r
		}
	}
	if g.Unread && worst.State != Fail {
		return Result{Gate: g, State: NoData, Bound: worst.Bound, Sentence: unread(), Doubt: worst.Doubt}
	}
	return worst
}

// hold evaluates one bound.
func (g Gate) hold(b Bound, m measurements) Result {
	r := Result{Gate: g, State: NoData, Bound: b}
	var err error
	r.Value, err = m.of(b.Metric)
	if err != nil {
		r.Sentence, r.Doubt = b.withoutData(err), g.doubt(r)
		return r
	}
	at := g.limit(b)
	o := order(r.Value, at)
	r.State = Fail
	if b.Comparison.passes(o) {
		r.State = Pass
	}
	if o != 0 {
		r.Margin = difference(r.Value, at)
		if b.Comparison == AtMost || b.Comparison == Below || b.Comparison == Equal && o > 0 {
			r.Margin = -r.Margin
		}
	}
	r.Sentence, r.Doubt = g.withData(b, r.Value, o), g.doubt(r)
	return r
}

// limit returns the threshold as a measured value would have to be.
func (g Gate) limit(b Bound) float64 {
	if isPercent(g.Unit) {
		return shift(b.Threshold, -2)
	}
	return b.Threshold
}
