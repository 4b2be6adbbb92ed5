package lifecycle

import (
	"slices"

	"cairn/core/id"
	"cairn/core/noun"
)

// signersOf are the roles whose sign-off a page wants where the team has not
// said who is accountable: those who live with it, beside those who write it.
var signersOf = map[Page][]string{
	Charter:      {Stakeholder, Expert, DataScientist},
	Value:        {Stakeholder, Expert, DataScientist},
	Requirements: {Expert, DataScientist, MLEngineer},
	Metrics:      {Stakeholder, Expert, MLEngineer},
	Sources:      {Expert, DataScientist, MLEngineer},
	Roles:        {Stakeholder},
	Design:       {Stakeholder},
}

// Want is a sign-off that a page wants.
type Want struct {
	Role   string      // empty: of anybody who may approve
	By     []id.Person // who can give it, by name; empty when nobody may approve
	Signed id.Doc      // the sign-off that gives it, zero while none does
}

// wants returns the sign-offs that a page wants. Where responsibilities say who
// is accountable in the Design phase, it is theirs; else that of each role in
// signersOf that somebody holds who may approve. Where that is nobody, any
// approver's will do, so that no page waits for ever.
func (p *project) wants(page Page) []Want {
	var out []Want
	add := func(role string, by []id.Person) {
		by = slices.DeleteFunc(slices.Clone(by), func(person id.Person) bool { return !p.mayApprove(person) })
		same := func(w Want) bool { return w.Role == role && slices.Equal(w.By, by) }
		if len(by) > 0 && !slices.ContainsFunc(out, same) {
			out = append(out, Want{Role: role, By: by})
		}
	}
	for _, r := range p.responsibilities {
		if involved(r.view, noun.Design) != accountable {
			continue
		}
		role := RoleOf(r.view.Role)
		if r.view.Person.IsZero() {
			add(role, p.holders[role])
		} else {
			add(role, []id.Person{r.view.Person})
		}
	}
	if len(out) == 0 {
		for _, role := range signersOf[page] {
			add(role, p.holders[role])
		}
	}
	if len(out) == 0 {
		add("", p.members())
	}
	if len(out) == 0 {
		out = []Want{{}}
	}
	return out
}
