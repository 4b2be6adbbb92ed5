package node_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"cairn/app"
	"cairn/app/apptest"
)

// TestMetricsAreReadByPrometheus parses them as Prometheus does, and compares.
func TestMetricsAreReadByPrometheus(t *testing.T) {
	s := serve(t)
	apptest.Do(s.Node, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
	status := apptest.Do(s.Node, app.GetStatus, app.StatusRequest{})

	got := s.ask(t, http.MethodGet, "/metrics", "", nil)
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(got.body))
	if err != nil {
		t.Fatalf("status %d, not in Prometheus' form: %v\n%s", got.status, err, got.body)
	}
	gauges := map[string]float64{"cairn_documents": float64(status.Documents), "cairn_logs": float64(status.Logs)}
	for name, want := range gauges {
		if m := families[name].GetMetric(); len(m) != 1 || m[0].GetGauge().GetValue() != want {
			t.Errorf("%s: %v, want %v", name, m, want)
		}
	}
	if m := families["cairn_operations_total"].GetMetric(); len(m) != 1 || m[0].GetCounter().GetValue() != float64(status.Operations) {
		t.Errorf("operations: %v, want %d", m, status.Operations)
	}
	if m := families["cairn_stored_bytes"].GetMetric(); len(m) != 1 || m[0].GetGauge().GetValue() <= 0 {
		t.Errorf("stored bytes: %v", m)
	}
	for name, family := range families {
		if family.GetHelp() == "" {
			t.Errorf("%s has no help", name)
		}
	}
}
