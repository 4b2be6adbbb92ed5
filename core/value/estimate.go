package value

import "cairn/core/sentence"

// DefaultSamples is how many samples an estimate draws if not told: the mean
// is then off by about a hundredth of the standard deviation.
const DefaultSamples = 10_000

// maxWork bounds samples times instructions: a minute or so.
const maxWork = 20_000_000_000

// Options say how an estimate is simulated.
type Options struct {
	Samples int    // DefaultSamples when 0
	Seed    uint64 // the same seed, the same draws
}

// Estimate is what a model is worth. Its JSON names are part of the command
// line's contract.
type Estimate struct {
	Name    string `json:"name"`
	About   string `json:"about,omitempty"`
	Formula string `json:"formula"`
	// Worked is the formula with the best guesses in it.
	Worked string `json:"worked"`
	// Expected is the value with every variable at its best guess. The mean
	// below is what comes out on average; where the two differ, the ranges
	// lean to one side or the formula is curved.
	Expected  float64          `json:"expected"`
	Unit      string           `json:"unit"`
	Variables []VariableResult `json:"variables"`
	Steps     []StepResult     `json:"steps"`

	Samples int    `json:"samples"`
	Seed    uint64 `json:"seed"`
	Spread
	Histogram   Histogram   `json:"histogram"`
	Sensitivity []Effect    `json:"sensitivity"`
	BreakEven   []BreakEven `json:"break_even"`

	Costs CostSummary `json:"costs"`
	// Net is what is left of the expected value: per period, what returns is
	// taken off; of a total, everything.
	Net       float64 `json:"net"`
	NetSpread Spread  `json:"net_spread"`
	// ProbabilityOfLoss is the share of samples in which the net is below 0.
	ProbabilityOfLoss float64 `json:"probability_of_loss"`
	// PaybackMonths is nil when what is paid once never comes back, or the
	// value is a total.
	PaybackMonths *float64         `json:"payback_months"`
	Scenarios     []ScenarioResult `json:"scenarios"`
	Notes         []string         `json:"notes"` // what a reader should look at twice
}

// VariableResult is a variable in an estimate.
type VariableResult struct {
	Name  string  `json:"name"`
	Label string  `json:"label,omitempty"`
	Unit  string  `json:"unit,omitempty"`
	Value float64 `json:"value"` // the best guess
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Shape Shape   `json:"distribution"`
	Mean  float64 `json:"mean"`
	Why   string  `json:"why,omitempty"`
}

// StepResult is a step in an estimate.
type StepResult struct {
	Name    string  `json:"name"`
	Label   string  `json:"label,omitempty"`
	Unit    string  `json:"unit,omitempty"`
	Formula string  `json:"formula"`
	Worked  string  `json:"worked"`
	Value   float64 `json:"value"`
}

// Estimate works the plan out. The error is a *Error, such as a division by
// zero that only some of the samples meet.
func (p *Plan) Estimate(o Options) (*Estimate, error) {
	if o.Samples == 0 {
		o.Samples = DefaultSamples
	}
	if o.Samples < 1 || o.Samples > MaxSamples {
		return nil, wrong(sentence.New("the number of samples"), sentence.New("10,000 is enough for most; the largest is 1,000,000."), "A simulation can't draw %d samples.", o.Samples)
	}
	if work := o.Samples * p.size * (1 + len(p.model.Scenarios)); work > maxWork {
		return nil, wrong(sentence.New("the number of samples"), sentence.New("Draw fewer."), "%s samples of a model of this size would take minutes.", FormatNumber(float64(o.Samples)))
	}
	e, sim, err := p.outline(o)
	if err != nil {
		return nil, err
	}
	if e.Sensitivity, err = p.sensitivity(o.Seed, sim); err != nil {
		return nil, err
	}
	e.BreakEven, e.Notes = p.breakEven(), []string{}
	for _, n := range p.Notes() {
		e.Notes = append(e.Notes, n.String())
	}
	e.Scenarios, err = p.scenarios(o, e.Expected)
	return e, err
}

// Expected works out what follows from the best guesses alone, in a hundredth
// of the time: the formula with its numbers, the steps, the costs, what is left
// and when it has paid back. All else of the estimate is empty. The error is a
// *Error.
func (p *Plan) Expected() (*Estimate, error) {
	e := &Estimate{
		Name: p.model.Name, About: p.model.About, Formula: p.model.Formula, Unit: p.model.Unit,
		Costs: p.costSummary(),
	}
	if err := p.expect(e); err != nil {
		return nil, err
	}
	e.Net = e.Expected - p.charges()
	if months, ok := p.payback(e.Costs.Once, e.Net); ok {
		e.PaybackMonths = &months
	}
	return e, nil
}

// outline is the part of an estimate in which scenarios are compared.
func (p *Plan) outline(o Options) (*Estimate, simulation, error) {
	e, err := p.Expected()
	if err != nil {
		return nil, simulation{}, err
	}
	e.Samples, e.Seed = o.Samples, o.Seed
	sim, err := p.simulate(o.Samples, o.Seed)
	if err != nil {
		return nil, simulation{}, err
	}
	values, nets := numbers(sim.values), numbers(sim.nets)
	e.Spread, e.Histogram = spread(values), histogram(values)
	e.NetSpread, e.ProbabilityOfLoss = spread(nets), lossShare(nets)
	return e, sim, nil
}

// expect fills in what follows from the best guesses.
func (p *Plan) expect(e *Estimate) error {
	eval := p.evaluator(p.bestGuesses())
	e.Variables = make([]VariableResult, 0, len(p.variables))
	for i, v := range p.variables {
		m := p.model.Variables[i]
		e.Variables = append(e.Variables, VariableResult{v.name, m.Label, v.text, v.best, v.low, v.high, v.shape, v.mean(), m.Why})
	}
	e.Steps = make([]StepResult, len(p.steps))
	for _, s := range p.steps {
		i := s.slot - len(p.variables)
		m := p.model.Steps[i]
		if err := eval.faults[s.slot]; err != nil {
			return err
		}
		e.Steps[i] = StepResult{m.Name, m.Label, m.Unit, m.Formula, p.worked(s.tree, eval.slots), eval.slots[s.slot]}
	}
	var err error
	e.Worked = p.worked(p.formula.tree, eval.slots)
	e.Expected, err = eval.result(p.formula.tree)
	return err
}

// suspectShare is from which share on a person may have meant percent.
const suspectShare = 10

// Notes returns what is allowed and may still be a slip.
func (p *Plan) Notes() []sentence.Sentence {
	var notes []sentence.Sentence
	shown := make([]bool, len(p.variables))
	for _, s := range p.steps {
		for n := range s.tree.names() {
			if n.slot < len(shown) {
				shown[n.slot] = true
			}
		}
	}
	for i, v := range p.variables {
		if !p.used[i] && !shown[i] {
			notes = append(notes, sentence.New("%s has no effect: neither the formula nor a step uses it.", v.name))
		}
		if v.text == "%" && v.best >= suspectShare {
			notes = append(notes, sentence.New("%s is %s: write 80%% or 0.8 for eighty per cent.", v.name, Amount(v.best, v.text)))
		}
	}
	return notes
}
