package report

import (
	"time"

	"cairn/core/noun"
	"cairn/core/sentence"
	"cairn/core/thread"
	"cairn/core/value"
)

// Project is what a report is written from. People are named by their names,
// documents by their titles; an empty name is shown as unnamed.
type Project struct {
	ID        string
	Name      string
	Summary   string
	Workspace string
	By        string    // who asks for the report, empty when unknown
	At        time.Time // when, in the zone in which it is dated
	People    []Person

	Models           []Model
	Charter          *noun.Charter // nil when nobody has begun one
	Requirements     []Requirement
	Columns          []MetricColumn
	Sources          []Source
	Expectations     []Expectation // whose source is none of Sources, too
	Responsibilities []Responsibility
	SignOffs         []SignOff // the latest first

	Conflicts []Conflict
	Comments  []Comment           // that are open
	Missing   []sentence.Sentence // on what is still to be done, the most important first
}

// Person is somebody in the workspace.
type Person struct {
	Name  string
	Roles []string
}

// Model is a value model: its estimate, or why there is none.
type Model struct {
	Name     string
	Estimate *value.Estimate
	Problem  sentence.Sentence // why it can't be estimated
}

// Requirement is a business requirement.
type Requirement struct {
	Title, Area, Owner, Notes string
	Gate                      thread.Gate
	Missing                   []thread.Part // what it takes to be a gate; then Gate is none
}

// MetricColumn is the key metrics of one of those who look at the board; that
// of metrics in no column has no name.
type MetricColumn struct {
	Name    string
	Metrics []Metric
}

// Metric is a key metric and what it is linked to.
type Metric struct {
	Name, Definition, Unit, Direction string
	Requirements                      []string // titles
	Variable                          string   // of the value model, by its name
	Unlinked                          bool
}

// Source is a data source.
type Source struct {
	noun.DataSource
	OwnerName string
}

// Expectation is what a data source is expected to keep to.
type Expectation struct {
	noun.Expectation
	SourceName string
}

// Responsibility is how one role is involved.
type Responsibility struct {
	noun.Responsibility
	PersonName string
}

// Standing says whether a sign-off counts.
type Standing string

// The standings.
const (
	Valid      Standing = "valid"       // it is for what stands there now
	Changed    Standing = "changed"     // what it was given for has changed
	Revoked    Standing = "revoked"     // its author has taken it back
	Replaced   Standing = "replaced"    // its author has given a later one
	NotCounted Standing = "not counted" // somebody else wrote it, or had no right to
)

// SignOff is a person's verdict on a page or a phase.
type SignOff struct {
	Scope        string // "value", or "design" for the phase
	Person, Role string
	Approved     bool // else rejected
	Note         string
	At           time.Time
	Amount       *float64 // what the value model was worth then
	Unit         string
	Standing     Standing
	Touched      []Touched         // what is not what it was given for
	Reason       sentence.Sentence // why it is not counted
}

// Touched is a document that is not what a sign-off was given for.
type Touched struct {
	Title sentence.Arg
	Touch string // changed, added or removed
}

// Conflict is a field in which people wrote different values at the same time.
type Conflict struct {
	Kind, Title, Field string // kind and field as noun names them
	Values             []string
}

// Comment is a comment that nobody has resolved.
type Comment struct {
	By    string
	At    time.Time
	About string // title of the document
	Body  string
}
