package lifecycle

import (
	"slices"

	"cairn/core/doc"
	"cairn/core/thread"
)

// partCodes are what to say when a requirement lacks a part to be measured.
var partCodes = map[thread.Part]Code{
	thread.PartMetric: RequirementMetric, thread.PartComparison: RequirementComparison, thread.PartThreshold: RequirementThreshold,
}

// requirementsLack adds what the requirements lack. One that can't be measured
// may stay so, if another can; every one has an owner.
func (p *project) requirementsLack(l *list) {
	if len(p.requirements) == 0 {
		l.must(RequirementsBegin, nil, "")
		return
	}
	measurable := false
	var nearest *doc.Doc // that lacks the fewest parts to be measured
	fewest := len(partCodes) + 1
	for _, r := range p.requirements {
		_, parts := thread.From(r.doc)
		measurable = measurable || len(parts) == 0
		if len(parts) > 0 && len(parts) < fewest {
			nearest, fewest = r.doc, len(parts)
		}
		if blank(r.view.Title) {
			l.must(RequirementTitle, r.doc, "title")
		}
		if r.view.Owner.IsZero() {
			l.must(RequirementOwner, r.doc, "owner", title(r.doc))
		}
		// One that names none of its parts is not meant to be measured; a
		// comparison alone is what a form starts with.
		if slices.Contains(parts, thread.PartMetric) && slices.Contains(parts, thread.PartThreshold) {
			continue
		}
		for _, part := range parts {
			item := l.advise(partCodes[part], r.doc, string(part), title(r.doc))
			item.Who = p.who(item.Who.Roles, r.view.Owner)
		}
	}
	if !measurable {
		l.must(RequirementsMeasurable, nearest, string(firstPart(nearest)))
	}
	p.areasLack(l)
}

// firstPart returns the first part that the requirement lacks to be measured.
func firstPart(d *doc.Doc) thread.Part {
	_, parts := thread.From(d)
	return parts[0]
}

// areasLack adds whom or what no requirement speaks for yet.
func (p *project) areasLack(l *list) {
	said := map[string]bool{}
	for _, r := range p.requirements {
		said[r.view.Area] = true
	}
	if !said["speed"] && !said["accuracy"] && !said["transparency"] {
		l.advise(RequirementsUsers, nil, "")
	}
	for _, area := range []struct {
		name string
		code Code
	}{{"compliance", RequirementsCompliance}, {"budget", RequirementsBudget}, {"team", RequirementsTeam}} {
		if !said[area.name] {
			l.advise(area.code, nil, "")
		}
	}
}
