package app

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/mention"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// The use cases of discussion. A comment is a document: it goes to the trash and
// comes back by those of documents.
var (
	AddComment     = Call[AddCommentRequest, Talk]{"comment/add", "Says something about a document or one of its fields, or answers a comment.", (*App).addComment}
	ListComments   = Call[ListCommentsRequest, CommentList]{"comment/list", "Lists what is said about a document or in a project, as threads.", (*App).listComments}
	EditComment    = Call[EditCommentRequest, Talk]{"comment/edit", "Rewrites a comment of one's own.", (*App).editComment}
	ResolveComment = Call[CommentRequest, Talk]{"comment/resolve", "Marks a thread as settled.", (*App).resolveComment}
	ReopenComment  = Call[CommentRequest, Talk]{"comment/reopen", "Takes up a settled thread again.", (*App).reopenComment}
	ListMentions   = Call[ListMentionsRequest, []Comment]{"comment/inbox", "Lists comments that mention the person of this device and that nobody has settled nor the person answered, the newest first.", (*App).listMentions}
)

// maxComment is how long a comment may be in runes: what is longer belongs into
// the document that it is about, where it can be edited together.
const maxComment = 10_000

// AddCommentRequest says something. People are mentioned by @ and their name.
type AddCommentRequest struct {
	About string `json:"about,omitempty"` // ID of a document, or first digits; may be left out in an answer
	// Field is a field of the document, to which a part may follow behind a
	// slash: "variables/accuracy". It is empty for the document as a whole.
	Field  string `json:"field,omitempty"`
	Parent string `json:"parent,omitempty"` // the comment that it answers
	Body   string `json:"body"`
}

// CommentRequest names a comment, and so its thread.
type CommentRequest struct {
	ID string `json:"id"` // or the first digits of it
}

// EditCommentRequest rewrites a comment.
type EditCommentRequest struct {
	ID   string `json:"id"`
	Body string `json:"body"`
}

// ListMentionsRequest asks for what waits for the person of this device, in all
// projects when none is named.
type ListMentionsRequest struct {
	Project string `json:"project,omitempty"`
}

// Who is a person by ID and present name.
type Who struct {
	ID   string `json:"id"` // empty when it is not known who it is
	Name string `json:"name"`
}

// Comment is what a person says. Who said it and when is taken from the history,
// which nobody can write in another's name.
type Comment struct {
	ID         id.Doc     `json:"id"`
	Thread     id.Doc     `json:"thread"` // the comment that its thread begins with
	About      id.Doc     `json:"about"`
	AboutKind  string     `json:"about_kind"`
	AboutTitle string     `json:"about_title"`
	Project    string     `json:"project,omitempty"`
	Field      string     `json:"field,omitempty"`
	Body       string     `json:"body"` // empty when it is in the trash
	Author     Who        `json:"author"`
	Time       time.Time  `json:"time"`
	Edited     *time.Time `json:"edited,omitempty"`
	EditedBy   *Who       `json:"edited_by,omitempty"` // when it is not the author
	Mentions   []Who      `json:"mentions"`            // by name
	Mine       bool       `json:"mine"`                // by the person of this device
	Trashed    bool       `json:"trashed,omitempty"`   // only of one that others have answered
}

// Talk is a comment and what was answered to it.
type Talk struct {
	Comment
	Resolved     bool       `json:"resolved"`
	ResolvedBy   *Who       `json:"resolved_by,omitempty"`
	ResolvedTime *time.Time `json:"resolved_time,omitempty"`
	Replies      []Comment  `json:"replies"` // the oldest first
}

func (a *App) addComment(ctx context.Context, req AddCommentRequest) (Talk, error) {
	body, err := commentBody(req.Body)
	if err != nil {
		return Talk{}, err
	}
	place, err := a.commentPlace(req)
	if err != nil {
		return Talk{}, err
	}
	mentions, err := a.mentioned(body)
	if err != nil {
		return Talk{}, err
	}
	fields := map[string]doc.Value{"about": doc.Ref(place.about), "body": doc.String(body), "mentions": refList(mentions)}
	if !place.project.IsZero() {
		fields["project"] = doc.Ref(place.project)
	}
	if place.field != "" {
		fields["field"] = doc.String(place.field)
	}
	if !place.parent.IsZero() {
		fields["parent"] = doc.Ref(place.parent)
	}
	made, err := a.create(ctx, noun.Comments.Kind, fields)
	if err != nil {
		return Talk{}, err
	}
	return a.threadOf(ctx, made.ID)
}

// commentBody returns what a person typed as it is kept.
func commentBody(text string) (string, error) {
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case text == "":
		return "", fault.New(fault.Invalid, "A comment needs words.", "Write what there is to say.")
	case n > maxComment:
		return "", fault.New(fault.Invalid, "The comment has %d characters; %d is the most.", "Put long text into the document, and say here where it is.").With(n, maxComment)
	}
	return text, nil
}

// place is where a comment belongs.
type place struct {
	about, project, parent id.Doc
	field                  string
}

func (a *App) commentPlace(req AddCommentRequest) (place, error) {
	if req.Parent != "" {
		return a.replyPlace(req)
	}
	d, err := a.findDoc(req.About)
	if err != nil {
		return place{}, err
	}
	if d.Noun() == noun.Comments.Number {
		return place{}, fault.New(fault.Invalid, "A comment is not commented on, but answered.", "Name the comment as the one that is answered, as with --reply.")
	}
	p := place{about: d.ID(), project: noun.ProjectOf(d), field: strings.TrimSpace(req.Field)}
	if d.Noun() == noun.Projects.Number {
		p.project = d.ID()
	}
	if kind := a.catalog.ByNumber(d.Noun()); kind != nil && p.field != "" {
		name, _, _ := strings.Cut(p.field, "/")
		if _, err := kind.FieldOf(name); err != nil {
			return place{}, err
		}
	}
	return p, nil
}

// replyPlace puts an answer to an answer into the same thread.
func (a *App) replyPlace(req AddCommentRequest) (place, error) {
	root, view, err := a.findThread(req.Parent)
	if err != nil {
		return place{}, err
	}
	if root.Trashed() {
		return place{}, fault.New(fault.Conflict, "The comment has been deleted.", "Take it out of the trash to answer it, or begin a new thread.")
	}
	if req.About != "" {
		d, err := a.findDoc(req.About)
		if err != nil {
			return place{}, err
		}
		if d.ID() != view.About && d.ID() != root.ID() {
			return place{}, fault.New(fault.Invalid, "The comment that is answered is about another document.", "Leave the document out: an answer belongs to its thread.")
		}
	}
	if req.Field != "" && req.Field != view.Field {
		return place{}, fault.New(fault.Invalid, "The comment that is answered is about another field.", "Leave the field out: an answer belongs to its thread.")
	}
	return place{about: view.About, project: view.Project, parent: root.ID(), field: view.Field}, nil
}

// maxDepth bounds how far a thread is followed to its beginning. Cairn writes
// threads of one level; others may not.
const maxDepth = 100

// findThread returns the comment that begins the thread which text names a
// comment of.
func (a *App) findThread(text string) (*doc.Doc, noun.Comment, error) {
	d, err := a.findComment(text)
	if err != nil {
		return nil, noun.Comment{}, err
	}
	view := noun.Comments.View(d)
	for range maxDepth {
		if view.Parent.IsZero() {
			break
		}
		up, err := a.journal.Doc(view.Parent)
		if fault.KindOf(err) == fault.NotFound || err == nil && up.Noun() != noun.Comments.Number {
			break
		}
		if err != nil {
			return nil, noun.Comment{}, err
		}
		d, view = up, noun.Comments.View(up)
	}
	return d, view, nil
}

func (a *App) findComment(text string) (*doc.Doc, error) {
	d, err := a.findDoc(text)
	if err == nil && d.Noun() != noun.Comments.Number {
		err = fault.New(fault.Invalid, "%q is no comment but a %s.", "`cairn comment list` shows the comments.").With(clip(text), sentence.Own(a.kindName(d.Noun())))
	}
	return d, err
}

func (a *App) editComment(ctx context.Context, req EditCommentRequest) (Talk, error) {
	body, err := commentBody(req.Body)
	if err != nil {
		return Talk{}, err
	}
	found, err := a.findComment(req.ID)
	if err != nil {
		return Talk{}, err
	}
	traces, err := a.trace(ctx, []*doc.Doc{found})
	if err != nil {
		return Talk{}, err
	}
	if author := a.who(traces[found.ID()].made.By.Log); author.ID != a.self().ID.String() {
		return Talk{}, fault.New(fault.Denied, "The comment is by %s, and nobody else rewrites what they say.", "Answer it instead.").With(author.Name)
	}
	mentions, err := a.mentioned(body)
	if err != nil {
		return Talk{}, err
	}
	old := noun.Comments.View(found)
	byName, err := a.mentioned(old.Body)
	if err != nil {
		return Talk{}, err
	}
	for _, p := range old.Mentions {
		// By a name that they no longer have.
		if !slices.Contains(byName, p) && !slices.Contains(mentions, p) {
			mentions = append(mentions, p)
		}
	}
	_, err = a.edit(ctx, found.ID().String(), func(tx *journal.Tx, d *doc.Doc, kind *noun.Kind) error {
		return fill(tx, kind, d, map[string]doc.Value{"body": doc.String(body), "mentions": refList(mentions)})
	})
	if err != nil {
		return Talk{}, err
	}
	return a.threadOf(ctx, found.ID())
}

func (a *App) resolveComment(ctx context.Context, req CommentRequest) (Talk, error) {
	return a.settleComment(ctx, req, true)
}

func (a *App) reopenComment(ctx context.Context, req CommentRequest) (Talk, error) {
	return a.settleComment(ctx, req, false)
}

func (a *App) settleComment(ctx context.Context, req CommentRequest, resolved bool) (Talk, error) {
	root, view, err := a.findThread(req.ID)
	if err != nil {
		return Talk{}, err
	}
	if view.Resolved != resolved {
		_, err = a.edit(ctx, root.ID().String(), func(tx *journal.Tx, d *doc.Doc, kind *noun.Kind) error {
			return fill(tx, kind, d, map[string]doc.Value{"resolved": doc.Bool(resolved)})
		})
	}
	if err != nil {
		return Talk{}, err
	}
	return a.threadOf(ctx, root.ID())
}

// mentioned returns the people whom a text mentions, once each.
func (a *App) mentioned(body string) ([]id.Person, error) {
	people, err := a.people()
	if err != nil {
		return nil, err
	}
	var out []id.Person
	for _, f := range mention.Find(body, people) {
		for _, p := range f.People {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out, nil
}

func refList(docs []id.Doc) doc.Value {
	values := make([]doc.Value, len(docs))
	for i, d := range docs {
		values[i] = doc.Ref(d)
	}
	return doc.List(values...)
}
