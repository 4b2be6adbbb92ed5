package window

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"cairn/app"
	"cairn/ui/form"
	"cairn/ui/kit"
	"cairn/ui/observe"
	"cairn/ui/presence"
	"cairn/ui/shell"
)

// lookout is who is where, as what shows it needs it. It is safe for concurrent
// use.
type lookout struct {
	*session

	crew *kit.Crew
	here observe.Value[[]presence.Person]

	mu      sync.Mutex
	next    presence.Place // to tell another process that holds the folder …
	waits   bool           // … which was not told yet
	telling bool
}

// Here implements presence.Source.
func (l *lookout) Here() []presence.Person { return l.here.Get() }

// Watch implements presence.Source.
func (l *lookout) Watch(changed func()) (stop func()) { return l.here.Watch(changed) }

// Say implements presence.Source. Where another process holds the folder it is
// told in the background: somebody may just be typing.
func (l *lookout) Say(ctx context.Context, at presence.Place) error {
	if a, _, _ := l.ways(); a != nil {
		_, err := do(ctx, l.session, app.SayPresence, sayingOf(at))
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next, l.waits = at, true
	if !l.telling {
		l.telling = true
		l.crew.Go(func() { l.tell(ctx) })
	}
	return nil
}

// tell tells the process that holds the folder the latest, until there is nothing
// new.
func (l *lookout) tell(ctx context.Context) {
	for {
		l.mu.Lock()
		at := l.next
		l.telling, l.waits = l.waits, false
		more := l.telling
		l.mu.Unlock()
		if !more {
			return
		}
		// That it does not arrive is no matter: the next does.
		_, _ = do(ctx, l.session, app.SayPresence, sayingOf(at))
	}
}

func sayingOf(at presence.Place) app.SayPresenceRequest {
	req := app.SayPresenceRequest{Document: at.Document, Field: at.Field}
	if at.Field != "" && at.Caret >= 0 {
		req.Position = &at.Caret
	}
	return req
}

// look reads where the others are. Of what can't be read nothing is shown.
func (l *lookout) look(ctx context.Context) {
	found, err := do(ctx, l.session, app.ListPresence, app.ListPresenceRequest{})
	if err != nil {
		found = nil
	}
	out := make([]presence.Person, len(found))
	for i, p := range found {
		caret := -1
		if p.Position != nil {
			caret = *p.Position
		}
		out[i] = presence.Person{
			ID: p.Person.String(), Name: p.Name, Device: p.Device.String(), Since: p.Since,
			Place: presence.Place{Document: p.Document.String(), Field: p.Field, Caret: caret},
		}
	}
	l.here.Set(out)
}

// follow reads where the others are after every change of it, until ctx ends.
func (l *lookout) follow(ctx context.Context) {
	for ctx.Err() == nil {
		a, _, _ := l.ways()
		if a == nil {
			l.look(ctx)
			wait(ctx, askEvery)
			continue
		}
		signal := a.PresenceChanged() // before reading, so that nothing slips by
		l.look(ctx)
		select {
		case <-ctx.Done():
		case <-signal:
		}
	}
}

// after is a presence.Timer.
func after(d time.Duration, do func()) (stop func() bool) { return time.AfterFunc(d, do).Stop }

// company shows in the window who else is where, and tells them where this person
// is. But for on, it is used on the UI goroutine.
type company struct {
	lookout *lookout
	p       *presence.Presenter
	stack   *presence.Stack // in the head of the window
	detach  func()          // leaves the form of the page

	page     shell.Content // that on was told of last …
	document string        // … and what it was about
}

func newCompany(w *Window) *company {
	l := &lookout{session: w.session, crew: &w.crew}
	return &company{lookout: l, p: presence.New(w.ctx, l, w.session.opts.Now, after), detach: func() {}}
}

// draw returns what stands in the head of the window, anew when the language has
// changed.
func (c *company) draw() fyne.CanvasObject {
	if c.stack != nil {
		c.stack.Close()
	}
	c.stack = presence.NewStack(c.p, fieldLabel)
	return c.stack.Object()
}

// turn shows who is in the form of a page that comes up, if it hands one out.
func (c *company) turn(page shell.Content) {
	c.detach()
	c.detach = func() {}
	if page, ok := page.(interface{ Form() *form.Form }); ok {
		c.detach = presence.Attach(c.p, page.Form())
	}
}

// on tells the others what a page is about: the project, or a document of it. It
// is called by one goroutine at a time.
func (c *company) on(page shell.Content, project, document string) {
	stored := page == c.page && c.document == project && document != project
	c.page, c.document = page, document
	if stored { // it was the project's as long as nothing was written
		c.p.Became(document)
		return
	}
	c.p.On(document)
}

// close tells the others that this person is nowhere.
func (c *company) close() {
	c.detach()
	if c.stack != nil {
		c.stack.Close()
	}
	c.p.Close()
}
