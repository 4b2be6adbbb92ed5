package main

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"cairn/ui/edit"
	"cairn/ui/form"
	"cairn/ui/kit"
	"cairn/ui/presence"
	"cairn/ui/shell"
	"cairn/ui/team"
	"cairn/ui/team/teamtest"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// presenceStates are forms in which others are, too.
var presenceStates = []state{
	{name: "presence", show: among(1, 2, 3, 4, 5), made: true, all: true},
	{name: "presence-one", show: among(1), made: true},
	{name: "presence-none", show: among(), made: true},
}

// among shows a document with so many of the team on it, each in a field.
func among(who ...int) func(*stage) {
	return func(s *stage) {
		language := string(words.Spoken())
		floor, t := &teamtest.Floor{}, teamtest.Three(language)
		p := presence.New(context.Background(), floor, teamtest.Now, func(after time.Duration, do func()) func() bool { return time.AfterFunc(after, do).Stop })
		p.On("r1")
		others := team.NewPresenter(t, t.Deeds(), teamtest.Now)
		others.Load(context.Background())
		label := func(field string) string { return field }
		stack := func() fyne.CanvasObject { return presence.NewStack(p, label).Object() }
		s.headed(shell.Requirements, team.Line(others), waiting(), stack, func(f *frame, head kit.Head) shell.Content {
			page := newDocument(f, head)
			page.stop = presence.Attach(p, page.form)
			return page
		})
		fields := []string{"title", "description", "description", "kind", "level"}
		var people []presence.Person
		for i, n := range who {
			people = append(people, teamtest.Somebody(language, n, "r1", fields[i], 6+12*i))
		}
		floor.Put(people...)
	}
}

// document is a page with one form.
type document struct {
	form *form.Form
	root fyne.CanvasObject
	stop func()
}

func (d *document) Object() fyne.CanvasObject { return d.root }

func (d *document) Close() {
	d.stop()
	d.form.Close()
}

func newDocument(f *frame, head kit.Head) *document {
	d := &document{form: form.New(context.Background(), unwritten{}, &f.crew, teamtest.Now)}
	options := func(texts ...string) []kit.Option {
		out := make([]kit.Option, len(texts))
		for i, text := range texts {
			out[i] = kit.Option{Value: text, Words: words.Data(text)}
		}
		return out
	}
	fields := kit.VStack(16,
		d.form.Line("title", words.T("Title"), "", ""), d.form.Prose("description", words.T("Notes"), "", "", 4),
		d.form.Choice("kind", words.T("Metric"), "–", "", options("recall", "precision")), d.form.Few("level", words.T("Area"), "", options("Accuracy", "Speed", "Compliance")))
	d.root = kit.NewPage(kit.VStack(theme.GapCards, kit.PageHead(shell.Requirements.Name(), "", nil, head), kit.Card(fields)))
	title, text := "Find most customers who are about to leave", "Of a hundred customers who are about to leave, the model has to find seventy, or more if the team can call them in time."
	if words.Spoken() == words.Korean {
		title, text = "떠나려는 고객을 대부분 찾아내기", "떠나려는 고객 백 명 가운데 일흔 명 이상을 모델이 찾아내야 합니다. 팀이 제때 전화할 수 있다면 더 많이 찾아도 좋습니다."
	}
	d.form.Draw(edit.Doc{ID: "r1", Fields: map[string]string{"title": title, "description": text, "kind": "recall", "level": "Accuracy"}})
	return d
}

// unwritten is an editor that keeps nothing.
type unwritten struct{}

func (unwritten) Type(_, _, _ string)                                     {}
func (unwritten) Edit(_, _, _, _ string)                                  {}
func (unwritten) Save(context.Context)                                    {}
func (unwritten) Restore(context.Context, string)                         {}
func (unwritten) Trash(context.Context, string) (title string, ok bool)   { return "", false }
func (unwritten) Resolve(_ context.Context, _, _ string, _ int, _ string) {}
