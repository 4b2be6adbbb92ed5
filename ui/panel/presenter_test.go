package panel_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/ui/panel"
)

// shown returns the threads as they are shown, a line each.
func shown(s panel.TalkState) []string {
	var out []string
	for _, t := range s.Threads {
		line := t.ID
		if t.Where != "" {
			line += " on " + t.Where
		}
		if t.Earlier > 0 {
			line += fmt.Sprint(" +", t.Earlier)
		}
		for _, r := range t.Replies {
			line += " " + r.ID
		}
		out = append(out, line)
	}
	return out
}

func TestTheLatestWordStandsFirst(t *testing.T) {
	p, _, _ := newTalk(t, talking())
	s := p.State.Get()
	if diff := cmp.Diff([]string{"t1 on Threshold t1a t1b", "t2"}, shown(s)); diff != "" || s.Open != 2 || s.Resolved != 1 {
		t.Errorf("%d open, %d resolved (-want +got):\n%s", s.Open, s.Resolved, diff)
	}
	p.ShowResolved(true)
	s = p.State.Get()
	if diff := cmp.Diff([]string{"t1 on Threshold t1a t1b", "t2", "t3"}, shown(s)); diff != "" || s.Threads[2].Settled != "Resolved by 박지수 · 2 days ago" {
		t.Errorf("settled %q (-want +got):\n%s", s.Threads[2].Settled, diff)
	}
	want := []panel.Run{{Text: "Finance confirmed 80 % as the least. "}, {Text: "@Minji Kim", Look: panel.Mention}, {Text: " 확인 부탁드려요"}}
	if diff := cmp.Diff(want, s.Threads[0].Body); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	if got := s.Threads[0].Replies[1].When; got != "2 h ago · edited" {
		t.Errorf("when = %q", got)
	}
}

func TestManyAnswersAndThreadsAreFolded(t *testing.T) {
	s := talking()
	for i := range 5 {
		s.threads[0].Replies = append(s.threads[0].Replies, panel.Comment{ID: fmt.Sprint("x", i), Author: sofia, Time: noon})
	}
	for i := range 40 {
		s.threads = append(s.threads, panel.Thread{Comment: panel.Comment{ID: fmt.Sprint("y", i), Author: sofia}, About: "r1"})
	}
	p, _, _ := newTalk(t, s)
	st := p.State.Get()
	if st.Threads[0].Earlier != 4 || len(st.Threads[0].Replies) != 3 || len(st.Threads) != 30 || st.Hidden != 12 {
		t.Errorf("%d earlier answers, %d shown, %d threads, %d hidden", st.Threads[0].Earlier, len(st.Threads[0].Replies), len(st.Threads), st.Hidden)
	}
	p.Unfold("t1")
	p.More()
	if st = p.State.Get(); len(st.Threads[0].Replies) != 7 || len(st.Threads) != 42 || st.Hidden != 0 {
		t.Errorf("unfolded: %d answers, %d threads, %d hidden", len(st.Threads[0].Replies), len(st.Threads), st.Hidden)
	}
}

// TestWhatIsTypedIsNotLost goes to another page and back, and to another window.
func TestWhatIsTypedIsNotLost(t *testing.T) {
	s := talking()
	p, drafts, _ := newTalk(t, s)
	var kept map[string]string
	drafts.Kept = func(all map[string]string) { kept = all }
	p.Type(panel.NewThread, "half a tho")
	p.Answer("t1", true)
	p.Type("t1", "I thi")
	p.Show(t.Context(), panel.Place{Project: "churn", Document: "r2"})
	if st := p.State.Get(); st.Draft != "" || len(st.Threads) != 0 || st.Place == "" {
		t.Errorf("elsewhere: %+v", st)
	}
	p.Show(t.Context(), recall)
	if st := p.State.Get(); st.Draft != "half a tho" || st.Threads[0].Draft != "I thi" {
		t.Errorf("back: %q and %q", st.Draft, st.Threads[0].Draft)
	}
	again := &panel.Drafts{}
	again.Take(kept)
	q := panel.NewTalkPresenter(s, again, nil, clock)
	q.Show(t.Context(), recall)
	if st := q.State.Get(); st.Draft != "half a tho" {
		t.Errorf("in another window: %q", st.Draft)
	}
}

func TestSendingSaysItOrKeepsIt(t *testing.T) {
	s := talking()
	p, _, _ := newTalk(t, s)
	s.fail = errors.New("badger: closed")
	p.Type(panel.NewThread, "Hello")
	p.Send(t.Context(), panel.NewThread)
	if st := p.State.Get(); st.Failed != panel.NewThread || st.Why == "" || st.Draft != "Hello" || st.Sending != "" {
		t.Errorf("after a failure: %+v", st)
	}
	s.fail = nil
	p.Send(t.Context(), panel.NewThread)
	p.Answer("t1", true)
	p.Type("t1", "Yes")
	p.Send(t.Context(), "t1")
	p.Type(panel.NewThread, "  ")
	p.Send(t.Context(), panel.NewThread)
	st := p.State.Get()
	if diff := cmp.Diff([]string{"r1/: Hello", "r1/t1: Yes"}, s.said); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}
	if st.Failed != "" || st.Draft != "  " || slices.ContainsFunc(st.Threads, func(v panel.ThreadView) bool { return v.Answering }) {
		t.Errorf("after sending: failed %q, draft %q", st.Failed, st.Draft)
	}
}

func TestACommentIsRewrittenInItsPlace(t *testing.T) {
	s := talking()
	s.threads[1].Mine = true
	p, _, _ := newTalk(t, s)
	p.Edit("t2", true)
	second := func() panel.ThreadView { return p.State.Get().Threads[1] }
	if v := second(); !v.Editing || v.Draft != s.threads[1].Body && v.CommentView.Draft != s.threads[1].Body {
		t.Errorf("editing: %+v", v)
	}
	p.Type(panel.EditPrefix+"t2", "Who measures it?")
	p.Send(t.Context(), panel.EditPrefix+"t2")
	if v := second(); v.Editing || v.Plain != "Who measures it?" || !strings.HasSuffix(v.When, "edited") {
		t.Errorf("rewritten: %+v", v)
	}
	p.Edit("t2", true)
	p.Send(t.Context(), panel.EditPrefix+"t2")
	if v := second(); v.Editing {
		t.Error("sent without a change, it is still edited")
	}
}

// TestNamesAreOffered types a name and chooses.
func TestNamesAreOffered(t *testing.T) {
	p, _, _ := newTalk(t, talking())
	tests := []struct {
		text  string
		want  []string
		begun int
	}{
		{"@", []string{"Minji Kim", "박지수", "Sofia Lind"}, 0},
		{"ask @so", []string{"Sofia Lind"}, 2},
		{"ask @kim", []string{"Minji Kim"}, 3},
		{"ask @박", []string{"박지수"}, 1},
		{"ask @박지수", nil, 0}, // it is written out
		{"ask @nobody", nil, 0},
		{"a@s", nil, 0},
	}
	for _, tt := range tests {
		p.Type(panel.NewThread, "")
		p.Type(panel.NewThread, tt.text)
		got := p.State.Get().Suggest
		if diff := cmp.Diff(tt.want, got.Names); diff != "" || got.Begun != tt.begun || (got.At == panel.NewThread) != (tt.want != nil) {
			t.Errorf("%q: %+v (-want +got):\n%s", tt.text, got, diff)
		}
	}
	p.Type(panel.NewThread, "@ for you")
	p.Type(panel.NewThread, "@s for you") // typed in the middle
	if got := p.State.Get().Suggest; len(got.Names) != 1 || got.Begun != 1 {
		t.Errorf("in the middle: %+v", got)
	}
	p.Type(panel.NewThread, "@")
	p.Move(-1)
	if got := p.State.Get().Suggest.Chosen; got != 2 {
		t.Errorf("up from the first: %d, want the last", got)
	}
	p.Dismiss()
	if got := p.State.Get().Suggest; got.At != "" {
		t.Errorf("dismissed: %+v", got)
	}
}

// TestWhatIsDoneIsUndone settles and deletes, and takes it back.
func TestWhatIsDoneIsUndone(t *testing.T) {
	s := talking()
	p, _, past := newTalk(t, s)
	p.Settle(t.Context(), "t2", true)
	if st := p.State.Get(); st.Open != 1 || past.State.Get().Undo != "Comment resolved" {
		t.Errorf("%d open, to undo: %q", st.Open, past.State.Get().Undo)
	}
	if _, err := past.Undo(t.Context()); err != nil || p.State.Get().Open != 2 {
		t.Errorf("undone: %v, %d open", err, p.State.Get().Open)
	}
	if _, err := past.Redo(t.Context()); err != nil || p.State.Get().Open != 1 {
		t.Errorf("done again: %v, %d open", err, p.State.Get().Open)
	}
	p.Delete(t.Context(), "t1")
	if !p.State.Get().Threads[0].Deleted {
		t.Error("a deleted comment that others have answered is gone")
	}
	if _, err := past.Undo(t.Context()); err != nil || p.State.Get().Threads[0].Deleted {
		t.Errorf("undone: %v", err)
	}
	s.fail = errors.New("badger: closed")
	p.Settle(t.Context(), "t1", true)
	if st := p.State.Get(); st.Failed != "t1" || st.Why == "" {
		t.Errorf("failed at %q: %q", st.Failed, st.Why)
	}
}

func TestItSaysWhatItCanNotDo(t *testing.T) {
	s := talking()
	s.readOnly = true
	p, _, _ := newTalk(t, s)
	if st := p.State.Get(); !st.ReadOnly || len(st.Threads) != 2 {
		t.Errorf("read only: %+v", st)
	}
	s.fail = errors.New("badger: closed")
	p.Load(t.Context())
	if st := p.State.Get(); st.Problem == "" || len(st.Threads) != 2 {
		t.Errorf("a failure: %q, %d threads, want what was read before", st.Problem, len(st.Threads))
	}
}
