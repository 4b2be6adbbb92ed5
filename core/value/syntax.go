package value

import "iter"

// node is a part of a formula: an operation and what it works on.
type node struct {
	op     op
	args   []*node
	number float64 // of opNumber
	slot   int     // of opName: which variable or step, set by the checker
	name   string  // of opName
	span   span
}

// op is an operation. Conditions are numbers, 1 for true and 0 for false.
type op uint8

const (
	opNumber op = iota
	opName
	opNegate
	opAdd
	opSubtract
	opMultiply
	opDivide
	opPower
	opMin
	opMax
	opIf
	opLess
	opLessEqual
	opGreater
	opGreaterEqual
	opEqual
	opNotEqual
	opAnd
	opOr
	opNot
)

// infix is an operator between two parts.
type infix struct {
	op         op
	precedence int
}

// The precedences, from loose to tight. A sign binds looser than a power, as
// in mathematics: -2^2 is -4.
const (
	looseOr = 1 + iota
	looseAnd
	looseCompare
	looseAdd
	looseMultiply
	looseSign
	loosePower
	tight
)

var infixes = map[string]infix{
	"||": {opOr, looseOr}, "or": {opOr, looseOr},
	"&&": {opAnd, looseAnd}, "and": {opAnd, looseAnd},
	"<": {opLess, looseCompare}, "<=": {opLessEqual, looseCompare},
	">": {opGreater, looseCompare}, ">=": {opGreaterEqual, looseCompare},
	"==": {opEqual, looseCompare}, "!=": {opNotEqual, looseCompare},
	"+": {opAdd, looseAdd}, "-": {opSubtract, looseAdd},
	"*": {opMultiply, looseMultiply}, "/": {opDivide, looseMultiply},
	"^": {opPower, loosePower},
}

// signOf is how each operator is shown to people.
var signOf = map[op]string{
	opAdd: "+", opSubtract: "−", opMultiply: "×", opDivide: "/", opPower: "^",
	opLess: "<", opLessEqual: "≤", opGreater: ">", opGreaterEqual: "≥", opEqual: "=", opNotEqual: "≠",
	opAnd: "and", opOr: "or",
}

func (o op) precedence() int {
	switch o {
	case opOr:
		return looseOr
	case opAnd:
		return looseAnd
	case opLess, opLessEqual, opGreater, opGreaterEqual, opEqual, opNotEqual:
		return looseCompare
	case opAdd, opSubtract:
		return looseAdd
	case opMultiply, opDivide:
		return looseMultiply
	case opNegate, opNot:
		return looseSign
	case opPower:
		return loosePower
	default:
		return tight
	}
}

// condition reports whether o gives true or false.
func (o op) condition() bool { return o >= opLess }

// names yields the names in a formula, from left to right.
func (n *node) names() iter.Seq[*node] {
	return func(yield func(*node) bool) { n.eachName(yield) }
}

func (n *node) eachName(yield func(*node) bool) bool {
	if n.op == opName {
		return yield(n)
	}
	for _, arg := range n.args {
		if !arg.eachName(yield) {
			return false
		}
	}
	return true
}
