package thread_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/core/fault"
	corethread "cairn/core/thread"
	"cairn/ui/thread"
)

// inWords returns a row without what its links lead to.
func inWords(r thread.Row) []string {
	out := []string{}
	for _, l := range r.Links {
		out = append(out, string(l.State)+": "+l.Title+" | "+l.Detail)
	}
	return append(out, r.Risk, r.Sentence)
}

func TestStrandsInWords(t *testing.T) {
	p := loaded(t, churn(t))
	want := [][]string{
		{
			"agreed: At least 80 % of churners found | recall ≥ 80 % · Jisoo Park", "agreed: Recall | and Customers kept a month, Revenue that leaves",
			"agreed: $3,200 a month | Churners the model finds: 80 %, and 1 more", "$320 a month",
			"At the agreed 80 %, as the value model assumes, it is worth $3,200 a month. Missed by a tenth, at 72 %, it is $320 a month less. The project does not pay below 27.5 %.",
		},
		{
			"disputed: The offer reaches the right ones | Disputed: threshold · precision ≥ 15 %", "agreed: Precision | Data scientist",
			"agreed: $3,200 a month | Found churners the discount keeps: 50 %", "$96 a month",
			"At the agreed 15 % it is worth $960 a month, $2,240 a month less than with the assumed 50 %. Missed by a tenth, at 13.5 %, it is $96 a month less. The project does not pay even where the requirement is met: it does not below 17.19 %.",
		},
		{
			"missing: No requirement | It serves none that can be measured.", "agreed: Recommendation score | Subject matter expert",
			"missing: Not in the value model | Link the key metric to one of its numbers.", "", "",
		},
		{
			"agreed: A score within 200 ms | latency p95 ≤ 200 ms · Minji Kim", "missing: No key metric | Nothing measures it yet.",
			"missing: Not in the value model | A key metric links it.", "", "",
		},
	}
	var got [][]string
	for _, r := range p.State.Get().Rows {
		got = append(got, inWords(r))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	whole := []string{"disputed: 3 requirements | 1 is disputed", "missing: 5 key metrics | 1 requirement has none", "missing: $3,200 a month | 2 threads do not reach it", "", ""}
	if diff := cmp.Diff(whole, inWords(p.State.Get().Project)); diff != "" {
		t.Errorf("the project (-want +got):\n%s", diff)
	}
}

// TestEveryLinkLeadsSomewhere follows the links of all rows.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	want := [][3][]string{
		{{"requirement"}, {"key_metric", "key_metric", "key_metric"}, {"value_model"}},
		{{"requirement"}, {"key_metric"}, {"value_model"}},
		{{"requirement"}, {"key_metric"}, {"key_metric"}},
		{{"requirement"}, {"key_metric"}, {"value_model"}},
	}
	for i, r := range loaded(t, churn(t)).State.Get().Rows {
		var got [3][]string
		for j, l := range r.Links {
			for _, to := range l.Targets {
				got[j] = append(got[j], to.Kind)
			}
		}
		if diff := cmp.Diff(want[i], got); diff != "" {
			t.Errorf("row %d (-want +got):\n%s", i, diff)
		}
	}
}

func TestSentencesOfAStake(t *testing.T) {
	at := func(change func(*corethread.Stake)) string {
		s := churn(t)
		stake := *s.strands[0].Worth.Stake
		change(&stake)
		worth := *s.strands[0].Worth
		worth.Stake = &stake
		s.strands[0].Worth = &worth
		return loaded(t, s).State.Get().Rows[0].Sentence
	}
	for _, c := range []struct {
		change func(*corethread.Stake)
		want   string
	}{
		{
			func(s *corethread.Stake) {
				s.Difference, s.AtRisk, s.PaysNot = 400, -320, corethread.SideAbove
			},
			"At the agreed 80 % it is worth $3,200 a month, $400 a month more than with the assumed 80 %. Missed by a tenth, at 72 %, it is $320 a month more: the value model does not ask for what the requirement asks for. The project does not pay above 27.5 %.",
		},
		{
			func(s *corethread.Stake) { s.AtRisk, s.Pays, s.PaysNot = 0, false, "" },
			"At the agreed 80 %, as the value model assumes, it is worth $3,200 a month. The project does not pay even where the requirement is met.",
		},
		{
			func(s *corethread.Stake) { s.AtRisk, s.Pays, s.PaysNot = 0, false, corethread.SideAbove },
			"At the agreed 80 %, as the value model assumes, it is worth $3,200 a month. The project does not pay even where the requirement is met: it does not above 27.5 %.",
		},
		{
			func(s *corethread.Stake) { s.AtRisk, s.BreakEven = 0, nil },
			"At the agreed 80 %, as the value model assumes, it is worth $3,200 a month.",
		},
	} {
		if got := at(c.change); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

func TestWhatFraysIsSaid(t *testing.T) {
	s := churn(t)
	s.strands = s.strands[:1]
	r := &s.strands[0]
	r.Worth, r.Problem, r.States = nil, "There is no variable called nothing.", corethread.States{Requirement: corethread.LinkBroken, Metric: corethread.LinkDisputed, Value: corethread.LinkBroken}
	p := loaded(t, s)
	want := []string{
		"broken: At least 80 % of churners found | Update Cairn to read all of it.", "disputed: Recall | Disputed: name · and Customers kept a month, Revenue that leaves",
		"broken: The value model has a mistake | There is no variable called nothing.", "", "",
	}
	if diff := cmp.Diff(want, inWords(p.State.Get().Rows[0])); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	whole := []string{"broken: 1 requirement | 1 is broken", "disputed: 3 key metrics | 1 is disputed", "broken: Not estimated yet | 1 is broken", "", ""}
	if diff := cmp.Diff(whole, inWords(p.State.Get().Project)); diff != "" {
		t.Errorf("the project (-want +got):\n%s", diff)
	}
	strand, ok := thread.Of(p.Strands.Get(), name(1).String())
	if _, other := thread.Of(p.Strands.Get(), name(2).String()); !ok || other || strand.Problem == "" {
		t.Errorf("the strand of the requirement: %+v, %v", strand, ok)
	}
}

func TestAThreadThatCannotBeReadStays(t *testing.T) {
	s := churn(t)
	p := loaded(t, s)
	s.broken = fault.New(fault.Offline, "The program that holds the workspace has ended.", "Open the window again.")
	p.Load(t.Context())
	if st := p.State.Get(); st.Problem != "The program that holds the workspace has ended. Open the window again." || len(st.Rows) != 4 {
		t.Errorf("%d rows, problem %q", len(st.Rows), st.Problem)
	}
	s.broken = nil
	p.Load(t.Context())
	if st := p.State.Get(); st.Problem != "" {
		t.Errorf("the page still says %q", st.Problem)
	}
}
