package value

import "cairn/core/sentence"

// maxNesting bounds how deep parts of a formula stand in each other, so that
// hostile ones can't use up the stack.
const maxNesting = 100

// parser builds the tree of a formula by precedence climbing.
type parser struct {
	source source
	tokens []token
	pos    int
	depth  int
}

// parse reads a formula. The error is a *Error.
func parse(src source) (*node, error) {
	tokens, err := scan(src)
	if err != nil {
		return nil, err
	}
	p := &parser{source: src, tokens: tokens}
	if p.peek().kind == tokenEnd {
		return nil, src.at(span{0, 0}, sentence.New("The formula is empty."), sentence.New("Write one such as customers * price."))
	}
	n, err := p.choice()
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != tokenEnd {
		return nil, p.surplus(t)
	}
	return n, nil
}

func (p *parser) peek() token { return p.tokens[p.pos] }

func (p *parser) next() token {
	t := p.tokens[p.pos]
	if t.kind != tokenEnd {
		p.pos++
	}
	return t
}

// take moves past an operator if it is the next one.
func (p *parser) take(operator string) (token, bool) {
	t := p.peek()
	if t.kind != tokenOperator || t.text != operator {
		return t, false
	}
	return p.next(), true
}

// surplus says what is wrong with a token after the end of the formula.
func (p *parser) surplus(t token) error {
	switch t.text {
	case ")":
		return p.source.at(t.span, sentence.New("This parenthesis closes nothing."), sentence.New("Delete it, or open one before."))
	case ",":
		return p.source.at(t.span, sentence.New("A comma can't stand here."), sentence.New("Write large numbers without commas: 1000, or 1_000."))
	case ":":
		return p.source.at(t.span, sentence.New("This : has no ? before it."), sentence.New("Write condition ? this : that, or if(condition, this, that)."))
	default:
		return p.source.at(t.span, sentence.New("An operator is missing before this."), sentence.New("Put one of + - * / ^ between the parts."))
	}
}

// choice reads a whole expression: condition ? this : that.
func (p *parser) choice() (*node, error) {
	if p.depth++; p.depth > maxNesting {
		return nil, p.source.at(p.peek().span, sentence.New("Parts of this formula stand more than %d deep in each other.", maxNesting), sentence.New("Give the inner parts names of their own, as steps."))
	}
	defer func() { p.depth-- }()
	condition, err := p.climb(looseOr)
	if err != nil {
		return nil, err
	}
	question, ok := p.take("?")
	if !ok {
		return condition, nil
	}
	yes, err := p.choice()
	if err != nil {
		return nil, err
	}
	if _, ok := p.take(":"); !ok {
		return nil, p.source.at(question.span, sentence.New("This ? has no : after it."), sentence.New("Write condition ? this : that."))
	}
	no, err := p.choice()
	if err != nil {
		return nil, err
	}
	return &node{op: opIf, args: []*node{condition, yes, no}, span: condition.span.to(no.span)}, nil
}

// climb reads operators that bind as tightly as precedence or tighter.
func (p *parser) climb(precedence int) (*node, error) {
	left, err := p.signed()
	for err == nil {
		t := p.peek()
		b, ok := infixes[t.text]
		if !ok || b.precedence < precedence {
			return left, nil
		}
		p.next()
		tighter := b.precedence + 1
		if b.op == opPower {
			tighter = looseSign // from the right, and 2^-1 is allowed
		}
		var right *node
		if right, err = p.operand(t, tighter); err != nil {
			return nil, err
		}
		left = &node{op: b.op, args: []*node{left, right}, span: left.span.to(right.span)}
	}
	return left, err
}

// operand reads what stands after the operator t.
func (p *parser) operand(t token, precedence int) (*node, error) {
	if p.depth++; p.depth > maxNesting {
		return nil, p.source.at(t.span, sentence.New("Parts of this formula stand more than %d deep in each other.", maxNesting), sentence.New("Give the inner parts names of their own, as steps."))
	}
	defer func() { p.depth-- }()
	if p.peek().kind == tokenEnd {
		return nil, p.source.at(t.span, sentence.New("Something is missing after %s.", t.text), sentence.New("Write the number or name that belongs there."))
	}
	return p.climb(precedence)
}

// signed reads a part with the sign before it.
func (p *parser) signed() (*node, error) {
	t := p.peek()
	switch {
	case t.text == "+" && t.kind == tokenOperator:
		p.next()
		return p.operand(t, looseSign)
	case t.text == "-" && t.kind == tokenOperator:
		p.next()
		n, err := p.operand(t, looseSign)
		if err != nil {
			return nil, err
		}
		return &node{op: opNegate, args: []*node{n}, span: t.span.to(n.span)}, nil
	case t.text == "!" || t.text == "not":
		p.next()
		n, err := p.operand(t, looseSign)
		if err != nil {
			return nil, err
		}
		return &node{op: opNot, args: []*node{n}, span: t.span.to(n.span)}, nil
	}
	return p.primary()
}

func (p *parser) primary() (*node, error) {
	t := p.next()
	switch {
	case t.kind == tokenNumber:
		return &node{op: opNumber, number: t.number, span: t.span}, nil
	case t.kind == tokenName:
		if p.peek().text == "(" {
			return p.call(t)
		}
		if reserved[t.text] {
			return nil, p.source.at(t.span, sentence.New("%s can't stand here.", t.text), sentence.New("It is a word that formulas keep for themselves: min(a, b), max(a, b), if(condition, this, that), a and b, not a."))
		}
		return &node{op: opName, name: t.text, span: t.span}, nil
	case t.text == "(":
		n, err := p.choice()
		if err != nil {
			return nil, err
		}
		if err := p.close(t); err != nil {
			return nil, err
		}
		n.span = t.span.to(p.tokens[p.pos-1].span) // a problem marks the parentheses too
		return n, nil
	case t.kind == tokenEnd:
		return nil, p.source.at(p.tokens[max(0, p.pos-1)].span, sentence.New("The formula ends too early."), sentence.New("Write what belongs after this."))
	default:
		return nil, p.source.at(t.span, sentence.New("A number or a name is missing before %s.", t.text), sentence.New("Write it, or delete the operator."))
	}
}

func (p *parser) close(open token) error {
	if _, ok := p.take(")"); ok {
		return nil
	}
	if t := p.peek(); t.kind != tokenEnd {
		return p.surplus(t)
	}
	return p.source.at(open.span, sentence.New("This parenthesis is not closed."), sentence.New("Add a ) where the group ends."))
}

// functions are what can be called, with how many arguments they take.
var functions = map[string]struct {
	op       op
	min, max int
}{"min": {opMin, 2, 100}, "max": {opMax, 2, 100}, "if": {opIf, 3, 3}}

// call reads the arguments of a function.
func (p *parser) call(name token) (*node, error) {
	f, ok := functions[name.text]
	if !ok {
		return nil, p.source.at(name.span, sentence.New("There is no function called %s.", clip(name.text)), sentence.New("The functions are min(a, b), max(a, b) and if(condition, this, that); put * between a name and a parenthesis to multiply."))
	}
	open := p.next()
	n := &node{op: f.op, span: name.span}
	for {
		if t, ok := p.take(")"); ok && len(n.args) == 0 {
			n.span = name.span.to(t.span)
			break
		}
		arg, err := p.choice()
		if err != nil {
			return nil, err
		}
		n.args = append(n.args, arg)
		if _, ok := p.take(","); ok {
			continue
		}
		if err := p.close(open); err != nil {
			return nil, err
		}
		n.span = name.span.to(p.tokens[p.pos-1].span)
		break
	}
	switch {
	case f.op == opIf && len(n.args) != f.min:
		return nil, p.source.at(n.span, sentence.New("if has %d parts here; it takes 3.", len(n.args)), sentence.New("Write if(condition, this, that)."))
	case len(n.args) < f.min || len(n.args) > f.max:
		return nil, p.source.at(n.span, sentence.New("%s has %d parts here; it takes 2 to %d.", name.text, len(n.args), f.max), sentence.New("Write %s(a, b).", name.text))
	}
	return n, nil
}

// clip shortens text from outside for a message.
func clip(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
