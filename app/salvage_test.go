package app_test

import (
	"os"
	"path/filepath"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
)

// TestSalvageKeepsWhatIsReadable damages one file of the database, which the
// folder then refuses to open with, and expects all that stands elsewhere.
func TestSalvageKeepsWhatIsReadable(t *testing.T) {
	n := apptest.Found(t, 1)
	for range 20 {
		apptest.Do(n, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	}
	n.Reopen() // what was in memory goes into files
	for range 20 {
		apptest.Do(n, app.CreateProject, app.CreateProjectRequest{Name: "Fraud"})
	}
	before := apptest.Do(n, app.GetStatus, app.StatusRequest{})
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob(filepath.Join(n.Options.Dir, "db", "*.sst"))
	if err != nil || len(tables) == 0 {
		t.Fatalf("tables of the database: %v, %v", tables, err)
	}
	flip(t, tables[len(tables)-1])
	if _, err := app.Open(t.Context(), n.Options); fault.KindOf(err) != fault.Damaged {
		t.Fatalf("open the damaged folder: %v, want a fault of damage", err)
	}

	into := n.Options
	into.Dir = filepath.Join(t.TempDir(), "salvaged")
	a, report, err := app.Salvage(t.Context(), into, n.Options.Dir)
	if err != nil {
		t.Fatalf("salvage: %v", err)
	}
	n.App, n.Options = a, into // to be closed by the test
	after := apptest.Do(n, app.GetStatus, app.StatusRequest{})
	if after.Workspace.ID != before.Workspace.ID || after.Device != before.Device {
		t.Errorf("salvaged %v on %v, want %v on %v", after.Workspace.ID, after.Device, before.Workspace.ID, before.Device)
	}
	if len(report.Problems) == 0 {
		t.Error("the damaged file is not reported")
	}
	if report.Batches == 0 {
		t.Error("no batch was salvaged")
	}
	if got := apptest.Do(n, app.VerifyData, app.VerifyRequest{Deep: true}); len(got.Problems) > 0 {
		t.Errorf("the salvaged folder: %+v", got.Problems)
	}
	apptest.Do(n, app.CreateProject, app.CreateProjectRequest{Name: "Goes on"})
}

// flip inverts a byte in the first quarter of a file, where its data are.
func flip(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/8] ^= 0xff
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
