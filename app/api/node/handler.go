package node

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"cairn/app"
	"cairn/core/fault"
)

// handler returns all that the server answers.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	methods := map[string]string{} // path → the method it takes
	handle := func(method, path string, h http.Handler) {
		mux.Handle(method+" "+path, h)
		methods[path] = method
	}
	for _, e := range app.Endpoints() {
		handle(http.MethodPost, Prefix+e.Path(), s.withToken(s.call(e)))
	}
	handle(http.MethodGet, Prefix+openAPIFile, http.HandlerFunc(s.openAPI))
	handle(http.MethodGet, "/health", http.HandlerFunc(s.health))
	handle(http.MethodGet, "/version", http.HandlerFunc(version))
	registry := prometheus.NewRegistry()
	registry.MustRegister(newCollector(s.app))
	handle(http.MethodGet, "/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.Handle("/", s.nothing(methods))

	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, errForeign()) }))
	return s.onlyLoopback(guard.Handler(mux))
}

func errForeign() error {
	return fault.New(fault.Denied, "Only programs on this machine may ask.", "Use http://127.0.0.1 with the node's port, and no page of another site.")
}

func (s *Server) openAPI(w http.ResponseWriter, _ *http.Request) {
	s.reply(w, http.StatusOK, OpenAPI(app.Endpoints(), app.Version))
}

func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	if challenge := r.Header.Get(challengeHeader); challenge != "" {
		w.Header().Set(proofHeader, proof(s.token, challenge))
	}
	s.reply(w, http.StatusOK, map[string]string{"status": "ok"})
}

func version(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte(app.Version)) // a client that has gone does not need it
}

// nothing answers requests for what is not there, or not by that method.
func (s *Server) nothing(methods map[string]string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		const hint = "See /api/cairn/v1/openapi.json for what there is."
		method, ok := methods[r.URL.Path]
		if !ok {
			s.fail(w, r, fault.New(fault.NotFound, "There is nothing at this address.", hint))
			return
		}
		w.Header().Set("Allow", method)
		err := fault.New(fault.Invalid, "This address takes only %s.", hint).With(method)
		s.failWith(w, r, http.StatusMethodNotAllowed, err)
	})
}

// onlyLoopback refuses requests whose Host is not this machine's own: a page
// of a foreign site whose name was rebound to 127.0.0.1 still says its name.
func (s *Server) onlyLoopback(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if !isLoopback(strings.Trim(host, "[]")) || !loopbackOrigin(r.Header.Get("Origin")) {
			s.fail(w, r, errForeign())
			return
		}
		next.ServeHTTP(w, r)
	})
}

// loopbackOrigin reports whether a request with that Origin header comes from
// no page, or from one of this machine's own.
func loopbackOrigin(origin string) bool {
	if origin == "" {
		return true
	}
	_, rest, ok := strings.Cut(origin, "://")
	if !ok {
		return false
	}
	if h, _, err := net.SplitHostPort(rest); err == nil {
		rest = h
	}
	return isLoopback(strings.Trim(rest, "[]"))
}

// withToken asks for the token of node.json.
func (s *Server) withToken(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok || subtle.ConstantTimeCompare([]byte(given), []byte(s.token)) != 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			s.failWith(w, r, http.StatusUnauthorized, fault.New(fault.Denied, "The token is missing or wrong.", "Send the token that node.json in the workspace folder holds as Authorization: Bearer."))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) call(e app.Endpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := readBody(w, r)
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			s.failWith(w, r, http.StatusRequestEntityTooLarge, fault.Wrap(err, fault.Invalid, "The request is larger than %d MiB.", "Attach long data as a file.").With(MaxRequestBytes>>20))
			return
		}
		if err != nil {
			s.fail(w, r, fault.Wrap(err, fault.Invalid, "The request did not come whole.", "Send it again."))
			return
		}
		response, err := e.Serve(r.Context(), s.app, bytes.NewReader(body))
		if err != nil {
			s.fail(w, r, err)
			return
		}
		s.reply(w, http.StatusOK, response)
	})
}

// readBody reads a request whole, so that one that comes byte by byte holds
// up neither a use case nor Close.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	control := http.NewResponseController(w)
	if err := control.SetReadDeadline(time.Now().Add(bodyTimeout)); err != nil {
		return nil, fmt.Errorf("bound the wait for the request: %w", err)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxRequestBytes))
	if err != nil {
		return nil, err
	}
	// A deadline that passes while the use case runs would end it.
	return body, control.SetReadDeadline(time.Time{})
}

func (s *Server) reply(w http.ResponseWriter, status int, body any) {
	b, err := json.Marshal(body)
	if err != nil {
		s.log.Error("response not encoded", "err", err)
		http.Error(w, `{"error":{"kind":"internal","message":"The answer could not be written."}}`, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	// A client that has gone does not need its answer.
	_, _ = w.Write(append(b, '\n'))
}

type problemBody struct {
	Error Problem `json:"error"`
}

func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	s.failWith(w, r, statusOf(fault.KindOf(err)), err)
}

// failWith is fail for the errors of HTTP itself, which have a status of their own.
func (s *Server) failWith(w http.ResponseWriter, r *http.Request, status int, err error) {
	if fault.KindOf(err) == fault.Internal && r.Context().Err() == nil {
		s.log.Error("request failed", "path", r.URL.Path, "err", err)
	} else {
		s.log.Debug("request refused", "path", r.URL.Path, "err", err)
	}
	s.reply(w, status, problemBody{ProblemOf(err)})
}

func statusOf(kind fault.Kind) int {
	switch kind {
	case fault.Invalid:
		return http.StatusBadRequest
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict, fault.Newer:
		return http.StatusConflict
	case fault.Denied:
		return http.StatusForbidden
	case fault.Offline, fault.Unavailable:
		return http.StatusServiceUnavailable
	case fault.Locked:
		return http.StatusLocked
	case fault.Full:
		return http.StatusInsufficientStorage
	default:
		return http.StatusInternalServerError
	}
}
