package demo

import (
	"cairn/core/value"
)

// exact is a number that nobody doubts.
func exact(x float64) value.Quantity { return value.Quantity{Value: &x} }

// about is a number that may lie between low and high.
func about(x, low, high float64) value.Quantity {
	return value.Quantity{Value: &x, Low: &low, High: &high}
}

// firstModel is the value model as the template for churn has it.
func (s *script) firstModel() value.Model {
	per := func(what string) string { return s.currency + what }
	return value.Model{
		Name:    s.of("Churn"),
		About:   s.of("A discount for customers whom the model expects to leave. Counts one month's revenue of the customers kept; that they stay longer is left out."),
		Unit:    per("/month"),
		Formula: "kept * discounted_price",
		Variables: []value.Variable{
			{Name: "customers", Label: s.of("Customers"), Unit: "customer", Quantity: exact(100_000), Why: s.of("billing, last month")},
			{Name: "price", Label: s.of("Price of a month"), Unit: per("/customer"), Quantity: exact(s.amount(10)), Why: s.of("price list")},
			{Name: "churners", Label: s.of("Customers who leave a month"), Unit: "customer/month", Quantity: about(1000, 800, 1300), Why: s.of("mean of last year; the range is its best and its worst month")},
			{Name: "accuracy", Label: s.of("Churners the model finds"), Unit: "%", Quantity: about(0.8, 0.6, 0.9), Why: s.of("assumption, until a model is tested on a hold-out set")},
			{Name: "retained", Label: s.of("Found churners the discount keeps"), Unit: "%", Quantity: about(0.5, 0.35, 0.6), Why: s.of("the spring campaign")},
			{Name: "discounted_price", Label: s.of("Price of a month after the discount"), Unit: per("/customer"), Quantity: exact(s.amount(8)), Why: s.of("offer as planned")},
		},
		Steps: []value.Step{
			{Name: "churn_rate", Label: s.of("Share of customers who leave a month"), Unit: "1/month", Formula: "churners / customers"},
			{Name: "lost", Label: s.of("Revenue that leaves with them"), Unit: per("/month"), Formula: "churners * price"},
			{Name: "kept", Label: s.of("Customers kept"), Unit: "customer/month", Formula: "churners * accuracy * retained"},
		},
		Costs: []value.Cost{
			{Name: "build", Label: s.of("Build the model"), Unit: s.currency, Quantity: about(s.amount(15_000), s.amount(10_000), s.amount(25_000)), Why: s.of("two people for a month")},
			{Name: "running", Label: s.of("Run and watch it"), Unit: per("/month"), Quantity: exact(s.amount(900)), Why: s.of("a small server and a day's work")},
			{Name: "retraining", Label: s.of("Retrain it"), Unit: s.currency, Quantity: exact(s.amount(600)), Every: "3 months", Why: s.of("a day's work and a review")},
		},
		Scenarios: []value.Scenario{
			{Name: s.of("Weak model"), Set: map[string]string{"accuracy": "0.6"}},
			{Name: s.of("Strong model"), Set: map[string]string{"accuracy": "0.9"}},
		},
	}
}

// firstEstimate saves the model as the worked case has it: $3,200 a month.
func (s *script) firstEstimate() value.Model {
	t := s.team
	s.at(1, 9, 20)
	m := s.firstModel()
	s.saves(t.stakeholder, m)
	s.meet(t.all()...)
	return m
}

// set changes the quantity of a variable, and where it comes from.
func set(m *value.Model, name string, q value.Quantity, why string) {
	for i := range m.Variables {
		if v := &m.Variables[i]; v.Name == name {
			v.Quantity, v.Why = q, why
		}
	}
}

// objection is the expert's: the discount keeps fewer than the stakeholder
// thought. The estimate falls to $2,560.
func (s *script) objection(m value.Model) {
	t := s.team
	s.at(4, 10, 5)
	raised := s.says(t.expert, remark{
		about: &s.model, field: "variables/retained",
		text: s.of("@Maren Solberg the spring campaign kept half of those it reached, but there every customer got a call. With text messages we have never kept more than 45 %. Please don't promise the board a half."),
	})
	s.meet(t.expert, t.stakeholder)
	s.at(4, 10, 31)
	s.says(t.stakeholder, remark{about: &s.model, field: "variables/retained", answers: raised, text: s.of("Better now than later. What would you put, with a range?")})
	s.meet(t.expert, t.stakeholder)
	s.at(4, 11, 10)
	s.says(t.expert, remark{about: &s.model, field: "variables/retained", answers: raised, text: s.of("40 %, and between 30 and 50. That covers all three text campaigns we had.")})
	s.meet(t.expert, t.stakeholder)
	s.at(4, 11, 24)
	changed := m
	changed.Variables = append([]value.Variable{}, m.Variables...)
	changed.Scenarios = append([]value.Scenario{}, m.Scenarios...)
	set(&changed, "retained", about(0.4, 0.3, 0.5), s.of("three campaigns by text message"))
	changed.Scenarios = append(changed.Scenarios, value.Scenario{
		Name: s.of("A call instead of a text"), Set: map[string]string{"retained": "0.5", "running": exact(s.amount(2400)).String()},
	})
	s.saves(t.stakeholder, changed)
	s.says(t.stakeholder, remark{
		about: &s.model, field: "variables/retained", answers: raised,
		text: s.of("Done: 40 %, from 30 to 50. That takes us from $3,200 to $2,560 a month. Still worth doing, and now it is a number that I can defend."),
	})
	s.closes(t.stakeholder, raised)
	s.meet(t.all()...)
}

// wrongOffers is what the scientist adds: who would have stayed takes the
// discount too. The estimate falls to $2,160.
func (s *script) wrongOffers(m value.Model) {
	t := s.team
	s.at(5, 13, 40)
	m.Formula = "kept * discounted_price - given_away"
	m.About = s.of("A discount for customers whom the model expects to leave. Counts one month's revenue of the customers kept, less the discounts for those who would have stayed; that the kept ones stay longer is left out.")
	last := len(m.Variables) - 1
	m.Variables = append(append([]value.Variable{}, m.Variables[:last]...),
		value.Variable{Name: "precision", Label: s.of("Offers that reach a churner"), Unit: "%", Quantity: about(0.5, 0.35, 0.65), Why: s.of("assumption; the desk's rule has 25 %")},
		value.Variable{Name: "taken_up", Label: s.of("Others who take the discount"), Unit: "%", Quantity: about(0.25, 0.15, 0.4), Why: s.of("spring campaign, control group")},
		m.Variables[last])
	set(&m, "retained", about(0.4, 0.3, 0.5), s.of("three campaigns by text message"))
	m.Steps = append(append([]value.Step{}, m.Steps...),
		value.Step{Name: "wrong_offers", Label: s.of("Offers to customers who would have stayed"), Unit: "customer/month", Formula: "churners * accuracy / precision - churners * accuracy"},
		value.Step{Name: "given_away", Label: s.of("Discounts given away"), Unit: s.currency + "/month", Formula: "wrong_offers * taken_up * (price - discounted_price)"})
	m.Scenarios = []value.Scenario{
		{Name: s.of("Weak model"), Set: map[string]string{"accuracy": "0.6", "precision": "0.35"}},
		{Name: s.of("Strong model"), Set: map[string]string{"accuracy": "0.9", "precision": "0.6"}},
		{Name: s.of("A call instead of a text"), Set: map[string]string{"retained": "0.5", "running": exact(s.amount(2400)).String()}},
	}
	s.saves(t.scientist, m)
	s.says(t.scientist, remark{
		about: &s.model, field: "formula",
		text: s.of("@Maren Solberg one thing was missing: customers who would have stayed take the discount as well. I added the precision and what we give away. At 50 % precision that is $400 a month, so the estimate is $2,160. You approved $3,200; please look at it again."),
	})
	s.meet(t.all()...)
}
