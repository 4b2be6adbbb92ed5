package value_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/value"
)

// desk is the page in a window with a loop of its own.
type desk struct {
	loop   *kittest.Loop
	crew   *kit.Crew
	p      *value.Presenter
	store  *store
	window fyne.Window
}

func atDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{loop: kittest.NewLoop(t, kittest.Light()), crew: &kit.Crew{}}
	d.p, d.store, _ = begun(t)
	toasts := kittest.Toasts(t)
	screen := value.NewScreen(t.Context(), d.p, d.crew, toasts, kit.Head{})
	d.window = test.NewTempWindow(t, kit.Fill(toasts, screen.Object()))
	d.window.Resize(fyne.NewSize(1120, 820))
	t.Cleanup(func() { screen.Close(); d.loop.Settle(d.crew) })
	return d
}

// types puts letters into what has the focus, and lets the window come to rest.
func (d *desk) types(t *testing.T, text string) {
	t.Helper()
	entry, ok := d.window.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("%T has the focus, no entry", d.window.Canvas().Focused())
	}
	for _, r := range text {
		entry.TypedRune(r)
		d.loop.Settle(d.crew)
	}
}

func (d *desk) press(key fyne.KeyName) {
	if focused := d.window.Canvas().Focused(); focused != nil {
		focused.TypedKey(&fyne.KeyEvent{Name: key})
	}
	d.loop.Settle(d.crew)
}

// above returns what lies on top of the page, nil for nothing.
func (d *desk) above() fyne.CanvasObject { return d.window.Canvas().Overlays().Top() }

func TestAVariableIsAddedByKeyboard(t *testing.T) {
	d := atDesk(t)
	d.window.Canvas().Focus(kittest.Button(t, d.window.Content(), "Add"))
	d.press(fyne.KeyReturn)
	if d.above() == nil {
		t.Fatal("no sheet opens")
	}
	d.types(t, "Refunds")
	d.press(fyne.KeyReturn)
	if !kittest.Says(d.above(), "Fill in a number.") {
		t.Error("the sheet does not say what is missing")
	}
	if got := kittest.EntryWith(t, d.above(), "refunds"); got == nil {
		t.Error("the name for formulas does not follow")
	}
	for range 3 { // name in formulas, unit, how sure it is
		d.window.Canvas().FocusNext()
	}
	d.window.Canvas().FocusNext()
	d.types(t, "12")
	d.press(fyne.KeyReturn)
	if d.above() != nil {
		t.Error("the sheet stays open")
	}
	if !kittest.Says(d.window.Content(), "Refunds") {
		t.Error("the page does not show the variable")
	}
	if focused, ok := d.window.Canvas().Focused().(*kit.Button); !ok || focused.Words() != "Add" {
		t.Errorf("the focus is at %T, not back where it was", d.window.Canvas().Focused())
	}
}

func TestEscapeLeavesTheFormAndTheModelAsItWas(t *testing.T) {
	d := atDesk(t)
	d.p.Open("variable", "churners")
	d.loop.Settle(d.crew)
	d.types(t, "x")
	d.press(fyne.KeyEscape)
	if d.above() != nil || d.p.State.Get().Form != nil || len(d.store.saves) != 1 {
		t.Errorf("sheet %v, form %v, %d saves", d.above(), d.p.State.Get().Form, len(d.store.saves))
	}
	d.p.Open("variable", "churners")
	d.loop.Settle(d.crew)
	if kittest.EntryWith(t, d.above(), "Customers who leave a month") == nil {
		t.Error("opened again it does not show what is stored")
	}
}

func TestFieldsFollowTheDistribution(t *testing.T) {
	d := atDesk(t)
	d.p.Open("variable", "price")
	d.loop.Settle(d.crew)
	entries := func() int { return len(kittest.Find[*kit.Entry](d.above())) }
	exact := entries()
	choice := kittest.Find[*kit.Choice](d.above())[0]
	d.window.Canvas().Focus(choice)
	choice.Pick("pert")
	d.loop.Settle(d.crew)
	if entries() != exact+2 {
		t.Errorf("%d entries for an exact number, %d for a range", exact, entries())
	}
	if d.window.Canvas().Focused() != fyne.Focusable(choice) {
		t.Error("the focus is lost when fields come")
	}
}

func TestRemovalOffersUndo(t *testing.T) {
	d := atDesk(t)
	more := kittest.Find[*kit.Button](d.window.Content())
	for _, b := range more {
		if b.Words() == "" {
			d.window.Canvas().Focus(b) // that of the first variable
			break
		}
	}
	d.press(fyne.KeyReturn)
	for range 3 { // change, up, down
		d.press(fyne.KeyDown)
	}
	d.press(fyne.KeyReturn)
	if !kittest.Says(d.window.Content(), "“Share of customers who leave a month” is worked out with “Customers”. Change that first.") {
		t.Error("the window does not say why it stays")
	}
	why, _ := d.p.Remove(t.Context(), "step", "lost")
	d.loop.Settle(d.crew)
	if why != "" || kittest.Says(d.window.Content(), "Revenue that leaves with them") {
		t.Errorf("an unused step stays: %s", why)
	}
}
