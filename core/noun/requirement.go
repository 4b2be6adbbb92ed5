package noun

import "cairn/core/id"

// Requirement is a business requirement. One that names a metric, a
// comparison and a threshold can be measured, and is a gate from then on.
type Requirement struct {
	InProject
	Title      string   `cairn:"2,multi,title"`
	Area       string   `cairn:"3,oneof=speed|accuracy|transparency|compliance|budget|team"`
	Metric     string   `cairn:"4,multi"`
	Comparison string   `cairn:"5,multi,oneof=>=|>|<=|<|="`
	Threshold  *float64 `cairn:"6,multi"`
	Unit       string   `cairn:"7"`
	Owner      id.Doc   `cairn:"8"` // a person
	Notes      string   `cairn:"9,text"`
}

// Requirements is the kind of business requirements.
var Requirements = Define[Requirement](5, "requirement").In(Design)
