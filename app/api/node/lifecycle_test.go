package node_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/app/apptest"
	"cairn/core/fault"
)

func TestAnnouncementIsForItsOwnerAndGoesWithTheNode(t *testing.T) {
	n := apptest.Found(t, 1)
	file := filepath.Join(n.Dir(), "node.json")
	// What a killed node was about to write does not hand its mode on.
	if err := os.WriteFile(file+".new", []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	server := start(t, n)
	said := announcement(t, n.Dir())
	if said.API != server.URL() || said.PID != os.Getpid() || len(said.Token) != 64 || said.Folder != n.Dir() {
		t.Errorf("announced %+v", said)
	}
	if info, err := os.Stat(file); err != nil || (runtime.GOOS != "windows" && info.Mode().Perm() != 0o600) {
		t.Errorf("the announcement: %v, %v, want mode 0600", info, err)
	}
	if err := server.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after Close the announcement is still there: %v", err)
	}
	if _, err := node.Find(n.Dir()); !errors.Is(err, node.ErrNoNode) {
		t.Errorf("Find after Close = %v, want ErrNoNode", err)
	}

	again := start(t, n)
	if next := announcement(t, n.Dir()); next.Token == said.Token {
		t.Error("the second run has the token of the first")
	}
	// Somebody may have removed the file meanwhile.
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := again.Close(t.Context()); err != nil {
		t.Errorf("close without the announcement: %v", err)
	}
}

func TestOnlyLoopbackIsListenedOn(t *testing.T) {
	n := apptest.Found(t, 1)
	tests := []struct {
		address string
		kind    fault.Kind
	}{
		{"0.0.0.0:0", fault.Denied},
		{":0", fault.Denied},
		{"[::]:0", fault.Denied},
		{"192.0.2.1:0", fault.Denied},
		{"cairn.example:0", fault.Denied},
		{"nonsense", fault.Invalid},
		{"127.0.0.1", fault.Invalid},
		{"", fault.Invalid},
		{"127.0.0.1:99999", fault.Unavailable},
		{"127.0.0.1:http-of-nobody", fault.Unavailable},
	}
	for _, tt := range tests {
		server, err := node.Serve(t.Context(), n.App, tt.address, slog.New(slog.DiscardHandler))
		if server != nil || fault.KindOf(err) != tt.kind {
			t.Errorf("Serve on %q = %v, want %v", tt.address, err, tt.kind)
		}
	}
	if _, err := node.Find(n.Dir()); !errors.Is(err, node.ErrNoNode) {
		t.Errorf("a node that did not start announced itself: %v", err)
	}
}

func TestTwoNodesDoNotMix(t *testing.T) {
	ada, ben := serve(t), serve(t)
	for name, s := range map[string]*served{"Ada's": ada, "Ben's": ben} {
		if _, err := node.Do(t.Context(), find(t, s), app.CreateProject, app.CreateProjectRequest{Name: name}); err != nil {
			t.Errorf("%s node: %v", name, err)
		}
	}
	if got := apptest.Do(ada.Node, app.ListProjects, app.ListProjectsRequest{}); len(got) != 1 || got[0].Name != "Ada's" {
		t.Errorf("Ada's node holds %+v", got)
	}
	crossed := ada.ask(t, http.MethodPost, node.Prefix+"status", "", func(r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+ben.said.Token)
	})
	if crossed.status != http.StatusUnauthorized {
		t.Errorf("Ben's token at Ada's node: status %d", crossed.status)
	}
	_, port, _ := strings.Cut(strings.TrimPrefix(ada.server.URL(), "http://"), ":")
	third := apptest.Found(t, 3)
	if _, err := node.Serve(t.Context(), third.App, "127.0.0.1:"+port, slog.New(slog.DiscardHandler)); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("a second node on the port: %v, want unavailable", err)
	}
}

// slow is a request of which the node has only read the head so far.
type slow struct {
	conn net.Conn
	in   *bufio.Reader
	rest string
}

// begin sends a request up to its body, and returns when the node asks for that.
func begin(t *testing.T, s *served, path, body string) *slow {
	t.Helper()
	address := strings.TrimPrefix(s.server.URL(), "http://")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n",
		node.Prefix+path, address, s.said.Token, len(body))
	in := bufio.NewReader(conn)
	line, err := in.ReadString('\n')
	if err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("the node says %q, %v, want 100 Continue", line, err)
	}
	if _, err := in.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	return &slow{conn, in, body}
}

// end sends the body and returns the status.
func (r *slow) end(t *testing.T) int {
	t.Helper()
	if _, err := io.WriteString(r.conn, r.rest); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(r.in, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	return answer.StatusCode
}

// TestCloseAnswersWhatHasBegun closes a server in the middle of a request.
func TestCloseAnswersWhatHasBegun(t *testing.T) {
	n := apptest.Found(t, 1)
	s := &served{Node: n, server: start(t, n)}
	s.said = announcement(t, n.Dir())
	request := begin(t, s, "project/create", `{"name":"Churn"}`)

	closed := make(chan error, 1)
	go func() { closed <- s.server.Close(context.WithoutCancel(t.Context())) }()
	for { // until nobody new is let in
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.server.URL(), "http://"))
		if err != nil {
			break
		}
		_ = conn.Close()
	}
	select {
	case err := <-closed:
		t.Fatalf("Close returned %v with a request under way", err)
	default:
	}
	if status := request.end(t); status != http.StatusOK {
		t.Errorf("the request that had begun: status %d", status)
	}
	if err := <-closed; err != nil {
		t.Errorf("Close: %v", err)
	}
	if made := apptest.Do(n, app.ListProjects, app.ListProjectsRequest{}); len(made) != 1 {
		t.Errorf("%d projects, want the one that was asked for", len(made))
	}
}

// TestCloseDoesNotWaitForEver cuts off a request that never ends.
func TestCloseDoesNotWaitForEver(t *testing.T) {
	n := apptest.Found(t, 1)
	s := &served{Node: n, server: start(t, n)}
	s.said = announcement(t, n.Dir())
	request := begin(t, s, "project/create", `{"name":"Churn"}`)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.server.Close(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("Close = %v, want the context's error", err)
	}
	if _, err := request.in.ReadByte(); err == nil {
		t.Error("the connection is still open")
	}
	if made := apptest.Do(n, app.ListProjects, app.ListProjectsRequest{}); len(made) != 0 {
		t.Errorf("half a request made %+v", made)
	}
}

// TestClientThatGoesLeavesNothing drops the connection within a request.
func TestClientThatGoesLeavesNothing(t *testing.T) {
	s := serve(t)
	request := begin(t, s, "project/create", `{"name":"Churn"}`)
	if err := request.conn.Close(); err != nil {
		t.Fatal(err)
	}
	if got := s.ask(t, http.MethodPost, node.Prefix+"project/list", "", nil); got.status != 200 || string(got.body) != "[]\n" {
		t.Errorf("after it: status %d with %s", got.status, got.body)
	}
}

// TestFailedServerStillCloses ends serving from outside and closes after that.
func TestFailedServerStillCloses(t *testing.T) {
	n := apptest.Found(t, 1)
	server := start(t, n)
	if err := server.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err, open := <-server.Failed(); open {
		t.Errorf("Failed delivers %v after Close", err)
	}
	if err := server.Close(t.Context()); err != nil {
		t.Errorf("a second Close: %v", err)
	}
}
