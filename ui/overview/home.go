package overview

import (
	"math"
	"strings"
	"time"

	"cairn/core/value"
	"cairn/ui/shell"
	"cairn/ui/words"
)

// Worth is what a project is worth in words, empty while nobody has estimated it.
type Worth struct {
	Value, Per string // at the likely numbers, before costs
	Net        string // after costs
	Range      string // in eight of ten cases
	Payback    string
	Loss       string // chance of one
}

// Step is something to do, in words.
type Step struct {
	Say, Why string
	Who      string
	To       shell.Route
	Must     bool
}

// Line is a page and how it is.
type Line struct {
	Page    shell.Page
	Mark    shell.Mark
	Say     string
	Missing string // nothing when all is there
}

// Event is what somebody did, in words.
type Event struct {
	Person, Say, When string
	Number            int
	To                shell.Route
}

// Card is a project in words.
type Card struct {
	ID, Name, Summary string
	Value, Per        string // nothing while there is no estimate
	Requirements      string
	Gates             string
	Changed           string
	Ready, Needed     int // pages of the design phase
}

// homeSamples is how many outcomes the ranges of an overview come from: fewer than
// on the value page, whose numbers differ by less than they are rounded.
const homeSamples = 4000

func worth(m *value.Model) Worth {
	e := estimate(m, homeSamples)
	if e == nil {
		return Worth{}
	}
	short := func(x float64) string { return value.Short(rounded(x), e.Unit) }
	w := Worth{
		Value: value.Short(e.Expected, e.Unit), Per: words.Period(e.Unit), Net: value.Short(e.Net, e.Unit),
		Range: short(e.P10) + " – " + short(e.P90), Payback: "–", Loss: words.Amount(rounded(e.ProbabilityOfLoss), "%"),
	}
	switch {
	case len(e.Costs.Items) == 0:
		w.Net = "–"
	case e.PaybackMonths != nil && e.Costs.Once > 0:
		w.Payback = words.T("%s months", value.FormatNumber(math.Ceil(*e.PaybackMonths*10)/10))
	}
	return w
}

// estimate returns nil for a model that has none.
func estimate(m *value.Model, samples int) *value.Estimate {
	if m == nil {
		return nil
	}
	plan, err := value.Check(*m)
	if err != nil {
		return nil
	}
	e, err := plan.Estimate(value.Options{Samples: samples, Seed: 1})
	if err != nil {
		return nil
	}
	return e
}

// rounded keeps two digits of what was simulated: the rest is chance.
func rounded(x float64) float64 {
	if x == 0 || math.IsInf(x, 0) || math.IsNaN(x) {
		return x
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-1)
	return math.Round(x/unit) * unit
}

func steps(tasks []Task) []Step {
	out := make([]Step, len(tasks))
	for i, t := range tasks {
		who := make([]string, len(t.Who))
		for j, w := range t.Who {
			who[j] = words.Data(shell.RoleName(w))
		}
		out[i] = Step{Say: t.Say.In(words.Data), Why: t.Why.In(words.Data), Who: strings.Join(who, ", "), To: t.To, Must: t.Must}
	}
	return out
}

func line(s Standing) Line {
	out := Line{Page: s.Page, Mark: s.Mark, Say: s.Mark.Name()}
	if s.Missing > 0 {
		out.Missing = words.N("%d thing missing", "%d things missing", s.Missing)
	}
	return out
}

func card(p Project, now time.Time) Card {
	c := Card{ID: p.ID, Name: p.Name, Summary: p.Summary, Changed: words.T("Changed %s", words.Ago(now, p.Updated)), Ready: p.Ready, Needed: p.Needed}
	c.Requirements = words.N("%d requirement", "%d requirements", p.Requirements)
	if p.Requirements == 0 {
		c.Requirements = words.T("No requirements yet")
	}
	if p.Measurable > 0 {
		c.Gates = words.N("%d can be measured", "%d can be measured", p.Measurable)
	}
	// A few samples: the card shows the number at the likely values alone.
	if e := estimate(p.Model, 100); e != nil {
		c.Value, c.Per = value.Short(e.Expected, e.Unit), words.Period(e.Unit)
	}
	return c
}
