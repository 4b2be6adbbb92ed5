package app_test

import (
	"fmt"
	"runtime"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/noun"
)

// BenchmarkOpen opens a workspace of 100,000 documents: keys, database, every
// document, index.
func BenchmarkOpen(b *testing.B) {
	const documents, perBatch = 100_000, 500
	n := apptest.Found(b, 1)
	project := apptest.Do(n, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	for made := 0; made < documents; made += perBatch {
		err := n.Journal().Write(b.Context(), func(tx *journal.Tx) error {
			for i := range perBatch {
				d, err := tx.New()
				if err != nil {
					return err
				}
				pen := tx.Pen(d, noun.Requirements.Number)
				for name, value := range map[string]doc.Value{
					"project": doc.Ref(project.ID), "title": doc.String(fmt.Sprintf("Requirement %d", made+i)),
					"metric": doc.String("recall"), "threshold": doc.Float(0.8), "area": doc.String("accuracy"),
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
	for b.Loop() {
		n.Reopen()
	}
	var mem runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&mem)
	b.ReportMetric(float64(mem.HeapInuse)/(1<<20), "MB-heap")
	if got := apptest.Do(n, app.GetStatus, app.StatusRequest{}).Documents; got != documents+3 {
		b.Errorf("%d documents, want %d", got, documents+3)
	}
}
