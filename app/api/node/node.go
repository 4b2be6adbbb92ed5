// Package node is the HTTP face through which programs on this machine use a
// running node: the command line when the window or a headless node already
// holds the workspace, scripts, and whoever watches its health.
//
// It listens on loopback and answers nobody else: the Host header must name
// loopback (a web page that rebinds its name to 127.0.0.1 fails there),
// cross-site requests are refused, and a use case needs the token that stands
// in node.json beside the data, readable by its owner only. A client hands
// that token, and what it asks, only to a server that has proved to know it:
// a node that was killed leaves node.json behind, and its port to others.
package node

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"cairn/app"
	"cairn/core/fault"
)

const (
	// Prefix is the path of the use cases.
	Prefix = "/api/cairn/v1/"
	// MaxRequestBytes bounds a request: more than the largest document as JSON.
	MaxRequestBytes = 8 << 20
	// headerTimeout is how long a client may take to say what it wants, and
	// bodyTimeout until it has said all of it.
	headerTimeout = 5 * time.Second
	bodyTimeout   = 30 * time.Second
	// idleTimeout ends connections that nobody uses.
	idleTimeout = 2 * time.Minute
	// tokenBytes of randomness can't be guessed.
	tokenBytes = 32
)

// Server serves one App. It is safe for concurrent use.
type Server struct {
	app   *app.App
	log   *slog.Logger
	token string
	http  *http.Server
	url   string
	done  chan error // the result of serving, then closed
}

// Serve answers on address, which must be a loopback one with a port, 0 for
// any, and announces itself in a's folder. The caller closes the server before
// the App.
func Serve(ctx context.Context, a *app.App, address string, log *slog.Logger) (*Server, error) {
	ln, err := listen(ctx, address)
	if err != nil {
		return nil, err
	}
	secret := make([]byte, tokenBytes)
	if _, err := rand.Read(secret); err != nil {
		return nil, errors.Join(fmt.Errorf("make a token: %w", err), ln.Close())
	}
	s := &Server{app: a, log: log, token: hex.EncodeToString(secret), url: "http://" + ln.Addr().String(), done: make(chan error, 1)}
	s.http = &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	if err := s.announce(); err != nil {
		return nil, errors.Join(err, ln.Close())
	}
	go func() {
		s.done <- s.http.Serve(ln)
		close(s.done)
	}()
	return s, nil
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	if err := CheckAddress(address); err != nil {
		return nil, err
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "The address %s can't be listened on.", "Choose another with --listen, for example 127.0.0.1:0 for any free port.").With(address)
	}
	// A name need not stand for what it says.
	if host, _, err := net.SplitHostPort(ln.Addr().String()); err != nil || !isLoopback(host) {
		return nil, errors.Join(reachable(address), ln.Close())
	}
	return ln, nil
}

// URL returns the base URL.
func (s *Server) URL() string { return s.url }

// Close withdraws the announcement and ends when every request that has begun
// is answered. When ctx ends first, those that are left are cut off, and the
// error is ctx's.
func (s *Server) Close(ctx context.Context) error {
	err := s.withdraw()
	if cut := s.http.Shutdown(ctx); cut != nil {
		err = errors.Join(err, cut, s.http.Close())
	}
	if served := <-s.done; served != nil && !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// Failed delivers the error that ended serving before Close, which is still to
// be called.
func (s *Server) Failed() <-chan error { return s.done }

// CheckAddress returns the fault of an address that Serve would refuse: one
// that other machines can reach, or none at all.
func CheckAddress(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "%q is no address to listen on.", "Write it as 127.0.0.1:5757.").With(clip(address))
	}
	if !isLoopback(host) {
		return reachable(address)
	}
	return nil
}

func reachable(address string) error {
	return fault.New(fault.Denied, "The address %s could be reached from other machines.", "Listen on 127.0.0.1 or [::1]; teammates reach you by sync, not by this API.").With(address)
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
