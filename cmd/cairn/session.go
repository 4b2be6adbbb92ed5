package main

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/core/fault"
)

const (
	// patience is how long a command waits for another process that is just
	// opening or closing the folder.
	patience = 10 * time.Second
	// nodePatience is how long a node waits for a command that holds the
	// folder: another node holds it for longer.
	nodePatience = 3 * time.Second
	// retryEvery is how often they look again meanwhile.
	retryEvery = 20 * time.Millisecond
	// closeWithin bounds the wait for requests under way when a person or the
	// system wants the process to end.
	closeWithin = 30 * time.Second
)

// session is a way to the workspace: this process holds the folder and serves
// others meanwhile, or it asks the process that does.
type session struct {
	app    *app.App
	server *node.Server
	client *node.Client
}

// options returns how this process opens folders.
func (c *cli) options(ctx context.Context) (app.Options, error) {
	dir, err := c.dir()
	if err != nil {
		return app.Options{}, err
	}
	return app.Options{
		Dir: dir, Log: c.logger(), Now: c.now, Rand: rand.Reader,
		Passphrase: func() (string, error) { return c.passphrase(ctx, false) },
	}, nil
}

// newOptions returns how this process makes folders.
func (c *cli) newOptions(ctx context.Context, keys string) (app.Options, error) {
	opts, err := c.options(ctx)
	if err != nil {
		return opts, err
	}
	opts.Passphrase = func() (string, error) { return c.passphrase(ctx, true) }
	opts.Keys, err = app.ParseProtection(keys)
	return opts, err
}

// whileLocked tries again while another process holds the folder.
func whileLocked[T any](ctx context.Context, within time.Duration, try func() (T, error)) (T, error) {
	until := time.Now().Add(within)
	for {
		got, err := try()
		if fault.KindOf(err) != fault.Locked || err == nil || time.Now().After(until) {
			return got, err
		}
		if err := pause(ctx, retryEvery); err != nil {
			return got, err
		}
	}
}

// open returns a way to the workspace.
func (c *cli) open(ctx context.Context) (*session, error) {
	opts, err := c.options(ctx)
	if err != nil {
		return nil, err
	}
	return whileLocked(ctx, patience, func() (*session, error) { return tryOpen(ctx, opts) })
}

// tryOpen reaches the node that holds the folder, or opens the folder. The
// node comes first: it needs neither the disk nor a passphrase. The error is
// fault.Locked while another process holds the folder and can't be reached.
func tryOpen(ctx context.Context, opts app.Options) (*session, error) {
	if client, err := node.Find(opts.Dir); err == nil && client.Ping(ctx) == nil {
		return &session{client: client}, nil
	}
	a, err := app.Open(ctx, opts)
	if err != nil {
		return nil, err
	}
	server, err := node.Serve(ctx, a, "127.0.0.1:0", opts.Log)
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return &session{app: a, server: server}, nil
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close ends the session, once the requests of other processes are answered.
// They can take as long as they need, unless ctx ends.
func (s *session) close(ctx context.Context) error {
	if s.app == nil {
		return nil
	}
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), closeWithin)
		defer cancel()
	}
	return errors.Join(s.server.Close(ctx), s.app.Close())
}

// ask opens a session, carries one use case out and closes it again. Doing is
// what to say meanwhile when it takes long, in the form "Checking".
func ask[Req, Resp any](ctx context.Context, c *cli, doing string, call app.Call[Req, Resp], req Req) (Resp, error) {
	var resp Resp
	until := time.Now().Add(patience)
	for {
		s, err := c.open(ctx)
		if err != nil {
			return resp, err
		}
		c.working(doing, func() {
			resp, err = do(ctx, s, call, req)
			err = errors.Join(err, s.close(ctx))
		})
		// The node closed between the ping and the request, which never left.
		if !errors.Is(err, node.ErrGone) || time.Now().After(until) {
			return resp, err
		}
	}
}

func do[Req, Resp any](ctx context.Context, s *session, call app.Call[Req, Resp], req Req) (Resp, error) {
	if s.client != nil {
		return node.Do(ctx, s.client, call, req)
	}
	return call.Do(ctx, s.app, req)
}
