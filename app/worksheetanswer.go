package app

import (
	"context"
	"errors"
	"strings"

	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/template"
	"cairn/core/text"
)

// AnswerWorksheetRequest asks for a field of a worksheet to hold an answer. One
// that does not fit the field is stored all the same, and shown with its problem.
type AnswerWorksheetRequest struct {
	WorksheetRequest
	Field string `json:"field"` // its key, or its label
	Text  string `json:"text"`  // as a person types it; of a person or a document its ID or name
	// Base is the prose that Text was made of. What others have written since then
	// stays.
	Base *string `json:"base,omitempty"`
}

func (a *App) answerWorksheet(ctx context.Context, req AnswerWorksheetRequest) (Worksheet, error) {
	w, err := a.findWorksheet(ctx, req.WorksheetRequest)
	if err != nil {
		return Worksheet{}, err
	}
	f, err := a.askedField(w, req.Field)
	if err != nil {
		return Worksheet{}, err
	}
	if !f.Kind.Known() {
		return Worksheet{}, fault.New(fault.Newer, "This field comes from a later version of Cairn.", "Update Cairn to fill it in.")
	}
	words, err := a.resolved(ctx, noun.ProjectOf(w), f, req.Text)
	if err != nil {
		return Worksheet{}, err
	}
	words, _ = f.Answer(words)
	if f.Kind != template.Prose && len(words) > template.MaxAnswer {
		return Worksheet{}, fault.New(fault.Invalid, "The answer is larger than %d KiB.", "Say it shorter, or attach it as a file.").With(template.MaxAnswer >> 10)
	}
	err = a.journal.Write(ctx, func(tx *journal.Tx) error { return writeAnswer(tx, w, f, words, req.Base) })
	if err != nil {
		return Worksheet{}, err
	}
	return a.worksheet(w.ID())
}

// askedField returns a field of the version that a worksheet has, by key or label.
func (a *App) askedField(w *doc.Doc, name string) (template.Field, error) {
	view := noun.Worksheets.View(w)
	d, err := a.journal.Doc(view.Template)
	if err != nil {
		return template.Field{}, err
	}
	version, ok := template.Find(template.Versions(noun.Templates.View(d).Versions), view.Version)
	if !ok {
		return template.Field{}, fault.New(fault.Offline, "The version of the template that this worksheet has is not here yet.", "It comes with the next sync; then the worksheet can be filled in.")
	}
	name = strings.TrimSpace(name)
	if f, ok := version.Template.Field(name); ok {
		return f, nil
	}
	for _, f := range version.Template.Fields() {
		if strings.EqualFold(f.Label, name) {
			return f, nil
		}
	}
	return template.Field{}, noField(name, version.Template)
}

// resolved returns the ID of the person or document that text names, and any other
// text as it is.
func (a *App) resolved(ctx context.Context, project id.Doc, f template.Field, text string) (string, error) {
	if f.Kind != template.Person && f.Kind != template.Link || strings.TrimSpace(text) == "" {
		return text, nil
	}
	kind := a.linkKind(f)
	if kind == nil {
		return text, nil
	}
	if !kind.InProject() {
		project = id.Doc{}
	}
	docs, err := a.docsOf(ctx, kind, project)
	if err != nil {
		return "", err
	}
	var found []*doc.Doc
	for _, d := range docs {
		if strings.EqualFold(kind.Title(d), strings.TrimSpace(text)) {
			found = append(found, d)
		}
	}
	if len(found) == 1 {
		return found[0].ID().String(), nil
	}
	if len(found) == 0 {
		if d, err := a.findDoc(text); err == nil && d.Noun() == kind.Number {
			return d.ID().String(), nil
		}
	}
	return text, nil
}

// writeAnswer makes the one document of an answer say words: prose letter by
// letter, anything else as one value. What an earlier kind of the field has left
// is taken out, for it would come back.
func writeAnswer(tx *journal.Tx, w *doc.Doc, f template.Field, words string, base *string) error {
	kind := noun.Answers.Kind
	name := answerName(w, f.Key)
	fields := map[string]doc.Value{
		"project": doc.Ref(noun.ProjectOf(w)), "worksheet": doc.Ref(w.ID()), "field": doc.String(f.Key),
	}
	d, err := tx.Doc(name)
	switch {
	case errors.Is(err, journal.ErrNoDoc):
		if words == "" {
			return nil
		}
		d = doc.New(name)
		err = fillNew(tx, kind, d, fields)
	case err == nil && d.Trashed():
		err = fillNew(tx, kind, d, fields)
	}
	if err != nil {
		return err
	}
	answer := map[string]doc.Value{"text": doc.String(""), "value": orNull(words)}
	if f.Kind == template.Prose {
		if base != nil {
			words = text.Rebase(*base, words, contentOf(d, f))
		}
		answer = map[string]doc.Value{"text": doc.String(words), "value": doc.Null}
	}
	return fill(tx, kind, d, answer)
}
