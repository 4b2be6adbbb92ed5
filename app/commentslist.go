package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"cairn/app/index"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

// ListCommentsRequest asks for threads: about a document, or in a project.
type ListCommentsRequest struct {
	About   string `json:"about,omitempty"`   // ID of a document, or first digits
	Project string `json:"project,omitempty"` // ID, first digits of it, or name
	Kind    string `json:"kind,omitempty"`    // only about documents of a kind
	Field   string `json:"field,omitempty"`   // only about a field of the document, or parts of it
	Open    bool   `json:"open,omitempty"`    // only those that are not resolved
}

// CommentList is threads, the oldest first.
type CommentList struct {
	Threads []Talk `json:"threads"`
	Open    int    `json:"open"`  // how many are not resolved
	Total   int    `json:"total"` // with those that are, also when they are not listed
}

func (a *App) listComments(ctx context.Context, req ListCommentsRequest) (CommentList, error) {
	out := CommentList{Threads: []Talk{}}
	var project, about id.Doc
	var err error
	if req.Project != "" {
		if project, err = a.findProject(req.Project); err != nil {
			return out, err
		}
	}
	if req.About != "" {
		d, err := a.findDoc(req.About)
		if err != nil {
			return out, err
		}
		about = d.ID()
	}
	var kind *noun.Kind
	if req.Kind != "" {
		if kind, err = a.catalog.ByName(req.Kind); err != nil {
			return out, err
		}
	}
	docs, err := a.comments(ctx, project, func(c commentDoc) bool {
		return (about.IsZero() || c.about == about) && (kind == nil || a.isA(c.about, kind)) &&
			(req.Field == "" || c.field == req.Field || strings.HasPrefix(c.field, req.Field+"/"))
	})
	if err != nil {
		return out, err
	}
	threads, err := a.threads(ctx, docs)
	if err != nil {
		return out, err
	}
	for _, t := range threads {
		out.Total++
		if !t.Resolved {
			out.Open++
		}
		if !req.Open || !t.Resolved {
			out.Threads = append(out.Threads, t)
		}
	}
	return out, nil
}

// isA reports whether a document is of a kind.
func (a *App) isA(name id.Doc, kind *noun.Kind) bool {
	row, ok, err := a.index.Get(name)
	return err == nil && ok && row.Noun == kind.Number
}

// commentDoc is a comment as stored, with what lists look at before they read
// the rest.
type commentDoc struct {
	*doc.Doc
	about, parent id.Doc
	field         string
	resolved      doc.Versioned
}

var commentFields = func() (f struct{ about, body, resolved, field, parent uint16 }) {
	number := func(name string) uint16 { field, _ := noun.Comments.Field(name); return field.Number }
	f.about, f.body, f.resolved, f.field, f.parent = number("about"), number("body"), number("resolved"), number("field"), number("parent")
	return f
}()

func newCommentDoc(d *doc.Doc) commentDoc {
	get := func(field uint16) doc.Value { v, _ := d.Register(field); return v.Value }
	c := commentDoc{Doc: d}
	c.about, _ = get(commentFields.about).AsRef()
	c.parent, _ = get(commentFields.parent).AsRef()
	c.field, _ = get(commentFields.field).AsString()
	c.resolved, _ = d.Register(commentFields.resolved)
	return c
}

// comments returns the comments of a project, of all when it is zero, for which
// keep holds, those in the trash among them.
func (a *App) comments(ctx context.Context, project id.Doc, keep func(commentDoc) bool) ([]commentDoc, error) {
	var out []commentDoc
	q := index.Query{Noun: noun.Comments.Number, Project: project, Order: index.Oldest, Trashed: index.WithTrashed}
	for l, err := range a.listed(ctx, a.index.All(q)) {
		if err != nil {
			return nil, err
		}
		if c := newCommentDoc(l.doc); keep(c) {
			out = append(out, c)
		}
	}
	return out, nil
}

// threadOf returns the thread that a comment is in.
func (a *App) threadOf(ctx context.Context, name id.Doc) (Talk, error) {
	root, view, err := a.findThread(name.String())
	if err != nil {
		return Talk{}, err
	}
	docs, err := a.comments(ctx, view.Project, func(c commentDoc) bool { return c.about == view.About || c.ID() == root.ID() })
	if err != nil {
		return Talk{}, err
	}
	ids := roots(docs)
	docs = slices.DeleteFunc(docs, func(c commentDoc) bool { return ids[c.ID()] != root.ID() })
	threads, err := a.threads(ctx, docs)
	if err != nil || len(threads) == 0 {
		return Talk{}, errors.Join(err, ctx.Err())
	}
	return threads[0], nil
}

// roots returns with which comment the thread of each begins.
func roots(docs []commentDoc) map[id.Doc]id.Doc {
	parents := make(map[id.Doc]id.Doc, len(docs))
	for _, c := range docs {
		parents[c.ID()] = c.parent
	}
	out := make(map[id.Doc]id.Doc, len(docs))
	for _, c := range docs {
		root := c.ID()
		for range maxDepth {
			up := parents[root]
			if _, here := parents[up]; !here {
				break
			}
			root = up
		}
		out[c.ID()] = root
	}
	return out
}

// threads puts comments together, the thread that began first before others.
// One that is in the trash is left out, unless somebody has answered it.
func (a *App) threads(ctx context.Context, docs []commentDoc) ([]Talk, error) {
	plain := make([]*doc.Doc, len(docs))
	for i, c := range docs {
		plain[i] = c.Doc
	}
	traces, err := a.trace(ctx, plain)
	if err != nil {
		return nil, err
	}
	// In the order in which they were said: an answer never comes before what
	// it answers.
	slices.SortFunc(docs, func(x, y commentDoc) int { return traces[x.ID()].made.Compare(traces[y.ID()].made) })
	ids, me := roots(docs), a.self().ID.String()
	threads := map[id.Doc]*Talk{}
	var order []*Talk
	for _, c := range docs {
		root := ids[c.ID()]
		said := a.plainComment(c, traces[c.ID()], root, me)
		if root == c.ID() {
			t := &Talk{Comment: said, Replies: []Comment{}}
			if t.Resolved, _ = c.resolved.Value.AsBool(); t.Resolved {
				at, by := c.resolved.At.Time(), a.who(c.resolved.By.Log)
				t.ResolvedTime, t.ResolvedBy = &at, &by
			}
			threads[root] = t
			order = append(order, t)
		}
	}
	for _, c := range docs {
		root := ids[c.ID()]
		if t := threads[root]; t != nil && root != c.ID() && !c.Trashed() {
			t.Replies = append(t.Replies, a.plainComment(c, traces[c.ID()], root, me))
		}
	}
	out := []Talk{}
	for _, t := range order {
		if !t.Trashed || len(t.Replies) > 0 {
			out = append(out, *t)
		}
	}
	return out, nil
}

func (a *App) plainComment(c commentDoc, t trace, root id.Doc, me string) Comment {
	view := noun.Comments.View(c.Doc)
	out := Comment{
		ID: c.ID(), Thread: root, About: c.about, Field: view.Field, Body: view.Body, Trashed: c.Trashed(),
		Author: a.who(t.made.By.Log), Time: t.made.At.Time(), Mentions: []Who{},
	}
	out.Mine = out.Author.ID != "" && out.Author.ID == me
	if !view.Project.IsZero() {
		out.Project = view.Project.String()
	}
	if row, ok, err := a.index.Get(c.about); err == nil && ok {
		out.AboutKind, out.AboutTitle = a.kindName(row.Noun), row.Title
	}
	if t.edited != (doc.Version{}) {
		at := t.edited.At.Time()
		out.Edited = &at
		if by := a.who(t.edited.By.Log); by != out.Author {
			out.EditedBy = &by
		}
	}
	if out.Trashed {
		out.Body = ""
		return out
	}
	for _, p := range view.Mentions {
		out.Mentions = append(out.Mentions, Who{p.String(), a.personName(p)})
	}
	slices.SortFunc(out.Mentions, func(x, y Who) int { return strings.Compare(x.Name+x.ID, y.Name+y.ID) })
	return out
}

func (a *App) listMentions(ctx context.Context, req ListMentionsRequest) ([]Comment, error) {
	var project id.Doc
	if req.Project != "" {
		var err error
		if project, err = a.findProject(req.Project); err != nil {
			return nil, err
		}
	}
	docs, err := a.comments(ctx, project, func(commentDoc) bool { return true })
	if err != nil {
		return nil, err
	}
	threads, err := a.threads(ctx, docs)
	if err != nil {
		return nil, err
	}
	me, out := a.self().ID.String(), []Comment{}
	for _, t := range threads {
		if !t.Resolved {
			out = append(out, unanswered(t, me)...)
		}
	}
	slices.SortFunc(out, func(x, y Comment) int { return y.Time.Compare(x.Time) })
	return out, nil
}

// unanswered returns what others said to me in a thread since I last said
// something there.
func unanswered(t Talk, me string) []Comment {
	var out []Comment
	for _, c := range append([]Comment{t.Comment}, t.Replies...) {
		switch {
		case c.Mine:
			out = nil
		case slices.ContainsFunc(c.Mentions, func(w Who) bool { return w.ID == me }):
			out = append(out, c)
		}
	}
	return out
}
