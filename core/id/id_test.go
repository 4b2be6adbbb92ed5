package id_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/core/id"
)

func TestDocTextRoundTripsAndSorts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.SliceOfN(rapid.Byte(), 16, 16)
		a, b := id.Doc(draw.Draw(t, "a")), id.Doc(draw.Draw(t, "b"))
		got, err := id.ParseDoc(strings.ToUpper(a.String()))
		if err != nil || got != a {
			t.Fatalf("ParseDoc(%v) = %v, %v", a, got, err)
		}
		if got, want := strings.Compare(a.String(), b.String()), a.Compare(b); got != want {
			t.Fatalf("text of %v and %v compares %d, names compare %d", a, b, got, want)
		}
	})
}

func TestNewDocKeepsItsTime(t *testing.T) {
	at := time.Date(2026, 3, 1, 12, 0, 0, int(42*time.Millisecond), time.UTC)
	d, err := id.NewDoc(at, bytes.NewReader(make([]byte, 10)))
	if err != nil {
		t.Fatal(err)
	}
	if !d.Time().Equal(at) {
		t.Errorf("Time() = %v, want %v", d.Time(), at)
	}
	if got, want := d.String(), "01kjmma2ha0000000000000000"; got != want {
		t.Errorf("String() = %q, want %q", got, want)
	}
	if _, err := id.NewDoc(at, bytes.NewReader(nil)); err == nil {
		t.Error("NewDoc without randomness gave no error")
	}
}

func TestParseDocRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"empty":     "",
		"short":     "01jn8",
		"bad digit": "01jn8v5r1a000000000000000u",
		"too large": "81jn8v5r1a0000000000000000",
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := id.ParseDoc(text); err == nil {
				t.Errorf("ParseDoc(%q) = %v, want an error", text, got)
			}
		})
	}
}

func TestDeviceTextCatchesEveryWrongDigit(t *testing.T) {
	d := id.DeviceOf(bytes.Repeat([]byte{7}, 32))
	text := d.String()
	if got, err := id.ParseDevice(strings.ToLower(text)); err != nil || got != d {
		t.Fatalf("ParseDevice(%q) = %v, %v", text, got, err)
	}
	for i, c := range text {
		if c == '-' {
			continue
		}
		wrong := byte('A')
		if c == 'A' {
			wrong = 'B'
		}
		typo := text[:i] + string(wrong) + text[i+1:]
		if got, err := id.ParseDevice(typo); err == nil {
			t.Errorf("ParseDevice(%q) = %v, want an error: digit %d is wrong", typo, got, i)
		}
	}
}

func TestLogFormSortsAsCompare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.Custom(func(t *rapid.T) id.Log {
			return id.Log{
				Device:      id.ShortDevice(rapid.Uint64().Draw(t, "device")),
				Incarnation: rapid.Uint32().Draw(t, "incarnation"),
			}
		})
		a, b := draw.Draw(t, "a"), draw.Draw(t, "b")
		if got := id.LogFrom(a.Append(nil)); got != a {
			t.Fatalf("LogFrom(Append(%v)) = %v", a, got)
		}
		if got, want := bytes.Compare(a.Append(nil), b.Append(nil)), a.Compare(b); got != want {
			t.Fatalf("%v against %v: bytes compare %d, logs compare %d", a, b, got, want)
		}
	})
}
