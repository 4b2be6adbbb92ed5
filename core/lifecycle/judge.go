package lifecycle

import (
	"cmp"
	"slices"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/sentence"
)

// Standing is how a sign-off stands to what its page says now.
type Standing string

// The standings.
const (
	Holds     Standing = "valid"       // the content is what it was given for
	Outdated  Standing = "changed"     // the content is another now
	Revoked   Standing = "revoked"     // taken back by its author
	Replaced  Standing = "replaced"    // its author has given a later one
	Uncounted Standing = "not counted" // by somebody else than it says, or who may not approve
)

// Touch is what happened to a document since a sign-off.
type Touch string

// The touches.
const (
	TouchChanged Touch = "changed"
	TouchAdded   Touch = "added"
	TouchRemoved Touch = "removed"
)

// Touched is a document that is not what a sign-off was given for.
type Touched struct {
	Doc   id.Doc
	Title sentence.Arg
	Page  Page // empty when only that something changed is known
	Touch Touch
}

// Judged is a sign-off held to the content as it is.
type Judged struct {
	SignOff
	Scope    Page
	Standing Standing
	Reason   sentence.Sentence // why it does not count, when it doesn't
	Touched  []Touched         // when it has changed, by title
}

// The verdicts of noun.SignOff.
const (
	approvedVerdict = "approved"
	rejectedVerdict = "rejected"
)

// The reasons why a sign-off does not count.
const (
	bySomebodyElse = "%s is named in it, and did not write it."
	withoutRight   = "%s has no right to approve."
	unreadable     = "It says nothing that this version of Cairn knows."
)

// voice is a person speaking of a page or the phase.
type voice struct {
	author id.Person
	scope  Page
}

// compare orders sign-offs by time.
func (s SignOff) compare(o SignOff) int { return cmp.Or(cmp.Compare(s.At, o.At), s.ID.Compare(o.ID)) }

// judge returns every sign-off, held to the content as it is, the latest first.
func (p *project) judge() []Judged {
	all := slices.Clone(p.SignOffs)
	slices.SortFunc(all, func(a, b SignOff) int { return b.compare(a) })
	heard := map[voice]bool{}
	out := make([]Judged, 0, len(all))
	for _, s := range all {
		j := Judged{SignOff: s, Scope: Page(s.View.Scope)}
		j.Reason = p.objection(j)
		v := voice{s.Author, j.Scope}
		switch {
		case !j.Reason.IsZero():
			j.Standing = Uncounted
		case heard[v]:
			j.Standing = Replaced
		case s.View.Revoked:
			j.Standing = Revoked
		default:
			j.Standing = Holds
			if j.Touched = p.touched(s, j.Scope); len(j.Touched) > 0 {
				j.Standing = Outdated
			}
		}
		if j.Standing != Uncounted {
			heard[v] = true
		}
		out = append(out, j)
	}
	return out
}

// objection returns why a sign-off does not count, nothing if it does.
func (p *project) objection(j Judged) sentence.Sentence {
	_, isPage := inWords[j.Scope]
	switch {
	case !isPage || j.View.Verdict != approvedVerdict && j.View.Verdict != rejectedVerdict:
		return sentence.New(unreadable)
	case j.Author.IsZero() || j.Author != j.View.Person:
		return sentence.New(bySomebodyElse, p.name(j.View.Person))
	case !p.mayApprove(j.Author):
		return sentence.New(withoutRight, p.name(j.Author))
	}
	return sentence.Sentence{}
}

// touched returns the documents of scope that are not what s was given for.
func (p *project) touched(s SignOff, scope Page) []Touched {
	then := bound(s.View)
	if all, ok := then[p.Project]; ok {
		if all == p.pageDigest(scope) {
			return nil
		}
		return []Touched{{Doc: p.Project, Title: sentence.Own(scope.Name()), Touch: TouchChanged}}
	}
	var out []Touched
	touch := func(d *doc.Doc, t Touch) {
		page, _ := PageOf(d.Noun())
		out = append(out, Touched{d.ID(), title(d), page, t})
	}
	here := map[id.Doc]bool{}
	for _, d := range p.docsIn(scope) {
		here[d.ID()] = true
		switch digest, ok := then[d.ID()]; {
		case !ok:
			touch(d, TouchAdded)
		case digest != p.digest(d):
			touch(d, TouchChanged)
		}
	}
	for _, d := range p.Removed {
		if _, ok := then[d.ID()]; ok && !here[d.ID()] {
			here[d.ID()] = true
			touch(d, TouchRemoved)
		}
	}
	for d := range then {
		if !here[d] { // not even in the trash: made on a device that has not been heard of yet
			out = append(out, Touched{Doc: d, Title: sentence.Own(aDocument), Touch: TouchRemoved})
		}
	}
	slices.SortFunc(out, func(a, b Touched) int { return cmp.Or(cmp.Compare(a.Title.Text, b.Title.Text), a.Doc.Compare(b.Doc)) })
	return out
}

// on returns the touched documents that are of a page, of all for the phase.
func on(touched []Touched, page Page) []Touched {
	if page == Design {
		return touched
	}
	var out []Touched
	for _, t := range touched {
		if t.Page == page || t.Page == "" {
			out = append(out, t)
		}
	}
	return out
}
