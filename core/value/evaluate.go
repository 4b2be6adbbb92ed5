package value

import (
	"math"

	"cairn/core/sentence"
)

// evaluator works a formula out once, part by part, so that it can say where a
// number stops being one. The simulation uses a program, which agrees.
type evaluator struct {
	source source
	slots  []float64
	faults []error // slot → why it has no number
}

// result works the formula of the model out, whose result has a bound.
func (e *evaluator) result(n *node) (float64, error) {
	x, err := e.value(n)
	if err == nil && math.Abs(x) > maxAmount {
		return 0, e.source.at(n.span, sentence.New("This comes to %s, which is too large.", FormatNumber(x)), sentence.New("Check the values that go in, or count in larger units."))
	}
	return x, err
}

func (e *evaluator) value(n *node) (float64, error) {
	switch n.op {
	case opNumber:
		return n.number, nil
	case opName:
		return e.slots[n.slot], e.faults[n.slot]
	case opIf:
		yes, err := e.value(n.args[0])
		if err != nil {
			return 0, err
		}
		if yes != 0 {
			return e.value(n.args[1])
		}
		return e.value(n.args[2])
	case opAnd, opOr:
		left, err := e.value(n.args[0])
		if err != nil || (left != 0) == (n.op == opOr) {
			return left, err
		}
		return e.value(n.args[1])
	default:
		return e.operate(n)
	}
}

// operate works out an operation that needs all its parts.
func (e *evaluator) operate(n *node) (float64, error) {
	first, err := e.value(n.args[0])
	if err != nil {
		return 0, err
	}
	if len(n.args) == 1 {
		return apply(n.op, first, 0), nil
	}
	for _, arg := range n.args[1:] {
		second, err := e.value(arg)
		if err != nil {
			return 0, err
		}
		result := apply(n.op, first, second)
		if math.IsNaN(result) || math.IsInf(result, 0) {
			return 0, e.explain(n, arg, first, second)
		}
		first = result
	}
	return first, nil
}

// explain says why an operation on two numbers gives none.
func (e *evaluator) explain(n, right *node, first, second float64) error {
	switch {
	case n.op == opDivide && second == 0:
		message := sentence.New("This divides by zero.")
		if right.op == opName {
			message = sentence.New("This divides by zero: %s is 0.", right.name)
		} else if right.op != opNumber {
			message = sentence.New("This divides by zero: what stands below the line comes to 0.")
		}
		return e.source.at(n.span, message, sentence.New("Use if(condition, this, that) to say what holds then, or a range without 0."))
	case n.op == opPower && first == 0:
		return e.source.at(n.span, sentence.New("This raises 0 to a negative power, which divides by zero."), sentence.New("Check the base."))
	case n.op == opPower && first < 0:
		return e.source.at(n.span, sentence.New("This takes a root of a negative number, %s.", FormatNumber(first)), sentence.New("Use max(0, …) if it may be negative."))
	default:
		return e.source.at(n.span, sentence.New("This becomes too large for a number."), sentence.New("Check the values that go in: %s and %s.", FormatNumber(first), FormatNumber(second)))
	}
}

// apply is what each operation does with numbers. What is not finite came from
// a division by zero or grew too large; it is passed on as NaN, so that no
// later operation hides it.
func apply(o op, a, b float64) float64 {
	switch o {
	case opNegate:
		return -a
	case opAdd:
		return a + b
	case opSubtract:
		return a - b
	case opMultiply:
		return a * b
	case opDivide:
		return poisoned(a, b, a/b)
	case opPower:
		return poisoned(a, b, math.Pow(a, b))
	case opMin:
		return poisoned(a, b, min(a, b))
	case opMax:
		return poisoned(a, b, max(a, b))
	case opNot:
		return poisoned(a, 0, truth(a == 0))
	case opLess:
		return poisoned(a, b, truth(a < b))
	case opLessEqual:
		return poisoned(a, b, truth(a <= b))
	case opGreater:
		return poisoned(a, b, truth(a > b))
	case opGreaterEqual:
		return poisoned(a, b, truth(a >= b))
	case opEqual:
		return poisoned(a, b, truth(a == b))
	default:
		return poisoned(a, b, truth(a != b))
	}
}

// poisoned returns result, or NaN if a or b is not finite.
func poisoned(a, b, result float64) float64 {
	if a-a+b-b != 0 { // NaN or an infinity
		return math.NaN()
	}
	return result
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
