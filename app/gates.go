package app

import (
	"context"
	"fmt"
	"math"
	"strings"

	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/sentence"
	"cairn/core/thread"
)

// The use cases of gates.
var (
	ListGates     = Call[GatesRequest, GateList]{"gate/list", "Lists the gates of a project: its requirements that can be measured.", (*App).listGates}
	EvaluateGates = Call[EvaluateGatesRequest, GateVerdict]{"gate/evaluate", "Holds measured values to the gates of a project.", (*App).evaluateGates}
)

// GatesRequest asks for the gates of a project.
type GatesRequest struct {
	Project string `json:"project"` // ID, first digits of it, or name
}

// EvaluateGatesRequest asks whether measured values pass the gates of a project.
type EvaluateGatesRequest struct {
	Project string `json:"project"` // ID, first digits of it, or name
	// Measured are values by the names of metrics. One that is null came out as
	// no finite number. Percentages are plain numbers: 78 % is 0.78.
	Measured map[string]*float64 `json:"measured"`
}

// Gate is a requirement that can be measured, and how it stands.
type Gate struct {
	Requirement id.Doc `json:"requirement"`
	Title       string `json:"title"`
	// Metric, Comparison and Threshold are what was agreed; of what is disputed,
	// what decided. They are empty when this version of Cairn can read nothing
	// of them.
	Metric     string            `json:"metric"`
	Comparison thread.Comparison `json:"comparison"`
	Threshold  *float64          `json:"threshold"` // in the unit
	Unit       string            `json:"unit,omitempty"`
	Demand     string            `json:"demand"` // the same in words: "recall >= 80 %"
	Owner      string            `json:"owner,omitempty"`
	Disputed   []thread.Part     `json:"disputed,omitempty"` // written differently at the same time, and not settled
	Unread     bool              `json:"unread,omitempty"`   // takes a later version of Cairn, and is closed for this one

	Value    *float64          `json:"value"` // as measured, null when there is no data
	State    thread.State      `json:"state"`
	Margin   *float64          `json:"margin,omitempty"` // negative when it fails
	Sentence string            `json:"sentence"`
	Words    sentence.Sentence `json:"words"` // the same, to be translated
}

// NoGate is a requirement that can't be measured.
type NoGate struct {
	Requirement id.Doc        `json:"requirement"`
	Title       string        `json:"title"`
	Missing     []thread.Part `json:"missing"` // what it would take
}

// GateList is the requirements of a project, by whether they can be measured.
type GateList struct {
	Project id.Doc   `json:"project"`
	Gates   []Gate   `json:"gates"` // by title; nothing is measured, so their state is no_data
	NoGates []NoGate `json:"no_gates"`
	Notes   []string `json:"notes"` // sentences about what may be a mistake
}

// GateVerdict is how the gates of a project stand to what was measured.
type GateVerdict struct {
	Project id.Doc   `json:"project"`
	Open    bool     `json:"open"`  // every gate passes; so also where there is none
	Gates   []Gate   `json:"gates"` // by title
	NoGates []NoGate `json:"no_gates"`
	Unused  []string `json:"unused"` // measured, and no gate asks for it
	Notes   []string `json:"notes"`  // sentences about what may be a mistake
}

func (a *App) listGates(ctx context.Context, req GatesRequest) (GateList, error) {
	v, err := a.evaluateGates(ctx, EvaluateGatesRequest{Project: req.Project})
	return GateList{v.Project, v.Gates, v.NoGates, v.Notes}, err
}

func (a *App) evaluateGates(ctx context.Context, req EvaluateGatesRequest) (GateVerdict, error) {
	project, err := a.findProject(req.Project)
	if err != nil {
		return GateVerdict{}, err
	}
	requirements, err := a.docsOf(ctx, noun.Requirements.Kind, project)
	if err != nil {
		return GateVerdict{}, err
	}
	out := GateVerdict{Project: project, Gates: []Gate{}, NoGates: []NoGate{}, Unused: []string{}, Notes: []string{}}
	var gates []thread.Gate
	for _, d := range requirements {
		g, missing := thread.From(d)
		if missing != nil {
			out.NoGates = append(out.NoGates, NoGate{d.ID(), noun.Requirements.Title(d), missing})
			continue
		}
		gates = append(gates, g)
	}
	measured := make(map[string]float64, len(req.Measured))
	for name, value := range req.Measured {
		measured[name] = math.NaN()
		if value != nil {
			measured[name] = *value
		}
	}
	verdict := thread.Evaluate(gates, measured)
	out.Open, out.Unused = verdict.Open, append(out.Unused, verdict.Unused...)
	for _, r := range verdict.Results {
		out.Gates = append(out.Gates, a.plainGate(r))
		if !r.Doubt.IsZero() {
			out.Notes = append(out.Notes, r.Doubt.String())
		}
	}
	if len(verdict.Unused) > 0 {
		out.Notes = append(out.Notes, unusedNote(verdict.Unused, verdict.Asked))
	}
	return out, nil
}

func (a *App) plainGate(r thread.Result) Gate {
	out := Gate{
		Requirement: r.Gate.Requirement, Title: r.Gate.Title, Metric: r.Bound.Metric, Comparison: r.Bound.Comparison,
		Unit: r.Gate.Unit, Disputed: r.Gate.Disputed, Unread: r.Gate.Unread, State: r.State, Sentence: r.Sentence.String(), Words: r.Sentence,
	}
	if r.Bound != (thread.Bound{}) {
		out.Threshold, out.Demand = &r.Bound.Threshold, r.Gate.Demand(r.Bound)
	}
	if r.State != thread.NoData {
		out.Value, out.Margin = &r.Value, &r.Margin
	}
	if !r.Gate.Owner.IsZero() {
		out.Owner = a.personName(r.Gate.Owner)
	}
	return out
}

// unusedNote says which metrics nobody asks for, since one of them may be
// another name for one that somebody does.
func unusedNote(unused, asked []string) string {
	if len(asked) == 0 {
		return fmt.Sprintf("No gate asks for %s: nothing that was agreed can be measured yet.", named(unused))
	}
	return fmt.Sprintf("No gate asks for %s. The gates ask for %s.", named(unused), named(asked))
}

// shownNames is how many names a sentence lists.
const shownNames = 10

// named lists names in a sentence: "a, b and c".
func named(names []string) string {
	words := make([]string, 0, shownNames+1)
	for _, name := range names[:min(len(names), shownNames)] {
		words = append(words, clip(name))
	}
	if more := len(names) - shownNames; more > 0 {
		words = append(words, fmt.Sprintf("%d more", more))
	}
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
