package value

import (
	"fmt"
	"math"
	"strings"
)

// BreakEven is where a variable, the others at their best guess, leaves just
// nothing of the net. Of a value per period, what is paid once is no part of
// that: how long it takes to come back is the payback.
type BreakEven struct {
	Name  string `json:"name"`
	Label string `json:"label,omitempty"`
	Unit  string `json:"unit,omitempty"`
	// Value is nil when nothing between From and To breaks even.
	Value *float64 `json:"value"`
	From  float64  `json:"from"` // what was searched
	To    float64  `json:"to"`
	// Words say it in a sentence.
	Words string `json:"words"`
}

const (
	// searchReach is how many times the best guess is searched.
	searchReach = 10
	// searchSteps is how finely: a formula may cross zero more than once.
	searchSteps = 200
)

// breakEven searches every variable that the formula depends on.
func (p *Plan) breakEven() []BreakEven {
	out := []BreakEven{}
	base, charges := p.bestGuesses(), p.charges()
	for i, v := range p.variables {
		if !p.used[i] {
			continue
		}
		net := func(x float64) (float64, bool) {
			y, err := p.at(with(base, i, x))
			return y - charges, err == nil
		}
		from, to := v.reach()
		b := BreakEven{Name: v.name, Label: p.model.Variables[i].Label, Unit: v.text, From: from, To: to}
		now, _ := net(v.best)
		if x, ok := nearestRoot(net, v.best, from, to); ok {
			b.Value = &x
		}
		b.Words = b.sentence(v, now)
		out = append(out, b)
	}
	return out
}

// reach is between which numbers a break-even would still mean something: a
// share is searched as a share, anything else up to ten times what it is.
func (in input) reach() (from, to float64) {
	size := max(math.Abs(in.low), math.Abs(in.high), math.Abs(in.best))
	switch {
	case strings.TrimSpace(in.text) == "%" && in.low >= 0 && in.high <= 1:
		return 0, 1
	case size == 0:
		return -1, 1
	case in.low >= 0:
		return 0, searchReach * size
	case in.high <= 0:
		return -searchReach * size, 0
	default:
		return -searchReach * size, searchReach * size
	}
}

// nearestRoot returns the number nearest to best, between from and to, where f
// is 0.
func nearestRoot(f func(float64) (float64, bool), best, from, to float64) (float64, bool) {
	nearest, found := 0.0, false
	consider := func(x float64) {
		if !found || math.Abs(x-best) < math.Abs(nearest-best) {
			nearest, found = x, true
		}
	}
	before, fBefore, okBefore := 0.0, 0.0, false
	for i := range searchSteps + 1 {
		x := from + (to-from)*float64(i)/searchSteps
		fx, ok := f(x)
		switch {
		case ok && fx == 0:
			consider(x)
		case ok && okBefore && fBefore != 0 && (fx > 0) != (fBefore > 0):
			if r, ok := root(f, before, x); ok {
				consider(r)
			}
		}
		before, fBefore, okBefore = x, fx, ok
	}
	return nearest, found
}

// sentence says where the break-even is, for a net that is now with the best guess.
func (b BreakEven) sentence(v input, now float64) string {
	name := v.name
	if b.Value == nil {
		span := Short(b.From, v.text) + " and " + Amount(b.To, v.text)
		if now >= 0 {
			return fmt.Sprintf("Whatever %s is between %s, it pays.", name, span)
		}
		return fmt.Sprintf("No %s between %s covers the costs.", name, span)
	}
	at := Amount(*b.Value, v.text)
	switch {
	case now > 0 && *b.Value < v.best:
		return fmt.Sprintf("It pays while %s stays above %s.", name, at)
	case now > 0:
		return fmt.Sprintf("It pays while %s stays below %s.", name, at)
	case now < 0 && *b.Value > v.best:
		return fmt.Sprintf("It would pay once %s is above %s.", name, at)
	case now < 0:
		return fmt.Sprintf("It would pay once %s is below %s.", name, at)
	default:
		return fmt.Sprintf("With %s at %s nothing is gained and nothing lost.", name, at)
	}
}
