package noun_test

import (
	"strings"
	"testing"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

func TestRebaseKeepsWhatOthersWrote(t *testing.T) {
	first, second, third := id.Doc{15: 1}.String(), id.Doc{15: 2}.String(), id.Doc{15: 3}.String()
	for name, c := range map[string]struct {
		kind                            *noun.Kind
		field, base, mine, theirs, want string
	}{
		"prose":             {noun.Charters.Kind, "problem", "They leave.", "They leave often.", "Now they leave.", "Now they leave often."},
		"list, two add":     {noun.Charters.Kind, "users", "a", "a, b", "c, a", "c,a,b"},
		"list, one removes": {noun.Charters.Kind, "users", "a, b", "b", "a, b, c", "b,c"},
		"set, two add":      {noun.Projects.Kind, "tags", "a", "a, b", "a, c", "a,b,c"},
		"set, one removes":  {noun.Projects.Kind, "tags", "a, b", "b", "a, b, c", "b,c"},
		"set, both add":     {noun.Projects.Kind, "tags", "", "a", "a", "a"},
		"set of documents":  {noun.KeyMetrics.Kind, "requirements", first, first + "," + second, first + "," + third, first + "," + second + "," + third},
		"a number is mine":  {noun.Requirements.Kind, "threshold", "1", "2", "3", "2"},
		"a choice is mine":  {noun.Charters.Kind, "needs_ml", "yes", "no", "unsure", "no"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := c.kind.FieldOf(c.field)
			if err != nil {
				t.Fatal(err)
			}
			base, err1 := f.Parse(c.base)
			mine, err2 := f.Parse(c.mine)
			theirs, err3 := f.Parse(c.theirs)
			if err1 != nil || err2 != nil || err3 != nil {
				t.Fatal(err1, err2, err3)
			}
			got := f.Rebase(base, mine, theirs)
			shown := got.String()
			if items := got.Items(); items != nil {
				var words []string
				for _, item := range items {
					words = append(words, item.String())
				}
				shown = strings.Join(words, ",")
			}
			want, err := f.Parse(c.want)
			if err != nil {
				t.Fatal(err)
			}
			if f.Family == doc.FamilySet { // it is in no order
				d := newDesk(1)
				if err := d.pen().Assign(f, got); err != nil {
					t.Fatal(err)
				}
				got = d.doc.Plain(f.Key())
			}
			if got != want {
				t.Errorf("base %q, mine %q, theirs %q: %s, want %s", c.base, c.mine, c.theirs, shown, c.want)
			}
		})
	}
}
