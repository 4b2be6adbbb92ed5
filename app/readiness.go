package app

import (
	"context"
	"errors"
	"time"

	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/lifecycle"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// ShowReadiness tells where a project stands in its Design phase.
var ShowReadiness = Call[ReadinessRequest, Readiness]{"project/readiness", "Tells how each page of the Design phase stands, what it lacks, and which sign-offs hold.", (*App).showReadiness}

// ReadinessRequest asks where a project stands.
type ReadinessRequest struct {
	Project string `json:"project"` // ID, first digits of it, or name
}

// Readiness is where a project stands in its Design phase.
type Readiness struct {
	Project id.Doc          `json:"project"`
	Ready   int             `json:"ready"`  // pages that lack nothing they must have
	Needed  int             `json:"needed"` // pages that the project needs
	Pages   []PageReadiness `json:"pages"`  // in their natural order
	Phase   PageReadiness   `json:"phase"`  // of the phase as a whole
}

// PageReadiness is how a page stands: charter, value, requirements, metrics,
// sources or roles, or design for the phase.
type PageReadiness struct {
	Page  lifecycle.Page  `json:"page"`
	State lifecycle.State `json:"state"`
	// Reason says why a page is not needed.
	Reason  *Said         `json:"reason,omitempty"`
	Musts   int           `json:"musts"`   // how much is missing that it must have
	Advice  int           `json:"advice"`  // how much would be good to have
	Missing []MissingItem `json:"missing"` // in the order in which to give it; at most twenty of a code
	Left    int           `json:"left"`    // how many items are not listed
	Wants   []Want        `json:"wants"`   // the sign-offs it takes
	// Touched is what has changed since it was approved, in the state that says so.
	Touched  []Touched `json:"touched,omitempty"`
	SignOffs []SignOff `json:"sign_offs"` // the latest first
	// Digest names what the page says: signoff/give takes it, to make sure that
	// what is signed is what was seen.
	Digest string `json:"digest"`
}

// Said is a sentence in English, and what a translation of it is made from.
type Said struct {
	Sentence string         `json:"sentence"`
	Format   string         `json:"format"`
	Args     []sentence.Arg `json:"args,omitempty"`
}

// Parts returns what the sentence can be said in another language from.
func (s Said) Parts() sentence.Sentence { return sentence.Sentence{Format: s.Format, Args: s.Args} }

// MissingItem is something that a page lacks.
type MissingItem struct {
	Code     lifecycle.Code `json:"code"`
	Must     bool           `json:"must"` // else it is advice
	Say      Said           `json:"say"`
	Why      Said           `json:"why"`
	Page     lifecycle.Page `json:"page"`
	Document string         `json:"document,omitempty"` // that it concerns
	Field    string         `json:"field,omitempty"`
	Who      Givers         `json:"who"`
}

// Givers says who can give something: anybody when both are empty.
type Givers struct {
	Roles   []string    `json:"roles"` // of the lifecycle
	Persons []PersonRef `json:"persons"`
}

// PersonRef names a person.
type PersonRef struct {
	ID   id.Doc `json:"id"`
	Name string `json:"name"`
}

// Want is a sign-off that a page takes.
type Want struct {
	Role   string      `json:"role,omitempty"`   // empty: of anybody who may approve
	By     []PersonRef `json:"by"`               // who can give it
	Signed string      `json:"signed,omitempty"` // the sign-off that gives it
}

// Touched is a document that is not what a sign-off was given for.
type Touched struct {
	Document string          `json:"document"`
	Title    string          `json:"title"`
	Own      bool            `json:"own,omitempty"` // the title is a word of Cairn's, since nobody gave one
	Page     lifecycle.Page  `json:"page,omitempty"`
	Touch    lifecycle.Touch `json:"touch"` // changed, added or removed
	// Fields are what differs. Only signoff/list looks it up.
	Fields []FieldChange `json:"fields,omitempty"`
}

// FieldChange is a field that says something else than it did.
type FieldChange struct {
	Field  string     `json:"field"`
	Old    doc.Value  `json:"old"`
	New    doc.Value  `json:"new"`
	Person string     `json:"person,omitempty"` // who wrote it last, and when
	Time   *time.Time `json:"time,omitempty"`
}

func (a *App) showReadiness(ctx context.Context, req ReadinessRequest) (Readiness, error) {
	project, err := a.findProject(req.Project)
	if err != nil {
		return Readiness{}, err
	}
	in, err := a.standing(ctx, project)
	if err != nil {
		return Readiness{}, err
	}
	return a.plainReadiness(project, lifecycle.Assess(in)), nil
}

// standingKinds are the kinds that say where a project stands.
var standingKinds = []*noun.Kind{
	noun.Charters.Kind, noun.ValueModels.Kind, noun.Requirements.Kind, noun.KeyMetrics.Kind,
	noun.DataSources.Kind, noun.Expectations.Kind, noun.Responsibilities.Kind, noun.Comments.Kind,
}

// standing gathers what package lifecycle asks of a project.
func (a *App) standing(ctx context.Context, project id.Doc) (lifecycle.Input, error) {
	in := lifecycle.Input{Project: project, Worth: map[id.Doc]lifecycle.Worth{}, Author: a.authorOf}
	here := map[id.Doc]bool{}
	for _, kind := range standingKinds {
		docs, err := a.docsOf(ctx, kind, project)
		if err != nil {
			return in, err
		}
		for _, d := range docs {
			here[d.ID()] = true
			if kind == noun.ValueModels.Kind {
				in.Worth[d.ID()] = worthOf(d)
			}
		}
		in.Documents = append(in.Documents, docs...)
	}
	var err error
	if in.Persons, err = a.team(); err != nil {
		return in, err
	}
	if in.SignOffs, err = a.signOffs(ctx, project); err != nil {
		return in, err
	}
	in.Removed, err = a.removed(in.SignOffs, here)
	return in, err
}

// worthOf works a value model out, as far as it can be read.
func worthOf(d *doc.Doc) lifecycle.Worth {
	m, err := modelOf(d)
	if err != nil {
		problem, _ := fault.Told(err)
		return lifecycle.Worth{Problem: problem}
	}
	return lifecycle.Weigh(m)
}

// authorOf returns whose device writes a log, zero if that is not known.
func (a *App) authorOf(log id.Log) id.Person {
	if members := a.journal.Members(); members != nil {
		if device, ok := members.Device(log.Device); ok {
			return device.Person
		}
	}
	return id.Person{}
}

// team returns who is or was in the workspace.
func (a *App) team() ([]lifecycle.Person, error) {
	members := a.journal.Members()
	if members == nil {
		return nil, nil
	}
	var out []lifecycle.Person
	for _, m := range members.Persons() {
		person := lifecycle.Person{ID: m.ID, Right: m.Role}
		d, err := a.journal.Doc(m.ID)
		switch {
		case err == nil:
			view := noun.Persons.View(d)
			person.Name, person.Roles = view.Name, view.Roles
		case !errors.Is(err, journal.ErrNoDoc): // it may not have come here yet
			return nil, err
		}
		out = append(out, person)
	}
	return out, nil
}

// removed returns the documents that sign-offs were given for and that are not
// here any more.
func (a *App) removed(signOffs []lifecycle.SignOff, here map[id.Doc]bool) ([]*doc.Doc, error) {
	var out []*doc.Doc
	for _, name := range lifecycle.Named(signOffs) {
		if here[name] {
			continue
		}
		d, err := a.journal.Doc(name)
		switch {
		case err == nil:
			out = append(out, d)
		case !errors.Is(err, journal.ErrNoDoc):
			return nil, err
		}
	}
	return out, nil
}
