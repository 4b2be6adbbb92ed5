// Package report writes what a project has come to, for people who don't open
// Cairn: as one HTML page, as PDF, as Markdown; in English or Korean; for
// everybody, or with what one role comes for first.
//
// It is handed everything that it says as a Project and asks nobody, so the same
// Project gives the same bytes. Texts in it are other people's.
package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"cairn/app/report/paper"
	"cairn/core/fault"
)

// Format is how a report is written.
type Format string

// The formats, by the endings of their files.
const (
	HTML     Format = "html"
	PDF      Format = "pdf"
	Markdown Format = "md"
)

// Formats lists them, the one of most use first.
var Formats = []Format{HTML, PDF, Markdown}

// Options say what is written, and for whom.
type Options struct {
	Format   Format   // HTML when empty
	Audience Audience // Everybody when empty
	Language Language // English when empty
}

// File is a report as it is sent or kept.
type File struct {
	Name      string // without a folder, and safe as one on every system
	MediaType string
	Bytes     []byte
}

// Make writes a report. The error is a fault that says which option there is not.
func Make(p Project, o Options) (File, error) {
	if o.Format == "" {
		o.Format = HTML
	}
	write, ok := map[Format]func(io.Writer, paper.Document) error{HTML: paper.WriteHTML, PDF: paper.WritePDF, Markdown: paper.WriteMarkdown}[o.Format]
	if !ok {
		return File{}, fault.New(fault.Invalid, "There is no report of the format %q.", "Choose one of html, pdf and md.").With(clip(string(o.Format)))
	}
	v, err := speak(o.Language)
	if err != nil {
		return File{}, err
	}
	d := document(v, p, o.Audience)
	var b bytes.Buffer
	if err := write(&b, d); err != nil {
		return File{}, fmt.Errorf("write the report on %s: %w", p.ID, err)
	}
	media := map[Format]string{HTML: "text/html; charset=utf-8", PDF: "application/pdf", Markdown: "text/markdown; charset=utf-8"}
	return File{Name: fileName(p) + "." + string(o.Format), MediaType: media[o.Format], Bytes: b.Bytes()}, nil
}

// fileNameMost is how many characters of a project's name stand in that of its
// report: file systems take 255 bytes.
const fileNameMost = 60

// fileName returns the name of a project and the day, as a file can be called:
// "churn-reduction-2026-11-25".
func fileName(p Project) string {
	words := strings.FieldsFunc(strings.ToLower(p.Name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := []rune(strings.Join(words, "-"))
	if len(name) == 0 {
		name = []rune("report")
	}
	return strings.TrimRight(string(name[:min(len(name), fileNameMost)]), "-") + "-" + p.At.Format("2006-01-02")
}

// clip shortens text from outside for a message.
func clip(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// document returns the report as a document: what it is about, the number, and
// the parts in the order of the audience.
func document(v *voice, p Project, a Audience) paper.Document {
	name := strings.TrimSpace(p.Name)
	if name == "" {
		name = v.T("A project without a name")
	}
	d := paper.Document{
		Language: string(v.language), At: p.At, Kind: v.T("Design report"), Title: name, Lead: p.Summary,
		Facts: about(v, p, a), Foot: v.T("%s · Design report of %s · made with Cairn", name, v.date(p.At)), Page: v.T("Page %d of %d"),
	}
	w := writer{voice: v, project: p, audience: a}
	w.number()
	for _, part := range parts[a.index()] {
		part(&w)
	}
	d.Blocks = w.blocks
	return d
}

// writer gathers the blocks of a report.
type writer struct {
	*voice
	project  Project
	audience Audience
	blocks   []paper.Block
}

func (w *writer) add(blocks ...paper.Block) { w.blocks = append(w.blocks, blocks...) }

func (w *writer) heading(text string) { w.add(paper.Heading{Text: text}) }

func (w *writer) minor(text string) { w.add(paper.Heading{Text: text, Minor: true}) }

// nothing says in a sentence that a part is empty.
func (w *writer) nothing(text string) { w.add(paper.Text{Text: text, Quiet: true}) }

// about says what the report is of, for whom, and who is in it.
func about(v *voice, p Project, a Audience) []paper.Fact {
	facts := []paper.Fact{{Name: v.T("Date"), Text: v.date(p.At)}}
	if p.Workspace != "" {
		facts = append(facts, paper.Fact{Name: v.T("Workspace"), Text: p.Workspace})
	}
	if a != Everybody {
		facts = append(facts, paper.Fact{Name: v.T("Written for"), Text: v.role(string(a))})
	}
	if p.By != "" {
		facts = append(facts, paper.Fact{Name: v.T("Made by"), Text: p.By})
	}
	if names := people(v, p.People); names != "" {
		facts = append(facts, paper.Fact{Name: v.T("People"), Text: names})
	}
	return facts
}

// peopleMost is how many people a report names at its head.
const peopleMost = 12

func people(v *voice, all []Person) string {
	words := make([]string, 0, peopleMost+1)
	for _, p := range all[:min(len(all), peopleMost)] {
		roles := make([]string, len(p.Roles))
		for i, r := range p.Roles {
			roles[i] = v.role(r)
		}
		slices.Sort(roles)
		name := v.named(p.Name)
		if len(roles) > 0 {
			name += " (" + strings.Join(roles, ", ") + ")"
		}
		words = append(words, name)
	}
	if more := len(all) - peopleMost; more > 0 {
		words = append(words, v.N("and %d other", "and %d others", more))
	}
	return strings.Join(words, ", ")
}
