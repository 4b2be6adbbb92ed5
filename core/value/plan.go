package value

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/core/sentence"
)

// Plan is a model that has been checked and can be estimated. It is immutable
// and safe for concurrent use.
type Plan struct {
	model     Model
	unit      Unit
	variables []input
	steps     []stage // in the order in which they can be worked out
	formula   stage
	costs     []outlay
	used      []bool // variable → the formula depends on it
	depth     int    // of the deepest program's stack
	size      int    // of all programs, in instructions
}

// input is a variable or cost, with the randomness it draws from.
type input struct {
	name string
	unit Unit
	text string // the unit as written
	distribution
}

// stage is a formula that is ready to run.
type stage struct {
	source  source
	tree    *node
	program program
	slot    int // of a step's result
}

// Check returns the plan of a model. The error is a *Error.
func Check(m Model) (*Plan, error) {
	if err := m.bounded(); err != nil {
		return nil, err
	}
	unit, err := ParseUnit(m.Unit)
	if err != nil {
		return nil, badUnit(sentence.New("the model"), m.Unit)
	}
	p := &Plan{model: m, unit: unit}
	sc, err := p.addVariables()
	if err != nil {
		return nil, err
	}
	if err := p.addSteps(sc); err != nil {
		return nil, err
	}
	if p.formula, err = p.stage(source{sentence.New("the formula"), m.Formula}, sc, unit); err != nil {
		return nil, err
	}
	if err := p.addCosts(sc); err != nil {
		return nil, err
	}
	p.findUsed()
	return p, p.checkScenarios()
}

// Model returns what was checked. The caller must not change it.
func (p *Plan) Model() Model { return p.model }

// bounded checks sizes and texts, so that everything after it can be as long
// as the model.
func (m Model) bounded() error {
	for _, part := range []struct {
		what     sentence.Sentence
		n, limit int
	}{{sentence.New("variables"), len(m.Variables), MaxVariables}, {sentence.New("steps"), len(m.Steps), MaxSteps}, {sentence.New("costs"), len(m.Costs), MaxCosts}, {sentence.New("scenarios"), len(m.Scenarios), MaxScenarios}} {
		if part.n > part.limit {
			return wrong(sentence.New("the model"), sentence.New("Split it into several models."), "It has %d %s; %d is the most.", part.n, part.what, part.limit)
		}
	}
	if err := checkText(sentence.New("the model"), sentence.New("name"), m.Name, maxNameRunes); err != nil {
		return err
	}
	if m.Discount < 0 || m.Discount > 10 || math.IsNaN(m.Discount) {
		return wrong(sentence.New("the discount rate"), sentence.New("Give a yearly rate such as 0.08."), "A discount rate can't be %s.", FormatNumber(m.Discount))
	}
	texts := []source{{sentence.New("the model's description"), m.About}}
	for _, v := range m.Variables {
		texts = append(texts, source{sentence.New("the variable %s", clip(v.Name)), v.Label + v.Why})
	}
	for _, s := range m.Steps {
		texts = append(texts, source{sentence.New("the step %s", clip(s.Name)), s.Label})
	}
	for _, c := range m.Costs {
		texts = append(texts, source{sentence.New("the cost %s", clip(c.Name)), c.Label + c.Why})
	}
	for _, t := range texts {
		if utf8.RuneCountInString(t.text) > maxTextRunes {
			return wrong(t.where, sentence.New("Shorten it."), "Its texts have more than %s characters.", FormatNumber(maxTextRunes))
		}
	}
	return nil
}

// checkText refuses a name that can't stand on one line.
func checkText(where, what sentence.Sentence, text string, limit int) error {
	switch {
	case strings.ContainsFunc(text, unicode.IsControl) || !utf8.ValidString(text):
		return wrong(where, sentence.New("Leave out line breaks and control characters."), "Its %s is not one line of text.", what)
	case utf8.RuneCountInString(text) > limit:
		return wrong(where, sentence.New("Shorten it."), "Its %s has more than %d characters.", what, limit)
	}
	return nil
}

func badUnit(where sentence.Sentence, text string) error {
	return newError(text, 0, utf8.RuneCountInString(text), placed{
		where, sentence.New("%q is not a unit.", clip(text)), sentence.New("Write one such as USD/month, 1/month, % or customer."),
	})
}

// claim gives a name to a variable or step, once.
func (s *scope) claim(where sentence.Sentence, name string, unit Unit) error {
	if !isName(name) {
		hint := sentence.New("A name has letters, digits and _, and does not start with a digit: discounted_price.")
		if reserved[name] {
			hint = sentence.New("Formulas keep this word for themselves; choose another.")
		}
		return wrong(where, hint, "%q can't be a name.", clip(name))
	}
	if _, ok := s.slots[name]; ok {
		return wrong(where, sentence.New("Give one of them another name."), "The name %s is given twice.", name)
	}
	s.slots[name] = len(s.units)
	s.units = append(s.units, unit)
	return nil
}

func (p *Plan) addVariables() (*scope, error) {
	sc := &scope{slots: map[string]int{}}
	for _, v := range p.model.Variables {
		where := sentence.New("the variable %s", clip(v.Name))
		unit, err := ParseUnit(v.Unit)
		if err != nil {
			return nil, badUnit(where, v.Unit)
		}
		if err := sc.claim(where, v.Name, unit); err != nil {
			return nil, err
		}
		d, err := v.resolve(where)
		if err != nil {
			return nil, err
		}
		p.variables = append(p.variables, input{v.Name, unit, v.Unit, d})
	}
	return sc, nil
}

// addSteps gives every step its slot and puts the steps into an order in which
// each comes after those it uses.
func (p *Plan) addSteps(sc *scope) error {
	trees := make([]*node, len(p.model.Steps))
	index := map[string]int{}
	for i, s := range p.model.Steps {
		src := source{sentence.New("the step %s", clip(s.Name)), s.Formula}
		unit, err := ParseUnit(s.Unit)
		if err != nil {
			return badUnit(src.where, s.Unit)
		}
		if err := sc.claim(src.where, s.Name, unit); err != nil {
			return err
		}
		if trees[i], err = parse(src); err != nil {
			return err
		}
		index[s.Name] = i
	}
	order, err := p.order(trees, index)
	if err != nil {
		return err
	}
	for _, i := range order {
		s := p.model.Steps[i]
		st, err := p.finish(source{sentence.New("the step %s", clip(s.Name)), s.Formula}, trees[i], sc, sc.units[sc.slots[s.Name]])
		if err != nil {
			return err
		}
		st.slot = sc.slots[s.Name]
		p.steps = append(p.steps, st)
	}
	return nil
}

// order sorts steps by what they use. A step that needs itself is explained
// with the way round, at the name that closes it.
func (p *Plan) order(trees []*node, index map[string]int) ([]int, error) {
	const (
		open = 1 + iota
		done
	)
	state := make([]int, len(trees))
	var order, path []int
	var visit func(i int) error
	visit = func(i int) error {
		state[i], path = open, append(path, i)
		for n := range trees[i].names() {
			j, isStep := index[n.name]
			if !isStep || state[j] == done {
				continue
			}
			if state[j] == open {
				return p.circle(i, j, n, path)
			}
			if err := visit(j); err != nil {
				return err
			}
		}
		state[i], path = done, path[:len(path)-1]
		order = append(order, i)
		return nil
	}
	for i := range trees {
		if state[i] == 0 {
			if err := visit(i); err != nil {
				return nil, err
			}
		}
	}
	return order, nil
}

// circle is the problem of step i using step j, which waits for i.
func (p *Plan) circle(i, j int, at *node, path []int) error {
	var names []string
	for _, k := range path {
		if k == j || len(names) > 0 {
			names = append(names, p.model.Steps[k].Name)
		}
	}
	way := strings.Join(append(names, p.model.Steps[j].Name), " → ")
	s := p.model.Steps[i]
	return source{sentence.New("the step %s", clip(s.Name)), s.Formula}.at(at.span,
		sentence.New("%s would be worked out from itself: %s.", p.model.Steps[j].Name, way), sentence.New("Break the circle: one of these must come from variables alone."))
}

// stage checks one formula whose result must be in unit.
func (p *Plan) stage(src source, sc *scope, unit Unit) (stage, error) {
	tree, err := parse(src)
	if err != nil {
		return stage{}, err
	}
	return p.finish(src, tree, sc, unit)
}

func (p *Plan) finish(src source, tree *node, sc *scope, unit Unit) (stage, error) {
	c := &checker{source: src, scope: *sc}
	got, err := c.number(tree)
	if err != nil {
		return stage{}, err
	}
	if !got.unit.Equal(unit) && !got.zero {
		return stage{}, src.at(span{0, utf8.RuneCountInString(src.text)},
			sentence.New("This comes to %s, and %s is in %s.", got.unit.words(), owner(src.where), unit.words()), conversion(unit, got.unit))
	}
	program := compile(tree)
	p.depth = max(p.depth, program.depth)
	if p.size += len(program.code); p.size > maxInstructions {
		return stage{}, wrong(sentence.New("the model"), sentence.New("Split it into several models."), "Its formulas have more than %s parts.", FormatNumber(maxInstructions))
	}
	return stage{source: src, tree: tree, program: program}, nil
}

// owner is whose unit a formula must come to.
func owner(where sentence.Sentence) sentence.Sentence {
	if where.Format == "the formula" {
		return sentence.New("the model")
	}
	return where
}

// findUsed marks the variables that the formula depends on, also through steps.
func (p *Plan) findUsed() {
	slots := make([]bool, len(p.variables)+len(p.steps))
	mark := func(n *node) {
		for name := range n.names() {
			slots[name.slot] = true
		}
	}
	mark(p.formula.tree)
	for _, s := range slices.Backward(p.steps) {
		if slots[s.slot] {
			mark(s.tree)
		}
	}
	p.used = slots[:len(p.variables)]
}
