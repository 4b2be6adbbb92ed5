package panel

import (
	"cmp"
	"slices"
	"time"

	"cairn/ui/theme"
	"cairn/ui/words"
)

// state returns what is to be shown. The caller holds mu.
func (p *TalkPresenter) state() TalkState {
	s := TalkState{
		Place: p.key(), Title: p.at.Title, Loaded: p.loaded, Problem: problem(p.broken), ReadOnly: p.loaded && !p.mayWrite,
		Settled: p.settled, Draft: p.drafts.get(p.draftKey(NewThread)), Sending: p.sending, Failed: p.failed, Why: problem(p.why), Suggest: p.suggest,
	}
	s.Suggest.Names = slices.Clone(p.suggest.Names)
	order := slices.Clone(p.threads)
	slices.SortStableFunc(order, func(a, b Thread) int { return lastSaid(b).Compare(lastSaid(a)) })
	for _, t := range order {
		if t.Resolved {
			s.Resolved++
		} else {
			s.Open++
		}
	}
	// What is settled stands below what is open.
	slices.SortStableFunc(order, func(a, b Thread) int { return cmp.Compare(settledRank(a), settledRank(b)) })
	for _, t := range order {
		switch {
		case t.Resolved && !p.settled:
		case len(s.Threads) == p.shown:
			s.Hidden++
		default:
			s.Threads = append(s.Threads, p.thread(t))
		}
	}
	return s
}

func settledRank(t Thread) int {
	if t.Resolved {
		return 1
	}
	return 0
}

// lastSaid returns when something was said in t last.
func lastSaid(t Thread) time.Time {
	last := t.Time
	for _, c := range t.Replies {
		if c.Time.After(last) {
			last = c.Time
		}
	}
	return last
}

func (p *TalkPresenter) thread(t Thread) ThreadView {
	out := ThreadView{
		CommentView: p.comment(t.Comment), Where: where(t, p.at), Resolved: t.Resolved,
		Answering: p.answering == t.ID, Draft: p.drafts.get(p.draftKey(t.ID)),
	}
	if t.Resolved {
		out.Settled = words.T("Resolved by %s · %s", t.ResolvedBy, words.Ago(p.now(), t.ResolvedAt))
	}
	replies := t.Replies
	if n := len(replies) - foldReplies; n > 0 && !p.unfolded[t.ID] {
		out.Earlier, replies = n, replies[n:]
	}
	for _, c := range replies {
		out.Replies = append(out.Replies, p.comment(c))
	}
	return out
}

func (p *TalkPresenter) comment(c Comment) CommentView {
	out := CommentView{
		ID: c.ID, Name: c.Author.Name, Number: theme.Hue(c.Author.ID), When: edited(c, words.Ago(p.now(), c.Time)),
		Body: runs(c.Body, c.Mentions), Plain: c.Body, Mine: c.Mine, Deleted: c.Deleted, Editing: p.editing == c.ID && c.Mine,
	}
	if out.Editing {
		if out.Draft = p.drafts.get(p.draftKey(EditPrefix + c.ID)); out.Draft == "" {
			out.Draft = c.Body
		}
	}
	if c.Deleted {
		out.Body = []Run{{words.T("This comment was deleted."), Plain}}
	}
	return out
}
