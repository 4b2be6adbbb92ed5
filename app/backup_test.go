package app_test

import (
	"bytes"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/app/archive"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// busy starts a node that holds something of everything.
func busy(t *testing.T, seed uint64) *apptest.Node {
	t.Helper()
	ada := apptest.Found(t, seed)
	ben := apptest.Join(t, seed+1, ada, "Ben", member.Contributor)
	apptest.Sessions(t, seed, 10, ada, ben)
	apptest.Settle(ada, ben)
	for _, body := range []string{"", "a model", string(make([]byte, 100_000))} {
		if _, err := ada.TestOnlyDisk().PutBlob(t.Context(), strings.NewReader(body), 1<<20); err != nil {
			t.Fatal(err)
		}
	}
	return ada
}

func TestARestoredBackupHoldsEverything(t *testing.T) {
	for name, passphrase := range map[string]string{"plain": "", "sealed": "correct horse"} {
		t.Run(name, func(t *testing.T) {
			ada := busy(t, 1)
			ada.Options.Passphrase = func() (string, error) { return passphrase, nil }
			file := ada.Backup(passphrase)
			copied := apptest.Restore(t, 2, ada, file)
			if diff := cmp.Diff(answers(t, ada), answers(t, copied), sameValue); diff != "" {
				t.Errorf("(-original +restored):\n%s", diff)
			}
			report := apptest.Do(copied, app.VerifyData, app.VerifyRequest{Deep: true})
			if len(report.Problems) > 0 || report.Blobs != 3 {
				t.Errorf("the restored folder: %+v, want 3 blobs and no problem", report)
			}
		})
	}
}

// TestARestoredBackupAndItsOriginalGoOnOnOneMachine: the device writes in both,
// in different logs, and both come together again.
func TestARestoredBackupAndItsOriginalGoOnOnOneMachine(t *testing.T) {
	ada := busy(t, 1)
	o := ada.Options
	o.Dir = filepath.Join(t.TempDir(), "restored")
	file := ada.Backup("")
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "After the backup"})
	a, err := app.Restore(t.Context(), o, file)
	if err != nil {
		t.Fatal(err)
	}
	do(t, a, app.CreateProject, app.CreateProjectRequest{Name: "In the copy"})
	apptest.Do(ada, app.CreateProject, app.CreateProjectRequest{Name: "In the original"})
	exchange(t, ada.App, a)
	if x, y := do(t, ada.App, app.GetStatus, app.StatusRequest{}), do(t, a, app.GetStatus, app.StatusRequest{}); x.StateHash != y.StateHash {
		t.Errorf("states %.8s and %.8s, want one", x.StateHash, y.StateHash)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

// exchange brings each what the other has. It fails the test at a fork.
func exchange(t *testing.T, a, b *app.App) {
	t.Helper()
	for _, way := range [][2]*app.App{{a, b}, {b, a}} {
		for _, log := range way[0].Journal().Logs() {
			if err := way[1].Journal().Receive(t.Context(), stored(t, way[0], log)); err != nil {
				t.Fatalf("receive %s: %v", log, err)
			}
		}
	}
}

// TestACopiedFolderIsNoticed copies the folder while it is closed and opens
// both, one after the other or at the same time, before either writes.
func TestACopiedFolderIsNoticed(t *testing.T) {
	for name, meanwhile := range map[string]func(original, copied *apptest.Node){
		"both open":           func(_, _ *apptest.Node) {},
		"original opens anew": func(original, _ *apptest.Node) { original.Reopen() },
		"copy opens anew":     func(_, copied *apptest.Node) { copied.Reopen() },
	} {
		t.Run(name, func(t *testing.T) {
			original := busy(t, 1)
			copied := apptest.Copy(t, original)
			for round := range 3 {
				apptest.Do(original, app.CreateProject, app.CreateProjectRequest{Name: "In the original"})
				apptest.Do(copied, app.CreateProject, app.CreateProjectRequest{Name: "In the copy"})
				meanwhile(original, copied)
				if round == 1 {
					exchange(t, original.App, copied.App)
				}
			}
			exchange(t, original.App, copied.App)
			agree(t, []*apptest.Node{original, copied})
		})
	}
}

// restoreInto tries to restore file and returns the error. Nothing may be left
// of a backup that is refused.
func restoreInto(t *testing.T, file string) (*app.App, error) {
	t.Helper()
	dir := t.TempDir()
	a, err := app.Restore(t.Context(), app.Options{
		Dir: filepath.Join(dir, "workspace"), Installs: filepath.Join(t.TempDir(), "installs"), Keys: app.KeysFile,
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return apptest.Start.AddDate(1, 0, 0) }, Rand: apptest.NewRandom(9),
		Passphrase: func() (string, error) { return "correct horse", nil },
	}, file)
	if err == nil {
		return a, nil
	}
	left, readErr := os.ReadDir(dir)
	if readErr != nil || len(left) > 0 {
		t.Errorf("left behind after a refusal: %v, %v", left, readErr)
	}
	return nil, err
}

// TestADamagedBackupIsRefusedOrHarmless cuts backups short and flips bits of
// them: either nothing is restored, or the same.
func TestADamagedBackupIsRefusedOrHarmless(t *testing.T) {
	for name, c := range map[string]struct {
		passphrase  string
		cuts, flips int
	}{
		"plain":  {"", 16, 24},
		"sealed": {"correct horse", 4, 4}, // each try costs what a passphrase is stretched by
	} {
		t.Run(name, func(t *testing.T) {
			ada := busy(t, 1)
			want := apptest.Do(ada, app.GetStatus, app.StatusRequest{}).StateHash
			file := ada.Backup(c.passphrase)
			whole, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			try := func(what string, bad []byte) {
				if err := os.WriteFile(file, bad, 0o600); err != nil {
					t.Fatal(err)
				}
				a, err := restoreInto(t, file)
				if err != nil {
					if kind := fault.KindOf(err); kind != fault.Damaged && kind != fault.Invalid && kind != fault.Newer && kind != fault.Denied {
						t.Errorf("%s: %v of kind %v, want one that says what to do", what, err, kind)
					}
					return
				}
				got := do(t, a, app.GetStatus, app.StatusRequest{})
				if got.StateHash != want || got.Device != ada.Device() {
					t.Errorf("%s: state %.8s of %s is restored, want %.8s of %s", what, got.StateHash, got.Device.Short(), want, ada.Device().Short())
				}
				if err := a.Close(); err != nil {
					t.Error(err)
				}
			}
			for i := range c.cuts {
				try("cut short", whole[:len(whole)*i/c.cuts])
			}
			random := rand.New(rand.NewPCG(1, 1))
			for range c.flips {
				at, bit := random.IntN(len(whole)), random.IntN(8)
				bad := bytes.Clone(whole)
				bad[at] ^= 1 << bit
				try("a bit flipped", bad)
			}
		})
	}
}

// TestABackupWithAnotherDevicesKeyIsRefused: the restored device would be a
// stranger to its own workspace.
func TestABackupWithAnotherDevicesKeyIsRefused(t *testing.T) {
	for _, seed := range [][]byte{nil, make([]byte, 5), make([]byte, 32)} {
		var file bytes.Buffer
		w, err := archive.NewWriter(&file, "", archive.Manifest{Workspace: id.Workspace{1}, Device: id.Device{2}}, archive.Keys{DeviceSeed: seed})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "forged")
		if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := restoreInto(t, path); fault.KindOf(err) != fault.Invalid {
			t.Errorf("with a seed of %d bytes: %v, want a fault Invalid", len(seed), err)
		}
	}
}

// TestABackupMadeAfterARemovalCanBeRestored: it holds batches that are void.
func TestABackupMadeAfterARemovalCanBeRestored(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: "Stays"})
	apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: "Is void"})
	ada.Pull(ben)
	var cut []oplog.Dep
	for log := range ada.Journal().Heads() {
		if log.Device == ben.Device().Short() {
			h, err := oplog.ReadHeader(ada.Batches(log, 0)[0])
			if err != nil {
				t.Fatal(err)
			}
			cut = append(cut, oplog.Dep{Log: log, Next: h.End()})
		}
	}
	if err := ada.Journal().Act(t.Context(), member.RemoveDevice{Device: ben.Device(), Cut: cut}); err != nil {
		t.Fatal(err)
	}
	if projects := apptest.Do(ada, app.ListProjects, app.ListProjectsRequest{}); len(projects) != 1 || projects[0].Name != "Stays" {
		t.Errorf("projects = %+v, want the one before the cut", projects)
	}
	agree(t, []*apptest.Node{ada, apptest.Restore(t, 3, ada, ada.Backup(""))})
}

// TestABackupWithChangesThatWaitCanBeRestoredWhenTheyAreDue: its state is then
// another than when it was made.
func TestABackupWithChangesThatWaitCanBeRestoredWhenTheyAreDue(t *testing.T) {
	ada := apptest.Found(t, 1)
	ben := apptest.Join(t, 2, ada, "Ben", member.Contributor)
	ben.Clock.Advance(time.Hour)
	apptest.Do(ben, app.CreateProject, app.CreateProjectRequest{Name: "An hour ahead"})
	ada.Pull(ben)
	waiting := apptest.Do(ada, app.GetStatus, app.StatusRequest{}).Waiting
	if len(waiting) != 1 || waiting[0].Reason != "future" || waiting[0].Person != "Ben" {
		t.Errorf("waiting = %+v, want Ben's change from the future", waiting)
	}
	file := ada.Backup("")
	ada.Clock.Advance(time.Hour)
	agree(t, []*apptest.Node{ada, apptest.Restore(t, 3, ada, file)})
}
