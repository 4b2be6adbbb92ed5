package thread

import (
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"cairn/core/fault"
)

// measurement is a value and the name that it was measured under.
type measurement struct {
	name  string // without spaces around it
	value float64
}

// measurements are what was measured, by what spellings have in common.
type measurements map[string][]measurement

func collect(values map[string]float64) measurements {
	m := measurements{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		m[sameName(name)] = append(m[sameName(name)], measurement{strings.TrimSpace(name), values[name]})
	}
	return m
}

// Why there is no data.
var (
	errNotMeasured = errors.New("not measured")
	errNotFinite   = errors.New("not a finite number")
	errSpellings   = errors.New("measured under several spellings")
)

// of returns the value of a metric.
func (m measurements) of(metric string) (float64, error) {
	found := m[sameName(metric)]
	asked := strings.TrimSpace(metric)
	if slices.ContainsFunc(found, func(x measurement) bool { return x.name == asked }) {
		found = slices.DeleteFunc(slices.Clone(found), func(x measurement) bool { return x.name != asked })
	}
	if len(found) == 0 {
		return 0, errNotMeasured
	}
	value := found[0].value
	for _, x := range found {
		switch {
		case math.IsNaN(x.value), math.IsInf(x.value, 0):
			return 0, errNotFinite
		case x.value != value:
			return 0, errSpellings
		}
	}
	return value, nil
}

// ParseMeasured reads measured values as people type them, each NAME=VALUE. A
// value is a number such as 0.83, or 83%; NaN and infinities, which programs
// print when there was nothing to compute, are values that count as no data.
// The error is a fault.
func ParseMeasured(words []string) (map[string]float64, error) {
	out := make(map[string]float64, len(words))
	names := make(map[string]bool, len(words))
	for _, word := range words {
		name, text, ok := strings.Cut(word, "=")
		name = strings.TrimSpace(name)
		if !ok || name == "" {
			return nil, fault.New(fault.Invalid, "%q measures nothing.", "Write NAME=VALUE, for example recall=0.83.").With(clip(word))
		}
		if names[sameName(name)] {
			return nil, fault.New(fault.Invalid, "The metric %s is measured twice.", "Leave one of the values out.").With(clip(name))
		}
		value, err := parseValue(text)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "The metric %s can't be %q: it is a number.", "Write a number such as 0.83, or 83%.").With(clip(name), clip(text))
		}
		names[sameName(name)], out[name] = true, value
	}
	return out, nil
}

func parseValue(text string) (float64, error) {
	text = strings.TrimSpace(text)
	digits, percent := strings.CutSuffix(text, "%")
	x, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if err == nil && percent {
		x = shift(x, -2)
	}
	return x + 0, err // no -0
}

// clip shortens text from outside for a message.
func clip(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
