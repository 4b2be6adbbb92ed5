package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/network"
	"cairn/app/relay"
	"cairn/sync/discovery"
)

// relayPatience is how long a test waits for what must come, on a busy machine.
const relayPatience = 30 * time.Second

// apart is how a remote syncs that hears nobody and finds nobody: there is no
// way to it but a relay.
var apart = network.Options{Quiet: true}

// remote is a workspace on a computer of its own.
type remote struct {
	t        *testing.T
	options  app.Options
	*app.App // nil while it is off
}

func newRemote(t *testing.T) *remote {
	t.Helper()
	dir := t.TempDir()
	l := &remote{t: t, options: app.Options{
		Dir: filepath.Join(dir, "workspace"), Installs: filepath.Join(dir, "installs"), Keys: app.KeysFile,
		Log: slog.New(slog.DiscardHandler), Now: time.Now, Rand: rand.Reader,
	}}
	t.Cleanup(l.off)
	return l
}

// founder returns the remote of somebody who has a workspace.
func founder(t *testing.T) *remote {
	t.Helper()
	l := newRemote(t)
	l.found(app.Create(l.t.Context(), l.options, app.Founding{Workspace: "Acme", Person: "Ada"}))
	l.sync()
	return l
}

// joiner returns the remote of somebody who has come in by a link.
func joiner(t *testing.T, name, link string) *remote {
	t.Helper()
	l := newRemote(t)
	var said []app.JoinStep
	ctx, cancel := context.WithTimeout(t.Context(), relayPatience)
	defer cancel()
	a, err := app.Join(ctx, l.options, apart, app.Joining{Link: link, Person: name, Machine: "laptop"}, func(s app.JoinStep) { said = append(said, s) })
	if err != nil {
		t.Fatalf("%s does not get in: %v; %+v", name, err, said)
	}
	l.found(a, nil)
	return l
}

func (l *remote) found(a *app.App, err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
	l.App = a
}

func (l *remote) sync() {
	l.t.Helper()
	if err := l.Sync(apart); err != nil {
		l.t.Fatal(err)
	}
}

// on starts the remote, which syncs at once.
func (l *remote) on() {
	l.t.Helper()
	l.found(app.Open(l.t.Context(), l.options))
	l.sync()
}

func (l *remote) off() {
	if l.App == nil {
		return
	}
	if err := l.Close(); err != nil {
		l.t.Errorf("close: %v", err)
	}
	l.App = nil
}

// done carries a use case out.
func done[Req, Resp any](l *remote, call app.Call[Req, Resp], req Req) Resp {
	l.t.Helper()
	resp, err := call.Do(l.t.Context(), l.App, req)
	if err != nil {
		l.t.Fatalf("%s %+v: %v", call.Name, req, err)
	}
	return resp
}

func (l *remote) write(project string) {
	l.t.Helper()
	done(l, app.CreateProject, app.CreateProjectRequest{Name: project})
}

// invite returns the link of a new invite, and fails the test unless it leads to
// the relay alone.
func (l *remote) invite(relayURL string) string {
	l.t.Helper()
	made := done(l, app.MakeInvite, app.MakeInviteRequest{Right: "contributor"})
	link, err := discovery.Parse(made.Link)
	if err != nil || link.Relay != relayURL || len(link.Addresses) > 0 {
		l.t.Fatalf("the link leads to %q and %q, want the relay %q alone", link.Addresses, link.Relay, relayURL)
	}
	if token := mustURL(l.t, relayURL).User.Username(); token == "" || strings.Contains(made.Relay, token) {
		l.t.Errorf("the invite shows the relay as %q", made.Relay)
	}
	return made.Link
}

func (l *remote) hash() string {
	l.t.Helper()
	return done(l, app.GetStatus, app.StatusRequest{}).StateHash
}

// until waits for something that the network tells of.
func (l *remote) until(what string, holds func() bool) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), relayPatience)
	defer cancel()
	for {
		changed := l.Network().Changed()
		if holds() {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			l.t.Fatalf("%s: waited for in vain: %+v", what, done(l, app.ListPeers, app.ListPeersRequest{}).Relay)
		}
	}
}

// brought waits until the relay has all that is here.
func (l *remote) brought() {
	l.t.Helper()
	l.until("everything brought", func() bool {
		r := done(l, app.ListPeers, app.ListPeersRequest{}).Relay
		return r != nil && r.State == "connected" && r.Known && r.Ahead == 0
	})
}

// agrees waits until the documents here are those that another remote has.
func (l *remote) agrees(with *remote) {
	l.t.Helper()
	want := with.hash()
	l.until("the same documents", func() bool { return l.hash() == want })
}

func mustURL(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// runningRelay is a relay that comes back at the address that it has.
type runningRelay struct {
	t      *testing.T
	config relay.Config
	url    string
	server *relay.Server // nil while it is off
}

func newRelay(t *testing.T) *runningRelay {
	t.Helper()
	r := &runningRelay{t: t, config: relay.Config{
		Listen: "127.0.0.1:0", Store: filepath.Join(t.TempDir(), "relay"), Log: slog.New(slog.DiscardHandler), Rand: rand.Reader,
	}}
	t.Cleanup(r.stop)
	r.start()
	r.url = r.server.URLs()[0]
	r.config.Listen = net.JoinHostPort("127.0.0.1", mustURL(t, r.url).Port())
	return r
}

func (r *runningRelay) start() {
	r.t.Helper()
	var err error
	if r.server, err = relay.Start(r.t.Context(), r.config); err != nil {
		r.t.Fatal(err)
	}
}

func (r *runningRelay) stop() {
	if r.server == nil {
		return
	}
	if err := r.server.Stop(); err != nil {
		r.t.Errorf("stop the relay: %v", err)
	}
	r.server = nil
}

// copied returns a copy of the relay's folder.
func (r *runningRelay) copied() string {
	r.t.Helper()
	r.stop()
	dir := filepath.Join(r.t.TempDir(), "relay")
	if err := os.CopyFS(dir, os.DirFS(r.config.Store)); err != nil {
		r.t.Fatal(err)
	}
	r.start()
	return dir
}

// TestATeamThatMeetsAtARelayOnly lets three people, two of whom are never there
// together, work through a relay that forgets a part of what it was given.
func TestATeamThatMeetsAtARelayOnly(t *testing.T) {
	t.Parallel()
	r := newRelay(t)
	ada := founder(t)
	ada.write("Churn")
	done(ada, app.AddPeer, app.AddPeerRequest{Address: r.url})
	ada.brought()

	ben := joiner(t, "Ben", ada.invite(r.url))
	if got, want := ben.hash(), ada.hash(); got != want {
		t.Errorf("who has come in has the state %s, want %s", got, want)
	}
	ada.off()
	ben.write("Fraud")
	ben.brought()
	ben.off()
	old := r.copied()
	ada.on()
	ada.until("what Ben wrote", func() bool { return len(done(ada, app.ListProjects, app.ListProjectsRequest{})) == 2 })
	ada.write("Upsell")
	ada.brought()
	ben.on()
	ben.agrees(ada)
	ben.write("Pricing")
	ada.agrees(ben)
	ben.off()

	r.stop()
	r.config.Store = old
	r.start()
	link := ada.invite(r.url)
	cyd := joiner(t, "Cyd", link)
	if got, want := cyd.hash(), ada.hash(); got != want {
		t.Errorf("who has come in through a relay that has lost a part has the state %s, want %s", got, want)
	}
	cyd.write("Routing")
	ada.agrees(cyd)
	ada.off()
	ben.on()
	ben.agrees(cyd)
	if n := len(done(ben, app.ListProjects, app.ListProjectsRequest{})); n != 5 {
		t.Errorf("%d projects, want 5", n)
	}
}
