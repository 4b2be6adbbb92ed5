// Package charter is the page on which a team writes down why the project
// exists, and decides whether it is worth going on with.
package charter

import (
	"cairn/ui/edit"
	"cairn/ui/saving"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// The fields of a charter, as they are stored.
const (
	Problem      = "problem"
	Decision     = "decision"
	Present      = "present"
	WithoutML    = "without_ml"
	Users        = "users"
	Stakeholders = "stakeholders"
	NeedsML      = "needs_ml"
	Viability    = "viability"
	Reasons      = "reasons"
)

// Presenter holds the charter of a project. It knows nothing of the toolkit and is
// safe on any goroutine.
type Presenter struct{ *edit.Editor }

// NewPresenter returns the presenter of a project's page. Load fills it.
func NewPresenter(project string, source edit.Source, line *saving.Line, past *undo.Past) *Presenter {
	return &Presenter{edit.NewEditor(project, edit.Rules{
		Kind: "charter", Single: true, Label: Label,
		Prose: []string{Problem, Decision, Present, WithoutML, Reasons}, Lists: []string{Users, Stakeholders},
	}, source, line, past)}
}

// Label returns what a field is called.
func Label(field string) string {
	switch field {
	case Problem:
		return words.T("What is the problem?")
	case Decision:
		return words.T("Which decision will the model change?")
	case Present:
		return words.T("How is it decided today?")
	case WithoutML:
		return words.T("What could be done without machine learning?")
	case Users:
		return words.T("Who uses the predictions?")
	case Stakeholders:
		return words.T("Who has a say in it?")
	case NeedsML:
		return words.T("Is machine learning called for?")
	case Viability:
		return words.T("Is it viable?")
	default:
		return words.T("Why?")
	}
}

// Questions are the fields that a charter is not ready without, in the order in
// which they are asked.
var Questions = []string{Problem, Decision, Present, Users, NeedsML, Viability}

// Answered returns how many of the Questions have an answer.
func Answered(d edit.Doc) int {
	n := 0
	for _, field := range Questions {
		if d.Fields[field] != "" {
			n++
		}
	}
	return n
}
