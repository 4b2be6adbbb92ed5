package main

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"
)

// TestProgressIsShownOnlyWhenItTakesLong runs work for as long as it says.
func TestProgressIsShownOnlyWhenItTakesLong(t *testing.T) {
	const clear = "\r\x1b[K"
	for _, tt := range []struct {
		takes time.Duration
		want  string
	}{
		{0, ""},
		{900 * time.Millisecond, ""},
		{1500 * time.Millisecond, clear + "Checking… 1 s" + clear},
		{3500 * time.Millisecond, clear + "Checking… 1 s" + clear + "Checking… 2 s" + clear + "Checking… 3 s" + clear},
	} {
		synctest.Test(t, func(t *testing.T) {
			var b bytes.Buffer
			var p progress
			p.during(&b, func() string { return "Checking" }, func() { time.Sleep(tt.takes) })
			if b.String() != tt.want {
				t.Errorf("work of %v shows %q, want %q", tt.takes, b.String(), tt.want)
			}
		})
	}
}

// TestProgressMakesWayForAQuestion asks somebody in the middle of the work.
func TestProgressMakesWayForAQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		var p progress
		p.during(&b, func() string { return "Checking" }, func() {
			time.Sleep(1500 * time.Millisecond)
			p.hold(&b, func() {
				b.WriteString("Passphrase: ")
				time.Sleep(300 * time.Millisecond)
			})
		})
		if want := "\r\x1b[KChecking… 1 s\r\x1b[KPassphrase: "; b.String() != want {
			t.Errorf("shown %q, want %q", b.String(), want)
		}
	})
}

// TestProgressIsNotForPipes works for a person who sees nothing of it.
func TestProgressIsNotForPipes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		c := &cli{err: &b}
		c.working("Checking", func() { time.Sleep(time.Minute) })
		if b.Len() > 0 {
			t.Errorf("a pipe got %q", b.String())
		}
	})
}
