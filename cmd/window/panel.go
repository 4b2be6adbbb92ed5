package window

import (
	"context"
	"encoding/json"
	"sync"

	"fyne.io/fyne/v2"

	"cairn/app"
	"cairn/ui/edit"
	"cairn/ui/kit"
	"cairn/ui/observe"
	"cairn/ui/panel"
	"cairn/ui/shell"
	"cairn/ui/words"
)

// section is one of what the column beside a page shows.
type section struct {
	name    func() string // in the language of the window
	icon    string
	show    func(context.Context, panel.Place) // reads what belongs to a place
	refresh func()                             // shows the same in another language
	// draw returns the screen. Counted puts a number beside the name.
	draw func(counted func(int)) shell.Content
}

// sections lists what the column shows.
func (w *Window) sections() []section {
	now := w.session.opts.Now
	talk := panel.NewTalkPresenter(discussion{w.session}, &w.drafts, w.past, now)
	past := panel.NewPastPresenter(history{w.session}, w.past, now)
	return []section{
		{
			name: func() string { return words.T("Comments") }, icon: "message-square", show: talk.Show, refresh: talk.Refresh,
			draw: func(counted func(int)) shell.Content {
				return panel.NewTalkScreen(w.ctx, talk, &w.crew, w.toasts, counted)
			},
		},
		{
			name: func() string { return words.T("History") }, icon: "history", show: past.Show, refresh: past.Refresh,
			draw: func(func(int)) shell.Content { return panel.NewPastScreen(w.ctx, past, &w.crew) },
		},
		w.signSection(),
	}
}

// spot is what the column is about, and what it shows of that. The zero spot is
// about nothing.
type spot struct {
	project, document string // IDs; the project's own when nothing is selected
	open              bool
	section           int
}

// beside is the column at the right of the pages. It follows what the page is
// about, and reads only while it is open. What is not marked otherwise is safe on
// any goroutine.
type beside struct {
	w        *Window
	sections []section
	company  *company // is told what the page is about; nil in the demo
	title    observe.Value[string]

	mu      sync.Mutex
	page    shell.Content // that is shown …
	route   shell.Route   // … under this key
	leave   func()        // stops following it
	section int
	spot    spot
	asked   int // how often something was to be read
	done    int // … and up to which of these it has been
	busy    bool

	// These are of the UI goroutine.
	column *panel.Panel
	screen []shell.Content
	stop   []func()
	before fyne.Focusable // who had the keyboard when it came up
	origin shell.Content  // the page that was
}

func newBeside(w *Window) *beside {
	return &beside{w: w, sections: w.sections(), company: w.company, leave: func() {}}
}

// turn is told which page is shown from now on, and how to hear that its
// selection may have changed.
func (b *beside) turn(page shell.Content, to shell.Route, watch func(func()) func()) {
	leave := func() {}
	if watch != nil {
		leave = watch(b.look)
	}
	b.mu.Lock()
	before := b.leave
	b.page, b.route, b.leave = page, key(to), leave
	b.mu.Unlock()
	before()
	b.look()
}

// look looks at what the page is about, and reads what belongs to it when that is
// something else than before.
func (b *beside) look() {
	b.mu.Lock()
	defer b.mu.Unlock()
	st := b.w.shell.State.Get()
	if b.page == nil || key(st.Route) != b.route {
		return // the page is just being built
	}
	now := spot{project: st.Project.ID, document: st.Project.ID, open: st.Beside(), section: b.section}
	if about, ok := b.page.(interface{ About() string }); ok && st.HasPanel() {
		if id := about.About(); id != "" && id != edit.New {
			now.document = id
		}
	}
	if now != b.spot {
		b.spot = now
		b.ask()
	}
	if b.company != nil {
		if st.Route.Page.OfWorkspace() {
			now.project, now.document = "", ""
		}
		b.company.on(b.page, now.project, now.document)
	}
}

// again reads the same once more.
func (b *beside) again() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ask()
}

// ask has what belongs to the spot read in the background, one after the other.
// The caller holds mu.
func (b *beside) ask() {
	b.asked++
	if !b.busy {
		b.busy = true
		b.w.crew.Go(b.read)
	}
}

func (b *beside) read() {
	for {
		b.mu.Lock()
		if b.done == b.asked || b.w.ctx.Err() != nil {
			b.busy = false
			b.mu.Unlock()
			return
		}
		b.done = b.asked
		at := b.spot
		b.mu.Unlock()
		b.show(at)
	}
}

// show reads what belongs to a spot. What can't be read says so in the column.
func (b *beside) show(at spot) {
	if at.project == "" {
		b.w.shell.SetTalks(0)
		return
	}
	place := b.place(at)
	b.title.Set(place.Title)
	if at.open {
		b.sections[at.section].show(b.w.ctx, place)
	}
	if n, err := (discussion{b.w.session}).open(b.w.ctx, place); err == nil {
		b.w.shell.SetTalks(n)
	}
}

// place returns what a spot is called.
func (b *beside) place(at spot) panel.Place {
	out := panel.Place{Project: at.project, Document: at.document, Title: b.title.Get()}
	if found, err := do(b.w.ctx, b.w.session, app.ShowDoc, app.DocRequest{ID: at.document}); err == nil {
		out.Title = titleOf(found.Kind, found.Title)
	}
	return out
}

// choose shows a section.
func (b *beside) choose(section int) {
	b.mu.Lock()
	b.section = section
	b.mu.Unlock()
	b.look()
}

// refresh shows the same in the language that is spoken now.
func (b *beside) refresh() {
	for _, s := range b.sections {
		s.refresh()
	}
	b.again()
}

// close stops following pages. Call it, draw and undraw on the UI goroutine.
func (b *beside) close() {
	b.undraw()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.leave()
	b.page, b.leave = nil, func() {}
}

// draw returns the column, anew when the language has changed.
func (b *beside) draw() fyne.CanvasObject {
	b.undraw()
	shown := make([]panel.Section, len(b.sections))
	for i, s := range b.sections {
		screen := s.draw(func(n int) {
			if b.column == nil { // it is just being made
				shown[i].Count = n
				return
			}
			b.column.SetCount(i, n)
		})
		b.screen = append(b.screen, screen)
		shown[i].Name, shown[i].Icon, shown[i].Object = s.name(), s.icon, screen.Object()
	}
	b.column = panel.New(shown, b.w.shell.TogglePanel)
	b.column.Select(b.section)
	b.column.OnSelect = b.choose
	b.stop = []func(){
		kit.Render(&b.title, b.column.SetTitle),
		b.w.shell.State.Watch(b.look),
	}
	return b.column.Object()
}

// undraw takes the column off the screen. What is typed is kept.
func (b *beside) undraw() {
	for _, stop := range b.stop {
		stop()
	}
	for _, s := range b.screen {
		s.Close()
	}
	b.column, b.screen, b.stop = nil, nil, nil
}

// lead takes the keyboard into the column when it comes up, and back when it goes
// away: nothing is typed where nobody sees it.
func (b *beside) lead(open bool) {
	canvas, page := b.w.win.Canvas(), b.w.frame.Content()
	if open {
		b.before, b.origin = canvas.Focused(), page
		if s, ok := b.screen[b.column.Selected()].(interface{ Focus() }); ok {
			s.Focus()
		}
		return
	}
	if b.before != nil && b.origin == page {
		canvas.Focus(b.before)
	} else {
		canvas.Unfocus()
	}
	b.before, b.origin = nil, nil
}

// keyDrafts is where comments that are not posted yet outlive the window.
const keyDrafts = "drafts"

// keepDrafts takes over the comments that an earlier window has left, and leaves
// those of this one.
func (w *Window) keepDrafts() {
	var left map[string]string
	if err := json.Unmarshal([]byte(w.settings.Get(keyDrafts)), &left); err == nil {
		w.drafts.Take(left)
	}
	w.drafts.Kept = func(all map[string]string) {
		if raw, err := json.Marshal(all); err == nil {
			w.settings.Put(keyDrafts, string(raw))
		}
	}
}
