package report

import (
	"strings"

	"cairn/core/fault"
)

// Audience is for whom a report is: a role of the lifecycle as it is stored, or
// everybody.
type Audience string

// The audiences.
const (
	Everybody    Audience = ""
	Stakeholder  Audience = "business stakeholder"
	Expert       Audience = "subject matter expert"
	Scientist    Audience = "data scientist"
	DataEngineer Audience = "data engineer"
	MLEngineer   Audience = "ML engineer"
)

// Audiences lists those that are roles.
var Audiences = []Audience{Stakeholder, Expert, Scientist, DataEngineer, MLEngineer}

// shortNames are what people call the roles besides.
var shortNames = map[string]Audience{
	"": Everybody, "everybody": Everybody, "stakeholder": Stakeholder, "product owner": Stakeholder, "business": Stakeholder,
	"expert": Expert, "scientist": Scientist,
}

// ParseAudience reads a role as people write it: "ML engineer", "stakeholder",
// "data-scientist". The error is a fault.
func ParseAudience(text string) (Audience, error) {
	name := strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer("-", " ", "_", " ").Replace(text)), " "))
	if a, ok := shortNames[name]; ok {
		return a, nil
	}
	for _, a := range Audiences {
		if name == strings.ToLower(string(a)) {
			return a, nil
		}
	}
	return "", fault.New(fault.Invalid, "No report is for the role %q.", "Choose one of stakeholder, expert, data scientist, data engineer and ML engineer.").With(clip(text))
}

// parts are the parts of a report in the order of each audience. Everybody and
// the stakeholder read from what it is worth to what is open.
var parts = [...][]func(*writer){
	{(*writer).value, (*writer).charter, (*writer).requirements, (*writer).metrics, (*writer).data, (*writer).roles, (*writer).signOffs, (*writer).open},
	{(*writer).metrics, (*writer).data, (*writer).requirements, (*writer).charter, (*writer).value, (*writer).roles, (*writer).signOffs, (*writer).open},
	{(*writer).requirements, (*writer).metrics, (*writer).data, (*writer).value, (*writer).charter, (*writer).roles, (*writer).signOffs, (*writer).open},
	{(*writer).data, (*writer).requirements, (*writer).metrics, (*writer).roles, (*writer).charter, (*writer).value, (*writer).signOffs, (*writer).open},
	{(*writer).requirements, (*writer).metrics, (*writer).roles, (*writer).data, (*writer).charter, (*writer).value, (*writer).signOffs, (*writer).open},
}

// index returns which of parts is the audience's.
func (a Audience) index() int {
	switch a {
	case Expert:
		return 1
	case Scientist:
		return 2
	case DataEngineer:
		return 3
	case MLEngineer:
		return 4
	default:
		return 0
	}
}

// technical reports whether the names of variables and metrics, and formulas as
// they are written, are for the audience: those who work with them.
func (a Audience) technical() bool {
	return a == Scientist || a == DataEngineer || a == MLEngineer
}

// rules reports whether columns, patterns and places of data are for the audience.
func (a Audience) rules() bool { return a != Stakeholder && a != Expert }

// money reports whether costs and scenarios are for the audience.
func (a Audience) money() bool { return a == Everybody || a == Stakeholder }
