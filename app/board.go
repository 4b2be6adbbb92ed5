package app

import (
	"context"

	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/sentence"
	"cairn/core/thread"
)

// ShowBoard shows a project's key metrics and what they are linked to.
var ShowBoard = Call[BoardRequest, Board]{"metric/board", "Shows the key metrics of a project in three columns, what each is linked to, and what nothing is linked to.", (*App).showBoard}

// BoardRequest asks for the key metrics of a project.
type BoardRequest struct {
	Project string `json:"project"` // ID, first digits of it, or name
}

// Board is the key metrics of a project and what hangs together.
type Board struct {
	Project      id.Doc             `json:"project"`
	Columns      []BoardColumn      `json:"columns"`
	Requirements []BoardRequirement `json:"requirements"` // by title
	Variables    []BoardVariable    `json:"variables"`    // of the value models
}

// BoardColumn is the key metrics of one of those who look at the board: the
// data scientist, the expert, the business. Metrics that nobody has put into a
// column follow in one without a name.
type BoardColumn struct {
	Column  string        `json:"column"`
	Metrics []BoardMetric `json:"metrics"` // by name
}

// BoardMetric is a key metric and what it is linked to.
type BoardMetric struct {
	ID           id.Doc      `json:"id"`
	Name         string      `json:"name"`
	Definition   string      `json:"definition,omitempty"`
	Unit         string      `json:"unit,omitempty"`
	Direction    string      `json:"direction,omitempty"`
	Requirements []id.Doc    `json:"requirements"` // it refers to them, or they name it
	Variable     string      `json:"variable,omitempty"`
	Flags        []BoardFlag `json:"flags"`
}

// BoardRequirement is a requirement and the key metrics that serve it.
type BoardRequirement struct {
	ID      id.Doc      `json:"id"`
	Title   string      `json:"title"`
	Metrics []id.Doc    `json:"metrics"`
	Flags   []BoardFlag `json:"flags"`
}

// BoardVariable is a variable or step of a value model and the key metrics that
// measure it.
type BoardVariable struct {
	Name     string   `json:"name"`
	Computed bool     `json:"computed"` // a step
	Metrics  []id.Doc `json:"metrics"`
}

// BoardFlag is something about the board that somebody should look at.
type BoardFlag struct {
	Flag     thread.FlagKind   `json:"flag"`
	Sentence string            `json:"sentence"`
	Words    sentence.Sentence `json:"words"` // the same, to be translated
}

func (a *App) showBoard(ctx context.Context, req BoardRequest) (Board, error) {
	project, err := a.findProject(req.Project)
	if err != nil {
		return Board{}, err
	}
	metrics, err := a.docsOf(ctx, noun.KeyMetrics.Kind, project)
	if err != nil {
		return Board{}, err
	}
	requirements, err := a.docsOf(ctx, noun.Requirements.Kind, project)
	if err != nil {
		return Board{}, err
	}
	models, err := a.docsOf(ctx, noun.ValueModels.Kind, project)
	if err != nil {
		return Board{}, err
	}
	return plainBoard(project, thread.Links(metrics, requirements, models)), nil
}

// plainBoard returns b for files, in which no list is null.
func plainBoard(project id.Doc, b thread.Board) Board {
	out := Board{Project: project, Columns: []BoardColumn{}, Requirements: []BoardRequirement{}, Variables: []BoardVariable{}}
	for _, c := range b.Columns {
		column := BoardColumn{Column: c.Name, Metrics: []BoardMetric{}}
		for _, m := range c.Metrics {
			column.Metrics = append(column.Metrics, BoardMetric{
				ID: m.ID, Name: m.View.Name, Definition: m.View.Definition, Unit: m.View.Unit, Direction: m.View.Direction,
				Requirements: orEmpty(m.Requirements), Variable: m.View.Variable, Flags: plainFlags(m.Flags),
			})
		}
		out.Columns = append(out.Columns, column)
	}
	for _, r := range b.Requirements {
		out.Requirements = append(out.Requirements, BoardRequirement{r.ID, r.Title, orEmpty(r.Metrics), plainFlags(r.Flags)})
	}
	for _, v := range b.Variables {
		out.Variables = append(out.Variables, BoardVariable{v.Name, v.Computed, orEmpty(v.Metrics)})
	}
	return out
}

func orEmpty(docs []id.Doc) []id.Doc { return append([]id.Doc{}, docs...) }

func plainFlags(flags []thread.Flag) []BoardFlag {
	out := []BoardFlag{}
	for _, f := range flags {
		out = append(out, BoardFlag{f.Kind, f.Sentence.String(), f.Sentence})
	}
	return out
}
