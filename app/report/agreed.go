package report

import (
	"cmp"
	"strings"

	"cairn/app/report/paper"
)

// roles is who is involved in which phase, and how.
func (w *writer) roles() {
	w.heading(w.T("Roles and responsibilities"))
	if len(w.project.Responsibilities) == 0 {
		w.nothing(w.T("Nobody has said yet who is responsible for what."))
		return
	}
	t := paper.Table{Columns: []paper.Column{{Head: w.T("Role"), Share: 3.2}, {Head: w.T("Person"), Share: 2.6}}}
	for _, phase := range w.phases() {
		t.Columns = append(t.Columns, paper.Column{Head: phase, Share: 2.3})
	}
	for _, r := range w.project.Responsibilities {
		row := []paper.Cell{{Text: cmp.Or(w.role(r.Role), w.T("Unnamed")), Under: r.Notes, Strong: true}, paper.Of(cmp.Or(strings.TrimSpace(r.PersonName), w.T("nobody yet")))}
		for _, part := range []string{r.Design, r.Development, r.Deployment, r.Monitoring} {
			row = append(row, paper.Cell{Text: cmp.Or(w.involvement(part), "–"), Strong: part == "accountable"})
		}
		t.Rows = append(t.Rows, row)
	}
	w.add(t, paper.Text{Text: w.T("Responsible does the work, accountable answers for it, consulted is asked before, informed is told after."), Quiet: true})
}

// signOffs is who has agreed to what, and whether that still holds.
func (w *writer) signOffs() {
	w.heading(w.T("Sign-offs"))
	if len(w.project.SignOffs) == 0 {
		w.nothing(w.T("Nobody has signed off anything yet."))
		return
	}
	t := paper.Table{Columns: []paper.Column{{Head: w.T("What"), Share: 2.6}, {Head: w.T("Who"), Share: 3}, {Head: w.T("When"), Share: 3}, {Head: w.T("Verdict"), Share: 3}, {Head: w.T("Still holds?"), Share: 3}}}
	for _, s := range w.project.SignOffs {
		t.Rows = append(t.Rows, w.signOff(s))
	}
	w.add(t)
}

func (w *writer) signOff(s SignOff) []paper.Cell {
	what := paper.Cell{Text: w.page(s.Scope), Strong: true}
	if s.Amount != nil {
		what.Under = w.T("at %s", w.amount(*s.Amount, s.Unit))
	}
	verdict := paper.Cell{Text: w.T("Rejected"), Under: s.Note, Tone: paper.Bad}
	if s.Approved {
		verdict.Text, verdict.Tone = w.T("Approved"), paper.Good
	}
	standing := paper.Cell{Text: w.T("Not counted"), Tone: paper.Warning}
	switch s.Standing {
	case Valid:
		standing = paper.Cell{Text: w.T("Yes"), Tone: paper.Good}
	case Changed:
		standing = paper.Cell{Text: w.T("Changed since"), Under: w.touched(s.Touched), Tone: paper.Warning}
	case Revoked:
		standing = paper.Cell{Text: w.T("Taken back"), Tone: paper.Bad}
	case Replaced:
		standing = paper.Cell{Text: w.T("Replaced by a later one")}
	case NotCounted:
		if !s.Reason.IsZero() {
			standing.Under = s.Reason.In(w.Data)
		}
	}
	return []paper.Cell{what, {Text: w.named(s.Person), Under: w.role(s.Role)}, paper.Of(w.date(s.At)), verdict, standing}
}

// touchedMost is how many documents a sign-off names that are not what they were.
const touchedMost = 8

// touched names what is not what a sign-off was given for.
func (w *writer) touched(all []Touched) string {
	var lines []string
	for _, t := range all[:min(len(all), touchedMost)] {
		name := w.named(t.Title.In(w.Data))
		switch t.Touch {
		case "added":
			name = w.T("%s (new)", name)
		case "removed":
			name = w.T("%s (removed)", name)
		}
		lines = append(lines, name)
	}
	if more := len(all) - touchedMost; more > 0 {
		lines = append(lines, w.T("… and %d more", more))
	}
	return strings.Join(lines, "\n")
}
