// Package node is the HTTP face through which programs on this machine use a
// running node: the command line when the window or a headless node already
// holds the workspace, scripts, and whoever watches its health.
//
// It listens on loopback and answers nobody else: the Host header must name
// loopback (a web page that rebinds its name to 127.0.0.1 fails there),
// cross-site requests are refused, and a use case needs the token that stands
// in node.json beside the data, readable by its owner only.
package node

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"cairn/app"
	"cairn/core/fault"
)

const (
	// Prefix is the path of the use cases.
	Prefix = "/api/cairn/v1/"
	// MaxRequestBytes bounds a request: more than the largest document as JSON.
	MaxRequestBytes = 8 << 20
	// headerTimeout is how long a client may take to say what it wants.
	headerTimeout = 5 * time.Second
	// tokenBytes of randomness can't be guessed.
	tokenBytes = 32
)

// Announcement tells other processes how to reach the node that holds a
// folder. It is the content of node.json.
type Announcement struct {
	API   string `json:"api"` // base URL
	Token string `json:"token"`
	PID   int    `json:"pid"`
}

// announcementFile is the name of the announcement in the folder.
const announcementFile = "node.json"

// Server serves one App. It is safe for concurrent use.
type Server struct {
	app   *app.App
	log   *slog.Logger
	token string
	http  *http.Server
	url   string
	done  chan error // the result of serving
}

// Serve answers on address, which must be a loopback one with a port, 0 for
// any, and announces itself in a's folder. The caller closes the server before
// the App.
func Serve(ctx context.Context, a *app.App, address string, log *slog.Logger) (*Server, error) {
	if err := checkLoopback(address); err != nil {
		return nil, err
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, fmt.Sprintf("The address %s can't be listened on.", address), "Choose another with --listen, for example 127.0.0.1:0 for any free port.")
	}
	secret := make([]byte, tokenBytes)
	if _, err := rand.Read(secret); err != nil {
		return nil, errors.Join(fmt.Errorf("make a token: %w", err), ln.Close())
	}
	s := &Server{app: a, log: log, token: hex.EncodeToString(secret), url: "http://" + ln.Addr().String(), done: make(chan error, 1)}
	s.http = &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: headerTimeout,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	if err := s.announce(); err != nil {
		return nil, errors.Join(err, ln.Close())
	}
	go func() { s.done <- s.http.Serve(ln) }()
	return s, nil
}

// URL returns the base URL.
func (s *Server) URL() string { return s.url }

// Close withdraws the announcement and ends when every request that has begun
// is answered, or ctx is.
func (s *Server) Close(ctx context.Context) error {
	err := os.Remove(filepath.Join(s.app.Dir(), announcementFile))
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	err = errors.Join(err, s.http.Shutdown(ctx))
	if served := <-s.done; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// Failed delivers the error that ended serving before Close.
func (s *Server) Failed() <-chan error { return s.done }

func (s *Server) announce() error {
	b, err := json.Marshal(Announcement{API: s.url, Token: s.token, PID: os.Getpid()})
	if err != nil {
		return fmt.Errorf("encode the announcement: %w", err)
	}
	path := filepath.Join(s.app.Dir(), announcementFile)
	if err := os.WriteFile(path+".new", b, 0o600); err != nil {
		return fmt.Errorf("announce the node: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("announce the node: %w", err)
	}
	return nil
}

// checkLoopback refuses addresses that other machines can reach.
func checkLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, fmt.Sprintf("%q is no address to listen on.", address), "Write it as 127.0.0.1:5757.")
	}
	if !isLoopback(host) {
		return fault.New(fault.Denied, fmt.Sprintf("The address %s could be reached from other machines.", address), "Listen on 127.0.0.1 or [::1]; teammates reach you by sync, not by this API.")
	}
	return nil
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
