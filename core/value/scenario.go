package value

import (
	"errors"

	"cairn/core/sentence"
)

// ScenarioResult is the estimate of a scenario, for comparison with the base.
type ScenarioResult struct {
	Name     string            `json:"name"`
	Set      map[string]string `json:"set,omitempty"`
	Expected float64           `json:"expected"`
	// Difference is to the base's expected value.
	Difference        float64  `json:"difference"`
	Mean              float64  `json:"mean"`
	P10               float64  `json:"p10"`
	P50               float64  `json:"p50"`
	P90               float64  `json:"p90"`
	Net               float64  `json:"net"`
	ProbabilityOfLoss float64  `json:"probability_of_loss"`
	PaybackMonths     *float64 `json:"payback_months"`
}

// In returns the model as the scenario has it. The error is a *Error.
func (m Model) In(s Scenario) (Model, error) {
	m, err := m.With(s.Set)
	if err != nil {
		return m, inScenario(err, s)
	}
	m.Scenarios = nil
	return m, nil
}

// inScenario adds to a problem which scenario has it.
func inScenario(err error, s Scenario) error {
	problem, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	return problem.but(func(p *placed) { p.where = sentence.New("%s, in the scenario %s", p.where, clip(s.Name)) })
}

// checkScenarios reports a scenario that can't be planned.
func (p *Plan) checkScenarios() error {
	names := map[string]bool{}
	for _, s := range p.model.Scenarios {
		where := sentence.New("the scenario %s", clip(s.Name))
		if err := checkText(where, sentence.New("name"), s.Name, maxNameRunes); err != nil {
			return err
		}
		if s.Name == "" || names[s.Name] {
			return wrong(where, sentence.New("Give every scenario a name of its own."), "The scenario's name %q is given twice, or is none.", clip(s.Name))
		}
		names[s.Name] = true
		if len(s.Set) > MaxVariables+MaxCosts {
			return wrong(where, sentence.New("Leave out what stays as it is."), "It sets %d numbers.", len(s.Set))
		}
		if _, err := p.scenario(s); err != nil {
			return err
		}
	}
	return nil
}

func (p *Plan) scenario(s Scenario) (*Plan, error) {
	m, err := p.model.In(s)
	if err != nil {
		return nil, err
	}
	plan, err := Check(m)
	if err != nil {
		return nil, inScenario(err, s)
	}
	return plan, nil
}

// scenarios estimates every scenario with the draws of the base, so that what
// differs comes from the numbers and not from chance.
func (p *Plan) scenarios(o Options, base float64) ([]ScenarioResult, error) {
	out := []ScenarioResult{}
	for _, s := range p.model.Scenarios {
		plan, err := p.scenario(s)
		if err != nil {
			return nil, err
		}
		e, _, err := plan.outline(o)
		if err != nil {
			return nil, inScenario(err, s)
		}
		out = append(out, ScenarioResult{
			Name: s.Name, Set: s.Set, Expected: e.Expected, Difference: e.Expected - base, Mean: e.Mean,
			P10: e.P10, P50: e.P50, P90: e.P90, Net: e.Net, ProbabilityOfLoss: e.ProbabilityOfLoss, PaybackMonths: e.PaybackMonths,
		})
	}
	return out, nil
}
