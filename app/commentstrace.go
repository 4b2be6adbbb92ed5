package app

import (
	"context"
	"errors"

	"cairn/app/index"
	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/mention"
	"cairn/core/noun"
	"cairn/core/oplog"
)

// trace is what the history says of a comment.
type trace struct {
	made   doc.Version
	edited doc.Version // the latest change of its words, zero when there is none
}

// trace finds who made comments, and who changed their words. A comment that
// nobody has touched since says so itself; for the others the logs are read from
// their ends, to when the oldest of them was made.
func (a *App) trace(ctx context.Context, docs []*doc.Doc) (map[id.Doc]trace, error) {
	out := make(map[id.Doc]trace, len(docs))
	touched, logs := map[id.Doc]bool{}, map[id.Log]bool{}
	var since clock.Stamp
	for _, d := range docs {
		about, _ := d.Register(commentFields.about)
		out[d.ID()] = trace{made: about.Version}
		if together(about.Version, d.Last()) && about.At.Time().Equal(d.ID().Time()) {
			continue // all of it was written when it was made
		}
		if at := clock.StampOf(d.ID().Time()); len(touched) == 0 || at < since {
			since = at
		}
		touched[d.ID()] = true
		for _, log := range d.Logs() {
			logs[log] = true
		}
	}
	if len(touched) == 0 {
		return out, nil
	}
	all := map[id.Doc]trace{}
	err := a.journal.Latest(ctx, doc.Version{}, func(log id.Log) bool { return logs[log] }, func(op oplog.Op) error {
		if op.Stamp < since {
			return errRead
		}
		if !touched[op.Doc] {
			return nil
		}
		t := all[op.Doc]
		t.made = doc.Version{At: op.Stamp, By: op.ID}
		words := op.Field == commentFields.body && (op.Kind == doc.KindInsertText || op.Kind == doc.KindDeleteText)
		if words && t.edited == (doc.Version{}) {
			t.edited = t.made
		}
		all[op.Doc] = t
		return nil
	})
	if err != nil && !errors.Is(err, errRead) {
		return nil, err
	}
	for name, t := range all {
		if together(t.made, t.edited) {
			t.edited = doc.Version{}
		}
		out[name] = t
	}
	return out, nil
}

// errRead ends the reading of logs when enough is known.
var errRead = errors.New("enough is read")

// together reports whether one device wrote both at once: what is written in
// one batch differs by no millisecond.
func together(x, y doc.Version) bool {
	return x.By.Log == y.By.Log && x.At.Time().Equal(y.At.Time())
}

// who returns who writes log.
func (a *App) who(log id.Log) Who {
	if members := a.journal.Members(); members != nil {
		if device, ok := members.Device(log.Device); ok {
			return Who{device.Person.String(), a.personName(device.Person)}
		}
	}
	return Who{Name: a.author(log).Person}
}

// people returns everybody who can be mentioned.
func (a *App) people() ([]mention.Person, error) {
	page, err := a.index.List(index.Query{Noun: noun.Persons.Number, Order: index.ByTitle, Limit: maxPage})
	if err != nil {
		return nil, err
	}
	out := make([]mention.Person, 0, len(page.Rows))
	for _, row := range page.Rows {
		out = append(out, mention.Person{ID: row.ID, Name: row.Title})
	}
	return out, nil
}
