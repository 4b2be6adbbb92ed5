package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
	"cairn/core/member"
)

// talk is two people and a requirement that they discuss.
type talk struct {
	ada, ben    *apptest.Node
	requirement string
}

func newTalk(t *testing.T) talk {
	t.Helper()
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "김민지", member.Contributor)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	recall := agreed(ada, "Find churners", "recall", ">=", "80", "%")
	apptest.Settle(ada, ben)
	return talk{ada, ben, recall}
}

func (k talk) say(n *apptest.Node, body string) app.Talk {
	return apptest.Do(n, app.AddComment, app.AddCommentRequest{About: k.requirement, Body: body})
}

func (k talk) answer(n *apptest.Node, to app.Talk, body string) app.Talk {
	k.wait(time.Minute)
	return apptest.Do(n, app.AddComment, app.AddCommentRequest{Parent: to.ID.String(), Body: body})
}

// wait lets time pass for both.
func (k talk) wait(d time.Duration) {
	k.ada.Clock.Advance(d)
	k.ben.Clock.Advance(d)
}

// heard returns the threads about the requirement, a line for each comment.
func (k talk) heard(n *apptest.Node) []string {
	var out []string
	for _, t := range apptest.Do(n, app.ListComments, app.ListCommentsRequest{About: k.requirement}).Threads {
		for i, c := range append([]app.Comment{t.Comment}, t.Replies...) {
			line := c.Author.Name + ": " + c.Body
			for _, m := range c.Mentions {
				line += " →" + m.Name
			}
			if c.Edited != nil {
				line += " (edited)"
			}
			if c.EditedBy != nil {
				line += " by " + c.EditedBy.Name
			}
			if c.Trashed {
				line += "(deleted)"
			}
			if i == 0 && t.Resolved {
				line += " [resolved by " + t.ResolvedBy.Name + "]"
			}
			if i > 0 {
				line = "  " + line
			}
			out = append(out, line)
		}
	}
	return out
}

func (k talk) hears(t *testing.T, n *apptest.Node, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, k.heard(n)); diff != "" {
		t.Errorf("threads (-want +got):\n%s", diff)
	}
}

// TestADiscussionFromTwoKeyboards asks, answers, settles and takes up again.
func TestADiscussionFromTwoKeyboards(t *testing.T) {
	k := newTalk(t)
	first := k.say(k.ada, "  Is 80 % enough? @김민지님 확인 부탁해요\n")
	k.wait(time.Minute)
	k.say(k.ada, "Who measures it?")
	apptest.Settle(k.ada, k.ben)
	k.answer(k.ben, first, "@ada It is.")
	apptest.Settle(k.ada, k.ben)
	for _, n := range []*apptest.Node{k.ada, k.ben} {
		k.hears(t, n, "Ada: Is 80 % enough? @김민지님 확인 부탁해요 →김민지", "  김민지: @ada It is. →Ada", "Ada: Who measures it?")
	}

	// An answer to an answer belongs to the thread; the thread is settled by any
	// of its comments, and by anybody.
	reply := apptest.Do(k.ada, app.ListComments, app.ListCommentsRequest{About: k.requirement}).Threads[0].Replies[0]
	k.wait(time.Minute)
	apptest.Do(k.ada, app.AddComment, app.AddCommentRequest{Parent: reply.ID.String(), Body: "Thanks."})
	apptest.Settle(k.ada, k.ben)
	k.wait(time.Minute)
	settled := apptest.Do(k.ben, app.ResolveComment, app.CommentRequest{ID: reply.ID.String()})
	if settled.ID != first.ID || settled.ResolvedTime == nil || !settled.ResolvedTime.Equal(k.ben.Clock.Now()) {
		t.Errorf("resolved %s at %v, want the thread, now", settled.ID, settled.ResolvedTime)
	}
	apptest.Settle(k.ada, k.ben)
	k.hears(t, k.ada, "Ada: Is 80 % enough? @김민지님 확인 부탁해요 →김민지 [resolved by 김민지]", "  김민지: @ada It is. →Ada", "  Ada: Thanks.", "Ada: Who measures it?")
	open := apptest.Do(k.ada, app.ListComments, app.ListCommentsRequest{Project: "Churn", Open: true})
	if len(open.Threads) != 1 || open.Open != 1 || open.Total != 2 || open.Threads[0].Body != "Who measures it?" {
		t.Errorf("open: %+v, want the second alone of two", open)
	}
	if again := apptest.Do(k.ada, app.ReopenComment, app.CommentRequest{ID: first.ID.String()}); again.Resolved || again.ResolvedBy != nil {
		t.Errorf("reopened: %+v", again)
	}
}

// TestACommentIsItsAuthors edits one, and tries to edit another's.
func TestACommentIsItsAuthors(t *testing.T) {
	k := newTalk(t)
	first := k.say(k.ada, "Ask @김민지.")
	apptest.Settle(k.ada, k.ben)
	if _, err := app.EditComment.Do(t.Context(), k.ben.App, app.EditCommentRequest{ID: first.ID.String(), Body: "Never mind."}); fault.KindOf(err) != fault.Denied {
		t.Errorf("another's comment rewritten: %v, want a fault Denied", err)
	}
	k.wait(time.Hour)
	apptest.Do(k.ada, app.EditComment, app.EditCommentRequest{ID: first.ID.String(), Body: "Ask the bank."})
	k.hears(t, k.ada, "Ada: Ask the bank. (edited)")
	// The author stays who they are, also when all that a list looks at is
	// written by somebody else.
	k.wait(time.Hour)
	apptest.Settle(k.ada, k.ben)
	apptest.Do(k.ben, app.SetField, app.SetFieldRequest{ID: first.ID.String(), Field: "body", Value: "Ask me."})
	project := apptest.Do(k.ben, app.ShowProject, app.ProjectRequest{Project: "Churn"}).ID.String()
	apptest.Do(k.ben, app.SetField, app.SetFieldRequest{ID: first.ID.String(), Field: "about", Value: project})
	apptest.Do(k.ben, app.SetField, app.SetFieldRequest{ID: first.ID.String(), Field: "about", Value: k.requirement})
	k.hears(t, k.ben, "Ada: Ask me. (edited) by 김민지")
}

// TestAMentionOutlivesAName renames whom a comment mentions, and then rewrites
// the comment.
func TestAMentionOutlivesAName(t *testing.T) {
	k := newTalk(t)
	first := k.say(k.ada, "@김민지 look")
	me := apptest.Do(k.ben, app.GetStatus, app.StatusRequest{}).Person.ID.String()
	apptest.Do(k.ada, app.SetField, app.SetFieldRequest{ID: me, Field: "name", Value: "Minji Kim"})
	k.hears(t, k.ada, "Ada: @김민지 look →Minji Kim")
	k.wait(time.Minute)
	apptest.Do(k.ada, app.EditComment, app.EditCommentRequest{ID: first.ID.String(), Body: "@김민지 look, please"})
	k.hears(t, k.ada, "Ada: @김민지 look, please →Minji Kim (edited)")
	k.wait(time.Minute)
	apptest.Do(k.ada, app.EditComment, app.EditCommentRequest{ID: first.ID.String(), Body: "@minji kim, look"})
	k.hears(t, k.ada, "Ada: @minji kim, look →Minji Kim (edited)")
	k.wait(time.Minute)
	apptest.Do(k.ada, app.EditComment, app.EditCommentRequest{ID: first.ID.String(), Body: "nobody"})
	k.hears(t, k.ada, "Ada: nobody (edited)")
}

// TestDeletedCommentsLeaveAPlaceWhereTheyWereAnswered deletes the beginning of
// a thread, and then the rest.
func TestDeletedCommentsLeaveAPlaceWhereTheyWereAnswered(t *testing.T) {
	k := newTalk(t)
	first := k.say(k.ada, "Question")
	reply := k.answer(k.ada, first, "Answer").Replies[0]
	apptest.Do(k.ada, app.MoveToTrash, app.DocRequest{ID: first.ID.String()})
	k.hears(t, k.ada, "Ada: (deleted)", "  Ada: Answer")
	if _, err := app.AddComment.Do(t.Context(), k.ada.App, app.AddCommentRequest{Parent: reply.ID.String(), Body: "more"}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an answer in a deleted thread: %v, want a fault Conflict", err)
	}
	apptest.Do(k.ada, app.MoveToTrash, app.DocRequest{ID: reply.ID.String()})
	k.hears(t, k.ada)
	apptest.Do(k.ada, app.TakeFromTrash, app.DocRequest{ID: first.ID.String()})
	k.hears(t, k.ada, "Ada: Question")
}

// TestTheInboxIsWhatIsNotAnswered follows a mention to its end.
func TestTheInboxIsWhatIsNotAnswered(t *testing.T) {
	k := newTalk(t)
	waits := func(want ...string) {
		t.Helper()
		apptest.Settle(k.ada, k.ben)
		var got []string
		for _, c := range apptest.Do(k.ben, app.ListMentions, app.ListMentionsRequest{}) {
			got = append(got, c.Body)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("inbox (-want +got):\n%s", diff)
		}
		k.wait(time.Minute)
	}
	one := k.say(k.ada, "@김민지 one")
	k.wait(time.Minute)
	two := k.say(k.ada, "two")
	k.say(k.ben, "@김민지 to myself")
	waits("@김민지 one")
	two = k.answer(k.ada, two, "@김민지 two")
	waits("@김민지 two", "@김민지 one")
	k.answer(k.ben, two, "done")
	waits("@김민지 one")
	k.answer(k.ada, two, "@김민지 not quite")
	waits("@김민지 not quite", "@김민지 one")
	apptest.Do(k.ada, app.ResolveComment, app.CommentRequest{ID: one.ID.String()})
	waits("@김민지 not quite")
	if got := apptest.Do(k.ada, app.ListMentions, app.ListMentionsRequest{Project: "Churn"}); len(got) != 0 {
		t.Errorf("Ada's inbox: %+v, want nothing", got)
	}
}

// TestCommentsAreFoundByWhatTheyAreAbout has threads about a field, a part of
// one, a document, a project, and something that is in no project.
func TestCommentsAreFoundByWhatTheyAreAbout(t *testing.T) {
	k := newTalk(t)
	project := apptest.Do(k.ada, app.ShowProject, app.ProjectRequest{Project: "Churn"}).ID.String()
	me := apptest.Do(k.ada, app.GetStatus, app.StatusRequest{}).Person.ID.String()
	for _, c := range []app.AddCommentRequest{
		{About: k.requirement, Body: "whole"},
		{About: k.requirement, Field: "threshold", Body: "field"},
		{About: k.requirement, Field: "threshold/upper", Body: "part"},
		{About: project, Body: "project"},
		{About: me, Body: "person"},
	} {
		k.wait(time.Minute)
		apptest.Do(k.ada, app.AddComment, c)
	}
	tests := []struct {
		req  app.ListCommentsRequest
		want []string
	}{
		{app.ListCommentsRequest{}, []string{"whole", "field", "part", "project", "person"}},
		{app.ListCommentsRequest{Project: "Churn"}, []string{"whole", "field", "part", "project"}},
		{app.ListCommentsRequest{About: k.requirement}, []string{"whole", "field", "part"}},
		{app.ListCommentsRequest{Project: "Churn", Kind: "project"}, []string{"project"}},
		{app.ListCommentsRequest{Project: "Churn", Kind: "requirement", Field: "threshold"}, []string{"field", "part"}},
		{app.ListCommentsRequest{Project: "Churn", Kind: "charter"}, nil},
	}
	for _, tt := range tests {
		var got []string
		for _, c := range apptest.Do(k.ada, app.ListComments, tt.req).Threads {
			got = append(got, c.Body)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", tt.req, diff)
		}
	}
}

func TestCommentsThatMakeNoSense(t *testing.T) {
	k := newTalk(t)
	other := agreed(k.ada, "Fast", "latency", "<=", "1", "s")
	first := k.say(k.ada, "Question")
	for name, tt := range map[string]struct {
		req  app.AddCommentRequest
		want fault.Kind
	}{
		"no words":         {app.AddCommentRequest{About: k.requirement, Body: " \n"}, fault.Invalid},
		"too many":         {app.AddCommentRequest{About: k.requirement, Body: strings.Repeat("가", 10_001)}, fault.Invalid},
		"no document":      {app.AddCommentRequest{About: "zzzz", Body: "x"}, fault.NotFound},
		"no field":         {app.AddCommentRequest{About: k.requirement, Field: "size", Body: "x"}, fault.Invalid},
		"a comment":        {app.AddCommentRequest{About: first.ID.String(), Body: "x"}, fault.Invalid},
		"no comment":       {app.AddCommentRequest{Parent: k.requirement, Body: "x"}, fault.Invalid},
		"another document": {app.AddCommentRequest{About: other, Parent: first.ID.String(), Body: "x"}, fault.Invalid},
		"another field":    {app.AddCommentRequest{Field: "title", Parent: first.ID.String(), Body: "x"}, fault.Invalid},
	} {
		if _, err := app.AddComment.Do(t.Context(), k.ada.App, tt.req); fault.KindOf(err) != tt.want || fault.Hint(err) == "" {
			t.Errorf("%s: %v, want a fault of kind %v with a hint", name, err, tt.want)
		}
	}
	if _, err := app.ResolveComment.Do(t.Context(), k.ada.App, app.CommentRequest{ID: k.requirement}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a requirement resolved: %v", err)
	}
}

// BenchmarkListComments lists 1,000 threads of a project, a tenth of them
// resolved, so that the logs are asked about these.
func BenchmarkListComments(b *testing.B) {
	ada := apptest.Found(b, 1)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	recall := agreed(ada, "Find churners", "recall", ">=", "80", "%")
	for i := range 1000 {
		ada.Clock.Advance(time.Second)
		made := apptest.Do(ada, app.AddComment, app.AddCommentRequest{About: recall, Body: fmt.Sprintf("Comment %d for @Ada", i)})
		if i%10 == 0 {
			ada.Clock.Advance(time.Second)
			apptest.Do(ada, app.ResolveComment, app.CommentRequest{ID: made.ID.String()})
		}
	}
	for b.Loop() {
		if got := apptest.Do(ada, app.ListComments, app.ListCommentsRequest{Project: "Churn"}); got.Total != 1000 {
			b.Fatalf("%d threads", got.Total)
		}
	}
}
