package lifecycle_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/core/lifecycle"
)

// TestFormatsAreSentencesOrWords keeps what is translated in a form that a
// translation can have: only %s, no space at an end.
func TestFormatsAreSentencesOrWords(t *testing.T) {
	formats := lifecycle.Formats()
	if !slices.IsSorted(formats) || len(formats) < 100 {
		t.Errorf("%d formats, sorted: %v", len(formats), slices.IsSorted(formats))
	}
	for _, f := range formats {
		switch {
		case f == "" || strings.TrimSpace(f) != f:
			t.Errorf("%q is empty, or has a space at its end", f)
		case strings.Contains(strings.ReplaceAll(f, "%s", ""), "%"):
			t.Errorf("%q has a verb other than %%s", f)
		}
	}
}

func TestRolesHaveOtherNames(t *testing.T) {
	for text, want := range map[string]string{
		" Data Scientist ": lifecycle.DataScientist, "product owner": lifecycle.Stakeholder, "SME": lifecycle.Expert,
		"ml engineer": lifecycle.MLEngineer, "Developer": "Developer", "": "",
	} {
		if got := lifecycle.RoleOf(text); got != want {
			t.Errorf("RoleOf(%q) = %q, want %q", text, got, want)
		}
	}
}
