package feed

import (
	"cmp"
	"slices"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/sentence"
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
	Sentence sentence.Sentence
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
	From, To          sentence.Arg
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
		out.Sentence = sentence.New(touched, who, named(out.Title, sentence.Own(untitled)))
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

func (t Teller) person(p id.Person) sentence.Arg {
	if p.IsZero() {
		return sentence.Own(somebody)
	}
	return sentence.Wrote(cmp.Or(t.Name(p), p.String()))
}

func named(title string, other sentence.Arg) sentence.Arg {
	if title == "" {
		return other
	}
	return sentence.Wrote(sentence.Clip(title, shortRunes))
}

// calledBy returns what to call a document of a kind within a sentence.
func calledBy(kind *noun.Kind, title string) sentence.Arg {
	if kind.Number == noun.Responsibilities.Number && title != "" {
		return sentence.Own(title) // a role, which Cairn has a word for
	}
	if hasTitle(kind) {
		return named(title, sentence.Own(untitled))
	}
	return named(title, sentence.Own(Label(kind.Name)))
}

func hasTitle(kind *noun.Kind) bool {
	for _, f := range kind.Fields {
		if f.Title {
			return true
		}
	}
	return false
}

func (t Teller) sentence(e *Entry, who sentence.Arg, kind *noun.Kind, told Told) sentence.Sentence {
	called := calledBy(kind, told.Title)
	switch {
	case e.Made && kind.Number == noun.Persons.Number:
		return sentence.New(madePerson, who, called)
	case e.Made && !hasTitle(kind):
		return sentence.New(madeUnnamed, who, sentence.Own(kindTerm(kind.Name)))
	case e.Made:
		return sentence.New(made, who, sentence.Own(kindTerm(kind.Name)), called)
	case e.Trashed:
		return sentence.New(trashed, who, called)
	case e.Restored && len(e.Changes) == 0:
		return sentence.New(restored, who, called)
	}
	return changes(told.Details, who, called)
}

// changes tells what happened to the fields of a document.
func changes(details []Detail, who, called sentence.Arg) sentence.Sentence {
	var labels []string
	for _, d := range details {
		if !slices.Contains(labels, d.Label) {
			labels = append(labels, d.Label)
		}
	}
	switch {
	case len(details) == 0:
		return sentence.New(touched, who, called)
	case len(details) == 1:
		return one(details[0], who, called)
	case len(labels) == 1:
		return sentence.New(changed, who, sentence.Own(labels[0]), called)
	case len(labels) == 2:
		return sentence.New(changedTwo, who, sentence.Own(labels[1]), sentence.Own(labels[0]), called)
	}
	return sentence.New(changedMany, who, sentence.Number(len(labels)), called)
}

// one tells what happened to one field.
func one(d Detail, who, called sentence.Arg) sentence.Sentence {
	label := sentence.Own(d.Label)
	switch {
	case d.Action == DeedWrote:
		return sentence.New(wrote, who, label, called)
	case d.Action == DeedAdded && d.Part != "":
		return sentence.New(added, who, sentence.Wrote(d.Part), label, called)
	case d.Action == DeedRemoved && d.Part != "":
		return sentence.New(removed, who, sentence.Wrote(d.Part), label, called)
	case d.Part != "":
		return sentence.New(changedPart, who, sentence.Wrote(d.Part), label, called)
	case d.Action == DeedCleared:
		return sentence.New(cleared, who, label, called)
	case d.Action == DeedSettled && d.To.Text != "":
		return sentence.New(settled, who, label, called, d.To)
	case d.From.Text != "" && d.To.Text != "":
		return sentence.New(changedTo, who, label, called, d.From, d.To)
	case d.Action == DeedSet && d.To.Text != "":
		return sentence.New(setTo, who, label, called, d.To)
	}
	return sentence.New(changed, who, label, called)
}

// saidRunes is how much of a comment a sentence repeats.
const saidRunes = 80

// comment tells about the document that is commented on.
func (t Teller) comment(out *Told, e *Entry, who sentence.Arg, d *doc.Doc) {
	if d == nil {
		out.Sentence = sentence.New(touched, who, sentence.Own(notCommented))
		return
	}
	view := noun.Comments.View(d)
	out.Doc, out.Kind, out.Title, out.Page = view.About, "", t.Name(view.About), ""
	called := named(out.Title, sentence.Own(untitled))
	if about := t.Doc(view.About); about != nil {
		if kind := t.Kinds.ByNumber(about.Noun()); kind != nil {
			out.Kind, out.Page = kind.Name, PageOf(kind.Name)
			called = calledBy(kind, out.Title)
		}
	}
	words := sentence.Wrote(sentence.Clip(view.Body, saidRunes))
	last := latestDeed(out.Details, "resolved")
	switch {
	case e.Trashed, d.Trashed() && e.Made:
		out.Sentence = sentence.New(uncommented, who, called)
	case e.Made && !view.Parent.IsZero():
		out.Sentence = sentence.New(answered, who, called, words)
	case e.Made:
		out.Sentence = sentence.New(commented, who, called, words)
	case e.Restored:
		out.Sentence = sentence.New(saidAgain, who, called, words)
	case last != nil && last.To.Text == yes:
		out.Sentence = sentence.New(resolved, who, called, words)
	case last != nil:
		out.Sentence = sentence.New(reopened, who, called, words)
	default:
		out.Sentence = sentence.New(rewrote, who, called, words)
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
func (t Teller) signOff(out *Told, e *Entry, who sentence.Arg, d *doc.Doc) {
	if d == nil {
		return
	}
	view := noun.SignOffs.View(d)
	on := sentence.Own(pageLabel(view.Scope))
	out.Page = view.Scope
	revoked := latestDeed(out.Details, "revoked")
	switch {
	case e.Trashed, revoked != nil && revoked.To.Text == yes:
		out.Sentence = sentence.New(withdrew, who, on)
	case view.Verdict == "rejected":
		out.Sentence = sentence.New(rejected, who, on)
	default:
		out.Sentence = sentence.New(approved, who, on)
	}
	out.Details = []Detail{}
}

// answer tells about the worksheet that is filled in.
func (t Teller) answer(out *Told, who sentence.Arg, d *doc.Doc) {
	if d == nil {
		out.Sentence = sentence.New(touched, who, named(out.Title, sentence.Own(untitled)))
		return
	}
	view := noun.Answers.View(d)
	out.Doc, out.Kind, out.Title = view.Worksheet, noun.Worksheets.Name, t.Name(view.Worksheet)
	called, asked := named(out.Title, sentence.Own(untitled)), t.asked(view)
	out.Sentence = sentence.New(touched, who, called)
	for _, detail := range out.Details {
		if detail.Field != "text" && detail.Field != "value" {
			continue
		}
		detail.Label, detail.From, detail.To = asked.Text, t.answered(detail.From), t.answered(detail.To)
		out.Details = []Detail{detail}
		switch {
		case detail.To.Text != "":
			out.Sentence = sentence.New(filledWith, who, asked, called, detail.To)
		case detail.Action == DeedCleared:
			out.Sentence = sentence.New(emptied, who, asked, called)
		default:
			out.Sentence = sentence.New(filled, who, asked, called)
		}
		return
	}
}

// asked returns what the template calls the field that an answer is to. It is a
// term of one that comes with Cairn, and the team's own words of any other.
func (t Teller) asked(answer noun.Answer) sentence.Arg {
	if sheet := t.Doc(answer.Worksheet); sheet != nil {
		view := noun.Worksheets.View(sheet)
		if d := t.Doc(view.Template); d != nil {
			version, _ := template.Find(template.Versions(noun.Templates.View(d).Versions), view.Version)
			if f, ok := version.Template.Field(answer.Field); ok {
				return sentence.Arg{Text: f.Label, Own: version.By.IsZero()}
			}
		}
	}
	return sentence.Wrote(Label(answer.Field))
}

// answered returns what an answer says: what the document is called that it names,
// which is stored as its ID.
func (t Teller) answered(p sentence.Arg) sentence.Arg {
	if named, err := id.ParseDoc(p.Text); err == nil {
		if title := t.Name(named); title != "" {
			return sentence.Wrote(sentence.Clip(title, shortRunes))
		}
	}
	return p
}
