//go:build screen

package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"cairn/app"
	"cairn/cmd/window"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
)

// These tests need a display and xdotool: `make test` runs them under Xvfb.

// shown is the window, and data the folder it was started on: GLFW takes no
// goroutine but the first, and one window a process.
var (
	shown *window.Window
	data  string
)

func TestMain(m *testing.M) { os.Exit(play(m)) }

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
	end := time.After(20 * time.Second)
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
	cmd := exec.CommandContext(t.Context(), program, append(args, "--json", "--data", data)...)
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

// TestFromFirstStartToASignedEstimate goes the way of a new person without a
// manual: workspace, project, template, a number of their own, the signature; and
// reads it back with the command line.
func TestFromFirstStartToASignedEstimate(t *testing.T) {
	program := filepath.Join(t.TempDir(), "cairn")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "cairn/cmd/cairn").CombinedOutput(); err != nil {
		t.Fatalf("build the command line: %v: %s", err, out)
	}
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

// onTop reports whether what is on top of the window says text.
func onTop(text string) func() bool {
	return func() bool {
		top := shown.Shown().Canvas().Overlays().Top()
		return top != nil && kittest.Says(top, text)
	}
}

// click presses a button of what is on top with the mouse, through the system.
func click(t *testing.T, words string) {
	t.Helper()
	var at fyne.Position
	var scale float32
	fyne.DoAndWait(func() {
		c := shown.Shown().Canvas()
		for _, b := range kittest.Find[*kit.Button](c.Overlays().Top()) {
			if b.Words() == words {
				at = fyne.CurrentApp().Driver().AbsolutePositionForObject(b).AddXY(b.Size().Width/2, b.Size().Height/2)
			}
		}
		scale = c.Scale()
	})
	if at.IsZero() {
		t.Fatalf("no button on top says %q", words)
	}
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
