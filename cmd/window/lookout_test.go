package window

import (
	"testing"
	"time"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/app/apptest"
	"cairn/app/network"
	"cairn/core/member"
	"cairn/ui/kit"
	"cairn/ui/presence"
)

// TestAnotherProcessTellsWhereThePersonIs has one hold the folder, and a teammate's
// device hear through it.
func TestAnotherProcessTellsWhereThePersonIs(t *testing.T) {
	s, n := held(t)
	project, err := s.CreateProject(t.Context(), "Churn", "")
	if err != nil {
		t.Fatal(err)
	}
	other := apptest.Join(t, 5, n, "Jisoo", member.Contributor)
	how := network.Options{Listen: "127.0.0.1:0", Quiet: true}
	for _, node := range []*apptest.Node{n, other} {
		if err := node.Sync(how); err != nil {
			t.Fatal(err)
		}
	}
	if err := other.Network().Add(n.Network().State().Listening[0]); err != nil {
		t.Fatal(err)
	}
	server, err := node.Serve(t.Context(), n.App, "127.0.0.1:0", n.Options.Log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close(t.Context()) })
	beside := &session{opts: s.opts}
	if err := beside.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	var crew kit.Crew
	l := &lookout{session: beside, crew: &crew}
	for _, caret := range []int{3, 5, 7} { // the latest counts
		if err := l.Say(t.Context(), presence.Place{Document: project, Field: "summary", Caret: caret}); err != nil {
			t.Error(err)
		}
	}
	crew.Wait()
	theirs := &lookout{session: &session{opts: other.Options, app: other.App}, crew: &crew}
	late := time.After(30 * time.Second)
	for {
		signal := other.PresenceChanged()
		theirs.look(t.Context())
		if here := theirs.Here(); len(here) == 1 && here[0].Name == "Ada" && here[0].Document == project && here[0].Field == "summary" && here[0].Caret == 7 {
			break
		}
		n.Clock.Advance(time.Second) // or it is too early to say more
		select {
		case <-signal:
		case <-late:
			t.Fatalf("here: %+v", theirs.Here())
		}
	}
	if got, err := do(t.Context(), beside, app.ListPresence, app.ListPresenceRequest{}); err != nil || len(got) != 0 {
		t.Errorf("itself is here: %+v, %v", got, err)
	}
}
