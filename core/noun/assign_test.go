package noun_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/doc"
	"cairn/core/fault"
)

func TestAssignWritesTheFewestChanges(t *testing.T) {
	for _, c := range []struct {
		field, from, to string
		kinds           []string
	}{
		{"state", "", "", nil},
		{"state", "on", "on", nil},
		{"state", "on", "off", []string{"set"}},
		{"state", "on", "", []string{"set"}},
		{"name", "", "", nil},
		{"name", "Door", "Door", nil},
		{"name", "Door", "Gate", []string{"put"}},
		{"alarms", "2", "0", nil},
		{"rooms", "a,b,c", "c,b,a,a", nil},
		{"rooms", "a,b,c", "b,d,d", []string{"remove", "remove", "add"}},
		{"rooms", "a", "", []string{"remove"}},
		{"steps", "a,b,c", "a,b,c", nil},
		{"steps", "a,b,c", "b,c", []string{"drop"}},
		{"steps", "a,b,c", "a,x,c", []string{"value"}},
		{"steps", "a,b,c", "b,c,d", []string{"drop", "insert"}},
		{"steps", "a,b,c", "c,a,b", []string{"move"}},
		{"steps", "a,b", "b,a", []string{"move"}},
		{"steps", "a,b,c", "a,b,x,y,c", []string{"insert", "insert"}},
		{"steps", "a,a", "a", []string{"drop"}},
		{"steps", "a,b", "", []string{"drop", "drop"}},
		{"notes", "one two three", "one two three", nil},
		{"notes", "one two three", "one four three", []string{"erase", "type"}},
		{"notes", "one three", "one two three", []string{"type"}},
		{"notes", "one two", "", []string{"erase"}},
	} {
		t.Run(c.field+" "+c.from+" to "+c.to, func(t *testing.T) {
			k := newDesk(1)
			k.assign(t, c.field, c.from)
			if c.from == "" && len(k.ops) > 0 {
				t.Errorf("to leave it empty takes %d changes", len(k.ops))
			}
			k.ops = nil
			k.assign(t, c.field, c.to)
			var kinds []string
			for _, op := range k.ops {
				kinds = append(kinds, kindNames[op.Kind])
			}
			if !slices.Equal(kinds, c.kinds) {
				t.Errorf("writes %v, want %v", kinds, c.kinds)
			}
		})
	}
}

var kindNames = map[any]string{
	doc.KindSet: "set", doc.KindPut: "put", doc.KindAdd: "add", doc.KindRemove: "remove", doc.KindCount: "count",
	doc.KindInsertItem: "insert", doc.KindSetItem: "value", doc.KindMoveItem: "move", doc.KindDropItem: "drop",
	doc.KindInsertText: "type", doc.KindDeleteText: "erase",
}

// Two people change one field apart and meet: what neither touched and what
// each added is there.
func TestAssignKeepsWhatATeammateWrites(t *testing.T) {
	for _, c := range []struct{ field, from, mine, yours, both string }{
		{"notes", "The door is shut.", "The front door is shut.", "The door is shut at night.", "The front door is shut at night."},
		{"rooms", "hall,attic", "hall,attic,cellar", "attic", "attic,cellar"},
		{"rooms", "hall", "hall,attic", "hall,attic", "attic,hall"},
		{"steps", "wire,test", "buy,wire,test", "wire,test,report", "buy,wire,test,report"},
		{"steps", "wire,test", "test", "wire,try", "try"},
		{"steps", "wire,test,report", "report,wire,test", "wire,try,report", "report,wire,try"},
	} {
		t.Run(c.field+" "+c.from, func(t *testing.T) {
			me, you := newDesk(1), newDesk(2)
			me.assign(t, c.field, c.from)
			meet(t, me, you)
			me.assign(t, c.field, c.mine)
			you.assign(t, c.field, c.yours)
			meet(t, me, you)
			if got := shown(me, c.field); got != c.both {
				t.Errorf("together %q, want %q", got, c.both)
			}
		})
	}
}

// shown returns a field as the tests write it.
func shown(k *desk, name string) string {
	f, _ := sensors.Field(name)
	v := k.doc.Plain(f.Key())
	if v.Type() != doc.TypeList {
		return v.String()
	}
	var out []string
	for _, item := range v.Items() {
		out = append(out, item.String())
	}
	return strings.Join(out, ",")
}

func TestAssignSettlesAConflict(t *testing.T) {
	me, you := newDesk(1), newDesk(2)
	me.assign(t, "name", "Door")
	you.assign(t, "name", "Gate")
	meet(t, me, you)
	if got := me.doc.Conflicts(); len(got) != 1 {
		t.Fatalf("conflicts %v, want one", got)
	}
	me.assign(t, "name", "Gate")
	if got := me.doc.Conflicts(); len(got) > 0 || sensors.View(me.doc).Name != "Gate" {
		t.Errorf("conflicts %v, name %q; want none and Gate", got, sensors.View(me.doc).Name)
	}
}

func TestAssignedListIsTheListWanted(t *testing.T) {
	steps, _ := sensors.Field("steps")
	rapid.Check(t, func(t *rapid.T) {
		k := newDesk(1)
		draw := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 0, 9)
		var had []string
		for range rapid.IntRange(1, 4).Draw(t, "assignments") {
			want := draw.Draw(t, "want")
			k.ops = nil
			if err := k.pen().Assign(steps, words(want...)); err != nil {
				t.Fatal(err)
			}
			if got := shown(k, "steps"); got != strings.Join(want, ",") {
				t.Fatalf("from %v: the list is %q, want %v", had, got, want)
			}
			if most := max(len(had), len(want)); len(k.ops) > most {
				t.Fatalf("from %v to %v: %d changes, at most %d are needed", had, want, len(k.ops), most)
			}
			had = want
		}
	})
}

func TestAssignedLongListKeepsItsOrder(t *testing.T) {
	steps, _ := sensors.Field("steps")
	k := newDesk(1)
	var long []string
	for i := range 1100 {
		long = append(long, string(rune('a'+i%26))+strings.Repeat("x", i%7))
	}
	for _, want := range [][]string{long, slices.Concat(long[400:], long[:400])} {
		if err := k.pen().Assign(steps, words(want...)); err != nil {
			t.Fatal(err)
		}
		if got := shown(k, "steps"); got != strings.Join(want, ",") {
			t.Fatal("a long list is not in the order that was wanted")
		}
	}
}

func TestAssignRefusesWhatDoesNotFit(t *testing.T) {
	k := newDesk(1)
	k.assign(t, "rooms", "hall")
	rooms, _ := sensors.Field("rooms")
	if err := k.pen().Assign(rooms, doc.String("attic")); fault.KindOf(err) != fault.Invalid {
		t.Errorf("assigning one word to a set: %v, want Invalid", err)
	}
	if got := shown(k, "rooms"); got != "hall" {
		t.Errorf("the rooms are %q afterwards", got)
	}
}
