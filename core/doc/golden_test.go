package doc_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/core/text"
)

var update = flag.Bool("update", false, "write golden bytes of cases that have none yet")

// goldenCase is one line of a golden file: what it is, then its bytes. A line
// is written once, by the version that first wrote such bytes, and read by
// every later one.
type goldenCase struct {
	name  string
	bytes []byte
}

func parseGolden(t rapid.TB, text string) []goldenCase {
	t.Helper()
	var cases []goldenCase
	for line := range strings.Lines(text) {
		name, digits, ok := strings.Cut(strings.TrimSpace(line), ": ")
		raw, err := hex.DecodeString(digits)
		if !ok || err != nil {
			t.Fatalf("golden line %q: %v", line, err)
		}
		cases = append(cases, goldenCase{name, raw})
	}
	return cases
}

func readGolden(t *testing.T, file string) []goldenCase {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	return parseGolden(t, string(raw))
}

// golden returns the bytes of file by name. With -update it first adds those
// of written that are missing.
func golden(t *testing.T, file string, written []goldenCase) map[string][]byte {
	t.Helper()
	path := filepath.Join("testdata", file)
	raw, err := os.ReadFile(path)
	if err != nil && !*update {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, c := range parseGolden(t, string(raw)) {
		out[c.name] = c.bytes
	}
	for _, c := range written {
		if _, ok := out[c.name]; ok {
			continue
		}
		if !*update {
			t.Errorf("%s has no bytes of %q: run the test with -update, once", file, c.name)
		}
		raw = fmt.Appendf(raw, "%s: %x\n", c.name, c.bytes)
		out[c.name] = c.bytes
	}
	if *update {
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// kind returns the number that the name of a payload starts with.
func (c goldenCase) kind(t rapid.TB) oplog.Kind {
	t.Helper()
	digits, _, _ := strings.Cut(c.name, " ")
	n, err := strconv.ParseUint(digits, 10, 8)
	if err != nil {
		t.Fatalf("golden payload %q: %v", c.name, err)
	}
	return oplog.Kind(n)
}

func TestGoldenValues(t *testing.T) {
	values := map[string]doc.Value{
		"null":           doc.Null,
		"false":          doc.Bool(false),
		"true":           doc.Bool(true),
		"int 0":          doc.Int(0),
		"int -300":       doc.Int(-300),
		"float 0.5":      doc.Float(0.5),
		"string":         doc.String("né🙂"),
		"string empty":   doc.String(""),
		"bytes":          doc.Bytes([]byte{0, 255}),
		"ref":            doc.Ref(id.Doc{1, 15: 2}),
		"time":           doc.Time(time.UnixMilli(1_700_000_000_123)),
		"list":           doc.List(doc.Int(1), doc.Null, doc.List()),
		"record":         doc.Record(map[string]doc.Value{"b": doc.Int(1), "a": doc.String("x")}),
		"a later type":   later(t, 0x7f, 1, 2, 3),
		"one in a list":  doc.List(later(t, 0x7f, 1, 2, 3), doc.Bool(true)),
		"one in a field": doc.Record(map[string]doc.Value{"x": later(t, 0x0b)}),
	}
	var written []goldenCase
	for _, name := range sortedKeys(values) {
		written = append(written, goldenCase{name, values[name].Append(nil)})
	}
	for name, raw := range golden(t, "values.golden", written) {
		got, err := doc.ValueFrom(raw)
		if err != nil || got != values[name] {
			t.Errorf("%s: %x reads as %s, %v; want %s", name, raw, got, err, values[name])
		}
		if again := values[name].Append(nil); !bytes.Equal(again, raw) {
			t.Errorf("%s is written as %x, was %x", name, again, raw)
		}
	}
}

// later returns a value of a type that this version does not know.
func later(t *testing.T, raw ...byte) doc.Value {
	t.Helper()
	v, err := doc.ValueFrom(raw)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// history writes every kind of operation, by two people, and returns them with
// their names.
func history(t *testing.T) (ops []oplog.Op, names []string) {
	t.Helper()
	w := newTeam(2)
	ann, ben := w.replicas[0], w.replicas[1]
	write := func(r *replica, name string, change doc.Change, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, other := range w.replicas {
			w.pull(r, other.log, len(w.edits))
		}
		op := w.write(t, r, change)
		ops, names = append(ops, op), append(names, fmt.Sprintf("%d %s", op.Kind, name))
	}
	do := func(r *replica, name string, change doc.Change) { t.Helper(); write(r, name, change, nil) }
	pull := func() { w.pull(ben, ann.log, len(w.edits)); w.pull(ann, ben.log, len(w.edits)) }

	do(ann, "set", ann.doc.SetRegister(fieldRegister, doc.Int(7)))
	do(ann, "put first", ann.doc.Put(fieldMulti, doc.String("a")))
	pull()
	do(ben, "put over one", ben.doc.Put(fieldMulti, doc.String("b")))
	do(ann, "add", ann.doc.Add(fieldSet, doc.String("tag")))
	do(ann, "add another", ann.doc.Add(fieldSet, doc.String("gone")))
	do(ann, "remove", ann.doc.Remove(fieldSet, doc.String("gone")))
	do(ann, "count", ann.doc.Count(fieldCounter, -3))
	do(ann, "insert item", ann.doc.InsertItem(fieldList, 0, doc.String("x"), 1))
	do(ann, "insert item after", ann.doc.InsertItem(fieldList, 1, doc.String("y"), 2))
	pull()
	item := ben.doc.List(fieldList)[0].ID
	do(ben, "set item", ben.doc.SetItem(fieldList, item, doc.String("z")))
	do(ben, "move item", ben.doc.MoveItem(fieldList, item, 1, 3))
	do(ben, "drop item", ben.doc.DropItem(fieldList, item))
	do(ben, "restore item", ben.doc.RestoreItem(fieldList, item))
	pull()
	change, err := ann.doc.InsertText(fieldText, ann.log, 0, "Hallo")
	write(ann, "insert text", change, err)
	pull()
	change, err = ben.doc.InsertText(fieldText, ben.log, 5, " 🙂")
	write(ben, "insert text after another's", change, err)
	pull()
	change, err = ann.doc.DeleteText(fieldText, ann.log, 3, 3)
	write(ann, "delete text of two", change, err)
	do(ann, "trash", ann.doc.Trash())
	do(ann, "restore", ann.doc.Restore())
	return ops, names
}

func TestGoldenPayloads(t *testing.T) {
	ops, names := history(t)
	written := make([]goldenCase, len(ops))
	for i, op := range ops {
		written[i] = goldenCase{names[i], op.Payload}
	}
	kept := golden(t, "payloads.golden", written)
	for i, op := range ops {
		if !bytes.Equal(op.Payload, kept[names[i]]) {
			t.Errorf("%s is written as %x, was %x", names[i], op.Payload, kept[names[i]])
		}
		old := op
		old.Payload = kept[names[i]]
		got, err := doc.Describe(old)
		want, _ := doc.Describe(op)
		if err != nil || got != want {
			t.Errorf("%s: %x reads as %+v, %v; want %+v", names[i], old.Payload, got, err, want)
		}
	}
}

func TestGoldenDocuments(t *testing.T) {
	ops, _ := history(t)
	fold := func(ops ...oplog.Op) *doc.Doc {
		d := doc.New(docName)
		for _, op := range ops {
			mustApply(t, d, op)
		}
		return d
	}
	awaits := insertOp(logB, 0, text.Insert{At: text.ID{Log: logB}, Left: text.ID{Log: logA}, Runes: "!"})
	docs := map[string]*doc.Doc{
		"before any operation":    fold(),
		"every family":            fold(ops...),
		"a field of no kind here": fold(opOf(logA, 3, doc.KindSet, 60_000, doc.Int(1).Append(nil))),
		"a skipped kind":          fold(opOf(logA, 0, 0x7f, 1, nil), opOf(logA, 1, doc.KindCount, 1, []byte{2})),
		"a critical kind":         fold(opOf(logA, 0, 0x80, 1, nil), opOf(logA, 1, doc.KindCount, 1, []byte{2})),
		"text that waits":         fold(awaits),
		"a conflict": fold(
			opOf(logA, 0, doc.KindPut, 2, append([]byte{0}, doc.Int(1).Append(nil)...)),
			opOf(logB, 0, doc.KindPut, 2, append([]byte{0}, doc.Int(2).Append(nil)...))),
		"a removal before its addition": fold(ops[5]),
		"an item before its insertion":  fold(ops[9]),
	}
	var written []goldenCase
	for _, name := range sortedKeys(docs) {
		written = append(written, goldenCase{name, docs[name].Append(nil)})
	}
	for name, raw := range golden(t, "stored-1.golden", written) {
		want := docs[name]
		got, err := doc.Decode(docName, raw)
		if err != nil {
			t.Errorf("%s: Decode(%x): %v", name, raw, err)
			continue
		}
		if diff := cmp.Diff(show(want), show(got)); diff != "" {
			t.Errorf("%s shows (-want +got):\n%s", name, diff)
		}
		if again := want.Append(nil); !bytes.Equal(again, raw) {
			t.Errorf("%s is stored as\n%x, was\n%x", name, again, raw)
		}
	}
}
