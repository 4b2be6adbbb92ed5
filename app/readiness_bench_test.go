package app_test

import (
	"fmt"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

// BenchmarkReadiness asks where a project stands that has a thousand
// requirements, all that else it needs, and sign-offs of everything.
func BenchmarkReadiness(b *testing.B) {
	n := apptest.Found(b, 1)
	chartered(n)
	project := apptest.Do(n, app.ShowProject, app.ProjectRequest{Project: "Churn"}).ID
	me := apptest.Do(n, app.GetStatus, app.StatusRequest{}).Person.ID
	for from := 0; from < 1000; from += 250 {
		writeRequirements(b, n, project, me, from, from+250)
	}
	for range 3 {
		if _, err := app.GiveSignOff.Do(b.Context(), n.App, app.GiveSignOffRequest{Project: "Churn", Scope: "requirements", Verdict: "approved"}); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		apptest.Do(n, app.ShowReadiness, app.ReadinessRequest{Project: "Churn"})
	}
}

// writeRequirements writes requirements of a project that lack nothing.
func writeRequirements(b *testing.B, n *apptest.Node, project, owner id.Doc, from, to int) {
	b.Helper()
	err := n.Journal().Write(b.Context(), func(tx *journal.Tx) error {
		for i := from; i < to; i++ {
			d, err := tx.New()
			if err != nil {
				return err
			}
			pen := tx.Pen(d, noun.Requirements.Number)
			for name, value := range map[string]doc.Value{
				"project": doc.Ref(project), "title": doc.String(fmt.Sprintf("Requirement %d", i)), "owner": doc.Ref(owner),
				"metric": doc.String(fmt.Sprintf("metric_%d", i)), "comparison": doc.String(">="), "threshold": doc.Float(0.8),
				"area": doc.String("accuracy"), "notes": doc.String("Measured on the hold-out set, each month."),
			} {
				f, _ := noun.Requirements.Field(name)
				if err := pen.Assign(f, value); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
