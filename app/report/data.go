package report

import (
	"cmp"
	"slices"
	"strings"

	"cairn/app/report/paper"
	"cairn/core/value"
)

// data is where the data come from and what they are expected to keep to.
func (w *writer) data() {
	w.heading(w.T("Data"))
	if len(w.project.Sources) == 0 {
		w.nothing(w.T("There are no data sources yet."))
	} else {
		w.sources()
	}
	w.minor(w.T("What the data are expected to keep to"))
	if len(w.project.Expectations) == 0 {
		w.nothing(w.T("Nothing is expected of the data yet."))
		return
	}
	w.expectations()
}

func (w *writer) sources() {
	t := paper.Table{Columns: []paper.Column{{Head: w.T("Source"), Share: 5}, {Head: w.T("Renewed"), Share: 2.2}, {Head: w.T("Owner"), Share: 2.4}, {Head: w.T("Personal data"), Share: 2}, {Head: w.T("Access"), Share: 2.2}}}
	for _, s := range w.project.Sources {
		source := paper.Cell{Text: w.named(s.Name), Strong: true}
		lines := []string{s.About}
		if w.audience.rules() {
			lines = append(lines, join(w.form(s.Form), s.Location))
		}
		source.Under = strings.TrimSpace(strings.Join(lines, "\n"))
		access := paper.Of(cmp.Or(w.access(s.Access), w.T("not said")))
		switch s.Access {
		case "refused":
			access.Tone = paper.Bad
		case "requested":
			access.Tone = paper.Warning
		}
		personal := paper.Of(cmp.Or(w.answer(s.PersonalData), w.T("not said")))
		if s.PersonalData != "no" {
			personal.Strong = true
		}
		t.Rows = append(t.Rows, []paper.Cell{
			source, paper.Of(cmp.Or(w.refresh(s.Refresh), w.T("not said"))), paper.Of(cmp.Or(strings.TrimSpace(s.OwnerName), w.T("nobody yet"))), personal, access,
		})
	}
	w.add(t)
}

// join joins what is there with a comma.
func join(words ...string) string {
	var there []string
	for _, word := range words {
		if word = strings.TrimSpace(word); word != "" {
			there = append(there, word)
		}
	}
	return list(there)
}

func (v *voice) form(form string) string {
	switch form {
	case "table":
		return v.T("Table")
	case "files":
		return v.T("Files")
	case "stream":
		return v.T("Stream")
	case "documents":
		return v.T("Documents")
	}
	return form
}

func (v *voice) refresh(refresh string) string {
	switch refresh {
	case "continuous":
		return v.T("Continuously")
	case "hourly":
		return v.T("Hourly")
	case "daily":
		return v.T("Daily")
	case "weekly":
		return v.T("Weekly")
	case "monthly":
		return v.T("Monthly")
	case "once":
		return v.T("Once")
	}
	return refresh
}

func (v *voice) access(access string) string {
	switch access {
	case "open":
		return v.T("Open to all")
	case "requested":
		return v.T("Requested")
	case "granted":
		return v.T("Granted")
	case "refused":
		return v.T("Refused")
	}
	return access
}

// expectations lists what is expected by dimension of data quality, and says of
// which nothing is.
func (w *writer) expectations() {
	t := paper.Table{Columns: []paper.Column{{Head: w.T("Dimension"), Share: 2.2}, {Head: w.T("Expectation"), Share: 6}, {Head: w.T("Source"), Share: 3}, {Head: w.T("Of the rows"), Share: 1.8, Right: true}}}
	var none []string
	for _, dimension := range append(slices.Clip(dimensions), "") {
		found := false
		for _, e := range w.project.Expectations {
			if e.Dimension != dimension {
				continue
			}
			first := w.dimension(dimension)
			if dimension == "" {
				first = w.T("Other")
			}
			found = true
			share := w.T("every one")
			if e.Share != nil {
				share = value.Short(*e.Share, "%")
			}
			t.Rows = append(t.Rows, []paper.Cell{paper.Of(first), w.expectation(e), paper.Of(w.named(e.SourceName)), paper.Of(share)})
		}
		if !found && dimension != "" {
			none = append(none, w.dimension(dimension))
		}
	}
	w.add(t)
	if len(none) > 0 {
		w.add(paper.Note{Text: w.T("Nothing is expected yet of: %s", list(none)), Tone: paper.Warning})
	}
}

func (w *writer) expectation(e Expectation) paper.Cell {
	rule := w.rule(e)
	c := paper.Cell{Text: cmp.Or(strings.TrimSpace(e.Statement), rule, w.T("Unnamed"))}
	var lines []string
	if w.audience.rules() && rule != "" && rule != c.Text {
		lines = append(lines, rule)
	}
	c.Under = strings.Join(append(lines, e.Why), "\n")
	return c
}
