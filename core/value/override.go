package value

import (
	"slices"
	"strings"

	"cairn/core/sentence"
)

// ParseQuantity reads a number or a range as people type it: "0.8", "80 %",
// "0.6..0.9", "0.6..0.8..0.9", with the name of a distribution after a range
// if it is not the usual one: "0.6..0.8..0.9 pert".
func ParseQuantity(text string) (Quantity, bool) {
	var q Quantity
	text = strings.TrimSpace(text)
	if at := strings.LastIndexByte(text, ' '); at >= 0 && slices.Contains(Shapes, Shape(text[at+1:])) {
		q.Distribution = Shape(text[at+1:])
		text = text[:at]
	}
	parts := strings.Split(text, "..")
	if last := len(parts) - 1; strings.HasSuffix(text, "%") && strings.Count(text, "%") == 1 {
		for i := range parts[:last] {
			parts[i] += "%" // "60..90%" means per cent throughout
		}
	}
	numbers := make([]float64, len(parts))
	for i, part := range parts {
		var ok bool
		if numbers[i], ok = ParseNumber(part); !ok {
			return Quantity{}, false
		}
	}
	switch len(numbers) {
	case 1:
		q.Value = &numbers[0]
	case 2:
		q.Low, q.High = &numbers[0], &numbers[1]
	case 3:
		q.Low, q.Mode, q.High = &numbers[0], &numbers[1], &numbers[2]
	default:
		return Quantity{}, false
	}
	return q, true
}

// String returns q as ParseQuantity reads it.
func (q Quantity) String() string {
	likeliest := q.Mode
	if likeliest == nil {
		likeliest = q.Value
	}
	var parts []string
	for _, x := range []*float64{q.Low, likeliest, q.High} {
		if x != nil {
			parts = append(parts, exactly(*x))
		}
	}
	text := strings.Join(parts, "..")
	if q.Distribution != "" && len(parts) > 1 {
		text += " " + string(q.Distribution)
	}
	return text
}

// Override returns the model with another quantity for a variable or a cost.
// The error is a *Error.
func (m Model) Override(name, text string) (Model, error) {
	hint := sentence.New("Write a number such as 0.8 or 80%, or a range such as 0.6..0.9 or 0.6..0.8..0.9.")
	q, ok := ParseQuantity(text)
	if !ok {
		p := wrong(sentence.New("the number for %s", clip(name)), hint, "%q is not a number or a range.", clip(text))
		p.Text, p.Length = clip(text), len([]rune(clip(text)))
		return m, p
	}
	names := map[string]bool{}
	for i, v := range m.Variables {
		if names[v.Name] = true; v.Name == name {
			m.Variables = slices.Clone(m.Variables)
			m.Variables[i].Quantity = q
			return m, nil
		}
	}
	for i, c := range m.Costs {
		if names[c.Name] = true; c.Name == name {
			m.Costs = slices.Clone(m.Costs)
			m.Costs[i].Quantity = q
			return m, nil
		}
	}
	suggestion := sentence.New("It has %s.", listNames(names))
	if near, ok := nearest(name, names); ok {
		suggestion = sentence.New("Did you mean %s?", near)
	}
	return m, wrong(sentence.New("the model"), suggestion, "It has no variable or cost called %q.", clip(name))
}

// With returns the model with several overrides. The error is a *Error.
func (m Model) With(set map[string]string) (Model, error) {
	for _, name := range sortedKeys(set) {
		var err error
		if m, err = m.Override(name, set[name]); err != nil {
			return m, err
		}
	}
	return m, nil
}
