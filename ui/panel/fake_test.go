package panel_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"cairn/core/id"
	"cairn/core/mention"
	"cairn/core/sentence"
	"cairn/ui/panel"
	"cairn/ui/undo"
)

// noon is what time it is in the tests.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

// people of the tests.
var (
	minji = panel.Person{ID: "p1", Name: "Minji Kim"}
	jisoo = panel.Person{ID: "p2", Name: "박지수"}
	sofia = panel.Person{ID: "p3", Name: "Sofia Lind"}
)

var recall = panel.Place{Project: "churn", Document: "r1", Kind: "requirement", Title: "Find churners"}

// table is a discussion and a history in memory.
type table struct {
	threads  []panel.Thread
	past     []panel.Past
	said     []string
	fail     error
	readOnly bool
	asked    panel.Place
}

func (s *table) Threads(_ context.Context, at panel.Place) ([]panel.Thread, bool, error) {
	s.asked = at
	var out []panel.Thread
	for _, t := range s.threads {
		if at.Document == "" || t.About == at.Document {
			out = append(out, t)
		}
	}
	return out, !s.readOnly, s.fail
}

func (s *table) People(context.Context) ([]mention.Person, error) {
	var out []mention.Person
	for i, p := range []panel.Person{minji, jisoo, sofia} {
		out = append(out, mention.Person{ID: id.Doc{byte(i + 1)}, Name: p.Name})
	}
	return out, nil
}

func (s *table) Say(_ context.Context, at panel.Place, parent, body string) error {
	if s.fail != nil {
		return s.fail
	}
	s.said = append(s.said, fmt.Sprintf("%s/%s: %s", at.Document, parent, body))
	c := panel.Comment{ID: fmt.Sprint("c", len(s.said)), Author: minji, Time: noon, Body: body, Mine: true}
	for i := range s.threads {
		if s.threads[i].ID == parent {
			s.threads[i].Replies = append(s.threads[i].Replies, c)
			return nil
		}
	}
	s.threads = append(s.threads, panel.Thread{Comment: c, About: at.Document})
	return nil
}

func (s *table) Change(_ context.Context, c panel.Change) error {
	if s.fail != nil {
		return s.fail
	}
	for i := range s.threads {
		t := &s.threads[i]
		if t.ID != c.ID {
			continue
		}
		switch c.Do {
		case panel.Resolve, panel.Reopen:
			t.Resolved, t.ResolvedBy, t.ResolvedAt = c.Do == panel.Resolve, minji.Name, noon
		case panel.Rewrite:
			t.Body, t.Edited = c.To, true
		default:
			t.Deleted = c.Do == panel.Delete
		}
	}
	return nil
}

func (s *table) Past(_ context.Context, at panel.Place, after string) (panel.PastPage, bool, error) {
	s.asked = at
	var page panel.PastPage
	for _, e := range s.past {
		fields := slices.DeleteFunc(slices.Clone(e.Fields), func(f panel.PastField) bool { return at.Field != "" && f.Field != at.Field })
		if len(fields) > 0 || at.Field == "" {
			e.Fields = fields
			page.Entries = append(page.Entries, e)
		}
	}
	if n := len(page.Entries) - 1; n > 2 && after == "" {
		page.Entries, page.Next = page.Entries[:n], "more"
	} else if after == "more" {
		page.Entries = page.Entries[n:]
	}
	return page, !s.readOnly, s.fail
}

func (s *table) Restore(_ context.Context, document, field, text string) error {
	if s.fail != nil {
		return s.fail
	}
	s.said = append(s.said, fmt.Sprintf("%s.%s = %s", document, field, text))
	old := ""
	for _, e := range s.past {
		for _, f := range e.Fields {
			if f.Field == field && old == "" {
				old = f.After
			}
		}
	}
	s.past = slices.Insert(s.past, 0, panel.Past{Person: minji, Time: noon, Fields: []panel.PastField{
		{Field: field, Label: "Threshold", From: sentence.Arg{Text: old}, To: sentence.Arg{Text: text}, Before: old, After: text},
	}})
	return nil
}

// talking is a discussion of two threads, one settled.
func talking() *table {
	ago := func(d time.Duration) time.Time { return noon.Add(-d) }
	return &table{threads: []panel.Thread{
		{
			Comment: panel.Comment{ID: "t1", Author: jisoo, Time: ago(26 * time.Hour), Body: "Finance confirmed 80 % as the least. @Minji Kim 확인 부탁드려요", Mentions: []panel.Person{minji}},
			About:   "r1", AboutTitle: "Find churners", Field: "threshold", FieldLabel: "Threshold",
			Replies: []panel.Comment{
				{ID: "t1a", Author: minji, Time: ago(25 * time.Hour), Body: "Confirmed with the pilot data: recall was 83 % in March.", Mine: true},
				{ID: "t1b", Author: sofia, Time: ago(2 * time.Hour), Body: "Then let us keep 80 %.", Edited: true},
			},
		},
		{
			Comment: panel.Comment{ID: "t2", Author: sofia, Time: ago(3 * time.Hour), Body: "Who measures it once it is live?"},
			About:   "r1", AboutTitle: "Find churners",
		},
		{
			Comment: panel.Comment{ID: "t3", Author: minji, Time: ago(72 * time.Hour), Body: "Is a churner somebody who left, or who will?", Mine: true},
			About:   "r1", AboutTitle: "Find churners", Resolved: true, ResolvedBy: jisoo.Name, ResolvedAt: ago(48 * time.Hour),
		},
	}}
}

func newTalk(t *testing.T, s *table) (*panel.TalkPresenter, *panel.Drafts, *undo.Past) {
	t.Helper()
	drafts, past := &panel.Drafts{}, &undo.Past{}
	p := panel.NewTalkPresenter(s, drafts, past, clock)
	p.Show(t.Context(), recall)
	return p, drafts, past
}
