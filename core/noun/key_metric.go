package noun

import "cairn/core/id"

// KeyMetric is what success is measured by, in the words of one of three: the
// data scientist, the subject matter expert, the business. Requirements are
// those it serves; one that names this metric counts as well. Variable is the
// variable or step of the project's value model that it is the measure of.
type KeyMetric struct {
	InProject
	Name         string   `cairn:"2,multi,title"`
	Definition   string   `cairn:"3,text"`
	Column       string   `cairn:"4,oneof=data scientist|expert|business"`
	Unit         string   `cairn:"5"`
	Direction    string   `cairn:"6,oneof=higher is better|lower is better"`
	Requirements []id.Doc `cairn:"7,set"`
	Variable     string   `cairn:"8"`
}

// KeyMetrics is the kind of key metrics.
var KeyMetrics = Define[KeyMetric](8, "key_metric").In(Design)
