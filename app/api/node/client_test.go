package node_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/app/apptest"
	"cairn/core/fault"
)

func find(t *testing.T, s *served) *node.Client {
	t.Helper()
	c, err := node.Find(s.Dir())
	if err != nil {
		t.Fatalf("find the node: %v", err)
	}
	if err := c.Ping(t.Context()); err != nil {
		t.Fatalf("ping: %v", err)
	}
	return c
}

func TestClientIsAnsweredAsTheCallItself(t *testing.T) {
	s := serve(t)
	c := find(t, s)
	made, err := node.Do(t.Context(), c, app.CreateProject, app.CreateProjectRequest{Name: "이탈 <b>&", Summary: "a\nb"})
	if err != nil || made.Name != "이탈 <b>&" || made.Summary != "a\nb" {
		t.Errorf("made %+v, %v", made, err)
	}
	want := apptest.Do(s.Node, app.GetStatus, app.StatusRequest{})
	if got, err := node.Do(t.Context(), c, app.GetStatus, app.StatusRequest{}); err != nil || got.StateHash != want.StateHash {
		t.Errorf("status %+v, %v, want %+v", got, err, want)
	}
	_, direct := app.ShowProject.Do(t.Context(), s.App, app.ProjectRequest{Project: "Nowhere"})
	_, asked := node.Do(t.Context(), c, app.ShowProject, app.ProjectRequest{Project: "Nowhere"})
	if !reflect.DeepEqual(node.ProblemOf(asked), node.ProblemOf(direct)) {
		t.Errorf("the fault is %+v by the node, %+v directly", node.ProblemOf(asked), node.ProblemOf(direct))
	}
	if c.PID() != os.Getpid() {
		t.Errorf("PID = %d", c.PID())
	}
}

func TestCancelledRequestIsNotSent(t *testing.T) {
	s := serve(t)
	c := find(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := node.Do(ctx, c, app.CreateProject, app.CreateProjectRequest{Name: "Churn"}); !errors.Is(err, context.Canceled) || errors.Is(err, node.ErrGone) {
		t.Errorf("Do = %v, want the context's error", err)
	}
	if err := c.Ping(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Ping = %v, want the context's error", err)
	}
	if made := apptest.Do(s.Node, app.ListProjects, app.ListProjectsRequest{}); len(made) != 0 {
		t.Errorf("it made %+v", made)
	}
}

// announce puts an announcement into dir.
func announce(t *testing.T, dir string, a node.Announcement) {
	t.Helper()
	b, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "node.json"), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestAnnouncementsThatDoNotCount finds no node in what others left.
func TestAnnouncementsThatDoNotCount(t *testing.T) {
	dir := t.TempDir()
	good := node.Announcement{API: "http://127.0.0.1:5757", Token: "t", PID: 1, Folder: dir}
	announce(t, dir, good)
	if _, err := node.Find(dir); err != nil {
		t.Fatalf("Find = %v for a good one", err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	if _, err := node.Find(link); err != nil {
		t.Errorf("Find by another path = %v", err)
	}
	for name, change := range map[string]func(*node.Announcement){
		"of a folder that this was copied from": func(a *node.Announcement) { a.Folder = t.TempDir() },
		"of no folder":                          func(a *node.Announcement) { a.Folder = "" },
		"of another machine":                    func(a *node.Announcement) { a.API = "http://192.0.2.1:5757" },
		"of a site":                             func(a *node.Announcement) { a.API = "http://evil.example" },
		"of another scheme":                     func(a *node.Announcement) { a.API = "https://127.0.0.1:5757" },
		"with a user":                           func(a *node.Announcement) { a.API = "http://127.0.0.1:5757@evil.example" },
		"with a path":                           func(a *node.Announcement) { a.API = "http://127.0.0.1:5757/x" },
		"of no URL":                             func(a *node.Announcement) { a.API = "http://[" },
		"without a token":                       func(a *node.Announcement) { a.Token = "" },
	} {
		a := good
		change(&a)
		announce(t, dir, a)
		if _, err := node.Find(dir); !errors.Is(err, node.ErrNoNode) {
			t.Errorf("Find = %v for an announcement %s, want ErrNoNode", err, name)
		}
	}
	for _, body := range []string{"", "{", "null", "[]", "\x00\xff"} {
		if err := os.WriteFile(filepath.Join(dir, "node.json"), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := node.Find(dir); !errors.Is(err, node.ErrNoNode) {
			t.Errorf("Find = %v for %q, want ErrNoNode", err, body)
		}
	}
}

// TestStrangerOnThePortIsNotAsked is about a node that was killed and another
// program that listens where it did.
func TestStrangerOnThePortIsNotAsked(t *testing.T) {
	var seen []*http.Request
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r)
		_, _ = w.Write([]byte(`{"status":"ok"}`))
	}))
	defer stranger.Close()
	dir := t.TempDir()
	announce(t, dir, node.Announcement{API: stranger.URL, Token: "secret", PID: 1, Folder: dir})
	c, err := node.Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Ping(t.Context()); !errors.Is(err, node.ErrGone) {
		t.Errorf("Ping = %v, want ErrGone", err)
	}
	for _, r := range seen {
		for name, values := range r.Header {
			for _, v := range values {
				if v == "secret" || v == "Bearer secret" {
					t.Errorf("the stranger was told the token in %s", name)
				}
			}
		}
	}
	if _, err := node.Do(t.Context(), c, app.GetStatus, app.StatusRequest{}); fault.KindOf(err) != fault.Internal && fault.KindOf(err) != fault.Offline {
		t.Errorf("Do = %v", err)
	}
}

// TestGoneMeansThatNothingHappened breaks the connection before the node asks
// for the request, and after.
func TestGoneMeansThatNothingHappened(t *testing.T) {
	for _, tt := range []struct {
		name  string
		reply string
		gone  bool
	}{
		{"before", "", true},
		{"after", "HTTP/1.1 100 Continue\r\n\r\n", false},
		{"within the answer", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ln, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			done := make(chan struct{})
			go func() {
				defer close(done)
				conn, err := ln.Accept()
				if err != nil {
					return
				}
				buf := make([]byte, 4096)
				_, _ = conn.Read(buf) // the head
				if tt.reply != "" {
					_, _ = conn.Write([]byte(tt.reply))
					_, _ = conn.Read(buf) // the body
				}
				_ = conn.Close()
			}()
			dir := t.TempDir()
			announce(t, dir, node.Announcement{API: "http://" + ln.Addr().String(), Token: "t", PID: 1, Folder: dir})
			c, err := node.Find(dir)
			if err != nil {
				t.Fatal(err)
			}
			_, err = node.Do(t.Context(), c, app.CreateProject, app.CreateProjectRequest{Name: "Churn"})
			if fault.KindOf(err) != fault.Offline || errors.Is(err, node.ErrGone) != tt.gone {
				t.Errorf("Do = %v, want offline, gone: %v", err, tt.gone)
			}
			if doubt := strings.Contains(fault.Message(err), "ended before it answered"); doubt == tt.gone {
				t.Errorf("a person is told %q", fault.Message(err))
			}
			if err := ln.Close(); err != nil {
				t.Error(err)
			}
			<-done
		})
	}
}

func TestDeadNodeIsGone(t *testing.T) {
	n := apptest.Found(t, 1)
	server := start(t, n)
	said := announcement(t, n.Dir())
	if err := server.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	announce(t, n.Dir(), said) // as a node that was killed leaves it
	c, err := node.Find(n.Dir())
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Ping(t.Context()); !errors.Is(err, node.ErrGone) {
		t.Errorf("Ping = %v, want ErrGone", err)
	}
	if _, err := node.Do(t.Context(), c, app.GetStatus, app.StatusRequest{}); !errors.Is(err, node.ErrGone) || fault.KindOf(err) != fault.Offline {
		t.Errorf("Do = %v, want ErrGone and offline", err)
	}
}
