package template

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"
)

// YAML returns the template as ReadYAML reads it, to the letter.
func (t Template) YAML() ([]byte, error) {
	root := mapping("name", t.Name, "about", t.About, "phase", t.Phase)
	sections := list(t.Sections, func(s Section) *yaml.Node {
		n := mapping("title", s.Title, "key", s.Key, "help", s.Help)
		put(n, "fields", list(s.Fields, fieldNode))
		return n
	})
	put(root, "sections", sections)
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := errors.Join(enc.Encode(root), enc.Close()); err != nil {
		return nil, fmt.Errorf("write the template as YAML: %w", err)
	}
	return b.Bytes(), nil
}

func fieldNode(f Field) *yaml.Node {
	n := mapping("label", f.Label, "key", f.Key, "kind", string(f.Kind), "unit", f.Unit, "of", f.Of)
	if f.Required {
		put(n, "required", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"})
	}
	put(n, "choices", list(f.Choices, textNode))
	more := mapping("help", f.Help, "example", f.Example)
	n.Content = append(n.Content, more.Content...)
	return n
}

// mapping returns names with their texts in turn, without those that are empty.
func mapping(pairs ...string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			put(n, pairs[i], textNode(pairs[i+1]))
		}
	}
	return n
}

// put adds a value unless it is nil.
func put(n *yaml.Node, name string, value *yaml.Node) {
	if value != nil {
		n.Content = append(n.Content, textNode(name), value)
	}
}

// list returns the items, nil when there are none.
func list[T any](items []T, node func(T) *yaml.Node) *yaml.Node {
	if len(items) == 0 {
		return nil
	}
	n := &yaml.Node{Kind: yaml.SequenceNode}
	for _, item := range items {
		n.Content = append(n.Content, node(item))
	}
	return n
}

// textNode returns a text, which the encoder quotes if it looks like anything
// else. Texts that lose something in blocks, at their ends or where they have
// other white space than blanks and line breaks, are quoted here.
func textNode(text string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
	odd := func(r rune) bool { return r != '\n' && (!unicode.IsPrint(r) || r == 0xFEFF) }
	if strings.TrimSpace(text) != text || strings.Contains(text, "\n ") || strings.ContainsFunc(text, odd) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}
