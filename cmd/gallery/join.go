package main

import (
	"context"

	"cairn/core/fault"
	"cairn/ui/join"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/team/teamtest"
	"cairn/ui/welcome"
	"cairn/ui/words"
)

// joinStates are what the page can show on which somebody joins.
var joinStates = []state{
	{name: "welcome-join", show: greeted, made: true, all: true},
	{name: "join", show: joining(nil, nil, false), made: true, all: true},
	{name: "join-link", show: joining(nil, nil, true), made: true, all: true},
	{name: "join-laptop", show: joining(func(d *teamtest.Door) { d.Invitation.Further = true }, nil, true), made: true},
	{name: "join-wrong", show: joining(func(d *teamtest.Door) { d.Wrong = &join.WayError{Why: join.Cut} }, nil, true), made: true, all: true},
	{name: "join-finding", show: joining(nil, halfway(0), true), made: true},
	{name: "join-receiving", show: joining(nil, halfway(2), true), made: true, all: true},
	{name: "join-waiting", show: joining(nil, func(p *join.Presenter, d *teamtest.Door) { d.Stays = true; hang(p, d, true) }, true), made: true},
	{name: "join-unreachable", show: joining(nil, ends(join.Unreachable, 0), true), made: true, all: true},
	{name: "join-broken", show: joining(nil, ends(join.Broken, 2), true), made: true},
	{name: "join-expired", show: joining(nil, ends(join.Expired, 1), true), made: true, all: true},
}

// wayIn is what is told on the way into a workspace.
var wayIn = []join.Progress{{Step: join.Finding}, {Step: join.Asking}, {Step: join.Receiving, Done: 12_000, Total: 40_000}}

// halfway is on the way, at the nth step.
func halfway(n int) func(*join.Presenter, *teamtest.Door) {
	return func(p *join.Presenter, d *teamtest.Door) {
		d.Way, d.Stays = wayIn[:n+1], true
		hang(p, d, false)
	}
}

// hang joins until all is told that there is.
func hang(p *join.Presenter, d *teamtest.Door, patient bool) {
	reached := d.Reached
	go p.Join(context.Background(), patient)
	<-reached
}

// ends fails at the nth step.
func ends(why join.Why, n int) func(*join.Presenter, *teamtest.Door) {
	return func(p *join.Presenter, d *teamtest.Door) {
		d.Way, d.Fails = wayIn[:n+1], &join.WayError{Why: why}
		p.Join(context.Background(), false)
	}
}

// joining shows the page with a link pasted or not, after something has happened.
func joining(set func(*teamtest.Door), then func(*join.Presenter, *teamtest.Door), pasted bool) func(*stage) {
	return func(s *stage) {
		language := string(words.Spoken())
		f, d := s.bare(), teamtest.NewDoor(language)
		if set != nil {
			set(d)
		}
		p := join.NewPresenter(d, "", teamtest.LaptopOf(language, teamtest.Names[language][3]), teamtest.Now)
		if pasted {
			p.Paste(teamtest.Link("", 0).Text)
			p.Type(teamtest.Names[language][3], teamtest.LaptopOf(language, teamtest.Names[language][3]))
		}
		screen := join.NewScreen(context.Background(), p, &f.crew, func() {})
		f.show(screen.Object())
		if !pasted {
			screen.Focus(f.canvas)
		}
		if then != nil {
			then(p, d)
		}
	}
}

// greeted is the first start, which offers to join.
func greeted(s *stage) {
	f := s.bare()
	p := welcome.NewPresenter(nil, "/home/minji/.local/share/cairn", fault.New(fault.NotFound, "", ""))
	screen := welcome.NewScreen(context.Background(), p, &f.crew, func(words.Language) {})
	screen.OfferJoin(func() {})
	f.show(screen.Object())
	kittest.Find[*kit.Entry](screen.Object())[0].SetText("")
}
