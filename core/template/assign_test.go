package template_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/oplog"
	"cairn/core/template"
)

// desk is a person's copy of one template, and what they have written.
type desk struct {
	doc  *doc.Doc
	log  id.Log
	seq  uint64
	tick int64
	ops  []oplog.Op
}

func newDesk(n int) *desk {
	return &desk{doc: doc.New(id.Doc{1}), log: id.Log{Device: id.ShortDevice(n)}, tick: int64(n)}
}

func (k *desk) pen() noun.Pen {
	return noun.Pen{Doc: k.doc, Log: k.log, Jitter: func() uint32 { return uint32(k.log.Device) }, Apply: func(c doc.Change) error {
		c.Noun = noun.Templates.Number
		k.tick += 10
		op := c.At(doc.Version{At: clock.Stamp(k.tick), By: id.Op{Log: k.log, Seq: k.seq}})
		k.seq++
		k.ops = append(k.ops, op)
		return k.doc.Apply(op)
	}}
}

func (k *desk) assign(t rapid.TB, base, want template.Template) {
	t.Helper()
	if err := template.Assign(k.pen(), base, want); err != nil {
		t.Fatalf("assign: %v", err)
	}
}

// meet gives each what the other has written, and fails if they don't agree then.
func meet(t rapid.TB, a, b *desk) {
	t.Helper()
	mine, yours := a.ops, b.ops
	a.ops, b.ops = nil, nil
	for _, op := range yours {
		if err := a.doc.Apply(op); err != nil {
			t.Fatal(err)
		}
	}
	for _, op := range mine {
		if err := b.doc.Apply(op); err != nil {
			t.Fatal(err)
		}
	}
	a.tick, b.tick = max(a.tick, b.tick), max(a.tick, b.tick)
	if diff := cmp.Diff(template.View(a.doc), template.View(b.doc)); diff != "" {
		t.Fatalf("two views after a merge:\n%s", diff)
	}
}

// Whatever a template was, it becomes what is wanted, and doing so again writes
// nothing.
func TestAssignGivesWhatIsWanted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := newDesk(1)
		for _, want := range rapid.SliceOfN(templates(), 1, 3).Draw(t, "templates") {
			k.assign(t, template.View(k.doc), want)
			if diff := cmp.Diff(want, template.View(k.doc)); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
			k.ops = nil
			if k.assign(t, template.View(k.doc), want); len(k.ops) > 0 {
				t.Fatalf("to leave it writes %d changes", len(k.ops))
			}
		}
	})
}

// Who saves from an old view takes nothing back that a teammate wrote since.
func TestAssignKeepsWhatCameBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := newDesk(1)
		base, theirs := templates().Draw(t, "base"), templates().Draw(t, "theirs")
		k.assign(t, template.View(k.doc), base)
		k.assign(t, base, theirs)
		k.ops = nil
		if k.assign(t, base, base); len(k.ops) > 0 {
			t.Fatalf("to save what was read writes %d changes", len(k.ops))
		}
	})
}

// Any two people who edit apart agree when they meet, and again after one of
// them has gone on.
func TestDesksAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := newDesk(1), newDesk(2)
		base := templates().Draw(t, "base")
		a.assign(t, template.View(a.doc), base)
		meet(t, a, b)
		a.assign(t, base, templates().Draw(t, "mine"))
		b.assign(t, base, templates().Draw(t, "yours"))
		meet(t, a, b)
		want := templates().Draw(t, "then")
		a.assign(t, template.View(a.doc), want)
		meet(t, a, b)
		if diff := cmp.Diff(want, template.View(b.doc)); diff != "" {
			t.Fatalf("after the merge (-want +got):\n%s", diff)
		}
	})
}

// TestEditsApartAreBothThere is the merges that a team meets.
func TestEditsApartAreBothThere(t *testing.T) {
	tests := []struct {
		name        string
		mine, yours func(*template.Template)
		check       func(template.Template) bool
	}{
		{
			"label and help of one field",
			func(t *template.Template) { t.Sections[0].Fields[0].Label = "We believe that" },
			func(t *template.Template) { t.Sections[0].Fields[0].Help = "One sentence." },
			func(t template.Template) bool {
				f, _ := t.Field("expect")
				return f.Label == "We believe that" && f.Help == "One sentence."
			},
		},
		{
			"two fields at the end of a section",
			func(t *template.Template) {
				t.Sections[0].Fields = append(t.Sections[0].Fields, template.Field{Key: "mine", Kind: template.Line})
			},
			func(t *template.Template) {
				t.Sections[0].Fields = append(t.Sections[0].Fields, template.Field{Key: "yours", Kind: template.Line})
			},
			func(t template.Template) bool { return len(t.Sections[0].Fields) == 4 },
		},
		{
			"a section moves and gets a field",
			func(t *template.Template) { slices.Reverse(t.Sections) },
			func(t *template.Template) {
				t.Sections[1].Fields = append(t.Sections[1].Fields, template.Field{Key: "new", Kind: template.Line})
			},
			func(t template.Template) bool {
				return t.Sections[0].Key == "how" && len(t.Sections[0].Fields) == 3 && t.Sections[0].Fields[2].Key == "new"
			},
		},
		{
			"a section goes and gets a field",
			func(t *template.Template) { t.Sections = t.Sections[:1] },
			func(t *template.Template) {
				t.Sections[1].Fields = append(t.Sections[1].Fields, template.Field{Key: "new", Label: "New", Kind: template.Line})
			},
			func(t template.Template) bool {
				return len(t.Sections) == 2 && t.Sections[1].Key == "" && t.Sections[1].Fields[0].Label == "New"
			},
		},
		{
			"a field moves to another section and gets an example",
			func(t *template.Template) {
				f := t.Sections[0].Fields[1]
				t.Sections[0].Fields = t.Sections[0].Fields[:1]
				t.Sections[1].Fields = append([]template.Field{f}, t.Sections[1].Fields...)
			},
			func(t *template.Template) { t.Sections[0].Fields[1].Example = "5 %" },
			func(t template.Template) bool {
				return t.Sections[1].Fields[0].Key == "gain" && t.Sections[1].Fields[0].Example == "5 %"
			},
		},
		{
			"what it is for, in prose",
			func(t *template.Template) { t.About = "Before an experiment begins." },
			func(t *template.Template) { t.About = "Filled in before an experiment." },
			func(t template.Template) bool { return t.About == "Filled in before an experiment begins." },
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := newDesk(1), newDesk(2)
			a.assign(t, template.Template{}, brief())
			meet(t, a, b)
			mine, yours := brief(), brief()
			tt.mine(&mine)
			tt.yours(&yours)
			a.assign(t, brief(), mine)
			b.assign(t, brief(), yours)
			meet(t, a, b)
			if got := template.View(a.doc); !tt.check(got) {
				t.Errorf("together: %+v", got)
			}
		})
	}
}

// TestChangingWhatIsGoneBringsItBack saves from a view that still has a field
// which a teammate has taken out.
func TestChangingWhatIsGoneBringsItBack(t *testing.T) {
	k := newDesk(1)
	k.assign(t, template.Template{}, brief())
	without := brief()
	without.Sections[1].Fields = without.Sections[1].Fields[:1]
	k.assign(t, brief(), without)
	changed := brief()
	changed.Sections[1].Fields[1].Choices = []string{"low", "medium", "high"}
	k.assign(t, brief(), changed)
	if diff := cmp.Diff(changed, template.View(k.doc)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestWordsThatCameBetweenStay saves prose that was typed before a teammate's
// words came.
func TestWordsThatCameBetweenStay(t *testing.T) {
	k := newDesk(1)
	k.assign(t, template.Template{}, brief())
	mine, yours := brief(), brief()
	mine.About, yours.About = "Filled in before an experiment.", "Before an experiment begins."
	k.assign(t, brief(), yours)
	k.assign(t, brief(), mine)
	if got, want := template.View(k.doc).About, "Filled in before an experiment begins."; got != want {
		t.Errorf("together %q, want %q", got, want)
	}
}

func TestOneLabelIsOneChange(t *testing.T) {
	k := newDesk(1)
	k.assign(t, template.Template{}, brief())
	k.ops = nil
	want := brief()
	want.Sections[0].Fields[0].Label = "We believe that"
	want.Sections[0].Fields[1], want.Sections[0].Fields[0] = want.Sections[0].Fields[0], want.Sections[0].Fields[1]
	if k.assign(t, brief(), want); len(k.ops) != 2 {
		t.Errorf("a label and a move take %d changes, want 2", len(k.ops))
	}
}

// TestForeignRecordsAreLeftAlone keeps what a later version of Cairn may write.
func TestForeignRecordsAreLeftAlone(t *testing.T) {
	k := newDesk(1)
	k.assign(t, template.Template{}, brief())
	f, _ := noun.Templates.Field("sections")
	foreign := []doc.Value{doc.String("odd"), doc.Record(map[string]doc.Value{"table": doc.String("t")})}
	for _, v := range foreign {
		if err := k.pen().Apply(k.doc.InsertItem(f.Number, 0, v, 1)); err != nil {
			t.Fatal(err)
		}
	}
	want := brief()
	want.Sections = want.Sections[1:]
	k.assign(t, template.View(k.doc), want)
	if diff := cmp.Diff(want, template.View(k.doc)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	kept := 0
	for _, item := range k.doc.List(f.Number) {
		if slices.Contains(foreign, item.Value) {
			kept++
		}
	}
	if kept != 2 {
		t.Errorf("%d of 2 foreign records are left", kept)
	}
}

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
