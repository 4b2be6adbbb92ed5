package app

import (
	"context"
	"fmt"
	"slices"

	"cairn/app/index"
	"cairn/app/report"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/thread"
	"cairn/core/value"
)

// gatherReport reads everything that a report on a project says.
func (a *App) gatherReport(ctx context.Context, project id.Doc) (report.Project, error) {
	d, err := a.journal.Doc(project)
	if err != nil {
		return report.Project{}, err
	}
	view := noun.Projects.View(d)
	p := report.Project{ID: project.String(), Name: view.Name, Summary: view.Summary, Workspace: a.workspaceName(), By: a.self().Name, At: a.opts.Now()}
	for _, gather := range []func(context.Context, id.Doc, *report.Project) error{
		a.gatherPeople, a.gatherModels, a.gatherCharter, a.gatherRequirements, a.gatherMetrics, a.gatherData, a.gatherResponsibilities, a.gatherComments, a.gatherStanding,
	} {
		if err := gather(ctx, project, &p); err != nil {
			return p, err
		}
	}
	p.Conflicts, err = a.reportConflicts(ctx, project)
	return p, err
}

func (a *App) gatherPeople(ctx context.Context, _ id.Doc, p *report.Project) error {
	persons, err := a.docsOf(ctx, noun.Persons.Kind, id.Doc{})
	for _, d := range persons {
		view := noun.Persons.View(d)
		p.People = append(p.People, report.Person{Name: view.Name, Roles: view.Roles})
	}
	return err
}

// gatherModels estimates each value model; one that can't be is part of the
// report with the reason.
func (a *App) gatherModels(ctx context.Context, project id.Doc, p *report.Project) error {
	models, err := a.docsOf(ctx, noun.ValueModels.Kind, project)
	if err != nil {
		return err
	}
	for _, d := range models {
		if err := ctx.Err(); err != nil {
			return err
		}
		m := report.Model{Name: noun.ValueModels.Title(d)}
		if m.Estimate, err = estimateOf(d); err != nil {
			m.Estimate, m.Problem = nil, problem(err)
		}
		p.Models = append(p.Models, m)
	}
	return nil
}

// estimateOf works the value model d out. The error is one for people.
func estimateOf(d *doc.Doc) (*value.Estimate, error) {
	m, err := modelOf(d)
	if err != nil {
		return nil, err
	}
	plan, err := value.Check(m)
	if err != nil {
		return nil, err
	}
	return plan.Estimate(value.Options{})
}

func (a *App) gatherCharter(ctx context.Context, project id.Doc, p *report.Project) error {
	charters, err := a.docsOf(ctx, noun.Charters.Kind, project)
	if len(charters) > 0 {
		view := noun.Charters.View(charters[0])
		p.Charter = &view
	}
	return err
}

func (a *App) gatherRequirements(ctx context.Context, project id.Doc, p *report.Project) error {
	requirements, err := a.docsOf(ctx, noun.Requirements.Kind, project)
	for _, d := range requirements {
		view := noun.Requirements.View(d)
		gate, missing := thread.From(d)
		p.Requirements = append(p.Requirements, report.Requirement{
			Title: view.Title, Area: view.Area, Owner: a.reportName(view.Owner), Notes: view.Notes, Gate: gate, Missing: missing,
		})
	}
	return err
}

func (a *App) gatherMetrics(ctx context.Context, project id.Doc, p *report.Project) error {
	board, err := a.showBoard(ctx, BoardRequest{project.String()})
	if err != nil {
		return err
	}
	titles := map[id.Doc]string{}
	for _, r := range board.Requirements {
		titles[r.ID] = r.Title
	}
	for _, c := range board.Columns {
		column := report.MetricColumn{Name: c.Column}
		for _, m := range c.Metrics {
			metric := report.Metric{Name: m.Name, Definition: m.Definition, Unit: m.Unit, Direction: m.Direction, Variable: m.Variable}
			for _, r := range m.Requirements {
				metric.Requirements = append(metric.Requirements, titles[r])
			}
			metric.Unlinked = slices.ContainsFunc(m.Flags, func(f BoardFlag) bool { return f.Flag == thread.FlagUnlinked })
			column.Metrics = append(column.Metrics, metric)
		}
		p.Columns = append(p.Columns, column)
	}
	return nil
}

func (a *App) gatherData(ctx context.Context, project id.Doc, p *report.Project) error {
	sources, err := a.docsOf(ctx, noun.DataSources.Kind, project)
	if err != nil {
		return err
	}
	names := map[id.Doc]string{}
	for _, d := range sources {
		view := noun.DataSources.View(d)
		names[d.ID()] = view.Name
		p.Sources = append(p.Sources, report.Source{DataSource: view, OwnerName: a.reportName(view.Owner)})
	}
	expectations, err := a.docsOf(ctx, noun.Expectations.Kind, project)
	for _, d := range expectations {
		view := noun.Expectations.View(d)
		p.Expectations = append(p.Expectations, report.Expectation{Expectation: view, SourceName: names[view.Source]})
	}
	return err
}

func (a *App) gatherResponsibilities(ctx context.Context, project id.Doc, p *report.Project) error {
	responsibilities, err := a.docsOf(ctx, noun.Responsibilities.Kind, project)
	for _, d := range responsibilities {
		view := noun.Responsibilities.View(d)
		p.Responsibilities = append(p.Responsibilities, report.Responsibility{Responsibility: view, PersonName: a.reportName(view.Person)})
	}
	return err
}

// reportName returns what a person is called, empty where nobody is named.
func (a *App) reportName(person id.Person) string {
	if person.IsZero() {
		return ""
	}
	return a.personName(person)
}

// gatherComments reads the threads that nobody has settled, the newest first.
func (a *App) gatherComments(ctx context.Context, project id.Doc, p *report.Project) error {
	list, err := a.listComments(ctx, ListCommentsRequest{Project: project.String(), Open: true})
	for _, t := range slices.Backward(list.Threads) {
		p.Comments = append(p.Comments, report.Comment{By: t.Author.Name, At: t.Time.In(p.At.Location()), About: t.AboutTitle, Body: t.Body})
	}
	return err
}

// reportConflicts returns what is written differently in the project's documents.
func (a *App) reportConflicts(ctx context.Context, project id.Doc) ([]report.Conflict, error) {
	var out []report.Conflict
	rows := slices.DeleteFunc(a.index.Conflicts(), func(r index.Row) bool { return r.Project != project && r.ID != project })
	for l, err := range a.listed(ctx, rowsOf(rows)) {
		if err != nil {
			return nil, fmt.Errorf("read the conflicts of %s: %w", l.row.ID, err)
		}
		d := l.doc
		kind := a.catalog.ByNumber(d.Noun())
		for _, number := range d.Conflicts() {
			c := report.Conflict{Kind: a.kindName(d.Noun()), Title: l.row.Title, Field: fieldName(kind, doc.Field{Number: number, Family: doc.FamilyMulti})}
			for _, v := range d.Multi(number) {
				c.Values = append(c.Values, a.shownValue(v.Value))
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// shownValue returns a value for people, one that names a document by its title.
func (a *App) shownValue(v doc.Value) string {
	if name, ok := v.AsRef(); ok {
		return a.personName(name)
	}
	if s, ok := v.AsString(); ok {
		return s
	}
	if v.IsNull() {
		return "–"
	}
	return v.String()
}
