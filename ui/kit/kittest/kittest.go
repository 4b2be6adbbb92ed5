// Package kittest finds what screens show, for their tests.
package kittest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test" //nolint:depguard // this package is for tests
	"fyne.io/fyne/v2/widget"

	"cairn/ui/kit"
)

// Find returns every object of a type that is visible in o, in order.
func Find[T fyne.CanvasObject](o fyne.CanvasObject) []T {
	var out []T
	walk(o, func(o fyne.CanvasObject) {
		if found, ok := o.(T); ok {
			out = append(out, found)
		}
	})
	return out
}

func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, inside := range o.Objects {
			walk(inside, visit)
		}
	case fyne.Widget:
		for _, inside := range test.WidgetRenderer(o).Objects() {
			walk(inside, visit)
		}
	}
}

// Says reports whether text is shown somewhere in o, as a line of its own.
func Says(o fyne.CanvasObject, text string) bool {
	for _, t := range Find[*canvas.Text](o) {
		if t.Text == text {
			return true
		}
	}
	for _, l := range Find[*widget.Label](o) {
		if l.Text == text {
			return true
		}
	}
	return false
}

// EntryWith returns the first entry that holds text.
func EntryWith(t testing.TB, o fyne.CanvasObject, text string) *kit.Entry {
	t.Helper()
	for _, e := range Find[*kit.Entry](o) {
		if e.Text == text {
			return e
		}
	}
	t.Fatalf("no entry holds %q", text)
	return nil
}

// Button returns the button with words on it.
func Button(t testing.TB, o fyne.CanvasObject, words string) *kit.Button {
	t.Helper()
	for _, b := range Find[*kit.Button](o) {
		if b.Words() == words {
			return b
		}
	}
	t.Fatalf("there is no button %q", words)
	return nil
}
