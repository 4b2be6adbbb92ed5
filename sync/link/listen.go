package link

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

const (
	// subprotocol is the version of what is sent over the WebSocket. A later one
	// goes before it in the list, and the listener chooses.
	subprotocol = "cairn.sync.v1"
	// pathSync and pathJoin are what can be asked for, of hostName: a request
	// that names another host was made by something else than Cairn.
	pathSync = "/sync"
	pathJoin = "/join"
	hostName = "cairn"

	// headMost is how long the head of a request may be.
	headMost = 8 << 10
	// acceptRest is how long is waited after a connection could not be accepted,
	// as when there are no file descriptors.
	acceptRest = time.Second
)

// Listen accepts connections from ln until the Host or ln is closed; Close of
// the Host closes it. It returns at once.
func (h *Host) Listen(ln net.Listener) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return ErrClosed
	}
	h.listeners = append(h.listeners, ln)
	for _, c := range h.conns {
		c.announced = false
		look(c.wake)
	}
	h.running.Go(func() { h.accept(ln) })
	h.noteLocked(states)
	return nil
}

// accept takes connections and has each shake hands on its own goroutine, of
// which the gate allows only so many.
func (h *Host) accept(ln net.Listener) {
	for {
		raw, err := ln.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) || h.ctx.Err() != nil {
				return
			}
			h.config.Log.Warn("a connection could not be accepted", "cause", err)
			rest := time.NewTimer(acceptRest)
			select {
			case <-rest.C:
			case <-h.ctx.Done():
				rest.Stop()
				return
			}
			continue
		}
		below := newStream(raw)
		if t := h.gate.enter(below); t != nil {
			h.running.Go(func() { h.admit(below, t) })
		}
	}
}

// admit shakes hands with a stranger and hands it to the HTTP server.
func (h *Host) admit(below *stream, t *ticket) {
	conn, err := handshake(h.ctx, below, secured(h.identity, nil), true)
	if err != nil {
		t.leave()
		h.config.Log.Debug("a handshake failed", "from", below.RemoteAddr(), "cause", err)
		return
	}
	h.running.Add(1)
	conn.over = sync.OnceFunc(func() {
		t.leave()
		h.running.Done()
	})
	conn.ticket = t
	select {
	case h.lobby.conns <- conn:
	case <-h.ctx.Done():
		_ = conn.Close()
		conn.over()
	}
}

// lobby is the listener of the HTTP server: connections come to it after the
// handshake.
type lobby struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *lobby) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *lobby) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr returns where nobody can connect to: the lobby is inside.
func (*lobby) Addr() net.Addr { return &net.UnixAddr{Name: "lobby", Net: "unix"} }

// visitor finds the connection of a request.
type visitor struct{}

// openServer starts what answers requests: one a connection, over HTTP/1.1.
func (h *Host) openServer() {
	h.lobby = &lobby{conns: make(chan net.Conn), closed: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+pathSync, h.answerSync)
	mux.HandleFunc("POST "+pathJoin, h.answerJoin)
	h.server = &http.Server{
		Handler:                      http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fromCairn(mux, w, r) }),
		ReadHeaderTimeout:            greetTimeout,
		MaxHeaderBytes:               headMost,
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     slog.NewLogLogger(h.config.Log.Handler(), slog.LevelDebug),
		BaseContext:                  func(net.Listener) context.Context { return h.ctx },
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, visitor{}, c)
		},
		ConnState: func(c net.Conn, state http.ConnState) {
			if s, ok := c.(*secure); ok && state == http.StateClosed {
				s.over()
			}
		},
	}
	h.server.SetKeepAlivesEnabled(false)
	h.running.Go(func() { _ = h.server.Serve(h.lobby) })
}

// fromCairn answers only what Cairn asks: not what a page in a browser asks,
// whatever it is made to believe our address is.
func fromCairn(next http.Handler, w http.ResponseWriter, r *http.Request) {
	if len(r.Header.Values("Origin")) > 0 || r.Host != hostName {
		http.Error(w, "for Cairn only", http.StatusForbidden)
		return
	}
	next.ServeHTTP(w, r)
}

// answerSync makes a request a connection, and lives as long as it.
func (h *Host) answerSync(w http.ResponseWriter, r *http.Request) {
	below, ok := r.Context().Value(visitor{}).(*secure)
	if !ok {
		http.Error(w, "no connection", http.StatusInternalServerError)
		return
	}
	if !offers(r, subprotocol) {
		http.Error(w, "this device speaks "+subprotocol, http.StatusUpgradeRequired)
		return
	}
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols:   []string{subprotocol},
		OnPingReceived: pinged(below),
	})
	if err != nil {
		h.config.Log.Debug("a request for a connection was refused", "peer", below.device.Short(), "cause", err)
		return
	}
	defer below.over()
	h.serve(newConn(h, below, ws, false)) //nolint:contextcheck // it lives as long as the connection
}

// offers reports whether who asks speaks a subprotocol.
func offers(r *http.Request, want string) bool {
	for _, line := range r.Header.Values("Sec-WebSocket-Protocol") {
		for offered := range strings.SplitSeq(line, ",") {
			if strings.TrimSpace(offered) == want {
				return true
			}
		}
	}
	return false
}

// pinged ends a connection whose peer pings: no correct one does, and a flood of
// pings would be answered before anybody could count them.
func pinged(below *secure) func(context.Context, []byte) bool {
	return func(context.Context, []byte) bool {
		_ = below.below.Close()
		return false
	}
}
