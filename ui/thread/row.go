package thread

import (
	"cmp"
	"slices"
	"strings"

	corethread "cairn/core/thread"
	"cairn/ui/words"
)

// Row is a strand in words.
type Row struct {
	Links    [3]Link // requirement, key metric, value
	Risk     string  // what a miss by a tenth costs, empty when nothing or unknown
	Pays     bool    // where the requirement is met, the project pays; or nobody can tell
	Sentence string  // what the requirement is worth
}

// Link is a link of a strand in words, and where it leads.
type Link struct {
	Step    string // what it is: "Requirement"
	State   corethread.LinkState
	Ends    bool // there is nothing: the strand ends before it
	Title   string
	Detail  string
	Targets []Target // several when one has to choose
}

// Target is a document on its page, or the page of a kind when ID is empty.
type Target struct{ Kind, ID, Words string }

// The kinds of documents that links lead to.
const (
	KindRequirement = "requirement"
	KindMetric      = "key_metric"
	KindModel       = "value_model"
)

// RowOf returns a strand in words.
func RowOf(s corethread.Strand) Row {
	row := Row{Links: [3]Link{requirement(s), metric(s), worth(s)}, Pays: true}
	for i := range row.Links {
		row.Links[i].Ends = row.Links[i].State == corethread.LinkMissing
	}
	if s.Worth != nil && s.Worth.Stake != nil {
		row.Pays = s.Worth.Stake.Pays
		row.Sentence = sentence(s.Worth.Stake, s.Worth.Unit)
		if s.AtRisk() > 0 {
			row.Risk = words.Amount(s.AtRisk(), s.Worth.Unit)
		}
	}
	return row
}

func requirement(s corethread.Strand) Link {
	l := Link{Step: words.T("Requirement"), State: s.States.Requirement}
	r := s.Requirement
	if r == nil {
		l.Title, l.Detail = words.T("No requirement"), words.T("It serves none that can be measured.")
		l.Targets = []Target{{Kind: KindRequirement}}
		return l
	}
	l.Title = cmp.Or(strings.TrimSpace(r.Title), words.T("Untitled"))
	l.Detail = between(demand(r.Demand), r.Owner)
	l.Targets = []Target{{KindRequirement, r.ID.String(), l.Title}}
	switch {
	case len(r.Disputed) > 0:
		parts := make([]string, len(r.Disputed))
		for i, part := range r.Disputed {
			parts[i] = words.Data(string(part))
		}
		l.Detail = between(words.T("Disputed: %s", strings.Join(parts, ", ")), demand(r.Demand))
	case l.State == corethread.LinkBroken:
		l.Detail = words.T("Update Cairn to read all of it.")
	}
	return l
}

// demand returns what is asked for with the signs that are printed.
func demand(text string) string {
	return strings.NewReplacer(" >= ", " ≥ ", " <= ", " ≤ ").Replace(text)
}

// between joins what is said in few words, and leaves out what is not.
func between(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " · ")
}

func metric(s corethread.Strand) Link {
	l := Link{Step: words.T("Key metric"), State: s.States.Metric}
	for _, m := range s.Metrics {
		l.Targets = append(l.Targets, Target{KindMetric, m.ID.String(), cmp.Or(strings.TrimSpace(m.Name), words.T("Untitled"))})
	}
	switch len(l.Targets) {
	case 0:
		l.Title, l.Detail = words.T("No key metric"), words.T("Nothing measures it yet.")
		l.Targets = []Target{{Kind: KindMetric}}
		return l
	case 1:
		l.Title, l.Detail = l.Targets[0].Words, column(s.Metrics[0].Column)
	default:
		l.Title = l.Targets[0].Words
		names := make([]string, len(l.Targets)-1)
		for i, t := range l.Targets[1:] {
			names[i] = t.Words
		}
		l.Detail = words.T("and %s", strings.Join(names, ", "))
	}
	if l.State == corethread.LinkDisputed {
		l.Detail = between(words.T("Disputed: %s", words.Data("name")), l.Detail)
	}
	return l
}

// column returns whose a key metric is.
func column(name string) string {
	switch name {
	case "data scientist":
		return words.T("Data scientist")
	case "expert":
		return words.T("Subject matter expert")
	case "business":
		return words.T("Business stakeholder")
	default:
		return ""
	}
}

func worth(s corethread.Strand) Link {
	l := Link{Step: words.T("Value"), State: s.States.Value}
	for _, q := range s.Variables {
		to := Target{KindModel, q.Model.String(), quantity(q)}
		if len(l.Targets) == 0 || l.Targets[len(l.Targets)-1].ID != to.ID {
			l.Targets = append(l.Targets, to)
		}
	}
	switch {
	case len(s.Variables) == 0 && len(s.Metrics) > 0:
		l.Title, l.Detail = words.T("Not in the value model"), words.T("Link the key metric to one of its numbers.")
		l.Targets = []Target{{Kind: KindMetric, ID: s.Metrics[0].ID.String()}}
	case len(s.Variables) == 0:
		l.Title, l.Detail = words.T("Not in the value model"), words.T("A key metric links it.")
		l.Targets = []Target{{Kind: KindModel}}
	case s.Worth == nil:
		l.Title, l.Detail = words.T("The value model has a mistake"), s.Problem
		if s.ProblemWords != nil {
			l.Detail = s.ProblemWords.In(words.Data)
		}
	default:
		l.Title, l.Detail = words.Amount(s.Worth.Value, s.Worth.Unit), quantity(s.Variables[0])
		if more := len(s.Variables) - 1; more > 0 {
			l.Detail = words.T("%s, and %d more", l.Detail, more)
		}
	}
	return l
}

// quantity returns a number of the value model: "Churners the model finds: 80 %".
func quantity(q corethread.Quantity) string {
	name := words.Data(cmp.Or(strings.TrimSpace(q.Label), q.Name))
	if q.Value == nil {
		return name
	}
	return name + ": " + words.Amount(*q.Value, q.Unit)
}
