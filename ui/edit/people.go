package edit

import "context"

// Person is somebody whom a field can name. Roles are those of the lifecycle that
// they hold, as they are stored.
type Person struct {
	ID, Name string
	Roles    []string
}

// People lists the people of the workspace.
type People interface {
	People(ctx context.Context) ([]Person, error)
}

// NameOf returns what the person called id is called, empty when there is none.
func NameOf(people []Person, id string) string {
	for _, p := range people {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}
