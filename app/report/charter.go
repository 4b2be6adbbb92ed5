package report

import (
	"strings"

	"cairn/app/report/paper"
)

// charter is why the project exists.
func (w *writer) charter() {
	w.heading(w.T("Charter"))
	c := w.project.Charter
	if c == nil {
		w.nothing(w.T("There is no charter yet."))
		return
	}
	w.verdict(c.Viability, c.Reasons)
	var facts []paper.Fact
	add := func(name, text string) {
		if strings.TrimSpace(text) == "" {
			text = w.T("Not written yet.")
		}
		facts = append(facts, paper.Fact{Name: name, Text: text})
	}
	add(w.T("Problem"), c.Problem)
	add(w.T("Decision that the model changes"), c.Decision)
	add(w.T("How it is decided today"), c.Present)
	add(w.T("Who uses the predictions"), strings.Join(c.Users, "\n"))
	if len(c.Stakeholders) > 0 {
		add(w.T("Who has a say in it"), strings.Join(c.Stakeholders, "\n"))
	}
	add(w.T("Does it take machine learning?"), w.answer(c.NeedsML))
	if strings.TrimSpace(c.WithoutML) != "" {
		add(w.T("What would do instead"), c.WithoutML)
	}
	w.add(paper.Facts{Facts: facts})
}

// verdict says whether the project is held viable, and why.
func (w *writer) verdict(viability, reasons string) {
	n := paper.Note{Text: w.T("Whether the project is viable is not decided yet."), Tone: paper.Warning}
	switch viability {
	case "viable":
		n = paper.Note{Text: w.T("The project is held viable."), Tone: paper.Good}
	case "not viable":
		n = paper.Note{Text: w.T("The project is held not viable."), Tone: paper.Bad}
	}
	w.add(n)
	if strings.TrimSpace(reasons) != "" {
		w.add(paper.Facts{Facts: []paper.Fact{{Name: w.T("Reasons"), Text: reasons}}})
	}
}
