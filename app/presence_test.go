package app_test

import (
	"encoding/hex"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/core/fault"
)

// TestACursorIsSentAsItAlwaysWas pins the bytes, of which others read the same.
func TestACursorIsSentAsItAlwaysWas(t *testing.T) {
	for caret, want := range map[int]string{0: "00", 7: "07", 300: "ac02"} {
		sent := app.PositionOf(&caret)
		if got := hex.EncodeToString(sent); got != want {
			t.Errorf("%d is sent as %s, want %s", caret, got, want)
		}
		if back := app.CaretOf(sent); back == nil || *back != caret {
			t.Errorf("%s is read as %v", want, back)
		}
	}
	before := -1
	if got := app.PositionOf(&before); got != nil {
		t.Errorf("no cursor is sent as %x", got)
	}
}

// FuzzCaret reads what any device may send.
func FuzzCaret(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0xac, 0x02})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Fuzz(func(t *testing.T, sent []byte) {
		caret := app.CaretOf(sent)
		if caret == nil {
			return
		}
		if again := app.CaretOf(app.PositionOf(caret)); again == nil || *again != *caret {
			t.Errorf("%x is read as %d, and then as %v", sent, *caret, again)
		}
	})
}

// TestSomebodyIsAtADocument refuses what names none.
func TestSomebodyIsAtADocument(t *testing.T) {
	ada := apptest.Found(t, 1)
	for _, document := range []string{"churn", "01kj"} {
		if _, err := app.SayPresence.Do(t.Context(), ada.App, app.SayPresenceRequest{Document: document}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("at %q: %v", document, err)
		}
	}
	if heard := apptest.Do(ada, app.SayPresence, app.SayPresenceRequest{}); heard.Connected != 0 {
		t.Errorf("heard by %d", heard.Connected)
	}
}
