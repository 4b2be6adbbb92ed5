package roles

import (
	"slices"
	"unicode"

	"cairn/core/lifecycle"
	"cairn/ui/words"
)

// The parts of a RACI chart, as they are stored.
const (
	Responsible = "responsible"
	Accountable = "accountable"
	Consulted   = "consulted"
	Informed    = "informed"
)

// Parts lists them in the order of the letters.
var Parts = []string{Responsible, Accountable, Consulted, Informed}

func ofLifecycle(role string) bool { return slices.Contains(lifecycle.RoleNames, role) }

// Name returns what to call a role at the beginning of a line.
func Name(role string) string {
	if !ofLifecycle(role) {
		return role
	}
	r := []rune(role)
	r[0] = unicode.ToUpper(r[0])
	return words.Data(string(r))
}

// PhaseName returns what to call a phase at the beginning of a line.
func PhaseName(phase string) string {
	switch phase {
	case "design":
		return words.T("Design")
	case "development":
		return words.T("Development")
	case "deployment":
		return words.T("Deployment")
	default:
		return words.T("Monitoring")
	}
}

// Letter returns the letter of a part, nothing for none. It is that of the English
// word in every language, as charts have it.
func Letter(part string) string {
	if part == "" {
		return ""
	}
	return string(unicode.ToUpper(rune(part[0])))
}

// PartName returns a part in a word.
func PartName(part string) string {
	switch part {
	case Responsible:
		return words.T("Responsible")
	case Accountable:
		return words.T("Accountable")
	case Consulted:
		return words.T("Consulted")
	case Informed:
		return words.T("Informed")
	default:
		return ""
	}
}

// Meaning returns what somebody with a part does.
func Meaning(part string) string {
	switch part {
	case Responsible:
		return words.T("does the work")
	case Accountable:
		return words.T("answers for it: one in each phase")
	case Consulted:
		return words.T("is asked before it is decided")
	default:
		return words.T("is told afterwards")
	}
}

// keyed are the keys that choose a part: its letter, and what the same key types
// on a Korean keyboard.
var keyed = map[rune]string{
	'r': Responsible, 'ㄱ': Responsible, 'a': Accountable, 'ㅁ': Accountable,
	'c': Consulted, 'ㅊ': Consulted, 'i': Informed, 'ㅑ': Informed,
}

// partOf returns the part that a typed letter stands for.
func partOf(r rune) (part string, ok bool) {
	part, ok = keyed[unicode.ToLower(r)]
	return part, ok
}
