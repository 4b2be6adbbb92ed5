package demo

import (
	"context"

	"cairn/app"
)

// remark is what somebody says about a document. Whom it asks to look stands in
// the text.
type remark struct {
	about   *ref
	field   string
	answers *ref // the talk that it is part of
	text    string
}

// says lets somebody say something. It returns the talk that it belongs to.
func (s *script) says(who *player, r remark) *ref {
	said := &ref{}
	s.does(who, "says something", func(ctx context.Context, _ *team, a *app.App) error {
		req := app.AddCommentRequest{About: r.about.String(), Field: r.field, Body: r.text}
		if r.answers != nil {
			req.Parent = r.answers.String()
		}
		thread, err := app.AddComment.Do(ctx, a, req)
		said.doc = thread.ID
		return err
	})
	return said
}

// closes lets somebody mark a talk as settled.
func (s *script) closes(who *player, talk *ref) {
	s.does(who, "settles a talk", func(ctx context.Context, _ *team, a *app.App) error {
		_, err := app.ResolveComment.Do(ctx, a, app.CommentRequest{ID: talk.String()})
		return err
	})
}
