package node_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"cairn/app/api/node"
	"cairn/app/apptest"
)

var update = flag.Bool("update", false, "rewrite testdata/openapi.json")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// served is a node with its HTTP face.
type served struct {
	*apptest.Node
	server *node.Server
	said   node.Announcement
}

// serve starts a node that answers until the test ends.
func serve(t testing.TB) *served {
	t.Helper()
	n := apptest.Found(t, 1)
	s := &served{Node: n, server: start(t, n)}
	s.said = announcement(t, n.Dir())
	t.Cleanup(func() {
		if err := s.server.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("close the server: %v", err)
		}
	})
	return s
}

func start(t testing.TB, n *apptest.Node) *node.Server {
	t.Helper()
	server, err := node.Serve(t.Context(), n.App, "127.0.0.1:0", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatalf("serve: %v", err)
	}
	return server
}

func announcement(t testing.TB, dir string) node.Announcement {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "node.json"))
	if err != nil {
		t.Fatalf("read the announcement: %v", err)
	}
	var a node.Announcement
	if err := json.Unmarshal(b, &a); err != nil {
		t.Fatalf("announcement %s: %v", b, err)
	}
	return a
}

// answer is a response, read whole.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// ask sends a request with the token; change may alter it first.
func (s *served) ask(t testing.TB, method, path, body string, change func(*http.Request)) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.server.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	r.Header.Set("Authorization", "Bearer "+s.said.Token)
	if change != nil {
		change(r)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(r)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	b, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		t.Fatalf("%s %s: read the answer: %v", method, path, err)
	}
	return answer{response.StatusCode, response.Header, b}
}

// problem returns the error that the answer is, and nothing but.
func (a answer) problem(t testing.TB) node.Problem {
	t.Helper()
	var body struct {
		Error node.Problem `json:"error"`
	}
	dec := json.NewDecoder(bytes.NewReader(a.body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&body); err != nil || dec.More() {
		t.Fatalf("status %d with %q: no error of ours: %v", a.status, a.body, err)
	}
	if kind := a.header.Get("Content-Type"); kind != "application/json" {
		t.Errorf("an error comes as %q", kind)
	}
	if body.Error.Kind == "" || !strings.HasSuffix(body.Error.Message, ".") {
		t.Errorf("error %+v has no kind or no sentence", body.Error)
	}
	return body.Error
}
