package value

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"cairn/core/value"
)

// The edits of a model below are pure: they return another model and leave
// theirs as it is.

// at returns where the item of a name stands, -1 for nowhere.
func at[T any](items []T, name string, of func(T) string) int {
	return slices.IndexFunc(items, func(x T) bool { return of(x) == name })
}

func variableName(v value.Variable) string { return v.Name }
func stepName(s value.Step) string         { return s.Name }
func costName(c value.Cost) string         { return c.Name }
func scenarioName(s value.Scenario) string { return s.Name }

// put returns items with one in the place of that of a name, or at the end.
func put[T any](items []T, name string, of func(T) string, x T) []T {
	out := slices.Clone(items)
	if i := at(items, name, of); i >= 0 {
		out[i] = x
		return out
	}
	return append(out, x)
}

// without returns items but that of a name.
func without[T any](items []T, name string, of func(T) string) []T {
	return slices.DeleteFunc(slices.Clone(items), func(x T) bool { return of(x) == name })
}

// shifted returns items with that of a name so many places further down.
func shifted[T any](items []T, name string, of func(T) string, by int) []T {
	out := slices.Clone(items)
	from := at(items, name, of)
	if to := from + by; from >= 0 && to >= 0 && to < len(out) {
		out[from], out[to] = out[to], out[from]
	}
	return out
}

// remove returns the model without something, and without what scenarios say
// about it.
func remove(m value.Model, of, name string) value.Model {
	switch of {
	case ofVariable:
		m.Variables = without(m.Variables, name, variableName)
	case ofStep:
		m.Steps = without(m.Steps, name, stepName)
	case ofCost:
		m.Costs = without(m.Costs, name, costName)
	case ofScenario:
		m.Scenarios = without(m.Scenarios, name, scenarioName)
	}
	if of == ofVariable || of == ofCost {
		m.Scenarios = scenariosWith(m.Scenarios, func(set map[string]string) { delete(set, name) })
	}
	return m
}

// move returns the model with something so many places further down its list.
func move(m value.Model, of, name string, by int) value.Model {
	switch of {
	case ofVariable:
		m.Variables = shifted(m.Variables, name, variableName, by)
	case ofStep:
		m.Steps = shifted(m.Steps, name, stepName, by)
	case ofCost:
		m.Costs = shifted(m.Costs, name, costName, by)
	case ofScenario:
		m.Scenarios = shifted(m.Scenarios, name, scenarioName, by)
	}
	return m
}

// renamed returns the model with another name for a variable, step or cost,
// wherever it is used.
func renamed(m value.Model, name, to string) value.Model {
	if name == to || name == "" {
		return m
	}
	follow := func(formula string) string {
		return token.ReplaceAllStringFunc(formula, func(t string) string {
			if t == name {
				return to
			}
			return t
		})
	}
	m.Formula = follow(m.Formula)
	m.Steps = slices.Clone(m.Steps)
	for i := range m.Steps {
		m.Steps[i].Formula = follow(m.Steps[i].Formula)
	}
	m.Scenarios = scenariosWith(m.Scenarios, func(set map[string]string) {
		if text, ok := set[name]; ok {
			delete(set, name)
			set[to] = text
		}
	})
	return m
}

func scenariosWith(scenarios []value.Scenario, change func(map[string]string)) []value.Scenario {
	out := slices.Clone(scenarios)
	for i := range out {
		if out[i].Set = maps.Clone(out[i].Set); out[i].Set != nil {
			change(out[i].Set)
		}
	}
	return out
}

// user returns what is worked out from a variable or step: the label of a step,
// or the formula itself. It is nothing when nothing is.
func user(m value.Model, name string) (step string, formula bool) {
	uses := func(formula string) bool { return slices.Contains(token.FindAllString(formula, -1), name) }
	for _, s := range m.Steps {
		if uses(s.Formula) {
			return named(s.Label, s.Name), false
		}
	}
	return "", uses(m.Formula)
}

// nameFor returns a name for formulas made of a label, one that nothing has yet.
func nameFor(m value.Model, label string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return '_'
	}, strings.TrimSpace(label))
	name = strings.Trim(name, "_")
	for strings.Contains(name, "__") {
		name = strings.ReplaceAll(name, "__", "_")
	}
	if name == "" || unicode.IsDigit([]rune(name)[0]) || keywords[name] {
		name = "x_" + name
	}
	const most = 40 // a formula has several of them
	if runes := []rune(name); len(runes) > most {
		name = strings.Trim(string(runes[:most]), "_")
	}
	return unused(name, "_", func(n string) bool { return taken(m, n) })
}

// keywords are what formulas keep for themselves.
var keywords = map[string]bool{"if": true, "min": true, "max": true, "and": true, "or": true, "not": true}

func taken(m value.Model, name string) bool {
	return at(m.Variables, name, variableName) >= 0 || at(m.Steps, name, stepName) >= 0 || at(m.Costs, name, costName) >= 0
}

// unused returns a name, with a number after it when it is taken.
func unused(name, gap string, taken func(string) bool) string {
	for n, try := 2, name; ; n++ {
		if !taken(try) {
			return try
		}
		try = name + gap + strconv.Itoa(n)
	}
}

// recurrency returns the model with another currency, in every unit.
func recurrency(m value.Model, from, to string) value.Model {
	if from == to || from == "" || to == "" {
		return m
	}
	swap := func(unit string) string {
		return unitWord.ReplaceAllStringFunc(unit, func(w string) string {
			if w == from {
				return to
			}
			return w
		})
	}
	m.Unit = swap(m.Unit)
	m.Variables, m.Steps, m.Costs = slices.Clone(m.Variables), slices.Clone(m.Steps), slices.Clone(m.Costs)
	for i := range m.Variables {
		m.Variables[i].Unit = swap(m.Variables[i].Unit)
	}
	for i := range m.Steps {
		m.Steps[i].Unit = swap(m.Steps[i].Unit)
	}
	for i := range m.Costs {
		m.Costs[i].Unit = swap(m.Costs[i].Unit)
	}
	return m
}

// same reports whether two parts of models are equal.
func same(a, b any) bool { return reflect.DeepEqual(a, b) }
