package window

import (
	"context"

	"cairn/app"
	"cairn/ui/edit"
	"cairn/ui/words"
	"cairn/ui/worksheet"
)

// worksheets is the design templates that projects fill in.
type worksheets struct{ *session }

// Worksheets implements worksheet.Source.
func (s worksheets) Worksheets(ctx context.Context, project string) ([]worksheet.Summary, error) {
	rows, err := do(ctx, s.session, app.ListWorksheets, app.WorksheetsRequest{Project: project})
	if err != nil {
		return nil, err
	}
	out := make([]worksheet.Summary, len(rows))
	for i, r := range rows {
		out[i] = worksheet.Summary{
			ID: r.ID.String(), Name: r.Name, Template: r.Template, Answered: r.Progress.Answered, Fields: r.Progress.Fields,
			Missing: r.Progress.Missing, Attention: r.Progress.Problems + r.Progress.Conflicts, Outdated: r.Version < r.Newest,
		}
	}
	return out, nil
}

// Worksheet implements worksheet.Source.
func (s worksheets) Worksheet(ctx context.Context, id string) (worksheet.Sheet, error) {
	found, err := do(ctx, s.session, app.ShowWorksheet, app.WorksheetRequest{Worksheet: id})
	if err != nil {
		return worksheet.Sheet{}, err
	}
	writable, err := s.writable(ctx, id)
	if err != nil {
		return worksheet.Sheet{}, err
	}
	out := worksheet.Sheet{
		ID: id, Name: found.Name, Template: found.TemplateName, About: found.About, Cairn: found.From == app.OfCairn,
		Version: found.Version, Newest: found.Newest, Changes: found.Changes, ReadOnly: !writable,
	}
	for _, section := range found.Sections {
		shown := worksheet.Section{Title: section.Title, Help: section.Help}
		for _, f := range section.Fields {
			shown.Fields = append(shown.Fields, answerTo(f))
		}
		out.Sections = append(out.Sections, shown)
	}
	for _, f := range found.LeftOver {
		out.LeftOver = append(out.LeftOver, answerTo(f))
	}
	return out, nil
}

func answerTo(f app.WorksheetField) worksheet.Answer {
	out := worksheet.Answer{Field: f.Field, Stored: f.Answer, Shown: f.Shown, By: f.By}
	if f.At != nil {
		out.At = *f.At
	}
	for _, v := range f.Conflicts {
		out.Conflicts = append(out.Conflicts, edit.Version{Text: text(v.Value), By: v.Person, At: v.Time})
	}
	return out
}

// Designs implements worksheet.Source.
func (s worksheets) Designs(ctx context.Context) ([]worksheet.Design, error) {
	rows, err := do(ctx, s.session, app.ListTemplates, app.ListTemplatesRequest{Sort: app.DesignTemplates})
	if err != nil {
		return nil, err
	}
	out := make([]worksheet.Design, 0, len(rows))
	for _, r := range rows {
		if r.Version > 0 { // else there is nothing to fill in yet
			out = append(out, worksheet.Design{ID: r.ID, Name: r.Name, About: r.About, Phase: r.Phase, Fields: r.Fields, Team: r.From == app.OfTeam})
		}
	}
	return out, nil
}

// Linkable implements worksheet.Source.
func (s worksheets) Linkable(ctx context.Context, project, of string) ([]edit.Person, error) {
	if of == kindPerson {
		return documents(s).People(ctx)
	}
	rows, err := s.list(ctx, of, project)
	out := make([]edit.Person, len(rows))
	for i, r := range rows {
		out[len(rows)-1-i] = edit.Person{ID: r.ID.String(), Name: titleOf(r.Kind, r.Title)} // they come newest first
	}
	return out, err
}

// Begin implements worksheet.Source.
func (s worksheets) Begin(ctx context.Context, project, design, name string) (string, error) {
	if name == "" {
		name = s.designName(ctx, design)
	}
	made, err := do(ctx, s.session, app.BeginWorksheet, app.BeginWorksheetRequest{Project: project, Template: design, Name: name})
	if err != nil {
		return "", err
	}
	return made.ID.String(), nil
}

// designName returns what a template is called in the language of the window, so
// that a worksheet is; empty when that can't be read.
func (s worksheets) designName(ctx context.Context, design string) string {
	found, err := do(ctx, s.session, app.ShowTemplate, app.TemplateRequest{Template: design})
	if err != nil {
		return ""
	}
	return words.Data(found.Name)
}

// Answer implements worksheet.Source.
func (s worksheets) Answer(ctx context.Context, id, field, text string, base *string) error {
	_, err := do(ctx, s.session, app.AnswerWorksheet, app.AnswerWorksheetRequest{
		WorksheetRequest: app.WorksheetRequest{Worksheet: id}, Field: field, Text: text, Base: base,
	})
	return err
}

// Move implements worksheet.Source.
func (s worksheets) Move(ctx context.Context, id string, version int) error {
	_, err := do(ctx, s.session, app.MoveWorksheet, app.MoveWorksheetRequest{WorksheetRequest: app.WorksheetRequest{Worksheet: id}, Version: version})
	return err
}

// Trash implements worksheet.Source.
func (s worksheets) Trash(ctx context.Context, id string, trashed bool) error {
	return documents(s).Trash(ctx, id, trashed)
}
