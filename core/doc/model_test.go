package doc_test

import (
	stdcmp "cmp"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/core/text"
)

// model is the naive document: it keeps every operation with what its author
// had applied, and finds each value by the definition of its family.
type model []edit

func (m model) version(e edit) doc.Version { return doc.Version{At: e.Stamp, By: e.ID} }

// latest returns the last written of the edits that match.
func (m model) latest(match func(edit) bool) (edit, bool) {
	var best edit
	found := false
	for _, e := range m {
		if match(e) && (!found || m.version(e).Compare(m.version(best)) > 0) {
			best, found = e, true
		}
	}
	return best, found
}

func valueAfter(t *rapid.T, payload []byte, skip int) doc.Value {
	t.Helper()
	v, err := doc.ValueFrom(payload[skip:])
	if err != nil {
		t.Fatalf("value in payload %x after %d bytes: %v", payload, skip, err)
	}
	return v
}

// dotsLen returns how many bytes a number of names takes at the start of a payload.
func dotsLen(payload []byte) int {
	n, at := binary.Uvarint(payload)
	for range n {
		at += dotLen(payload[at:])
	}
	return at
}

func dotLen(b []byte) int {
	_, size := binary.Uvarint(b[id.LogSize:])
	return id.LogSize + size
}

func itemOf(b []byte) id.Op {
	seq, _ := binary.Uvarint(b[id.LogSize:])
	return id.Op{Log: id.LogFrom(b), Seq: seq}
}

func (m model) register(t *rapid.T) doc.Value {
	if e, ok := m.latest(func(e edit) bool { return e.Kind == doc.KindSet }); ok {
		return valueAfter(t, e.Payload, 0)
	}
	return doc.Null
}

// multi: a value is there unless another one was written by somebody who had it.
func (m model) multi(t *rapid.T) []doc.Versioned {
	var out []doc.Versioned
	for _, e := range m {
		over := func(o edit) bool { return o.Kind == doc.KindPut && o.past[e.ID] }
		if e.Kind == doc.KindPut && !slices.ContainsFunc(m, over) {
			out = append(out, doc.Versioned{Value: valueAfter(t, e.Payload, dotsLen(e.Payload)), Version: m.version(e)})
		}
	}
	slices.SortFunc(out, func(a, b doc.Versioned) int { return b.Compare(a.Version) })
	return out
}

// set: an element is in if one of its additions is in the past of no removal of it.
func (m model) set(t *rapid.T) []doc.Value {
	var out []doc.Value
	for _, add := range m {
		if add.Kind != doc.KindAdd {
			continue
		}
		v := valueAfter(t, add.Payload, 0)
		removed := func(o edit) bool {
			return o.Kind == doc.KindRemove && o.past[add.ID] && valueAfter(t, o.Payload, dotsLen(o.Payload)) == v
		}
		if !slices.ContainsFunc(m, removed) && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	slices.SortFunc(out, func(a, b doc.Value) int { return strings.Compare(string(a.Append(nil)), string(b.Append(nil))) })
	return out
}

func (m model) counter() (n int64) {
	for _, e := range m {
		if e.Kind == doc.KindCount {
			amount, _ := binary.Varint(e.Payload)
			n += amount
		}
	}
	return n
}

// list: every item's value, place and presence is what was last written of each.
func (m model) list(t *rapid.T) []doc.Item {
	var out []doc.Item
	for _, in := range m {
		if in.Kind != doc.KindInsertItem {
			continue
		}
		keyLen := func(e edit) int { return 1 + int(e.Payload[0]) }
		about := func(kind oplog.Kind) func(edit) bool {
			return func(e edit) bool { return e.Kind == kind && itemOf(e.Payload) == in.ID }
		}
		either := func(kind oplog.Kind) func(edit) bool {
			return func(e edit) bool { return e.ID == in.ID || about(kind)(e) }
		}
		drop, dropped := m.latest(about(doc.KindDropItem))
		if dropped && drop.Payload[len(drop.Payload)-1] == 1 {
			continue
		}
		item := doc.Item{ID: in.ID, Value: valueAfter(t, in.Payload, keyLen(in)), Key: string(in.Payload[1:keyLen(in)])}
		if set, _ := m.latest(either(doc.KindSetItem)); set.Kind == doc.KindSetItem {
			item.Value = valueAfter(t, set.Payload, dotLen(set.Payload))
		}
		if move, _ := m.latest(either(doc.KindMoveItem)); move.Kind == doc.KindMoveItem {
			item.Key = string(move.Payload[dotLen(move.Payload):])
		}
		out = append(out, item)
	}
	slices.SortFunc(out, func(a, b doc.Item) int { return stdcmp.Or(stdcmp.Compare(a.Key, b.Key), a.ID.Compare(b.ID)) })
	return out
}

// text: the operations in the order of writing, which respects all causes. A
// void insertion is deleted at once, a void deletion never happened.
func (m model) text(t *rapid.T, void func(id.Op) bool) string {
	var x text.Text
	for _, e := range m {
		var err error
		if e.Kind == doc.KindInsertText {
			var in text.Insert
			if in, err = text.DecodeInsert(e.Payload, e.ID.Log); err == nil {
				err = x.ApplyInsert(in)
			}
			if n := x.Next(e.ID.Log) - in.At.N; err == nil && void(e.ID) {
				err = x.ApplyDelete(text.Delete{Spans: []text.Span{{First: in.At, Len: n}}})
			}
		}
		if e.Kind == doc.KindDeleteText && !void(e.ID) {
			var del text.Delete
			if del, err = text.DecodeDelete(e.Payload, e.ID.Log); err == nil {
				err = x.ApplyDelete(del)
			}
		}
		if err != nil {
			t.Fatalf("text operation %+v: %v", e.Op, err)
		}
	}
	return x.String()
}

func TestDocumentIsWhatItsOperationsMean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := session(t, false)
		d, m := w.fold(t, w.everything()), model(w.edits)

		check := func(what string, got, want any) {
			t.Helper()
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmp.AllowUnexported(doc.Value{})); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", what, diff)
			}
		}
		register, _ := d.Register(fieldRegister)
		check("register", register.Value, m.register(t))
		check("multi-value register", d.Multi(fieldMulti), m.multi(t))
		check("set", d.Set(fieldSet), m.set(t))
		check("counter", d.Counter(fieldCounter), m.counter())
		check("list", d.List(fieldList), m.list(t))
		check("text", d.Text(fieldText), m.text(t, func(id.Op) bool { return false }))
		life, ok := m.latest(func(e edit) bool { return e.Kind == doc.KindLife })
		check("trashed", d.Trashed(), ok && valueAfter(t, life.Payload, 0) == doc.Bool(true))
		last, _ := m.latest(func(edit) bool { return true })
		check("last", d.Last(), m.version(last))
	})
}

func TestTextOfARemovedMemberLeavesTheRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := sessionOf(t, false, textChange)
		removed := rapid.SampledFrom(w.replicas).Draw(t, "removed")
		cut := rapid.Uint64Range(0, removed.next).Draw(t, "cut")
		w.cut = map[id.Log]uint64{removed.log: cut}
		void := func(o id.Op) bool { return o.Log == removed.log && o.Seq >= cut }
		if got, want := w.fold(t, w.everything()).Text(fieldText), model(w.edits).text(t, void); got != want {
			t.Fatalf("text %q, want %q", got, want)
		}
	})
}
