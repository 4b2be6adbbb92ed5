package report

import (
	"strings"

	"cairn/app/report/paper"
)

// Of open points a report names as many; the rest it counts.
const (
	missingMost   = 50
	conflictsMost = 100
	commentsMost  = 100
)

// open is what is still to be done, settled or answered.
func (w *writer) open() {
	w.heading(w.T("Open points"))
	p := w.project
	if len(p.Missing)+len(p.Conflicts)+len(p.Comments) == 0 {
		w.nothing(w.T("Nothing is open."))
		return
	}
	if len(p.Missing) > 0 {
		w.minor(w.T("Still missing"))
		w.add(paper.List{Items: w.sentences(p.Missing[:min(len(p.Missing), missingMost)])})
		w.more(len(p.Missing) - missingMost)
	}
	if len(p.Conflicts) > 0 {
		w.minor(w.T("Written differently at the same time"))
		w.conflicts()
	}
	if len(p.Comments) > 0 {
		w.minor(w.T("Comments without an answer"))
		w.comments()
	}
}

func (w *writer) conflicts() {
	t := paper.Table{Columns: []paper.Column{{Head: w.T("Where"), Share: 4}, {Head: w.T("What"), Share: 2}, {Head: w.T("What people wrote"), Share: 5}}}
	all := w.project.Conflicts
	for _, c := range all[:min(len(all), conflictsMost)] {
		t.Rows = append(t.Rows, []paper.Cell{
			{Text: w.named(c.Title), Under: w.kind(c.Kind)}, paper.Of(w.field(c.Field)), paper.Of(strings.Join(c.Values, "\n")),
		})
	}
	w.add(t)
	w.more(len(all) - conflictsMost)
}

func (w *writer) comments() {
	t := paper.Table{Columns: []paper.Column{{Head: w.T("About what"), Share: 3}, {Head: w.T("Comment"), Share: 5}, {Head: w.T("Written by"), Share: 2.4}}}
	all := w.project.Comments
	for _, c := range all[:min(len(all), commentsMost)] {
		t.Rows = append(t.Rows, []paper.Cell{paper.Of(w.named(c.About)), paper.Of(c.Body), {Text: w.named(c.By), Under: w.date(c.At)}})
	}
	w.add(t)
	w.more(len(all) - commentsMost)
}

// more counts what is not shown.
func (w *writer) more(n int) {
	if n > 0 {
		w.nothing(w.T("… and %d more", n))
	}
}
