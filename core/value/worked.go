package value

import (
	"strconv"
	"strings"
)

// exactly returns x with all its digits, as a file has it.
func exactly(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// worked returns a formula with numbers in the place of its names, as people
// write it: "1,000 × 80 % × 50 % × $8".
func (p *Plan) worked(n *node, slots []float64) string {
	var b strings.Builder
	p.write(&b, n, slots)
	return b.String()
}

func (p *Plan) write(b *strings.Builder, n *node, slots []float64) {
	switch n.op {
	case opNumber:
		b.WriteString(FormatNumber(n.number))
	case opName:
		b.WriteString(p.shown(n.slot, slots[n.slot]))
	case opNegate, opNot:
		b.WriteString(map[op]string{opNegate: "−", opNot: "not "}[n.op])
		p.inside(b, n.args[0], slots, n.op.precedence())
	case opMin, opMax, opIf:
		b.WriteString(map[op]string{opMin: "min(", opMax: "max(", opIf: "if("}[n.op])
		for i, arg := range n.args {
			if i > 0 {
				b.WriteString(", ")
			}
			p.write(b, arg, slots)
		}
		b.WriteString(")")
	default:
		left, right := n.op.precedence(), n.op.precedence()+1
		if n.op == opPower {
			left, right = right, looseSign
		}
		p.inside(b, n.args[0], slots, left)
		b.WriteString(" " + signOf[n.op] + " ")
		p.inside(b, n.args[1], slots, right)
	}
}

// inside writes a part, in parentheses if it binds looser than its place asks.
func (p *Plan) inside(b *strings.Builder, n *node, slots []float64, precedence int) {
	if n.op.precedence() >= precedence {
		p.write(b, n, slots)
		return
	}
	b.WriteString("(")
	p.write(b, n, slots)
	b.WriteString(")")
}

// shown returns the number of a variable or step in a formula: with its sign
// or percent, without the words of its unit.
func (p *Plan) shown(slot int, x float64) string {
	var text string
	if slot < len(p.variables) {
		text = p.variables[slot].text
	} else {
		text = p.model.Steps[slot-len(p.variables)].Unit
	}
	return Short(x, text)
}
