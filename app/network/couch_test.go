package network_test

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
)

// couch is a database that replicates as CouchDB and PouchDB do: a feed of
// changes, the difference of revisions, documents in bulk with the names of
// their earlier revisions, checkpoints; JSON over HTTP. It is not CouchDB, but
// what its protocol costs at least: documents are in memory and in a file to
// which they are added, synced once a request as CouchDB's is; there is no TLS,
// one revision a document, and the laptop that pulls reaches its own database
// without HTTP. Conflicts are not looked for: the script causes none.
type couch struct {
	tb   testing.TB
	file *os.File
	at   string // its URL

	mu      sync.Mutex
	docs    map[string]*couchDoc // guarded by mu
	changes []string             // names, by sequence; guarded by mu
	grown   chan struct{}        // closed at the next change; guarded by mu
	local   map[string]string    // guarded by mu
}

// couchDoc is a document with the names of its revisions, the latest first.
type couchDoc struct {
	ID        string         `json:"_id"`
	Revisions couchRevisions `json:"_revisions"`
	Unit      string         `json:"unit"`
	seq       int
}

type couchRevisions struct {
	Start int      `json:"start"`
	IDs   []string `json:"ids"`
}

func (d *couchDoc) rev() string { return fmt.Sprintf("%d-%s", d.Revisions.Start, d.Revisions.IDs[0]) }

func newCouch(tb testing.TB) *couch {
	tb.Helper()
	file, err := os.Create(filepath.Join(tb.TempDir(), "couch"))
	if err != nil {
		tb.Fatal(err)
	}
	c := &couch{tb: tb, file: file, docs: map[string]*couchDoc{}, grown: make(chan struct{}), local: map[string]string{}}
	tb.Cleanup(func() { _ = file.Close() })
	return c
}

// serve answers those who replicate from c.
func (c *couch) serve() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /db/_changes", c.answerChanges)
	mux.HandleFunc("POST /db/_bulk_get", c.answerBulkGet)
	mux.HandleFunc("PUT /db/_local/{name}", c.answerLocal)
	server := httptest.NewServer(mux)
	c.tb.Cleanup(server.Close)
	c.at = server.URL
}

// edit changes a document, on this laptop.
func (c *couch) edit(name, unit string) {
	c.mu.Lock()
	d := &couchDoc{ID: name, Unit: unit}
	if old := c.docs[name]; old != nil {
		d.Revisions = couchRevisions{old.Revisions.Start, slices.Clone(old.Revisions.IDs)}
	}
	c.mu.Unlock()
	sum := md5.Sum([]byte(fmt.Sprint(d.Revisions.Start, name, unit))) //nolint:gosec // as CouchDB names revisions
	d.Revisions = couchRevisions{d.Revisions.Start + 1, append([]string{hex.EncodeToString(sum[:])}, d.Revisions.IDs...)}
	c.store([]*couchDoc{d})
}

// store makes documents durable and shows them: _bulk_docs with new_edits=false.
func (c *couch) store(docs []*couchDoc) {
	raw, err := json.Marshal(docs)
	if err == nil {
		_, err = c.file.Write(raw)
	}
	if err := errors.Join(err, c.file.Sync()); err != nil {
		c.tb.Error(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range docs {
		c.changes = append(c.changes, d.ID)
		d.seq = len(c.changes)
		c.docs[d.ID] = d
	}
	close(c.grown)
	c.grown = make(chan struct{})
}

// missing returns which of some revisions are not here: _revs_diff.
func (c *couch) missing(changes []couchChange) (out []couchChange) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, change := range changes {
		if d := c.docs[change.ID]; d == nil || d.rev() != change.Rev {
			out = append(out, change)
		}
	}
	return out
}

type couchChange struct {
	Seq int    `json:"seq"`
	ID  string `json:"id"`
	Rev string `json:"rev"`
}

// answerChanges lists documents that have changed since a sequence, each with
// its latest revision, and waits for one if there is none.
func (c *couch) answerChanges(w http.ResponseWriter, r *http.Request) {
	since, err := strconv.Atoi(r.URL.Query().Get("since"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	for {
		c.mu.Lock()
		var out []couchChange
		for i := since; i < len(c.changes) && len(out) < couchBatch; i++ {
			if d := c.docs[c.changes[i]]; d.seq == i+1 {
				out = append(out, couchChange{d.seq, d.ID, d.rev()})
			}
		}
		grown := c.grown
		c.mu.Unlock()
		if len(out) > 0 {
			c.write(w, out)
			return
		}
		select {
		case <-grown:
		case <-r.Context().Done():
			return
		}
	}
}

func (c *couch) answerBulkGet(w http.ResponseWriter, r *http.Request) {
	var asked []couchChange
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	out := make([]*couchDoc, len(asked))
	for i, a := range asked {
		out[i] = c.docs[a.ID]
	}
	c.mu.Unlock()
	c.write(w, out)
}

// answerLocal keeps a checkpoint.
func (c *couch) answerLocal(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err == nil {
		_, err = c.file.Write(raw)
	}
	if err := errors.Join(err, c.file.Sync()); err != nil {
		c.tb.Error(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.local[r.PathValue("name")] = string(raw)
	w.WriteHeader(http.StatusCreated)
}

func (c *couch) write(w http.ResponseWriter, answer any) {
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		c.tb.Error(err)
	}
}

// couchBatch is how many documents go in one request: CouchDB's worker_batch_size.
const couchBatch = 500

// pull replicates from another database until the end, from a sequence on, and
// returns up to where.
func (c *couch) pull(from *couch, since, until int) int {
	for since < until {
		var changes []couchChange
		c.ask(http.MethodGet, fmt.Sprintf("%s/db/_changes?feed=longpoll&since=%d", from.at, since), nil, &changes)
		if asked := c.missing(changes); len(asked) > 0 {
			var docs []*couchDoc
			c.ask(http.MethodPost, from.at+"/db/_bulk_get?revs=true", asked, &docs)
			c.store(docs)
		}
		since = changes[len(changes)-1].Seq
	}
	c.ask(http.MethodPut, from.at+"/db/_local/checkpoint", since, nil)
	return since
}

// ask makes a request.
func (c *couch) ask(method, url string, body, answer any) {
	raw, err := json.Marshal(body)
	if err != nil {
		c.tb.Fatal(err)
	}
	req, err := http.NewRequestWithContext(c.tb.Context(), method, url, bytes.NewReader(raw))
	if err != nil {
		c.tb.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		c.tb.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if answer != nil {
		err = json.NewDecoder(resp.Body).Decode(answer)
	}
	if _, copyErr := io.Copy(io.Discard, resp.Body); err != nil || copyErr != nil || resp.StatusCode >= http.StatusBadRequest {
		c.tb.Fatal(resp.Status, err, copyErr)
	}
}
