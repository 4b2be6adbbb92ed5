package demo_test

import (
	"crypto/rand"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/demo"
	"cairn/core/lifecycle"
	"cairn/core/noun"
)

// now is a Wednesday morning.
var now = time.Date(2026, 3, 18, 8, 30, 0, 0, time.FixedZone("KST", 9*60*60))

// options returns how a demo is made whose temporary files have a folder of
// their own.
func options(t *testing.T) app.Options {
	t.Helper()
	temp := filepath.Join(t.TempDir(), "temp")
	if err := os.Mkdir(temp, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	return app.Options{
		Dir: filepath.Join(t.TempDir(), "cairn-demo"), Installs: filepath.Join(t.TempDir(), "installs"),
		Now: func() time.Time { return now }, Rand: rand.Reader, Keys: app.KeysFile,
	}
}

func guest(language string) demo.Guest {
	return demo.Guest{Person: "Ada Lovelace", Roles: []string{"data scientist"}, Language: language, Seed: 1}
}

func made(t *testing.T, o app.Options, g demo.Guest) demo.Made {
	t.Helper()
	m, err := demo.Make(t.Context(), o, g)
	if err != nil {
		t.Fatalf("make the demo: %v", err)
	}
	t.Cleanup(func() {
		if err := m.App.Close(); err != nil {
			t.Errorf("close the demo: %v", err)
		}
	})
	return m
}

func do[Req, Resp any](t *testing.T, m demo.Made, call app.Call[Req, Resp], req Req) Resp {
	t.Helper()
	resp, err := call.Do(t.Context(), m.App, req)
	if err != nil {
		t.Fatalf("%s %+v: %v", call.Name, req, err)
	}
	return resp
}

func TestDemo(t *testing.T) {
	for _, language := range demo.Languages {
		t.Run(language, func(t *testing.T) {
			m := made(t, options(t), guest(language))
			t.Run("every page has something to show", func(t *testing.T) { everyPage(t, m) })
			t.Run("the charter is filled in", func(t *testing.T) { charter(t, m) })
			t.Run("the value is what the talk says", func(t *testing.T) { value(t, m, language) })
			t.Run("one conflict is settled and one waits", func(t *testing.T) { conflicts(t, m) })
			t.Run("the board flags the one metric that nothing is linked to", func(t *testing.T) { board(t, m) })
			t.Run("one worksheet is filled in and one begun", func(t *testing.T) { worksheets(t, m) })
			t.Run("talks wait for the guest", func(t *testing.T) { talks(t, m) })
			t.Run("every page stands otherwise", func(t *testing.T) { readiness(t, m) })
			t.Run("everything is as it was written", func(t *testing.T) { whole(t, m) })
			t.Run("the guest can end the phase", func(t *testing.T) { ends(t, m) })
		})
	}
}

func everyPage(t *testing.T, m demo.Made) {
	t.Helper()
	for kind, least := range map[string]int{
		"charter": 1, "value_model": 1, "requirement": 10, "key_metric": 12, "data_source": 4, "expectation": 16,
		"responsibility": 5, "comment": 15,
	} {
		if page := do(t, m, app.ListDocs, app.ListDocsRequest{Kind: kind, Project: m.Project.String()}); page.Total < least {
			t.Errorf("%d documents of kind %s, want %d or more", page.Total, kind, least)
		}
	}
	if people := do(t, m, app.ListDocs, app.ListDocsRequest{Kind: "person"}); people.Total != 6 {
		t.Errorf("%d people, want the five and the guest", people.Total)
	}
}

func charter(t *testing.T, m demo.Made) {
	t.Helper()
	page := do(t, m, app.ListDocs, app.ListDocsRequest{Kind: "charter", Project: m.Project.String()})
	for _, f := range noun.Charters.Fields {
		if v := page.Documents[0].Fields[f.Name]; v.IsNull() {
			t.Errorf("the charter says nothing about %s", f.Name)
		}
	}
}

func value(t *testing.T, m demo.Made, language string) {
	t.Helper()
	want, unit := 2160.0, "USD/month"
	if language == "ko" {
		want, unit = 2_160_000, "KRW/month"
	}
	e := do(t, m, app.EstimateValue, app.EstimateValueRequest{Project: m.Project.String(), Samples: 1000})
	if math.Abs(e.Expected-want) > want*1e-9 || e.Unit != unit {
		t.Errorf("the estimate is %g %s, want %g %s", e.Expected, e.Unit, want, unit)
	}
	for precision, said := range map[string]float64{"0.4": 1960, "0.6": 2293} {
		e := do(t, m, app.EstimateValue, app.EstimateValueRequest{Project: m.Project.String(), Samples: 1000, Set: map[string]string{"precision": precision}})
		if dollars := e.Expected * 2160 / want; math.Round(dollars) != said {
			t.Errorf("at a precision of %s the value is $%g, and in the talk $%g", precision, dollars, said)
		}
	}
}

func conflicts(t *testing.T, m demo.Made) {
	t.Helper()
	open := do(t, m, app.ListConflicts, app.ConflictsRequest{Project: m.Project.String()})
	if len(open) != 1 || len(open[0].Conflicts) != 1 {
		t.Fatalf("open conflicts: %+v, want the one over the precision", open)
	}
	got := ""
	for _, v := range open[0].Conflicts["threshold"] {
		got += v.Value.String() + " "
	}
	if got != "40 60 " {
		t.Errorf("the values in conflict are %q, want the expert's and the stakeholder's", got)
	}
	gates := do(t, m, app.ListGates, app.GatesRequest{Project: m.Project.String()})
	if len(gates.Gates) != 7 || len(gates.Notes) > 0 {
		t.Errorf("%d gates and notes %q, want 7 and none", len(gates.Gates), gates.Notes)
	}
	for _, g := range gates.Gates {
		if g.Metric == "recall" && (*g.Threshold != 80 || len(g.Disputed) > 0) {
			t.Errorf("the gate for recall is %+v, want the 80 %% that was settled", g)
		}
		if g.Owner == "" {
			t.Errorf("nobody owns %s", g.Title)
		}
	}
}

func board(t *testing.T, m demo.Made) {
	t.Helper()
	board := do(t, m, app.ShowBoard, app.BoardRequest{Project: m.Project.String()})
	flags := 0
	for _, c := range board.Columns {
		if c.Column == "" || len(c.Metrics) == 0 {
			t.Errorf("the column %q has %d metrics", c.Column, len(c.Metrics))
		}
		for _, metric := range c.Metrics {
			flags += len(metric.Flags)
		}
	}
	for _, r := range board.Requirements {
		for _, f := range r.Flags {
			t.Errorf("%s: %s", r.Title, f.Sentence)
		}
	}
	if flags != 1 {
		t.Errorf("%d flags on metrics, want that of the recommendation score alone", flags)
	}
}

func whole(t *testing.T, m demo.Made) {
	t.Helper()
	report := do(t, m, app.VerifyData, app.VerifyRequest{Deep: true})
	if len(report.Problems) > 0 {
		t.Errorf("verify --deep finds %+v", report.Problems)
	}
	status := do(t, m, app.GetStatus, app.StatusRequest{})
	if status.Person.Name != "Ada Lovelace" || status.Person.Right != "admin" || len(status.Waiting) > 0 {
		t.Errorf("the guest is %+v and %+v waits, want an admin for whom nothing waits", status.Person, status.Waiting)
	}
}

func readiness(t *testing.T, m demo.Made) {
	t.Helper()
	r := do(t, m, app.ShowReadiness, app.ReadinessRequest{Project: m.Project.String()})
	want := map[lifecycle.Page]lifecycle.State{
		lifecycle.Charter: lifecycle.Approved, lifecycle.Roles: lifecycle.Approved, lifecycle.Value: lifecycle.Changed,
		lifecycle.Requirements: lifecycle.Started, lifecycle.Metrics: lifecycle.Started, lifecycle.Sources: lifecycle.Ready,
	}
	for _, page := range r.Pages {
		if page.State != want[page.Page] {
			t.Errorf("%s is %s, want %s", page.Page, page.State, want[page.Page])
		}
		for _, w := range page.Wants {
			if !slices.ContainsFunc(w.By, func(p app.PersonRef) bool { return p.Name == "Ada Lovelace" }) {
				t.Errorf("%s wants the word of %+v, and the guest can't give it", page.Page, w.By)
			}
		}
	}
	guide := do(t, m, app.ShowGuide, app.GuideRequest{Project: m.Project.String()})
	if len(guide.Steps) == 0 || guide.Steps[0].Code != lifecycle.InConflict {
		t.Errorf("the guide begins with %+v, want the conflict that waits for the guest", guide.Steps)
	}
}

func worksheets(t *testing.T, m demo.Made) {
	t.Helper()
	whole := 0
	sheets := do(t, m, app.ListWorksheets, app.WorksheetsRequest{Project: m.Project.String()})
	for _, w := range sheets {
		if w.Progress.Problems > 0 || w.Progress.Answered == 0 {
			t.Errorf("%s: %+v, want answers that fit", w.Name, w.Progress)
		}
		if w.Progress.Answered == w.Progress.Fields {
			whole++
		}
	}
	if len(sheets) != 2 || whole != 1 {
		t.Errorf("%d worksheets, %d of them filled in, want 2 and 1", len(sheets), whole)
	}
}

func talks(t *testing.T, m demo.Made) {
	t.Helper()
	open, settled := 0, 0
	for _, thread := range do(t, m, app.ListComments, app.ListCommentsRequest{Project: m.Project.String()}).Threads {
		if thread.Resolved {
			settled++
		} else {
			open++
		}
		if strings.HasPrefix(thread.Body, "@") && len(thread.Mentions) != 1 {
			t.Errorf("%q mentions %+v, want one person", thread.Body, thread.Mentions)
		}
	}
	if open != 4 || settled != 3 {
		t.Errorf("%d open talks and %d settled, want 4 and 3", open, settled)
	}
	if inbox := do(t, m, app.ListMentions, app.ListMentionsRequest{}); len(inbox) != 2 {
		t.Errorf("the guest is asked for in %+v, want two comments", inbox)
	}
}

// ends does what is left to do, as the guest.
func ends(t *testing.T, m demo.Made) {
	t.Helper()
	open := do(t, m, app.ListConflicts, app.ConflictsRequest{})
	do(t, m, app.ResolveConflict, app.ResolveRequest{ID: open[0].ID.String(), Field: "threshold", Choice: "=50"})
	for _, c := range do(t, m, app.ShowBoard, app.BoardRequest{Project: m.Project.String()}).Columns {
		for _, metric := range c.Metrics {
			if len(metric.Flags) > 0 {
				do(t, m, app.MoveToTrash, app.DocRequest{ID: metric.ID.String()})
			}
		}
	}
	for _, page := range append(slices.Clone(lifecycle.Pages), lifecycle.Design) {
		do(t, m, app.GiveSignOff, app.GiveSignOffRequest{Project: m.Project.String(), Scope: page, Verdict: "approved"})
	}
	r := do(t, m, app.ShowReadiness, app.ReadinessRequest{Project: m.Project.String()})
	if r.Phase.State != lifecycle.Approved || r.Ready != r.Needed {
		t.Errorf("the phase is %s with %d of %d pages ready after the guest has approved all", r.Phase.State, r.Ready, r.Needed)
	}
}
