package window

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/ui/kit"
	"cairn/ui/kit/kittest"
	"cairn/ui/requirements"
	"cairn/ui/shell"
	"cairn/ui/words"
)

// desk is a window on a project with two requirements.
type desk struct {
	t       *testing.T
	fyne    fyne.App
	options app.Options
	project string
	ids     []string
	w       *Window
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	n := apptest.Found(t, 1)
	d := &desk{t: t, fyne: test.NewTempApp(t), options: n.Options}
	s := &session{opts: n.Options, app: n.App}
	project, err := s.CreateProject(t.Context(), "Churn", "")
	if err != nil {
		t.Fatal(err)
	}
	d.project = project
	for _, title := range []string{"Find churners", "Answer fast"} {
		id, err := documents{s}.Create(t.Context(), project, kindRequirement, map[string]string{requirements.Title: title})
		if err != nil {
			t.Fatal(err)
		}
		d.ids = append(d.ids, id)
		n.Clock.Advance(time.Second) // the order is that of the clock, not of chance
	}
	apptest.Do(n, app.AddComment, app.AddCommentRequest{About: d.ids[1], Body: "How fast?"})
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	d.fyne.Preferences().SetString("page", string(shell.Requirements))
	d.fyne.Preferences().SetString("project", project)
	d.open()
	t.Cleanup(func() { d.close() })
	return d
}

func (d *desk) open() {
	d.w = Still(d.t.Context(), d.fyne, d.options)
	d.w.Settle()
}

func (d *desk) close() {
	if err := d.w.Close(); err != nil {
		d.t.Error(err)
	}
	d.w.Settle()
}

// toggle opens the column or closes it.
func (d *desk) toggle() {
	d.w.shell.TogglePanel()
	d.w.Settle()
}

func (d *desk) says(text string) bool { return kittest.Says(d.w.win.Content(), text) }

// TestThePanelFollowsThePage opens it, selects, goes to other pages and back.
func TestThePanelFollowsThePage(t *testing.T) {
	d := newDesk(t)
	title := func() string { return d.w.beside.title.Get() }
	if d.w.shell.State.Get().Beside() {
		t.Error("it is open unasked")
	}
	p, _ := d.w.presenter(shell.Route{Page: shell.Requirements, Project: d.project}).(*requirements.Presenter)
	p.Select(d.ids[1])
	d.w.Settle()
	if got := d.w.shell.State.Get().Talks; got != 1 || !d.says("Discussion 1") {
		t.Errorf("%d talks while it is closed", got)
	}
	if d.says("How fast?") {
		t.Error("what nobody sees is read")
	}
	d.toggle()
	if title() != "Answer fast" || !d.says("How fast?") {
		t.Errorf("open, about %q", title())
	}
	p.Select(d.ids[0])
	d.w.Settle()
	if title() != "Find churners" || d.says("How fast?") || d.w.shell.State.Get().Talks != 0 {
		t.Errorf("another is selected, about %q", title())
	}
	for range 2 { // the second time from another one on the same page
		d.w.shell.Go(shell.Route{Page: shell.Requirements, Project: d.project, Document: d.ids[1]})
		d.w.Settle()
		if title() != "Answer fast" {
			t.Errorf("a route to a document, about %q", title())
		}
		p.Select(d.ids[0])
		d.w.Settle()
	}
	d.w.shell.Page(shell.Overview)
	d.w.Settle()
	if title() != "Churn" || !d.says("How fast?") {
		t.Errorf("on the overview, about %q", title())
	}
	d.w.shell.Page(shell.Templates)
	d.w.Settle()
	if d.w.shell.State.Get().Beside() {
		t.Error("templates belong to no project")
	}
}

// TestThePanelReadsAgain tells of what somebody else says.
func TestThePanelReadsAgain(t *testing.T) {
	d := newDesk(t)
	d.toggle()
	about := d.w.beside.spot.document
	if _, err := do(t.Context(), d.w.session, app.AddComment, app.AddCommentRequest{About: about, Body: "From the command line."}); err != nil {
		t.Fatal(err)
	}
	d.w.Reload()
	d.w.Settle()
	if !d.says("From the command line.") || d.w.shell.State.Get().Talks == 0 {
		t.Errorf("%d talks", d.w.shell.State.Get().Talks)
	}
}

// TestTheKeyboardGoesIntoThePanelAndBack opens it as by Ctrl+J.
func TestTheKeyboardGoesIntoThePanelAndBack(t *testing.T) {
	d := newDesk(t)
	first := kittest.EntryWith(t, d.w.frame.Content().Object(), "Find churners")
	d.w.win.Canvas().Focus(first)
	d.toggle()
	composer, ok := d.w.win.Canvas().Focused().(*kit.Entry)
	if !ok || composer.PlaceHolder != "Say something about this" {
		t.Fatalf("the focus is on %v", d.w.win.Canvas().Focused())
	}
	d.toggle()
	if d.w.win.Canvas().Focused() != fyne.Focusable(first) {
		t.Errorf("the focus is on %v", d.w.win.Canvas().Focused())
	}
}

// TestACommentThatIsTypedOutlivesTheWindow leaves one unsent.
func TestACommentThatIsTypedOutlivesTheWindow(t *testing.T) {
	d := newDesk(t)
	d.toggle()
	composer, _ := d.w.win.Canvas().Focused().(*kit.Entry)
	test.Type(composer, "Half a thought")
	d.w.speak(words.Korean)
	d.w.Settle()
	if !d.says("댓글 달기") {
		t.Error("the column does not speak Korean")
	}
	kittest.EntryWith(t, d.w.win.Content(), "Half a thought")
	d.w.speak(words.English)
	d.close()
	d.open()
	kittest.EntryWith(t, d.w.win.Content(), "Half a thought")
}
