package signoff_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/core/lifecycle"
	"cairn/core/sentence"
	"cairn/ui/signoff"
)

func answers(d *desk, page lifecycle.Page) []signoff.Answer {
	var out []signoff.Answer
	for _, s := range d.Signers(page) {
		out = append(out, s.Answer)
	}
	return out
}

func TestEachSignerHasAnAnswer(t *testing.T) {
	rejected := half()
	rejected.SignOffs[0].Approved = false
	rejected.Pages[3].Wants[1].Signed = ""
	nobody := half()
	nobody.Pages[2].Wants = []signoff.Want{{}}
	tests := []struct {
		name string
		desk *desk
		page lifecycle.Page
		want []signoff.Answer
	}{
		{"both have approved", half(), lifecycle.Charter, []signoff.Answer{signoff.Approved, signoff.Approved}},
		{"one approved what has changed", half(), lifecycle.Value, []signoff.Answer{signoff.Waiting, signoff.Changed}},
		{"ready, and mine to answer", half(), lifecycle.Requirements, []signoff.Answer{signoff.Waiting, signoff.Yours}},
		{"one has answered", half(), lifecycle.Metrics, []signoff.Answer{signoff.Waiting, signoff.Approved}},
		{"not ready: nobody's turn", half(), lifecycle.Sources, []signoff.Answer{signoff.Waiting, signoff.Waiting}},
		{"rejected", rejected, lifecycle.Metrics, []signoff.Answer{signoff.Waiting, signoff.Rejected}},
		{"nobody may approve", nobody, lifecycle.Requirements, []signoff.Answer{signoff.Nobody}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, answers(tt.desk, tt.page)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestChecksSayWhatHoldsAndWhatDoesNot(t *testing.T) {
	done := func(checks []signoff.Check) []bool {
		var out []bool
		for _, c := range checks {
			out = append(out, c.Done)
		}
		return out
	}
	d := half()
	if diff := cmp.Diff([]bool{true, false, true, false}, done(d.Checks(lifecycle.Sources))); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	if got := d.Checks(lifecycle.Sources)[1].Item.At(); got != (signoff.Place{Page: lifecycle.Sources, Document: "d7", Field: "owner"}) {
		t.Errorf("the owner is given at %+v", got)
	}
	if diff := cmp.Diff([]bool{true, true, true, true, false}, done(d.Checks(lifecycle.Design))); diff != "" {
		t.Errorf("phase (-want +got):\n%s", diff)
	}
	bare := &d.Pages[4]
	bare.Missing, bare.Musts = []signoff.Item{must(lifecycle.Sources, lifecycle.SourcesBegin, "", "Name the first data source.", "")}, 1
	if slices.Contains(done(d.Checks(lifecycle.Sources)), true) {
		t.Error("of a page without anything, something holds")
	}
	bare.Missing = []signoff.Item{must(lifecycle.Sources, lifecycle.InConflict, "name", "Settle %s of %s: people wrote different values.", "", sentence.Arg{Text: "name", Own: true}, sentence.Arg{Text: "CRM"})}
	if checks := d.Checks(lifecycle.Sources); len(checks) != 5 || checks[4].Done || checks[4].Words != "Settle name of CRM: people wrote different values." {
		t.Errorf("a conflict is not told: %+v", checks)
	}
}

// TestEveryMustIsTold holds that no must is left out of the checks,
// whatever its code.
func TestEveryMustIsTold(t *testing.T) {
	for _, code := range []lifecycle.Code{lifecycle.CharterProblem, lifecycle.ValueBroken, lifecycle.RequirementTitle, lifecycle.MetricName, lifecycle.Newer, lifecycle.RolesSeveral, "of a later version"} {
		for _, page := range lifecycle.Pages {
			d := half()
			for i := range d.Pages {
				d.Pages[i].Missing, d.Pages[i].Musts = []signoff.Item{must(page, code, "", "x", "")}, 1
			}
			told := 0
			for _, c := range d.Checks(page) {
				if !c.Done && c.Item.Code == code {
					told++
				}
			}
			if told == 0 {
				t.Errorf("%s: nothing tells of %q", page, code)
			}
		}
	}
}

func TestWhatIsApprovedIsSaidInWords(t *testing.T) {
	d := half()
	tests := []struct {
		page lifecycle.Page
		want []string
	}{
		{lifecycle.Charter, []string{"Viable", "machine learning is called for"}},
		{lifecycle.Value, []string{"$3,200 a month", "with 6 numbers", "most likely between $2,100 a month and $4,400 a month"}},
		{lifecycle.Requirements, []string{"4 requirements", "2 can be measured"}},
		{lifecycle.Sources, []string{"3 data sources", "8 expectations"}},
		{lifecycle.Design, []string{"$3,200 a month", "Viable", "4 requirements", "5 key metrics", "3 data sources"}},
	}
	for _, tt := range tests {
		got := append([]string{d.Headline(tt.page)}, d.Contents(tt.page)...)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.page, diff)
		}
	}
}

func TestAVerdictIsUndoneByTakingItBack(t *testing.T) {
	d := half()
	p, past := loaded(t, d)
	v := signoff.Verdict{Page: lifecycle.Requirements, Approve: true, Role: lifecycle.DataScientist, Digest: "1:requirements"}
	p.Note(v.Page, " Fine. ")
	if err := p.Give(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	if s := p.State.Get(); s.SignOffs[0].ID != "mine" || p.Noted(v.Page) != "" {
		t.Errorf("given: %+v, note still typed %q", s.SignOffs[0], p.Noted(v.Page))
	}
	if name, err := past.Undo(t.Context()); err != nil || name != "Approving the requirements" {
		t.Errorf("undo: %q, %v", name, err)
	}
	if s := p.State.Get(); s.SignOffs[0].Standing != lifecycle.Revoked {
		t.Errorf("standing: %s", s.SignOffs[0].Standing)
	}
}

func TestWhatWasSeenIsWhatIsSigned(t *testing.T) {
	d := half()
	p, past := loaded(t, d)
	d.Pages[2].Digest = "1:other"
	p.Note(lifecycle.Requirements, "Fine.")
	if err := p.Give(t.Context(), signoff.Verdict{Page: lifecycle.Requirements, Approve: true, Digest: "1:requirements"}); err == nil {
		t.Fatal("something else was signed")
	}
	if p.Noted(lifecycle.Requirements) != "Fine." || past.State.Get().Undo != "" {
		t.Error("what was typed is lost, or there is something to undo")
	}
}

// TestTheReadThatBeganLastShows holds that an answer that comes late does not
// replace a newer one.
func TestTheReadThatBeganLastShows(t *testing.T) {
	d := half()
	s := &slow{source: source{d}, begun: make(chan struct{}), goOn: make(chan struct{})}
	p := signoff.NewPresenter("p", s, nil)
	p.Load(t.Context())
	done := make(chan struct{})
	s.hold = true
	go func() { p.Load(context.Background()); close(done) }()
	<-s.begun
	s.hold = false
	d.Ready = 5
	p.Load(t.Context())
	close(s.goOn)
	<-done
	if got := p.State.Get().Ready; got != 5 {
		t.Errorf("ready: %d, want what was read last", got)
	}
}

// slow reads, and answers when it is told to.
type slow struct {
	source
	hold        bool
	begun, goOn chan struct{}
}

func (s *slow) Standing(ctx context.Context, project string) (signoff.Standing, error) {
	now, err := s.source.Standing(ctx, project)
	if s.hold {
		close(s.begun)
		<-s.goOn
	}
	return now, err
}

func TestWhatCantBeReadIsSaid(t *testing.T) {
	d := half()
	p, _ := loaded(t, d)
	d.broken = errors.New("disk")
	p.Load(t.Context())
	if s := p.State.Get(); s.Problem == "" || s.Ready != 4 {
		t.Errorf("problem %q, %d ready", s.Problem, s.Ready)
	}
}
