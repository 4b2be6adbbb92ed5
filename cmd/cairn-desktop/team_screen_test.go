//go:build screen

package main

import (
	"bufio"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// TestTeam invites from the window; who joins works on the command line, on a
// device that this machine plays as well.
func TestTeam(t *testing.T) {
	if !staged(t) {
		return
	}
	program := commandLine(t)
	founds(t)
	requirement := makes(t, program, data, "requirement", "title=Find churners", "threshold=0.8")

	goes(t, "Team and sync")
	until(t, "that nobody else is there", says("Only this laptop so far"))
	picture(t, "team-alone")
	click(t, "Invite")
	until(t, "what an invite allows", onTop("Invite somebody"))
	picture(t, "team-invite")
	click(t, "Make the link")
	until(t, "the link", onTop("Waiting for somebody to use it…"))
	picture(t, "team-link")
	bo := filepath.Join(t.TempDir(), "bo")
	cairnOn(t, program, bo, "join", linkOnTop(t), "--person", "Bo Lind", "--device", "Bo at home")
	until(t, "who has joined", onTop("Bo Lind has joined"))
	picture(t, "team-joined")
	click(t, "Done")

	stop := node(t, program, bo)
	until(t, "that both are level", says("Everyone is up to date"))
	inEachLook(t, "team-level")
	cairnOn(t, program, bo, "doc", "set", requirement, "title", "Find those who leave")
	goes(t, "Requirements")
	until(t, "what somebody else wrote", says("Find those who leave"))

	stop()
	goes(t, "Team and sync")
	until(t, "that the other is away", says("1 laptop away; its changes arrive when it is back"))
	picture(t, "team-away")
	cairn(t, program, "doc", "set", requirement, "threshold", "0.85")
	cairnOn(t, program, bo, "doc", "set", requirement, "threshold", "0.9") // the later one is chosen already
	defer node(t, program, bo)()
	goes(t, "Reviews")
	until(t, "what both wrote", onPage("Use what Bo Lind wrote"))
	inEachLook(t, "reviews")
	click(t, "Use what Bo Lind wrote")
	until(t, "that it is settled", says("Nothing waits for you to decide"))
	picture(t, "reviews-none")
	var shown struct{ Fields struct{ Threshold float64 } }
	if err := json.Unmarshal(cairn(t, program, "doc", "show", requirement), &shown); err != nil || shown.Fields.Threshold != 0.9 {
		t.Errorf("the command line reads %v, %v", shown.Fields.Threshold, err)
	}
}

// TestJoins comes into a workspace with a link that was made on the command line.
func TestJoins(t *testing.T) {
	if !staged(t) {
		return
	}
	program := commandLine(t)
	ada := filepath.Join(t.TempDir(), "ada")
	cairnOn(t, program, ada, "init", "--workspace", "Acme", "--person", "Ada Lovelace", "--device", "Ada at work")
	cairnOn(t, program, ada, "project", "create", "Churn")
	requirement := makes(t, program, ada, "requirement", "title=Find churners")
	defer node(t, program, ada)()
	var invited struct{ Link string }
	if err := json.Unmarshal(cairnOn(t, program, ada, "invite", "--role", "contributor"), &invited); err != nil {
		t.Fatal(err)
	}

	until(t, "the welcome", says("Welcome to Cairn"))
	keys(t, "search", "--sync", "--onlyvisible", "--name", "Cairn", "windowfocus", "--sync")
	picture(t, "welcome")
	click(t, "Join with an invite link")
	until(t, "where the link goes", says("Join a workspace"))
	picture(t, "join")
	typed(t, invited.Link)
	until(t, "what the link is for", says("You are invited to a workspace"))
	tab(t)
	keys(t, "key", "ctrl+a")
	typed(t, "Bo Lind")
	picture(t, "join-typed")
	keys(t, "key", "Return")
	until(t, "the workspace", says("Everyone is up to date"))
	goes(t, "Requirements")
	until(t, "what is in it", says("Find churners"))
	cairnOn(t, program, ada, "doc", "set", requirement, "title", "Find those who leave")
	until(t, "what somebody else writes", says("Find those who leave"))
	picture(t, "join-in")
	goes(t, "Team and sync")
	until(t, "who else is there", says("Ada at work"))
	picture(t, "join-team")
}

// founds makes a workspace with a project in the window.
func founds(t *testing.T) {
	t.Helper()
	until(t, "the welcome", says("Welcome to Cairn"))
	keys(t, "search", "--sync", "--onlyvisible", "--name", "Cairn", "windowfocus", "--sync")
	typed(t, "Acme")
	tab(t)
	typed(t, "Ada Lovelace")
	keys(t, "key", "Return")
	until(t, "an empty workspace", says("Start with a project"))
	keys(t, "key", "ctrl+n")
	until(t, "the question for a name", func() bool {
		e, ok := shown.Shown().Canvas().Focused().(*kit.Entry)
		return ok && e.Text == ""
	})
	typed(t, "Churn")
	keys(t, "key", "Return")
	until(t, "the templates", func() bool { _, ok := shown.Shown().Canvas().Focused().(*kit.Pick); return ok })
	keys(t, "key", "Return")
	until(t, "$3,200", says("$3,200"))
}

// makes makes a document of the project with the command line, and returns its ID.
func makes(t *testing.T, program, folder, kind string, fields ...string) string {
	t.Helper()
	var made struct{ ID string }
	if err := json.Unmarshal(cairnOn(t, program, folder, append([]string{"doc", "create", kind, "--project", "Churn"}, fields...)...), &made); err != nil {
		t.Fatal(err)
	}
	return made.ID
}

// goes opens a page by its name, from the palette.
func goes(t *testing.T, page string) {
	t.Helper()
	keys(t, "key", "ctrl+k")
	until(t, "the palette", func() bool { return shown.Shown().Canvas().Overlays().Top() != nil })
	typed(t, page)
	until(t, page+" in the palette", onTop(page))
	keys(t, "key", "Return")
	until(t, "the page", func() bool {
		return shown.Shown().Canvas().Overlays().Top() == nil && strings.HasPrefix(shown.Shown().Title(), page)
	})
}

// linkOnTop returns the invite link that is shown.
func linkOnTop(t *testing.T) string {
	t.Helper()
	link := ""
	until(t, "an invite link", func() bool {
		for _, l := range kittest.Find[*widget.Label](shown.Shown().Canvas().Overlays().Top()) {
			if strings.HasPrefix(l.Text, "cairn://join/") {
				link = l.Text
			}
		}
		return link != ""
	})
	return link
}

// node holds a folder and syncs it, until stop is called.
func node(t *testing.T, program, folder string) (stop func()) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, "node", "--data", folder, "--listen", "127.0.0.1:0", "--sync", ":0")
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("the node is not ready: %v", err)
	}
	return func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("the node: %v", err)
		}
	}
}

// inEachLook leaves a picture in light and in dark, in English and in Korean.
func inEachLook(t *testing.T, name string) {
	t.Helper()
	picture(t, name)
	inOtherTheme(t)
	picture(t, name)
	inLanguage(t, "Show the window in", words.Korean)
	picture(t, name)
	inOtherTheme(t)
	picture(t, name)
	inLanguage(t, "English", words.English)
}

// inOtherTheme goes from light to dark or back, by keyboard.
func inOtherTheme(t *testing.T) {
	t.Helper()
	var before *theme.Tokens
	fyne.DoAndWait(func() { before = theme.Current() })
	keys(t, "key", "ctrl+shift+l")
	until(t, "the other colours", func() bool { return theme.Current() != before })
}

// inLanguage has the window speak another language, found in the palette by text.
func inLanguage(t *testing.T, text string, language words.Language) {
	t.Helper()
	keys(t, "key", "ctrl+k")
	until(t, "the palette", func() bool { return shown.Shown().Canvas().Overlays().Top() != nil })
	typed(t, text)
	until(t, text+" in the palette", onTop(text))
	keys(t, "key", "Return")
	until(t, "the other language", func() bool { return words.Spoken() == language && shown.Shown().Canvas().Overlays().Top() == nil })
}
