package feed

import (
	"cmp"
	"slices"
	"strconv"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/template"
)

// Teller turns entries into sentences. What it asks for are documents as they
// are now.
type Teller struct {
	Kinds *noun.Catalog
	// Doc returns a document, nil when there is none.
	Doc func(id.Doc) *doc.Doc
	// Name returns what a document is called, empty when nobody has named it.
	Name func(id.Doc) string
}

// Told is an entry for people.
type Told struct {
	Doc      id.Doc // what it is about: of a comment, the document that is commented on
	Kind     string // of Doc
	Title    string // of Doc, empty when it has none
	Page     string // of the window, on which Doc is; empty for none
	Sentence Sentence
	Details  []Detail // the latest first
}

// Detail is one thing that changed.
type Detail struct {
	Field  string // as stored
	Label  string // a term
	Part   string // the item of a list, empty when it is all of the field
	Action Deed
	// From and To are short values, empty when there was none, it is long, or
	// nobody knows.
	From, To          Part
	Inserted, Deleted int // runes
}

// Deed says what happened to a field. The names are printed by --json.
type Deed string

// The deeds.
const (
	DeedSet     Deed = "set"
	DeedCleared Deed = "cleared"
	DeedWrote   Deed = "wrote"
	DeedAdded   Deed = "added"
	DeedRemoved Deed = "removed"
	DeedMoved   Deed = "moved"
	DeedSettled Deed = "settled"
)

// Tell returns e as a sentence with its details.
func (t Teller) Tell(e *Entry) Told {
	d, kind := t.Doc(e.Doc), t.Kinds.ByNumber(e.Noun)
	out := Told{Doc: e.Doc, Title: t.Name(e.Doc), Details: t.details(e, kind)}
	who := t.person(e.Person)
	if kind == nil {
		out.Sentence = say(touched, who, named(out.Title, term(untitled)))
		return out
	}
	out.Kind, out.Page = kind.Name, PageOf(kind.Name)
	switch kind.Number {
	case noun.Comments.Number:
		t.comment(&out, e, who, d)
	case noun.SignOffs.Number:
		t.signOff(&out, e, who, d)
	case noun.Answers.Number:
		t.answer(&out, who, d)
	default:
		out.Sentence = t.sentence(e, who, kind, out)
	}
	return out
}

func (t Teller) person(p id.Person) Part {
	if p.IsZero() {
		return term(somebody)
	}
	return name(cmp.Or(t.Name(p), p.String()))
}

func named(title string, other Part) Part {
	if title == "" {
		return other
	}
	return name(clip(title, shortRunes))
}

// calledBy returns what to call a document of a kind within a sentence.
func calledBy(kind *noun.Kind, title string) Part {
	if hasTitle(kind) {
		return named(title, term(untitled))
	}
	return named(title, term(Label(kind.Name)))
}

func hasTitle(kind *noun.Kind) bool {
	for _, f := range kind.Fields {
		if f.Title {
			return true
		}
	}
	return false
}

func (t Teller) sentence(e *Entry, who Part, kind *noun.Kind, told Told) Sentence {
	called := calledBy(kind, told.Title)
	switch {
	case e.Made && kind.Number == noun.Persons.Number:
		return say(madePerson, who, called)
	case e.Made && !hasTitle(kind):
		return say(madeUnnamed, who, term(kindTerm(kind.Name)))
	case e.Made:
		return say(made, who, term(kindTerm(kind.Name)), called)
	case e.Trashed:
		return say(trashed, who, called)
	case e.Restored && len(e.Changes) == 0:
		return say(restored, who, called)
	}
	return changes(told.Details, who, called)
}

// changes tells what happened to the fields of a document.
func changes(details []Detail, who, called Part) Sentence {
	var labels []string
	for _, d := range details {
		if !slices.Contains(labels, d.Label) {
			labels = append(labels, d.Label)
		}
	}
	switch {
	case len(details) == 0:
		return say(touched, who, called)
	case len(details) == 1:
		return one(details[0], who, called)
	case len(labels) == 1:
		return say(changed, who, term(labels[0]), called)
	case len(labels) == 2:
		return say(changedTwo, who, term(labels[1]), term(labels[0]), called)
	}
	return say(changedMany, who, name(strconv.Itoa(len(labels))), called)
}

// one tells what happened to one field.
func one(d Detail, who, called Part) Sentence {
	label := term(d.Label)
	switch {
	case d.Action == DeedWrote:
		return say(wrote, who, label, called)
	case d.Action == DeedAdded && d.Part != "":
		return say(added, who, name(d.Part), label, called)
	case d.Action == DeedRemoved && d.Part != "":
		return say(removed, who, name(d.Part), label, called)
	case d.Part != "":
		return say(changedPart, who, name(d.Part), label, called)
	case d.Action == DeedCleared:
		return say(cleared, who, label, called)
	case d.Action == DeedSettled && d.To.Text != "":
		return say(settled, who, label, called, d.To)
	case d.From.Text != "" && d.To.Text != "":
		return say(changedTo, who, label, called, d.From, d.To)
	case d.Action == DeedSet && d.To.Text != "":
		return say(setTo, who, label, called, d.To)
	}
	return say(changed, who, label, called)
}

// saidRunes is how much of a comment a sentence repeats.
const saidRunes = 80

// comment tells about the document that is commented on.
func (t Teller) comment(out *Told, e *Entry, who Part, d *doc.Doc) {
	if d == nil {
		out.Sentence = say(touched, who, term(notCommented))
		return
	}
	view := noun.Comments.View(d)
	out.Doc, out.Kind, out.Title, out.Page = view.About, "", t.Name(view.About), ""
	called := named(out.Title, term(untitled))
	if about := t.Doc(view.About); about != nil {
		if kind := t.Kinds.ByNumber(about.Noun()); kind != nil {
			out.Kind, out.Page = kind.Name, PageOf(kind.Name)
			called = calledBy(kind, out.Title)
		}
	}
	words := name(clip(view.Body, saidRunes))
	last := latestDeed(out.Details, "resolved")
	switch {
	case e.Trashed, d.Trashed() && e.Made:
		out.Sentence = say(uncommented, who, called)
	case e.Made && !view.Parent.IsZero():
		out.Sentence = say(answered, who, called, words)
	case e.Made:
		out.Sentence = say(commented, who, called, words)
	case e.Restored:
		out.Sentence = say(saidAgain, who, called, words)
	case last != nil && last.To.Text == yes:
		out.Sentence = say(resolved, who, called, words)
	case last != nil:
		out.Sentence = say(reopened, who, called, words)
	default:
		out.Sentence = say(rewrote, who, called, words)
	}
	out.Details = []Detail{}
}

// latestDeed returns what happened last to a field, nil when nothing did.
func latestDeed(details []Detail, field string) *Detail {
	for i := range details {
		if details[i].Field == field {
			return &details[i]
		}
	}
	return nil
}

// signOff tells about a verdict on a page or phase.
func (t Teller) signOff(out *Told, e *Entry, who Part, d *doc.Doc) {
	if d == nil {
		return
	}
	view := noun.SignOffs.View(d)
	on := term(pageLabel(view.Scope))
	out.Page = view.Scope
	revoked := latestDeed(out.Details, "revoked")
	switch {
	case e.Trashed, revoked != nil && revoked.To.Text == yes:
		out.Sentence = say(withdrew, who, on)
	case view.Verdict == "rejected":
		out.Sentence = say(rejected, who, on)
	default:
		out.Sentence = say(approved, who, on)
	}
	out.Details = []Detail{}
}

// answer tells about the worksheet that is filled in.
func (t Teller) answer(out *Told, who Part, d *doc.Doc) {
	if d == nil {
		out.Sentence = say(touched, who, named(out.Title, term(untitled)))
		return
	}
	view := noun.Answers.View(d)
	out.Doc, out.Kind, out.Title = view.Worksheet, noun.Worksheets.Name, t.Name(view.Worksheet)
	called, asked := named(out.Title, term(untitled)), t.asked(view)
	out.Sentence = say(touched, who, called)
	for _, detail := range out.Details {
		if detail.Field != "text" && detail.Field != "value" {
			continue
		}
		detail.Label, detail.From, detail.To = asked.Text, t.answered(detail.From), t.answered(detail.To)
		out.Details = []Detail{detail}
		switch {
		case detail.To.Text != "":
			out.Sentence = say(filledWith, who, asked, called, detail.To)
		case detail.Action == DeedCleared:
			out.Sentence = say(emptied, who, asked, called)
		default:
			out.Sentence = say(filled, who, asked, called)
		}
		return
	}
}

// asked returns what the template calls the field that an answer is to. It is a
// term of one that comes with Cairn, and the team's own words of any other.
func (t Teller) asked(answer noun.Answer) Part {
	if sheet := t.Doc(answer.Worksheet); sheet != nil {
		view := noun.Worksheets.View(sheet)
		if d := t.Doc(view.Template); d != nil {
			version, _ := template.Find(template.Versions(noun.Templates.View(d).Versions), view.Version)
			if f, ok := version.Template.Field(answer.Field); ok {
				return Part{Text: f.Label, Term: version.By.IsZero()}
			}
		}
	}
	return name(Label(answer.Field))
}

// answered returns what an answer says: what the document is called that it names,
// which is stored as its ID.
func (t Teller) answered(p Part) Part {
	if named, err := id.ParseDoc(p.Text); err == nil {
		if title := t.Name(named); title != "" {
			return name(clip(title, shortRunes))
		}
	}
	return p
}
