package node_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/api/node"
	"cairn/app/apptest"
	"cairn/app/network"
	"cairn/core/id"
	"cairn/core/member"
)

// document returns the OpenAPI document as a reader gets it.
func document(t *testing.T) map[string]any {
	t.Helper()
	b, err := json.MarshalIndent(node.OpenAPI(app.Endpoints(), "1.2.3"), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, append(b, '\n'))
	var v map[string]any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// golden holds b against the document that clients were built from.
func golden(t *testing.T, b []byte) {
	t.Helper()
	name := filepath.Join("testdata", "openapi.json")
	if *update {
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(b) != string(want) {
		t.Errorf("the document is not %s: if the change is meant, run the test with -update and say it in the changelog", name)
	}
}

func at(t *testing.T, v any, path ...string) any {
	t.Helper()
	for _, name := range path {
		object, ok := v.(map[string]any)
		if !ok {
			t.Fatalf("%v: %v is no object", path, v)
		}
		if v, ok = object[name]; !ok {
			t.Fatalf("%v: there is no %q", path, name)
		}
	}
	return v
}

// TestOpenAPINamesEveryUseCase checks that what can be called is described, and
// once each.
func TestOpenAPINamesEveryUseCase(t *testing.T) {
	doc := document(t)
	paths, _ := at(t, doc, "paths").(map[string]any)
	operations := map[any]bool{}
	for path, item := range paths {
		for method, operation := range item.(map[string]any) {
			name := at(t, operation, "operationId")
			if operations[name] {
				t.Errorf("%s %s: the operation %v is there twice", method, path, name)
			}
			operations[name] = true
			if summary := fmt.Sprint(at(t, operation, "summary")); !strings.HasSuffix(summary, ".") || strings.Contains(summary, "\n") {
				t.Errorf("%s %s: the summary %q is no sentence", method, path, summary)
			}
		}
	}
	for _, e := range app.Endpoints() {
		at(t, paths, node.Prefix+e.Path(), "post", "requestBody", "content", "application/json", "schema")
		at(t, paths, node.Prefix+e.Path(), "post", "responses", "200", "content", "application/json", "schema")
		at(t, paths, node.Prefix+e.Path(), "post", "responses", "default", "content", "application/json", "schema")
		delete(paths, node.Prefix+e.Path())
	}
	left := slices.Sorted(maps.Keys(paths))
	if want := []string{node.Prefix + "openapi.json", "/health", "/metrics", "/version"}; !slices.Equal(left, want) {
		t.Errorf("beside the use cases there are %v, want %v", left, want)
	}
}

func TestOpenAPIReferencesResolve(t *testing.T) {
	doc := document(t)
	used := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if ref, ok := v["$ref"].(string); ok {
				name, local := strings.CutPrefix(ref, "#/components/schemas/")
				if !local {
					t.Errorf("the reference %s leads out of the document", ref)
				}
				at(t, doc, "components", "schemas", name)
				used[name] = true
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(doc)
	for name := range at(t, doc, "components", "schemas").(map[string]any) {
		if !used[name] {
			t.Errorf("nothing refers to the schema %s", name)
		}
	}
}

// TestSchemasNameEveryField looks for a field that JSON would show and the
// document would not.
func TestSchemasNameEveryField(t *testing.T) {
	doc := document(t)
	for _, e := range app.Endpoints() {
		request, response := e.Types()
		operation := at(t, doc, "paths", node.Prefix+e.Path(), "post")
		schemas := map[reflect.Type]any{
			request:  at(t, operation, "requestBody", "content", "application/json", "schema"),
			response: at(t, operation, "responses", "200", "content", "application/json", "schema"),
		}
		for typ, schema := range schemas {
			for typ.Kind() == reflect.Slice {
				typ, schema = typ.Elem(), at(t, schema, "items")
			}
			name := strings.TrimPrefix(fmt.Sprint(at(t, schema, "$ref")), "#/components/schemas/")
			schema = at(t, doc, "components", "schemas", name)
			for _, f := range reflect.VisibleFields(typ) {
				name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				if f.Anonymous && name == "" {
					continue // its fields stand in its place
				}
				if name == "" {
					t.Errorf("%s.%s has no name in JSON", typ, f.Name)
				} else if name != "-" {
					at(t, schema, "properties", name)
				}
			}
		}
	}
}

// TestAnswersAreAsDescribed calls every use case and holds what comes back
// against its schema.
func TestAnswersAreAsDescribed(t *testing.T) {
	s := serve(t)
	project := apptest.Do(s.Node, app.CreateProject, app.CreateProjectRequest{Name: "Churn", Summary: "Keep them."}).ID.String()
	made := apptest.Do(s.Node, app.CreateDoc, app.CreateDocRequest{
		Kind: "requirement", Project: project, Fields: map[string]string{
			"title": "Recall", "metric": "recall", "comparison": ">=", "threshold": "0.8", "notes": "Once.",
		},
	}).ID.String()
	for name, column := range map[string]string{"Recall": "data scientist", "Loss": ""} {
		apptest.Do(s.Node, app.CreateDoc, app.CreateDocRequest{
			Kind: "key_metric", Project: project, Fields: map[string]string{"name": name, "column": column},
		})
	}
	ofMade := `{"id":"` + made + `"}`
	said := apptest.Do(s.Node, app.AddComment, app.AddCommentRequest{About: made, Body: "@Ada, enough?"}).ID.String()
	others := map[string]string{} // name → device
	for i, name := range []string{"Ben", "Cho"} {
		key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{byte(i)}, ed25519.SeedSize)).Public().(ed25519.PublicKey)
		if _, err := s.AdmitPerson(t.Context(), name, member.Contributor, key); err != nil {
			t.Fatal(err)
		}
		others[name] = id.DeviceOf(key).String()
	}
	invited := apptest.Do(s.Node, app.MakeInvite, app.MakeInviteRequest{})
	invite, link := invited.ID, invited.Link
	if err := s.Sync(network.Options{Listen: "127.0.0.1:0", Quiet: true}); err != nil {
		t.Fatal(err)
	}
	requests := map[string]string{
		"member/role": `{"member":"Ben","right":"viewer"}`, "member/remove": `{"member":"Ben"}`,
		"device/list": `{}`, "device/rename": `{"device":"` + others["Cho"] + `","name":"Laptop"}`, "device/remove": `{"device":"` + others["Cho"] + `"}`,
		"invite/make": `{"right":"viewer","hours":24}`, "invite/list": `{}`, "invite/withdraw": `{"id":"` + invite + `"}`,
		"presence/list": `{}`, "presence/say": `{"document":"` + made + `","field":"title","position":3}`,
		"invite/read": `{"link":"` + link + `"}`,
		"peer/list":   `{}`, "peer/add": `{"address":"127.0.0.1:9"}`, "peer/remove": `{"address":"127.0.0.1:9"}`, "sync/now": `{}`,
		"status": ``, "member/list": `{}`, "verify": `{"deep":true}`, "backup": `{"file":"` + filepath.Join(t.TempDir(), "b") + `"}`,
		"project/create": `{"name":"Fraud"}`, "project/list": `{}`, "project/show": `{"project":"churn"}`,
		"project/readiness": `{"project":"Churn"}`, "project/guide": `{"project":"Churn"}`,
		"signoff/give": `{"project":"Churn","scope":"value","verdict":"rejected"}`, "signoff/list": `{"project":"Churn"}`,
		"doc/kinds": `{}`, "doc/list": `{"kind":"requirement"}`, "doc/show": ofMade,
		"doc/create":     `{"kind":"requirement","project":"Churn","fields":{"title":"Precision"}}`,
		"doc/change":     `{"id":"` + made + `","fields":{"threshold":"0.85","unit":"%"}}`,
		"doc/set":        `{"id":"` + made + `","field":"threshold","value":"0.9"}`,
		"value/save":     `{"project":"Churn","model":{"name":"Churn","unit":"USD","formula":"a","variables":[{"name":"a","unit":"USD","value":8}]}}`,
		"value/show":     `{"project":"Churn"}`,
		"value/estimate": `{"project":"Churn","samples":100}`,
		"gate/list":      `{"project":"Churn"}`,
		"gate/evaluate":  `{"project":"Churn","measured":{"recall":0.85,"f1":null}}`,
		"metric/board":   `{"project":"Churn"}`,
		"template/list":  `{}`, "template/show": `{"template":"churn"}`, "template/export": `{"template":"retrospective"}`,
		"template/save":    `{"design":{"name":"Brief","sections":[{"title":"Why","fields":[{"label":"Because","kind":"prose"}]}]}}`,
		"template/publish": `{"template":"Brief","note":"The first."}`,
		"template/import":  `{"yaml":"name: Plan\nsections: [{title: What, fields: [{label: When, kind: date}]}]"}`,
		"worksheet/begin":  `{"project":"Churn","template":"Plan"}`, "worksheet/list": `{"project":"Churn"}`,
		"worksheet/show":   `{"project":"Churn","worksheet":"Plan"}`,
		"worksheet/answer": `{"project":"Churn","worksheet":"Plan","field":"when","text":"soon"}`,
		"worksheet/move":   `{"project":"Churn","worksheet":"Plan"}`,
		"comment/add":      `{"about":"` + made + `","field":"title","body":"Ask @Ada"}`,
		"comment/list":     `{"project":"churn"}`, "comment/inbox": `{}`,
		"activity/list": `{"project":"churn","limit":3}`, "activity/document": ofMade,
		"comment/edit":    `{"id":"` + said + `","body":"Enough?"}`,
		"comment/resolve": `{"id":"` + said + `"}`, "comment/reopen": `{"id":"` + said + `"}`,
		"report/make": `{"project":"Churn","format":"pdf","for":"stakeholder","language":"ko"}`,
		"thread/show": `{"project":"Churn"}`,
		"doc/trash":   ofMade, "doc/restore": ofMade, "doc/history": ofMade, "doc/conflicts": `{}`,
	}
	doc := document(t)
	for _, e := range app.Endpoints() {
		if e.Path() == "doc/resolve" || e.Path() == "signoff/revoke" {
			continue // takes what none has, and answers with what doc/show and signoff/give answer with
		}
		request, ok := requests[e.Path()]
		if !ok {
			t.Errorf("no request for %s: add one", e.Path())
			continue
		}
		got := s.ask(t, http.MethodPost, node.Prefix+e.Path(), request, nil)
		var v any
		if err := json.Unmarshal(got.body, &v); err != nil || got.status != 200 {
			t.Errorf("%s: status %d with %s: %v", e.Path(), got.status, got.body, err)
			continue
		}
		schema := at(t, doc, "paths", node.Prefix+e.Path(), "post", "responses", "200", "content", "application/json", "schema")
		for _, complaint := range misfits(doc, schema, v, e.Path()) {
			t.Error(complaint)
		}
	}
}

// misfits says where v is not what schema describes, for the part of JSON
// Schema that the document uses.
func misfits(doc map[string]any, schema, v any, where string) []string {
	s, _ := schema.(map[string]any)
	if ref, ok := s["$ref"].(string); ok {
		named := doc["components"].(map[string]any)["schemas"].(map[string]any)
		return misfits(doc, named[strings.TrimPrefix(ref, "#/components/schemas/")], v, where)
	}
	kinds := map[any]reflect.Kind{
		"object": reflect.Map, "array": reflect.Slice, "string": reflect.String, "boolean": reflect.Bool,
		"number": reflect.Float64, "integer": reflect.Float64,
	}
	kind := s["type"]
	if either, ok := kind.([]any); ok { // a type, or null
		if kind = either[0]; v == nil {
			return nil
		}
	}
	if want, ok := kinds[kind]; ok && reflect.ValueOf(v).Kind() != want {
		return []string{fmt.Sprintf("%s is %v, no %v", where, v, kind)}
	}
	var all []string
	if list, ok := v.([]any); ok && s["items"] != nil {
		for i, item := range list {
			all = append(all, misfits(doc, s["items"], item, fmt.Sprintf("%s[%d]", where, i))...)
		}
	}
	object, ok := v.(map[string]any)
	if !ok || s["type"] != "object" {
		return all
	}
	required, _ := s["required"].([]any)
	for _, name := range required {
		if _, ok := object[name.(string)]; !ok {
			all = append(all, fmt.Sprintf("%s has no %s", where, name))
		}
	}
	properties, _ := s["properties"].(map[string]any)
	for name, inner := range object {
		switch property := properties[name]; {
		case property != nil:
			all = append(all, misfits(doc, property, inner, where+"."+name)...)
		case s["additionalProperties"] != nil:
			all = append(all, misfits(doc, s["additionalProperties"], inner, where+"."+name)...)
		default:
			all = append(all, fmt.Sprintf("%s.%s is not described", where, name))
		}
	}
	return all
}
