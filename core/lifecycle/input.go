package lifecycle

import (
	"cmp"
	"slices"
	"strings"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// Input is what is known of one project. Nothing in it is changed. The order of
// its lists does not matter.
type Input struct {
	Project   id.Doc
	Documents []*doc.Doc // of the project and of any kind, none of them in the trash
	// Removed are documents in the trash that sign-offs were given for.
	Removed  []*doc.Doc
	Persons  []Person
	Worth    map[id.Doc]Worth // value model → what it comes to; one that is not here does not compute
	SignOffs []SignOff
	// Author returns whose device writes a log, zero if nobody knows.
	Author func(id.Log) id.Person
}

// Person is somebody in the workspace.
type Person struct {
	ID    id.Person
	Name  string
	Roles []string // of the lifecycle
	Right member.Role
}

// SignOff is a sign-off as its author wrote it, whatever others did to it since.
type SignOff struct {
	ID     id.Doc
	View   noun.SignOff
	Author id.Person   // by the history of the document
	At     clock.Stamp // of the verdict
}

// entry is a document and what it says.
type entry[T any] struct {
	doc  *doc.Doc
	view T
}

// project is an input, read.
type project struct {
	Input
	charter          *entry[noun.Charter] // nil when there is none
	models           []entry[noun.ValueModel]
	requirements     []entry[noun.Requirement]
	metrics          []entry[noun.KeyMetric]
	sources          []entry[noun.DataSource]
	expectations     []entry[noun.Expectation]
	responsibilities []entry[noun.Responsibility]
	comments         []entry[noun.Comment]
	talk             talk

	pages   map[Page][]*doc.Doc // the documents of each page, by name
	persons map[id.Person]Person
	holders map[string][]id.Person // role → members who hold it, by name
	digests map[id.Doc]string      // as far as they were asked for
}

// kinds are those whose documents stand on pages.
var kinds = []struct {
	page Page
	kind *noun.Kind
}{
	{Charter, noun.Charters.Kind},
	{Value, noun.ValueModels.Kind},
	{Requirements, noun.Requirements.Kind},
	{Metrics, noun.KeyMetrics.Kind},
	{Sources, noun.DataSources.Kind},
	{Sources, noun.Expectations.Kind},
	{Roles, noun.Responsibilities.Kind},
}

// PageOf returns the page that documents of a kind stand on, false for a kind
// that stands on none.
func PageOf(number uint16) (Page, bool) {
	for _, k := range kinds {
		if k.kind.Number == number {
			return k.page, true
		}
	}
	return "", false
}

// kindOf returns the kind of a document of a page, nil for any other.
func kindOf(d *doc.Doc) *noun.Kind {
	for _, k := range kinds {
		if k.kind.Number == d.Noun() {
			return k.kind
		}
	}
	return nil
}

func read(in Input) *project {
	p := &project{
		Input: in, pages: map[Page][]*doc.Doc{}, persons: map[id.Person]Person{}, holders: map[string][]id.Person{}, digests: map[id.Doc]string{},
	}
	docs := slices.Clone(in.Documents)
	slices.SortFunc(docs, func(a, b *doc.Doc) int { return a.ID().Compare(b.ID()) })
	for _, d := range docs {
		p.add(d)
	}
	// Before anybody is asked for by a role.
	for _, person := range in.Persons {
		p.persons[person.ID] = person
	}
	p.assignRoles()
	p.talk = p.follow()
	return p
}

// add reads a document. Of several charters, which only a faulty writer makes,
// the first is the project's.
func (p *project) add(d *doc.Doc) {
	switch d.Noun() {
	case noun.Charters.Number:
		if p.charter == nil {
			p.charter = &entry[noun.Charter]{d, noun.Charters.View(d)}
		}
	case noun.ValueModels.Number:
		p.models = append(p.models, entry[noun.ValueModel]{d, noun.ValueModels.View(d)})
	case noun.Requirements.Number:
		p.requirements = append(p.requirements, entry[noun.Requirement]{d, noun.Requirements.View(d)})
	case noun.KeyMetrics.Number:
		p.metrics = append(p.metrics, entry[noun.KeyMetric]{d, noun.KeyMetrics.View(d)})
	case noun.DataSources.Number:
		p.sources = append(p.sources, entry[noun.DataSource]{d, noun.DataSources.View(d)})
	case noun.Expectations.Number:
		p.expectations = append(p.expectations, entry[noun.Expectation]{d, noun.Expectations.View(d)})
	case noun.Responsibilities.Number:
		p.responsibilities = append(p.responsibilities, entry[noun.Responsibility]{d, noun.Responsibilities.View(d)})
	case noun.Comments.Number:
		p.comments = append(p.comments, entry[noun.Comment]{d, noun.Comments.View(d)})
	}
	if page, ok := PageOf(d.Noun()); ok {
		p.pages[page] = append(p.pages[page], d)
	}
}

// assignRoles finds who holds which role: by their own document, or because the
// project's responsibilities say so.
func (p *project) assignRoles() {
	hold := func(role string, person id.Person) {
		role = RoleOf(role)
		if role != "" && p.mayWrite(person) && !slices.Contains(p.holders[role], person) {
			p.holders[role] = append(p.holders[role], person)
		}
	}
	for _, person := range p.Persons {
		for _, role := range person.Roles {
			hold(role, person.ID)
		}
	}
	for _, r := range p.responsibilities {
		hold(r.view.Role, r.view.Person)
	}
	for role := range p.holders {
		slices.SortFunc(p.holders[role], p.byName)
	}
}

func (p *project) byName(a, b id.Person) int {
	return cmp.Or(strings.Compare(p.persons[a].Name, p.persons[b].Name), a.Compare(b))
}

func (p *project) mayWrite(person id.Person) bool {
	return p.persons[person].Right >= member.Contributor
}

func (p *project) mayApprove(person id.Person) bool {
	return p.persons[person].Right >= member.Approver
}

// members returns who may write, by name.
func (p *project) members() []id.Person {
	var out []id.Person
	for _, person := range p.Persons {
		if p.mayWrite(person.ID) {
			out = append(out, person.ID)
		}
	}
	slices.SortFunc(out, p.byName)
	return out
}

// rolesOf returns the roles that a person holds in the project.
func (p *project) rolesOf(person id.Person) []string {
	var out []string
	for role, holders := range p.holders {
		if slices.Contains(holders, person) {
			out = append(out, role)
		}
	}
	slices.Sort(out)
	return out
}

// name returns what to call a person.
func (p *project) name(person id.Person) sentence.Arg {
	if name := p.persons[person].Name; strings.TrimSpace(name) != "" {
		return said(name)
	}
	return sentence.Own(somebody)
}

// title returns what to call a document.
func title(d *doc.Doc) sentence.Arg {
	k := kindOf(d)
	if k == nil {
		return sentence.Own(aDocument)
	}
	if text := strings.TrimSpace(k.Title(d)); text != "" {
		return said(text)
	}
	return sentence.Own(unnamed[k.Number])
}
