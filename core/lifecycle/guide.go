package lifecycle

import (
	"cmp"
	"slices"

	"cairn/core/id"
	"cairn/core/sentence"
)

// Plan is what to do next in a project, for one person.
type Plan struct {
	Roles []string // in which the person acts
	Steps []Step   // the best first
	// Waits are what others have to do before the phase can end, in the natural
	// order of the pages.
	Waits []Step
	// Next says what comes, when no step is a must.
	Next sentence.Sentence
}

// Step is something to do.
type Step struct {
	Code  Code
	Must  bool
	Say   sentence.Sentence
	Why   sentence.Sentence
	Page  Page
	Doc   id.Doc // zero where there is none yet
	Field string
	// Who else can do it.
	Who Who
	// Score orders the steps: the sum of the weights of Reasons.
	Score   int
	Reasons []Reason
}

// Reason is why a step comes where it does.
type Reason string

// The reasons. Of the first five each weighs more than all after it together, and
// advice takes away more than they give: so a score says which hold.
const (
	BlocksOthers Reason = "blocks others" // all that the page must have is the person's to give, and others wait to sign it
	IsYours      Reason = "yours"         // the person is named, or is the only one who can
	IsYourRoles  Reason = "your role's"
	IsConflict   Reason = "conflict" // people differ: in a value, or a rejection
	IsMention    Reason = "mention"
	IsAdvice     Reason = "advice"
)

var weights = map[Reason]int{BlocksOthers: 32, IsYours: 16, IsYourRoles: 8, IsConflict: 4, IsMention: 2, IsAdvice: -64}

// The sentences for when nothing must be done.
const (
	phaseOver    = "The Design phase is approved. Development comes next: gather data and labels, and train the first models against what was agreed."
	phaseStopped = "The project ends here: nothing more is needed."
	nothingNow   = "There is nothing for you to do now."
	viewsOnly    = "You can view this workspace, and not change it: the team does the rest."
	waitsForOne  = "You have done your part. It waits for %s."
	waitsForMany = "You have done your part. It waits for %s and others."
)

// Guide returns what a person who acts in these roles does best next. Without
// roles, those that the person holds; a person who holds none sees all steps, in
// the natural order of the pages.
func Guide(in Input, person id.Person, roles []string) Plan {
	r, p := assess(in)
	if len(roles) == 0 {
		roles = p.rolesOf(person)
	}
	g := guide{p: p, person: person, roles: make([]string, 0, len(roles)), readiness: r}
	for _, role := range roles {
		g.roles = append(g.roles, RoleOf(role))
	}
	g.plan.Roles = g.roles
	// Who is alone has nobody to hand pages to: one sign-off at the end will do.
	whole := p.alone() || g.signsAll()
	for _, page := range r.Pages {
		if page.State != NotNeeded {
			g.onPage(page, !whole)
		}
	}
	g.onPhase(whole)
	if len(g.roles) > 0 {
		slices.SortStableFunc(g.plan.Steps, func(a, b Step) int { return cmp.Compare(b.Score, a.Score) })
	}
	if !slices.ContainsFunc(g.plan.Steps, func(s Step) bool { return s.Must }) {
		g.plan.Next = g.next()
	}
	return g.plan
}

// guide makes a plan.
type guide struct {
	p         *project
	person    id.Person
	roles     []string
	readiness Readiness
	plan      Plan
}

// signsAll reports whether every sign-off that pages and phase still want is the
// person's: then one, that of the phase, gives them all.
func (g *guide) signsAll() bool {
	if !g.readiness.Phase.Done() || g.readiness.Phase.State == Rejected {
		return false
	}
	for _, r := range append(slices.Clone(g.readiness.Pages), g.readiness.Phase) {
		waits := r.waitsFor().Persons
		mine := len(waits) == 1 && waits[0] == g.person
		if r.State == Rejected || !mine && r.State != Approved && r.State != NotNeeded {
			return false
		}
	}
	return true
}

// onPage adds the steps of a page: what it lacks, then the sign-offs it wants.
func (g *guide) onPage(r PageReadiness, signing bool) {
	alone := g.waitsForMeAlone(r)
	for _, item := range r.Missing {
		g.step(item, g.relation(item.Who), alone && item.Must)
	}
	if r.Done() && signing {
		g.signOffs(r, GiveSignOff, RenewSignOff)
	}
}

// onPhase adds what was rejected of the phase as a whole, and the sign-off that
// ends it, once every page is approved or whole says that it approves them.
func (g *guide) onPhase(whole bool) {
	r := g.readiness.Phase
	unapproved := 0
	for _, item := range r.Missing {
		if item.Code == Rejection {
			g.step(item, g.relation(item.Who), false)
		} else {
			unapproved++
		}
	}
	if r.Done() && (unapproved == 0 || whole) {
		g.signOffs(r, EndPhase, RenewPhase)
	}
}

// signOffs adds the sign-offs that a page still wants.
func (g *guide) signOffs(r PageReadiness, give, renew Code) {
	if r.State == Approved || r.State == Rejected {
		return
	}
	waits := r.waitsFor()
	if len(waits.Persons) == 0 {
		g.step(Item{Code: GiveNobody, Must: true, Page: r.Page, Args: []sentence.Arg{sentence.Own(r.Page.Name())}}, ofAnybody, false)
		return
	}
	mine := slices.Contains(waits.Persons, g.person)
	code := give
	if r.State == Changed && mine && g.approvedBefore(r.Page) {
		code = renew
	}
	relation := ofOthers
	switch {
	case slices.ContainsFunc(r.Wants, func(w Want) bool { return w.Signed.IsZero() && len(w.By) == 1 && w.By[0] == g.person }):
		relation = ofMine
	case mine:
		relation = ofMyRole
	}
	g.step(Item{Code: code, Must: true, Page: r.Page, Args: []sentence.Arg{sentence.Own(r.Page.Name())}, Who: waits}, relation, mine && len(waits.Persons) == 1)
}

// approvedBefore reports whether the person has approved a page as it was.
func (g *guide) approvedBefore(page Page) bool {
	return slices.ContainsFunc(g.readiness.Judged, func(j Judged) bool {
		return j.Author == g.person && j.speaksOf(page) && j.Standing == Outdated && j.View.Verdict == approvedVerdict
	})
}

// waitsForMeAlone reports whether all that a page must have is the person's to
// give, while others want to sign it off.
func (g *guide) waitsForMeAlone(r PageReadiness) bool {
	for _, item := range r.Missing {
		if item.Must && g.relation(item.Who) < ofMyRole {
			return false
		}
	}
	return r.Musts > 0 && slices.ContainsFunc(r.waitsFor().Persons, func(other id.Person) bool { return other != g.person })
}

// How somebody relates to those who can give something.
const (
	ofOthers = iota
	ofAnybody
	ofMyRole
	ofMine
)

// relation returns how the person relates to who can give something. What
// nobody in the team can give by role is anybody's, and everything is theirs who
// are alone.
func (g *guide) relation(w Who) int {
	switch {
	case g.views():
		return ofOthers
	case len(w.Persons) == 1 && w.Persons[0] == g.person, g.p.alone():
		return ofMine
	case slices.ContainsFunc(w.Roles, func(role string) bool { return slices.Contains(g.roles, role) }), slices.Contains(w.Persons, g.person):
		return ofMyRole
	case len(w.Persons) == 0:
		return ofAnybody
	}
	return ofOthers
}

// views reports whether the person may look and not write.
func (g *guide) views() bool {
	_, known := g.p.persons[g.person]
	return known && !g.p.mayWrite(g.person)
}

// step adds an item to what the person does, or to what others do.
func (g *guide) step(item Item, relation int, blocks bool) {
	if item.Code == Mention && item.Mentioned == g.person {
		item.Code, item.Args = MentionYou, item.Args[:1]
	}
	words := texts[item.Code].spokenTo(g.roles)
	s := Step{
		Code: item.Code, Must: item.Must, Say: sentence.Sentence{Format: words.say, Args: item.Args}, Why: sentence.New(words.why),
		Page: item.Page, Doc: item.Doc, Field: item.Field, Who: g.others(item.Who),
	}
	because := func(holds bool, reason Reason) {
		if holds {
			s.Reasons = append(s.Reasons, reason)
			s.Score += weights[reason]
		}
	}
	because(blocks, BlocksOthers)
	because(relation == ofMine, IsYours)
	because(relation == ofMyRole, IsYourRoles)
	because(item.Code == InConflict || item.Code == Rejection, IsConflict)
	because(item.Code == MentionYou, IsMention)
	because(!item.Must && item.Code != Rejection && item.Code != MentionYou, IsAdvice)
	switch {
	case relation > ofOthers || len(g.roles) == 0 && item.Mentioned.IsZero() && !g.views():
		g.plan.Steps = append(g.plan.Steps, s)
	case item.Must:
		g.plan.Waits = append(g.plan.Waits, s)
	}
}

// others returns who can give something beside the person.
func (g *guide) others(w Who) Who {
	return Who{w.Roles, slices.DeleteFunc(slices.Clone(w.Persons), func(person id.Person) bool { return person == g.person })}
}

// next says what comes when the person has nothing to do.
func (g *guide) next() sentence.Sentence {
	if g.views() {
		return sentence.New(viewsOnly)
	}
	var who Who
	for _, s := range g.plan.Waits {
		for _, person := range s.Who.Persons {
			who.add(g.p, person)
		}
	}
	switch n := len(who.Persons); {
	case n == 1:
		return sentence.New(waitsForOne, g.p.name(who.Persons[0]))
	case n > 1:
		return sentence.New(waitsForMany, g.p.name(who.Persons[0]))
	case g.readiness.Phase.State != Approved:
		return sentence.New(nothingNow)
	case g.p.stopped() != "":
		return sentence.New(phaseStopped)
	}
	return sentence.New(phaseOver)
}
