package node_test

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"testing"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/app/apptest"
	"cairn/core/fault"
)

// FuzzRequest sends anything at all to every use case: what comes back is an
// answer or a fault with words for people, and never one of our own making.
func FuzzRequest(f *testing.F) {
	n := apptest.Found(f, 1)
	project := apptest.Do(n, app.CreateProject, app.CreateProjectRequest{Name: "Churn"}).ID.String()
	made := apptest.Do(n, app.CreateDoc, app.CreateDocRequest{Kind: "requirement", Project: project}).ID.String()
	endpoints := app.Endpoints()
	for i := range endpoints {
		for _, body := range []string{
			``, `{}`, `null`, `[]`, `{"a":1}`, `{"id":`, "\x00", `{"id":"` + made + `"}`, `{"id":"` + project[:6] + `"}`,
			`{"name":"Fraud","summary":"x"}`, `{"project":"Churn"}`, `{"kind":"requirement","limit":-1,"after":"x","text":"a"}`,
			`{"kind":"requirement","project":"Churn","fields":{"title":"a","threshold":"1e400","owner":"` + project + `"}}`,
			`{"id":"` + made + `","field":"threshold","value":"0.9"}`, `{"id":"` + made + `","field":"threshold","choice":"99999999999999999999"}`,
			`{"file":"relative"}`, `{"file":"relative","passphrase":"x"}`,
		} {
			f.Add(uint8(i), []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		e := endpoints[int(which)%len(endpoints)]
		var writes app.BackupRequest
		if _ = json.Unmarshal(body, &writes); filepath.IsAbs(writes.File) {
			return // would write there
		}
		answer, err := e.Serve(context.Background(), n.App, bytes.NewReader(body))
		if err != nil {
			if p := node.ProblemOf(err); fault.KindOf(err) == fault.Internal || p.Message == "" {
				t.Fatalf("%s %q: %v", e.Path(), body, err)
			}
			return
		}
		if _, err := json.Marshal(answer); err != nil {
			t.Fatalf("%s %q: the answer is no JSON: %v", e.Path(), body, err)
		}
	})
}
