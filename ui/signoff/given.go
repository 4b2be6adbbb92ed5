package signoff

import (
	"cairn/core/lifecycle"
	"cairn/ui/words"
)

// Headline returns what a verdict on a page is about in a number, or in a word.
func (s *Standing) Headline(page lifecycle.Page) string {
	switch {
	case (page == lifecycle.Value || page == lifecycle.Design) && s.Worth.Known:
		return words.Amount(s.Worth.Expected, s.Worth.Unit)
	case page == lifecycle.Charter && s.Opinion.Viability != "":
		return Viable(s.Opinion.Viability)
	case page == lifecycle.Requirements:
		return words.N("%d requirement", "%d requirements", s.Counts["requirement"])
	case page == lifecycle.Metrics:
		return words.N("%d key metric", "%d key metrics", s.Counts["key_metric"])
	case page == lifecycle.Sources:
		return words.N("%d data source", "%d data sources", s.Counts["data_source"])
	case page == lifecycle.Roles:
		return words.N("%d role", "%d roles", s.Counts["responsibility"])
	default:
		return words.Data(page.Name())
	}
}

// Contents returns what else a verdict on a page is about.
func (s *Standing) Contents(page lifecycle.Page) []string {
	var out []string
	switch page {
	case lifecycle.Charter:
		if s.Opinion.NeedsML == "yes" {
			out = append(out, words.T("machine learning is called for"))
		}
	case lifecycle.Value:
		if s.Worth.Known {
			out = append(out, words.N("with %d number", "with %d numbers", s.Worth.Numbers))
		}
		if s.Worth.Ranged {
			out = append(out, s.between())
		}
	case lifecycle.Requirements:
		out = append(out, words.T("%d can be measured", s.Measurable))
	case lifecycle.Sources:
		out = append(out, words.N("%d expectation", "%d expectations", s.Counts["expectation"]))
	case lifecycle.Design:
		out = append(out, s.counted()...)
	default: // the headline has it all
	}
	return out
}

// counted returns how much stands on the pages of the phase.
func (s *Standing) counted() []string {
	var out []string
	for _, p := range s.Pages {
		if p.State == lifecycle.NotNeeded || p.Page == lifecycle.Value && s.Worth.Known {
			continue
		}
		out = append(out, s.Headline(p.Page))
	}
	return out
}

// between says what nearly every outcome lies between.
func (s *Standing) between() string {
	return words.T("most likely between %s and %s", words.Amount(s.Worth.Low, s.Worth.Unit), words.Amount(s.Worth.High, s.Worth.Unit))
}

// Viable returns the verdict of a charter.
func Viable(verdict string) string {
	switch verdict {
	case "viable":
		return words.T("Viable")
	case "not viable":
		return words.T("Not viable")
	case "undecided":
		return words.T("Undecided")
	default:
		return words.T("Not decided yet")
	}
}
