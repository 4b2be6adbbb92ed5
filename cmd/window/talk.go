package window

import (
	"context"
	"slices"
	"strings"

	"cairn/app"
	"cairn/core/feed"
	"cairn/core/id"
	"cairn/core/mention"
	"cairn/ui/panel"
	"cairn/ui/shell"
	"cairn/ui/words"
)

// discussion is what people say in the workspace.
type discussion struct{ *session }

// about asks for what is said about a place: about a project, in all of it.
func about(at panel.Place) app.ListCommentsRequest {
	if at.Document == "" || at.Document == at.Project {
		return app.ListCommentsRequest{Project: at.Project}
	}
	return app.ListCommentsRequest{About: at.Document, Field: at.Field}
}

// Threads implements panel.Discussion.
func (s discussion) Threads(ctx context.Context, at panel.Place) ([]panel.Thread, bool, error) {
	found, err := do(ctx, s.session, app.ListComments, about(at))
	if err != nil {
		return nil, false, err
	}
	out := make([]panel.Thread, len(found.Threads))
	for i, t := range found.Threads {
		out[i] = talkOf(t)
	}
	mayWrite, err := s.mayWrite(ctx)
	return out, mayWrite, err
}

// open counts the threads about a place that nobody has resolved.
func (s discussion) open(ctx context.Context, at panel.Place) (int, error) {
	req := about(at)
	req.Open = true
	found, err := do(ctx, s.session, app.ListComments, req)
	return found.Open, err
}

// mayWrite reports whether the person of this device may change anything.
func (s *session) mayWrite(ctx context.Context) (bool, error) {
	people, err := s.list(ctx, kindPerson, "")
	return slices.ContainsFunc(people, func(p app.DocRow) bool { return !p.ReadOnly }), err
}

func talkOf(t app.Talk) panel.Thread {
	out := panel.Thread{
		Comment: commentOf(t.Comment), About: t.About.String(), AboutTitle: titleOf(t.AboutKind, t.AboutTitle),
		Field: t.Field, FieldLabel: fieldLabel(t.Field), Resolved: t.Resolved,
	}
	if t.ResolvedBy != nil {
		out.ResolvedBy = t.ResolvedBy.Name
	}
	if t.ResolvedTime != nil {
		out.ResolvedAt = *t.ResolvedTime
	}
	for _, c := range t.Replies {
		out.Replies = append(out.Replies, commentOf(c))
	}
	return out
}

func commentOf(c app.Comment) panel.Comment {
	out := panel.Comment{
		ID: c.ID.String(), Author: panel.Person(c.Author), Time: c.Time, Edited: c.Edited != nil,
		Body: c.Body, Mine: c.Mine, Deleted: c.Trashed,
	}
	if c.EditedBy != nil {
		out.EditedBy = c.EditedBy.Name
	}
	for _, who := range c.Mentions {
		out.Mentions = append(out.Mentions, panel.Person(who))
	}
	return out
}

// titleOf returns what to call a document of a kind, in the language of the
// window: those of which a project has one are called by their kind, a
// responsibility by its role.
func titleOf(kind, title string) string {
	switch {
	case title == "":
		return words.Data(feed.Label(kind))
	case kind == "responsibility":
		return words.Data(shell.RoleName(title))
	default:
		return title
	}
}

// fieldLabel returns what to call a field, or the part of one behind a slash.
func fieldLabel(field string) string {
	name, part, _ := strings.Cut(field, "/")
	return strings.TrimSpace(words.Data(feed.Label(name)) + " " + part)
}

// People implements panel.Discussion.
func (s discussion) People(ctx context.Context) ([]mention.Person, error) {
	known, err := documents(s).People(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]mention.Person, 0, len(known))
	for _, p := range known {
		if name, err := id.ParseDoc(p.ID); err == nil {
			out = append(out, mention.Person{ID: name, Name: p.Name})
		}
	}
	return out, nil
}

// Say implements panel.Discussion. What is said where nothing is chosen is about
// the project.
func (s discussion) Say(ctx context.Context, at panel.Place, parent, body string) error {
	req := app.AddCommentRequest{Parent: parent, Body: body}
	if parent == "" {
		req.About, req.Field = at.Document, at.Field
		if req.About == "" {
			req.About, req.Field = at.Project, ""
		}
	}
	_, err := do(ctx, s.session, app.AddComment, req)
	return err
}

// Change implements panel.Discussion.
func (s discussion) Change(ctx context.Context, c panel.Change) error {
	var err error
	switch c.Do {
	case panel.Resolve:
		_, err = do(ctx, s.session, app.ResolveComment, app.CommentRequest{ID: c.ID})
	case panel.Reopen:
		_, err = do(ctx, s.session, app.ReopenComment, app.CommentRequest{ID: c.ID})
	case panel.Rewrite:
		_, err = do(ctx, s.session, app.EditComment, app.EditCommentRequest{ID: c.ID, Body: c.To})
	case panel.Delete, panel.Undelete:
		err = documents(s).Trash(ctx, c.ID, c.Do == panel.Delete)
	}
	return err
}
