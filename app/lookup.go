package app

import (
	"context"
	"strings"

	"cairn/app/index"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
)

const (
	// minPrefix is the fewest digits of an ID that are taken for one.
	minPrefix = 4
	// shownMatches is how many of several matches an error names.
	shownMatches = 5
)

// findDoc returns the document whose ID is text or starts with it.
func (a *App) findDoc(text string) (*doc.Doc, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if name, err := id.ParseDoc(text); err == nil {
		return a.journal.Doc(name)
	}
	if len(text) < minPrefix {
		return nil, fault.New(fault.Invalid, "%q is no document ID.", "Give the ID or at least its first %d digits, as `cairn doc list KIND` shows it.").With(clip(text), minPrefix)
	}
	rows, err := a.index.FindPrefix(text, shownMatches+1)
	if err != nil {
		return nil, err
	}
	switch len(rows) {
	case 1:
		return a.journal.Doc(rows[0].ID)
	case 0:
		return nil, fault.New(fault.NotFound, "There is no document whose ID starts with %q.", "Look for it with `cairn doc list KIND`.").With(clip(text))
	default:
		return nil, ambiguous(text, rows)
	}
}

// findProject returns the project called text: its ID, the first digits of it,
// or its name.
func (a *App) findProject(text string) (id.Doc, error) {
	page, err := a.index.List(index.Query{Noun: noun.Projects.Number, Text: text, Order: index.Newest, Limit: maxPage})
	if err != nil {
		return id.Doc{}, err
	}
	var named []index.Row
	for _, row := range page.Rows {
		if strings.EqualFold(row.Title, strings.TrimSpace(text)) {
			named = append(named, row)
		}
	}
	if len(named) == 1 {
		return named[0].ID, nil
	}
	if len(named) > 1 {
		return id.Doc{}, ambiguous(text, named)
	}
	d, err := a.findDoc(text)
	if err == nil && d.Noun() == noun.Projects.Number {
		return d.ID(), nil
	}
	if err == nil || fault.KindOf(err) != fault.Conflict {
		err = fault.New(fault.NotFound, "There is no project called %q.", "`cairn project list` shows the projects, `cairn project create NAME` makes one.").With(clip(text))
	}
	return id.Doc{}, err
}

// docsOf returns the documents of a kind in a project by title, those of one
// title from the newest to the oldest, without those in the trash.
func (a *App) docsOf(ctx context.Context, kind *noun.Kind, project id.Doc) ([]*doc.Doc, error) {
	var out []*doc.Doc
	q := index.Query{Noun: kind.Number, Project: project, Order: index.ByTitle}
	for l, err := range a.listed(ctx, a.index.All(q)) {
		if err != nil {
			return nil, err
		}
		if !l.doc.Trashed() { // the row may be older
			out = append(out, l.doc)
		}
	}
	return out, nil
}

func ambiguous(text string, rows []index.Row) error {
	names := make([]string, 0, shownMatches)
	for _, row := range rows[:min(len(rows), shownMatches)] {
		names = append(names, row.ID.String())
	}
	return fault.New(fault.Conflict, "%q fits several documents: %s.", "Give more of the ID.").With(clip(text), strings.Join(names, ", "))
}

// clip shortens text from outside for a message.
func clip(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// Author is who is behind a log.
type Author struct {
	Device string // short form
	Person string // name, or the ID while nobody has named the person
}

// author returns who writes log.
func (a *App) author(log id.Log) Author {
	out := Author{Device: log.Device.String(), Person: "unknown"}
	members := a.journal.Members()
	if members == nil {
		return out
	}
	device, ok := members.Device(log.Device)
	if !ok {
		return out
	}
	out.Person = a.personName(device.Person)
	return out
}

func (a *App) personName(person id.Person) string {
	if row, ok, err := a.index.Get(person); err == nil && ok && row.Title != "" {
		return row.Title
	}
	return person.String()
}
