package main

import (
	"context"

	"cairn/core/fault"
	"cairn/ui/conflicts"
	"cairn/ui/kit"
	"cairn/ui/shell"
	"cairn/ui/team"
	"cairn/ui/team/teamtest"
	"cairn/ui/undo"
	"cairn/ui/words"
)

// conflictStates are what the page of decisions can show.
var conflictStates = []state{
	{name: "reviews", show: deciding(nil, nil), made: true, all: true},
	{name: "reviews-text", show: deciding(nil, func(_ *stage, p *conflicts.Presenter) { p.Select("c1/problem") }), made: true, all: true},
	{name: "reviews-merge", show: deciding(nil, func(_ *stage, p *conflicts.Presenter) { p.Select("c1/problem"); p.Write() }), made: true, all: true},
	{name: "reviews-three", show: deciding(nil, func(_ *stage, p *conflicts.Presenter) { p.Select("m1/direction"); p.Write() }), made: true, all: true},
	{name: "reviews-settled", show: deciding(nil, func(s *stage, p *conflicts.Presenter) {
		s.press(words.T("Use what %s wrote", teamtest.Names[string(words.Spoken())][1]))
	}), made: true},
	{name: "reviews-none", show: deciding(func(r *teamtest.Rivals) { r.List = nil }, nil), made: true, all: true},
	{name: "reviews-viewer", show: deciding(func(r *teamtest.Rivals) {
		for i := range r.List {
			r.List[i].ReadOnly = true
		}
	}, nil), made: true},
	{name: "reviews-broken", show: deciding(func(r *teamtest.Rivals) {
		r.Broken = fault.New(fault.Offline, "The program that holds the workspace has ended.", "Open the window again.")
	}, nil), made: true},
}

// deciding shows the page with what people wrote apart.
func deciding(set func(*teamtest.Rivals), then func(*stage, *conflicts.Presenter)) func(*stage) {
	return func(s *stage) {
		language := string(words.Spoken())
		r, t := teamtest.NewRivals(language), teamtest.Three(language)
		if set != nil {
			set(r)
		}
		p := conflicts.NewPresenter(r, &undo.Past{}, teamtest.Now)
		p.Load(context.Background())
		others := team.NewPresenter(t, t.Deeds(), teamtest.Now)
		others.Load(context.Background())
		s.framed(shell.Reviewing, team.Line(others), conflicts.Line(p), func(f *frame, head kit.Head) shell.Content {
			return conflicts.NewScreen(p, conflicts.Window{Ctx: context.Background(), Crew: &f.crew, Toasts: f.toasts, Open: func(string, string, string) {}, Undo: func() {}}, head)
		})
		if then != nil {
			then(s, p)
		}
	}
}
