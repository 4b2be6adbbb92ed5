package lifecycle

import (
	"slices"
	"strings"

	"cairn/core/doc"
	"cairn/core/noun"
	"cairn/core/sentence"
)

// somebody stands for a person without a name, the others for documents.
const (
	somebody  = "somebody"
	aDocument = "a document"
	// cantBeRead is what is wrong with a value model that nobody worked out.
	cantBeRead = "It can't be read."
)

// unnamed is what documents without a title are called, by the number of their kind.
var unnamed = map[uint16]string{
	noun.Charters.Number:         "the charter",
	noun.ValueModels.Number:      "the value estimate",
	noun.Requirements.Number:     "a requirement without a title",
	noun.KeyMetrics.Number:       "a metric without a name",
	noun.DataSources.Number:      "a data source without a name",
	noun.Expectations.Number:     "an expectation without words",
	noun.Responsibilities.Number: "a role without a name",
}

// inWords are the pages within a sentence.
var inWords = map[Page]string{
	Charter: "the charter", Value: "the value estimate", Requirements: "the requirements", Metrics: "the key metrics",
	Sources: "the data sources", Roles: "the roles", Design: "the Design phase",
}

// Name returns what to call the page within a sentence, in English.
func (p Page) Name() string { return inWords[p] }

// fieldWord returns what to call a field of a document within a sentence.
func fieldWord(name string) string {
	if name == "needs_ml" {
		return "need for machine learning"
	}
	return strings.ReplaceAll(name, "_", " ")
}

// Say returns the sentence for an item, as anybody reads it.
func (i Item) Say() sentence.Sentence {
	return sentence.Sentence{Format: texts[i.Code].say, Args: i.Args}
}

// Why returns one more sentence for an item: what it is good for.
func (i Item) Why() sentence.Sentence { return sentence.New(texts[i.Code].why) }

// Formats returns every format and every word of Cairn's own that a sentence of
// this package can have, for those who translate. Sorted, each once.
func Formats() []string {
	out := []string{
		somebody, aDocument, cantBeRead, withoutML, notViable, solo, bySomebodyElse, withoutRight, unreadable,
		phaseOver, phaseStopped, nothingNow, viewsOnly, waitsForOne, waitsForMany,
	}
	for _, t := range texts {
		out = append(out, t.say, t.why)
		for _, w := range t.to {
			out = append(out, w.say, w.why)
		}
	}
	for _, word := range unnamed {
		out = append(out, word)
	}
	for _, word := range inWords {
		out = append(out, word)
	}
	for _, phase := range noun.Phases {
		out = append(out, string(phase))
	}
	out = append(append(out, dimensions...), RoleNames...)
	for _, k := range kinds {
		for _, f := range k.kind.Fields {
			if f.Family == doc.FamilyMulti {
				out = append(out, fieldWord(f.Name))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
