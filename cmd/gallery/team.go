package main

import (
	"context"

	"fyne.io/fyne/v2"

	"cairn/core/fault"
	"cairn/ui/conflicts"
	"cairn/ui/kit"
	"cairn/ui/shell"
	"cairn/ui/team"
	"cairn/ui/team/teamtest"
	"cairn/ui/words"
)

// teamStates are what the page of the team can show.
var teamStates = []state{
	{name: "team", show: onTeam(teamtest.Three, nil), made: true, all: true},
	{name: "team-full", show: onTeam(teamtest.Twelve, nil), made: true, all: true},
	{name: "team-alone", show: onTeam(teamtest.Alone, nil), made: true},
	{name: "team-receiving", show: onTeam(teamtest.Receiving, nil), made: true, all: true},
	{name: "team-offline", show: onTeam(teamtest.Offline, nil), made: true, all: true},
	{name: "team-viewer", show: onTeam(viewer, nil), made: true},
	{name: "team-broken", show: onTeam(broken, nil), made: true},
	{name: "team-invite", show: onTeam(teamtest.Three, func(s *stage, _ *teamtest.Team, _ *team.Presenter) { s.press(words.T("Invite")) }), made: true, all: true},
	{name: "team-link", show: onTeam(teamtest.Three, func(s *stage, _ *teamtest.Team, _ *team.Presenter) {
		s.press(words.T("Invite"))
		s.press(words.T("Make the link"))
	}), made: true, all: true},
	{name: "team-joined", show: onTeam(teamtest.Three, func(s *stage, t *teamtest.Team, p *team.Presenter) {
		s.press(words.T("Invite"))
		s.press(words.T("Make the link"))
		t.Become("i9", team.Invite{State: team.Used, UsedBy: teamtest.Names[string(words.Spoken())][3]})
		p.Load(context.Background())
	}), made: true, all: true},
	{name: "team-laptop", show: onTeam(teamtest.Three, func(s *stage, _ *teamtest.Team, _ *team.Presenter) { s.press(words.T("Add another laptop of mine")) }), made: true},
	{name: "team-address", show: onTeam(teamtest.Three, func(s *stage, _ *teamtest.Team, _ *team.Presenter) {
		s.press(words.T("Add an address"))
		s.write("", "192.168.1.20 5758")
		s.press(words.T("Add"))
	}), made: true, all: true},
	{name: "team-remove", show: onTeam(teamtest.Three, func(s *stage, _ *teamtest.Team, _ *team.Presenter) {
		s.more(teamtest.Names[string(words.Spoken())][1])
		s.choose(words.T("Remove from the workspace…"))
	}), made: true, all: true},
	{name: "team-right", show: onTeam(teamtest.Three, func(s *stage, _ *teamtest.Team, _ *team.Presenter) { s.press(words.T("Contributor")) }), made: true, all: true},
}

// waiting is what waits for a decision meanwhile.
func waiting() shell.Reviews {
	p := conflicts.NewPresenter(teamtest.NewRivals(string(words.Spoken())), nil, teamtest.Now)
	p.Load(context.Background())
	return conflicts.Line(p)
}

// viewer is a team in which this person may only read.
func viewer(language string) *teamtest.Team {
	t := teamtest.Twelve(language)
	t.Members[0].Right, t.Members[1].Right = team.Viewer, team.Admin
	t.Invites = nil
	t.LAN = team.LAN{Reason: words.T("It is switched off on this laptop.")}
	t.Relay.State = team.RelayDown
	return t
}

func broken(language string) *teamtest.Team {
	t := teamtest.Three(language)
	t.Broken = fault.New(fault.Offline, "The program that holds the workspace has ended.", "Open the window again.")
	return t
}

// onTeam shows the page of a team after something was done on it.
func onTeam(made func(language string) *teamtest.Team, then func(*stage, *teamtest.Team, *team.Presenter)) func(*stage) {
	return func(s *stage) {
		t := made(string(words.Spoken()))
		p := team.NewPresenter(t, t.Deeds(), teamtest.Now)
		p.Load(context.Background())
		s.framed(shell.TeamSync, team.Line(p), waiting(), func(f *frame, head kit.Head) shell.Content {
			return team.NewScreen(context.Background(), p, &f.crew, f.toasts, head)
		})
		if then != nil {
			s.canvas.Resize(fyne.NewSize(1280, 800))
			then(s, t, p)
		}
	}
}
