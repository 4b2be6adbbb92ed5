package lifecycle_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/lifecycle"
	"cairn/core/member"
	"cairn/core/noun"
)

// pageKinds are the kinds that pages hold, and comments about them.
var pageKinds = []*noun.Kind{
	noun.Charters.Kind, noun.ValueModels.Kind, noun.Requirements.Kind, noun.KeyMetrics.Kind, noun.DataSources.Kind,
	noun.Expectations.Kind, noun.Responsibilities.Kind, noun.Comments.Kind,
}

// drawWorld returns a project of a few documents, in each of which some fields
// hold something that a form would take.
func drawWorld(t *rapid.T, tb testing.TB) *world {
	w := newWorld(tb)
	for i := range rapid.IntRange(1, 3).Draw(t, "people") {
		rights := []member.Role{member.Viewer, member.Contributor, member.Approver, member.Admin}
		w.person(fmt.Sprint("P", i), rapid.SampledFrom(rights).Draw(t, "right"), rapid.SampledFrom(lifecycle.RoleNames).Draw(t, "role"))
	}
	for range rapid.IntRange(0, 12).Draw(t, "documents") {
		kind := rapid.SampledFrom(pageKinds).Draw(t, "kind")
		d := w.doc(kind, nil)
		for _, f := range kind.Fields[1:] {
			if rapid.Bool().Draw(t, "fill "+f.Name) {
				w.fill(t, d, kind, f)
			}
		}
		if kind == noun.ValueModels.Kind && rapid.Bool().Draw(t, "computes") {
			w.worth[d.ID()] = lifecycle.Weigh(churn())
		}
	}
	return w
}

// fill makes a field hold something that a form would take.
func (w *world) fill(t *rapid.T, d *doc.Doc, kind *noun.Kind, f noun.Field) {
	w.t.Helper()
	v := w.draw(t, f)
	if f.Family == doc.FamilySet || f.Family == doc.FamilyList {
		v = doc.List(v)
	}
	by := w.people[0].ID
	if err := w.assign(by, d, kind, f, v); err != nil {
		t.Fatalf("fill %s with %s: %v", f.Name, v, err)
	}
}

func (w *world) draw(t *rapid.T, f noun.Field) doc.Value {
	switch {
	case len(f.OneOf) > 0:
		return doc.String(rapid.SampledFrom(f.OneOf).Draw(t, f.Name))
	case f.Type == noun.TypeRef:
		names := []id.Doc{project, w.people[0].ID}
		for _, d := range w.docs {
			names = append(names, d.ID())
		}
		return doc.Ref(rapid.SampledFrom(names).Draw(t, f.Name))
	case f.Type == noun.TypeNumber:
		return doc.Float(rapid.SampledFrom([]float64{0.8, 80, -1}).Draw(t, f.Name))
	case f.Type == noun.TypeBool:
		return doc.Bool(rapid.Bool().Draw(t, f.Name))
	case f.Type == noun.TypeRecord:
		return doc.Record(map[string]doc.Value{"name": doc.String("found")})
	default:
		return doc.String(rapid.SampledFrom([]string{"recall", "Recall", "latency", "found", "%"}).Draw(t, f.Name))
	}
}

// contradicts are the codes of what filling something in may bring about: it
// contradicts what somebody else wrote.
var contradicts = []lifecycle.Code{lifecycle.InConflict, lifecycle.RolesSeveral}

// TestFillingInNeverTakesReadinessAway fills one empty field of any document:
// a page that was ready, or not needed, still is.
func TestFillingInNeverTakesReadinessAway(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := drawWorld(r, t)
		if len(w.docs) == 0 {
			return
		}
		d := rapid.SampledFrom(w.docs).Draw(r, "document")
		var kind *noun.Kind
		for _, k := range pageKinds {
			if k.Number == d.Noun() {
				kind = k
			}
		}
		var open []noun.Field
		for _, f := range kind.Fields[1:] {
			if v := d.Plain(f.Key()); v.IsNull() || v.String() == "" || v.String() == "[]" {
				open = append(open, f)
			}
		}
		if len(open) == 0 {
			return
		}
		before := lifecycle.Assess(w.input())
		f := rapid.SampledFrom(open).Draw(r, "field")
		w.fill(r, d, kind, f)
		after := lifecycle.Assess(w.input())
		for i, page := range after.Pages {
			was := before.Pages[i]
			if was.State != lifecycle.NotNeeded && !was.Done() || page.State == lifecycle.NotNeeded || page.Done() {
				continue
			}
			if !slices.ContainsFunc(musts(page), func(c lifecycle.Code) bool { return slices.Contains(contradicts, c) }) {
				r.Fatalf("%s was %s; with %s.%s filled in it is %s and lacks %v", page.Page, was.State, kind.Name, f.Name, page.State, musts(page))
			}
		}
	})
}

// TestTheOrderOfDocumentsDoesNotMatter shuffles all that is given.
func TestTheOrderOfDocumentsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := drawWorld(r, t)
		for _, p := range w.people {
			scope := rapid.SampledFrom(append(slices.Clone(lifecycle.Pages), lifecycle.Design)).Draw(r, "scope")
			w.sign(p.ID, scope, rapid.SampledFrom([]string{"approved", "rejected", ""}).Draw(r, "verdict"))
		}
		in, who := w.input(), w.people[0].ID
		readiness, plan := lifecycle.Assess(in), lifecycle.Guide(in, who, nil)
		shuffle := rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1))
		in.Documents, in.Persons, in.SignOffs = slices.Clone(in.Documents), slices.Clone(in.Persons), slices.Clone(in.SignOffs)
		shuffle.Shuffle(len(in.Documents), func(i, k int) { in.Documents[i], in.Documents[k] = in.Documents[k], in.Documents[i] })
		shuffle.Shuffle(len(in.Persons), func(i, k int) { in.Persons[i], in.Persons[k] = in.Persons[k], in.Persons[i] })
		shuffle.Shuffle(len(in.SignOffs), func(i, k int) { in.SignOffs[i], in.SignOffs[k] = in.SignOffs[k], in.SignOffs[i] })
		values := cmp.Comparer(func(a, b doc.Value) bool { return a == b })
		if diff := cmp.Diff(readiness, lifecycle.Assess(in), values); diff != "" {
			r.Fatalf("readiness in another order (-one +other):\n%s", diff)
		}
		if diff := cmp.Diff(plan, lifecycle.Guide(in, who, nil), values); diff != "" {
			r.Fatalf("the guide in another order (-one +other):\n%s", diff)
		}
		for _, s := range slices.Concat(plan.Steps, plan.Waits) {
			if text := s.Say.String() + s.Why.String(); strings.Contains(text, "%!") || s.Why.IsZero() {
				r.Fatalf("step %s says %q", s.Code, text)
			}
		}
	})
}

// TestGarbageIsSurvived puts values of any type into any field, as a faulty or
// a later version might.
func TestGarbageIsSurvived(t *testing.T) {
	values := []doc.Value{
		doc.Null, doc.Bool(true), doc.Int(-1), doc.Float(1e300), doc.String(""), doc.String(strings.Repeat("ㅎ", 500)), doc.Bytes([]byte{0, 255}),
		doc.Ref(id.Doc{}), doc.Ref(id.Doc{3, 0, 1}), doc.List(doc.Int(1)), doc.Record(map[string]doc.Value{"doc": doc.Int(1)}),
	}
	rapid.Check(t, func(r *rapid.T) {
		w := drawWorld(r, t)
		for range rapid.IntRange(0, 20).Draw(r, "changes") {
			if len(w.docs) == 0 {
				break
			}
			d := rapid.SampledFrom(w.docs).Draw(r, "document")
			field, v := uint16(rapid.IntRange(1, 13).Draw(r, "field")), rapid.SampledFrom(values).Draw(r, "value")
			change := rapid.SampledFrom([]doc.Change{d.SetRegister(field, v), d.Put(field, v), d.Add(field, v)}).Draw(r, "change")
			change.Noun = d.Noun()
			w.at++
			log := id.Log{Device: id.ShortDevice(rapid.IntRange(1, 3).Draw(r, "device"))}
			if err := d.Apply(change.At(doc.Version{At: w.at, By: id.Op{Log: log, Seq: uint64(w.at)}})); err != nil {
				r.Fatal(err)
			}
		}
		w.sign(w.people[0].ID, lifecycle.Design, "approved")
		in := w.input()
		in.Author = nil
		lifecycle.Guide(in, id.Person{}, []string{"", "ㅎ"})
		if got := lifecycle.Assess(in).Judged[0].Standing; got == lifecycle.Outdated {
			r.Fatal("what was signed just now has changed")
		}
	})
}
