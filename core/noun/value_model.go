package noun

import "cairn/core/doc"

// ValueModel is what the project is expected to be worth: a formula over
// quantities, as package value reads them. The records have its names.
type ValueModel struct {
	InProject
	Name      string      `cairn:"2,multi,title"`
	About     string      `cairn:"3,text"`
	Formula   string      `cairn:"4,multi"`
	Unit      string      `cairn:"5,multi"` // of the value: USD/month
	Discount  *float64    `cairn:"6,multi"` // a year
	Variables []doc.Value `cairn:"7,list"`
	Steps     []doc.Value `cairn:"8,list"`
	Costs     []doc.Value `cairn:"9,list"`
	Scenarios []doc.Value `cairn:"10,list"`
}

// ValueModels is the kind of value models.
var ValueModels = Define[ValueModel](7, "value_model").In(Design)
