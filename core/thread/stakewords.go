package thread

import (
	"fmt"

	"cairn/core/value"
)

// sentences says what a requirement is worth, in a value model of a unit.
func (s *Stake) sentences(unit string) []string {
	out := []string{s.agreed(unit)}
	switch {
	case s.AtRisk > 0:
		out = append(out, fmt.Sprintf("Missed by a tenth, at %s, it is %s less.", value.Amount(s.Miss, s.Unit), value.Amount(s.AtRisk, unit)))
	case s.AtRisk < 0:
		out = append(out, fmt.Sprintf("Missed by a tenth, at %s, it is %s more: the value model does not ask for what the requirement asks for.", value.Amount(s.Miss, s.Unit), value.Amount(-s.AtRisk, unit)))
	}
	if pays := s.pays(); pays != "" {
		out = append(out, pays)
	}
	return out
}

// agreed says what the value is at the threshold, beside the estimate.
func (s *Stake) agreed(unit string) string {
	at, worth, assumed := value.Amount(s.Threshold, s.Unit), value.Amount(s.Value, unit), value.Amount(s.Assumed, s.Unit)
	switch {
	case s.Difference == 0:
		return fmt.Sprintf("At the agreed %s, as the value model assumes, it is worth %s.", at, worth)
	case s.Difference < 0:
		return fmt.Sprintf("At the agreed %s it is worth %s, %s less than with the assumed %s.", at, worth, value.Amount(-s.Difference, unit), assumed)
	default:
		return fmt.Sprintf("At the agreed %s it is worth %s, %s more than with the assumed %s.", at, worth, value.Amount(s.Difference, unit), assumed)
	}
}

// pays says where the project pays, nothing when it can't be told.
func (s *Stake) pays() string {
	if s.PaysNot == "" || s.BreakEven == nil {
		if !s.Pays {
			return "The project does not pay even where the requirement is met."
		}
		return ""
	}
	limit := value.Amount(*s.BreakEven, s.Unit)
	if s.Pays {
		return fmt.Sprintf("The project does not pay %s %s.", s.PaysNot, limit)
	}
	return fmt.Sprintf("The project does not pay even where the requirement is met: it does not %s %s.", s.PaysNot, limit)
}
