package shell_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"cairn/core/fault"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/observe"
	"cairn/ui/saving"
	"cairn/ui/shell"
)

// line is a team, and what waits for a decision, in memory.
type line struct{ state observe.Value[shell.Sync] }

func (l *line) Sync() shell.Sync                { return l.state.Get() }
func (l *line) Decisions() int                  { return l.state.Get().Laptops }
func (l *line) Watch(changed func()) (s func()) { return l.state.Watch(changed) }

func TestTheFootTellsTheTruth(t *testing.T) {
	p := shell.NewPresenter(two(), settings{"page": "value", "project": "a"}, &saving.Line{})
	defer p.Close()
	team := &line{}
	p.Follow(team)
	p.Load(t.Context())
	w, _, _ := open(t, p)
	for _, tt := range []struct {
		sync       shell.Sync
		text, more string
	}{
		{shell.Sync{}, "Saved", "On this device"},
		{shell.Sync{Laptops: 2, Level: 2}, "Saved · in sync with 2", "Everyone is up to date"},
		{shell.Sync{Laptops: 2, Level: 1, Away: 1}, "Saved · 1 laptop away", "In sync with 1"},
		{shell.Sync{Laptops: 3, Away: 3}, "Saved · 3 laptops away", "On this device"},
		{shell.Sync{Laptops: 2, Away: 2, Offline: true}, "Offline — saved here", "Goes out when others are there"},
		{shell.Sync{Laptops: 2, Level: 1, Behind: 1204}, "Saved · receiving", "1,204 changes to come"},
		{shell.Sync{Laptops: 2, Level: 1, Behind: 1}, "Saved · receiving", "1 change to come"},
		{shell.Sync{Laptops: 2, Level: 1, Ahead: 1}, "Saved · sending", "1 change to go"},
		{shell.Sync{Laptops: 2, Level: 1, Ahead: 3}, "Saved · sending", "3 changes to go"},
		{shell.Sync{Laptops: 2, Level: 1}, "Saved · comparing", "In sync with 1 of 2"},
	} {
		team.state.Set(tt.sync)
		if !kittest.Says(w.Content(), tt.text) || !kittest.Says(w.Content(), tt.more) {
			t.Errorf("%+v: the foot does not say %q and %q", tt.sync, tt.text, tt.more)
		}
	}
}

func TestWhatIsWrongHereComesFirst(t *testing.T) {
	saved := &saving.Line{}
	p := shell.NewPresenter(two(), settings{"page": "value", "project": "a"}, saved)
	defer p.Close()
	team := &line{}
	team.state.Set(shell.Sync{Laptops: 2, Level: 2})
	p.Follow(team)
	p.Load(t.Context())
	w, _, _ := open(t, p)
	saved.Done("x", fault.New(fault.Full, "The disk is full.", "Make room."))
	if !kittest.Says(w.Content(), "Not saved") || !kittest.Says(w.Content(), "The disk is full.") {
		t.Error("the foot does not say that nothing is saved")
	}
}

func TestTheFootLeadsToTheTeam(t *testing.T) {
	p := shell.NewPresenter(two(), settings{"page": "value", "project": "a"}, &saving.Line{})
	defer p.Close()
	team := &line{}
	team.state.Set(shell.Sync{Laptops: 3, Level: 3})
	p.Follow(team)
	p.FollowReviews(team)
	p.Load(t.Context())
	w, _, _ := open(t, p)
	if !kittest.Says(w.Content(), "Team and sync") || !kittest.Says(w.Content(), "Reviews") || !kittest.Says(w.Content(), "3") {
		t.Error("the side bar has no pages of the team, or does not count what waits")
	}
	for _, o := range kittest.Find[*kit.Plain](w.Content()) {
		if kittest.Says(o, "Saved · in sync with 3") {
			test.Tap(o)
		}
	}
	if got, want := p.State.Get().Route, (shell.Route{Page: shell.TeamSync, Project: "a"}); got != want {
		t.Errorf("the foot leads to %+v", got)
	}
	kittest.LooksLike(t, "team.png", w.Canvas().Capture())
}

func TestWithoutSyncThereIsNoTeamToGoTo(t *testing.T) {
	p := shell.NewPresenter(two(), settings{"page": "value", "project": "a"}, &saving.Line{})
	defer p.Close()
	p.Load(t.Context())
	w, s, _ := open(t, p)
	s.Palette()
	crew.Wait()
	for _, page := range []string{"Team and sync", "Reviews"} {
		if kittest.Says(w.Content(), page) || kittest.Says(w.Canvas().Overlays().Top(), page) {
			t.Errorf("%s is offered", page)
		}
	}
}

func TestTheTeamIsThereBeforeAnyProject(t *testing.T) {
	p := shell.NewPresenter(&store{}, settings{"page": "team"}, &saving.Line{})
	defer p.Close()
	team := &line{}
	p.Follow(team)
	p.Load(t.Context())
	w, _, built := open(t, p)
	if p.State.Get().Route.Page != shell.TeamSync || len(*built) != 1 || !kittest.Says(w.Content(), "Team and sync") || kittest.Says(w.Content(), "Activity") {
		t.Errorf("built %+v", *built)
	}
}
