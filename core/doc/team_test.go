package doc_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
)

// The fields of the test document, one for every family.
const (
	fieldRegister uint16 = 1 + iota
	fieldMulti
	fieldSet
	fieldCounter
	fieldList
	fieldText
)

var docName = id.Doc{1, 2, 3}

// edit is one operation and what its author had applied when it was made.
type edit struct {
	oplog.Op
	past map[id.Op]bool
}

// replica is one member's copy of the document.
type replica struct {
	log   id.Log
	doc   *doc.Doc
	clock clock.Clock
	next  uint64         // of its own log
	past  map[id.Op]bool // what it has applied
	has   map[id.Log]int // how many operations of every log it has applied
	order []oplog.Op     // what it has applied, in its order of arrival
}

// team is several replicas of one document and all that was ever written.
type team struct {
	replicas []*replica
	edits    []edit // in the order of writing
	logs     map[id.Log][]oplog.Op
	cut      map[id.Log]uint64 // operations from here on are void
}

func newTeam(size int) *team {
	w := &team{logs: map[id.Log][]oplog.Op{}}
	for i := range size {
		log := id.Log{Device: id.ShortDevice(10 - i), Incarnation: uint32(i % 2)}
		w.replicas = append(w.replicas, &replica{
			log: log, doc: doc.New(docName), past: map[id.Op]bool{}, has: map[id.Log]int{},
		})
	}
	return w
}

// write gives change its place in r's log and applies it there.
func (w *team) write(t rapid.TB, r *replica, change doc.Change) oplog.Op {
	t.Helper()
	change.Noun = 5
	op := change.At(doc.Version{At: r.clock.Last() + 1, By: id.Op{Log: r.log, Seq: r.next}})
	w.publish(r, op)
	if err := r.apply(op); err != nil {
		t.Fatalf("apply %+v of our own: %v", op, err)
	}
	return op
}

func (w *team) publish(r *replica, op oplog.Op) {
	past := make(map[id.Op]bool, len(r.past))
	for o := range r.past {
		past[o] = true
	}
	w.edits = append(w.edits, edit{op, past})
	w.logs[r.log] = append(w.logs[r.log], op)
	r.next = op.ID.Seq + 1
}

func (r *replica) apply(op oplog.Op) error {
	r.clock.Observe(op.Stamp)
	r.past[op.ID] = true
	r.has[op.ID.Log]++
	r.order = append(r.order, op)
	return r.doc.Apply(op)
}

// pull gives r up to n more operations of log, whatever they depend on.
func (w *team) pull(r *replica, log id.Log, n int) {
	have := r.has[log]
	for _, op := range w.logs[log][have:min(have+n, len(w.logs[log]))] {
		_ = r.apply(op) // hostile operations fail the same everywhere
	}
}

// session lets a team of three edit and exchange at random. The hostile write
// what no honest program would.
func session(t *rapid.T, hostile bool) *team { return sessionOf(t, hostile, anyChange) }

// The lowest of the changes that a session draws from.
const (
	anyChange  = 0
	textChange = 11
)

func sessionOf(t *rapid.T, hostile bool, lowest int) *team {
	w := newTeam(3)
	for range rapid.IntRange(1, 40).Draw(t, "steps") {
		r := rapid.SampledFrom(w.replicas).Draw(t, "replica")
		if rapid.IntRange(0, 2).Draw(t, "pull") == 0 {
			from := rapid.SampledFrom(w.replicas).Draw(t, "from")
			w.pull(r, from.log, rapid.IntRange(1, 9).Draw(t, "pulled"))
			continue
		}
		// A log also holds operations on other documents.
		r.next += uint64(rapid.IntRange(0, 1).Draw(t, "gap"))
		if hostile && rapid.IntRange(0, 3).Draw(t, "hostile") == 0 {
			op := hostileOp(t, r)
			w.publish(r, op)
			_ = r.apply(op)
			continue
		}
		w.write(t, r, randomChange(t, r, lowest))
	}
	return w
}

var values = []doc.Value{doc.Null, doc.Int(1), doc.Int(2), doc.String("a"), doc.Bool(true)}

func drawValue(t *rapid.T) doc.Value { return rapid.SampledFrom(values).Draw(t, "value") }

func randomChange(t *rapid.T, r *replica, lowest int) doc.Change {
	d, v := r.doc, drawValue(t)
	jitter := rapid.Uint32Range(0, 2).Draw(t, "jitter")
	at := func(n int) int { return rapid.IntRange(0, n).Draw(t, "at") }
	items, runes := d.List(fieldList), d.TextLen(fieldText)
	var change doc.Change
	var err error
	switch what := rapid.IntRange(lowest, 12).Draw(t, "what"); {
	case what == 0:
		change = d.SetRegister(fieldRegister, v)
	case what == 1:
		change = d.Put(fieldMulti, v)
	case what == 2:
		change = d.Add(fieldSet, v)
	case what == 3:
		change = d.Remove(fieldSet, v)
	case what == 4:
		change = d.Count(fieldCounter, int64(at(4)-2))
	case what == 5 && len(items) > 0:
		change = d.SetItem(fieldList, items[at(len(items)-1)].ID, v)
	case what == 6 && len(items) > 0:
		change = d.MoveItem(fieldList, items[at(len(items)-1)].ID, at(len(items)), jitter)
	case what == 7 && len(items) > 0:
		change = d.DropItem(fieldList, items[at(len(items)-1)].ID)
	case what == 8 && len(r.order) > 0:
		change = d.RestoreItem(fieldList, r.order[at(len(r.order)-1)].ID)
	case what <= 8:
		change = d.InsertItem(fieldList, at(len(items)), v, jitter)
	case what == 9:
		change = d.Trash()
	case what == 10:
		change = d.Restore()
	case what == textChange && runes > 0:
		from := at(runes - 1)
		change, err = d.DeleteText(fieldText, r.log, from, 1+at(min(runes-from-1, 3)))
	default:
		text := rapid.SampledFrom([]string{"x", "yz", "é🙂"}).Draw(t, "text")
		change, err = d.InsertText(fieldText, r.log, at(runes), text)
	}
	if err != nil {
		t.Fatalf("plan a change: %v", err)
	}
	return change
}

// fold applies the first counts[i] operations of every log i in an order that
// t chooses, each log's own order kept.
func (w *team) fold(t *rapid.T, counts []int) *doc.Doc {
	d := doc.New(docName)
	at := make([]int, len(counts))
	var open []int
	for i, n := range counts {
		open = append(open, slices.Repeat([]int{i}, n)...)
	}
	if len(open) > 1 {
		open = rapid.Permutation(open).Draw(t, "order")
	}
	for _, i := range open {
		w.enter(d, w.logs[w.replicas[i].log][at[i]])
		at[i]++
	}
	return d
}

// enter folds op in, or notes that it is void.
func (w *team) enter(d *doc.Doc, op oplog.Op) {
	if cut, ok := w.cut[op.ID.Log]; ok && op.ID.Seq >= cut {
		d.Void(op)
		return
	}
	_ = d.Apply(op) // hostile operations fail the same everywhere
}

// everything returns the lengths of all logs.
func (w *team) everything() []int {
	counts := make([]int, len(w.replicas))
	for i, r := range w.replicas {
		counts[i] = len(w.logs[r.log])
	}
	return counts
}

// some draws a part of every log.
func (w *team) some(t *rapid.T) []int {
	counts := w.everything()
	for i, n := range counts {
		counts[i] = rapid.IntRange(0, n).Draw(t, "part")
	}
	return counts
}

func union(a, b []int) []int {
	out := slices.Clone(a)
	for i := range out {
		out[i] = max(out[i], b[i])
	}
	return out
}

// hostileOp returns an operation that no program of ours writes.
func hostileOp(t *rapid.T, r *replica) oplog.Op {
	op := oplog.Op{
		ID:    id.Op{Log: r.log, Seq: r.next},
		Stamp: clock.Stamp(rapid.Uint64Range(0, 4).Draw(t, "stamp")),
		Doc:   docName,
		Noun:  rapid.Uint16Range(0, 6).Draw(t, "noun"),
		Field: rapid.Uint16Range(fieldRegister, fieldText).Draw(t, "field"),
	}
	op.Kind = rapid.SampledFrom([]oplog.Kind{
		0, doc.KindSet, doc.KindPut, doc.KindAdd, doc.KindRemove, doc.KindCount, doc.KindInsertItem, doc.KindSetItem,
		doc.KindMoveItem, doc.KindDropItem, doc.KindInsertText, doc.KindDeleteText, doc.KindLife, 0x40, oplog.Critical, 0xff,
	}).Draw(t, "kind")
	named := func() []byte {
		log := rapid.SampledFrom([]id.Log{{Device: 10}, {Device: 9, Incarnation: 1}, {Device: 8}, {Device: 77}}).Draw(t, "named log")
		return append(log.Append(nil), rapid.ByteRange(0, 12).Draw(t, "named seq"))
	}
	value := drawValue(t).Append(nil)
	switch op.Kind {
	case doc.KindPut, doc.KindRemove:
		op.Payload = slices.Concat([]byte{2}, named(), named(), value)
	case doc.KindSetItem:
		op.Payload = append(named(), value...)
	case doc.KindMoveItem:
		op.Payload = append(named(), 'Q')
	case doc.KindDropItem:
		op.Payload = append(named(), rapid.ByteRange(0, 2).Draw(t, "out"))
	case doc.KindInsertText: // reuses names, skips some, or hangs on what is not there
		first := rapid.ByteRange(0, 5).Draw(t, "first")
		op.Payload = slices.Concat([]byte{2, first}, named(), []byte("HH"))
		if rapid.Bool().Draw(t, "at the edge") {
			op.Payload = []byte{0, first, 'H'}
		}
	case doc.KindDeleteText:
		op.Payload = slices.Concat([]byte{1<<1 | 1}, named(), []byte{1})
	default:
		op.Payload = rapid.SliceOfN(rapid.Byte(), 0, 4).Draw(t, "payload")
	}
	return op
}

// equal fails t unless a and b are the same state.
func equal(t *rapid.T, what string, got, want *doc.Doc) {
	t.Helper()
	if a, b := got.Append(nil), want.Append(nil); !bytes.Equal(a, b) {
		t.Fatalf("%s:\n got %s\nwant %s\n got %x\nwant %x", what, show(got), show(want), a, b)
	}
}

// show returns what a document shows, for messages.
func show(d *doc.Doc) string {
	out := fmt.Sprintf("noun %d, last %v, trashed %v, frozen %v", d.Noun(), d.Last(), d.Trashed(), d.Frozen())
	for _, f := range d.Fields() {
		out += fmt.Sprintf(", %d %s %s", f.Number, f.Family, d.Plain(f))
	}
	return out
}

// mustApply applies op, which may be one that only freezes the document.
func mustApply(t rapid.TB, d *doc.Doc, op oplog.Op) {
	t.Helper()
	if err := d.Apply(op); err != nil && !errors.Is(err, doc.ErrFrozen) {
		t.Fatalf("apply %+v: %v", op, err)
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
