package value

import "cairn/core/sentence"

// scope is what the names in a formula mean.
type scope struct {
	slots map[string]int // name → slot
	units []Unit         // slot → unit
}

// checker finds the unit of a formula and resolves its names.
type checker struct {
	source source
	scope  scope
}

// finding is what a part of a formula is: a number in a unit, or a condition.
type finding struct {
	unit      Unit
	condition bool
	zero      bool // a number that is 0 whatever the variables are: it has every unit
}

func (c *checker) check(n *node) (finding, error) {
	switch n.op {
	case opNumber:
		return finding{zero: n.number == 0}, nil
	case opName:
		slot, ok := c.scope.slots[n.name]
		if !ok {
			return finding{}, c.unknown(n)
		}
		n.slot = slot
		return finding{unit: c.scope.units[slot]}, nil
	case opIf:
		return c.choice(n)
	case opAnd, opOr, opNot:
		for _, arg := range n.args {
			if err := c.condition(arg); err != nil {
				return finding{}, err
			}
		}
		return finding{condition: true}, nil
	default:
		return c.arithmetic(n)
	}
}

// arithmetic finds the unit of an operation on numbers.
func (c *checker) arithmetic(n *node) (finding, error) {
	parts := make([]finding, len(n.args))
	for i, arg := range n.args {
		var err error
		if parts[i], err = c.number(arg); err != nil {
			return finding{}, err
		}
	}
	switch n.op {
	case opMultiply, opDivide:
		unit := parts[0].unit.Times(parts[1].unit)
		if n.op == opDivide {
			unit = parts[0].unit.Per(parts[1].unit)
		}
		if !unit.bounded() {
			return finding{}, c.source.at(n.span, sentence.New("The unit here grows too large: %s.", clip(unit.String())), sentence.New("Check what is multiplied with itself."))
		}
		return finding{unit: unit}, nil
	case opPower:
		return c.power(n, parts)
	case opNegate:
		return parts[0], nil
	default:
		return c.alike(n, parts)
	}
}

// alike checks an operation whose parts are in the same unit.
func (c *checker) alike(n *node, parts []finding) (finding, error) {
	out := parts[0]
	for i, next := range parts[1:] {
		switch {
		case out.zero:
			out = next
		case next.zero, out.unit.Equal(next.unit):
			out.zero = false
		default:
			return finding{}, c.mixed(n, out.unit, next.unit, n.args[i+1])
		}
	}
	if n.op.condition() {
		return finding{condition: true}, nil
	}
	return out, nil
}

// power checks that an exponent is a pure number, and one that is written out
// where the base has a unit: else the unit would depend on a variable.
func (c *checker) power(n *node, parts []finding) (finding, error) {
	base, exponent := parts[0].unit, n.args[1]
	if !parts[1].unit.Pure() {
		return finding{}, c.source.at(exponent.span, sentence.New("An exponent must be a pure number; this is in %s.", parts[1].unit.words()), sentence.New("Divide it by one of its unit."))
	}
	if base.Pure() {
		return finding{}, nil
	}
	p, ok := literal(exponent)
	if !ok {
		return finding{}, c.source.at(exponent.span, sentence.New("What is in %s can only be raised to a number that stands in the formula.", base.words()), sentence.New("Divide the base by one of its unit first."))
	}
	unit, ok := base.Power(p)
	if !ok {
		return finding{}, c.source.at(n.span, sentence.New("What is in %s can't be raised to %s.", base.words(), FormatNumber(p)), sentence.New("A unit's exponents are whole numbers up to 20."))
	}
	return finding{unit: unit}, nil
}

// literal returns the number that stands in the formula.
func literal(n *node) (float64, bool) {
	switch {
	case n.op == opNumber:
		return n.number, true
	case n.op == opNegate && n.args[0].op == opNumber:
		return -n.args[0].number, true
	default:
		return 0, false
	}
}

func (c *checker) choice(n *node) (finding, error) {
	if err := c.condition(n.args[0]); err != nil {
		return finding{}, err
	}
	yes, err := c.number(n.args[1])
	if err != nil {
		return finding{}, err
	}
	no, err := c.number(n.args[2])
	if err != nil {
		return finding{}, err
	}
	switch {
	case yes.zero:
		return no, nil
	case no.zero:
		return yes, nil
	case !yes.unit.Equal(no.unit):
		return finding{}, c.mixed(n, yes.unit, no.unit, n.args[2])
	}
	return yes, nil
}

// number checks a part that must be a number.
func (c *checker) number(n *node) (finding, error) {
	s, err := c.check(n)
	if err == nil && s.condition {
		return s, c.source.at(n.span, sentence.New("A number belongs here, and this is a condition."), sentence.New("Use if(condition, this, that) to turn a condition into a number; a < b < c is written a < b and b < c."))
	}
	return s, err
}

// condition checks a part that must be a condition.
func (c *checker) condition(n *node) error {
	s, err := c.check(n)
	if err == nil && !s.condition {
		return c.source.at(n.span, sentence.New("A condition belongs here, and this is a number."), sentence.New("Compare it with something, as in price > 10."))
	}
	return err
}

// doing says in words what an operation does with two units.
func doing(o op, a, b Unit) sentence.Sentence {
	switch o {
	case opAdd:
		return sentence.New("You add %s and %s here.", a.words(), b.words())
	case opSubtract:
		return sentence.New("You subtract %s from %s here.", b.words(), a.words())
	case opMin:
		return sentence.New("You take the smaller of %s and %s here.", a.words(), b.words())
	case opMax:
		return sentence.New("You take the larger of %s and %s here.", a.words(), b.words())
	case opIf:
		return sentence.New("This is in %s or in %s, depending on the condition.", a.words(), b.words())
	default:
		return sentence.New("You compare %s with %s here.", a.words(), b.words())
	}
}

func (c *checker) mixed(n *node, a, b Unit, at *node) error {
	where := n.span
	if n.op == opMin || n.op == opMax {
		where = at.span
	}
	return c.source.at(where, doing(n.op, a, b), conversion(a, b))
}

// conversion is the hint for two units that should be one.
func conversion(a, b Unit) sentence.Sentence {
	if a.Pure() || b.Pure() {
		return sentence.New("Check whether a factor is missing, or what a variable is counted in.")
	}
	return sentence.New("Multiply one by what converts it: a variable in %s.", a.Per(b))
}

// unknown is the problem with a name that nothing has, with the one meant if
// there is a near one.
func (c *checker) unknown(n *node) error {
	hint := sentence.New("Add it to the variables, or use one of %s.", listNames(c.scope.slots))
	if len(c.scope.slots) == 0 {
		hint = sentence.New("Add it to the variables.")
	}
	if near, ok := nearest(n.name, c.scope.slots); ok {
		hint = sentence.New("Did you mean %s?", near)
	}
	return c.source.at(n.span, sentence.New("There is no variable called %s.", clip(n.name)), hint)
}
