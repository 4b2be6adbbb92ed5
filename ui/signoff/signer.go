package signoff

import (
	"slices"
	"time"

	"cairn/core/lifecycle"
	"cairn/ui/edit"
)

// Answer is how far one of those is whose sign-off a page wants.
type Answer int

// The answers.
const (
	Waiting  Answer = iota // nobody has answered, or nothing is to be answered yet
	Yours                  // this person's turn
	Approved               // as the page stands
	Changed                // approved, and the page has changed since
	Rejected               // as the page stands
	Nobody                 // nobody may approve
)

// Signer is one of those whose sign-off a page wants.
type Signer struct {
	Role   string // as it is stored; empty: of anybody who may approve
	By     []edit.Person
	Answer Answer
	Signed SignOff // when somebody has answered
}

// Person returns who has answered, or can; false when several can.
func (s *Signer) Person() (edit.Person, bool) {
	if s.Signed.ID != "" {
		return s.Signed.Person, true
	}
	if len(s.By) == 1 {
		return s.By[0], true
	}
	return edit.Person{}, false
}

// Signers returns whose sign-offs a page wants, and how far each is.
func (s *Standing) Signers(page lifecycle.Page) []Signer {
	p := s.Of(page)
	out := make([]Signer, len(p.Wants))
	for i, w := range p.Wants {
		out[i] = s.signer(p, w)
	}
	return out
}

func (s *Standing) signer(p Page, w Want) Signer {
	one := Signer{Role: w.Role, By: w.By}
	if o, ok := s.Given(w.Signed); ok {
		one.Answer, one.Signed = Approved, o
		return one
	}
	mine := slices.ContainsFunc(w.By, func(by edit.Person) bool { return by.ID == s.Me.ID })
	switch o, ok := s.latest(p.Page, w.By); {
	case ok && o.Approved && o.Standing == lifecycle.Outdated:
		one.Answer, one.Signed = Changed, o
	case ok && !o.Approved && o.Standing == lifecycle.Holds:
		one.Answer, one.Signed = Rejected, o
	case len(w.By) == 0:
		one.Answer = Nobody
	case mine && p.Musts == 0:
		one.Answer = Yours
	}
	return one
}

// latest returns the present word of one of some people on a page.
func (s *Standing) latest(page lifecycle.Page, by []edit.Person) (SignOff, bool) {
	for _, o := range s.SignOffs { // the latest first
		of := o.Page == page || o.Page == lifecycle.Design && o.Approved
		if of && o.Stands() && slices.ContainsFunc(by, func(p edit.Person) bool { return p.ID == o.Person.ID }) {
			return o, true
		}
	}
	return SignOff{}, false
}

// Mine returns the present word of this person on a page.
func (s *Standing) Mine(page lifecycle.Page) (SignOff, bool) {
	return s.latest(page, []edit.Person{s.Me})
}

// MyRoles returns in which roles this person can answer for a page, the one that
// the page wants first.
func (s *Standing) MyRoles(page lifecycle.Page) []string {
	var out []string
	add := func(role string) {
		if role = lifecycle.RoleOf(role); role != "" && !slices.Contains(out, role) {
			out = append(out, role)
		}
	}
	for _, w := range s.Of(page).Wants {
		if slices.ContainsFunc(w.By, func(by edit.Person) bool { return by.ID == s.Me.ID }) {
			add(w.Role)
		}
	}
	for _, role := range s.Me.Roles {
		add(role)
	}
	return out
}

// signed returns how many of some have approved what stands.
func signed(signers []Signer) int {
	n := 0
	for _, one := range signers {
		if one.Answer == Approved {
			n++
		}
	}
	return n
}

// Outdated returns the approvals that were given for something else than what
// stands now, the latest first.
func (s *Standing) Outdated() []SignOff {
	var out []SignOff
	for _, o := range s.SignOffs {
		if o.Approved && o.Standing == lifecycle.Outdated {
			out = append(out, o)
		}
	}
	return out
}

// when returns the time of an answer.
func (s *Signer) when() time.Time { return s.Signed.At }
