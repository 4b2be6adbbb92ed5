package app_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/app/network"
	"cairn/core/member"
)

// online has a node reach others over this machine, by its clock.
func online(t *testing.T, n *apptest.Node, others ...*apptest.Node) {
	t.Helper()
	n.Options.Now = time.Now
	n.Reopen()
	if err := n.Sync(network.Options{Listen: "127.0.0.1:0", Quiet: true}); err != nil {
		t.Fatal(err)
	}
	for _, other := range others {
		if err := n.Network().Met(other.Device(), other.Network().State().Listening); err != nil {
			t.Fatal(err)
		}
	}
}

// comes waits until nodes have projects of all names.
func comes(t *testing.T, names []string, nodes ...*apptest.Node) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for _, n := range nodes {
		for {
			changed, grown := n.Network().Changed(), n.Journal().Grown()
			missing := map[string]bool{}
			for _, name := range names {
				missing[name] = true
			}
			for _, p := range apptest.Do(n, app.ListProjects, app.ListProjectsRequest{}) {
				delete(missing, p.Name)
			}
			if len(missing) == 0 {
				break
			}
			select {
			case <-ctx.Done():
				t.Fatalf("%v have not come: %+v", missing, n.Network().State().Peers)
			case <-changed:
			case <-grown:
			}
		}
	}
}

// A device that is put back to an older state without noticing writes a second
// history under the name of its log. Whoever holds the first finds out, and
// both go by what is common; the device writes the rest again, and goes on.
func TestAForkIsFoundAndMendedOverTheNetwork(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: "Old"})
	online(t, ada)
	if err := ben.Close(); err != nil {
		t.Fatal(err)
	}
	home, kept := filepath.Dir(ben.Options.Dir), filepath.Join(t.TempDir(), "kept")
	if err := os.CopyFS(kept, os.DirFS(home)); err != nil {
		t.Fatal(err)
	}
	ben.Reopen()
	online(t, ben, ada)
	for _, name := range []string{"First", "And", "More"} {
		apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: name})
	}
	comes(t, []string{"Old", "First", "And", "More"}, ada)

	if err := ben.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(home); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(home, os.DirFS(kept)); err != nil {
		t.Fatal(err)
	}
	ben.Reopen()
	apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: "Second"})
	apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: "Third"})
	online(t, ben, ada)
	comes(t, []string{"Old", "First", "And", "More", "Second", "Third"}, ada, ben)
	apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: "Fourth"})
	comes(t, []string{"Fourth"}, ada)

	// Who opens the folder again knows of the fork.
	online(t, ada)
	if forks := ada.Journal().Forks(); len(forks) != 1 {
		t.Errorf("Ada knows of the forks %v, want one", forks)
	}
	online(t, ben, ada)
	apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: "Fifth"})
	comes(t, []string{"Old", "First", "Second", "Third", "Fourth", "Fifth"}, ada, ben)
}

// TestANetworkThatWasClosedBeginsAnew has a teammate write while it is closed.
func TestANetworkThatWasClosedBeginsAnew(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	online(t, ada)
	online(t, ben, ada)
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "First"})
	comes(t, []string{"First"}, ben)
	if err := ben.Network().Close(); err != nil {
		t.Fatal(err)
	}
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "Second"})
	if err := ben.Sync(network.Options{Listen: "127.0.0.1:0", Quiet: true}); err != nil {
		t.Fatal(err)
	}
	comes(t, []string{"Second"}, ben)
}
