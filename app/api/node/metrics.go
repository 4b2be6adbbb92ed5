package node

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"cairn/app"
)

// collector reports how much the workspace holds when it is asked.
type collector struct {
	app                                *app.App
	documents, operations, bytes, logs *prometheus.Desc
}

func newCollector(a *app.App) *collector {
	desc := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc("cairn_"+name, help, nil, nil)
	}
	return &collector{
		app:        a,
		documents:  desc("documents", "Documents in the workspace, those in the trash included."),
		operations: desc("operations_total", "Operations stored in all logs."),
		bytes:      desc("stored_bytes", "Bytes that the workspace takes on disk."),
		logs:       desc("logs", "Logs stored, one for each device and incarnation."),
	}
}

// Describe implements prometheus.Collector.
func (c *collector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{c.documents, c.operations, c.bytes, c.logs} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (c *collector) Collect(out chan<- prometheus.Metric) {
	status, err := app.GetStatus.Do(context.Background(), c.app, app.StatusRequest{})
	if err != nil {
		out <- prometheus.NewInvalidMetric(c.documents, err)
		return
	}
	out <- prometheus.MustNewConstMetric(c.documents, prometheus.GaugeValue, float64(status.Documents))
	out <- prometheus.MustNewConstMetric(c.operations, prometheus.CounterValue, float64(status.Operations))
	out <- prometheus.MustNewConstMetric(c.bytes, prometheus.GaugeValue, float64(status.Bytes))
	out <- prometheus.MustNewConstMetric(c.logs, prometheus.GaugeValue, float64(status.Logs))
}
