package value

import "math"

// payback returns after how many months what was paid once has come back;
// ok is false when it never does, or when the value is a total.
//
// With a yearly discount rate d, a month's net counts less by the factor
// (1+d)^(-1/12) each month, so the sum of all of them has a limit, and what
// was paid must be below it.
func (p *Plan) payback(once, net float64) (months float64, ok bool) {
	period := p.unit.period()
	switch {
	case period == "":
		return 0, false
	case once <= 0:
		return 0, net >= 0
	case net <= 0:
		return 0, false
	}
	perMonth := net / monthsIn[period]
	months = once / perMonth
	if p.model.Discount > 0 {
		rate := math.Pow(1+p.model.Discount, 1.0/12) - 1
		months = -math.Log1p(-months*rate) / math.Log1p(rate)
	}
	if math.IsNaN(months) || math.IsInf(months, 0) {
		return 0, false
	}
	return months, true
}
