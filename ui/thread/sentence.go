package thread

import (
	"slices"
	"strings"

	corethread "cairn/core/thread"
	"cairn/ui/words"
)

// sentence says what a requirement is worth, in a value model of a unit: the same
// as the command line, in the language of the window.
func sentence(s *corethread.Stake, unit string) string {
	said := slices.DeleteFunc([]string{agreed(s, unit), missed(s, unit), pays(s)}, func(s string) bool { return s == "" })
	return strings.Join(said, " ")
}

func agreed(s *corethread.Stake, unit string) string {
	at, worth, assumed := words.Amount(s.Threshold, s.Unit), words.Amount(s.Value, unit), words.Amount(s.Assumed, s.Unit)
	switch {
	case s.Difference == 0:
		return words.T("At the agreed %s, as the value model assumes, it is worth %s.", at, worth)
	case s.Difference < 0:
		return words.T("At the agreed %s it is worth %s, %s less than with the assumed %s.", at, worth, words.Amount(-s.Difference, unit), assumed)
	default:
		return words.T("At the agreed %s it is worth %s, %s more than with the assumed %s.", at, worth, words.Amount(s.Difference, unit), assumed)
	}
}

func missed(s *corethread.Stake, unit string) string {
	at := words.Amount(s.Miss, s.Unit)
	switch {
	case s.AtRisk > 0:
		return words.T("Missed by a tenth, at %s, it is %s less.", at, words.Amount(s.AtRisk, unit))
	case s.AtRisk < 0:
		return words.T("Missed by a tenth, at %s, it is %s more: the value model does not ask for what the requirement asks for.", at, words.Amount(-s.AtRisk, unit))
	default:
		return ""
	}
}

func pays(s *corethread.Stake) string {
	known := s.PaysNot != "" && s.BreakEven != nil
	switch {
	case !known && s.Pays:
		return ""
	case !known:
		return words.T("The project does not pay even where the requirement is met.")
	}
	limit := words.Amount(*s.BreakEven, s.Unit)
	switch {
	case s.Pays && s.PaysNot == corethread.SideBelow:
		return words.T("The project does not pay below %s.", limit)
	case s.Pays:
		return words.T("The project does not pay above %s.", limit)
	case s.PaysNot == corethread.SideBelow:
		return words.T("The project does not pay even where the requirement is met: it does not below %s.", limit)
	default:
		return words.T("The project does not pay even where the requirement is met: it does not above %s.", limit)
	}
}
