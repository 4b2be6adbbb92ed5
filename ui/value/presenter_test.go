package value_test

import (
	"strings"
	"testing"

	"cairn/core/fault"
	"cairn/ui/saving"
	"cairn/ui/value"
	"cairn/ui/words"
)

func TestProjectWithoutModelChoosesATemplate(t *testing.T) {
	s := &store{}
	p := value.NewPresenter("project", s, &saving.Line{}, nil, nil)
	p.Load(t.Context())
	st := p.State.Get()
	if st.Stage != value.Choosing || len(st.Templates) != 1 || st.Templates[0].Result != "$3,200 a month" {
		t.Errorf("state = %+v, want a choice of churn with $3,200 a month", st)
	}
}

func TestChurnIsWorthWhatItsCaseSays(t *testing.T) {
	p, _, _ := begun(t)
	r := p.State.Get().Result
	if r.Value != "$3,200" || r.Per != "a month, before costs" || r.Net != "$2,100" || r.Payback != "7.2 months" || r.Verdict != value.Pays {
		t.Errorf("result = %q %q, net %q, payback %q, verdict %d", r.Value, r.Per, r.Net, r.Payback, r.Verdict)
	}
	var formula []string
	for _, term := range r.Terms {
		formula = append(formula, term.Number+term.Operator)
	}
	if got, want := strings.Join(formula, " "), "1,000 × 80 % × 50 % × $8 = $3,200"; got != want {
		t.Errorf("formula = %q, want %q", got, want)
	}
	if got, want := r.Sentences[1], "It pays while “Churners the model finds” stays above 27.5 %."; got != want {
		t.Errorf("break-even = %q, want %q", got, want)
	}
}

func TestTypingWorksTheModelOutAndAPauseStoresIt(t *testing.T) {
	p, s, line := begun(t)
	p.Type(variable("churners", value.Likely), "1,2")
	p.Type(variable("churners", value.Likely), "1,200")
	if got := p.State.Get().Result.Value; got != "$3,840" {
		t.Errorf("value while typing = %s, want $3,840", got)
	}
	if got := line.State.Get().Phase; got != saving.Pending || len(s.saves) != 1 {
		t.Errorf("phase = %d after %d saves, want pending and only the template stored", got, len(s.saves))
	}
	p.Save(t.Context())
	if got := *s.document.Model.Variables[2].Value; got != 1200 || len(s.saves) != 2 {
		t.Errorf("stored %v in %d saves, want 1200 in 2", got, len(s.saves))
	}
	if got := line.State.Get().Phase; got != saving.Saved {
		t.Errorf("phase = %d, want saved", got)
	}
	p.Save(t.Context())
	if len(s.saves) != 2 {
		t.Error("a pause without typing stores again")
	}
}

func TestChancesFollowTheNumber(t *testing.T) {
	p, _, _ := begun(t)
	before := p.State.Get().Result
	p.Type(variable("churners", value.Likely), "1,200")
	st := p.State.Get()
	if st.Result.Value != "$3,840" || !st.Behind || st.Result.Range != before.Range {
		t.Errorf("at once: %s, behind %v, range %s", st.Result.Value, st.Behind, st.Result.Range)
	}
	p.Simulate()
	st = p.State.Get()
	if st.Behind || st.Result.Range == before.Range || st.Result.Charts == before.Charts {
		t.Errorf("simulated: behind %v, range %s", st.Behind, st.Result.Range)
	}
	charts := st.Result.Charts
	p.Save(t.Context())
	if st = p.State.Get(); st.Behind || st.Result.Charts != charts {
		t.Error("storing what was typed asks for another simulation")
	}
}

func TestWrongInputIsSaidBesideItAndNotLost(t *testing.T) {
	tests := []struct {
		name  string
		key   value.Key
		text  string
		wrong value.Part
		want  string
	}{
		{"no number", variable("churners", value.Likely), "many", value.Likely, "This is not a number. Write it like 1,200."},
		{"a share that is none", variable("accuracy", value.Low), "low", value.Low, "This is not a number. Write it like 80 %."},
		{"half a range", variable("price", value.High), "12", value.Low, "A range needs a low end too."},
		{"low above high", variable("churners", value.Low), "1,400", value.Low, "Low is above high."},
		{"outside", variable("churners", value.Likely), "1,400", value.Likely, "Outside 800 to 1,300."},
		{"nothing at all", variable("price", value.Likely), " ", value.Likely, "Fill in a number."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, s, line := begun(t)
			p.Type(tt.key, tt.text)
			p.Save(t.Context())
			p.Load(t.Context())
			q := input(t, p, tt.key.Name)
			if q.Problem != tt.want || q.Wrong != tt.wrong {
				t.Errorf("problem = %q at %d, want %q at %d", q.Problem, q.Wrong, tt.want, tt.wrong)
			}
			if texts := []string{q.Likely, q.Low, q.High}; texts[tt.key.Part] != tt.text {
				t.Errorf("the input shows %q, want what was typed, %q", texts[tt.key.Part], tt.text)
			}
			st := p.State.Get()
			if !st.Stale || st.Result.Value != "$3,200" || len(s.saves) != 1 || line.State.Get().Phase != saving.Held {
				t.Errorf("stale %v, value %s, %d saves, phase %d", st.Stale, st.Result.Value, len(s.saves), line.State.Get().Phase)
			}
			p.Revert(tt.key)
			if got := input(t, p, tt.key.Name).Problem; got != "" || line.State.Get().Phase != saving.Saved {
				t.Errorf("after Escape: problem %q, phase %d", got, line.State.Get().Phase)
			}
		})
	}
}

func TestGoodInputIsStoredBesideAWrongOne(t *testing.T) {
	p, s, line := begun(t)
	p.Type(variable("churners", value.Likely), "many")
	p.Type(variable("price", value.Likely), "11")
	p.Save(t.Context())
	if got := *s.document.Model.Variables[1].Value; got != 11 {
		t.Errorf("price = %v, want 11", got)
	}
	if got := input(t, p, "churners").Likely; got != "many" || line.State.Get().Phase != saving.Held {
		t.Errorf("churners shows %q, phase %d", got, line.State.Get().Phase)
	}
}

func TestATeammatesChangeStays(t *testing.T) {
	p, s, _ := begun(t)
	p.Type(variable("churners", value.Likely), "1,200")
	s.teammate(t, "discounted_price", "9")
	p.Save(t.Context())
	m := s.document.Model
	if *m.Variables[2].Value != 1200 || *m.Variables[5].Value != 9 {
		t.Errorf("churners %v and price %v, want both changes: 1200 and 9", *m.Variables[2].Value, *m.Variables[5].Value)
	}
}

func TestATeammatesChangeLeavesWhatIsTyped(t *testing.T) {
	p, s, _ := begun(t)
	p.Type(variable("churners", value.Likely), "1,2")
	s.teammate(t, "churners", "900")
	p.Load(t.Context())
	if got := input(t, p, "churners").Likely; got != "1,2" {
		t.Errorf("the input shows %q, want what is being typed", got)
	}
}

func TestAFailedSaveIsSaidAndTriedAgain(t *testing.T) {
	p, s, line := begun(t)
	s.fail = fault.New(fault.Full, "The disk is full.", "Make room.")
	p.Type(variable("churners", value.Likely), "1,200")
	p.Save(t.Context())
	if got := line.State.Get(); got.Phase != saving.Failed || got.Message != "The disk is full." {
		t.Errorf("line = %+v, want the failure", got)
	}
	s.fail = nil
	p.Save(t.Context())
	if got := line.State.Get().Phase; got != saving.Saved || len(s.saves) != 2 {
		t.Errorf("phase %d after %d saves, want it stored after all", got, len(s.saves))
	}
}

func TestAFormulaThatIsWrongIsSaidBesideIt(t *testing.T) {
	p, s, _ := begun(t)
	p.Type(value.Key{Of: "formula", Part: value.Text}, "kept * discounted_pric")
	st := p.State.Get()
	if !strings.Contains(st.Formula.Problem, "discounted_price") || st.Problem != "" {
		t.Errorf("formula says %q, page says %q; want the right name beside the formula", st.Formula.Problem, st.Problem)
	}
	p.Save(t.Context())
	if len(s.saves) != 1 {
		t.Error("a formula that makes no sense is stored")
	}
}

func TestConflictIsSettledByChoosing(t *testing.T) {
	p, s, _ := begun(t)
	s.document.Conflicts = []value.Conflict{{Field: "formula", Versions: []value.Version{{Text: "a"}, {Text: "b"}}}}
	p.Load(t.Context())
	if got := len(p.State.Get().Conflicts); got != 1 {
		t.Fatalf("%d conflicts shown, want 1", got)
	}
	p.Resolve(t.Context(), "formula", 2, "")
	if s.choice != "2" || len(p.State.Get().Conflicts) != 0 {
		t.Errorf("choice = %q with %d conflicts left", s.choice, len(p.State.Get().Conflicts))
	}
	p.Resolve(t.Context(), "formula", 0, "kept")
	if s.choice != "=kept" {
		t.Errorf("choice = %q, want =kept", s.choice)
	}
}

func TestTheSameModelInKorean(t *testing.T) {
	p, _, _ := begun(t)
	t.Cleanup(func() { _ = words.Speak(words.English) })
	if err := words.Speak(words.Korean); err != nil {
		t.Fatal(err)
	}
	p.Refresh()
	st := p.State.Get()
	if st.Result.Value != "$3,200" || st.Name != "이탈" || st.Variables[2].Label != "한 달에 떠나는 고객" {
		t.Errorf("value %s, name %s, label %s", st.Result.Value, st.Name, st.Variables[2].Label)
	}
}

func TestProblemsAreSaidInKorean(t *testing.T) {
	p, _, _ := begun(t)
	t.Cleanup(func() { _ = words.Speak(words.English) })
	if err := words.Speak(words.Korean); err != nil {
		t.Fatal(err)
	}
	for formula, want := range map[string]string{
		"kept * discounted_pric": "discounted_pric(이)라는 변수가 없습니다. 혹시 discounted_price인가요?",
		"accuracy":               "계산 결과의 단위는 무차원인데 모델의 단위는 USD/month입니다. 빠진 인수가 있는지, 변수의 단위가 맞는지 확인하세요.",
		"kept *":                 "* 뒤에 무엇이 빠졌습니다. 거기에 올 숫자나 이름을 쓰세요.",
	} {
		p.Type(value.Key{Of: "formula", Part: value.Text}, formula)
		if got := p.State.Get().Formula.Problem; got != want {
			t.Errorf("%s: %q", formula, got)
		}
	}
}
