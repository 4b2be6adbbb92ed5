package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/core/fault"
)

const (
	// patience is how long a command waits for another process that is just
	// opening or closing the folder.
	patience = 10 * time.Second
	// retryEvery is how often it looks again meanwhile.
	retryEvery = 20 * time.Millisecond
	// closeWithin bounds the wait for requests that other processes have
	// under way when a command is done.
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
func (c *cli) options() (app.Options, error) {
	dir, err := c.dir()
	if err != nil {
		return app.Options{}, err
	}
	return app.Options{
		Dir: dir, Log: c.logger(), Now: time.Now, Rand: rand.Reader, Passphrase: c.passphrase,
	}, nil
}

// open returns a way to the workspace.
func (c *cli) open(ctx context.Context) (*session, error) {
	opts, err := c.options()
	if err != nil {
		return nil, err
	}
	until := time.Now().Add(patience)
	for {
		s, err := tryOpen(ctx, opts)
		if err == nil || fault.KindOf(err) != fault.Locked || time.Now().After(until) {
			return s, err
		}
		if err := pause(ctx, retryEvery); err != nil {
			return nil, err
		}
	}
}

// tryOpen opens the folder, or reaches the node that holds it. The error is
// fault.Locked while another process holds the folder and can't be reached.
func tryOpen(ctx context.Context, opts app.Options) (*session, error) {
	a, err := app.Open(ctx, opts)
	if err == nil {
		server, err := node.Serve(ctx, a, "127.0.0.1:0", opts.Log)
		if err != nil {
			return nil, errors.Join(err, a.Close())
		}
		return &session{app: a, server: server}, nil
	}
	if fault.KindOf(err) != fault.Locked {
		return nil, err
	}
	client, findErr := node.Find(opts.Dir)
	if findErr != nil || client.Ping(ctx) != nil {
		return nil, err
	}
	return &session{client: client}, nil
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

// close ends the session. Requests of other processes are answered first.
func (s *session) close() error {
	if s.app == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), closeWithin)
	defer cancel()
	return errors.Join(s.server.Close(ctx), s.app.Close())
}

// ask opens a session, carries one use case out and closes it again.
func ask[Req, Resp any](ctx context.Context, c *cli, call app.Call[Req, Resp], req Req) (Resp, error) {
	var resp Resp
	until := time.Now().Add(patience)
	for {
		s, err := c.open(ctx)
		if err != nil {
			return resp, err
		}
		resp, err = do(ctx, s, call, req)
		err = errors.Join(err, s.close())
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

// passphrase asks for the passphrase of the folder's keys: the environment,
// then a person at a terminal.
func (c *cli) passphrase() (string, error) {
	if p := os.Getenv("CAIRN_PASSPHRASE"); p != "" {
		return p, nil
	}
	f, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", fault.New(fault.Denied, "This needs a passphrase.", "Set CAIRN_PASSPHRASE, or run the command in a terminal.")
	}
	fmt.Fprint(c.err, "Passphrase: ")
	b, err := term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(c.err)
	if err != nil {
		return "", fmt.Errorf("read the passphrase: %w", err)
	}
	return strings.TrimRight(string(b), "\r\n"), nil
}
