package noun

import "cairn/core/id"

// Expectation is what a data source is expected to keep to, planned before there
// are data: one quality dimension, in words and, where Rule is one of those that
// can be checked, as a check on a column. Bounds are in the unit of the column;
// of the rule "no older than", High is hours.
type Expectation struct {
	InProject
	Source    id.Doc   `cairn:"2"`
	Statement string   `cairn:"3,multi,title"`
	Dimension string   `cairn:"4,oneof=accuracy|completeness|consistency|timeliness"`
	Column    string   `cairn:"5"`
	Rule      string   `cairn:"6,oneof=is present|is unique|is a number|is a date|is between|is one of|matches|is no older than|agrees with"`
	Low       *float64 `cairn:"7,multi"`
	High      *float64 `cairn:"8,multi"`
	Values    []string `cairn:"9,set"`    // of the rule "is one of"
	Pattern   string   `cairn:"10"`       // of "matches", an RE2 expression; of "agrees with", another column
	Share     *float64 `cairn:"11,multi"` // of the rows that must keep to it, 0 to 1; all when empty
	Why       string   `cairn:"12,text"`
}

// Expectations is the kind of expectations.
var Expectations = Define[Expectation](10, "expectation").In(Design)
