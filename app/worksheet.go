package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/sentence"
	"cairn/core/template"
)

// The use cases of worksheets: design templates that a project fills in.
var (
	BeginWorksheet  = Call[BeginWorksheetRequest, Worksheet]{"worksheet/begin", "Begins to fill in a design template in a project.", (*App).beginWorksheet}
	ListWorksheets  = Call[WorksheetsRequest, []WorksheetRow]{"worksheet/list", "Lists the worksheets of a project and how far they are filled in.", (*App).listWorksheets}
	ShowWorksheet   = Call[WorksheetRequest, Worksheet]{"worksheet/show", "Shows a worksheet with its answers, and what is wrong with them.", (*App).showWorksheet}
	AnswerWorksheet = Call[AnswerWorksheetRequest, Worksheet]{"worksheet/answer", "Fills in a field of a worksheet.", (*App).answerWorksheet}
	MoveWorksheet   = Call[MoveWorksheetRequest, Worksheet]{"worksheet/move", "Moves a worksheet to another version of its template; no answer is lost.", (*App).moveWorksheet}
)

// BeginWorksheetRequest asks for a new worksheet.
type BeginWorksheetRequest struct {
	Project  string `json:"project"`        // ID, first digits of it, or name
	Template string `json:"template"`       // as template/show takes it
	Name     string `json:"name,omitempty"` // that of the template when not given
}

// WorksheetsRequest asks for the worksheets of a project.
type WorksheetsRequest struct {
	Project string `json:"project"` // ID, first digits of it, or name
}

// WorksheetRow is a worksheet in a list.
type WorksheetRow struct {
	ID       id.Doc    `json:"id"`
	Name     string    `json:"name"`
	Template string    `json:"template"` // its name
	Version  int       `json:"version"`
	Newest   int       `json:"newest"`
	Progress Progress  `json:"progress"`
	Created  time.Time `json:"created"`
}

// WorksheetRequest names a worksheet.
type WorksheetRequest struct {
	Worksheet string `json:"worksheet"`         // ID, first digits of it, or with Project its name
	Project   string `json:"project,omitempty"` // ID, first digits of it, or name
}

// Worksheet is a design template that a project fills in.
type Worksheet struct {
	ID           id.Doc                `json:"id"`
	Project      id.Doc                `json:"project"`
	Name         string                `json:"name"`
	Template     string                `json:"template"`      // its ID, as template/show takes it
	TemplateName string                `json:"template_name"` // as in the version
	From         string                `json:"from"`          // cairn or team
	About        string                `json:"about,omitempty"`
	Version      int                   `json:"version"` // 0 while it has not arrived here
	Newest       int                   `json:"newest"`  // the latest there is
	Changes      []template.Change     `json:"changes"` // from the version to the newest
	Sections     []WorksheetSection    `json:"sections"`
	LeftOver     []WorksheetField      `json:"left_over"` // answers to what the version does not ask
	Progress     Progress              `json:"progress"`
	Conflicts    map[string][]Conflict `json:"conflicts,omitempty"` // over name and version
}

// Progress is how far a worksheet is filled in.
type Progress struct {
	Fields    int `json:"fields"`
	Answered  int `json:"answered"` // rightly
	Required  int `json:"required"` // fields that need an answer
	Missing   int `json:"missing"`  // of these, those that have none or a wrong one
	Problems  int `json:"problems"` // answers that don't fit their field
	Conflicts int `json:"conflicts"`
}

// WorksheetSection is a section with its answers.
type WorksheetSection struct {
	Key    string           `json:"key,omitempty"`
	Title  string           `json:"title"`
	Help   string           `json:"help,omitempty"`
	Fields []WorksheetField `json:"fields"`
}

// WorksheetField is a field with its answer.
type WorksheetField struct {
	template.Field
	Answer    string             `json:"answer"`            // as it is stored, see template.Field.Answer
	Shown     string             `json:"shown"`             // for people: "80 %", the name of a person
	Problem   *sentence.Sentence `json:"problem,omitempty"` // why the answer does not fit
	Missing   bool               `json:"missing,omitempty"` // it needs an answer and has none
	Conflicts []Conflict         `json:"conflicts,omitempty"`
	By        string             `json:"by,omitempty"` // who wrote it last
	At        *time.Time         `json:"at,omitempty"`
}

func (a *App) beginWorksheet(ctx context.Context, req BeginWorksheetRequest) (Worksheet, error) {
	project, err := a.findProject(req.Project)
	if err != nil {
		return Worksheet{}, err
	}
	found, err := a.findTemplate(ctx, req.Template)
	switch {
	case err != nil:
		return Worksheet{}, err
	case found.model != "":
		return Worksheet{}, fault.New(fault.Invalid, "A value model is no design template.", "Keep it in the project with `cairn value save --project P --template %s`.").With(found.model)
	}
	var made id.Doc
	err = a.journal.Write(ctx, func(tx *journal.Tx) error {
		of, version, err := a.ready(tx, found)
		if err != nil {
			return err
		}
		name := strings.TrimSpace(req.Name)
		if name == "" {
			name = version.Template.Name
		}
		if err := checkName("worksheet", name, "Give it with --name."); err != nil {
			return err
		}
		d, err := tx.New()
		if err != nil {
			return err
		}
		made = d.ID()
		return fillNew(tx, noun.Worksheets.Kind, d, map[string]doc.Value{
			"project": doc.Ref(project), "name": doc.String(name), "template": doc.Ref(of), "version": doc.Int(version.ID),
		})
	})
	if err != nil {
		return Worksheet{}, err
	}
	return a.worksheet(made)
}

// ready returns the document of a template and its latest version. One of Cairn's
// gets both here: what it says now stays with those who fill it in, whatever a
// later Cairn brings.
func (a *App) ready(tx *journal.Tx, found foundTemplate) (id.Doc, template.Version, error) {
	if found.team != nil {
		d, err := tx.Doc(found.team.ID())
		if err != nil {
			return id.Doc{}, template.Version{}, err
		}
		versions := template.Versions(noun.Templates.View(d).Versions)
		if len(versions) == 0 {
			return id.Doc{}, template.Version{}, noVersion(noun.Templates.Title(d), 0)
		}
		return d.ID(), versions[len(versions)-1], nil
	}
	design, err := Design(found.design)
	if err != nil {
		return id.Doc{}, template.Version{}, err
	}
	name := a.adopted(found.design)
	d, err := tx.Doc(name)
	if errors.Is(err, journal.ErrNoDoc) {
		d = doc.New(name)
		err = fillNew(tx, noun.Templates.Kind, d, map[string]doc.Value{"name": doc.String(design.Name), "phase": orNull(design.Phase)})
	}
	if err != nil {
		return id.Doc{}, template.Version{}, err
	}
	records := noun.Templates.View(d).Versions
	for _, v := range template.Versions(records) {
		if len(template.Diff(v.Template, design)) == 0 {
			return name, v, nil
		}
	}
	record, err := template.Publish(records, design, "", id.Doc{}, time.Time{})
	if err == nil {
		err = addVersion(tx, d, record)
	}
	if err != nil {
		return id.Doc{}, template.Version{}, err
	}
	versions := template.Versions(append(slices.Clip(records), record))
	return name, versions[len(versions)-1], nil
}

// orNull returns text as a value, null for none.
func orNull(text string) doc.Value {
	if text == "" {
		return doc.Null
	}
	return doc.String(text)
}

func (a *App) listWorksheets(ctx context.Context, req WorksheetsRequest) ([]WorksheetRow, error) {
	project, err := a.findProject(req.Project)
	if err != nil {
		return nil, err
	}
	docs, err := a.docsOf(ctx, noun.Worksheets.Kind, project)
	if err != nil {
		return nil, err
	}
	out := []WorksheetRow{}
	for _, d := range docs {
		w, err := a.worksheet(d.ID())
		if err != nil {
			return nil, err
		}
		out = append(out, WorksheetRow{w.ID, w.Name, w.TemplateName, w.Version, w.Newest, w.Progress, d.ID().Time()})
	}
	return out, nil
}

func (a *App) showWorksheet(ctx context.Context, req WorksheetRequest) (Worksheet, error) {
	d, err := a.findWorksheet(ctx, req)
	if err != nil {
		return Worksheet{}, err
	}
	return a.worksheet(d.ID())
}

// findWorksheet returns the document of a worksheet.
func (a *App) findWorksheet(ctx context.Context, req WorksheetRequest) (*doc.Doc, error) {
	if req.Project != "" {
		project, err := a.findProject(req.Project)
		if err != nil {
			return nil, err
		}
		docs, err := a.docsOf(ctx, noun.Worksheets.Kind, project)
		if err != nil {
			return nil, err
		}
		docs = slices.DeleteFunc(docs, func(d *doc.Doc) bool {
			return !strings.EqualFold(noun.Worksheets.Title(d), strings.TrimSpace(req.Worksheet))
		})
		switch {
		case len(docs) == 1:
			return docs[0], nil
		case len(docs) > 1:
			return nil, fault.New(fault.Conflict, "The project has %d worksheets called %q.", "Give the ID of one; `cairn worksheet list` shows it.").With(len(docs), clip(req.Worksheet))
		}
	}
	d, err := a.findDoc(req.Worksheet)
	if err != nil || d.Noun() != noun.Worksheets.Number {
		return nil, fault.New(fault.NotFound, "There is no worksheet %q.", "`cairn worksheet list PROJECT` shows those of a project.").With(clip(req.Worksheet))
	}
	return d, nil
}

// MoveWorksheetRequest asks for a worksheet to take another version of its
// template.
type MoveWorksheetRequest struct {
	WorksheetRequest
	Version int `json:"version,omitempty"` // the newest when not given
}

func (a *App) moveWorksheet(ctx context.Context, req MoveWorksheetRequest) (Worksheet, error) {
	found, err := a.findWorksheet(ctx, req.WorksheetRequest)
	if err != nil {
		return Worksheet{}, err
	}
	of := noun.Worksheets.View(found).Template
	name := a.builtinOf(of)
	_, err = a.edit(ctx, found.ID().String(), func(tx *journal.Tx, d *doc.Doc, kind *noun.Kind) error {
		if name != "" && req.Version == 0 { // Cairn may have a later one by now
			_, version, err := a.ready(tx, foundTemplate{design: name})
			if err != nil {
				return err
			}
			return fill(tx, kind, d, map[string]doc.Value{"version": doc.Int(version.ID)})
		}
		t, err := tx.Doc(of)
		if err != nil {
			return err
		}
		versions := template.Versions(noun.Templates.View(t).Versions)
		number := req.Version
		if number == 0 {
			number = len(versions)
		}
		if number < 1 || number > len(versions) {
			return noVersion(noun.Templates.Title(t), len(versions))
		}
		return fill(tx, kind, d, map[string]doc.Value{"version": doc.Int(versions[number-1].ID)})
	})
	if err != nil {
		return Worksheet{}, err
	}
	return a.worksheet(found.ID())
}
