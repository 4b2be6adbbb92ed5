package thread_test

import (
	"context"
	"os"
	"testing"

	"cairn/core/id"
	corethread "cairn/core/thread"
	"cairn/core/value"
	"cairn/ui/thread"
)

// spool is a project's thread in memory.
type spool struct {
	strands []corethread.Strand
	broken  error
}

func (s *spool) Strands(context.Context, string) ([]corethread.Strand, error) {
	return s.strands, s.broken
}

func name(n byte) id.Doc { return id.Doc{n} }

// churn is the worked case, and threads that end or fray.
func churn(t *testing.T) *spool {
	t.Helper()
	raw, err := os.ReadFile("../../assets/templates/churn.yaml")
	if err != nil {
		t.Fatal(err)
	}
	m, err := value.ReadYAML(raw)
	if err != nil {
		t.Fatal(err)
	}
	const agreed, missing = corethread.LinkAgreed, corethread.LinkMissing
	worth := func(stake *corethread.Stake) *corethread.Worth {
		return &corethread.Worth{Model: name(20), Name: m.Name, Unit: m.Unit, Value: 3200, Net: 2100, Stake: stake}
	}
	accuracy := corethread.Quantity{Model: name(20), Name: "accuracy", Label: "Churners the model finds", Unit: "%", Value: new(0.8)}
	return &spool{strands: []corethread.Strand{
		{
			Requirement: &corethread.Agreed{ID: name(1), Title: "At least 80 % of churners found", Demand: "recall >= 80 %", Owner: "Jisoo Park"},
			Metrics: []corethread.Measure{
				{ID: name(11), Name: "Recall", Column: "data scientist", Variable: "accuracy"},
				{ID: name(12), Name: "Customers kept a month", Column: "expert", Variable: "kept"},
				{ID: name(13), Name: "Revenue that leaves", Column: "business", Variable: "lost"},
			},
			Variables: []corethread.Quantity{accuracy, {Model: name(20), Name: "kept", Label: "Customers kept", Unit: "customer/month", Computed: true, Value: new(400.0)}},
			Worth: worth(&corethread.Stake{
				Variable: "accuracy", Unit: "%", Comparison: corethread.AtLeast, Threshold: 0.8, Assumed: 0.8, Value: 3200, Net: 2100, Pays: true,
				Miss: 0.72, MissValue: 2880, AtRisk: 320, BreakEven: new(0.275), PaysNot: corethread.SideBelow,
			}),
			States: corethread.States{Requirement: agreed, Metric: agreed, Value: agreed},
		},
		{
			Requirement: &corethread.Agreed{ID: name(2), Title: "The offer reaches the right ones", Demand: "precision >= 15 %", Disputed: []corethread.Part{corethread.PartThreshold}},
			Metrics:     []corethread.Measure{{ID: name(14), Name: "Precision", Column: "data scientist", Variable: "retained"}},
			Variables:   []corethread.Quantity{{Model: name(20), Name: "retained", Label: "Found churners the discount keeps", Unit: "%", Value: new(0.5)}},
			Worth: worth(&corethread.Stake{
				Variable: "retained", Unit: "%", Comparison: corethread.AtLeast, Threshold: 0.15, Assumed: 0.5, Value: 960, Net: -140, Difference: -2240,
				Miss: 0.135, MissValue: 864, AtRisk: 96, BreakEven: new(0.1719), PaysNot: corethread.SideBelow,
			}),
			States: corethread.States{Requirement: corethread.LinkDisputed, Metric: agreed, Value: agreed},
		},
		{
			Metrics: []corethread.Measure{{ID: name(15), Name: "Recommendation score", Column: "expert"}},
			States:  corethread.States{Requirement: missing, Metric: agreed, Value: missing},
		},
		{
			Requirement: &corethread.Agreed{ID: name(3), Title: "A score within 200 ms", Demand: "latency p95 <= 200 ms", Owner: "Minji Kim"},
			States:      corethread.States{Requirement: agreed, Metric: missing, Value: missing},
		},
	}}
}

func loaded(t *testing.T, s *spool) *thread.Presenter {
	t.Helper()
	p := thread.NewPresenter("p", s)
	p.Load(t.Context())
	return p
}
