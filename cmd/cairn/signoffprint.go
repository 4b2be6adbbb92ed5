package main

import (
	"fmt"
	"io"
	"strings"

	"cairn/app"
	"cairn/core/doc"
	"cairn/core/value"
)

func (c *cli) printReadiness(w io.Writer, r app.Readiness) {
	var rows [][]string
	for _, p := range r.Pages {
		rows = append(rows, []string{string(p.Page), string(p.State), lackWords(p), waitWords(p)})
	}
	c.table(w, "PAGE,STATE,LACKS,WAITS FOR", rows)
	fmt.Fprintf(w, "\n%d of %s ready. The Design phase is %s.\n", r.Ready, count(r.Needed, "page"), r.Phase.State)
}

// lackWords says how much a page lacks.
func lackWords(p app.PageReadiness) string {
	var words []string
	if p.Musts > 0 {
		words = append(words, fmt.Sprint(p.Musts))
	}
	if p.Advice > 0 {
		words = append(words, fmt.Sprintf("%d advised", p.Advice))
	}
	return strings.Join(words, ", ")
}

// waitWords says whose sign-off a page that can be signed off waits for.
func waitWords(p app.PageReadiness) string {
	var words []string
	for _, want := range p.Wants {
		if want.Signed == "" && p.Musts == 0 {
			words = append(words, wantWords(want))
		}
	}
	return strings.Join(words, ", ")
}

// wantWords says whose sign-off is wanted.
func wantWords(want app.Want) string {
	switch {
	case len(want.By) == 0:
		return "nobody may approve"
	case len(want.By) == 1:
		return want.By[0].Name
	case want.Role == "":
		return "anybody who may approve"
	}
	return want.Role
}

func printPageState(w io.Writer, p app.PageReadiness) {
	fmt.Fprintf(w, "%s: %s\n", p.Page, p.State)
	if p.Reason != nil {
		fmt.Fprintln(w, line(p.Reason.Sentence))
	}
	section := ""
	for _, item := range p.Missing {
		head := "Missing:"
		if !item.Must {
			head = "Advised:"
		}
		if head != section {
			fmt.Fprintf(w, "\n%s\n", head)
			section = head
		}
		place := item.Document
		if place != "" {
			place = "  " + place
		}
		fmt.Fprintf(w, "  %s (%s)%s\n", line(item.Say.Sentence), line(whoWords(item.Who)), place)
	}
	if p.Left > 0 {
		fmt.Fprintf(w, "  … and %d more like these\n", p.Left)
	}
	if len(p.Wants) > 0 {
		fmt.Fprintln(w, "\nSign-offs it wants:")
	}
	for _, want := range p.Wants {
		given := "not yet"
		if want.Signed != "" {
			given = "given"
		}
		role := want.Role
		if role == "" {
			role = "anybody who may approve"
		}
		fmt.Fprintf(w, "  %s: %s (%s)\n", line(role), given, line(personNames(want.By)))
	}
	printTouched(w, p.Touched)
}

func printSignOffs(w io.Writer, list []app.SignOff) {
	if len(list) == 0 {
		fmt.Fprintln(w, "No sign-offs yet. Give one with `cairn signoff give PROJECT SCOPE --approve`.")
	}
	for i, s := range list {
		if i > 0 {
			fmt.Fprintln(w)
		}
		printSignOff(w, s)
	}
}

func printSignOff(w io.Writer, s app.SignOff) {
	role := ""
	if s.Role != "" {
		role = " as " + line(s.Role)
	}
	fmt.Fprintf(w, "%s %s by %s%s, %s: %s\n", line(string(s.Scope)), line(s.Verdict), line(s.Person.Name), role, clock(s.Time), s.Standing)
	if s.Reason != nil {
		fmt.Fprintf(w, "  %s\n", line(s.Reason.Sentence))
	}
	if s.Amount != nil {
		fmt.Fprintf(w, "  worth %s then\n", line(value.Amount(*s.Amount, s.Unit)))
	}
	if s.Note != "" {
		fmt.Fprintf(w, "  “%s”\n", line(s.Note))
	}
	fmt.Fprintf(w, "  %s\n", s.ID)
	printTouched(w, s.Touched)
}

// shownTouched is how many changed documents are listed.
const shownTouched = 20

func printTouched(w io.Writer, touched []app.Touched) {
	if len(touched) > 0 {
		fmt.Fprintln(w, "  since then:")
	}
	for _, t := range touched[:min(len(touched), shownTouched)] {
		fmt.Fprintf(w, "    %s: %s\n", cell(t.Title), t.Touch)
		for _, f := range t.Fields {
			fmt.Fprintf(w, "      %s: %s → %s", line(f.Field), quoted(f.Old), quoted(f.New))
			if f.Time != nil {
				fmt.Fprintf(w, "  (%s, %s)", line(f.Person), clock(*f.Time))
			}
			fmt.Fprintln(w)
		}
	}
	if more := len(touched) - shownTouched; more > 0 {
		fmt.Fprintf(w, "    … and %d more\n", more)
	}
}

// quoted is a value as it stands in a comparison.
func quoted(v doc.Value) string {
	if text := v.String(); text != "" {
		return cell(text)
	}
	return "nothing"
}
