package template

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"cairn/core/sentence"
)

// ReadYAML reads a template. It is read, not checked: Check does that. What a
// file leaves out is empty, keys too. The error is a *Error that names the line.
func ReadYAML(b []byte) (Template, error) {
	if len(b) > MaxFile {
		return Template{}, fileError(0, "A template fits on a few pages.", "The file is larger than %s KiB.", MaxFile>>10)
	}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	var document yaml.Node
	if err := dec.Decode(&document); errors.Is(err, io.EOF) {
		return Template{}, fileError(0, "See `cairn template export experiment-brief` for what one looks like.", "The file is empty.")
	} else if err != nil {
		return Template{}, notYAML(err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return Template{}, fileError(0, "Keep each template in a file of its own.", "The file holds more than one document.")
	}
	if isModel(document.Content[0]) {
		return Template{}, fileError(document.Content[0].Line, "Keep it in a project: `cairn value save --project P --file FILE`.", "This is a value model, which has a formula and no sections.")
	}
	r := &yamlReader{}
	var t Template
	r.template(document.Content[0], &t)
	if r.err != nil {
		return Template{}, r.err
	}
	return t, nil
}

// fileError returns what is wrong with a file, at a line unless that is 0.
func fileError(line int, hint, format string, args ...any) error {
	return &Error{Place: Place{Line: line}, Said: sentence.New(format, args...), Hint: sentence.New(hint), Broken: true}
}

// notYAML says where a file stops being YAML.
func notYAML(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	var line int
	if n, _ := fmt.Sscanf(text, "line %d:", &line); n == 1 {
		_, text, _ = strings.Cut(text, ": ")
	}
	return fileError(line, "Check the indentation, and quote texts that have a colon or start with a sign.", "This is not YAML: %s.", clip(text))
}

// isModel reports whether a file holds what package value reads.
func isModel(n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode {
		return false
	}
	formula := false
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch n.Content[i].Value {
		case "sections":
			return false
		case "formula", "variables":
			formula = true
		}
	}
	return formula
}

// yamlReader turns nodes into a template and keeps the first problem.
type yamlReader struct{ err error }

func (r *yamlReader) fail(n *yaml.Node, hint, format string, args ...any) {
	if r.err == nil {
		r.err = fileError(n.Line, hint, format, args...)
	}
}

// part reads one value of a mapping.
type part func(*yaml.Node)

// mapping hands each value of n to the part with its name.
func (r *yamlReader) mapping(n *yaml.Node, what string, parts map[string]part) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "Write its parts as `name: value`.", "%s is a list of names with values.", what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read, ok := parts[key.Value]
		switch {
		case r.err != nil:
			return
		case key.Kind != yaml.ScalarNode || !ok:
			names := strings.Join(slices.Sorted(maps.Keys(parts)), ", ")
			r.fail(key, "It can have "+names+".", `%s has nothing called "%s".`, what, clip(key.Value))
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
		r.fail(n, "Split the template into two.", "It has %s %s; %s is the most.", len(n.Content), what, limit)
	default:
		for _, c := range n.Content {
			item(c)
		}
	}
}

func (r *yamlReader) text(out *string) part {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode {
			r.fail(n, "Write it on one line, or after `|`.", "A text belongs here.")
			return
		}
		if n.Tag != "!!null" {
			*out = strings.ToValidUTF8(n.Value, "\uFFFD")
		}
	}
}

func (r *yamlReader) truth(out *bool) part {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
			r.fail(n, "Write true or false.", `"%s" is neither true nor false.`, clip(n.Value))
			return
		}
		*out = strings.EqualFold(n.Value, "true")
	}
}

func (r *yamlReader) template(n *yaml.Node, t *Template) {
	r.mapping(n, "a template", map[string]part{
		"name": r.text(&t.Name), "about": r.text(&t.About), "phase": r.text(&t.Phase),
		"sections": func(n *yaml.Node) { r.list(n, "sections", MaxSections, func(n *yaml.Node) { r.section(n, t) }) },
	})
}

func (r *yamlReader) section(n *yaml.Node, t *Template) {
	var s Section
	r.mapping(n, "a section", map[string]part{
		"key": r.text(&s.Key), "title": r.text(&s.Title), "help": r.text(&s.Help),
		"fields": func(n *yaml.Node) { r.list(n, "fields", MaxFields, func(n *yaml.Node) { r.field(n, &s) }) },
	})
	t.Sections = append(t.Sections, s)
}

func (r *yamlReader) field(n *yaml.Node, s *Section) {
	var f Field
	r.mapping(n, "a field", map[string]part{
		"key": r.text(&f.Key), "label": r.text(&f.Label), "help": r.text(&f.Help), "kind": r.text((*string)(&f.Kind)),
		"required": r.truth(&f.Required), "unit": r.text(&f.Unit), "of": r.text(&f.Of), "example": r.text(&f.Example),
		"choices": func(n *yaml.Node) {
			r.list(n, "choices", MaxChoices, func(n *yaml.Node) {
				var choice string
				r.text(&choice)(n)
				f.Choices = append(f.Choices, choice)
			})
		},
	})
	s.Fields = append(s.Fields, f)
}
