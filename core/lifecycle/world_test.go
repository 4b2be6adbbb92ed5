package lifecycle_test

import (
	"fmt"
	"testing"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/lifecycle"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/oplog"
	"cairn/core/value"
)

// project is the one that every test is about.
var project = id.Doc{1, 0xff}

// world is a project in the making, and its team.
type world struct {
	t       testing.TB
	docs    []*doc.Doc
	removed []*doc.Doc
	people  []lifecycle.Person
	worth   map[id.Doc]lifecycle.Worth
	signed  []lifecycle.SignOff
	next    uint64
	at      clock.Stamp
	by      map[id.ShortDevice]id.Person
}

func newWorld(t testing.TB) *world {
	return &world{t: t, worth: map[id.Doc]lifecycle.Worth{}, by: map[id.ShortDevice]id.Person{}}
}

// person adds somebody who may do as much as right says.
func (w *world) person(name string, right member.Role, roles ...string) id.Person {
	p := id.Person{2, byte(len(w.people) + 1)}
	w.people = append(w.people, lifecycle.Person{ID: p, Name: name, Roles: roles, Right: right})
	w.by[deviceOf(p)] = p
	return p
}

func deviceOf(p id.Person) id.ShortDevice { return id.ShortDevice(p[1]) }

// doc adds a document, its fields as people type them, written by nobody known.
func (w *world) doc(kind *noun.Kind, fields map[string]string) *doc.Doc {
	w.t.Helper()
	return w.docBy(id.Person{}, kind, fields)
}

func (w *world) docBy(by id.Person, kind *noun.Kind, fields map[string]string) *doc.Doc {
	w.t.Helper()
	w.next++
	d := doc.New(id.Doc{3, byte(w.next >> 8), byte(w.next)})
	w.set(by, d, kind, "project", project.String())
	for _, f := range kind.Fields { // in their order, not in the map's
		if text, ok := fields[f.Name]; ok {
			w.set(by, d, kind, f.Name, text)
		}
	}
	w.docs = append(w.docs, d)
	return d
}

// set writes a field as a person types it.
func (w *world) set(by id.Person, d *doc.Doc, kind *noun.Kind, name, text string) {
	w.t.Helper()
	f, err := kind.FieldOf(name)
	if err != nil {
		w.t.Fatal(err)
	}
	v, err := f.Parse(text)
	if err == nil {
		err = w.assign(by, d, kind, f, v)
	}
	if err != nil {
		w.t.Fatalf("set %s to %q: %v", name, text, err)
	}
}

func (w *world) assign(by id.Person, d *doc.Doc, kind *noun.Kind, f noun.Field, v doc.Value) error {
	log := id.Log{Device: deviceOf(by) + 100}
	if !by.IsZero() {
		log.Device = deviceOf(by)
	}
	return noun.Pen{Doc: d, Log: log, Jitter: func() uint32 { return 1 }, Apply: func(c doc.Change) error {
		c.Noun = kind.Number
		w.at++
		return d.Apply(c.At(doc.Version{At: w.at, By: id.Op{Log: log, Seq: uint64(w.at)}}))
	}}.Assign(f, v)
}

// model adds a value model and works it out.
func (w *world) model(m value.Model) *doc.Doc {
	w.t.Helper()
	d := w.doc(noun.ValueModels.Kind, map[string]string{"name": m.Name, "formula": m.Formula, "unit": m.Unit})
	w.worth[d.ID()] = lifecycle.Weigh(m)
	return d
}

// input returns what is known of the project.
func (w *world) input() lifecycle.Input {
	return lifecycle.Input{
		Project: project, Documents: w.docs, Removed: w.removed, Persons: w.people, Worth: w.worth, SignOffs: w.signed,
		Author: func(log id.Log) id.Person { return w.by[log.Device] },
	}
}

// sign adds a sign-off of what scope says now.
func (w *world) sign(by id.Person, scope lifecycle.Page, verdict string) *lifecycle.SignOff {
	w.t.Helper()
	w.at++
	w.signed = append(w.signed, lifecycle.SignOff{
		ID: id.Doc{4, byte(len(w.signed) + 1)}, Author: by, At: w.at,
		View: noun.SignOff{Scope: string(scope), Person: by, Verdict: verdict, Content: lifecycle.Content(w.input(), scope)},
	})
	return &w.signed[len(w.signed)-1]
}

// trash takes a document out of the project.
func (w *world) trash(gone *doc.Doc) {
	for i, d := range w.docs {
		if d == gone {
			w.docs = append(w.docs[:i:i], w.docs[i+1:]...)
			w.removed = append(w.removed, d)
			return
		}
	}
}

// page returns how a page stands.
func (w *world) page(page lifecycle.Page) lifecycle.PageReadiness {
	w.t.Helper()
	r := lifecycle.Assess(w.input())
	for _, p := range append(r.Pages, r.Phase) {
		if p.Page == page {
			return p
		}
	}
	w.t.Fatalf("there is no page %s", page)
	return lifecycle.PageReadiness{}
}

// musts returns the codes of what a page must have and lacks.
func musts(r lifecycle.PageReadiness) []lifecycle.Code { return codes(r, true) }

// advice returns the codes of what it would be good for a page to have.
func advice(r lifecycle.PageReadiness) []lifecycle.Code { return codes(r, false) }

func codes(r lifecycle.PageReadiness, must bool) []lifecycle.Code {
	var out []lifecycle.Code
	for _, item := range r.Missing {
		if item.Must == must {
			out = append(out, item.Code)
		}
	}
	return out
}

// states returns the states of all pages and the phase.
func (w *world) states() string {
	r := lifecycle.Assess(w.input())
	out := ""
	for _, p := range append(r.Pages, r.Phase) {
		out += fmt.Sprintf("%s: %s\n", p.Page, p.State)
	}
	return out + fmt.Sprintf("%d of %d", r.Ready, r.Needed)
}

// says returns the sentences of steps.
func says(steps []lifecycle.Step) []string {
	var out []string
	for _, s := range steps {
		out = append(out, s.Say.String())
	}
	return out
}

// churn is a value model that lacks nothing.
func churn() value.Model {
	return value.Model{
		Name: "Churn", Unit: "USD/month", Formula: "found * price",
		Variables: []value.Variable{
			{Name: "found", Label: "Churners found", Unit: "customer/month", Quantity: value.Quantity{Value: new(float64(800)), Low: new(float64(500)), High: new(float64(900))}, Why: "last year"},
			{Name: "price", Label: "Price", Unit: "USD/customer", Quantity: value.Quantity{Value: new(float64(8))}, Why: "price list"},
		},
		Costs: []value.Cost{{Name: "running", Unit: "USD/month", Quantity: value.Quantity{Value: new(float64(900))}}},
	}
}

// complete fills in all that the pages must have, for whom owner answers.
func (w *world) complete(owner id.Person) {
	w.t.Helper()
	w.doc(noun.Charters.Kind, map[string]string{
		"problem": "Customers leave.", "decision": "Whom to offer a discount.", "needs_ml": "yes", "viability": "viable",
	})
	w.model(churn())
	w.doc(noun.Requirements.Kind, map[string]string{
		"title": "Find churners", "area": "accuracy", "metric": "recall", "comparison": ">=", "threshold": "80", "unit": "%", "owner": owner.String(),
	})
	for column, name := range map[string]string{"data scientist": "recall", "expert": "Recall", "business": "RECALL"} {
		w.doc(noun.KeyMetrics.Kind, map[string]string{"name": name, "column": column, "definition": "Churners found of all."})
	}
	source := w.doc(noun.DataSources.Kind, map[string]string{
		"name": "Billing", "owner": owner.String(), "personal_data": "yes", "access": "granted",
	})
	for _, dimension := range []string{"accuracy", "completeness", "consistency", "timeliness"} {
		w.doc(noun.Expectations.Kind, map[string]string{"source": source.ID().String(), "statement": "It is right.", "dimension": dimension})
	}
}

// raci adds responsibilities: one accountable, the others responsible.
func (w *world) raci(role string, person id.Person, part string) *doc.Doc {
	w.t.Helper()
	fields := map[string]string{"role": role, "design": part, "development": part, "deployment": part, "monitoring": part}
	if !person.IsZero() {
		fields["person"] = person.String()
	}
	return w.doc(noun.Responsibilities.Kind, fields)
}

// frozen is an operation that this version must not skip.
func frozen(name id.Doc, w *world) oplog.Op {
	w.at++
	return oplog.Op{
		ID: id.Op{Log: id.Log{Device: 77}, Seq: uint64(w.at)}, Stamp: w.at, Doc: name, Noun: noun.Charters.Number, Kind: oplog.Critical,
	}
}
