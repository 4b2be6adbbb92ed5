package doc_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/oplog"
)

// allocated returns how many bytes run allocates.
func allocated(run func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	run()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// addGolden seeds f with the bytes of golden files.
func addGolden(f *testing.F, pattern string) {
	f.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(names) == 0 {
		f.Fatalf("golden files %s: %v, %v", pattern, names, err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range parseGolden(f, string(raw)) {
			f.Add(c.bytes)
		}
	}
}

func FuzzDecode(f *testing.F) {
	addGolden(f, "stored-*.golden")
	f.Fuzz(func(t *testing.T, b []byte) {
		var d *doc.Doc
		var err error
		if got, most := allocated(func() { d, err = doc.Decode(docName, b) }), uint64(128*len(b)+128<<10); got > most {
			t.Errorf("Decode of %d bytes allocates %d, at most %d is fair", len(b), got, most)
		}
		if err != nil {
			return
		}
		if again := d.Append(nil); !bytes.Equal(again, b) {
			t.Fatalf("decoded from\n%x\nstored as\n%x", b, again)
		}
		exercise(t, d)
	})
}

// exercise reads, plans on, copies and merges a document that may be hostile.
func exercise(t *testing.T, d *doc.Doc) {
	t.Helper()
	before := d.Append(nil)
	_ = show(d)
	_ = d.Conflicts()
	c := d.Clone()
	c.Merge(d)
	for n := range fieldText + 1 {
		_ = c.Put(n, doc.Null)
		_ = c.Remove(n, doc.Int(1))
		_ = c.InsertItem(n, 1, doc.Null, 7)
		for _, item := range c.List(n) {
			_ = c.MoveItem(n, item.ID, 0, 7)
		}
		if change, err := c.InsertText(n, logA, c.TextLen(n), "x"); err == nil {
			_ = c.Apply(change.At(doc.Version{At: 1, By: id.Op{Log: logA, Seq: c.Seen(logA)}}))
		}
	}
	if after := d.Append(nil); !bytes.Equal(before, after) {
		t.Fatalf("reading and cloning changed\n%x\nto\n%x", before, after)
	}
}

// readOps makes operations of arbitrary bytes: seven for each head, then as
// many as the last of them says.
func readOps(b []byte) []oplog.Op {
	var ops []oplog.Op
	next := map[id.Log]uint64{}
	for len(b) >= 6 && len(ops) < 64 {
		log := id.Log{Device: id.ShortDevice(1 + b[1]%3)}
		n := min(int(b[5]), len(b)-6)
		ops = append(ops, oplog.Op{
			ID: id.Op{Log: log, Seq: next[log]}, Stamp: clock.Stamp(b[2]), Doc: docName, Noun: uint16(b[3]),
			Kind: oplog.Kind(b[0]), Field: uint16(b[4]), Payload: b[6 : 6+n],
		})
		next[log]++
		b = b[6+n:]
	}
	return ops
}

// writeOps is the opposite of readOps.
func writeOps(ops []oplog.Op) []byte {
	var b []byte
	for _, op := range ops {
		b = append(b, byte(op.Kind), byte(op.ID.Log.Device-1), byte(op.Stamp), byte(op.Noun), byte(op.Field), byte(len(op.Payload)))
		b = append(b, op.Payload...)
	}
	return b
}

func FuzzApply(f *testing.F) {
	raw, err := os.ReadFile(filepath.Join("testdata", "payloads.golden"))
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range parseGolden(f, string(raw)) {
		f.Add(writeOps([]oplog.Op{{ID: id.Op{Log: id.Log{Device: 1}}, Kind: c.kind(f), Field: 1, Payload: c.bytes}}))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		ops := readOps(b)
		fold := func(ops []oplog.Op) *doc.Doc {
			d := doc.New(docName)
			for _, op := range ops {
				_ = d.Apply(op)
			}
			return d
		}
		want := fold(ops)
		stored := want.Append(nil)
		byLog := slices.Clone(ops)
		slices.SortStableFunc(byLog, func(a, b oplog.Op) int { return b.ID.Log.Compare(a.ID.Log) })
		if got := fold(byLog).Append(nil); !bytes.Equal(got, stored) {
			t.Fatalf("as they came %x\nlog after log %x", stored, got)
		}
		merged := fold(ops[:len(ops)/2])
		merged.Merge(fold(slices.DeleteFunc(byLog, func(op oplog.Op) bool { return op.ID.Log.Device == 1 })))
		merged.Merge(fold(ops))
		if got := merged.Append(nil); !bytes.Equal(got, stored) {
			t.Fatalf("folded %x\nmerged %x", stored, got)
		}
		decoded, err := doc.Decode(docName, stored)
		if err != nil {
			t.Fatalf("Decode(%x): %v", stored, err)
		}
		exercise(t, decoded)
		for _, op := range ops {
			_, _ = doc.Describe(op)
		}
	})
}

func FuzzValue(f *testing.F) {
	addGolden(f, "values.golden")
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := doc.ValueFrom(b)
		if err != nil {
			return
		}
		if again := v.Append(nil); !bytes.Equal(again, b) {
			t.Fatalf("read from %x, stored as %x", b, again)
		}
		if _, err := json.Marshal(v); err != nil {
			t.Fatalf("value %x as JSON: %v", b, err)
		}
		_ = v.String()
		checkInner(t, v)
	})
}

// checkInner makes sure that what a value holds is itself a value.
func checkInner(t *testing.T, v doc.Value) {
	t.Helper()
	inner := v.Items()
	for _, field := range v.Fields() {
		inner = append(inner, field)
	}
	for _, x := range inner {
		if again, err := doc.ValueFrom(x.Append(nil)); err != nil || again != x {
			t.Fatalf("%x inside a value reads as %x, %v", x.Append(nil), again.Append(nil), err)
		}
		checkInner(t, x)
	}
}

func FuzzValueJSON(f *testing.F) {
	for _, text := range []string{`null`, `-1.5e3`, `"é"`, `[1,[],{"a":{"b":true}}]`, `{"a":1,"a":2}`, `[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var v, again doc.Value
		if err := v.UnmarshalJSON(b); err != nil {
			return
		}
		if got, err := doc.ValueFrom(v.Append(nil)); err != nil || got != v {
			t.Fatalf("%q gives the value %x, which reads as %x, %v", b, v.Append(nil), got.Append(nil), err)
		}
		plain, err := v.MarshalJSON()
		if err != nil {
			t.Fatalf("%q: %v", b, err)
		}
		if err := again.UnmarshalJSON(plain); err != nil {
			t.Fatalf("%q is written as %s: %v", b, plain, err)
		}
		if twice, err := again.MarshalJSON(); err != nil || !bytes.Equal(twice, plain) {
			t.Fatalf("%q is written as %s, then as %s, %v", b, plain, twice, err)
		}
	})
}
