package lifecycle_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/lifecycle"
	"cairn/core/member"
	"cairn/core/noun"
	"cairn/core/oplog"
)

// TestDigestIsKept holds the digest of a document to what sign-offs that are
// stored already were given for.
func TestDigestIsKept(t *testing.T) {
	w := newWorld(t)
	d := w.doc(noun.Requirements.Kind, map[string]string{"title": "Find churners", "threshold": "80", "unit": "%", "notes": "이탈 고객"})
	const want = "1:149fa9bde905f3343e1c308773cdf60b82c05eca96879d21eaf94fb695690a8d"
	if got := lifecycle.Digest(d); got != want {
		t.Errorf("Digest = %q, want %q", got, want)
	}
}

// TestDigestIsOfTheContentAlone goes there and back, by any hand.
func TestDigestIsOfTheContentAlone(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := newWorld(t)
		ada := w.person("Ada", member.Admin)
		kind := rapid.SampledFrom(pageKinds[:7]).Draw(r, "kind")
		d := w.doc(kind, nil)
		for _, f := range kind.Fields[1:] {
			if rapid.Bool().Draw(r, "fill "+f.Name) {
				w.fill(r, d, kind, f)
			}
		}
		then := d.Clone()
		digest := lifecycle.Digest(d)
		for range rapid.IntRange(1, 5).Draw(r, "edits") {
			w.fill(r, d, kind, rapid.SampledFrom(kind.Fields[1:]).Draw(r, "field"))
		}
		differs := slices.ContainsFunc(kind.Fields[1:], func(f noun.Field) bool { return f.Name != "access" && then.Plain(f.Key()) != d.Plain(f.Key()) })
		if changed := lifecycle.Digest(d) != digest; changed != differs {
			r.Fatalf("the digest has changed: %v; the content has: %v", changed, differs)
		}
		for _, f := range kind.Fields[1:] {
			if err := w.assign(ada, d, kind, f, then.Plain(f.Key())); err != nil {
				r.Fatal(err)
			}
		}
		if got := lifecycle.Digest(d); got != digest {
			r.Fatal("with the old content back the digest is another")
		}
	})
}

func TestNumbersAreEqualHoweverStored(t *testing.T) {
	threshold, _ := noun.Requirements.Field("threshold")
	digest := func(values ...doc.Value) string {
		d := doc.New(id.Doc{1})
		for i, v := range values {
			change := doc.New(id.Doc{1}).Put(threshold.Number, v) // over nothing: beside the others
			change.Noun = noun.Requirements.Number
			if err := d.Apply(change.At(doc.Version{At: clock.Stamp(i + 1), By: id.Op{Log: id.Log{Device: id.ShortDevice(i + 1)}}})); err != nil {
				t.Fatal(err)
			}
		}
		return lifecycle.Digest(d)
	}
	if digest(doc.Int(80)) != digest(doc.Float(80)) {
		t.Error("80 is not 80.0")
	}
	if digest(doc.Int(80), doc.Int(90)) == digest(doc.Int(80)) {
		t.Error("a conflict is as one of its values")
	}
	if digest(doc.Int(80), doc.Int(90)) != digest(doc.Int(90), doc.Float(80)) {
		t.Error("the order of a conflict's values counts")
	}
	if digest(doc.Null) != lifecycle.Digest(doc.New(id.Doc{1})) {
		t.Error("an emptied field is not an empty one")
	}
}

// TestSinceFindsWhatWasSigned has a teammate's earlier words arrive after the
// sign-off: they are a change, though their stamp is before it.
func TestSinceFindsWhatWasSigned(t *testing.T) {
	name, kind := id.Doc{1}, noun.Charters.Kind
	viability, _ := kind.Field("viability")
	d := doc.New(name)
	var ops []oplog.Op
	put := func(device id.ShortDevice, at clock.Stamp, on *doc.Doc, text string) oplog.Op {
		change := on.Put(viability.Number, doc.String(text))
		change.Noun = kind.Number
		op := change.At(doc.Version{At: at, By: id.Op{Log: id.Log{Device: device}, Seq: uint64(at)}})
		ops = append(ops, op)
		return op
	}
	_ = d.Apply(put(1, 10, d, "undecided"))
	apart := d.Clone()
	_ = d.Apply(put(1, 20, d, "viable"))
	s := lifecycle.SignOff{At: 30}
	s.View.Content = []doc.Value{doc.Record(map[string]doc.Value{"doc": doc.Ref(name), "digest": doc.String(lifecycle.Digest(d))})}
	if got := lifecycle.Since(s, d, ops); len(got) > 0 {
		t.Fatalf("nothing has changed, and it says %+v", got)
	}

	_ = d.Apply(put(2, 25, apart, "not viable"))
	slices.SortFunc(ops, oplog.Op.Compare)
	got := lifecycle.Since(s, d, ops)
	if len(got) != 1 || got[0].Field != viability.Key() || got[0].Old != doc.String("viable") || got[0].New != doc.String("not viable") || got[0].Last.By.Log.Device != 2 {
		t.Errorf("since the sign-off: %+v, want viability from viable to not viable", got)
	}
}
