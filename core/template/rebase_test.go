package template_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/template"
)

// Who has changed nothing gets what the other wrote.
func TestRebaseOfOneIsTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, other := templates().Draw(t, "base"), templates().Draw(t, "other")
		if diff := cmp.Diff(other, template.Rebase(base, base, other)); diff != "" {
			t.Fatalf("theirs alone:\n%s", diff)
		}
		if diff := cmp.Diff(other, template.Rebase(base, other, base)); diff != "" {
			t.Fatalf("mine alone:\n%s", diff)
		}
	})
}

func TestRebaseKeepsBoth(t *testing.T) {
	mine, theirs := brief(), brief()
	mine.Sections[0].Fields[0].Label, mine.About = "We believe that", "Before any experiment."
	theirs.Sections[0].Fields[0].Help, theirs.About = "One sentence.", "Before an experiment, always."
	got := template.Rebase(brief(), mine, theirs)
	if f := got.Sections[0].Fields[0]; f.Label != "We believe that" || f.Help != "One sentence." || got.About != "Before any experiment, always." {
		t.Errorf("together: %+v", got)
	}
}
