package revise

import (
	"cairn/core/value"
)

// Merged returns now with what changes on the way from one model to another. It
// is not ok when now differs from the first where the second does, too.
func Merged(now, from, to value.Model) (m value.Model, ok bool) {
	ok = true
	text := func(now, from, to string) string {
		ok = ok && (from == to || now == from)
		if from == to {
			return now
		}
		return to
	}
	m = now
	m.About, m.Unit, m.Formula = text(now.About, from.About, to.About), text(now.Unit, from.Unit, to.Unit), text(now.Formula, from.Formula, to.Formula)
	if from.Discount != to.Discount {
		ok = ok && now.Discount == from.Discount
		m.Discount = to.Discount
	}
	m.Variables = mergedList(now.Variables, from.Variables, to.Variables, VariableName, &ok)
	m.Steps = mergedList(now.Steps, from.Steps, to.Steps, StepName, &ok)
	m.Costs = mergedList(now.Costs, from.Costs, to.Costs, CostName, &ok)
	m.Scenarios = mergedList(now.Scenarios, from.Scenarios, to.Scenarios, ScenarioName, &ok)
	return m, ok
}

func mergedList[T any](now, from, to []T, of func(T) string, ok *bool) []T {
	switch {
	case Same(from, to):
		return now
	case Same(now, from):
		return to
	}
	out := now
	for _, old := range from {
		name := of(old)
		i, j := At(out, name, of), At(to, name, of)
		switch {
		case j >= 0 && Same(old, to[j]):
		case i < 0 || !Same(out[i], old):
			*ok = false
		case j < 0:
			out = without(out, name, of)
		default:
			out = Put(out, name, of, to[j])
		}
	}
	for _, added := range to {
		if name := of(added); At(from, name, of) < 0 {
			*ok = *ok && At(out, name, of) < 0
			out = Put(out, name, of, added)
		}
	}
	return out
}
