package lifecycle

import (
	"slices"

	"cairn/core/id"
	"cairn/core/sentence"
)

// Readiness is where a project stands in its Design phase.
type Readiness struct {
	Pages  []PageReadiness // in their natural order
	Phase  PageReadiness   // of the phase as a whole, whose sign-off ends it
	Ready  int             // pages on which no must is missing
	Needed int             // pages that the project needs
	// Judged are the sign-offs of pages and phase, the latest first.
	Judged []Judged
}

// PageReadiness is how one page stands.
type PageReadiness struct {
	Page   Page
	State  State
	Reason sentence.Sentence // why it is not needed, when it isn't
	// Missing is in the order in which to give it, musts first. Where more of
	// one code is missing than a person reads, the first stand here and the
	// rest is in Left.
	Missing []Item
	Left    int
	Musts   int // how many musts there are in all
	Advice  int // how much advice
	Wants   []Want
	// Touched is what has changed since an approval, when State is Changed.
	Touched []Touched
	// Digest names the content: two equal ones, the same content.
	Digest string
}

// Done reports whether nothing that the page must have is missing.
func (r PageReadiness) Done() bool { return r.Musts == 0 }

// maxItems is how many items of one code a page lists.
const maxItems = 20

// The reasons why a page is not needed.
const (
	withoutML = "The charter says that machine learning is not needed."
	notViable = "The charter says that the project is not viable."
	solo      = "You are the only one in the workspace."
)

// Assess returns where a project stands.
func Assess(in Input) Readiness {
	r, _ := assess(in)
	return r
}

func assess(in Input) (Readiness, *project) {
	p := read(in)
	r := Readiness{Judged: p.judge()}
	for _, page := range Pages {
		s := p.standing(page, r.Judged)
		if s.State != NotNeeded {
			r.Needed++
			if s.Done() {
				r.Ready++
			}
		}
		r.Pages = append(r.Pages, s)
	}
	r.Phase = p.phase(r)
	return r, p
}

func (p *project) standing(page Page, judged []Judged) PageReadiness {
	s := PageReadiness{Page: page, Digest: p.pageDigest(page)}
	if reason := p.unneeded(page); reason != "" {
		s.State, s.Reason = NotNeeded, sentence.New(reason)
		return s
	}
	missing := p.missing(page)
	s.Wants = p.wants(page)
	s.State, s.Touched = p.reviewed(&s, judged)
	l := &list{p: p, page: page, items: missing}
	p.rejections(l, judged)
	s.count(l.items)
	if s.State == "" {
		switch {
		case s.Done():
			s.State = Ready
		case len(p.pages[page]) > 0:
			s.State = Started
		default:
			s.State = NotStarted
		}
	}
	return s
}

// rejections adds who rejected the page as it is. It is advice, since who
// rejected it may also come to think better of it.
func (p *project) rejections(l *list, judged []Judged) {
	for _, j := range judged {
		if j.rejects(l.page) {
			l.advise(Rejection, nil, "", p.name(j.Author), sentence.Own(l.page.Name())).Who = p.who(ownersOf[l.page])
		}
	}
}

// unneeded returns why the project does without a page, empty if it doesn't.
func (p *project) unneeded(page Page) string {
	switch {
	case page == Charter:
		return ""
	case p.stopped() != "":
		return p.stopped()
	case page == Roles && p.alone() && len(p.responsibilities) == 0:
		return solo
	}
	return ""
}

// count keeps the first items of each code, and counts all.
func (r *PageReadiness) count(missing []Item) {
	of := map[Code]int{}
	for _, item := range missing {
		if item.Must {
			r.Musts++
		} else {
			r.Advice++
		}
		if of[item.Code]++; of[item.Code] <= maxItems {
			r.Missing = append(r.Missing, item)
		} else {
			r.Left++
		}
	}
}

// speaksOf reports whether a sign-off is about a page: its own or the phase's.
func (j Judged) speaksOf(page Page) bool { return j.Scope == page || j.Scope == Design }

// stands reports whether a sign-off is its author's present word on its scope.
func (j Judged) stands() bool { return j.Standing == Holds || j.Standing == Outdated }

// rejects reports whether a sign-off rejects a page as it is.
func (j Judged) rejects(page Page) bool {
	return j.stands() && j.Scope == page && j.View.Verdict == rejectedVerdict && len(on(j.Touched, page)) == 0
}

// reviewed returns the state that sign-offs give a page, empty if none says
// anything, and what has changed since. It notes who has signed what.
func (p *project) reviewed(s *PageReadiness, judged []Judged) (State, []Touched) {
	heard := map[id.Person]bool{} // a person's later word on the page, or the phase, stands for both
	var rejected, approved, changed bool
	var touched []Touched
	for _, j := range judged {
		if !j.speaksOf(s.Page) || !j.stands() || heard[j.Author] {
			continue
		}
		if j.View.Verdict == rejectedVerdict && j.Scope != s.Page {
			continue // of the phase: it does not say which page
		}
		heard[j.Author] = true
		since := on(j.Touched, s.Page)
		switch {
		case len(since) > 0 && j.View.Verdict == approvedVerdict:
			if !changed {
				changed, touched = true, since
			}
		case len(since) > 0: // a rejection that something was done about
		case j.View.Verdict == rejectedVerdict:
			rejected = true
		default:
			approved = true
			for i := range s.Wants {
				if s.Wants[i].Signed.IsZero() && slices.Contains(s.Wants[i].By, j.Author) {
					s.Wants[i].Signed = j.ID
				}
			}
		}
	}
	switch {
	case rejected:
		return Rejected, nil
	case !slices.ContainsFunc(s.Wants, func(w Want) bool { return w.Signed.IsZero() }):
		return Approved, nil
	case changed:
		return Changed, touched
	case approved:
		return InReview, nil
	}
	return "", nil
}

// phase returns how the phase as a whole stands, given its pages. It is
// approved once its own sign-offs are there and every page is.
func (p *project) phase(r Readiness) PageReadiness {
	s := PageReadiness{Page: Design, Digest: p.pageDigest(Design), Wants: p.wants(Design)}
	l := &list{p: p, page: Design}
	started := false
	for _, page := range r.Pages {
		started = started || page.State != NotStarted && page.State != NotNeeded
		switch {
		case page.State == NotNeeded || page.State == Approved && page.Done():
		case !page.Done():
			l.must(PageUnready, nil, "", sentence.Own(page.Page.Name())).Who = p.who(ownersOf[page.Page])
		default:
			l.advise(PageUnapproved, nil, "", sentence.Own(page.Page.Name())).Who = page.waitsFor()
		}
	}
	p.rejections(l, r.Judged)
	slices.SortStableFunc(l.items, mustsFirst)
	s.count(l.items)
	s.State, s.Touched = p.reviewed(&s, r.Judged)
	switch {
	case s.State == Approved && len(l.items) > 0:
		s.State = InReview
	case s.State == "" && s.Done():
		s.State = Ready
	case s.State == "" && started:
		s.State = Started
	case s.State == "":
		s.State = NotStarted
	}
	return s
}

// waitsFor returns whose sign-offs the page still wants.
func (r PageReadiness) waitsFor() Who {
	var w Who
	for _, want := range r.Wants {
		if !want.Signed.IsZero() {
			continue
		}
		if want.Role != "" && !slices.Contains(w.Roles, want.Role) {
			w.Roles = append(w.Roles, want.Role)
		}
		for _, person := range want.By {
			if !slices.Contains(w.Persons, person) {
				w.Persons = append(w.Persons, person)
			}
		}
	}
	return w
}

func mustsFirst(a, b Item) int {
	switch {
	case a.Must == b.Must:
		return 0
	case a.Must:
		return -1
	default:
		return 1
	}
}
