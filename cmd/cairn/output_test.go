package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"cairn/app"
	"cairn/core/fault"
)

func TestTableLinesUp(t *testing.T) {
	var b bytes.Buffer
	c := &cli{out: &b}
	c.table(&b, "ID,NAME,CHANGED,", [][]string{
		{"1", "Churn", "2026-03-02 09:00", ""},
		{"22", "고객 이탈", "2026-03-02 09:00", "2 conflicts"},
		{"3", "e\u0301te\u0301 ✓", "2026-03-02 09:00", ""},
		{"4", "two\nlines \x1b[31m", "", ""},
		{"5", strings.Repeat("가", 40), "2026-03-02 09:00", ""},
	})
	want := strings.Join([]string{
		"ID  NAME                                                         CHANGED",
		"1   Churn                                                        2026-03-02 09:00",
		"22  고객 이탈                                                    2026-03-02 09:00  2 conflicts",
		"3   e\u0301te\u0301 ✓                                                        2026-03-02 09:00",
		"4   two lines  [31m",
		"5   " + strings.Repeat("가", 29) + "…  2026-03-02 09:00",
		"",
	}, "\n")
	if b.String() != want {
		t.Errorf("the table is\n%s\nwant\n%s", b.String(), want)
	}
}

func TestWidth(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "abc": 3, "é": 1, "e\u0301": 1, "한국": 4, "\u1112\u1161\u11ab": 2, "日本語": 6, "ｱ": 1, "Ａ": 2, "🙂": 2, "a\u200db": 2, "→": 1,
	} {
		if got := width(s); got != want {
			t.Errorf("width(%q) = %d, want %d", s, got, want)
		}
	}
}

// TestNothingPlaysWithTheTerminal throws any text at what writes text.
func TestNothingPlaysWithTheTerminal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hostile := rapid.SampledFrom([]string{"\x1b[2J", "\x9b", "\u202e", "\u2028", "\x00", "\r", "\b", "\x7f", "한", "\xff", "\n", "a"})
		s := strings.Join(rapid.SliceOfN(hostile, 0, 80).Draw(t, "text"), "")
		for name, got := range map[string]string{"line": line(s), "cell": cell(s), "printable": printable(s)} {
			if !utf8.ValidString(got) {
				t.Fatalf("%s(%q) = %q is not UTF-8", name, s, got)
			}
			if i := strings.IndexFunc(got, playsTricks); i >= 0 && (name != "printable" || got[i] != '\n') {
				t.Fatalf("%s(%q) = %q", name, s, got)
			}
		}
		if got := cell(s); width(got) > cellColumns {
			t.Fatalf("cell(%q) has %d columns", s, width(got))
		}
		if s := strings.ToValidUTF8(s, "?"); true {
			b, err := encodeJSON(map[string]string{"text": s})
			var back map[string]string
			if err = errors.Join(err, json.Unmarshal(b, &back)); err != nil || back["text"] != s {
				t.Fatalf("%q comes back from %s as %q, %v", s, b, back["text"], err)
			}
			if bytes.ContainsFunc(b, func(r rune) bool { return r != '\n' && (playsTricks(r) || unicode.IsControl(r)) }) {
				t.Fatalf("%q becomes %q", s, b)
			}
		}
	})
}

func TestSizeAndCount(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 1023: "1023 B", 1024: "1.0 KiB", 1536: "1.5 KiB", 1 << 20: "1.0 MiB", 5 << 40: "5.0 TiB", 1<<63 - 1: "8.0 EiB"} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int]string{0: "0 batches", 1: "1 batch", 2: "2 batches"} {
		if got := count(n, "batch"); got != want {
			t.Errorf("count(%d) = %q, want %q", n, got, want)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// TestLostAnswerIsNoSuccess writes where nothing can be written.
func TestLostAnswerIsNoSuccess(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"version", "--json"}} {
		var stderr bytes.Buffer
		if status := run(args, strings.NewReader(""), full{}, &stderr, time.Now); status != exitFail {
			t.Errorf("cairn %q: exit status %d with %q, want %d", args, status, stderr.String(), exitFail)
		}
		if !strings.Contains(stderr.String(), "can't be written to standard output") {
			t.Errorf("cairn %q says %q", args, stderr.String())
		}
	}
	if kind := fault.KindOf(unwritten(errors.New("x"))); kind != fault.Unavailable {
		t.Errorf("kind %v", kind)
	}
}

func TestAClockThatGoesWrongIsSaid(t *testing.T) {
	for ahead, want := range map[time.Duration]string{
		0:                              "",
		time.Minute:                    "",
		-time.Minute:                   "",
		time.Minute + time.Millisecond: "Bo: The clock of Bo's laptop is 1 minute ahead of this one. Set the time on one of the two: changes carry it.",
		-90 * time.Minute:              "Bo: The clock of Bo's laptop is 90 minutes behind this one. Set the time on one of the two: changes carry it.",
		2*time.Hour - time.Second:      "Bo: The clock of Bo's laptop is 2 hours ahead of this one. Set the time on one of the two: changes carry it.",
		-(48*time.Hour - time.Second):  "Bo: The clock of Bo's laptop is 2 days behind this one. Set the time on one of the two: changes carry it.",
	} {
		if got := clockOf(app.Peer{Person: "Bo", Name: "Bo's laptop", ClockAhead: ahead}); got != want {
			t.Errorf("%v ahead: %q, want %q", ahead, got, want)
		}
	}
	if got := clockOf(app.Peer{Person: "Bo", ClockAhead: time.Hour}); got != "Bo: The clock of the device is 60 minutes ahead of this one. Set the time on one of the two: changes carry it." {
		t.Errorf("of a device without a name: %q", got)
	}
}
