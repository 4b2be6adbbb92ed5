package kit_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
)

func press(t *testing.T, toggles *kit.Toggles, words string) {
	t.Helper()
	for _, x := range kittest.Find[*kit.Toggle](toggles) {
		if kittest.Says(x, words) {
			test.Tap(x)
			return
		}
	}
	t.Fatalf("there is no toggle %q", words)
}

func TestTogglesHoldAnyOrOne(t *testing.T) {
	options := []kit.Option{{Value: "a", Words: "First"}, {Value: "b", Words: "Second"}, {Value: "c", Words: "Third"}}
	for _, tt := range []struct {
		one     bool
		held    []string
		presses string
		want    string
	}{
		{false, nil, "Third First", "a c"},
		{false, []string{"b"}, "Second", ""},
		{true, nil, "First Third", "c"},
		{true, []string{"b"}, "Second", ""},
		{false, []string{"old"}, "First", "a old"}, // no longer offered, and still there
		{false, []string{"old", "a"}, "old", "a"},
		{true, []string{"old"}, "First", "a"},
	} {
		var got []string
		toggles := kit.NewToggles(tt.one, options, func(held []string) { got = held })
		window(t, toggles, 400, 100)
		toggles.Hold(tt.held)
		for words := range strings.FieldsSeq(tt.presses) {
			press(t, toggles, words)
		}
		if strings.Join(got, " ") != tt.want || !slices.Equal(got, toggles.Held()) {
			t.Errorf("%v of one %v, pressing %s: %q, held %q, want %q", tt.held, tt.one, tt.presses, got, toggles.Held(), tt.want)
		}
	}
}

func TestTogglesCanBeLocked(t *testing.T) {
	toggles := kit.NewToggles(false, []kit.Option{{Value: "a", Words: "First"}}, func([]string) { t.Error("a locked toggle was pressed") })
	window(t, toggles, 400, 100)
	toggles.SetDisabled(true)
	press(t, toggles, "First")
	toggles.SetOptions([]kit.Option{{Value: "b", Words: "Other"}})
	press(t, toggles, "Other")
	if toggles.First() == nil || kit.NewToggles(false, nil, nil).First() != nil {
		t.Error("the first of some, or of none, is wrong")
	}
}

// TestARollGrowsWithItsContent lays out text that was set after the first time.
func TestARollGrowsWithItsContent(t *testing.T) {
	para := kit.Prose("")
	below := kit.Label("below")
	roll := kit.NewRoll(kit.VStack(8, para, below))
	window(t, roll, 300, 200)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(below).Y
	para.Set(strings.Repeat("long text ", 40))
	roll.Settle()
	if now := fyne.CurrentApp().Driver().AbsolutePositionForObject(below).Y; now < at+60 {
		t.Errorf("what is below stands at %v, was at %v", now, at)
	}
	roll.ToTop()
}
