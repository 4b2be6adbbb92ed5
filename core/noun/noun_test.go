package noun_test

import (
	"strings"
	"testing"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
)

// What follows is all it takes to add a kind.

type sensor struct {
	noun.InProject
	Name      string   `cairn:"2,multi,title"`
	State     string   `cairn:"3,oneof=on|off"`
	Threshold *float64 `cairn:"4,multi"`
	Rooms     []string `cairn:"5,set"`
	Steps     []string `cairn:"6,list"`
	Notes     string   `cairn:"7,text"`
	Alarms    int64    `cairn:"8,counter"`
}

var sensors = noun.Define[sensor](900, "sensor")

// desk is one person's copy of a document.
type desk struct {
	doc    *doc.Doc
	log    id.Log
	ops    []doc.Change // what it has written
	next   uint64
	jitter uint32
	clock  *clock.Clock
}

func newDesk(device int) *desk {
	return &desk{doc: doc.New(id.Doc{1}), log: id.Log{Device: id.ShortDevice(device)}, clock: &clock.Clock{}}
}

func (k *desk) apply(c doc.Change) error {
	c.Noun = sensors.Number
	at := k.clock.Last() + 1
	k.clock.Observe(at)
	op := c.At(doc.Version{At: at, By: id.Op{Log: k.log, Seq: k.next}})
	k.next++
	k.ops = append(k.ops, c)
	return k.doc.Apply(op)
}

func (k *desk) pen() noun.Pen {
	return noun.Pen{Doc: k.doc, Log: k.log, Apply: k.apply, Jitter: func() uint32 { k.jitter += 7919; return k.jitter }}
}

// assign gives the field called name what text says.
func (k *desk) assign(t *testing.T, name, text string) {
	t.Helper()
	f, err := sensors.FieldOf(name)
	if err != nil {
		t.Fatal(err)
	}
	v, err := f.Parse(text)
	if err == nil {
		err = k.pen().Assign(f, v)
	}
	if err != nil {
		t.Fatalf("assign %q to %s: %v", text, name, err)
	}
}

// meet gives both desks what the other has, and fails if they differ then.
func meet(t *testing.T, a, b *desk) {
	t.Helper()
	a.doc.Merge(b.doc)
	b.doc.Merge(a.doc)
	last := max(a.clock.Last(), b.clock.Last())
	a.clock.Observe(last)
	b.clock.Observe(last)
	if x, y := string(a.doc.Append(nil)), string(b.doc.Append(nil)); x != y {
		t.Fatalf("two that have met hold %x and %x", x, y)
	}
}

func TestNewKindWorksWithoutFurtherCode(t *testing.T) {
	catalog := noun.NewCatalog(append(noun.Builtin(), sensors.Kind)...)
	kind, err := catalog.ByName("sensor")
	if err != nil || kind != catalog.ByNumber(900) || !kind.InProject() {
		t.Fatalf("the kind is %+v, %v", kind, err)
	}
	project := id.Doc{15: 7}
	k := newDesk(1)
	for name, text := range map[string]string{
		"project": project.String(), "name": "Door", "state": "on", "threshold": "0.5",
		"rooms": "hall, attic", "steps": `["wire","test"]`, "notes": "By the door.", "alarms": "3",
	} {
		k.assign(t, name, text)
	}
	got := sensors.View(k.doc)
	if got.Project != project || got.Name != "Door" || got.State != "on" || got.Threshold == nil || *got.Threshold != 0.5 ||
		strings.Join(got.Rooms, " ") != "hall attic" && strings.Join(got.Rooms, " ") != "attic hall" ||
		strings.Join(got.Steps, " ") != "wire test" || got.Notes != "By the door." || got.Alarms != 3 {
		t.Errorf("the view is %+v", got)
	}
	if title := kind.Title(k.doc); title != "Door" {
		t.Errorf("the title is %q", title)
	}
	if got := noun.ProjectOf(k.doc); got != project {
		t.Errorf("the project is %v", got)
	}
}

// What does not fit the type is as if it were not there: a threshold that
// holds a word must not gate at 0.
func TestViewLeavesOutWhatDoesNotFit(t *testing.T) {
	k := newDesk(1)
	for _, c := range []doc.Change{
		k.doc.Put(2, doc.Int(5)),
		k.doc.Put(4, doc.String("high")),
		k.doc.SetRegister(1, doc.String("no reference")),
		k.doc.SetRegister(3, doc.Bool(true)),
		k.doc.Add(5, doc.String("hall")),
		k.doc.Add(5, doc.Int(9)),
	} {
		if err := k.apply(c); err != nil {
			t.Fatal(err)
		}
	}
	got := sensors.View(k.doc)
	if got.Name != "" || got.Threshold != nil || !got.Project.IsZero() || got.State != "" || len(got.Rooms) != 1 {
		t.Errorf("the view is %+v, want only the room hall", got)
	}
	if title := sensors.Title(k.doc); title != "" {
		t.Errorf("the title is %q, want none", title)
	}
}

func TestUnknownNamesListTheKnown(t *testing.T) {
	catalog := noun.NewCatalog(noun.Builtin()...)
	if _, err := catalog.ByName("projet"); err == nil || !strings.Contains(hint(err), "project") {
		t.Errorf("ByName: %v with the hint %q, want one that names the kinds", err, hint(err))
	}
	if _, err := sensors.FieldOf("nam"); err == nil || !strings.Contains(hint(err), "name") {
		t.Errorf("FieldOf: %v with the hint %q, want one that names the fields", err, hint(err))
	}
	if k := catalog.ByNumber(60_000); k != nil {
		t.Errorf("the kind 60000 is %+v", k)
	}
}
