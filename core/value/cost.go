package value

import (
	"fmt"

	"cairn/core/sentence"
)

// outlay is a checked cost.
type outlay struct {
	input
	cost Cost
	// share turns one payment into what it is per period of the value; 0 when
	// the cost is paid once.
	share float64
}

// addCosts settles how often each cost is paid, and that it is in the money
// that the value is in.
func (p *Plan) addCosts(sc *scope) error {
	names := map[string]bool{}
	for _, c := range p.model.Costs {
		where := sentence.New("the cost %s", clip(c.Name))
		if err := checkText(where, sentence.New("name"), c.Name, maxNameRunes); err != nil {
			return err
		}
		if _, taken := sc.slots[c.Name]; taken || names[c.Name] || c.Name == "" {
			return wrong(where, sentence.New("Give every cost and every variable a name of its own."), "The name %q is given twice, or is none.", clip(c.Name))
		}
		names[c.Name] = true
		d, err := c.resolve(where)
		if err != nil {
			return err
		}
		if c.Unit == "" {
			c.Unit = p.model.Unit
			if c.Every != "" {
				c.Unit = p.unit.withoutPeriod().String()
			}
		}
		o := outlay{input: input{name: c.Name, text: c.Unit, distribution: d}, cost: c}
		if o.unit, err = ParseUnit(c.Unit); err != nil {
			return badUnit(where, c.Unit)
		}
		if o.share, err = p.share(where, o.unit, c.Every); err != nil {
			return err
		}
		p.costs = append(p.costs, o)
	}
	return nil
}

// share returns how much of one payment falls on one period of the value, 0
// for a cost that is paid once.
func (p *Plan) share(where sentence.Sentence, unit Unit, every string) (float64, error) {
	mine, its := p.unit.period(), unit.period()
	if !unit.withoutPeriod().Equal(p.unit.withoutPeriod()) {
		return 0, wrong(where, sentence.New("Give both in the same money; a variable in %s converts the value.", p.unit.withoutPeriod().Per(unit.withoutPeriod()).String()), "It is in %s and the value in %s.", unit.words(), p.unit.words())
	}
	var months float64
	switch {
	case its != "" && every != "":
		return 0, wrong(where, sentence.New("Leave out one of them."), "Its unit %s and its every, %s, both say how often.", unit, clip(every))
	case every != "":
		var ok bool
		if months, ok = parseEvery(every); !ok {
			return 0, wrong(where, sentence.New("Write a stretch of time such as 3 months."), "%q does not say how often.", clip(every))
		}
	case its != "":
		months = monthsIn[its]
	default:
		return 0, nil
	}
	if mine == "" {
		return 0, wrong(where, sentence.New("Give the value per month or year, or the cost as a total."), "It returns, and the value is a total in %s.", p.unit.words())
	}
	return monthsIn[mine] / months, nil
}

// CostSummary is the cost side of an estimate, at the best guesses.
type CostSummary struct {
	Once      float64      `json:"once"`       // paid before it starts: build
	PerPeriod float64      `json:"per_period"` // what returns, per period of the value
	Period    string       `json:"period,omitempty"`
	Items     []CostResult `json:"items"`
}

// CostResult is one cost in an estimate.
type CostResult struct {
	Name      string  `json:"name"`
	Label     string  `json:"label,omitempty"`
	Unit      string  `json:"unit"`
	Value     float64 `json:"value"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Every     string  `json:"every,omitempty"`
	PerPeriod float64 `json:"per_period,omitempty"` // 0 for a cost paid once
	Why       string  `json:"why,omitempty"`
}

func (p *Plan) costSummary() CostSummary {
	out := CostSummary{Period: p.unit.period(), Items: []CostResult{}}
	for _, o := range p.costs {
		out.Items = append(out.Items, CostResult{
			Name: o.name, Label: o.cost.Label, Unit: o.text, Value: o.best, Low: o.low, High: o.high,
			Every: o.cost.Every, PerPeriod: o.share * o.best, Why: o.cost.Why,
		})
		if o.share == 0 {
			out.Once += o.best
		} else {
			out.PerPeriod += o.share * o.best
		}
	}
	return out
}

// against returns what one period's value has to bear of the cost: a value
// that is a total bears all of it.
func (p *Plan) against(o outlay, amount float64) float64 {
	if p.unit.period() == "" {
		return amount
	}
	return o.share * amount
}

// charges returns what the value has to bear, at the best guesses.
func (p *Plan) charges() float64 {
	sum := 0.0
	for _, o := range p.costs {
		sum += p.against(o, o.best)
	}
	return sum
}

// String says in words what is paid and how often.
func (c CostResult) String() string {
	switch amount := Amount(c.Value, c.Unit); {
	case c.Every != "":
		return fmt.Sprintf("%s every %s", amount, c.Every)
	case c.PerPeriod == 0:
		return amount + " once"
	default:
		return amount
	}
}
