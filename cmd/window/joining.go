package window

import (
	"cmp"
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"time"

	"cairn/app"
	"cairn/app/network"
	"cairn/core/fault"
	"cairn/ui/join"
	"cairn/ui/kit"
	"cairn/ui/team"
)

const (
	// findWithin is how long somebody is looked for who lets this laptop in, unless
	// the person wants to wait: a dial over a slow network, and the same room.
	findWithin = 15 * time.Second
	// stallAfter is how long nothing arrives before that is said.
	stallAfter = 60 * time.Second
)

// newcomer is the way into a workspace, as the page about it needs it.
type newcomer struct {
	*session

	find, stall time.Duration // findWithin and stallAfter, but in tests
}

// Read implements join.Source.
func (s newcomer) Read(link string) (join.Invitation, error) {
	read, err := app.LinkOf(link, s.opts.Now())
	if err != nil {
		return join.Invitation{}, linkTrouble(err, link)
	}
	return join.Invitation{Right: team.Right(read.Right), Expires: read.Expires}, nil
}

// linkTrouble says what is wrong with a link.
func linkTrouble(err error, link string) error {
	why := join.Cut
	switch {
	case fault.KindOf(err) == fault.Newer:
		why = join.NewerLink
	case !strings.Contains(strings.ToLower(link), "cairn://join/"):
		why = join.NoLink
	}
	return &join.WayError{Why: why, Err: err}
}

// Join implements join.Source.
func (s newcomer) Join(ctx context.Context, ask join.Ask, told func(join.Progress)) error {
	if !s.begin() {
		return context.Canceled
	}
	defer s.begun.Done()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	way := &wayIn{told: told, stall: s.stall, giveUp: cancel}
	if !ask.Patient {
		way.limit(s.find)
	}
	how := network.Options{}
	if s.how != nil {
		how = *s.how
	}
	a, err := app.Join(ctx, s.opts, how, app.Joining{Link: ask.Link, Person: ask.Person, Machine: ask.Laptop}, way.step)
	way.end()
	if err != nil {
		return way.trouble(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unjoined = false
	return s.serve(ctx, a)
}

// wayIn follows how far a laptop is that joins, and gives up where nothing moves.
type wayIn struct {
	told   func(join.Progress)
	stall  time.Duration
	giveUp func()

	mu    sync.Mutex
	timer *time.Timer // nil when nothing is given up
	stage app.JoinStage
	here  uint64
	gone  bool  // it was given up
	last  error // why nobody was reached
}

// limit gives up after d, unless there is another step.
func (w *wayIn) limit(d time.Duration) {
	w.timer = time.AfterFunc(d, func() {
		w.mu.Lock()
		w.gone = true
		w.mu.Unlock()
		w.giveUp()
	})
}

// step takes in how far it is.
func (w *wayIn) step(at app.JoinStep) {
	w.mu.Lock()
	moved := at.Stage != w.stage || at.Here != w.here
	if moved && at.Stage != app.Reaching && w.timer != nil {
		w.timer.Reset(w.stall)
	}
	w.stage, w.here, w.last = at.Stage, at.Here, cmp.Or(at.Trouble, w.last)
	w.mu.Unlock()
	switch at.Stage {
	case app.Reaching:
		w.told(join.Progress{Step: join.Finding})
	case app.Receiving:
		w.told(join.Progress{Step: join.Receiving, Done: at.Here, Total: at.All})
	case app.Joined:
		w.told(join.Progress{Step: join.Opening})
	}
}

// end gives nothing up any more.
func (w *wayIn) end() {
	if w.timer != nil {
		w.timer.Stop()
	}
}

// trouble says what kept the laptop from coming in.
func (w *wayIn) trouble(err error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.gone && w.stage == app.Receiving:
		return &join.WayError{Why: join.Broken, Err: cmp.Or(w.last, err)}
	case w.gone:
		return &join.WayError{Why: join.Unreachable, Err: cmp.Or(w.last, err)}
	default:
		return &join.WayError{Why: refusal(err), Err: err}
	}
}

// refusals are what who lets others in, or a connection, says that the page tells
// apart. It comes from another laptop, as the sentence that core/member, app or
// sync/link have for it.
var refusals = map[string]join.Why{
	"This invite has expired.":                                               join.Expired,
	"This invite has been used already.":                                     join.Used,
	"This invite was withdrawn.":                                             join.Withdrawn,
	"Only an administrator can change who is in the workspace.":              join.Refused,
	"This device was removed from the workspace.":                            join.Refused,
	"That device lets nobody join.":                                          join.Refused,
	"The other device has another workspace open.":                           join.OtherWorkspace,
	"There is no such invite in this workspace.":                             join.OtherWorkspace,
	"The other device has a version of Cairn that this one can't sync with.": join.Versions,
	"The two devices do not understand each other.":                          join.Versions,
	"The other device does not understand this request to join.":             join.Versions,
	"A later version of Cairn made this invite link.":                        join.NewerLink,
}

// refusal returns what an error is for the page.
func refusal(err error) join.Why {
	message, _ := fault.Told(err)
	if why, known := refusals[message.Format]; known {
		return why
	}
	if fault.KindOf(err) == fault.Full {
		return join.Full
	}
	return join.Other
}

// begin counts what a closing session waits for, unless it is closed by now.
func (s *session) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return false
	}
	s.begun.Add(1)
	return true
}

// forgoUnjoined makes room where somebody began to join a workspace and changed
// their mind. The caller holds mu.
func (s *session) forgoUnjoined(ctx context.Context) error {
	if !s.unjoined {
		return nil
	}
	if err := app.Forgo(ctx, s.opts); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	s.unjoined = false
	return nil
}

// doorstep is the page on which one joins, while it is shown.
type doorstep struct {
	p      *join.Presenter
	screen *join.Screen
	stop   func()
}

// close takes the page off the window.
func (d *doorstep) close() {
	d.stop()
	d.screen.Close()
}

// askLink shows the page on which one joins with a link.
func (w *Window) askLink() {
	if w.greeter != nil {
		w.greeter.Close()
		w.greeter = nil
	}
	p := join.NewPresenter(newcomer{w.session, findWithin, stallAfter}, login(), app.HostName(), w.session.opts.Now)
	w.showDoorstep(p)
}

// showDoorstep shows the page of p, anew when the language has changed, and enters
// when the workspace is open.
func (w *Window) showDoorstep(p *join.Presenter) {
	if w.doorstep != nil {
		w.doorstep.close()
	}
	d := &doorstep{p: p}
	w.doorstep = d
	d.screen = join.NewScreen(w.ctx, p, &w.crew, func() {
		w.leaveDoorstep()
		w.greet()
	})
	w.win.SetContent(d.screen.Object())
	d.screen.Focus(w.win.Canvas())
	d.stop = func() {} // until Render has returned
	d.stop = kit.Render(&p.State, func(v join.View) {
		if v.Stage == join.Done && w.shell == nil {
			w.leaveDoorstep()
			w.enter()
		}
	})
}

func (w *Window) leaveDoorstep() {
	if w.doorstep != nil {
		w.doorstep.close()
		w.doorstep = nil
	}
}
