package app

import (
	"context"
	"time"

	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/feed"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// ShowPast tells what happened to one document.
var ShowPast = Call[PastRequest, PastPage]{"activity/document", "Tells what happened to a document or one of its fields, the latest first, with what each field held before and after.", (*App).showPast}

// PastRequest asks for the past of a document.
type PastRequest struct {
	ID    string `json:"id"` // or the first digits of it
	Field string `json:"field,omitempty"`
	Limit int    `json:"limit,omitempty"` // 50 when not given, at most 500
	After string `json:"after,omitempty"` // Next of the page before
}

// PastPage is part of the past of a document.
type PastPage struct {
	Entries []PastEntry `json:"entries"`
	Next    string      `json:"next,omitempty"` // asks for what came before, empty at the end
}

// PastEntry is what one person did to the document in a burst.
type PastEntry struct {
	Person   Who               `json:"person"`
	Time     time.Time         `json:"time"`  // of the last change
	Since    time.Time         `json:"since"` // of the first
	Sentence string            `json:"sentence"`
	Words    sentence.Sentence `json:"words"` // the same, to be translated
	Made     bool              `json:"made,omitempty"`
	Fields   []PastField       `json:"fields"`
}

// PastField is what a field held before and after. What others wrote into it
// within the burst is in After too.
type PastField struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Merge string `json:"merge"` // register, multi, set, counter, list or text
	// Before and After are null when the field was empty, or is Long.
	Before doc.Value `json:"before"`
	After  doc.Value `json:"after"`
	// BeforeText and AfterText are the same as a person types them, as doc/set
	// takes them.
	BeforeText string        `json:"before_text"`
	AfterText  string        `json:"after_text"`
	From       *sentence.Arg `json:"from,omitempty"` // short values, for people
	To         *sentence.Arg `json:"to,omitempty"`
	Long       bool          `json:"long,omitempty"` // too long to be sent with every entry
	// Parts are the elements of a list or set that came, went or changed.
	Parts []ActivityDetail `json:"parts,omitempty"`
}

// maxPast is how long a value may be in bytes to be told with every entry of a
// history: a page of entries must stay one that a window can hold.
const maxPast = 32 << 10

func (a *App) showPast(ctx context.Context, req PastRequest) (PastPage, error) {
	out := PastPage{Entries: []PastEntry{}}
	d, err := a.findDoc(req.ID)
	if err != nil {
		return out, err
	}
	kind := a.catalog.ByNumber(d.Noun())
	if kind == nil {
		return out, fault.New(fault.Newer, "This kind of document comes from a later version of Cairn.", "Update Cairn to see its history.")
	}
	if req.Field != "" {
		if _, err := kind.FieldOf(req.Field); err != nil {
			return out, err
		}
	}
	from, err := feed.ParseCursor(req.After)
	if err != nil || req.Limit < 0 {
		return out, fault.Wrap(err, fault.Invalid, "There is no such page of the history.", "Begin with the first page.")
	}
	limit := defaultActivity
	if req.Limit != 0 {
		limit = min(req.Limit, maxActivity)
	}
	ops, err := a.journal.Operations(ctx, d.ID())
	if err != nil {
		return out, err
	}
	teller, more := a.teller(), false
	for _, p := range feed.History(d.ID(), ops, a.writer) {
		if !from.IsZero() && p.Last.Compare(from.Before) >= 0 {
			continue
		}
		if err := a.lookBack(p.Entry); err != nil {
			return out, err
		}
		e := a.pastEntry(p, kind, req.Field, teller)
		if req.Field != "" && len(e.Fields) == 0 {
			continue
		}
		if more = len(out.Entries) == limit; more {
			break
		}
		out.Entries = append(out.Entries, e)
		out.Next = feed.Cursor{Before: p.Last}.String()
	}
	if !more {
		out.Next = ""
	}
	return out, nil
}

func (a *App) pastEntry(p feed.Past, kind *noun.Kind, field string, t feed.Teller) PastEntry {
	exact(p)
	told := t.Tell(p.Entry)
	out := PastEntry{
		Person: a.whoIs(p.Person), Time: p.Last.At.Time(), Since: p.First.At.Time(),
		Sentence: told.Sentence.String(), Words: told.Sentence, Made: p.Made, Fields: []PastField{},
	}
	for _, held := range p.Fields {
		f, ok := kind.ByNumber(held.Field.Number)
		if !ok || f.Family != held.Field.Family || f.Name == "project" || field != "" && f.Name != field {
			continue
		}
		out.Fields = append(out.Fields, pastField(f, held, t))
	}
	return out
}

// exact tells an entry what the replay has found.
func exact(p feed.Past) {
	held := map[doc.Field]feed.Held{}
	for _, h := range p.Fields {
		held[h.Field] = h
	}
	for _, c := range p.Changes {
		if h, ok := held[c.Field]; ok && c.Single() {
			c.Old, c.Known = h.Before, true
		}
	}
}

func pastField(f noun.Field, held feed.Held, t feed.Teller) PastField {
	out := PastField{Field: f.Name, Label: feed.Label(f.Name), Merge: f.Family.String()}
	if p, ok := t.Short(held.Before); ok {
		out.From = &p
	}
	if p, ok := t.Short(held.After); ok {
		out.To = &p
	}
	for _, d := range t.Parts(held.Before, held.After) {
		out.Parts = append(out.Parts, plainDetail(d))
	}
	if held.Before.Size() > maxPast || held.After.Size() > maxPast {
		out.Long = true
		return out
	}
	out.Before, out.After = held.Before, held.After
	out.BeforeText, out.AfterText = held.Before.String(), held.After.String()
	return out
}
