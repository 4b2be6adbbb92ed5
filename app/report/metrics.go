package report

import (
	"strings"

	"cairn/app/report/paper"
)

// metrics is what success is measured by, in a column for each of those who
// look at it.
func (w *writer) metrics() {
	w.heading(w.T("Key metrics"))
	total, unlinked := 0, 0
	var none []string
	for _, c := range w.project.Columns {
		total += len(c.Metrics)
		if len(c.Metrics) == 0 && c.Name != "" {
			none = append(none, w.role(c.Name))
		}
		for _, m := range c.Metrics {
			if m.Unlinked {
				unlinked++
			}
		}
	}
	if total == 0 {
		w.nothing(w.T("There are no key metrics yet."))
		return
	}
	w.add(w.board())
	if unlinked > 0 {
		w.add(paper.Note{Text: w.N("%d key metric serves no requirement and measures nothing of the value model.", "%d key metrics serve no requirement and measure nothing of the value model.", unlinked), Tone: paper.Warning})
	}
	if len(none) > 0 {
		w.add(paper.Note{Text: w.T("There is no key metric yet for: %s", list(none)), Tone: paper.Warning})
	}
}

// board sets the columns side by side, the first row the first of each.
func (w *writer) board() paper.Table {
	var t paper.Table
	for i, c := range w.project.Columns {
		if c.Name == "" && len(c.Metrics) == 0 {
			continue
		}
		head := w.role(c.Name)
		if c.Name == "" {
			head = w.T("In no column yet")
		}
		t.Columns = append(t.Columns, paper.Column{Head: head})
		for j, m := range w.project.Columns[i].Metrics {
			for len(t.Rows) <= j {
				t.Rows = append(t.Rows, nil)
			}
			for len(t.Rows[j]) < len(t.Columns)-1 {
				t.Rows[j] = append(t.Rows[j], paper.Cell{})
			}
			t.Rows[j] = append(t.Rows[j], w.metric(m))
		}
	}
	for i := range t.Rows {
		for len(t.Rows[i]) < len(t.Columns) {
			t.Rows[i] = append(t.Rows[i], paper.Cell{})
		}
	}
	return t
}

func (w *writer) metric(m Metric) paper.Cell {
	c := paper.Cell{Text: w.named(m.Name), Strong: true}
	if m.Unit != "" && m.Unit != "%" {
		c.Text += " (" + m.Unit + ")"
	}
	var lines []string
	if d := strings.TrimSpace(m.Definition); d != "" {
		lines = append(lines, d)
	}
	switch m.Direction {
	case "higher is better":
		lines = append(lines, w.T("Higher is better."))
	case "lower is better":
		lines = append(lines, w.T("Lower is better."))
	}
	if len(m.Requirements) > 0 {
		lines = append(lines, w.T("Serves: %s", list(m.Requirements)))
	}
	if m.Variable != "" {
		lines = append(lines, w.T("Measures: %s", w.variable(m.Variable)))
	}
	if m.Unlinked {
		lines = append(lines, w.T("Linked to nothing."))
		c.Tone = paper.Warning
	}
	c.Under = strings.Join(lines, "\n")
	return c
}

// variable returns what a quantity of the value models is called.
func (w *writer) variable(name string) string {
	for _, m := range w.project.Models {
		if m.Estimate != nil {
			if label, ok := w.labels(m.Estimate)[name]; ok {
				return label
			}
		}
	}
	return w.labelled("", name)
}
