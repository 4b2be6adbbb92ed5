package text_test

import (
	"bytes"
	"errors"
	"runtime"
	"strings"
	"testing"

	"cairn/core/text"
)

const oneLog = " 0102030405060708 00000009"

func TestDecodeRefuses(t *testing.T) {
	for name, saved := range map[string]string{
		"nothing":                 "",
		"a later version":         "02 00 00",
		"bytes after the end":     "01 00 00 61",
		"logs cut off":            "01 02" + oneLog,
		"a great many logs":       "01 ffffffffffffffffff01" + oneLog,
		"a log without runes":     "01 01" + oneLog + " 00",
		"the zero log":            "01 01 000000000000000000000000 01 00 00 00 61",
		"one log twice":           "01 02" + oneLog + oneLog + " 01 00 00 00 00 61",
		"a great many runs":       "01 01" + oneLog + " ffffffffffffffffff01 00 00 00 61",
		"runs cut off":            "01 01" + oneLog + " 02 00 00 00 61",
		"unknown name":            "01 01" + oneLog + " 01 06 00 00 61",
		"unknown bit":             "01 01" + oneLog + " 01 80 00 00 61",
		"a rune never inserted":   "01 01" + oneLog + " 01 00 00 02 61",
		"a negative name":         "01 01" + oneLog + " 01 00 00 01 61",
		"more content":            "01 01" + oneLog + " 01 00 00 00 6161",
		"less content":            "01 01" + oneLog + " 01 00 01 00 61",
		"content of the deleted":  "01 01" + oneLog + " 01 01 00 00 61",
		"no UTF-8":                "01 01" + oneLog + " 01 00 00 00 ff",
		"resumes the edge":        "01 01" + oneLog + " 01 02 00 61",
		"goes on from the edge":   "01 01" + oneLog + " 01 04 00 61",
		"left of the edge":        "01 01" + oneLog + " 01 08 00 00 61",
		"one run in two":          "01 01" + oneLog + " 02 00 04 00 00 00 6161",
		"a rune twice":            "01 01" + oneLog + " 02 00 00 00 00 00 00 6161",
		"written-out edge":        "01 01" + oneLog + " 01 18 00 00 00 00 61",
		"own rune as the left":    "01 01" + oneLog + " 01 18 00 00 00 01 00 61",
		"left does not exist":     "01 01" + oneLog + " 01 18 00 00 00 01 07 61",
		"author does not exist":   "01 01" + oneLog + " 01 18 00 00 00 02 00 61",
		"before its own left":     "01 01" + oneLog + " 02 00 00 00 00 02 01 6161",
		"run longer than names":   "01 01" + oneLog + " 01 01 ffffffff0f 00",
		"run ends beyond names":   "01 01" + oneLog + " 01 01 feffffff0f 02",
		"number in the long form": "01 8000 00",
	} {
		t.Run(name, func(t *testing.T) {
			x, err := text.Decode(unhex(t, saved))
			if !errors.Is(err, text.ErrMalformed) {
				t.Errorf("Decode(%s) = %v, %v, want ErrMalformed", saved, x, err)
			}
		})
	}
}

// TestDecodeRefusesCircles has two runs, each inserted beside the other.
func TestDecodeRefusesCircles(t *testing.T) {
	const logs = "01 02 000000000000000100000000 000000000000000200000000"
	for name, c := range map[string]struct {
		saved string
		want  error
	}{
		"one log, last to first":      {"01 01" + oneLog + "02 00 08 00 00 02 01 6162", nil},
		"one log, first to last":      {"01 01" + oneLog + "02 00 08 00 00 00 02 6162", text.ErrMalformed},
		"the second beside the first": {logs + "02 20 00 00 00 00 00 01 00 6162", nil},
		"the first beside the second": {logs + "02 00 08 00 00 00 00 01 00 6162", nil},
		"each beside the other":       {logs + "02 00 00 00 00 00 00 01 00 6162", text.ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := text.Decode(unhex(t, c.saved)); !errors.Is(err, c.want) {
				t.Errorf("Decode(%s) = %v, want %v", c.saved, err, c.want)
			}
		})
	}
}

func TestDecodeKeepsNoPartOfItsInput(t *testing.T) {
	var x text.Text
	insert, _ := must(t, &x)
	insert(x.InsertAt(self, 0, "keep"))
	saved := x.Append(nil)
	back, err := text.Decode(saved)
	if err != nil {
		t.Fatal(err)
	}
	clear(saved)
	if got := back.String(); got != "keep" {
		t.Errorf("text is %q", got)
	}
}

// TestDecodeAllocatesByItsInput cuts and bends real bytes at many places.
func TestDecodeAllocatesByItsInput(t *testing.T) {
	for name := range goldenTexts {
		saved := readGolden(t, name)
		for i := 0; i < len(saved); i += 1 + len(saved)/200 {
			for _, bent := range [][]byte{saved[:i], bend(saved, i, 0xff), bend(saved, i, 0x7f)} {
				if got, limit := allocated(func() { _, _ = text.Decode(bent) }), uint64(64<<10+100*len(bent)); got > limit {
					t.Fatalf("Decode(%x) allocates %d bytes, want at most %d", bent, got, limit)
				}
			}
		}
	}
}

// bend returns b with the byte at i replaced.
func bend(b []byte, i int, by byte) []byte {
	b = bytes.Clone(b)
	b[i] = by
	return b
}

func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func FuzzDecode(f *testing.F) {
	for name := range goldenTexts {
		f.Add(readGolden(f, name))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := text.Decode(b)
		if err != nil {
			if !errors.Is(err, text.ErrMalformed) {
				t.Fatalf("Decode = %v, want ErrMalformed", err)
			}
			return
		}
		if got := x.Append(nil); !bytes.Equal(got, b) {
			t.Fatalf("Append = %x, want %x", got, b)
		}
		use(t, x)
	})
}

// use edits and merges a text that may have been forged: whatever comes of it,
// it must be a text.
func use(t *testing.T, x *text.Text) {
	t.Helper()
	before := x.Clone()
	insert, remove := must(t, x)
	for _, pos := range []int{0, x.Len() / 2, x.Len()} {
		insert(x.InsertAt(self, pos, "new"))
		remove(x.DeleteAt(pos+1, 1))
	}
	insert(x.InsertAt(other, x.Len()/2, strings.Repeat("ß", 3000)))
	var fresh text.Text
	insertFresh, _ := must(t, &fresh)
	insertFresh(fresh.InsertAt(third, 0, "fresh"))
	fresh.Merge(x)
	if fresh.Len() != x.Len()+5 {
		t.Fatalf("%d runes and 5 merge into %d", x.Len(), fresh.Len())
	}
	before.Merge(x)
	if before.String() != x.String() {
		t.Fatalf("catching up by merging gives %q, want %q", before.String(), x.String())
	}
}

func FuzzDecodeInsert(f *testing.F) {
	f.Add([]byte("\x00\x00a"))
	f.Add([]byte("\x05\xac\x02\xa6\x02\x01ab"))
	f.Add([]byte("\x0a\x00\x00\x00\x00\x00\xaa\xbb\xcc\xdd\x00\x00\x00\x01\x05\x00\x00\x00\x00\xaa\xbb\xcc\xdd\x00\x00\x00\x02\xc8\x01a"))
	f.Fuzz(func(t *testing.T, b []byte) {
		in, err := text.DecodeInsert(b, self)
		if err != nil {
			if !errors.Is(err, text.ErrMalformed) {
				t.Fatalf("DecodeInsert = %v, want ErrMalformed", err)
			}
			return
		}
		if got := in.Append(nil); !bytes.Equal(got, b) {
			t.Fatalf("Append(%+v) = %x, want %x", in, got, b)
		}
		var x text.Text
		if err := x.ApplyInsert(in); err != nil && !errors.Is(err, text.ErrMissing) {
			t.Fatalf("ApplyInsert(%+v) = %v", in, err)
		}
	})
}

func FuzzDecodeDelete(f *testing.F) {
	f.Add([]byte("\x04\x05\x02\xa4\x02\x00"))
	f.Add([]byte("\x02\x05\x00\x03\x00\x00\x00\x00\xaa\xbb\xcc\xdd\x00\x00\x00\x01\x00\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		del, err := text.DecodeDelete(b, self)
		if err != nil {
			if !errors.Is(err, text.ErrMalformed) {
				t.Fatalf("DecodeDelete = %v, want ErrMalformed", err)
			}
			return
		}
		if got := del.Append(nil, self); !bytes.Equal(got, b) {
			t.Fatalf("Append(%+v) = %x, want %x", del, got, b)
		}
		var x text.Text
		if err := x.ApplyDelete(del); len(b) > 0 && !errors.Is(err, text.ErrMissing) {
			t.Fatalf("ApplyDelete(%+v) = %v", del, err)
		}
	})
}
