package text_test

import (
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/id"
	"cairn/core/text"
)

var (
	self  = id.Log{Device: 0x0102030405060708, Incarnation: 9}
	other = id.Log{Device: 0xaabbccdd, Incarnation: 1}
	third = id.Log{Device: 0xaabbccdd, Incarnation: 2}
)

func TestInsertPayload(t *testing.T) {
	for name, c := range map[string]struct {
		in   text.Insert
		want string
	}{
		"first rune":  {text.Insert{At: text.ID{Log: self}, Runes: "a"}, "00 00 61"},
		"typing on":   {text.Insert{At: text.ID{Log: self, N: 7}, Left: text.ID{Log: self, N: 6}, Runes: "é"}, "03 07 c3a9"},
		"between own": {text.Insert{At: text.ID{Log: self, N: 300}, Left: text.ID{Log: self, N: 6}, Right: text.ID{Log: self, N: 299}, Runes: "ab"}, "05 ac02 a602 01 6162"},
		"beside another's": {
			text.Insert{At: text.ID{Log: self}, Left: text.ID{Log: other, N: 5}, Right: text.ID{Log: third, N: 200}, Runes: "a"},
			"0a 00 00000000aabbccdd00000001 05 00000000aabbccdd00000002 c801 61",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.in.Append(nil)
			if want := strings.ReplaceAll(c.want, " ", ""); hex.EncodeToString(got) != want {
				t.Errorf("Append = %x, want %s", got, want)
			}
			back, err := text.DecodeInsert(got, self)
			if err != nil || back != c.in {
				t.Errorf("DecodeInsert = %+v, %v, want %+v", back, err, c.in)
			}
		})
	}
}

func TestDeletePayload(t *testing.T) {
	span := func(log id.Log, n, length uint32) text.Span {
		return text.Span{First: text.ID{Log: log, N: n}, Len: length}
	}
	for name, c := range map[string]struct {
		del  text.Delete
		want string
		back []text.Span // nil when it is the same
	}{
		"nothing":   {text.Delete{}, "", nil},
		"own rune":  {text.Delete{Spans: []text.Span{span(self, 5, 1)}}, "02 05 00", nil},
		"own spans": {text.Delete{Spans: []text.Span{span(self, 5, 3), span(self, 300, 1)}}, "04 05 02 a402 00", nil},
		"own first": {
			text.Delete{Spans: []text.Span{span(third, 1, 1), span(self, 5, 1), span(other, 0, 2)}},
			"02 05 00 03 00000000aabbccdd00000001 00 01 03 00000000aabbccdd00000002 01 00",
			[]text.Span{span(self, 5, 1), span(other, 0, 2), span(third, 1, 1)},
		},
		"touching":    {text.Delete{Spans: []text.Span{span(self, 6, 2), span(self, 5, 1)}}, "02 05 02", []text.Span{span(self, 5, 3)}},
		"overlapping": {text.Delete{Spans: []text.Span{span(self, 5, 4), span(self, 6, 1)}}, "02 05 03", []text.Span{span(self, 5, 4)}},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.del.Append(nil, self)
			if want := strings.ReplaceAll(c.want, " ", ""); hex.EncodeToString(got) != want {
				t.Errorf("Append = %x, want %s", got, want)
			}
			want := text.Delete{Spans: c.back}
			if c.back == nil {
				want = c.del
			}
			back, err := text.DecodeDelete(got, self)
			if diff := cmp.Diff(want, back); err != nil || diff != "" {
				t.Errorf("DecodeDelete: %v, want - got +:\n%s", err, diff)
			}
		})
	}
}

func TestDecodeInsertRefuses(t *testing.T) {
	for name, payload := range map[string]string{
		"empty":                  "",
		"no number":              "00",
		"no runes":               "00 00",
		"bad UTF-8":              "00 00 ff",
		"unknown form":           "0c 00 61",
		"unknown flag":           "10 00 61",
		"origin not before":      "01 05 00 61",
		"origin before the log":  "01 05 06 61",
		"typing on from nothing": "03 00 61",
		"typing on, long form":   "01 05 01 61",
		"own log, long form":     "02 05 010203040506070800000009 01 61",
		"no log":                 "02 05 000000000000000000000000 01 61",
		"log cut off":            "02 05 0102030405",
		"number in long form":    "00 8000 61",
		"number beyond 32 bits":  "00 8080808010 61",
		"name beyond the last":   "00 ffffffff0f 61",
	} {
		t.Run(name, func(t *testing.T) {
			in, err := text.DecodeInsert(unhex(t, payload), self)
			if !errors.Is(err, text.ErrMalformed) {
				t.Errorf("DecodeInsert(%s) = %+v, %v, want ErrMalformed", payload, in, err)
			}
		})
	}
	if _, err := text.DecodeInsert(append(unhex(t, "00 00"), strings.Repeat("a", text.MaxInsert+1)...), self); !errors.Is(err, text.ErrMalformed) {
		t.Errorf("DecodeInsert of too many runes = %v, want ErrMalformed", err)
	}
	if _, err := text.DecodeInsert(unhex(t, "00 00 61"), id.Log{}); !errors.Is(err, text.ErrMalformed) {
		t.Errorf("DecodeInsert without a log = %v, want ErrMalformed", err)
	}
}

func TestDecodeDeleteRefuses(t *testing.T) {
	for name, payload := range map[string]string{
		"no spans":             "00",
		"fewer spans":          "04 05 00",
		"a great many spans":   "feffffffffffffffff01 05 00",
		"touching spans":       "04 05 00 00 00",
		"own log, long form":   "03 010203040506070800000009 01 00",
		"own log twice":        "02 05 00 02 06 00",
		"no log":               "03 000000000000000000000000 01 00",
		"logs out of order":    "03 00000000aabbccdd00000002 01 00 03 00000000aabbccdd00000001 00 01",
		"log twice":            "03 00000000aabbccdd00000001 00 01 03 00000000aabbccdd00000001 05 01",
		"own log not first":    "03 00000000aabbccdd00000001 00 01 02 05 00",
		"log cut off":          "03 00000000",
		"name beyond the last": "02 ffffffff0f 00",
		"very long":            "02 00 ffffffff0f",
	} {
		t.Run(name, func(t *testing.T) {
			del, err := text.DecodeDelete(unhex(t, payload), self)
			if !errors.Is(err, text.ErrMalformed) {
				t.Errorf("DecodeDelete(%s) = %+v, %v, want ErrMalformed", payload, del, err)
			}
		})
	}
	if _, err := text.DecodeDelete(nil, id.Log{}); !errors.Is(err, text.ErrMalformed) {
		t.Errorf("DecodeDelete without a log = %v, want ErrMalformed", err)
	}
}

func TestInsertPayloadRoundTrips(t *testing.T) {
	origin := rapid.Custom(func(t *rapid.T) text.Origin {
		log := rapid.SampledFrom([]id.Log{{}, other, third, self}).Draw(t, "log")
		if log.IsZero() {
			return text.Origin{}
		}
		return text.Origin{Log: log, N: rapid.Uint32Max(99).Draw(t, "n")}
	})
	rapid.Check(t, func(t *rapid.T) {
		in := text.Insert{
			At:    text.ID{Log: self, N: rapid.Uint32Range(100, 1<<31).Draw(t, "at")},
			Left:  origin.Draw(t, "left"),
			Right: origin.Draw(t, "right"),
			Runes: rapid.StringN(1, 20, -1).Draw(t, "runes"),
		}
		got, err := text.DecodeInsert(in.Append(nil), self)
		if err != nil || got != in {
			t.Fatalf("DecodeInsert(Append(%+v)) = %+v, %v", in, got, err)
		}
	})
}

// unhex reads hexadecimal digits with spaces between them.
func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
