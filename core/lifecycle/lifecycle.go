// Package lifecycle says where a project stands in its Design phase: what each
// page lacks, whose turn it is, and which sign-offs still hold.
//
// Everything follows from the documents as they are now; there is no list of
// steps to tick off, so what a teammate writes, takes back or disputes shows at
// once. Three questions are answered:
//
//   - Assess(in) tells of each page its state and what it lacks. A must keeps a
//     page from being signed off; advice keeps nothing. Musts are what is not
//     there yet, so filling in an empty field never takes readiness away, unless
//     it contradicts what somebody else wrote: a conflict, or a second person
//     accountable for one phase.
//   - Guide(in, person, roles) orders the same for one person: what to do next,
//     and for whom the rest waits.
//   - A sign-off is held against the content that it was given for (Digest). It
//     counts again when the old content comes back.
//
// What people read is a sentence.Sentence, so that a window can say it in another
// language.
package lifecycle

import (
	"strings"

	"cairn/core/noun"
)

// Page is a page of the Design phase. The names are stored in sign-offs: they
// never change.
type Page string

// The pages, and the phase as a whole.
const (
	Charter      Page = "charter"
	Value        Page = "value"
	Requirements Page = "requirements"
	Metrics      Page = "metrics"
	Sources      Page = "sources"
	Roles        Page = "roles"
	// Design is the phase: the scope of the sign-off that ends it.
	Design Page = Page(noun.Design)
)

// Pages lists the pages in their natural order, without the phase.
var Pages = []Page{Charter, Value, Requirements, Metrics, Sources, Roles}

// State is how a page stands.
type State string

// The states.
const (
	NotNeeded  State = "not needed"
	NotStarted State = "not started"
	Started    State = "started"
	Ready      State = "ready"     // no must is missing, and nobody has signed
	InReview   State = "in review" // some of the sign-offs it wants are there
	Approved   State = "approved"
	Changed    State = "changed since approval"
	Rejected   State = "rejected" // as it stands now
)

// The roles of the lifecycle, as they are stored. A team may name others.
const (
	Stakeholder   = "business stakeholder"
	Expert        = "subject matter expert"
	DataScientist = "data scientist"
	DataEngineer  = "data engineer"
	MLEngineer    = "ML engineer"
)

// RoleNames lists the roles of the lifecycle.
var RoleNames = []string{Stakeholder, Expert, DataScientist, DataEngineer, MLEngineer}

// otherNames are what else people call the roles.
var otherNames = map[string]string{
	"stakeholder": Stakeholder, "product owner": Stakeholder, "business": Stakeholder,
	"expert": Expert, "domain expert": Expert, "sme": Expert,
	"machine learning engineer": MLEngineer,
}

// RoleOf returns the role of the lifecycle that text names, in whatever case, or
// text itself, trimmed, when it is one of the team's own.
func RoleOf(text string) string {
	text = strings.TrimSpace(text)
	for _, r := range RoleNames {
		if strings.EqualFold(r, text) {
			return r
		}
	}
	if r, ok := otherNames[strings.ToLower(text)]; ok {
		return r
	}
	return text
}
