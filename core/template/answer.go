package template

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"cairn/core/id"
	"cairn/core/sentence"
	"cairn/core/value"
)

// An answer is stored as text in one form for what means the same, so that "80 %"
// and "80%" are no conflict:
//
//	number, money   1200.5
//	percent         80%
//	date            2026-03-31
//	choice, choices the choices as the field writes them, each on a line
//	yes/no          yes or no
//	person, link    the ID of a document
//	prose, line     as typed

// Answer reads what a person typed into the field. It returns the form to store,
// and what is wrong with it, nil when nothing is. What is wrong is returned as it
// was typed, to be stored all the same: nobody's words are refused.
func (f Field) Answer(typed string) (string, *sentence.Sentence) {
	if f.Kind == Prose {
		return typed, nil
	}
	text := strings.TrimSpace(typed)
	if text == "" {
		return "", nil
	}
	wrong := func(format string) (string, *sentence.Sentence) {
		s := sentence.New(format, clip(text))
		return text, &s
	}
	switch f.Kind {
	case Line:
		if strings.ContainsAny(text, "\n\r") {
			s := sentence.New(answerLine)
			return text, &s
		}
		return text, nil
	case Number, Money, Percent:
		return f.amount(text, wrong)
	case Date:
		for _, layout := range dateLayouts {
			if t, err := time.Parse(layout, text); err == nil {
				return t.Format(time.DateOnly), nil
			}
		}
		return wrong(notDate)
	case Choice, Choices:
		return f.chosen(text, wrong)
	case YesNo:
		return yesOrNo(text, wrong)
	case Person, Link:
		if d, err := id.ParseDoc(text); err == nil {
			return d.String(), nil
		}
		return wrong(notDoc)
	default:
		s := sentence.New(kindUnknown)
		return text, &s
	}
}

// Missing returns what is wrong with a field that has no answer, nil when it may
// stay empty.
func (f Field) Missing() *sentence.Sentence {
	if !f.Required {
		return nil
	}
	s := sentence.New(answerNeeded)
	return &s
}

// NoDocument returns what is wrong with an answer that names a document which is
// not there.
func NoDocument(answer string) *sentence.Sentence {
	s := sentence.New(notDoc, clip(answer))
	return &s
}

// dateLayouts are the ways to write a date that mean one day everywhere; the
// Korean one is among them.
var dateLayouts = []string{
	time.DateOnly, "2006-1-2", "2006/1/2", "2006.1.2", "2006. 1. 2.", "2006. 1. 2", "2006년 1월 2일",
	"2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006", time.RFC3339,
}

// signs are what people write at an amount of money.
var signs = []string{"$", "€", "£", "₩", "¥", "₹"}

func (f Field) amount(text string, wrong func(string) (string, *sentence.Sentence)) (string, *sentence.Sentence) {
	digits := text
	if f.Kind == Money {
		digits = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(digits, f.Unit), f.Unit))
		for _, sign := range signs {
			digits = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(digits, sign), sign))
		}
	}
	percent := strings.HasSuffix(digits, "%")
	if f.Kind == Percent && percent {
		digits = strings.TrimSpace(strings.TrimSuffix(digits, "%"))
	}
	x, ok := value.ParseNumber(digits)
	format := map[Kind]string{Number: notNumber, Money: notMoney, Percent: notPercent}[f.Kind]
	switch {
	case !ok, f.Kind == Money && percent, f.Kind == Percent && strings.HasSuffix(digits, "%"):
		return wrong(format)
	case f.Kind == Percent:
		return strconv.FormatFloat(x, 'f', -1, 64) + "%", nil
	default:
		return strconv.FormatFloat(x, 'f', -1, 64), nil
	}
}

// chosen finds the choices that were meant. They stand on lines of their own, or
// between commas where none of them has one.
func (f Field) chosen(text string, wrong func(string) (string, *sentence.Sentence)) (string, *sentence.Sentence) {
	picked := strings.Split(text, "\n")
	if f.Kind == Choices && len(picked) == 1 && !slices.ContainsFunc(f.Choices, func(c string) bool { return strings.Contains(c, ",") }) {
		picked = strings.Split(text, ",")
	}
	if f.Kind == Choice && len(picked) > 1 {
		return wrong(notChoice)
	}
	var found []string
	var odd string
	for _, p := range picked {
		i := slices.IndexFunc(f.Choices, func(c string) bool { return fold(c) == fold(p) })
		switch {
		case strings.TrimSpace(p) == "":
		case i < 0:
			odd = strings.TrimSpace(p)
		case !slices.Contains(found, f.Choices[i]):
			found = append(found, f.Choices[i])
		}
	}
	if odd != "" {
		s := sentence.New(notChoice, clip(odd))
		return text, &s
	}
	slices.SortStableFunc(found, func(a, b string) int { return slices.Index(f.Choices, a) - slices.Index(f.Choices, b) })
	return strings.Join(found, "\n"), nil
}

func yesOrNo(text string, wrong func(string) (string, *sentence.Sentence)) (string, *sentence.Sentence) {
	switch strings.ToLower(text) {
	case "yes", "y", "true", "예", "네":
		return "yes", nil
	case "no", "n", "false", "아니요", "아니오":
		return "no", nil
	}
	return wrong(notYesNo)
}

// Say returns a stored answer for people: "80 %", "$12,000", choices with commas
// between them. What does not fit the field is returned as it is.
func (f Field) Say(stored string) string {
	if _, wrong := f.Answer(stored); wrong != nil || stored == "" {
		return stored
	}
	switch f.Kind {
	case Number, Money:
		x, _ := value.ParseNumber(stored)
		unit := f.Unit
		if unit == "" && f.Kind == Money {
			unit = DefaultCurrency
		}
		return value.Amount(x, unit)
	case Percent:
		x, _ := value.ParseNumber(stored)
		return value.Amount(x, "%")
	case Choices:
		return strings.Join(strings.Split(stored, "\n"), ", ")
	default:
		return stored
	}
}

// DefaultCurrency is that of amounts whose field names none.
const DefaultCurrency = "USD"
