package window

import (
	"cmp"
	"context"
	"errors"
	"os/user"
	"strconv"
	"sync"
	"time"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/app/demo"
	"cairn/app/index"
	"cairn/app/network"
	"cairn/core/fault"
	"cairn/ui/words"
)

const (
	// patience is how long the window waits for a command that is just closing
	// the folder.
	patience   = 3 * time.Second
	retryEvery = 20 * time.Millisecond
	// closeWithin bounds the wait for other programs' requests at the end.
	closeWithin = 10 * time.Second
	// askEvery is how often another process that holds the folder is asked
	// whether something changed.
	askEvery = 2 * time.Second
	// burst is how long changes gather before screens read them.
	burst = 50 * time.Millisecond
	// stir is the same for how it stands with others' laptops, which changes with
	// every message while much arrives.
	stir = 250 * time.Millisecond
)

// inCompany is how the window takes part in the team's network: where laptops
// look for each other, and to be found.
func inCompany() *network.Options {
	return &network.Options{Listen: ":" + strconv.Itoa(network.Port)}
}

// session is the way to the workspace. It outlives the process that holds the
// folder: when that ends, the window takes over. It is safe for concurrent use.
type session struct {
	opts app.Options
	how  *network.Options // how it takes part in the team's network, nil for not at all

	begun    sync.WaitGroup // what goes on beside the use cases
	mu       sync.Mutex
	ended    bool // it is closed
	unjoined bool // the folder is of a workspace that did not come here whole
	app      *app.App
	server   *node.Server
	client   *node.Client
	broken   error // what every use case fails with, for pictures of that
}

// open reaches the workspace, or says why not: fault.NotFound when there is
// none, fault.Denied when it wants another passphrase.
func (s *session) open(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.openLocked(ctx)
}

func (s *session) openLocked(ctx context.Context) error {
	until := time.Now().Add(patience)
	for {
		err := s.try(ctx)
		if fault.KindOf(err) != fault.Locked || err == nil || time.Now().After(until) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(retryEvery):
		}
	}
}

// try asks for a node first: that needs neither the disk nor a passphrase.
func (s *session) try(ctx context.Context) error {
	s.client = nil
	if client, err := node.Find(s.opts.Dir); err == nil && client.Ping(ctx) == nil {
		s.client = client
		return nil
	}
	a, err := app.Open(ctx, s.opts)
	if err != nil {
		return err
	}
	if s.unjoined = a.Unjoined(); s.unjoined {
		return errors.Join(fault.New(fault.NotFound, "The workspace is not all here yet.", "Join it with the same link to go on."), a.Close())
	}
	return s.serve(ctx, a)
}

// serve answers other programs from the App that is open now.
func (s *session) serve(ctx context.Context, a *app.App) error {
	server, err := node.Serve(ctx, a, "127.0.0.1:0", s.opts.Log)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	s.app, s.server = a, server
	if s.how != nil && !demo.In(s.opts.Dir) {
		s.begun.Go(func() { s.sync(a) })
	}
	return nil
}

// sync begins to reach the others' laptops. Without it the window works as well:
// that is what a laptop does that is alone.
func (s *session) sync(a *app.App) {
	if err := a.Sync(*s.how); err != nil {
		s.opts.Log.Warn("the team's laptops are not reached", "cause", err.Error())
	}
}

// found makes the workspace.
func (s *session) found(ctx context.Context, f app.Founding) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.forgoUnjoined(ctx); err != nil {
		return err
	}
	a, err := app.Create(ctx, s.opts, f)
	if err != nil {
		return err
	}
	return s.serve(ctx, a)
}

// openDemo makes the demo beside the session's folder, unless it is there already,
// and opens it.
func (s *session) openDemo(ctx context.Context, person string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opts.Dir = demo.Beside(s.opts.Dir)
	if demo.In(s.opts.Dir) {
		return s.openLocked(ctx)
	}
	opts := s.opts
	opts.Keys = app.KeysFile // nothing in it is secret
	made, err := demo.Make(ctx, opts, demo.Guest{Person: cmp.Or(person, login(), words.T("You")), Language: string(words.Spoken()), Seed: 1})
	if err != nil {
		s.opts.Dir = demo.Own(s.opts.Dir)
		return err
	}
	return s.serve(ctx, made.App)
}

// login returns what the system calls this person, empty when it says nothing.
func login() string {
	me, err := user.Current()
	if err != nil {
		return ""
	}
	return cmp.Or(me.Name, me.Username)
}

// unlock opens the workspace with a passphrase.
func (s *session) unlock(ctx context.Context, passphrase string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opts.Passphrase = func() (string, error) { return passphrase, nil }
	return s.openLocked(ctx)
}

// close ends the session once other programs are answered.
func (s *session) close() error {
	s.mu.Lock()
	s.ended = true
	s.mu.Unlock()
	s.begun.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.app == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeWithin)
	defer cancel()
	return errors.Join(s.server.Close(ctx), s.app.Close())
}

// breakWith makes every use case fail; nil mends it.
func (s *session) breakWith(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = err
}

// ways returns how the workspace is reached now.
func (s *session) ways() (*app.App, *node.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.app, s.client, s.broken
}

// do carries a use case out. When the process that held the folder is gone, the
// window opens the folder and asks again.
func do[Req, Resp any](ctx context.Context, s *session, call app.Call[Req, Resp], req Req) (Resp, error) {
	var none Resp
	a, client, broken := s.ways()
	switch {
	case broken != nil:
		return none, broken
	case a != nil:
		return call.Do(ctx, a, req)
	case client == nil:
		return none, fault.New(fault.Unavailable, "The workspace is not open.", "Close the window and open it again.")
	}
	resp, err := node.Do(ctx, client, call, req)
	if !errors.Is(err, node.ErrGone) {
		return resp, err
	}
	if err := s.open(ctx); err != nil {
		return none, err
	}
	if a, client, _ = s.ways(); a != nil {
		return call.Do(ctx, a, req)
	}
	return node.Do(ctx, client, call, req)
}

// watch calls changed after every change of a document, whoever made it, until
// ctx ends. Bursts are one change.
func (s *session) watch(ctx context.Context, changed func()) {
	last := ""
	var signal <-chan struct{}
	for ctx.Err() == nil {
		if a, _, _ := s.ways(); a != nil {
			if signal == nil {
				signal = a.Index().Watch(index.Query{})
				changed()
			}
			select {
			case <-ctx.Done():
				return
			case <-signal:
			}
			wait(ctx, burst)
			signal = a.Index().Watch(index.Query{}) // before reading, so that nothing slips by
			changed()
			continue
		}
		wait(ctx, askEvery)
		if status, err := do(ctx, s, app.GetStatus, app.StatusRequest{}); err == nil && status.StateHash != last {
			if last != "" {
				changed()
			}
			last = status.StateHash
		}
	}
}

// watchTeam calls changed now and after every change of how this laptop stands
// with others', until ctx ends.
func (s *session) watchTeam(ctx context.Context, changed func()) {
	for ctx.Err() == nil {
		a, _, _ := s.ways()
		if a == nil {
			changed()
			wait(ctx, askEvery)
			continue
		}
		signal := a.Network().Changed() // before reading, so that nothing slips by
		changed()
		select {
		case <-ctx.Done():
		case <-signal:
			wait(ctx, stir)
		}
	}
}

func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
