package template_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/template"
)

func TestDiffSaysWhatBecomesOfAnswers(t *testing.T) {
	tests := []struct {
		name   string
		change func(*template.Template)
		want   []string
	}{
		{"nothing", func(*template.Template) {}, nil},
		{"names", func(t *template.Template) { t.Name, t.About, t.Phase = "Plan", "", "" }, []string{
			`renamed: The template was called "Brief" and is called "Plan".`, "explained: What the template is for is explained anew.", "phase: The template belongs to another phase.",
		}},
		{"a label", func(t *template.Template) { t.Sections[0].Fields[0].Label = "We believe that" }, []string{
			`field_relabelled kept: The field "We expect that" is called "We believe that". Its answers stay.`,
		}},
		{"a field gone and one come", func(t *template.Template) {
			t.Sections[0].Fields[1] = template.Field{Key: "cost", Label: "Cost", Kind: template.Money}
		}, []string{
			`field_added: The field "Cost" is new.`,
			`field_removed orphaned: The field "Gain" is gone. Its answers are kept beside the worksheet.`,
		}},
		{"another kind", func(t *template.Template) { t.Sections[0].Fields[1].Kind = template.Number }, []string{
			`field_kind reviewed: The field "Gain" takes another kind of answer. Its answers stay, and are looked at anew.`,
		}},
		{"choices", func(t *template.Template) { t.Sections[1].Fields[1].Choices[1] = "medium" }, []string{
			`field_choices reviewed: The field "Risk" has other choices. Answers stay, also those that can no longer be chosen.`,
		}},
		{"must and may", func(t *template.Template) {
			t.Sections[0].Fields[0].Required, t.Sections[0].Fields[1].Required = false, true
		}, []string{
			`field_optional kept: The field "We expect that" may now stay empty.`, `field_required kept: The field "Gain" now needs an answer.`,
		}},
		{"another order", func(t *template.Template) {
			slices.Reverse(t.Sections)
			slices.Reverse(t.Sections[0].Fields)
		}, []string{"sections_moved: The sections stand in another order.", `field_moved kept: The field "Data" stands elsewhere. Its answers stay.`}},
		{"another section", func(t *template.Template) {
			t.Sections[1].Fields = append(t.Sections[1].Fields, t.Sections[0].Fields[1])
			t.Sections[0].Fields = t.Sections[0].Fields[:1]
		}, []string{`field_moved kept: The field "Gain" stands elsewhere. Its answers stay.`}},
		{"a section goes", func(t *template.Template) { t.Sections = t.Sections[1:] }, []string{
			`section_removed: The section "Why" is gone.`,
			`field_removed orphaned: The field "We expect that" is gone. Its answers are kept beside the worksheet.`,
			`field_removed orphaned: The field "Gain" is gone. Its answers are kept beside the worksheet.`,
		}},
		{"a section is named and explained", func(t *template.Template) { t.Sections[0].Title, t.Sections[0].Help = "Reason", "In short." }, []string{
			`section_renamed: The section "Why" is called "Reason".`, `section_explained: The section "Reason" is explained anew.`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			after := brief()
			tt.change(&after)
			var got []string
			for _, c := range template.Diff(brief(), after) {
				head := string(c.What)
				if c.Answers != "" {
					head += " " + string(c.Answers)
				}
				got = append(got, fmt.Sprintf("%s: %s", head, c.Said))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// No difference goes untold, and what is the same tells none.
func TestDiffTellsWhatDiffers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := templates().Draw(t, "a"), templates().Draw(t, "b")
		if got := template.Diff(a, a); len(got) > 0 {
			t.Fatalf("to itself: %+v", got)
		}
		if !cmp.Equal(a, b) && len(template.Diff(a, b)) == 0 {
			t.Fatal("a difference goes untold")
		}
		// Every field of a is kept, looked at or orphaned, never passed over.
		for _, f := range a.Fields() {
			orphaned := slices.ContainsFunc(template.Diff(a, b), func(c template.Change) bool { return c.Field == f.Key && c.Answers == template.Orphaned })
			if _, there := b.Field(f.Key); there == orphaned {
				t.Fatalf("%s: there %v, orphaned %v", f.Key, there, orphaned)
			}
		}
	})
}
