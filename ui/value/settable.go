package value

import (
	"regexp"
	"strconv"
	"strings"

	"cairn/core/value"
	"cairn/ui/words"
)

// settableNumber is what a scenario can have another number for.
type settableNumber struct{ name, label, unit, now, row string }

// id returns the field of a form in which it is set.
func (s settableNumber) id() string { return "set " + s.name }

// settable returns the variables and costs of a model, two in a row.
func settable(m value.Model) []settableNumber {
	var out []settableNumber
	add := func(name, label, unit string, q value.Quantity) {
		x := settableNumber{name: name, label: named(label, name), unit: unit, row: "row " + strconv.Itoa(len(out)/2)}
		x.now = x.shown(q.String())
		out = append(out, x)
	}
	for _, v := range m.Variables {
		add(v.Name, v.Label, v.Unit, v.Quantity)
	}
	for _, c := range m.Costs {
		add(c.Name, c.Label, c.Unit, c.Quantity)
	}
	return out
}

// shown returns a number or range as people read it: shares as per cent.
func (s settableNumber) shown(text string) string {
	q, ok := value.ParseQuantity(text)
	if !ok {
		return text
	}
	var parts []string
	for _, x := range []*float64{q.Low, likeliest(q), q.High} {
		if x != nil {
			parts = append(parts, words.Number(*x, s.unit))
		}
	}
	shown := strings.Join(parts, "..")
	if q.Distribution != "" {
		shown += " " + string(q.Distribution)
	}
	return shown
}

// read returns what was typed as a scenario stores it.
func (s settableNumber) read(text string) (string, bool) {
	if x, ok := words.ParseNumber(text, s.unit); ok {
		return value.Quantity{Value: &x}.String(), true
	}
	q, ok := value.ParseQuantity(text)
	return q.String(), ok
}

// unitWord matches a word of a unit.
var unitWord = regexp.MustCompile(`[\p{L}_]+`)

// moneyOf returns the money of a unit and what it is paid per, nothing for none:
// "USD" and "month" of "USD/month".
func moneyOf(unit string) (money, period string) {
	money, period, _ = strings.Cut(strings.ReplaceAll(unit, " ", ""), "/")
	return money, period
}
