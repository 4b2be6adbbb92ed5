package activity_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/core/sentence"
	"cairn/ui/activity"
	"cairn/ui/words"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.Local) //nolint:gosmopolitan // a window shows the time where it is

func clock() time.Time { return noon }

var (
	minji = activity.Person{ID: "p1", Name: "Minji Kim"}
	jisoo = activity.Person{ID: "p2", Name: "박지수"}
)

// log is what happened, in memory.
type log struct {
	entries []activity.Entry
	page    int // entries of a page
	asked   []string
	fail    error
}

func (l *log) Activity(_ context.Context, project, person, after string) (activity.Page, error) {
	l.asked = append(l.asked, strings.Join([]string{project, person, after}, "/"))
	if l.fail != nil {
		return activity.Page{}, l.fail
	}
	from := 0
	if after != "" {
		_, _ = fmt.Sscan(after, &from)
	}
	to := min(from+l.page, len(l.entries))
	out := activity.Page{Entries: slices.DeleteFunc(slices.Clone(l.entries[from:to]), func(e activity.Entry) bool { return person != "" && e.Person.ID != person })}
	if to < len(l.entries) {
		out.Next = fmt.Sprint(to)
	}
	return out, nil
}

func (l *log) People(context.Context) ([]activity.Person, error) {
	return []activity.Person{minji, jisoo}, nil
}

func said(format string, texts ...string) sentence.Sentence {
	s := sentence.Sentence{Format: format}
	for _, text := range texts {
		own := strings.HasPrefix(text, "#")
		s.Args = append(s.Args, sentence.Arg{Text: strings.TrimPrefix(text, "#"), Own: own})
	}
	return s
}

// day is what two people did on two days.
func day() *log {
	ago := func(d time.Duration) time.Time { return noon.Add(-d) }
	return &log{page: 50, entries: []activity.Entry{
		{Document: "r1", Kind: "requirement", Page: "requirements", Person: jisoo, Time: ago(5 * time.Minute), Sentence: said("%s commented on “%s”: %s", "박지수", "Find churners", "Finance confirmed 80 % as the least. @Minji Kim 확인 부탁드려요")},
		{
			Document: "r1", Kind: "requirement", Page: "requirements", Person: minji, Time: ago(time.Hour), Sentence: said("%s changed %s and %s of “%s”", "Minji Kim", "#Metric", "#Threshold", "Find churners"),
			Details: []activity.Detail{{Label: "Threshold", From: sentence.Arg{Text: "0.75"}, To: sentence.Arg{Text: "0.8"}}, {Label: "Metric", To: sentence.Arg{Text: "recall"}}},
		},
		{Document: "v1", Kind: "value_model", Page: "value", Person: minji, Time: ago(3 * time.Hour), Sentence: said("%s changed “%s” in %s of “%s”", "Minji Kim", "Accuracy", "#Variables", "Churn")},
		{Document: "x", Kind: "kind-99", Person: minji, Time: ago(20 * time.Hour), Sentence: said("%s changed “%s”", "Minji Kim", "#Untitled")},
		{Document: "c1", Kind: "charter", Page: "charter", Person: jisoo, Time: ago(26 * time.Hour), Sentence: said("%s approved %s", "박지수", "#Charter")},
		{Document: "c1", Kind: "charter", Page: "charter", Person: jisoo, Time: ago(27 * time.Hour), Sentence: said("%s began the %s", "박지수", "#charter")},
	}}
}

func loaded(t *testing.T, l *log) (p *activity.Presenter, opened *[]string) {
	t.Helper()
	opened = &[]string{}
	p = activity.NewPresenter("churn", l, func(page, document string) { *opened = append(*opened, page+"/"+document) }, clock)
	p.Load(t.Context())
	return p, opened
}

func lines(s activity.State) []string {
	var out []string
	for _, r := range s.Rows {
		line := ""
		if r.Day != "" {
			line = r.Day + "| "
		}
		for _, run := range r.Runs {
			if run.Strong {
				run.Text = "*" + run.Text + "*"
			}
			line += run.Text
		}
		for _, d := range r.Details {
			line += " [" + d + "]"
		}
		out = append(out, line)
	}
	return out
}

func TestRowsAreSentencesByDay(t *testing.T) {
	p, opened := loaded(t, day())
	want := []string{
		"Today| *박지수* commented on “Find churners”: Finance confirmed 80 % as the least. @Minji Kim 확인 부탁드려요",
		"*Minji Kim* changed Metric and Threshold of “Find churners” [Threshold: 0.75 → 0.8] [Metric: recall]",
		"*Minji Kim* changed “Accuracy” in Variables of “Churn”",
		"Yesterday| *Minji Kim* changed “Untitled”",
		"*박지수* approved Charter",
		"*박지수* began the charter",
	}
	s := p.State.Get()
	if diff := cmp.Diff(want, lines(s)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	for _, r := range s.Rows {
		p.Open(r.Key)
	}
	if diff := cmp.Diff([]string{"requirements/r1", "requirements/r1", "value/v1", "charter/c1", "charter/c1"}, *opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
}

func TestASentenceIsTranslatedAndItsNameIsStillFound(t *testing.T) {
	t.Cleanup(func() { _ = words.Speak(words.English) })
	if err := words.Speak(words.Korean); err != nil {
		t.Fatal(err)
	}
	p, _ := loaded(t, day())
	for _, r := range p.State.Get().Rows {
		if !slices.Contains(r.Runs, activity.Run{Text: r.Name, Strong: true}) || len(r.Runs) < 2 {
			t.Errorf("runs %+v do not set off %q", r.Runs, r.Name)
		}
	}
}

// TestPagesAreReadUntilThereIsEnough has pages with nothing of a person in them.
func TestPagesAreReadUntilThereIsEnough(t *testing.T) {
	l := day()
	l.page = 2
	p, _ := loaded(t, l)
	if n := len(p.State.Get().Rows); n != 6 || p.State.Get().More {
		t.Errorf("%d rows, more %v", n, p.State.Get().More)
	}
	for range 30 {
		l.entries = append(l.entries, activity.Entry{Document: "d", Person: minji, Time: noon.Add(-100 * time.Hour), Sentence: said("%s changed “%s”", "Minji Kim", "d")})
	}
	l.asked = nil
	p.Only(t.Context(), jisoo.ID)
	s := p.State.Get()
	if len(s.Rows) != 3 || !s.More || len(l.asked) != 5 || s.Person != jisoo.ID {
		t.Errorf("%d rows of one person, more %v, asked %q", len(s.Rows), s.More, l.asked)
	}
	p.Only(t.Context(), "")
	before := len(p.State.Get().Rows)
	p.More(t.Context())
	if after := len(p.State.Get().Rows); after != before+10 {
		t.Errorf("%d rows, then %d", before, after)
	}
}

func TestWhatFailsIsSaid(t *testing.T) {
	l := day()
	p, _ := loaded(t, l)
	l.fail = errors.New("badger: closed")
	p.Load(t.Context())
	if s := p.State.Get(); s.Problem == "" || len(s.Rows) != 6 {
		t.Errorf("problem %q, %d rows, want what was read before", s.Problem, len(s.Rows))
	}
	l.fail = nil
	p.Load(t.Context())
	if s := p.State.Get(); s.Problem != "" {
		t.Errorf("problem %q after all is well", s.Problem)
	}
}
