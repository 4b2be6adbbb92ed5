package app

import (
	"encoding/json"
	"fmt"

	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/noun"
	"cairn/core/sentence"
	"cairn/core/value"
)

// fieldsOf returns the fields of the document that holds m. Variables, steps,
// costs and scenarios are records with the names that they have in JSON.
func fieldsOf(m value.Model) (map[string]doc.Value, error) {
	fields := map[string]doc.Value{
		"name": doc.String(m.Name), "about": doc.String(m.About), "formula": doc.String(m.Formula), "unit": doc.String(m.Unit),
	}
	if m.Discount != 0 {
		fields["discount"] = doc.Float(m.Discount)
	}
	for name, items := range map[string]any{"variables": m.Variables, "steps": m.Steps, "costs": m.Costs, "scenarios": m.Scenarios} {
		raw, err := json.Marshal(items)
		if err != nil {
			return nil, fmt.Errorf("write the %s of a value model: %w", name, err)
		}
		var list doc.Value
		if err := json.Unmarshal(raw, &list); err != nil {
			return nil, fmt.Errorf("write the %s of a value model: %w", name, err)
		}
		if !list.IsNull() {
			fields[name] = list
		}
	}
	return fields, nil
}

// modelOf returns the model that d holds.
func modelOf(d *doc.Doc) (value.Model, error) {
	view := noun.ValueModels.View(d)
	m := value.Model{Name: view.Name, About: view.About, Formula: view.Formula, Unit: view.Unit}
	if view.Discount != nil {
		m.Discount = *view.Discount
	}
	var err error
	if m.Variables, err = records[value.Variable](view.Variables, "variable"); err != nil {
		return m, err
	}
	if m.Steps, err = records[value.Step](view.Steps, "step"); err != nil {
		return m, err
	}
	if m.Costs, err = records[value.Cost](view.Costs, "cost"); err != nil {
		return m, err
	}
	m.Scenarios, err = records[value.Scenario](view.Scenarios, "scenario")
	return m, err
}

// records reads what teammates, or later versions of Cairn, wrote.
func records[T any](items []doc.Value, what string) ([]T, error) {
	var out []T
	for i, item := range items {
		raw, err := json.Marshal(item)
		if err != nil {
			return nil, fmt.Errorf("read %s %d of a value model: %w", what, i+1, err)
		}
		var record T
		if err := json.Unmarshal(raw, &record); err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "The value model's %s number %d can't be read: %s.", "Correct it with `cairn doc set`, or save the model again.").With(sentence.Own(what), i+1, clip(item.String()))
		}
		out = append(out, record)
	}
	return out, nil
}
