package value

import "math"

// block is how many samples a program works on at once: enough to spread the
// cost of an instruction, few enough that the columns stay in the cache.
const block = 512

// column is one number of each sample in a block.
type column [block]float64

// instruction takes numbers from the stack and leaves one there.
type instruction struct {
	op     op
	number float64 // of opNumber
	slot   int     // of opName
}

// program is a formula in reverse Polish notation. Both branches of a choice
// are worked out, and what was not chosen is dropped, errors included.
type program struct {
	code  []instruction
	depth int // of the stack
}

// compile flattens a checked formula.
func compile(n *node) program {
	var p program
	p.add(n, 0)
	return p
}

// add appends the code of n, which starts with height numbers on the stack.
func (p *program) add(n *node, height int) {
	p.depth = max(p.depth, height+1)
	if len(n.args) == 0 {
		p.code = append(p.code, instruction{op: n.op, number: n.number, slot: n.slot})
		return
	}
	if n.op == opIf {
		for i, arg := range n.args {
			p.add(arg, height+i)
		}
		p.code = append(p.code, instruction{op: opIf})
		return
	}
	p.add(n.args[0], height)
	if len(n.args) == 1 {
		p.code = append(p.code, instruction{op: n.op})
	}
	for _, arg := range n.args[1:] {
		p.add(arg, height+1)
		p.code = append(p.code, instruction{op: n.op})
	}
}

// run works the program out for the first count samples of slots and writes
// the results to out. stack has at least p.depth columns. A result that is not
// finite stands for an error, which the evaluator explains.
func (p program) run(slots []column, stack []column, count int, out *column) {
	top := -1
	for _, in := range p.code {
		switch in.op {
		case opNumber:
			top++
			for i := range stack[top][:count] {
				stack[top][i] = in.number
			}
		case opName:
			top++
			copy(stack[top][:count], slots[in.slot][:count])
		case opNegate, opNot:
			x := stack[top][:count]
			for i := range x {
				x[i] = apply(in.op, x[i], 0)
			}
		case opIf:
			top -= 2
			choose(stack[top][:count], stack[top+1][:count], stack[top+2][:count])
		default:
			top--
			combine(in.op, stack[top][:count], stack[top+1][:count])
		}
	}
	copy(out[:count], stack[0][:count])
}

// choose leaves, where condition holds, yes in its place, else no.
func choose(condition, yes, no []float64) {
	for i, c := range condition {
		switch {
		case math.IsNaN(c):
		case c != 0:
			condition[i] = yes[i]
		default:
			condition[i] = no[i]
		}
	}
}

// combine leaves the result of an operation with two sides in a.
func combine(o op, a, b []float64) {
	b = b[:len(a)]
	switch o {
	case opAdd:
		for i := range a {
			a[i] += b[i]
		}
	case opSubtract:
		for i := range a {
			a[i] -= b[i]
		}
	case opMultiply:
		for i := range a {
			a[i] *= b[i]
		}
	case opAnd:
		for i := range a {
			if a[i] != 0 { // NaN too, which stays
				a[i] = poisoned(a[i], 0, b[i])
			}
		}
	case opOr:
		for i := range a {
			if a[i] == 0 {
				a[i] = b[i]
			}
		}
	default:
		for i := range a {
			a[i] = apply(o, a[i], b[i])
		}
	}
}
