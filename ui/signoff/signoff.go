// Package signoff shows what has been approved, by whom, and whether it still
// holds: the page Sign-off, the chip in the head of every page, the sheet in which
// a verdict is given, and the cards that stand beside a page.
package signoff

import (
	"context"
	"time"

	"cairn/core/lifecycle"
	"cairn/core/sentence"
	"cairn/ui/edit"
)

// Source is what the sign-offs need of the application.
type Source interface {
	// Standing returns where a project stands in its Design phase.
	Standing(ctx context.Context, project string) (Standing, error)
	// Give keeps a verdict and returns the ID of the sign-off. It is a conflict
	// when the page does not say any more what the digest names.
	Give(ctx context.Context, project string, v Verdict) (string, error)
	// Revoke takes a sign-off of one's own back.
	Revoke(ctx context.Context, id string) error
}

// Standing is where a project stands.
type Standing struct {
	Pages         []Page // in their natural order
	Phase         Page   // the phase as a whole
	Ready, Needed int    // pages that lack nothing, of those that the project needs
	SignOffs      []SignOff
	Me            edit.Person
	MayApprove    bool          // Me
	Approvers     []edit.Person // who may approve, by name
	Opinion       Opinion
	Worth         Worth
	Counts        map[string]int // kind of document → how many the project has
	Measurable    int            // requirements that can be measured
}

// Page is how a page stands, or the phase.
type Page struct {
	Page    lifecycle.Page
	State   lifecycle.State
	Reason  sentence.Sentence // why it is not needed
	Missing []Item            // musts first
	Left    int               // how many items are not in Missing
	Musts   int               // how much is missing that it must have
	Wants   []Want
	Digest  string // names what it says
}

// Item is something that a page lacks.
type Item struct {
	Code            lifecycle.Code
	Must            bool // else it is advice
	Say, Why        sentence.Sentence
	Page            lifecycle.Page
	Document, Field string // that it concerns, if there is one
	Roles           []string
	Persons         []edit.Person // who can give it
}

// Want is a sign-off that a page wants.
type Want struct {
	Role   string // empty: of anybody who may approve
	By     []edit.Person
	Signed string // ID of the sign-off that gives it
}

// SignOff is a verdict that somebody gave.
type SignOff struct {
	ID       string
	Page     lifecycle.Page
	Person   edit.Person
	Role     string
	Approved bool // else rejected
	Note     string
	At       time.Time
	Standing lifecycle.Standing
	Reason   sentence.Sentence // why it does not count
	Touched  []Touched
	Amount   *float64 // what the estimate came to then, in Unit
	Unit     string
}

// Touched is a document that is not what a sign-off was given for.
type Touched struct {
	Document, Title string
	Own             bool // the title is a word of Cairn's
	Page            lifecycle.Page
	Touch           lifecycle.Touch
	Changes         []Change
}

// Change is a field that says something else than it did.
type Change struct {
	Field, Old, New string
	By              string // who wrote it last
	At              time.Time
}

// Opinion is what the charter says of the project.
type Opinion struct{ Viability, NeedsML, Reasons string }

// Worth is what the value estimate comes to.
type Worth struct {
	Known     bool // an estimate computes
	Expected  float64
	Low, High float64 // nine of ten outcomes lie above, and below
	Ranged    bool    // Low and High differ
	Unit      string
	Numbers   int // that it is made of
}

// Verdict is what a person decides about a page, or the phase.
type Verdict struct {
	Page       lifecycle.Page
	Approve    bool // else reject
	Note, Role string
	Digest     string // what the person has seen
}

// Place is where something can be done.
type Place struct {
	Page            lifecycle.Page
	Document, Field string
}

// Of returns how a page stands, or the phase.
func (s *Standing) Of(page lifecycle.Page) Page {
	for _, p := range s.Pages {
		if p.Page == page {
			return p
		}
	}
	return s.Phase
}

// Given returns the sign-off called id.
func (s *Standing) Given(id string) (SignOff, bool) {
	for _, o := range s.SignOffs {
		if o.ID == id {
			return o, true
		}
	}
	return SignOff{}, false
}

// Stands reports whether the sign-off is its author's present word.
func (o *SignOff) Stands() bool {
	return o.Standing == lifecycle.Holds || o.Standing == lifecycle.Outdated
}

// At returns where an item is given.
func (i *Item) At() Place {
	if len(i.Say.Args) > 0 && (i.Code == lifecycle.PageUnready || i.Code == lifecycle.PageUnapproved) {
		for _, page := range lifecycle.Pages {
			if page.Name() == i.Say.Args[0].Text {
				return Place{Page: page}
			}
		}
	}
	return Place{i.Page, i.Document, i.Field}
}
