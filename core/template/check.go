package template

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/core/sentence"
)

// Check reports the first thing that keeps t from being published. The error is
// a *Error.
func Check(t Template) error {
	if all := Problems(t); len(all) > 0 {
		return all[0]
	}
	return nil
}

// CheckDraft reports why t can't be stored, not even to go on with later. The
// error is a *Error.
func CheckDraft(t Template) error {
	for _, p := range Problems(t) {
		if p.Broken {
			return p
		}
	}
	return nil
}

// Problems returns everything that keeps t from being published, in the order of
// its parts.
func Problems(t Template) []*Error {
	c := &checker{sections: map[string]bool{}, fields: map[string]bool{}}
	c.line("name", t.Name, noName, hintName)
	c.text("about", t.About)
	if t.Phase != "" && !slices.Contains(phases(), t.Phase) {
		c.report("phase", true, sentence.New(hintPhases), noPhase, clip(t.Phase))
	}
	switch n := len(t.Sections); {
	case n == 0:
		c.report("sections", false, sentence.New(hintSection), noSections)
	case n > MaxSections:
		c.report("sections", true, sentence.New(hintSplit), manySections, n, MaxSections)
	}
	if n := len(t.Fields()); n > MaxFields {
		c.report("sections", true, sentence.New(hintSplit), manyFields, n, MaxFields)
	}
	if snapshot(t).Size() > MaxBytes {
		c.report("sections", true, sentence.New(hintSplit), tooLarge, MaxBytes>>10)
	}
	for i, s := range t.Sections {
		c.at = Place{Section: i + 1}
		c.section(s)
		for j, f := range s.Fields {
			c.at = Place{Section: i + 1, Field: j + 1}
			c.field(f)
		}
	}
	return c.found
}

// phases returns the phases that a template can belong to.
func phases() []string { return fieldOf("phase").OneOf }

// checker collects what is wrong.
type checker struct {
	at               Place
	sections, fields map[string]bool // the keys so far
	found            []*Error
}

func (c *checker) report(part string, broken bool, hint sentence.Sentence, format string, args ...any) {
	at := c.at
	at.Part = part
	c.found = append(c.found, &Error{Place: at, Said: sentence.New(format, args...), Hint: hint, Broken: broken})
}

// line checks a text that stands on one line and, when none is a problem, must
// be there.
func (c *checker) line(part, text, missing, hint string) {
	switch {
	case strings.TrimSpace(text) == "":
		if missing != "" {
			c.report(part, false, sentence.New(hint), missing)
		}
	case utf8.RuneCountInString(text) > MaxLine || strings.ContainsFunc(text, unicode.IsControl):
		c.report(part, true, sentence.New(hintShorter), notLine, MaxLine)
	}
}

func (c *checker) text(part, text string) {
	if utf8.RuneCountInString(text) > MaxText {
		c.report(part, true, sentence.New(hintShorter), tooLong, MaxText)
	}
}

func (c *checker) section(s Section) {
	c.key(s.Key, sectionTwice, c.sections)
	c.line("title", s.Title, noTitle, hintTitle)
	c.text("help", s.Help)
	if len(s.Fields) == 0 {
		c.report("fields", false, sentence.New(hintFields), noFields)
	}
}

// key checks a key; that it is missing is for WithKeys to mend.
func (c *checker) key(key, twice string, taken map[string]bool) {
	switch {
	case key == "":
	case !validKey(key):
		c.report("key", true, sentence.New(hintKey), badKey, clip(key))
	case taken[key]:
		c.report("key", true, sentence.New(hintTwice), twice, clip(key))
	default:
		taken[key] = true
	}
}

func (c *checker) field(f Field) {
	c.key(f.Key, fieldTwice, c.fields)
	c.line("label", f.Label, noLabel, hintLabel)
	c.text("help", f.Help)
	c.text("example", f.Example)
	if !f.Kind.Known() {
		c.report("kind", false, sentence.New(hintKinds, joined(Kinds)), noKind, clip(string(f.Kind)))
		return
	}
	c.choices(f)
	switch {
	case f.Unit == "":
	case f.Kind == Money && !isCurrency(f.Unit):
		c.report("unit", false, sentence.New(hintCurrency), noCurrency, clip(f.Unit))
	case f.Kind != Money && f.Kind != Number:
		c.report("unit", false, sentence.New(hintAway), noUnitFor)
	default:
		c.line("unit", f.Unit, "", "")
	}
	switch {
	case f.Kind == Link && !slices.Contains(Linkable(), f.Of):
		c.report("of", false, sentence.New(hintDocument, joined(Linkable())), noDocument, clip(f.Of))
	case f.Kind != Link && f.Of != "":
		c.report("of", false, sentence.New(hintAway), noLinkFor)
	}
}

func (c *checker) choices(f Field) {
	if !f.Kind.Chosen() {
		if len(f.Choices) > 0 {
			c.report("choices", false, sentence.New(hintAway), noChoicesFor)
		}
		return
	}
	switch n := len(f.Choices); {
	case n < 2:
		c.report("choices", false, sentence.New(hintChoices), fewChoices)
	case n > MaxChoices:
		c.report("choices", true, sentence.New(hintSplit), manyChoices, n, MaxChoices)
	}
	seen := map[string]bool{}
	for _, choice := range f.Choices {
		switch {
		case strings.TrimSpace(choice) == "":
			c.report("choices", false, sentence.New(hintChoice), choiceEmpty)
		case seen[fold(choice)]:
			c.report("choices", false, sentence.New(hintChoice), choiceTwice, clip(choice))
		default:
			c.line("choices", choice, "", "")
		}
		seen[fold(choice)] = true
	}
}

// fold is what makes two choices the same for a reader.
func fold(choice string) string { return strings.ToLower(strings.TrimSpace(choice)) }

// isCurrency reports whether unit has the form of an ISO 4217 code.
func isCurrency(unit string) bool {
	return len(unit) == 3 && strings.Trim(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func joined[T ~string](words []T) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return strings.Join(out, ", ")
}
