package oplog_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/core/id"
	"cairn/core/oplog"
)

func vectors() *rapid.Generator[oplog.Vector] {
	return rapid.Custom(func(t *rapid.T) oplog.Vector {
		v := oplog.Vector{}
		for _, log := range rapid.SliceOfN(logs(), 0, 6).Draw(t, "logs") {
			v[log] = oplog.Head{Next: rapid.Uint64Range(1, 4).Draw(t, "next"), Hash: hashes().Draw(t, "head")}
		}
		return v
	})
}

func merged(vs ...oplog.Vector) oplog.Vector {
	out := oplog.Vector{}
	for _, v := range vs {
		out.Merge(v)
	}
	return out
}

func TestVectorMergeIsALeastUpperBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := vectors().Draw(t, "a"), vectors().Draw(t, "b"), vectors().Draw(t, "c")
		if diff := cmp.Diff(merged(a, b, c), merged(c, b, a, b)); diff != "" {
			t.Fatalf("merge depends on order or repetition:\n%s", diff)
		}
		if diff := cmp.Diff(merged(merged(a, b), c), merged(a, merged(b, c))); diff != "" {
			t.Fatalf("merge is not associative:\n%s", diff)
		}
		m := merged(a, b)
		if !m.Covers(a) || !m.Covers(b) {
			t.Fatalf("%v does not cover %v and %v", m, a, b)
		}
		if up := merged(a, b, c); c.Covers(a) && c.Covers(b) && !c.Covers(m) {
			t.Fatalf("%v covers %v and %v but not %v (all: %v)", c, a, b, m, up)
		}
	})
}

func TestVectorMissingIsTheDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := vectors().Draw(t, "a"), vectors().Draw(t, "b")
		missing := a.Missing(b)
		if got, want := len(missing) == 0, a.Covers(b); got != want {
			t.Fatalf("%v lacks %v of %v, but Covers = %v", a, missing, b, want)
		}
		if !slices.IsSortedFunc(missing, func(x, y oplog.Range) int { return x.Log.Compare(y.Log) }) {
			t.Fatalf("not sorted: %v", missing)
		}
		filled := a.Clone()
		for _, r := range missing {
			if r.From != filled[r.Log].Next || r.From >= r.To {
				t.Fatalf("%v does not continue %v", r, filled[r.Log])
			}
			filled[r.Log] = b[r.Log]
		}
		if !filled.Covers(b) || !filled.Covers(a) {
			t.Fatalf("%v with %v does not cover %v", a, missing, b)
		}
	})
}

func TestVectorFormRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, o := vectors().Draw(t, "v"), vectors().Draw(t, "o")
		form := v.Append([]byte("front"))
		got, err := oplog.DecodeVector(form[len("front"):])
		if err != nil {
			t.Fatalf("DecodeVector: %v", err)
		}
		if diff := cmp.Diff(v, got); diff != "" {
			t.Fatalf("decoded differs (-want +got):\n%s", diff)
		}
		if got, want := v.Digest() == o.Digest(), cmp.Equal(v, o); got != want {
			t.Fatalf("digests equal: %v, vectors equal: %v: %v and %v", got, want, v, o)
		}
	})
}

func TestVectorForked(t *testing.T) {
	a, b, c := id.Log{Device: 1}, id.Log{Device: 2}, id.Log{Device: 3}
	v := oplog.Vector{a: {5, oplog.Hash{1}}, b: {5, oplog.Hash{1}}, c: {5, oplog.Hash{1}}}
	o := oplog.Vector{a: {5, oplog.Hash{2}}, b: {6, oplog.Hash{2}}, c: {5, oplog.Hash{1}}}
	if got, want := v.Forked(o), []id.Log{a}; !slices.Equal(got, want) {
		t.Errorf("Forked = %v, want %v", got, want)
	}
	if got := v.Forked(nil); len(got) != 0 {
		t.Errorf("Forked(nil) = %v, want none", got)
	}
}

func TestVectorUnmet(t *testing.T) {
	a, b := id.Log{Device: 1}, id.Log{Device: 2}
	v := oplog.Vector{a: {Next: 5}}
	if d, unmet := v.Unmet([]oplog.Dep{{a, 5}, {b, 0}}); unmet {
		t.Errorf("%v is unmet by %v", d, v)
	}
	if d, unmet := v.Unmet([]oplog.Dep{{a, 5}, {b, 1}}); !unmet || d.Log != b {
		t.Errorf("Unmet = %v, %v, want log %v", d, unmet, b)
	}
}

func TestVectorAllIsSortedAndStops(t *testing.T) {
	v := oplog.Vector{{Device: 3}: {Next: 1}, {Device: 1}: {Next: 1}, {Device: 2}: {}, {Device: 1, Incarnation: 1}: {Next: 1}}
	var got []id.Log
	for log := range v.All() {
		if got = append(got, log); len(got) == 2 {
			break
		}
	}
	if want := []id.Log{{Device: 1}, {Device: 1, Incarnation: 1}}; !slices.Equal(got, want) {
		t.Errorf("the first two of %v = %v, want %v", v, got, want)
	}
}

func TestVectorNothingIsNothing(t *testing.T) {
	var none oplog.Vector
	zero := oplog.Vector{{Device: 1}: {}}
	if !bytes.Equal(none.Append(nil), zero.Append(nil)) || none.Digest() != zero.Digest() {
		t.Errorf("a log with nothing in it changes the form: %x, want %x", zero.Append(nil), none.Append(nil))
	}
	if !none.Covers(zero) || len(none.Missing(zero)) != 0 {
		t.Errorf("nil lacks %v of %v", none.Missing(zero), zero)
	}
}

func TestDecodeVectorRefuses(t *testing.T) {
	form := func(entries ...oplog.Vector) []byte {
		b := []byte{byte(len(entries))}
		for _, v := range entries {
			b = append(b, v.Append(nil)[1:]...)
		}
		return b
	}
	one, two := oplog.Vector{{Device: 1}: {1, oplog.Hash{1}}}, oplog.Vector{{Device: 2}: {1, oplog.Hash{1}}}
	empty := one.Append(nil)
	empty[1+id.LogSize] = 0
	for name, b := range map[string][]byte{
		"nothing":        {},
		"count alone":    {200, 1},
		"huge count":     {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1},
		"too many":       {0x81, 0x40},
		"long count":     {0x80, 0},
		"cut short":      form(one)[:40],
		"trailing":       append(form(one), 0),
		"order":          form(two, one),
		"twice":          form(one, one),
		"empty log":      empty,
		"log named zero": form(oplog.Vector{{}: {1, oplog.Hash{1}}}),
	} {
		t.Run(name, func(t *testing.T) {
			if v, err := oplog.DecodeVector(b); !errors.Is(err, oplog.ErrMalformed) {
				t.Errorf("DecodeVector(%x) = %v, %v, want ErrMalformed", b, v, err)
			}
		})
	}
}
