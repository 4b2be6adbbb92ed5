package designer

import (
	"strings"

	"cairn/core/template"
	"cairn/ui/words"
)

// KindName returns what a kind of field is called.
func KindName(k template.Kind) string {
	switch k {
	case template.Prose:
		return words.T("Several lines")
	case template.Line:
		return words.T("One line")
	case template.Number:
		return words.T("Number")
	case template.Money:
		return words.T("Amount of money")
	case template.Percent:
		return words.T("Percentage")
	case template.Date:
		return words.T("Day")
	case template.Choice:
		return words.T("One of several")
	case template.Choices:
		return words.T("Any of several")
	case template.YesNo:
		return words.T("Yes or no")
	case template.Person:
		return words.T("Person")
	case template.Link:
		return words.T("Document of the project")
	default:
		return string(k)
	}
}

// DocumentName returns what a kind of document that a field can name is called.
func DocumentName(kind string) string {
	name := strings.ReplaceAll(kind, "_", " ")
	return words.Data(strings.ToUpper(name[:1]) + name[1:])
}

// PhaseName returns what a phase is called.
func PhaseName(phase string) string {
	switch phase {
	case "design":
		return words.T("Design")
	case "development":
		return words.T("Development")
	case "deployment":
		return words.T("Deployment")
	case "monitoring":
		return words.T("Monitoring")
	default:
		return words.T("Any phase")
	}
}

// Standing says how far a template is published.
func Standing(r Summary) string {
	switch {
	case !r.Team:
		return words.T("Cairn")
	case r.Version == 0:
		return words.T("Draft")
	case r.Changed:
		return words.T("v%d, changed", r.Version)
	default:
		return words.T("v%d", r.Version)
	}
}

// ProblemOf returns what is wrong with a part of the draft, nothing when all is
// well. Numbers count from 0; a field of −1 is the section itself.
func ProblemOf(problems []*template.Error, section, field int, part string) string {
	for _, p := range problems {
		if p.Place.Section == section+1 && p.Place.Field == field+1 && p.Place.Part == part {
			return p.Said.In(words.Data)
		}
	}
	return ""
}
