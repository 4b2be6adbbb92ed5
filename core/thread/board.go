package thread

import (
	"slices"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// Board is what a project measures its success by, and what hangs together:
// a requirement, the key metrics that serve it, and the quantity of the value
// model that each of them is.
type Board struct {
	Columns      []Column      // those of noun.KeyMetric, then one without a name if any metric is in none
	Requirements []Requirement // in the order given
	Variables    []Variable    // in the order of the value models
}

// Column is the key metrics of one of those who look at the board.
type Column struct {
	Name    string
	Metrics []Metric
}

// Metric is a key metric and what it is linked to.
type Metric struct {
	ID   id.Doc
	View noun.KeyMetric
	// Requirements are those it refers to and those that name it, as far as
	// they are there.
	Requirements []id.Doc
	Flags        []Flag
}

// Requirement is a requirement and the key metrics that serve it.
type Requirement struct {
	ID      id.Doc
	Title   string
	Metrics []id.Doc
	Flags   []Flag
}

// Variable is a quantity of a value model and the key metrics linked to it.
// One that is not computed and linked to none is an assumption, and no mistake.
type Variable struct {
	Name     string
	Computed bool // a step, which other quantities make up
	Metrics  []id.Doc
}

// Flag is something about the board that somebody should look at.
type Flag struct {
	Kind     FlagKind
	Sentence sentence.Sentence
}

// FlagKind says what a flag is about.
type FlagKind string

// The kinds of flags.
const (
	FlagUnlinked    FlagKind = "unlinked"            // nothing is linked to it
	FlagRequirement FlagKind = "requirement_missing" // it refers to a requirement that is not there
	FlagVariable    FlagKind = "variable_missing"    // it is a variable that no value model has
)

// Links returns the board of a project that has these key metrics,
// requirements and value models, none of them in the trash.
func Links(metrics, requirements, models []*doc.Doc) Board {
	w := newWeaver(requirements, models)
	column, _ := noun.KeyMetrics.Field("column")
	board := Board{Columns: make([]Column, len(column.OneOf), len(column.OneOf)+1)}
	for i, name := range column.OneOf {
		board.Columns[i].Name = name
	}
	var elsewhere []Metric
	for _, d := range metrics {
		m := w.link(d)
		if i := slices.Index(column.OneOf, m.View.Column); i >= 0 {
			board.Columns[i].Metrics = append(board.Columns[i].Metrics, m)
		} else {
			elsewhere = append(elsewhere, m)
		}
	}
	if elsewhere != nil {
		board.Columns = append(board.Columns, Column{Metrics: elsewhere})
	}
	board.Requirements, board.Variables = w.flagged(), w.variables
	return board
}
