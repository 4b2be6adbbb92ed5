package signoff

import (
	"slices"

	"cairn/core/lifecycle"
	"cairn/ui/words"
)

// Check is something that must be so before a page can be signed off.
type Check struct {
	Words string
	Done  bool
	Item  Item // that is missing, when it isn't done
}

// rule is a check, and the codes of what is missing when it does not hold.
type rule struct {
	words string
	codes []lifecycle.Code
}

// rules are the checks of each page. Of the first hang all others: while there is
// nothing on the page, nothing holds. A function, since words follow the language.
func rules(page lifecycle.Page) []rule {
	of := func(words string, codes ...lifecycle.Code) rule { return rule{words, codes} }
	switch page {
	case lifecycle.Charter:
		return []rule{
			of(words.T("The problem is described"), lifecycle.CharterProblem), of(words.T("The decision is named"), lifecycle.CharterDecision),
			of(words.T("It is said whether machine learning is needed"), lifecycle.CharterNeedsML), of(words.T("It is decided whether it is viable"), lifecycle.CharterViability),
		}
	case lifecycle.Value:
		return []rule{
			of(words.T("There is an estimate"), lifecycle.ValueBegin), of(words.T("It can be computed"), lifecycle.ValueBroken),
			of(words.T("Costs are in it"), lifecycle.ValueCosts), of(words.T("A number has a range"), lifecycle.ValueNoRange),
		}
	case lifecycle.Requirements:
		return []rule{
			of(words.T("There are requirements"), lifecycle.RequirementsBegin), of(words.T("One at least can be measured"), lifecycle.RequirementsMeasurable),
			of(words.T("Each has an owner"), lifecycle.RequirementOwner),
		}
	case lifecycle.Metrics:
		return []rule{
			of(words.T("The data scientist has a metric"), lifecycle.MetricsScientist), of(words.T("The subject matter expert has one"), lifecycle.MetricsExpert),
			of(words.T("The business has one"), lifecycle.MetricsBusiness), of(words.T("Each serves something"), lifecycle.MetricUnlinked),
		}
	case lifecycle.Sources:
		return []rule{
			of(words.T("There are data sources"), lifecycle.SourcesBegin), of(words.T("Somebody answers for each"), lifecycle.SourceOwner),
			of(words.T("It is said which hold personal data"), lifecycle.SourcePersonal), of(words.T("Something is expected in each dimension"), lifecycle.QualityMissing),
		}
	case lifecycle.Roles:
		return []rule{
			of(words.T("There are roles"), lifecycle.RolesBegin), of(words.T("One is accountable for each phase"), lifecycle.RolesAccountable, lifecycle.RolesSeveral),
			of(words.T("Somebody does the work in each"), lifecycle.RolesResponsible),
		}
	default:
		return nil
	}
}

// begins are what is missing of a page without anything on it.
var begins = []lifecycle.Code{lifecycle.ValueBegin, lifecycle.RequirementsBegin, lifecycle.SourcesBegin, lifecycle.RolesBegin}

// Checks returns what must be so before a page can be signed off. Of the phase,
// that every page is ready.
func (s *Standing) Checks(page lifecycle.Page) []Check {
	if page == lifecycle.Design {
		return s.pagesReady()
	}
	missing := musts(s.Of(page))
	bare := slices.ContainsFunc(missing, func(i Item) bool { return slices.Contains(begins, i.Code) })
	var out []Check
	known := map[lifecycle.Code]bool{}
	for _, r := range rules(page) {
		c := Check{Words: r.words, Done: !bare}
		for _, i := range missing {
			if slices.Contains(r.codes, i.Code) || bare && c.Item.Code == "" {
				c.Done, c.Item = false, i
			}
		}
		for _, code := range r.codes {
			known[code] = true
		}
		out = append(out, c)
	}
	for _, i := range missing { // a conflict, or what a later version asks for
		if !known[i.Code] {
			out = append(out, Check{Words: i.Say.In(words.Data), Item: i})
		}
	}
	return out
}

func (s *Standing) pagesReady() []Check {
	var out []Check
	for _, p := range s.Pages {
		if p.State == lifecycle.NotNeeded {
			continue
		}
		out = append(out, Check{Words: pageName(p.Page), Done: p.Musts == 0, Item: Item{Page: p.Page}})
	}
	return out
}

// musts returns what a page must have and has not.
func musts(p Page) []Item {
	var out []Item
	for _, i := range p.Missing {
		if i.Must {
			out = append(out, i)
		}
	}
	return out
}

// done returns how many checks hold.
func done(checks []Check) int {
	n := 0
	for _, c := range checks {
		if c.Done {
			n++
		}
	}
	return n
}
