package value

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"cairn/core/sentence"
)

// MaxFileBytes bounds the YAML of a model.
const MaxFileBytes = 1 << 20

// ReadYAML reads a model. It is read, not checked: Check does that. The error
// is a *Error that names the line.
func ReadYAML(b []byte) (Model, error) {
	if len(b) > MaxFileBytes {
		return Model{}, wrong(sentence.New("the file"), sentence.New("A value model fits on a page or two."), "It is larger than 1 MiB.")
	}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	var document yaml.Node
	if err := dec.Decode(&document); errors.Is(err, io.EOF) {
		return Model{}, wrong(sentence.New("the file"), sentence.New("See `cairn value estimate --help` for what a model looks like."), "It is empty.")
	} else if err != nil {
		return Model{}, notYAML(err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return Model{}, wrong(sentence.New("the file"), sentence.New("Keep each model in a file of its own."), "It holds more than one document.")
	}
	r := &yamlReader{}
	var m Model
	r.model(document.Content[0], &m)
	if r.err != nil {
		return Model{}, r.err
	}
	return m, nil
}

// notYAML says where a file stops being YAML.
func notYAML(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	where := sentence.New("the file")
	var line int
	if n, _ := fmt.Sscanf(text, "line %d:", &line); n == 1 {
		where = sentence.New("line %d", line)
		_, text, _ = strings.Cut(text, ": ")
	}
	return wrong(where, sentence.New("Check the indentation, and quote texts that have a colon or start with a sign."), "This is not YAML: %s.", clip(text))
}

// yamlReader turns nodes into a model and keeps the first problem.
type yamlReader struct{ err error }

func (r *yamlReader) fail(n *yaml.Node, hint, format string, args ...any) {
	if r.err == nil {
		r.err = wrong(sentence.New("line %d", n.Line), sentence.New(hint), format, args...)
	}
}

// field reads one value of a mapping.
type field func(*yaml.Node)

// mapping hands each value of n to the field with its key.
func (r *yamlReader) mapping(n *yaml.Node, what string, fields map[string]field) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "Write its parts as `name: value`.", "%s is a list of names with values.", what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read, ok := fields[key.Value]
		switch {
		case r.err != nil:
			return
		case key.Kind != yaml.ScalarNode || !ok:
			hint := "It can have " + listNames(fields) + "."
			if near, ok := nearest(key.Value, fields); ok {
				hint = "Did you mean " + near + "?"
			}
			r.fail(key, hint, "%s has nothing called %q.", what, clip(key.Value))
		case seen[key.Value]:
			r.fail(key, "Keep one of them.", "%s has %s twice.", what, key.Value)
		default:
			seen[key.Value] = true
			read(value)
		}
	}
}

// list hands each item of n to item, of which there may be limit.
func (r *yamlReader) list(n *yaml.Node, what string, limit int, item func(*yaml.Node)) {
	switch {
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
	case n.Kind != yaml.SequenceNode:
		r.fail(n, "Start each with a dash.", "The %s are a list.", what)
	case len(n.Content) > limit:
		r.fail(n, "Split the model into several.", "It has %d %s; %d is the most.", len(n.Content), what, limit)
	default:
		for _, c := range n.Content {
			item(c)
		}
	}
}

func (r *yamlReader) text(out *string) field {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode {
			r.fail(n, "Write it on one line, or after `|`.", "A text belongs here.")
			return
		}
		if n.Tag != "!!null" {
			*out = n.Value
		}
	}
}

func (r *yamlReader) number(set func(float64)) field {
	return func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
			return
		}
		x, ok := ParseNumber(n.Value)
		if n.Kind != yaml.ScalarNode || !ok {
			r.fail(n, `Write one such as 0.8 or "80%".`, "%q is not a number.", clip(n.Value))
			return
		}
		set(x)
	}
}

// quantity adds the fields of a quantity.
func (r *yamlReader) quantity(q *Quantity, fields map[string]field) map[string]field {
	for name, out := range map[string]**float64{"value": &q.Value, "low": &q.Low, "mode": &q.Mode, "high": &q.High} {
		fields[name] = r.number(func(x float64) { *out = &x })
	}
	fields["distribution"] = r.text((*string)(&q.Distribution))
	return fields
}

func (r *yamlReader) model(n *yaml.Node, m *Model) {
	r.mapping(n, "A value model", map[string]field{
		"name": r.text(&m.Name), "about": r.text(&m.About), "unit": r.text(&m.Unit), "formula": r.text(&m.Formula),
		"discount":  r.number(func(x float64) { m.Discount = x }),
		"variables": func(n *yaml.Node) { r.list(n, "variables", MaxVariables, func(n *yaml.Node) { r.variable(n, m) }) },
		"steps":     func(n *yaml.Node) { r.list(n, "steps", MaxSteps, func(n *yaml.Node) { r.step(n, m) }) },
		"costs":     func(n *yaml.Node) { r.list(n, "costs", MaxCosts, func(n *yaml.Node) { r.cost(n, m) }) },
		"scenarios": func(n *yaml.Node) { r.list(n, "scenarios", MaxScenarios, func(n *yaml.Node) { r.scenario(n, m) }) },
	})
}

func (r *yamlReader) variable(n *yaml.Node, m *Model) {
	var v Variable
	r.mapping(n, "A variable", r.quantity(&v.Quantity, map[string]field{
		"name": r.text(&v.Name), "label": r.text(&v.Label), "unit": r.text(&v.Unit), "why": r.text(&v.Why),
	}))
	m.Variables = append(m.Variables, v)
}

func (r *yamlReader) step(n *yaml.Node, m *Model) {
	var s Step
	r.mapping(n, "A step", map[string]field{
		"name": r.text(&s.Name), "label": r.text(&s.Label), "unit": r.text(&s.Unit), "formula": r.text(&s.Formula),
	})
	m.Steps = append(m.Steps, s)
}

func (r *yamlReader) cost(n *yaml.Node, m *Model) {
	var c Cost
	r.mapping(n, "A cost", r.quantity(&c.Quantity, map[string]field{
		"name": r.text(&c.Name), "label": r.text(&c.Label), "unit": r.text(&c.Unit), "every": r.text(&c.Every), "why": r.text(&c.Why),
	}))
	m.Costs = append(m.Costs, c)
}

func (r *yamlReader) scenario(n *yaml.Node, m *Model) {
	s := Scenario{Set: map[string]string{}}
	r.mapping(n, "A scenario", map[string]field{
		"name": r.text(&s.Name),
		"set": func(n *yaml.Node) {
			if n.Kind != yaml.MappingNode {
				r.fail(n, "Write `set: {accuracy: 0.6}`.", "A scenario sets numbers by name.")
				return
			}
			for i := 0; i+1 < len(n.Content); i += 2 {
				var text string
				r.text(&text)(n.Content[i+1])
				s.Set[n.Content[i].Value] = text
			}
		},
	})
	m.Scenarios = append(m.Scenarios, s)
}

// YAML returns the model as ReadYAML reads it.
func (m Model) YAML() ([]byte, error) {
	root := &yaml.Node{Kind: yaml.MappingNode}
	put(root, "name", m.Name)
	put(root, "about", m.About)
	put(root, "unit", m.Unit)
	put(root, "formula", m.Formula)
	if m.Discount != 0 {
		put(root, "discount", exactly(m.Discount))
	}
	section(root, "variables", m.Variables, func(n *yaml.Node, v Variable) {
		putAll(n, "name", v.Name, "label", v.Label, "unit", v.Unit)
		v.put(n)
		put(n, "why", v.Why)
	})
	section(root, "steps", m.Steps, func(n *yaml.Node, s Step) {
		putAll(n, "name", s.Name, "label", s.Label, "unit", s.Unit, "formula", s.Formula)
	})
	section(root, "costs", m.Costs, func(n *yaml.Node, c Cost) {
		putAll(n, "name", c.Name, "label", c.Label, "unit", c.Unit)
		c.put(n)
		putAll(n, "every", c.Every, "why", c.Why)
	})
	section(root, "scenarios", m.Scenarios, func(n *yaml.Node, s Scenario) {
		put(n, "name", s.Name)
		if len(s.Set) == 0 {
			return
		}
		set := &yaml.Node{Kind: yaml.MappingNode}
		for _, name := range sortedKeys(s.Set) {
			set.Content = append(set.Content, textNode(name), textNode(s.Set[name]))
		}
		n.Content = append(n.Content, textNode("set"), set)
	})
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := errors.Join(enc.Encode(root), enc.Close()); err != nil {
		return nil, fmt.Errorf("write the model as YAML: %w", err)
	}
	return b.Bytes(), nil
}

// put adds a text unless it is empty. Numbers stand without quotation marks.
func put(n *yaml.Node, name, text string) {
	if text == "" {
		return
	}
	value := textNode(text)
	if _, ok := ParseNumber(text); ok && slices.Contains([]string{"value", "low", "mode", "high", "discount"}, name) {
		value.Tag = "" // plain: 1000, not !!float 1000
	}
	n.Content = append(n.Content, textNode(name), value)
}

// textNode returns a text, which the encoder quotes if it looks like anything else.
// Texts with blanks at an end it can't write in blocks, so they are quoted here.
func textNode(text string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
	if strings.TrimSpace(text) != text || strings.Contains(text, "\n ") {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// putAll adds names with their texts in turn.
func putAll(n *yaml.Node, pairs ...string) {
	for pair := range slices.Chunk(pairs, 2) {
		put(n, pair[0], pair[1])
	}
}

func (q Quantity) put(n *yaml.Node) {
	for _, part := range []struct {
		name string
		x    *float64
	}{{"value", q.Value}, {"low", q.Low}, {"mode", q.Mode}, {"high", q.High}} {
		if part.x != nil {
			put(n, part.name, exactly(*part.x))
		}
	}
	put(n, "distribution", string(q.Distribution))
}

// section adds a list, one item a line.
func section[T any](root *yaml.Node, name string, items []T, write func(*yaml.Node, T)) {
	if len(items) == 0 {
		return
	}
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for _, item := range items {
		n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
		write(n, item)
		list.Content = append(list.Content, n)
	}
	root.Content = append(root.Content, textNode(name), list)
}
