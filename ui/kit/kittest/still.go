package kittest

import (
	"testing"

	"cairn/ui/kit"
)

// Still returns a crew that does nothing by itself: the test calls Wait, and what
// was started is done there and then.
func Still() *kit.Crew { return &kit.Crew{Postponed: true} }

// Toasts returns a place for toasts that leaves nothing behind.
func Toasts(t testing.TB) *kit.Toasts {
	t.Helper()
	toasts := kit.NewToasts()
	t.Cleanup(toasts.Close)
	return toasts
}
