package value_test

import (
	"fmt"
	"math"
	"testing"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"pgregory.net/rapid"
)

// twin is a formula in our language and in CEL, an engine that is not ours.
type twin struct{ ours, cel string }

// numbers draws formulas that are numbers, up to depth operations deep.
func numbers(depth int) *rapid.Generator[twin] {
	return rapid.Custom(func(t *rapid.T) twin {
		if depth == 0 || rapid.IntRange(0, 4).Draw(t, "leaf") == 0 {
			return rapid.SampledFrom([]twin{
				{"a", "a"}, {"b", "b"}, {"zero", "zero"}, {"3", "3.0"}, {"50%", "0.5"}, {"0.25", "0.25"}, {"1e200", "1e200"},
			}).Draw(t, "leaf")
		}
		x, y := numbers(depth-1).Draw(t, "x"), numbers(depth-1).Draw(t, "y")
		op := rapid.SampledFrom([]string{"+", "-", "*", "/", "^", "min", "max", "if", "?", "negate"}).Draw(t, "op")
		switch op {
		case "^":
			return twin{fmt.Sprintf("(%s) ^ (%s)", x.ours, y.ours), fmt.Sprintf("pow(%s, %s)", x.cel, y.cel)}
		case "min", "max":
			return twin{fmt.Sprintf("%s(%s, %s)", op, x.ours, y.ours), fmt.Sprintf("%s(%s, %s)", op, x.cel, y.cel)}
		case "negate":
			return twin{fmt.Sprintf("-(%s)", x.ours), fmt.Sprintf("-(%s)", x.cel)}
		case "if", "?":
			c := conditions(depth-1).Draw(t, "condition")
			ours := fmt.Sprintf("if(%s, %s, %s)", c.ours, x.ours, y.ours)
			if op == "?" {
				ours = fmt.Sprintf("(%s ? %s : %s)", c.ours, x.ours, y.ours)
			}
			return twin{ours, fmt.Sprintf("(%s ? %s : %s)", c.cel, x.cel, y.cel)}
		default:
			return twin{fmt.Sprintf("(%s %s %s)", x.ours, op, y.ours), fmt.Sprintf("(%s %s %s)", x.cel, op, y.cel)}
		}
	})
}

// conditions draws formulas that are true or false.
func conditions(depth int) *rapid.Generator[twin] {
	return rapid.Custom(func(t *rapid.T) twin {
		if depth > 0 && rapid.Bool().Draw(t, "compound") {
			x, y := conditions(depth-1).Draw(t, "p"), conditions(depth-1).Draw(t, "q")
			return rapid.SampledFrom([]twin{
				{fmt.Sprintf("(%s and %s)", x.ours, y.ours), fmt.Sprintf("(%s ? %s : false)", x.cel, y.cel)},
				{fmt.Sprintf("(%s or %s)", x.ours, y.ours), fmt.Sprintf("(%s ? true : %s)", x.cel, y.cel)},
				{fmt.Sprintf("not (%s)", x.ours), fmt.Sprintf("!(%s)", x.cel)},
			}).Draw(t, "connective")
		}
		x, y := numbers(max(0, depth-1)).Draw(t, "x"), numbers(max(0, depth-1)).Draw(t, "y")
		op := rapid.SampledFrom([]string{"<", "<=", ">", ">=", "==", "!="}).Draw(t, "op")
		return twin{fmt.Sprintf("(%s) %s (%s)", x.ours, op, y.ours), fmt.Sprintf("checked(%s) %s checked(%s)", x.cel, op, y.cel)}
	})
}

// celEnv has the functions of our language. CEL's own division by zero is an
// infinity, which min, max and comparisons can hide, so they refuse one.
func celEnv(t *testing.T) *cel.Env {
	t.Helper()
	finite := func(args ...ref.Val) ([]float64, bool) {
		var xs []float64
		for _, arg := range args {
			x, ok := arg.Value().(float64)
			if !ok || math.IsNaN(x) || math.IsInf(x, 0) {
				return nil, false
			}
			xs = append(xs, x)
		}
		return xs, true
	}
	function := func(name string, apply func(x, y float64) float64) cel.EnvOption {
		return cel.Function(name, cel.Overload(name, []*cel.Type{cel.DoubleType, cel.DoubleType}, cel.DoubleType,
			cel.BinaryBinding(func(x, y ref.Val) ref.Val {
				xs, ok := finite(x, y)
				if !ok {
					return types.NewErr("not finite")
				}
				return types.Double(apply(xs[0], xs[1]))
			})))
	}
	checked := cel.Function("checked", cel.Overload("checked", []*cel.Type{cel.DoubleType}, cel.DoubleType, cel.UnaryBinding(func(x ref.Val) ref.Val {
		if _, ok := finite(x); !ok {
			return types.NewErr("not finite")
		}
		return x
	})))
	env, err := cel.NewEnv(
		cel.Variable("a", cel.DoubleType), cel.Variable("b", cel.DoubleType), cel.Variable("zero", cel.DoubleType),
		function("pow", math.Pow), function("min", func(x, y float64) float64 { return min(x, y) }),
		function("max", func(x, y float64) float64 { return max(x, y) }), checked,
	)
	if err != nil {
		t.Fatal(err)
	}
	return env
}

// Formulas mean what they mean in CEL, and what the simulation makes of them is
// what is worked out part by part, errors included.
func TestFormulasAgreeWithCEL(t *testing.T) {
	env := celEnv(t)
	variables := map[string]any{"a": 2.0, "b": 3.0, "zero": 0.0}
	rapid.Check(t, func(t *rapid.T) {
		f := numbers(4).Draw(t, "formula")
		ast, issues := env.Compile(f.cel)
		if issues.Err() != nil {
			t.Fatalf("%s: %v", f.cel, issues.Err())
		}
		program, err := env.Program(ast, cel.CostLimit(100_000))
		if err != nil {
			t.Fatal(err)
		}
		plan, err := planned(f.ours, "")
		if err != nil {
			t.Fatalf("%s: %v", f.ours, err)
		}
		dry, errDry := plan.Dry()
		wet, errWet := plan.Wet()
		if (errDry == nil) != (errWet == nil) || dry != wet {
			t.Fatalf("%s is %v (%v), in a simulation %v (%v)", f.ours, dry, errDry, wet, errWet)
		}
		out, _, err := program.Eval(variables)
		if err != nil {
			if errDry == nil {
				t.Fatalf("%s is %v, in CEL %v", f.ours, dry, err)
			}
			return
		}
		want, ok := out.Value().(float64)
		if finite := ok && !math.IsNaN(want) && !math.IsInf(want, 0); errDry == nil && (!finite || want != dry) {
			t.Fatalf("%s is %v, in CEL %v", f.ours, dry, out)
		}
	})
}

// BenchmarkCEL is the worked case in CEL, once; compare with ns/sample of BenchmarkEstimate.
func BenchmarkCEL(b *testing.B) {
	names := []string{"churners", "accuracy", "retained", "price"}
	var options []cel.EnvOption
	for _, name := range names {
		options = append(options, cel.Variable(name, cel.DoubleType))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		b.Fatal(err)
	}
	ast, issues := env.Compile("churners * accuracy * retained * price")
	if issues.Err() != nil {
		b.Fatal(issues.Err())
	}
	program, err := env.Program(ast, cel.CostLimit(1000))
	if err != nil {
		b.Fatal(err)
	}
	in := map[string]any{"churners": 1000.0, "accuracy": 0.8, "retained": 0.5, "price": 8.0}
	for b.Loop() {
		if out, _, err := program.Eval(in); err != nil || out.Value() != 3200.0 {
			b.Fatal(out, err)
		}
	}
}
