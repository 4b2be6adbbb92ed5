package thread

import (
	"math"
	"slices"
	"strconv"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/sentence"
	"cairn/core/value"
)

// Worth is what the value model that a strand reaches comes to, at the best
// guesses.
type Worth struct {
	Model id.Doc  `json:"model"`
	Name  string  `json:"name"`
	Unit  string  `json:"unit"` // of all amounts of the worth and its stake
	Value float64 `json:"value"`
	Net   float64 `json:"net"` // what is left after costs
	// Stake is nil when the requirement is not about a variable of the model, in
	// the unit of that variable.
	Stake *Stake `json:"stake,omitempty"`
}

// Stake is what a requirement is worth: the value model with the variable that
// the requirement is about where it was agreed, everything else at its best
// guess. Thresholds and shares are plain numbers: 80 % is 0.8.
type Stake struct {
	Variable   string     `json:"variable"`
	Label      string     `json:"label,omitempty"`
	Unit       string     `json:"unit,omitempty"` // of the variable
	Comparison Comparison `json:"comparison"`
	Threshold  float64    `json:"threshold"` // of what is disputed, the strictest
	Assumed    float64    `json:"assumed"`   // what the model reckons with

	Value      float64 `json:"value"` // with the variable at the threshold
	Net        float64 `json:"net"`
	Pays       bool    `json:"pays"`       // the net is not below 0
	Difference float64 `json:"difference"` // of the value to that with the assumption

	Miss      float64 `json:"miss"` // where the requirement is missed by a tenth of the threshold
	MissValue float64 `json:"miss_value"`
	AtRisk    float64 `json:"at_risk"` // by how much that is less; below 0 when it is more

	// BreakEven is where the net is 0, nil when it nowhere is. PaysNot is on which
	// side of it the project does not pay.
	BreakEven *float64 `json:"break_even"`
	PaysNot   Side     `json:"pays_not,omitempty"`
	Sentences []string `json:"sentences"` // the same for people
}

// Side is a side of a break-even.
type Side string

// The sides.
const (
	SideBelow Side = "below"
	SideAbove Side = "above"
)

// missShare is by how much of the threshold a requirement is taken to be missed:
// the same share for all, so that what is at stake can be compared.
const missShare = 0.1

// ledger works a value model out, once.
type ledger struct {
	model    Model
	worked   bool
	estimate *value.Estimate   // nil when it can't be worked out
	problem  sentence.Sentence // says why not
}

func (l *ledger) result() *value.Estimate {
	if l.worked {
		return l.estimate
	}
	l.worked, l.problem = true, l.model.Problem
	if !l.problem.IsZero() {
		return nil
	}
	var err error
	if l.estimate, err = estimate(l.model.Value); err != nil {
		l.problem, _ = fault.Told(err)
	}
	return l.estimate
}

// estimate works a model out at its best guesses, where chance plays no part.
func estimate(m value.Model) (*value.Estimate, error) {
	m.Scenarios = nil
	plan, err := value.Check(m)
	if err != nil {
		return nil, err
	}
	return plan.Estimate(value.Options{Samples: 1})
}

// quantity returns what a variable or step of the model is.
func (l *ledger) quantity(name string) Quantity {
	q := Quantity{Model: l.model.Doc.ID(), Name: name}
	for _, v := range l.model.Value.Variables {
		if v.Name == name {
			q.Label, q.Unit = v.Label, v.Unit
		}
	}
	for _, v := range l.model.Value.Steps {
		if v.Name == name {
			q.Label, q.Unit, q.Computed = v.Label, v.Unit, true
		}
	}
	e := l.result()
	if e == nil {
		return q
	}
	for _, v := range e.Variables {
		if v.Name == name {
			q.Value = &v.Value
		}
	}
	for _, v := range e.Steps {
		if v.Name == name {
			q.Value = &v.Value
		}
	}
	return q
}

// weigh adds to a strand what it is worth.
func (s *spinner) weigh(out *Strand, g *Gate, reached []*ledger) {
	if len(reached) == 0 {
		return
	}
	at := reached[0]
	stake := (*Stake)(nil)
	if b, variable, ok := s.about(out, g); ok {
		at = s.ledgers[variable]
		stake = at.stake(*g, b, variable)
	}
	e := at.result()
	if e == nil {
		out.Problem, out.ProblemWords, out.States.Value = at.problem.String(), &at.problem, LinkBroken
		return
	}
	out.Worth = &Worth{Model: at.model.Doc.ID(), Name: e.Name, Unit: e.Unit, Value: e.Expected, Net: e.Net, Stake: stake}
	if stake != nil {
		stake.Sentences = stake.sentences(e.Unit)
	}
}

// about returns the bound of a gate whose metric is a key metric of the strand
// that measures a variable, and that variable.
func (s *spinner) about(out *Strand, g *Gate) (Bound, string, bool) {
	if g == nil {
		return Bound{}, "", false
	}
	for _, b := range g.Bounds {
		i := slices.IndexFunc(out.Metrics, func(m Measure) bool { return m.Variable != "" && sameName(m.Name) == sameName(b.Metric) })
		if i >= 0 {
			return b, out.Metrics[i].Variable, true
		}
	}
	return Bound{}, "", false
}

// stake returns what a bound on a variable of the model is worth, nil when the
// numbers of both can't be compared.
func (l *ledger) stake(g Gate, b Bound, variable string) *Stake {
	e := l.result()
	if e == nil {
		return nil
	}
	i := slices.IndexFunc(e.Variables, func(v value.VariableResult) bool { return v.Name == variable })
	if i < 0 || !alike(g.Unit, e.Variables[i].Unit) {
		return nil
	}
	v := e.Variables[i]
	s := &Stake{Variable: v.Name, Label: v.Label, Unit: v.Unit, Comparison: b.Comparison, Threshold: g.limit(b), Assumed: v.Value}
	var ok bool
	if s.Value, s.Net, ok = l.at(variable, s.Threshold); !ok {
		return nil
	}
	s.Pays, s.Difference = s.Net >= 0, difference(s.Value, e.Expected)
	if !l.miss(s) {
		return nil
	}
	l.breakEven(s, e)
	return s
}

// alike reports whether a threshold in one unit, as a plain number, stands beside
// a quantity in another as it is.
func alike(threshold, quantity string) bool {
	q, err := value.ParseUnit(quantity)
	if err != nil {
		return false
	}
	if isPercent(threshold) {
		return q.Pure()
	}
	t, err := value.ParseUnit(threshold)
	return err == nil && t.Equal(q)
}

// at works the model out with a variable at x.
func (l *ledger) at(variable string, x float64) (worth, net float64, ok bool) {
	m := l.model.Value
	m.Scenarios = nil
	m, err := m.Override(variable, strconv.FormatFloat(x, 'g', -1, 64))
	if err != nil {
		return 0, 0, false
	}
	plan, err := value.Check(m)
	if err != nil {
		return 0, 0, false
	}
	e, err := plan.Expected()
	if err != nil {
		return 0, 0, false
	}
	return e.Expected, e.Net, true
}

// miss fills in what it costs to miss the requirement.
func (l *ledger) miss(s *Stake) bool {
	by := missShare * math.Abs(s.Threshold)
	ends := []float64{difference(s.Threshold, by)}
	switch s.Comparison {
	case AtMost, Below:
		ends = []float64{difference(s.Threshold, -by)}
	case Equal:
		ends = append(ends, difference(s.Threshold, -by))
	default: // more is better
	}
	for i, x := range ends {
		worth, _, ok := l.at(s.Variable, x)
		if !ok {
			return false
		}
		if risk := difference(s.Value, worth); i == 0 || risk > s.AtRisk {
			s.Miss, s.MissValue, s.AtRisk = x, worth, risk
		}
	}
	return true
}

// breakEven fills in where the project stops to pay, as far as what was worked
// out beside that and at the threshold agrees with it.
func (l *ledger) breakEven(s *Stake, e *value.Estimate) {
	i := slices.IndexFunc(e.BreakEven, func(b value.BreakEven) bool { return b.Name == s.Variable })
	if i < 0 || e.BreakEven[i].Value == nil {
		return
	}
	const beside = 1e-3 // far enough for the sign to be sure
	x := *e.BreakEven[i].Value
	by := beside * max(math.Abs(x), math.Abs(s.Threshold-x))
	_, below, okBelow := l.at(s.Variable, x-by)
	_, above, okAbove := l.at(s.Variable, x+by)
	s.BreakEven = &x
	switch {
	case !okBelow || !okAbove:
	case below < 0 && above > 0 && s.Pays == (s.Threshold >= x):
		s.PaysNot = SideBelow
	case below > 0 && above < 0 && s.Pays == (s.Threshold <= x):
		s.PaysNot = SideAbove
	}
}
