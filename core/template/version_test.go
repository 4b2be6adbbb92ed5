package template_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/template"
)

func published(t rapid.TB, have []doc.Value, what template.Template, note string, by byte, at time.Duration) []doc.Value {
	t.Helper()
	v, err := template.Publish(have, what, note, id.Doc{by}, start.Add(at))
	if err != nil {
		t.Fatal(err)
	}
	return append(slices.Clip(have), v)
}

// A version is what was published, whatever it was.
func TestVersionsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := templates().Draw(t, "template")
		records := published(t, nil, want, "First.", 1, time.Hour)
		got := template.Versions(records)
		if len(got) != 1 || got[0].Number != 1 || got[0].Note != "First." || got[0].By != (id.Doc{1}) || !got[0].At.Equal(start.Add(time.Hour)) {
			t.Fatalf("versions %+v", got)
		}
		if diff := cmp.Diff(want, got[0].Template); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// TestPublishingApartGivesTwoVersions has two people publish the next version
// without knowing of each other: both are there, and keep their names.
func TestPublishingApartGivesTwoVersions(t *testing.T) {
	first := published(t, nil, brief(), "", 1, 0)
	other := brief()
	other.Name = "Other"
	mine, yours := published(t, first, brief(), "mine", 1, time.Hour), published(t, first, other, "yours", 2, time.Minute)
	before, _ := template.Find(template.Versions(mine), template.Versions(mine)[1].ID)
	together := append(slices.Clone(yours), mine[1])
	got := template.Versions(together)
	slices.Reverse(together)
	if diff := cmp.Diff(got, template.Versions(together)); diff != "" {
		t.Errorf("the order of records counts:\n%s", diff)
	}
	if len(got) != 3 || got[1].Note != "yours" || got[2].Note != "mine" || got[2].Number != 3 || got[2].ID != before.ID {
		t.Errorf("together: %+v", got)
	}
	if next := template.Versions(published(t, together, brief(), "next", 1, 0)); next[3].Note != "next" {
		t.Errorf("the next one: %+v", next)
	}
}

// TestBuiltInsAreOneVersion holds that what nobody in particular publishes is
// the same record, whoever does.
func TestBuiltInsAreOneVersion(t *testing.T) {
	a, errA := template.Publish(nil, brief(), "", id.Doc{}, time.Time{})
	b, errB := template.Publish(nil, brief(), "", id.Doc{}, time.Time{})
	if errA != nil || errB != nil || a != b {
		t.Errorf("two records %v and %v (%v, %v)", a, b, errA, errB)
	}
}

func TestPublishRefusesWhatIsWrong(t *testing.T) {
	if _, err := template.Publish(nil, template.Template{Name: "Empty"}, "", id.Doc{}, start); err == nil {
		t.Error("a template without sections is published")
	}
}

// TestForeignVersionsDoNoHarm reads what no version of Cairn has written.
func TestForeignVersionsDoNoHarm(t *testing.T) {
	records := []doc.Value{
		doc.Null, doc.String("x"), doc.Record(map[string]doc.Value{"template": doc.Int(1)}),
		doc.Record(map[string]doc.Value{"number": doc.Int(-1 << 62), "template": doc.Record(map[string]doc.Value{"name": doc.String("Odd")})}),
		doc.Record(map[string]doc.Value{"number": doc.Int(1 << 62), "template": doc.Record(map[string]doc.Value{"sections": doc.List(doc.Record(map[string]doc.Value{
			"fields": doc.List(doc.Record(map[string]doc.Value{"key": doc.String("a")}), doc.Record(map[string]doc.Value{"key": doc.String("a")})),
		}))})}),
	}
	got := template.Versions(records)
	if len(got) != 2 || got[0].Number != 1 || got[1].Number != 2 || len(got[1].Template.Fields()) != 1 {
		t.Errorf("read %+v", got)
	}
	if next := template.Versions(published(t, records, brief(), "next", 1, 0)); len(next) != 3 || next[2].Note != "next" {
		t.Errorf("the next one: %+v", next)
	}
}
