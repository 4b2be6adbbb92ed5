package lifecycle

import (
	"slices"

	"cairn/core/noun"
	"cairn/core/sentence"
)

// How a role is involved in a phase, as noun.Responsibility has it.
const (
	responsible = "responsible"
	accountable = "accountable"
)

// involved returns how a role is involved in a phase.
func involved(r noun.Responsibility, phase noun.Phase) string {
	switch phase {
	case noun.Design:
		return r.Design
	case noun.Development:
		return r.Development
	case noun.Deployment:
		return r.Deployment
	case noun.Monitoring:
		return r.Monitoring
	}
	return ""
}

// alone reports whether there is nobody to share the work with.
func (p *project) alone() bool { return len(p.members()) <= 1 }

// rolesLack adds what the roles lack: each phase has just one accountable and
// somebody responsible. Who is alone need not write down who does what.
func (p *project) rolesLack(l *list) {
	if len(p.responsibilities) == 0 {
		l.must(RolesBegin, nil, "")
	}
	start := len(l.items)
	for _, r := range p.responsibilities {
		if blank(r.view.Role) {
			l.must(RolesName, r.doc, "role")
		}
	}
	for _, phase := range noun.Phases {
		if len(p.responsibilities) > 0 {
			p.phaseLacks(l, phase)
		}
	}
	for _, r := range p.responsibilities {
		doing := slices.ContainsFunc(noun.Phases, func(phase noun.Phase) bool {
			part := involved(r.view, phase)
			return part == responsible || part == accountable
		})
		if doing && r.view.Person.IsZero() && len(p.holders[RoleOf(r.view.Role)]) == 0 && !blank(r.view.Role) {
			l.advise(RolesPerson, r.doc, "person", roleArg(RoleOf(r.view.Role)))
		}
	}
	if p.alone() {
		for i := range l.items[start:] {
			l.items[start+i].Must = false
		}
	}
}

func (p *project) phaseLacks(l *list, phase noun.Phase) {
	var answers, works []entry[noun.Responsibility]
	for _, r := range p.responsibilities {
		switch involved(r.view, phase) {
		case accountable:
			answers = append(answers, r)
		case responsible:
			works = append(works, r)
		}
	}
	word := sentence.Own(string(phase))
	switch n := len(answers); {
	case n == 0:
		l.must(RolesAccountable, nil, string(phase), word)
	case n > 1:
		l.must(RolesSeveral, answers[n-1].doc, string(phase), word, sentence.Number(n))
	}
	if len(works) == 0 {
		l.must(RolesResponsible, nil, string(phase), word)
	}
}

// roleArg returns a role within a sentence.
func roleArg(role string) sentence.Arg {
	return sentence.Arg{Text: sentence.Clip(role, saidRunes), Own: slices.Contains(RoleNames, role)}
}
