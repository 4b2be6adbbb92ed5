package app

import (
	"context"
	"errors"
	"time"

	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/feed"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/oplog"
	"cairn/core/sentence"
)

// ListActivity tells what happened.
var ListActivity = Call[ActivityRequest, ActivityPage]{"activity/list", "Tells what happened, the latest first: what one person did to one document within ten minutes is one entry.", (*App).listActivity}

// ActivityRequest asks what happened.
type ActivityRequest struct {
	Project string `json:"project,omitempty"` // ID, first digits of it, or name
	Person  string `json:"person,omitempty"`  // only what they did: ID, first digits of it, or name
	Limit   int    `json:"limit,omitempty"`   // 50 when not given, at most 500
	After   string `json:"after,omitempty"`   // Next of the page before
}

// ActivityPage is part of what happened. It may be short, or empty, and still
// have a Next: where little concerns a project or person, each call looks through
// so much of the logs and no more.
type ActivityPage struct {
	Entries []ActivityEntry `json:"entries"`
	Next    string          `json:"next,omitempty"` // asks for what came before, empty at the end
}

// ActivityEntry is what one person did to one document in a burst.
type ActivityEntry struct {
	Document id.Doc            `json:"document"` // of a comment, what it is about
	Kind     string            `json:"kind"`
	Title    string            `json:"title"`
	Page     string            `json:"page"` // of the window, empty for none
	Project  string            `json:"project,omitempty"`
	Person   Who               `json:"person"`
	Time     time.Time         `json:"time"`  // of the last change
	Since    time.Time         `json:"since"` // of the first
	Sentence string            `json:"sentence"`
	Words    sentence.Sentence `json:"words"` // the same, to be translated
	Details  []ActivityDetail  `json:"details"`
}

// ActivityDetail is one thing that changed. Short values are told.
type ActivityDetail struct {
	Field    string        `json:"field"`
	Label    string        `json:"label"`
	Part     string        `json:"part,omitempty"` // the item of a list
	Action   feed.Deed     `json:"action"`
	From     *sentence.Arg `json:"from,omitempty"`
	To       *sentence.Arg `json:"to,omitempty"`
	Inserted int           `json:"inserted,omitempty"` // characters
	Deleted  int           `json:"deleted,omitempty"`
}

const (
	defaultActivity = 50
	maxActivity     = 500
	// activityScan is how many operations one call looks through for its page,
	// and activityLook how many more for what stood in registers before: both
	// so that a call takes some tens of milliseconds, however long the logs are.
	activityScan = 100_000
	activityLook = 10_000
)

func (a *App) listActivity(ctx context.Context, req ActivityRequest) (ActivityPage, error) {
	none := ActivityPage{Entries: []ActivityEntry{}}
	from, err := feed.ParseCursor(req.After)
	if err != nil {
		return none, fault.Wrap(err, fault.Invalid, "There is no such page of the activity.", "Begin with the first page.")
	}
	if req.Limit < 0 {
		return none, fault.New(fault.Invalid, "A list can't have less than one entry.", "Give --limit a number above 0.")
	}
	limit := defaultActivity
	if req.Limit != 0 {
		limit = min(req.Limit, maxActivity)
	}
	r := activityReader{app: a, gatherer: feed.NewGatherer(limit, from), projects: map[id.Doc]id.Doc{}, left: activityScan}
	if req.Project != "" {
		if r.project, err = a.findProject(req.Project); err != nil {
			return none, err
		}
	}
	if req.Person != "" {
		if r.person, err = a.findPerson(req.Person); err != nil {
			return none, err
		}
	}
	ended, err := r.read(ctx, from.Before)
	if err != nil {
		return none, err
	}
	entries, next := r.gatherer.Page(ended)
	teller := a.teller()
	for _, e := range entries {
		if err := a.lookBack(e); err != nil {
			return none, err
		}
		none.Entries = append(none.Entries, a.activityEntry(e, teller))
	}
	none.Next = next.String()
	return none, nil
}

// activityReader reads logs into a Gatherer.
type activityReader struct {
	app      *App
	gatherer *feed.Gatherer
	project  id.Doc // zero for all
	person   id.Doc // zero for all
	projects map[id.Doc]id.Doc
	left     int  // operations to look through
	looking  bool // the page is full; only old values are looked for
}

// read reports whether it came to the end of the logs before the page was full.
func (r *activityReader) read(ctx context.Context, before doc.Version) (ended bool, err error) {
	err = r.app.journal.Latest(ctx, before, r.writes, r.take)
	if errors.Is(err, errRead) {
		return false, nil
	}
	return !r.looking, err
}

// writes reports whether a log is of the person asked for.
func (r *activityReader) writes(log id.Log) bool {
	return r.person.IsZero() || r.app.writer(log) == r.person
}

func (r *activityReader) take(op oplog.Op) error {
	if !r.looking && (r.gatherer.Full(op) || r.left == 0) {
		r.looking, r.left = true, activityLook
	}
	if r.looking && (r.left == 0 || !r.gatherer.Look(op)) {
		return errRead
	}
	r.left--
	switch {
	case r.looking:
	case !r.project.IsZero() && r.projectOf(op.Doc) != r.project:
		r.gatherer.Pass(op)
	default:
		r.gatherer.Add(op, r.app.writer(op.ID.Log))
	}
	return nil
}

// projectOf returns the project of a document, a project being in itself.
func (r *activityReader) projectOf(name id.Doc) id.Doc {
	p, ok := r.projects[name]
	if !ok {
		if row, found, err := r.app.index.Get(name); err == nil && found {
			if p = row.Project; row.Noun == noun.Projects.Number {
				p = name
			}
		}
		r.projects[name] = p
	}
	return p
}

// writer returns the person whose device writes log, zero when unknown.
func (a *App) writer(log id.Log) id.Person {
	if members := a.journal.Members(); members != nil {
		if device, ok := members.Device(log.Device); ok {
			return device.Person
		}
	}
	return id.Person{}
}

// lookBack finds what stood in fields before e, from what its first operations
// took the place of.
func (a *App) lookBack(e *feed.Entry) error {
	for _, c := range e.Changes {
		if c.Field.Family == doc.FamilyList && c.Value.IsNull() && !c.Known {
			// The item is named by the operation that inserted it.
			op, _, err := a.journal.Operation(c.Item)
			if err != nil {
				return err
			}
			if said, err := doc.Describe(op); err == nil && op.Doc == e.Doc {
				c.Old = said.Value
			}
		}
		if c.Field.Family != doc.FamilyMulti {
			continue
		}
		c.Known = true
		for i, name := range c.Overwrites[:min(len(c.Overwrites), maxSides)] {
			op, ok, err := a.journal.Operation(name)
			if err != nil {
				return err
			}
			said, err := doc.Describe(op)
			if !ok || err != nil || op.Doc != e.Doc {
				continue
			}
			c.Settled = c.Settled || i > 0 && said.Value != c.Old
			if i == 0 {
				c.Old = said.Value
			}
		}
	}
	return nil
}

// maxSides is how many sides of a conflict are looked at to tell that it was one.
const maxSides = 4

func (a *App) teller() feed.Teller {
	return feed.Teller{
		Kinds: a.catalog,
		Doc: func(name id.Doc) *doc.Doc {
			d, err := a.journal.Doc(name)
			if err != nil {
				return nil
			}
			return d
		},
		Name: func(name id.Doc) string {
			if row, ok, err := a.index.Get(name); err == nil && ok {
				return row.Title
			}
			return ""
		},
	}
}

func (a *App) activityEntry(e *feed.Entry, t feed.Teller) ActivityEntry {
	told := t.Tell(e)
	out := ActivityEntry{
		Document: told.Doc, Kind: told.Kind, Title: told.Title, Page: told.Page, Person: a.whoIs(e.Person),
		Time: e.Last.At.Time(), Since: e.First.At.Time(), Sentence: told.Sentence.String(), Words: told.Sentence,
		Details: []ActivityDetail{},
	}
	if row, ok, err := a.index.Get(told.Doc); err == nil && ok && !row.Project.IsZero() {
		out.Project = row.Project.String()
	} else if told.Kind == noun.Projects.Name {
		out.Project = told.Doc.String()
	}
	for _, d := range told.Details {
		out.Details = append(out.Details, plainDetail(d))
	}
	return out
}

func plainDetail(d feed.Detail) ActivityDetail {
	out := ActivityDetail{Field: d.Field, Label: d.Label, Part: d.Part, Action: d.Action, Inserted: d.Inserted, Deleted: d.Deleted}
	if d.From.Text != "" {
		out.From = &d.From
	}
	if d.To.Text != "" {
		out.To = &d.To
	}
	return out
}

// whoIs returns a person by ID and name.
func (a *App) whoIs(p id.Person) Who {
	if p.IsZero() {
		return Who{Name: "unknown"}
	}
	return Who{p.String(), a.personName(p)}
}
