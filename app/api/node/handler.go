package node

import (
	"crypto/subtle"
	"encoding/json"
	"net"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"cairn/app"
	"cairn/core/fault"
)

// handler returns all that the server answers.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	for _, e := range app.Endpoints() {
		mux.Handle("POST "+Prefix+e.Path(), s.withToken(s.call(e)))
	}
	mux.HandleFunc("GET "+Prefix+"openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		s.reply(w, http.StatusOK, OpenAPI(app.Endpoints(), app.Version))
	})
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {
		s.reply(w, http.StatusOK, map[string]string{"status": "ok"})
	})
	mux.HandleFunc("GET /version", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte(app.Version))
	})
	registry := prometheus.NewRegistry()
	registry.MustRegister(newCollector(s.app))
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	return s.onlyLoopback(http.NewCrossOriginProtection().Handler(mux))
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
			s.fail(w, r, fault.New(fault.Denied, "Only programs on this machine may ask.", "Use http://127.0.0.1 with the node's port."))
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
			s.fail(w, r, fault.New(fault.Denied, "The token is missing or wrong.", "Send the token that node.json in the workspace folder holds as Authorization: Bearer."))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) call(e app.Endpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		response, err := e.Serve(r.Context(), s.app, http.MaxBytesReader(w, r.Body, MaxRequestBytes))
		if err != nil {
			s.fail(w, r, err)
			return
		}
		s.reply(w, http.StatusOK, response)
	})
}

func (s *Server) reply(w http.ResponseWriter, status int, body any) {
	b, err := json.Marshal(body)
	if err != nil {
		s.log.Error("response not encoded", "err", err)
		http.Error(w, `{"error":{"kind":"internal","message":"The answer could not be written."}}`, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// A client that has gone does not need its answer.
	_, _ = w.Write(append(b, '\n'))
}

// Problem is how an error crosses HTTP and stands in --json output.
type Problem struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// ProblemOf returns err as people may see it.
func ProblemOf(err error) Problem {
	return Problem{fault.KindOf(err).String(), fault.Message(err), fault.Hint(err)}
}

type problemBody struct {
	Error Problem `json:"error"`
}

func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if fault.KindOf(err) == fault.Internal {
		s.log.Error("request failed", "path", r.URL.Path, "err", err)
	} else {
		s.log.Debug("request refused", "path", r.URL.Path, "err", err)
	}
	s.reply(w, statusOf(fault.KindOf(err)), problemBody{ProblemOf(err)})
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
