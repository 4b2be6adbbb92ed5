package noun

// Charter is why a project exists: the first page of its Design phase.
type Charter struct {
	InProject
	Problem      string   `cairn:"2,text"` // the problem and its context
	Decision     string   `cairn:"3,text"` // the decision that the model changes
	Present      string   `cairn:"4,text"` // how it is decided today
	Users        []string `cairn:"5,list"` // who uses the predictions, the most affected first
	NeedsML      string   `cairn:"6,multi,oneof=yes|no|unsure"`
	Viability    string   `cairn:"7,multi,oneof=viable|not viable|undecided"`
	Reasons      string   `cairn:"8,text"`  // behind the verdict
	Stakeholders []string `cairn:"9,list"`  // who has a say in it, or bears the cost of it
	WithoutML    string   `cairn:"10,text"` // what a rule or a report could do instead
}

// Charters is the kind of charters. A project has one, also when two people begin
// it apart.
var Charters = Define[Charter](4, "charter").In(Design).Keyed()
