package node_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/app/apptest"
)

// TestOnlyThisMachineMayAsk plays the pages and programs that find the port.
func TestOnlyThisMachineMayAsk(t *testing.T) {
	s := serve(t)
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	tests := []struct {
		name   string
		change func(*http.Request)
		status int
	}{
		{"a program", nil, 200},
		{"by name", host("localhost:5757"), 200},
		{"by name, shouted", host("LocalHost"), 200},
		{"IPv6", host("[::1]:5757"), 200},
		{"a name rebound to this machine", host("evil.example:5757"), 403},
		{"a name that begins like this machine's", host("127.0.0.1.evil.example"), 403},
		{"a name below localhost", host("evil.localhost"), 403},
		{"an address of the network", host("192.168.1.10:5757"), 403},
		{"every address", host("0.0.0.0:5757"), 403},
		{"a page of another site", header("Origin", "https://evil.example"), 403},
		{"a page without a site", header("Origin", "null"), 403},
		{"a page of another program here", header("Origin", "http://127.0.0.1:1"), 403},
		{"the node's own page", func(r *http.Request) { r.Header.Set("Origin", "http://"+r.URL.Host) }, 200},
		{"what a browser calls cross-site", header("Sec-Fetch-Site", "cross-site"), 403},
		{"what a browser calls same-site", header("Sec-Fetch-Site", "same-site"), 403},
		{"no token", func(r *http.Request) { r.Header.Del("Authorization") }, 401},
		{"an empty token", header("Authorization", "Bearer "), 401},
		{"a wrong token", header("Authorization", "Bearer "+strings.Repeat("0", len(s.said.Token))), 401},
		{"half a token", header("Authorization", "Bearer "+s.said.Token[:32]), 401},
		{"a token of another scheme", header("Authorization", "Basic "+s.said.Token), 401},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := s.ask(t, http.MethodPost, node.Prefix+"project/create", `{"name":"Churn"}`, tt.change)
			if got.status != tt.status {
				t.Fatalf("status %d with %s, want %d", got.status, got.body, tt.status)
			}
			if tt.status == 200 {
				return
			}
			if p := got.problem(t); p.Kind != "denied" {
				t.Errorf("refused with %+v, want kind denied", p)
			}
			if strings.Contains(string(got.body), s.said.Token) {
				t.Errorf("the refusal tells the token: %s", got.body)
			}
		})
	}
	made := apptest.Do(s.Node, app.ListProjects, app.ListProjectsRequest{})
	if want := 5; len(made) != want {
		t.Errorf("%d projects were made, want %d: those of the requests that were let in", len(made), want)
	}
}

// TestPlainPathsNeedNoTokenButThisMachine holds what watches a node to the
// rules against pages.
func TestPlainPathsNeedNoTokenButThisMachine(t *testing.T) {
	s := serve(t)
	for _, path := range []string{"/health", "/version", "/metrics", node.Prefix + "openapi.json"} {
		bare := s.ask(t, http.MethodGet, path, "", func(r *http.Request) { r.Header.Del("Authorization") })
		if bare.status != 200 || len(bare.body) == 0 {
			t.Errorf("GET %s without a token: status %d with %q", path, bare.status, bare.body)
		}
		if strings.Contains(string(bare.body), s.said.Token) {
			t.Errorf("GET %s tells the token", path)
		}
		rebound := s.ask(t, http.MethodGet, path, "", func(r *http.Request) { r.Host = "evil.example" })
		if rebound.status != 403 {
			t.Errorf("GET %s for another host: status %d, want 403", path, rebound.status)
		}
	}
	if got := s.ask(t, http.MethodGet, "/health", "", nil); string(got.body) != "{\"status\":\"ok\"}\n" {
		t.Errorf("health: %q", got.body)
	}
	if got := s.ask(t, http.MethodGet, "/version", "", nil); string(got.body) != app.Version {
		t.Errorf("version: %q, want %q", got.body, app.Version)
	}
}

// TestWhatCannotBeAnswered gets a sentence for every request that makes no sense.
func TestWhatCannotBeAnswered(t *testing.T) {
	s := serve(t)
	const create = node.Prefix + "project/create"
	tests := []struct {
		name, method, path, body string
		status                   int
		kind, message            string
	}{
		{"unknown path", "GET", "/nowhere", "", 404, "not_found", "There is nothing at this address."},
		{"unknown use case", "POST", node.Prefix + "project/destroy", "{}", 404, "not_found", "nothing at this address"},
		{"a path above the root", "GET", "/../../etc/passwd", "", 404, "not_found", "nothing at this address"},
		{"GET of a use case", "GET", create, "", 405, "invalid", "takes only POST"},
		{"DELETE of a use case", "DELETE", create, "", 405, "invalid", "takes only POST"},
		{"POST of the health", "POST", "/health", "", 405, "invalid", "takes only GET"},
		{"no JSON", "POST", create, "name=Churn", 400, "invalid", "it is no JSON from byte 2 on"},
		{"half of JSON", "POST", create, `{"name":"Chu`, 400, "invalid", "it ends too early"},
		{"two documents", "POST", create, `{"name":"a"} {"name":"b"}`, 400, "invalid", "something follows"},
		{"an unknown field", "POST", create, `{"label":"Churn"}`, 400, "invalid", `it has no field "label"`},
		{"a field of another type", "POST", create, `{"name":7}`, 400, "invalid", "the field name can't be a JSON number"},
		{"no object", "POST", create, `["Churn"]`, 400, "invalid", "not an object but a JSON array"},
		{"nothing", "POST", create, "", 400, "invalid", "A project needs a name."},
		{"null", "POST", create, "null", 400, "invalid", "A project needs a name."},
		{"a control character", "POST", create, `{"name":"a\u001bb"}`, 400, "invalid", "one line of text"},
		{"a name too long", "POST", create, `{"name":"` + strings.Repeat("가", 201) + `"}`, 400, "invalid", "at most 200 characters"},
		{"too deep", "POST", create, strings.Repeat(`{"name":`, 20_000), 400, "invalid", "can't be read"},
		{"too large", "POST", create, `{"name":"` + strings.Repeat("x", node.MaxRequestBytes) + `"}`, 413, "invalid", "larger than 8 MiB"},
		{"less than nothing", "POST", node.Prefix + "doc/list", `{"kind":"person","limit":-1}`, 400, "invalid", "--limit"},
		{"what is not there", "POST", node.Prefix + "doc/show", `{"id":"01kjmma2ha0000000000000000"}`, 404, "not_found", "no such document"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := s.ask(t, tt.method, tt.path, tt.body, nil)
			p := got.problem(t)
			if got.status != tt.status || p.Kind != tt.kind || !strings.Contains(p.Message+" "+p.Hint, tt.message) {
				t.Errorf("status %d with %+v, want %d, %s, %q", got.status, p, tt.status, tt.kind, tt.message)
			}
			if len(p.Message) > 400 {
				t.Errorf("the message has %d bytes", len(p.Message))
			}
			if tt.status == 405 && got.header.Get("Allow") == "" {
				t.Error("no Allow header")
			}
		})
	}
	if made := apptest.Do(s.Node, app.ListProjects, app.ListProjectsRequest{}); len(made) != 0 {
		t.Errorf("refused requests made %+v", made)
	}
}
