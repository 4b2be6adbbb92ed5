// Package revise changes value models as people do: it puts, moves, renames and
// removes their parts, reads the numbers that are typed into them, and takes
// changes back. All of it is pure: a model that is given stays as it is.
package revise

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"cairn/core/value"
	"cairn/ui/words"
)

// The kinds of parts that a model has.
const (
	Variable = "variable"
	Cost     = "cost"
	Step     = "step"
	Scenario = "scenario"
	Formula  = "formula"
	Model    = "model" // as a whole
)

// At returns where the item of a name stands, -1 for nowhere.
func At[T any](items []T, name string, of func(T) string) int {
	return slices.IndexFunc(items, func(x T) bool { return of(x) == name })
}

// VariableName is how At and its like find a variable.
func VariableName(v value.Variable) string { return v.Name }

// StepName is how At and its like find a step.
func StepName(s value.Step) string { return s.Name }

// CostName is how At and its like find a cost.
func CostName(c value.Cost) string { return c.Name }

// ScenarioName is how At and its like find a scenario.
func ScenarioName(s value.Scenario) string { return s.Name }

// Put returns items with one in the place of that of a name, or at the end.
func Put[T any](items []T, name string, of func(T) string, x T) []T {
	out := slices.Clone(items)
	if i := At(items, name, of); i >= 0 {
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
	from := At(items, name, of)
	if to := from + by; from >= 0 && to >= 0 && to < len(out) {
		out[from], out[to] = out[to], out[from]
	}
	return out
}

// Remove returns the model without something, and without what scenarios say
// about it.
func Remove(m value.Model, of, name string) value.Model {
	switch of {
	case Variable:
		m.Variables = without(m.Variables, name, VariableName)
	case Step:
		m.Steps = without(m.Steps, name, StepName)
	case Cost:
		m.Costs = without(m.Costs, name, CostName)
	case Scenario:
		m.Scenarios = without(m.Scenarios, name, ScenarioName)
	}
	if of == Variable || of == Cost {
		m.Scenarios = scenariosWith(m.Scenarios, func(set map[string]string) { delete(set, name) })
	}
	return m
}

// Move returns the model with something so many places further down its list.
func Move(m value.Model, of, name string, by int) value.Model {
	switch of {
	case Variable:
		m.Variables = shifted(m.Variables, name, VariableName, by)
	case Step:
		m.Steps = shifted(m.Steps, name, StepName, by)
	case Cost:
		m.Costs = shifted(m.Costs, name, CostName, by)
	case Scenario:
		m.Scenarios = shifted(m.Scenarios, name, ScenarioName, by)
	}
	return m
}

// Renamed returns the model with another name for a variable, step or cost,
// wherever it is used.
func Renamed(m value.Model, name, to string) value.Model {
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

// User returns what is worked out from a variable or step: the label of a step,
// or the formula itself. It is nothing when nothing is.
func User(m value.Model, name string) (step string, formula bool) {
	uses := func(formula string) bool { return slices.Contains(token.FindAllString(formula, -1), name) }
	for _, s := range m.Steps {
		if uses(s.Formula) {
			return Named(s.Label, s.Name), false
		}
	}
	return "", uses(m.Formula)
}

// NameFor returns a name for formulas made of a label, one that nothing has yet.
func NameFor(m value.Model, label string) string {
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
		name = strings.TrimRight("x_"+name, "_")
	}
	const most = 40 // a formula has several of them
	if runes := []rune(name); len(runes) > most {
		name = strings.Trim(string(runes[:most]), "_")
	}
	return Unused(name, "_", func(n string) bool { return Taken(m, n) })
}

// keywords are what formulas keep for themselves.
var keywords = map[string]bool{"if": true, "min": true, "max": true, "and": true, "or": true, "not": true}

// Taken reports whether a variable, step or cost has a name.
func Taken(m value.Model, name string) bool {
	return At(m.Variables, name, VariableName) >= 0 || At(m.Steps, name, StepName) >= 0 || At(m.Costs, name, CostName) >= 0
}

// Unused returns a name, with a number after it when it is taken.
func Unused(name, gap string, taken func(string) bool) string {
	for n, try := 2, name; ; n++ {
		if !taken(try) {
			return try
		}
		try = name + gap + strconv.Itoa(n)
	}
}

// Recurrency returns the model with another currency, in every unit.
func Recurrency(m value.Model, from, to string) value.Model {
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

// Same reports whether two parts of models are equal.
func Same(a, b any) bool { return reflect.DeepEqual(a, b) }

// Named returns the label of something, its name as words when it has none.
func Named(label, name string) string {
	if label == "" {
		label = strings.ReplaceAll(name, "_", " ")
	}
	return words.Data(label)
}

// Label returns what people call a part of a model.
func Label(m value.Model, of, name string) string {
	switch of {
	case Variable:
		if i := At(m.Variables, name, VariableName); i >= 0 {
			return Named(m.Variables[i].Label, name)
		}
	case Step:
		if i := At(m.Steps, name, StepName); i >= 0 {
			return Named(m.Steps[i].Label, name)
		}
	case Cost:
		if i := At(m.Costs, name, CostName); i >= 0 {
			return Named(m.Costs[i].Label, name)
		}
	}
	return words.Data(name)
}

// token matches a name, a number, or one sign of a formula.
var token = regexp.MustCompile(`[\p{L}_][\p{L}\p{Nd}\p{M}_]*|[0-9][0-9_.,]*(?:[eE][+-]?[0-9]+)?|[^\s]`)

// unitWord matches a word of a unit.
var unitWord = regexp.MustCompile(`[\p{L}_]+`)

// nameMost is how long a name may be, as package value has it.
const nameMost = 60

// IsName reports whether text can name a variable or a step.
func IsName(text string) bool {
	return token.FindString(text) == text && text != "" && len([]rune(text)) <= nameMost && (unicode.IsLetter([]rune(text)[0]) || text[0] == '_') && !keywords[text]
}
