package app

import (
	"slices"
	"strings"

	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/template"
)

// worksheet returns a worksheet with its answers.
func (a *App) worksheet(name id.Doc) (Worksheet, error) {
	d, err := a.journal.Doc(name)
	if err != nil {
		return Worksheet{}, err
	}
	view := noun.Worksheets.View(d)
	out := Worksheet{
		ID: name, Project: view.Project, Name: view.Name, Template: view.Template.String(), From: OfTeam,
		Changes: []template.Change{}, Sections: []WorksheetSection{}, LeftOver: []WorksheetField{}, Conflicts: a.plain(d).Conflicts,
	}
	if builtin := a.builtinOf(view.Template); builtin != "" {
		out.Template, out.From = builtin, OfCairn
	}
	versions, err := a.versionsOf(view.Template, out)
	if err != nil {
		return Worksheet{}, err
	}
	out.Newest = len(versions)
	version, known := template.Find(versions, view.Version)
	asked := map[string]bool{}
	if known {
		t := version.Template
		out.Version, out.TemplateName, out.About = version.Number, t.Name, t.About
		out.Changes = append(out.Changes, template.Diff(t, versions[len(versions)-1].Template)...)
		for _, s := range t.Sections {
			section := WorksheetSection{Key: s.Key, Title: s.Title, Help: s.Help, Fields: []WorksheetField{}}
			for _, f := range s.Fields {
				asked[f.Key] = true
				field, _, err := a.answered(d, f)
				if err != nil {
					return Worksheet{}, err
				}
				out.Progress.count(field)
				section.Fields = append(section.Fields, field)
			}
			out.Sections = append(out.Sections, section)
		}
	}
	// The latest version that asked for something says what it was called.
	for _, v := range slices.Backward(versions) {
		for _, f := range v.Template.Fields() {
			if asked[f.Key] {
				continue
			}
			asked[f.Key] = true
			field, there, err := a.answered(d, f)
			if err != nil {
				return Worksheet{}, err
			}
			if there && field.Answer != "" {
				field.Required, field.Missing = false, false
				out.LeftOver = append(out.LeftOver, field)
			}
		}
	}
	return out, nil
}

// versionsOf returns the versions of a template: none while it has not arrived
// here. Of one of Cairn's, the latest is what this Cairn has.
func (a *App) versionsOf(of id.Doc, w Worksheet) ([]template.Version, error) {
	d, err := a.journal.Doc(of)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	versions := template.Versions(noun.Templates.View(d).Versions)
	if w.From != OfCairn || len(versions) == 0 {
		return versions, nil
	}
	design, err := Design(w.Template)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		if len(template.Diff(v.Template, design)) == 0 {
			return versions, nil
		}
	}
	return append(versions, template.Version{Number: len(versions) + 1, Template: design}), nil
}

func (p *Progress) count(f WorksheetField) {
	p.Fields++
	right := f.Answer != "" && f.Problem == nil
	if right {
		p.Answered++
	}
	if f.Required {
		p.Required++
		if !right {
			p.Missing++
		}
	}
	if f.Problem != nil {
		p.Problems++
	}
	if len(f.Conflicts) > 0 {
		p.Conflicts++
	}
}

// answered returns a field with the answer that worksheet has, and whether
// anybody has ever written one.
func (a *App) answered(worksheet *doc.Doc, f template.Field) (WorksheetField, bool, error) {
	out := WorksheetField{Field: f, Missing: f.Required}
	d, err := a.journal.Doc(answerName(worksheet, f.Key))
	if fault.KindOf(err) == fault.NotFound || err == nil && d.Trashed() {
		return out, false, nil
	}
	if err != nil {
		return out, false, err
	}
	at := d.Last().At.Time()
	out.By, out.At = a.author(d.Last().By.Log).Person, &at
	out.Conflicts = a.plain(d).Conflicts["value"]
	out.Answer, out.Problem = f.Answer(contentOf(d, f))
	out.Missing = f.Required && out.Answer == ""
	out.Shown = f.Say(out.Answer)
	if (f.Kind == template.Person || f.Kind == template.Link) && out.Answer != "" && out.Problem == nil {
		title, ok := a.linked(f, out.Answer)
		if !ok {
			out.Problem = template.NoDocument(out.Answer)
		}
		out.Shown = title
	}
	return out, true, nil
}

// contentOf returns what an answer says: what was written for a field of its
// kind, else what was written when it was of another kind.
func contentOf(d *doc.Doc, f template.Field) string {
	view := noun.Answers.View(d)
	if f.Kind == template.Prose && view.Text != "" || view.Value == "" {
		return view.Text
	}
	return view.Value
}

// answerName returns the name of the document that holds the answer to a field,
// whoever writes it.
func answerName(worksheet *doc.Doc, key string) id.Doc {
	name, _ := noun.Answers.NameOf(noun.ProjectOf(worksheet), map[string]doc.Value{
		"worksheet": doc.Ref(worksheet.ID()), "field": doc.String(key),
	})
	return name
}

// linkKind returns the kind of documents that a field asks for.
func (a *App) linkKind(f template.Field) *noun.Kind {
	if f.Kind == template.Person {
		return noun.Persons.Kind
	}
	kind, err := a.catalog.ByName(f.Of)
	if err != nil {
		return nil
	}
	return kind
}

// linked returns the title of the document that an answer names, or the answer
// and false if there is none of the kind.
func (a *App) linked(f template.Field, answer string) (string, bool) {
	kind := a.linkKind(f)
	name, err := id.ParseDoc(answer)
	if err != nil || kind == nil {
		return answer, false
	}
	d, err := a.journal.Doc(name)
	if err != nil || d.Noun() != kind.Number {
		return answer, false
	}
	title := kind.Title(d)
	if title == "" {
		title = answer
	}
	return title, !d.Trashed()
}

// noField is the fault of a field that a worksheet does not ask for.
func noField(name string, t template.Template) error {
	keys := make([]string, 0, len(t.Fields()))
	for _, f := range t.Fields() {
		keys = append(keys, f.Key)
	}
	return fault.New(fault.NotFound, "The worksheet has no field %q.", "Its fields are %s.").With(clip(name), strings.Join(keys, ", "))
}
