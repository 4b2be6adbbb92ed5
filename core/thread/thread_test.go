package thread_test

import (
	"testing"

	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/id"
	"cairn/core/noun"
	"cairn/core/oplog"
	"cairn/core/thread"
)

// desk is one person's copy of a document of a kind.
type desk struct {
	t    testing.TB
	kind *noun.Kind
	doc  *doc.Doc
	log  id.Log
	next uint64
	at   clock.Stamp
}

// write returns person 1's copy of a new document, its fields as people type them.
func write(t testing.TB, kind *noun.Kind, name byte, fields map[string]string) *desk {
	t.Helper()
	k := &desk{t: t, kind: kind, doc: doc.New(id.Doc{name}), log: id.Log{Device: 1}}
	for field, text := range fields {
		k.set(field, text)
	}
	return k
}

// requirement is a requirement with a title and what makes it a gate.
func requirement(t testing.TB, name byte, metric, comparison, threshold, unit string) *desk {
	t.Helper()
	return write(t, noun.Requirements.Kind, name, map[string]string{
		"title": "Agreed", "metric": metric, "comparison": comparison, "threshold": threshold, "unit": unit,
	})
}

func (k *desk) apply(c doc.Change) error {
	c.Noun = k.kind.Number
	k.at++
	op := c.At(doc.Version{At: k.at, By: id.Op{Log: k.log, Seq: k.next}})
	k.next++
	return k.doc.Apply(op)
}

func (k *desk) set(field, text string) {
	k.t.Helper()
	f, err := k.kind.FieldOf(field)
	if err != nil {
		k.t.Fatal(err)
	}
	v, err := f.Parse(text)
	if err == nil {
		err = noun.Pen{Doc: k.doc, Log: k.log, Jitter: func() uint32 { return 1 }, Apply: k.apply}.Assign(f, v)
	}
	if err != nil {
		k.t.Fatalf("set %s to %q: %v", field, text, err)
	}
}

// put writes a value that no form would take, as a later version might.
func (k *desk) put(field string, v doc.Value) *desk {
	k.t.Helper()
	f, err := k.kind.FieldOf(field)
	if err == nil {
		err = k.apply(k.doc.Put(f.Number, v))
	}
	if err != nil {
		k.t.Fatal(err)
	}
	return k
}

// freeze adds an operation that this version must not skip.
func (k *desk) freeze() *desk {
	_ = k.apply(doc.Change{Doc: k.doc.ID(), Kind: oplog.Critical}) // it says that it is frozen now
	return k
}

// copied returns the copy of teammate number n.
func (k *desk) copied(n int) *desk {
	return &desk{t: k.t, kind: k.kind, doc: k.doc.Clone(), log: id.Log{Device: id.ShortDevice(n)}, at: k.at}
}

// apart has each teammate make a change without knowing of the others', and
// then everybody meet.
func (k *desk) apart(changes ...func(*desk)) *desk {
	k.t.Helper()
	var others []*desk
	for i := range changes {
		others = append(others, k.copied(i+2))
	}
	for i, change := range changes {
		change(others[i])
	}
	for _, other := range others {
		k.doc.Merge(other.doc)
	}
	return k
}

// setting returns the change that sets a field.
func setting(field, text string) func(*desk) {
	return func(k *desk) { k.t.Helper(); k.set(field, text) }
}

// gate returns the gate that a requirement is.
func (k *desk) gate() thread.Gate {
	k.t.Helper()
	g, missing := thread.From(k.doc)
	if missing != nil {
		k.t.Fatalf("the requirement lacks %v, want a gate", missing)
	}
	return g
}

// evaluate holds one measured value to one gate.
func evaluate(g thread.Gate, metric string, value float64) thread.Result {
	return thread.Evaluate([]thread.Gate{g}, map[string]float64{metric: value}).Results[0]
}
