package paper

import (
	"io"
	"strings"
)

// WriteMarkdown writes d in GitHub's flavour of Markdown. Figures are tables.
func WriteMarkdown(w io.Writer, d Document) error {
	var m markdown
	m.block("# " + escape(line(d.Title)))
	if lead := line(d.Lead); lead != "" {
		m.block(escape(lead))
	}
	m.facts(d.Facts)
	for _, b := range d.Blocks {
		m.add(b)
	}
	_, err := io.WriteString(w, m.String())
	return err
}

type markdown struct{ strings.Builder }

// block writes a block, with an empty line between it and the one before.
func (m *markdown) block(text string) {
	if m.Len() > 0 {
		m.WriteByte('\n')
	}
	m.WriteString(text)
	m.WriteByte('\n')
}

func (m *markdown) add(b Block) {
	switch b := b.(type) {
	case Heading:
		marks := "## "
		if b.Minor {
			marks = "### "
		}
		m.block(marks + escape(line(b.Text)))
	case Text:
		for _, p := range paragraphs(b.Text) {
			m.block(prose(p))
		}
	case List:
		items := make([]string, len(b.Items))
		for i, item := range b.Items {
			items[i] = "- " + escape(line(item))
		}
		if len(items) > 0 {
			m.block(strings.Join(items, "\n"))
		}
	case Facts:
		m.facts(b.Facts)
	case Key:
		m.block("**" + escape(line(b.Name)) + ": " + escape(line(b.Number)) + "** " + escape(line(b.Words)))
		m.facts(b.Beside)
	case Note:
		m.block("> " + escape(line(b.Text)))
	case Table:
		m.table(b)
	case Figure:
		m.block("**" + escape(line(b.Title)) + "**")
		if note := line(b.Note); note != "" {
			m.block(escape(note))
		}
		m.table(b.Table)
	}
}

// facts writes a point for each; further paragraphs are indented, so that they
// belong to it.
func (m *markdown) facts(facts []Fact) {
	var b strings.Builder
	for _, f := range facts {
		b.WriteString("- **" + escape(line(f.Name)) + ":**")
		for i, p := range paragraphs(f.Text) {
			if i == 0 {
				b.WriteByte(' ')
			} else {
				b.WriteString("\n  ")
			}
			b.WriteString(strings.ReplaceAll(prose(p), "\n", "\n  "))
			b.WriteByte('\n')
		}
		if len(paragraphs(f.Text)) == 0 {
			b.WriteByte('\n')
		}
	}
	if b.Len() > 0 {
		m.block(strings.TrimSuffix(b.String(), "\n"))
	}
}

// prose writes the lines of a paragraph, each but the last with a hard break.
func prose(lines []string) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = escape(l)
	}
	return strings.Join(out, "\\\n")
}

func (m *markdown) table(t Table) {
	if len(t.Rows) == 0 {
		return
	}
	var b strings.Builder
	for _, c := range t.Columns {
		b.WriteString("| " + escape(line(c.Head)) + " ")
	}
	b.WriteString("|\n")
	for _, c := range t.Columns {
		b.WriteString("| ---")
		if c.Right {
			b.WriteByte(':')
		}
		b.WriteByte(' ')
	}
	b.WriteString("|")
	for _, row := range t.Rows {
		b.WriteByte('\n')
		for _, c := range row {
			b.WriteString("| " + cell(c) + " ")
		}
		b.WriteString("|")
	}
	m.block(b.String())
}

// cell writes a cell: a table takes no line breaks but those of HTML.
func cell(c Cell) string {
	var lines []string
	for _, p := range paragraphs(c.Text) {
		for _, l := range p {
			l = escape(l)
			if c.Strong {
				l = "**" + l + "**"
			}
			lines = append(lines, l)
		}
	}
	for _, p := range paragraphs(c.Under) {
		for _, l := range p {
			lines = append(lines, escape(l))
		}
	}
	return strings.Join(lines, "<br>")
}

// special are the signs that can mean something within a line, $ because GitHub
// sets formulas between two of them.
const special = "\\`*_{}[]<>#|~&$"

// escape writes a line so that nothing in it is read as Markdown or HTML.
func escape(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for i, r := range text {
		if strings.ContainsRune(special, r) || begins(text, i) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// begins reports whether the sign at i would make the line a list, a rule, a
// heading or a quotation: + - = at its beginning, or . and ) after a number there.
func begins(text string, i int) bool {
	switch text[i] {
	case '+', '-', '=', ':':
		return strings.Trim(text[:i], "+-=: ") == ""
	case '.', ')':
		return i > 0 && strings.Trim(text[:i], "0123456789") == ""
	}
	return false
}
