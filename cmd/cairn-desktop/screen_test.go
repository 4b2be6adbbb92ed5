//go:build screen

package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"cairn/app"
	"cairn/cmd/window"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// These tests need a display and xdotool: `make test` runs them under Xvfb.

// shown is the window, and data the folder it was started on: GLFW takes no
// goroutine but the first, and one window a process.
var (
	shown *window.Window
	data  string
)

// stageName is the variable that says that a process has the window, for the test
// that it is to play.
const stageName = "CAIRN_SCREEN_STAGE"

// pictures is where pictures of what the tests come by are left.
var pictures = flag.String("pictures", "", "a `folder` for pictures of the window; none are taken when empty")

func TestMain(m *testing.M) {
	flag.Parse()
	if os.Getenv(stageName) == "" {
		os.Exit(m.Run())
	}
	os.Exit(play(m))
}

// staged reports whether this process has the window. If it has not, the test is
// played in a process that has, and is over here.
func staged(t *testing.T) bool {
	t.Helper()
	if shown != nil {
		return true
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v", "-pictures="+*pictures)
	cmd.Env = append(os.Environ(), stageName+"="+t.Name())
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
	return false
}

// picture leaves one of the screen. It needs import, of ImageMagick.
func picture(t *testing.T, name string) {
	t.Helper()
	if *pictures == "" {
		return
	}
	for range 2 { // what has changed is on the screen with the next frame
		fyne.DoAndWait(func() {})
	}
	fyne.DoAndWait(func() {
		name += "-" + string(words.Spoken())
		if theme.Current() == &theme.Dark {
			name += "-dark"
		}
	})
	if out, err := exec.CommandContext(t.Context(), "import", "-window", "root", filepath.Join(*pictures, name+".png")).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func play(m *testing.M) int {
	home, err := os.MkdirTemp("", "cairn-window-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(home)
	data = filepath.Join(home, "data")
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"} {
		if err := os.Setenv(name, home); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	shown = window.New(context.Background(), fyneapp.NewWithID(appID+".test"), app.Options{
		Dir: data, Log: slog.New(slog.DiscardHandler), Now: time.Now, Rand: rand.Reader, Keys: app.KeysFile,
	})
	code := 1
	go func() {
		code = m.Run()
		fyne.Do(shown.Shown().Close)
	}()
	shown.Run()
	if err := shown.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// until waits for what the window comes to show.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	end := time.After(40 * time.Second)
	tick := time.NewTicker(30 * time.Millisecond)
	defer tick.Stop()
	for {
		ok := false
		fyne.DoAndWait(func() { ok = holds() })
		if ok {
			return
		}
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("the window does not come to show %s", what)
		}
	}
}

func says(text string) func() bool {
	return func() bool { return kittest.Says(shown.Shown().Content(), text) }
}

// keys presses keys as a person does, through the system.
func keys(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), "xdotool", args...).CombinedOutput(); err != nil {
		t.Fatalf("xdotool %q: %v: %s", args, err, out)
	}
}

func typed(t *testing.T, text string) {
	t.Helper()
	keys(t, "type", "--delay", "15", text)
}

// cairn runs the command line beside the window, on the folder it holds.
func cairn(t *testing.T, program string, args ...string) []byte {
	t.Helper()
	return cairnOn(t, program, data, args...)
}

// cairnOn runs it on another folder.
func cairnOn(t *testing.T, program, folder string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, append(args, "--json", "--data", folder)...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("cairn %q: %v: %s", args, err, out)
	}
	return out
}

// expected returns what the command line says that the project's model is worth.
func expected(t *testing.T, program string) float64 {
	t.Helper()
	var e struct{ Expected float64 }
	if err := json.Unmarshal(cairn(t, program, "value", "estimate", "--project", "Churn"), &e); err != nil {
		t.Fatal(err)
	}
	return e.Expected
}

// mostInteractions is what a stakeholder needs at most from the first start to a
// signed value estimate: a field that is filled in, or a press, each counts one.
const mostInteractions = 12

// TestWindow goes through the window as one person does, one thing after the other,
// and reads it back with the command line.
func TestWindow(t *testing.T) {
	if !staged(t) {
		return
	}
	program := commandLine(t)
	if t.Run("from the first start to a signed estimate", func(t *testing.T) { signsAnEstimate(t, program) }) {
		t.Run("through the design phase", func(t *testing.T) { designs(t, program) })
	}
}

// commandLine builds it, and returns its path.
func commandLine(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "cairn")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "cairn/cmd/cairn").CombinedOutput(); err != nil {
		t.Fatalf("build the command line: %v: %s", err, out)
	}
	return program
}

// signsAnEstimate goes the way of a new person without a manual: workspace,
// project, template, a number of their own, the signature.
func signsAnEstimate(t *testing.T, program string) {
	interactions := 0
	fill := func(text string) { interactions++; typed(t, text) }
	press := func(key string) { interactions++; keys(t, "key", key) }
	until(t, "the welcome", says("Welcome to Cairn"))
	keys(t, "search", "--sync", "--onlyvisible", "--name", "Cairn", "windowfocus", "--sync")

	fill("Acme")
	tab(t)
	fill("Ada Lovelace")
	press("Return")
	until(t, "an empty workspace", says("Start with a project"))

	press("ctrl+n")
	until(t, "the question for a name", func() bool {
		e, ok := shown.Shown().Canvas().Focused().(*kit.Entry)
		return ok && e.Text == "" // the page before had one with the focus, too
	})
	fill("Churn")
	press("Return")
	until(t, "the templates, the first with the focus", func() bool { _, ok := shown.Shown().Canvas().Focused().(*kit.Pick); return ok })
	press("Return")
	until(t, "$3,200", says("$3,200"))
	until(t, "that it is saved", says("Saved"))
	if got := expected(t, program); got != 3200 {
		t.Errorf("the command line says %v, want 3200", got)
	}

	for i := 0; !churnersFocused(); i++ {
		if i == 60 {
			t.Fatal("60 tabs do not reach the number of those who leave")
		}
		tab(t)
	}
	keys(t, "key", "ctrl+a")
	fill("1200")
	until(t, "$3,840", says("$3,840"))
	until(t, "that it is stored", func() bool { return says("Saved")() && says("Changed by Ada Lovelace, just now")() })
	if got := expected(t, program); got != 3840 {
		t.Errorf("the command line says %v, want 3840", got)
	}

	press("ctrl+Return")
	until(t, "what is signed", onTop("$3,840 a month"))
	interactions++
	click(t, "Approve")
	until(t, "that it is approved", says("Approved"))
	if interactions > mostInteractions {
		t.Errorf("%d interactions to a signed estimate, want at most %d", interactions, mostInteractions)
	}
	t.Logf("%d interactions", interactions)
	readsBack(t, program)
}

// readsBack holds what the window showed against what the command line reads.
func readsBack(t *testing.T, program string) {
	t.Helper()
	var page struct {
		Documents []struct{ Fields map[string]any }
	}
	if err := json.Unmarshal(cairn(t, program, "doc", "list", "value_model"), &page); err != nil || len(page.Documents) != 1 {
		t.Fatalf("the command line lists %d models, %v", len(page.Documents), err)
	}
	if got := page.Documents[0].Fields["formula"]; got != "kept * discounted_price" {
		t.Errorf("formula = %v", got)
	}
	var given []struct {
		Scope, Verdict, Standing string
		Amount                   float64
	}
	if err := json.Unmarshal(cairn(t, program, "signoff", "list", "Churn"), &given); err != nil || len(given) != 1 {
		t.Fatalf("the command line lists %d sign-offs, %v", len(given), err)
	}
	if got := given[0]; got.Scope != "value" || got.Verdict != "approved" || got.Standing != "valid" || got.Amount != 3840 {
		t.Errorf("sign-off = %+v", got)
	}
}

// designs fills in the other pages of the design phase, by mouse and keyboard.
func designs(t *testing.T, program string) {
	keys(t, "key", "ctrl+1")
	write(t, "What is the problem?", "Customers leave.")
	until(t, "that it is saved", says("Saved"))

	keys(t, "key", "ctrl+3")
	until(t, "a page without requirements", says("No requirements yet"))
	click(t, "Add the first requirement")
	write(t, "What must hold", "At least 80 % are found")
	write(t, "Metric", "recall")
	write(t, "Threshold", "80")
	write(t, "Unit", "%")
	until(t, "the requirement in its list", says("At least 80 % are found"))

	keys(t, "key", "ctrl+4")
	until(t, "the metrics that the project seems to be about", onPage("Add these"))
	click(t, "Add these")
	until(t, "that it serves the requirement", says("At least 80 % are found"))

	keys(t, "key", "ctrl+5")
	until(t, "a page without data sources", says("No data sources yet"))
	click(t, "Add the first source")
	write(t, "Name", "Accounts")

	keys(t, "key", "ctrl+6")
	until(t, "the roles that there usually are", onPage("Fill with the usual"))
	click(t, "Fill with the usual")
	until(t, "who is accountable", says("Accountable"))
	until(t, "that it is saved", says("Saved"))

	for kind, want := range map[string]string{"charter": "Customers leave.", "requirement": "At least 80 % are found", "key_metric": "recall", "data_source": "Accounts", "responsibility": "ML engineer"} {
		if listed := string(cairn(t, program, "doc", "list", kind)); !strings.Contains(strings.ToLower(listed), strings.ToLower(want)) {
			t.Errorf("the command line lists no %s with %q: %s", kind, want, listed)
		}
	}
}

// write puts text into the field of a label, as a person does: a click, then keys.
func write(t *testing.T, label, text string) {
	t.Helper()
	var entry *kit.Entry
	until(t, "the field "+label, func() bool {
		for _, f := range kittest.Find[*kit.Field](shown.Shown().Content()) {
			if found := kittest.Find[*kit.Entry](f); f.Label() == label && len(found) == 1 {
				entry = found[0]
			}
		}
		return entry != nil
	})
	clickOn(t, func() fyne.CanvasObject { return entry })
	until(t, "the cursor in "+label, func() bool { return shown.Shown().Canvas().Focused() == fyne.Focusable(entry) })
	typed(t, text)
	until(t, text+" in "+label, func() bool { return entry.Text == text })
}

// onPage reports whether the page has a button that says text.
func onPage(text string) func() bool {
	return func() bool { return button(shown.Shown().Content(), text) != nil }
}

// button returns the one whose words begin so, nil when there is none.
func button(in fyne.CanvasObject, words string) *kit.Button {
	for _, b := range kittest.Find[*kit.Button](in) {
		if strings.HasPrefix(b.Words(), words) {
			return b
		}
	}
	return nil
}

// onTop reports whether what is on top of the window says text.
func onTop(text string) func() bool {
	return func() bool {
		top := shown.Shown().Canvas().Overlays().Top()
		return top != nil && kittest.Says(top, text)
	}
}

// click presses a button with the mouse: of what is on top, or of the page.
func click(t *testing.T, words string) {
	t.Helper()
	clickOn(t, func() fyne.CanvasObject {
		in := shown.Shown().Content()
		if top := shown.Shown().Canvas().Overlays().Top(); top != nil {
			in = top
		}
		if b := button(in, words); b != nil {
			return b
		}
		return nil
	})
}

// clickOn presses the middle of an object with the mouse, through the system.
func clickOn(t *testing.T, which func() fyne.CanvasObject) {
	t.Helper()
	var at fyne.Position
	var scale float32
	until(t, "what is to be pressed", func() bool {
		o := which()
		if o == nil {
			return false
		}
		now := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(o.Size().Width/2, o.Size().Height/2)
		still := now == at && !now.IsZero() // it has come to rest
		at, scale = now, shown.Shown().Canvas().Scale()
		return still
	})
	keys(t, "search", "--onlyvisible", "--name", "Cairn", "mousemove", "--window", "%1", strconv.Itoa(int(at.X*scale)), strconv.Itoa(int(at.Y*scale)), "click", "1")
}

// tab moves the focus on, and waits until it has: a key that the window has not
// come to yet would move it away from where the next one is meant to go.
func tab(t *testing.T) {
	t.Helper()
	var before fyne.Focusable
	fyne.DoAndWait(func() { before = shown.Shown().Canvas().Focused() })
	keys(t, "key", "Tab")
	until(t, "the focus elsewhere", func() bool { return shown.Shown().Canvas().Focused() != before })
}

// churnersFocused reports whether the cursor stands in the number of those who
// leave.
func churnersFocused() bool {
	ok := false
	fyne.DoAndWait(func() {
		e, is := shown.Shown().Canvas().Focused().(*kit.Entry)
		ok = is && e.Text == "1,000"
	})
	return ok
}
