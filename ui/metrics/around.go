package metrics

import (
	"encoding/json"
	"strings"

	"cairn/core/value"
	"cairn/ui/edit"
	"cairn/ui/words"
)

// Requirement is a requirement of the project, as far as the board asks.
type Requirement struct{ ID, Title, Area, Metric, Comparison, Unit string }

// Quantity is a variable or step of a value model.
type Quantity struct{ Model, Name, Label, Unit string }

// Title returns what people call the quantity.
func (q Quantity) Title() string {
	if label := strings.TrimSpace(q.Label); label != "" {
		return words.Data(label)
	}
	return q.Name
}

func requirementsOf(docs []edit.Document) []Requirement {
	out := make([]Requirement, len(docs))
	for i, d := range docs {
		f := d.Fields
		out[i] = Requirement{ID: d.ID, Title: f["title"], Area: f["area"], Metric: f["metric"], Comparison: f["comparison"], Unit: f["unit"]}
		if strings.TrimSpace(out[i].Title) == "" {
			out[i].Title = words.T("Untitled")
		}
	}
	return out
}

// quantitiesOf returns the variables and steps of value models, each name once: of
// several, the first that has it counts.
func quantitiesOf(models []edit.Document) []Quantity {
	var out []Quantity
	seen := map[string]bool{}
	for _, d := range models {
		for _, field := range []string{"variables", "steps"} {
			for _, q := range records(d.Fields[field]) {
				if name := strings.TrimSpace(q.Name); name != "" && !seen[name] {
					seen[name] = true
					out = append(out, Quantity{d.ID, name, q.Label, q.Unit})
				}
			}
		}
	}
	return out
}

type record struct{ Name, Label, Unit string }

// records reads a stored list of records. One that is none is passed over.
func records(stored string) []record {
	var raw []json.RawMessage
	if json.Unmarshal([]byte(stored), &raw) != nil {
		return nil
	}
	var out []record
	for _, item := range raw {
		var r record
		if json.Unmarshal(item, &r) == nil {
			out = append(out, r)
		}
	}
	return out
}

// quantity returns the quantity called name.
func (a Around) quantity(name string) (Quantity, bool) {
	for _, q := range a.Variables {
		if q.Name == strings.TrimSpace(name) {
			return q, true
		}
	}
	return Quantity{}, false
}

// requirement returns the requirement called id.
func (a Around) requirement(id string) (Requirement, bool) {
	for _, r := range a.Requirements {
		if r.ID == id {
			return r, true
		}
	}
	return Requirement{}, false
}

// alike reports whether two units are one, however they are written.
func alike(a, b string) bool {
	u, err := value.ParseUnit(a)
	if err != nil {
		return strings.TrimSpace(a) == strings.TrimSpace(b)
	}
	v, err := value.ParseUnit(b)
	return err == nil && u.Equal(v)
}
