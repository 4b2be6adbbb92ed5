package lifecycle

import (
	"slices"
	"strings"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// list collects what a page lacks.
type list struct {
	p     *project
	page  Page
	items []Item
}

// must adds something without which the page can't be signed off, d and field
// being what it concerns.
func (l *list) must(code Code, d *doc.Doc, field string, args ...sentence.Arg) *Item {
	return l.add(Item{Code: code, Must: true, Field: field, Args: args}, d)
}

// advise adds something that would be good to have.
func (l *list) advise(code Code, d *doc.Doc, field string, args ...sentence.Arg) *Item {
	return l.add(Item{Code: code, Field: field, Args: args}, d)
}

func (l *list) add(item Item, d *doc.Doc) *Item {
	item.Page = l.page
	if d != nil {
		item.Doc = d.ID()
	}
	item.Who = l.p.who(texts[item.Code].roles)
	l.items = append(l.items, item)
	return &l.items[len(l.items)-1]
}

// who returns who can give what these roles can.
func (p *project) who(roles []string, named ...id.Person) Who {
	w := Who{Roles: roles}
	for _, person := range named {
		w.add(p, person)
	}
	for _, role := range roles {
		for _, person := range p.holders[role] {
			w.add(p, person)
		}
	}
	return w
}

func (w *Who) add(p *project, person id.Person) {
	if p.mayWrite(person) && !slices.Contains(w.Persons, person) {
		w.Persons = append(w.Persons, person)
	}
}

// missing returns what a page lacks, in the order in which to give it: musts
// before advice, and what is disputed before both.
func (p *project) missing(page Page) []Item {
	l := &list{p: p, page: page}
	p.disputed(l)
	switch page {
	case Charter:
		p.charterLacks(l)
	case Value:
		p.valueLacks(l)
	case Requirements:
		p.requirementsLack(l)
	case Metrics:
		p.metricsLack(l)
	case Sources:
		p.sourcesLack(l)
	case Roles:
		p.rolesLack(l)
	case Design: // its pages do
	}
	p.askedIn(l)
	slices.SortStableFunc(l.items, mustsFirst)
	return l.items
}

// disputed adds what people wrote differently at the same time, and what only a
// later version can read.
func (p *project) disputed(l *list) {
	for _, d := range p.pages[l.page] {
		if d.Frozen() {
			l.must(Newer, d, "", title(d))
		}
		for _, number := range d.Conflicts() {
			if f, ok := kindOf(d).ByNumber(number); ok {
				l.must(InConflict, d, f.Name, sentence.Own(fieldWord(f.Name)), title(d)).Who = p.who(ownersOf[l.page], p.namedIn(d)...)
			}
		}
	}
}

// ownersOf are the roles that write on a page.
var ownersOf = map[Page][]string{
	Charter: {Stakeholder, Expert}, Value: {Stakeholder, Expert}, Requirements: {Stakeholder, Expert},
	Metrics: {DataScientist, Expert}, Sources: {DataEngineer, Expert}, Roles: {Stakeholder},
}

// namedIn returns the person that a document names as its owner.
func (p *project) namedIn(d *doc.Doc) []id.Person {
	for _, name := range []string{"owner", "person"} {
		if f, ok := kindOf(d).Field(name); ok {
			if person, ok := d.Plain(f.Key()).AsRef(); ok {
				return []id.Person{person}
			}
		}
	}
	return nil
}

// blank reports whether a text says nothing.
func blank(text string) bool { return strings.TrimSpace(text) == "" }

// charterLacks adds what the charter lacks. Unsure and undecided are no answers.
func (p *project) charterLacks(l *list) {
	var d *doc.Doc
	var c noun.Charter
	if p.charter != nil {
		d, c = p.charter.doc, p.charter.view
	}
	need := func(missing, must bool, code Code, field string) {
		switch {
		case missing && must:
			l.must(code, d, field)
		case missing:
			l.advise(code, d, field)
		}
	}
	decided := c.Viability == "viable" || c.Viability == "not viable"
	need(blank(c.Problem), true, CharterProblem, "problem")
	need(blank(c.Decision), true, CharterDecision, "decision")
	need(blank(c.Present), false, CharterPresent, "present")
	need(len(c.Users) == 0, false, CharterUsers, "users")
	need(len(c.Stakeholders) == 0, false, CharterStakeholders, "stakeholders")
	need(c.NeedsML != "yes" && c.NeedsML != "no", true, CharterNeedsML, "needs_ml")
	need(blank(c.WithoutML), false, CharterWithoutML, "without_ml")
	need(!decided, true, CharterViability, "viability")
	need(decided && blank(c.Reasons), false, CharterReasons, "reasons")
}

// stopped returns why the project goes no further, empty if it does.
func (p *project) stopped() string {
	switch {
	case p.charter == nil:
		return ""
	case p.charter.view.NeedsML == "no":
		return withoutML
	case p.charter.view.Viability == "not viable":
		return notViable
	}
	return ""
}
