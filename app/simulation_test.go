package app_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/doc"
	"cairn/core/member"
)

var (
	simSeed  = flag.Uint64("sim.seed", 1, "the first seed of the simulations")
	simSeeds = flag.Uint64("sim.seeds", 8, "how many seeds the simulations play")
)

const (
	sessionsPerSeed = 60
	// nodesMost bounds how many restored backups join in.
	nodesMost = 5
)

// TestTeamSimulation plays a team at work: people edit on three devices whose
// batches reach each other in any order, processes are killed, clocks jump by
// an hour, and backups are restored beside the original, which goes on too. In
// the end all hold the same, and so does what each folds anew from its logs.
func TestTeamSimulation(t *testing.T) {
	for seed := *simSeed; seed < *simSeed+*simSeeds; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { simulate(t, seed, sessionsPerSeed) })
	}
}

// TestTeamSimulationOfAThousandSessions is one long run.
func TestTeamSimulationOfAThousandSessions(t *testing.T) {
	simulate(t, *simSeed, 1000)
}

// simulate plays one seed.
func simulate(t *testing.T, seed uint64, sessions int) {
	t.Helper()
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("replay: go test ./app -run '^%s$' -sim.seed=%d -sim.seeds=1", t.Name(), seed)
		}
	})
	random := rand.New(rand.NewPCG(seed, 2))
	nodes := team(t, random)
	var back time.Duration // how far clocks were set back, so how far stamps may be ahead
	for left := sessions; left > 0; {
		some := min(left, 1+random.IntN(12))
		left -= some
		apptest.Sessions(t, random.Uint64(), some, nodes...)
		n := nodes[random.IntN(len(nodes))]
		switch random.IntN(8) {
		case 0, 1:
			n.Reopen()
		case 2, 3:
			n.Crash()
		case 4:
			n.Clock.Advance(time.Hour)
		case 5:
			n.Clock.Advance(-time.Hour)
			back += time.Hour
		case 6:
			if len(nodes) < nodesMost {
				nodes = append(nodes, apptest.Restore(t, random.Uint64(), n, n.Backup("")))
			}
		}
	}
	for _, n := range nodes {
		n.Clock.Advance(back)
	}
	apptest.Settle(nodes...)
	want := agree(t, nodes)
	for _, n := range nodes {
		if err := n.Journal().Rebuild(t.Context()); err != nil {
			t.Fatalf("rebuild: %v", err)
		}
		if diff := cmp.Diff(want, answers(t, n), sameValue); diff != "" {
			t.Errorf("rebuilt and live differ (-live +rebuilt):\n%s", diff)
		}
		n.Reopen()
		if diff := cmp.Diff(want, answers(t, n), sameValue); diff != "" {
			t.Errorf("reopened and live differ (-live +reopened):\n%s", diff)
		}
	}
}

// team starts three devices that know each other.
func team(t *testing.T, random *rand.Rand) []*apptest.Node {
	t.Helper()
	ada := apptest.Found(t, random.Uint64())
	ben := apptest.Join(t, random.Uint64(), ada, "Ben", member.Contributor)
	eun := apptest.Join(t, random.Uint64(), ada, "은지", member.Contributor)
	ben.Pull(ada)
	return []*apptest.Node{ada, ben, eun}
}

// agree fails the test unless every node holds the same and is sound, and
// returns what they hold.
func agree(t *testing.T, nodes []*apptest.Node) everything {
	t.Helper()
	want := answers(t, nodes[0])
	for i, n := range nodes {
		who := fmt.Sprintf("node %d (%s)", i, n.Device().Short())
		status := apptest.Do(n, app.GetStatus, app.StatusRequest{})
		if len(status.Waiting) > 0 {
			t.Errorf("%s still waits: %+v", who, status.Waiting)
		}
		if diff := cmp.Diff(want, answers(t, n), sameValue); diff != "" {
			t.Errorf("%s and the first node differ (-first +this):\n%s", who, diff)
		}
		report := apptest.Do(n, app.VerifyData, app.VerifyRequest{Deep: true})
		if len(report.Problems) > 0 {
			t.Errorf("%s: %+v", who, report.Problems)
		}
	}
	return want
}

var sameValue = cmp.Comparer(func(a, b doc.Value) bool { return a == b })

// everything is what can be asked of a workspace.
type everything struct {
	StateHash string
	Documents int
	Logs      int
	Rows      map[string][]app.DocRow // by kind, "trash of" before those in the trash
	Conflicts []app.Doc
	Projects  []app.Project
}

func answers(t *testing.T, n *apptest.Node) everything {
	t.Helper()
	status := apptest.Do(n, app.GetStatus, app.StatusRequest{})
	all := everything{
		StateHash: status.StateHash, Documents: status.Documents, Logs: status.Logs,
		Rows:      map[string][]app.DocRow{},
		Conflicts: apptest.Do(n, app.ListConflicts, app.ConflictsRequest{}),
		Projects:  apptest.Do(n, app.ListProjects, app.ListProjectsRequest{}),
	}
	for _, kind := range apptest.Do(n, app.ListKinds, app.ListKindsRequest{}) {
		for name, trashed := range map[string]bool{kind.Name: false, "trash of " + kind.Name: true} {
			for after := ""; ; {
				page := apptest.Do(n, app.ListDocs, app.ListDocsRequest{Kind: kind.Name, Trashed: trashed, After: after})
				all.Rows[name] = append(all.Rows[name], page.Documents...)
				if after = page.Next; after == "" {
					break
				}
			}
		}
	}
	return all
}
