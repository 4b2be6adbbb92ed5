package noun

// Person is a human being in the workspace. Roles are those of the lifecycle
// (stakeholder, data scientist…); rights are the membership's matter.
type Person struct {
	Name  string   `cairn:"2,multi,title"`
	Roles []string `cairn:"3,set"`
}

// Persons is the kind of people.
var Persons = Define[Person](2, "person")
