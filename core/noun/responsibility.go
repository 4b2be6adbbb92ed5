package noun

import "cairn/core/id"

// Responsibility is how one role is involved in each phase, and who holds it in
// this project. The parts are those of a RACI chart: responsible does the work,
// accountable answers for it, consulted is asked before, informed told after.
type Responsibility struct {
	InProject
	Role        string `cairn:"2,multi,title"` // of the lifecycle, or one of the team's own
	Person      id.Doc `cairn:"3,multi"`
	Design      string `cairn:"4,multi,oneof=responsible|accountable|consulted|informed"`
	Development string `cairn:"5,multi,oneof=responsible|accountable|consulted|informed"`
	Deployment  string `cairn:"6,multi,oneof=responsible|accountable|consulted|informed"`
	Monitoring  string `cairn:"7,multi,oneof=responsible|accountable|consulted|informed"`
	Notes       string `cairn:"8,text"`
}

// Responsibilities is the kind of responsibilities.
var Responsibilities = Define[Responsibility](11, "responsibility").In(Design)
