package id_test

import (
	"testing"

	"cairn/core/id"
)

func TestDerive(t *testing.T) {
	project := id.Doc{5: 7, 15: 1}
	charter := id.Derive(project, "charter")
	if charter.Time() != project.Time() {
		t.Errorf("Derive turns the time %v into %v", project.Time(), charter.Time())
	}
	if again := id.Derive(project, "charter"); again != charter {
		t.Errorf("Derive(charter) = %v, then %v", charter, again)
	}
	seen := map[id.Doc]string{project: "the project"}
	for name, d := range map[string]id.Doc{
		"charter":             charter,
		"another project":     id.Derive(id.Doc{5: 7, 15: 2}, "charter"),
		"another kind":        id.Derive(project, "answer"),
		"parts a, bc":         id.Derive(project, "answer", "a", "bc"),
		"parts ab, c":         id.Derive(project, "answer", "ab", "c"),
		"parts abc and empty": id.Derive(project, "answer", "abc", ""),
	} {
		if other, taken := seen[d]; taken {
			t.Errorf("%s and %s have the same name", name, other)
		}
		seen[d] = name
	}
	// The name is a format: documents made by earlier versions have it.
	if got, want := charter.String(), "000000000748hbqrpwvymmf45z"; got != want {
		t.Errorf("Derive(charter) = %s, want %s", got, want)
	}
}
