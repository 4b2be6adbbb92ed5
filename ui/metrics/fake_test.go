package metrics_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"cairn/core/thread"
	"cairn/ui/edit"
	"cairn/ui/metrics"
	"cairn/ui/saving"
	"cairn/ui/undo"
)

var now = time.Date(2026, 11, 25, 14, 0, 0, 0, time.UTC)

// wall is a project in memory.
type wall struct {
	metrics, needs, models []edit.Document
	links                  metrics.Links
	trashed                map[string]bool
	broken                 error
}

func (w *wall) Documents(_ context.Context, _, kind string) ([]edit.Document, error) {
	all := map[string][]edit.Document{metrics.Kind: w.metrics, metrics.KindRequirement: w.needs, metrics.KindModel: w.models}[kind]
	var out []edit.Document
	for _, d := range all {
		if !w.trashed[d.ID] {
			d.Fields = maps.Clone(d.Fields)
			out = append(out, d)
		}
	}
	return out, w.broken
}

func (w *wall) Links(context.Context, string) (metrics.Links, error) { return w.links, w.broken }

func (w *wall) Create(_ context.Context, _, _ string, fields map[string]string) (string, error) {
	if w.broken != nil {
		return "", w.broken
	}
	id := fmt.Sprintf("m%d", len(w.metrics)+1)
	w.metrics = append(w.metrics, edit.Document{ID: id, Fields: maps.Clone(fields), By: "Minji Kim", At: now})
	return id, nil
}

func (w *wall) Change(_ context.Context, id string, fields, _ map[string]string) error {
	if i := slices.IndexFunc(w.metrics, func(d edit.Document) bool { return d.ID == id }); i >= 0 && w.broken == nil {
		maps.Copy(w.metrics[i].Fields, fields)
	}
	return w.broken
}

func (w *wall) Trash(_ context.Context, id string, trashed bool) error {
	w.trashed[id] = trashed
	return w.broken
}

func (w *wall) Resolve(context.Context, string, string, int, string) error { return w.broken }

// agreed is a project that knows what it wants and has no metric yet.
func agreed() *wall {
	need := func(id, title, area, metric, comparison, unit string) edit.Document {
		return edit.Document{ID: id, Fields: map[string]string{"title": title, "area": area, "metric": metric, "comparison": comparison, "unit": unit}}
	}
	return &wall{
		trashed: map[string]bool{},
		needs: []edit.Document{
			need("r1", "At least 80 % of churners found", "accuracy", "recall", ">=", "%"),
			need("r2", "A score within 200 ms", "speed", "latency p95", "<=", "ms"),
			need("r3", "Each score comes with its three main reasons", "transparency", "", "", ""),
			need("r4", "Offers reach those who would leave", "accuracy", "precision", ">=", "%"),
			need("r5", "Recall holds in every region", "accuracy", "Recall", ">=", "%"),
		},
		models: []edit.Document{{ID: "v1", Fields: map[string]string{
			"variables": `[{"name":"accuracy","label":"Churners the model finds","unit":"%"},{"name":"price","label":"Price of a month","unit":"USD/customer"},7]`,
			"steps":     `[{"name":"kept","label":"Customers kept","unit":"customer/month"},{"name":"lost","unit":"EUR/month"},{"name":"kept"}]`,
		}}},
		links: metrics.Links{Metrics: map[string]metrics.Link{}, Unserved: []string{"r1", "r2", "r4", "r5"}},
	}
}

// filled is a project with a board.
func filled() *wall {
	w := agreed()
	metric := func(id, name, column, unit, direction, variable, definition string) {
		w.metrics = append(w.metrics, edit.Document{ID: id, By: "Minji Kim", At: now.Add(-2 * time.Hour), Fields: map[string]string{
			"name": name, "column": column, "unit": unit, "direction": direction, "variable": variable, "definition": definition,
		}})
	}
	metric("m1", "Recall", metrics.Scientist, "%", metrics.Higher, "accuracy", "Of those who cancel within 30 days, the share that was on the list.")
	metric("m2", "Precision", metrics.Scientist, "%", metrics.Higher, "", "")
	metric("m3", "Customers kept a month", metrics.Expert, "customer/month", metrics.Higher, "kept", "Found, got an offer and are still there after 60 days.")
	metric("m4", "Recommendation score", metrics.Expert, "", metrics.Higher, "", "")
	metric("m5", "Revenue that leaves", metrics.Business, "EUR/month", metrics.Lower, "lost", "")
	metric("m6", "Cost of running it", metrics.Business, "EUR/month", metrics.Lower, "cost", "")
	w.metrics[0].Fields["requirements"] = `["r1"]`
	w.links = metrics.Links{Unserved: []string{"r2"}, Metrics: map[string]metrics.Link{
		"m1": {Requirements: []string{"r1", "r5"}}, "m2": {Requirements: []string{"r4"}}, "m3": {Requirements: []string{"r1"}},
		"m4": {Flags: []thread.FlagKind{thread.FlagUnlinked}}, "m5": {},
		"m6": {Flags: []thread.FlagKind{thread.FlagVariable, thread.FlagUnlinked}},
	}}
	return w
}

// loaded returns the presenter of a project, and what it tells.
func loaded(t *testing.T, w *wall) (*metrics.Presenter, *saving.Line, *undo.Past) {
	t.Helper()
	line, past := &saving.Line{}, &undo.Past{}
	p := metrics.NewPresenter("p", w, line, past)
	p.Load(t.Context())
	return p, line, past
}

func look(p *metrics.Presenter) metrics.Board { return metrics.Look(p.State.Get(), p.Around.Get()) }
