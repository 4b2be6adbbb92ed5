// Package requirements is the page on which a team writes down what the model
// must do for the business, each as something that can be measured if it can.
package requirements

import (
	"context"
	"strings"

	"cairn/ui/edit"
	"cairn/ui/observe"
	"cairn/ui/saving"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// Source is what the page needs of the application.
type Source interface {
	edit.Source
	edit.People
}

// The fields of a requirement, as they are stored.
const (
	Title      = "title"
	Area       = "area"
	Metric     = "metric"
	Comparison = "comparison"
	Threshold  = "threshold"
	Unit       = "unit"
	Owner      = "owner"
	Notes      = "notes"
)

// Areas and Comparisons are what those fields can hold.
var (
	Areas       = []string{"speed", "accuracy", "transparency", "compliance", "budget", "team"}
	Comparisons = []string{">=", ">", "<=", "<", "="}
)

// Presenter holds the requirements of a project, and who can own one. It knows
// nothing of the toolkit and is safe on any goroutine.
type Presenter struct {
	*edit.Editor
	People observe.Value[[]edit.Person]

	source Source
}

// NewPresenter returns the presenter of a project's page. Load fills it.
func NewPresenter(project string, source Source, line *saving.Line, past *undo.Past) *Presenter {
	return &Presenter{source: source, Editor: edit.NewEditor(project, edit.Rules{
		Kind: "requirement", Named: Title, Prose: []string{Notes}, Label: Label,
		Show: show, Store: store, Check: wrong, Missing: missing,
	}, source, line, past)}
}

// Load reads the requirements and the people as they are now. What is being typed
// stays.
func (p *Presenter) Load(ctx context.Context) {
	if people, err := p.source.People(ctx); err == nil { // else the editor says why
		p.People.Set(people)
	}
	p.Editor.Load(ctx)
}

// Type takes what stands in a field of one. Save stores it.
func (p *Presenter) Type(id, field, text string) {
	st := p.State.Get()
	before, _ := st.Doc(id)
	p.Editor.Type(id, field, text)
	if old := strings.TrimSpace(before.Fields[Threshold]); field == Unit && strings.TrimSpace(text) == "%" && old != "" && !strings.HasSuffix(old, "%") {
		p.Editor.Type(id, Threshold, old+" %") // 80 that was typed before the unit means 80 %
	}
}

// Label returns what a field is called.
func Label(field string) string {
	switch field {
	case Title:
		return words.T("What must hold")
	case Area:
		return words.T("Area")
	case Metric:
		return words.T("Metric")
	case Comparison:
		return words.T("Compare")
	case Threshold:
		return words.T("Threshold")
	case Unit:
		return words.T("Unit")
	case Owner:
		return words.T("Owner")
	default:
		return words.T("Notes")
	}
}

// Row is a line of the list.
type Row struct{ ID, Title, Area, Gate, Owner string }

// RowOf returns how a requirement stands in the list.
func RowOf(d edit.Doc, people []edit.Person) Row {
	row := Row{ID: d.ID, Title: d.Fields[Title], Area: words.Data(AreaName(d.Fields[Area])), Gate: Gate(d.Fields), Owner: edit.NameOf(people, d.Fields[Owner])}
	if row.Title == "" {
		row.Title = words.T("Untitled")
	}
	return row
}

// AreaName returns an area as it stands at the beginning of a line, in English.
func AreaName(area string) string {
	if area == "" {
		return ""
	}
	return strings.ToUpper(area[:1]) + area[1:]
}
