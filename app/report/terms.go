package report

import (
	"strings"

	"cairn/core/thread"
)

// role returns a role of the lifecycle at the beginning of a line, one of the
// team's own as the team writes it.
func (v *voice) role(role string) string {
	switch role {
	case "business stakeholder":
		return v.T("Business stakeholder")
	case "subject matter expert", "expert":
		return v.T("Subject matter expert")
	case "data scientist":
		return v.T("Data scientist")
	case "data engineer":
		return v.T("Data engineer")
	case "ML engineer":
		return v.T("ML engineer")
	case "business":
		return v.T("Business")
	}
	return capital(role)
}

// phases of the lifecycle, in their order.
func (v *voice) phases() []string {
	return []string{v.T("Design"), v.T("Development"), v.T("Deployment"), v.T("Monitoring")}
}

// involvement returns one of the parts of a RACI chart.
func (v *voice) involvement(part string) string {
	switch part {
	case "responsible":
		return v.T("Responsible")
	case "accountable":
		return v.T("Accountable")
	case "consulted":
		return v.T("Consulted")
	case "informed":
		return v.T("Informed")
	}
	return part
}

// areas are those of requirements as they are stored, in their order.
var areas = []string{"speed", "accuracy", "transparency", "compliance", "budget", "team"}

func (v *voice) area(area string) string {
	switch area {
	case "speed":
		return v.T("Speed")
	case "accuracy":
		return v.T("Accuracy")
	case "transparency":
		return v.T("Transparency")
	case "compliance":
		return v.T("Compliance")
	case "budget":
		return v.T("Budget")
	case "team":
		return v.T("Team")
	}
	return area
}

// dimensions of data quality as they are stored, in their order.
var dimensions = []string{"accuracy", "completeness", "consistency", "timeliness"}

func (v *voice) dimension(dimension string) string {
	switch dimension {
	case "accuracy":
		return v.T("Accuracy")
	case "completeness":
		return v.T("Completeness")
	case "consistency":
		return v.T("Consistency")
	case "timeliness":
		return v.T("Timeliness")
	}
	return dimension
}

// answer returns a yes or no, empty when nobody has given one.
func (v *voice) answer(answer string) string {
	switch answer {
	case "yes":
		return v.T("Yes")
	case "no":
		return v.T("No")
	case "unsure":
		return v.T("Not sure")
	}
	return answer
}

// part returns a part of a requirement without which it can't be measured.
func (v *voice) part(p thread.Part) string {
	switch p {
	case thread.PartMetric:
		return v.T("metric")
	case thread.PartComparison:
		return v.T("comparison")
	case thread.PartThreshold:
		return v.T("threshold")
	}
	return string(p)
}

// page returns what a sign-off is about.
func (v *voice) page(scope string) string {
	switch scope {
	case "design":
		return v.T("Design phase")
	case "charter":
		return v.T("Charter")
	case "value":
		return v.T("Value")
	case "requirements":
		return v.T("Requirements")
	case "metrics":
		return v.T("Key metrics")
	case "sources":
		return v.T("Data sources")
	case "roles":
		return v.T("Roles")
	}
	return capital(scope)
}

// kind returns what a document is, in a sentence about it.
func (v *voice) kind(kind string) string {
	switch kind {
	case "project":
		return v.T("Project")
	case "charter":
		return v.T("Charter")
	case "requirement":
		return v.T("Requirement")
	case "key_metric":
		return v.T("Key metric")
	case "value_model":
		return v.T("Value model")
	case "data_source":
		return v.T("Data source")
	case "expectation":
		return v.T("Expectation")
	case "responsibility":
		return v.T("Role")
	}
	return capital(kind)
}

// field returns what a field is called in which people wrote different things.
func (v *voice) field(field string) string {
	switch field {
	case "needs_ml":
		return v.T("Does it take machine learning?")
	case "viability":
		return v.T("Viability")
	case "statement":
		return v.T("Expectation")
	case "low":
		return v.T("Low")
	case "high":
		return v.T("High")
	case "share":
		return v.T("Of the rows")
	case "access":
		return v.T("Access")
	case "role":
		return v.T("Role")
	case "person":
		return v.T("Person")
	case "design":
		return v.T("Design")
	case "development":
		return v.T("Development")
	case "deployment":
		return v.T("Deployment")
	case "monitoring":
		return v.T("Monitoring")
	}
	return capital(v.Data(strings.ReplaceAll(field, "_", " ")))
}
