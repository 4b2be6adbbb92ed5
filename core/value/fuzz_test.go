package value_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
	"unicode/utf8"

	"cairn/core/value"
)

// FuzzFormula holds that any text is either explained at a place inside it, or
// has the same number in both ways of working it out.
func FuzzFormula(f *testing.F) {
	for _, seed := range []string{
		"a * b", "if(a > b, 1, 2) ^ -2", "min(80 %, a) / zero", "a ? b : (c", "1_0.5e-3%", "price + 가격", "((((", "not a and b == 1", "1e999", `"x"`, "-2^2^a",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, formula string) {
		p, err := planned(formula, "")
		if err == nil {
			dry, errDry := p.Dry()
			wet, errWet := p.Wet()
			if (errDry == nil) != (errWet == nil) || (errDry == nil && dry != wet) || math.IsNaN(dry) || math.IsInf(dry, 0) {
				t.Fatalf("%q is %v (%v), in a simulation %v (%v)", formula, dry, errDry, wet, errWet)
			}
			err = errDry
		}
		if err == nil {
			return
		}
		problem, ok := errors.AsType[*value.Error](err)
		if !ok {
			t.Fatalf("%q: %v is no problem", formula, err)
		}
		length := utf8.RuneCountInString(problem.Text)
		if problem.Message == "" || problem.Hint == "" || problem.Offset < 0 || problem.Offset > length {
			t.Fatalf("%q: %+v", formula, problem)
		}
	})
}

// FuzzYAML holds that any file is either explained or reads back as written,
// and that what reads can be checked.
func FuzzYAML(f *testing.F) {
	for _, seed := range []string{
		file, "", "a: &a [*a]", "name: &n x\nunit: *n\n", "<<: {name: a}\n", "variables: [{name: a, value: 0x1F}]\nformula: a\n", "? [a]\n: b\n",
		"name: !!binary aGk=\n", "steps: [{name: a, formula: b}, {name: b, formula: a}]\nformula: a\n", "scenarios: [{name: a, set: {b: 1}}]\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := value.ReadYAML(raw)
		if err != nil {
			if p, ok := errors.AsType[*value.Error](err); !ok || p.Message == "" || p.Hint == "" {
				t.Fatalf("%q: %v", raw, err)
			}
			return
		}
		if p, err := value.Check(m); err == nil {
			e, err := p.Estimate(value.Options{Samples: 20})
			if _, explained := errors.AsType[*value.Error](err); err != nil && !explained {
				t.Fatalf("%q: %v", raw, err)
			}
			if _, err := json.Marshal(e); err != nil {
				t.Fatalf("%q: the estimate is no JSON: %v", raw, err)
			}
		}
		if !utf8.Valid(raw) {
			return
		}
		written, err := m.YAML()
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		if _, err := value.ReadYAML(written); err != nil {
			t.Fatalf("%q is written as\n%s\nand then: %v", raw, written, err)
		}
	})
}
