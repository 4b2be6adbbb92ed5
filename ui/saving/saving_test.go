package saving_test

import (
	"testing"

	"cairn/core/fault"
	"cairn/ui/saving"
)

func TestTheWorstOfAllEditorsShows(t *testing.T) {
	var l saving.Line
	if got := l.State.Get().Phase; got != saving.Saved {
		t.Errorf("phase at first = %d, want saved", got)
	}
	l.Pending("a")
	l.Held("b")
	l.Done("a", nil)
	if got := l.State.Get().Phase; got != saving.Held {
		t.Errorf("phase = %d, want held: b still waits", got)
	}
	l.Done("a", fault.New(fault.Full, "The disk is full.", "Make room."))
	if got := l.State.Get(); got.Phase != saving.Failed || got.Message != "The disk is full." || got.Hint != "Make room." {
		t.Errorf("state = %+v, want the failure", got)
	}
	l.Done("a", nil)
	l.Done("b", nil)
	if got := l.State.Get(); got != (saving.State{}) {
		t.Errorf("state = %+v, want saved", got)
	}
}
