// Package metrics is the page on which a team agrees what success is measured by:
// the data scientist's metrics, the subject matter expert's and those of the
// business beside each other, and what each is linked to.
package metrics

import (
	"context"
	"strings"

	"cairn/core/thread"
	"cairn/ui/edit"
	"cairn/ui/observe"
	"cairn/ui/saving"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// Source is what the page needs of the application.
type Source interface {
	edit.Source
	// Links returns what the stored key metrics of a project are linked to.
	Links(ctx context.Context, project string) (Links, error)
}

// Links is what hangs together.
type Links struct {
	Metrics map[string]Link // ID of a key metric → its links
	// Unserved are the IDs of requirements that can be measured and that no key
	// metric serves.
	Unserved []string
}

// Link is what one key metric is linked to.
type Link struct {
	Requirements []string // IDs of those that it refers to, and of those that name it
	Flags        []thread.FlagKind
}

// The kinds of documents that the page shows, or shows the way to.
const (
	Kind            = "key_metric"
	KindRequirement = "requirement"
	KindModel       = "value_model"
)

// The fields of a key metric, as they are stored.
const (
	Name         = "name"
	Definition   = "definition"
	Column       = "column"
	Unit         = "unit"
	Direction    = "direction"
	Requirements = "requirements"
	Variable     = "variable"
)

// The columns, as the field holds them, and the directions.
const (
	Scientist = "data scientist"
	Expert    = "expert"
	Business  = "business"

	Higher = "higher is better"
	Lower  = "lower is better"
)

// Columns are the three who look at the board, in their order.
var Columns = []string{Scientist, Expert, Business}

// Around is what there is beside the key metrics themselves.
type Around struct {
	Links        Links
	Requirements []Requirement // the oldest first
	Variables    []Quantity    // of the value models: variables, then steps
	Open         bool          // the selected metric is being edited
	Problem      string        // why something of this can't be read
}

// Presenter holds the key metrics of a project and what is around them. It knows
// nothing of the toolkit and is safe on any goroutine.
type Presenter struct {
	*edit.Editor
	Around observe.Value[Around]

	project string
	source  Source
	line    *saving.Line
	past    *undo.Past
}

// NewPresenter returns the presenter of a project's page. Load fills it.
func NewPresenter(project string, source Source, line *saving.Line, past *undo.Past) *Presenter {
	p := &Presenter{project: project, source: source, line: line, past: past}
	p.Editor = edit.NewEditor(project, edit.Rules{
		Kind: Kind, Named: Name, Prose: []string{Definition}, Lists: []string{Requirements}, Label: Label, Check: wrong,
	}, lookout{source, p}, line, past)
	return p
}

// lookout is a source that looks around whenever key metrics are read, so that
// links are never older than the metrics.
type lookout struct {
	Source
	p *Presenter
}

// Documents implements edit.Source.
func (l lookout) Documents(ctx context.Context, project, kind string) ([]edit.Document, error) {
	docs, err := l.Source.Documents(ctx, project, kind)
	if err == nil {
		l.p.look(ctx)
	}
	return docs, err
}

// look reads what is around the key metrics. What can't be read stays as it was.
func (p *Presenter) look(ctx context.Context) {
	links, err := p.source.Links(ctx, p.project)
	var needs, models []edit.Document
	if err == nil {
		needs, err = p.source.Documents(ctx, p.project, KindRequirement)
	}
	if err == nil {
		models, err = p.source.Documents(ctx, p.project, KindModel)
	}
	p.Around.Update(func(a Around) Around {
		if err != nil {
			a.Problem = words.Fault(err)
			return a
		}
		return Around{Links: links, Requirements: requirementsOf(needs), Variables: quantitiesOf(models), Open: a.Open}
	})
}

// Select shows one of the metrics, to be edited.
func (p *Presenter) Select(id string) {
	p.open(true)
	p.Editor.Select(id)
}

// Shut puts the metric that is being edited away. What is typed stays.
func (p *Presenter) Shut() { p.open(false) }

func (p *Presenter) open(open bool) {
	p.Around.Update(func(a Around) Around { a.Open = open; return a })
}

// AddTo shows a new metric in a column. It is stored once it has a name.
func (p *Presenter) AddTo(column string) {
	p.open(true)
	p.Add(map[string]string{Column: column})
	p.Type(edit.New, Column, column) // one that was begun in another goes along
}

// Move puts a metric into another column.
func (p *Presenter) Move(ctx context.Context, id, column string) {
	p.Type(id, Column, column)
	p.Save(ctx)
}

// Trash moves one to the trash, and returns its title for whoever offers to undo it.
func (p *Presenter) Trash(ctx context.Context, id string) (title string, ok bool) {
	p.open(false)
	return p.Editor.Trash(ctx, id)
}

// Label returns what a field is called.
func Label(field string) string {
	switch field {
	case Name:
		return words.T("Name")
	case Definition:
		return words.T("What it measures")
	case Column:
		return words.T("Who looks at it")
	case Unit:
		return words.T("Unit")
	case Direction:
		return words.T("Better is")
	case Requirements:
		return words.T("Requirements it serves")
	default:
		return words.T("Number of the value model")
	}
}

// ColumnName returns what one of those who look at the board is called.
func ColumnName(column string) string {
	switch column {
	case Scientist:
		return words.T("Data scientist")
	case Expert:
		return words.T("Subject matter expert")
	case Business:
		return words.T("Business stakeholder")
	default:
		return words.T("Not placed yet")
	}
}

// wrong says which fields can't be stored as they are, and why.
func wrong(shown map[string]string) map[string]string {
	if strings.TrimSpace(shown[Name]) == "" {
		return map[string]string{Name: words.T("Give it a name.")}
	}
	return nil
}
