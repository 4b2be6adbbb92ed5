package text_test

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"cairn/core/id"
	"cairn/core/text"
)

// trace is a recorded session of editing.
type trace struct {
	patches []patch
	end     string // the text at the end
	runes   int    // the number of its runes
}

type patch struct {
	pos, deleted int
	inserted     string
}

// UnmarshalJSON reads the form [position, deleted, inserted].
func (p *patch) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[...]any{&p.pos, &p.deleted, &p.inserted})
}

// loadTrace reads one of the traces of github.com/josephg/editing-traces from
// the folder that CAIRN_TRACES names, or where the project keeps its data. It
// reports false when the folder is not there.
func loadTrace(tb testing.TB, name string) (trace, bool) {
	tb.Helper()
	dir := os.Getenv("CAIRN_TRACES")
	if dir == "" {
		dir = filepath.FromSlash("../../../shared/data/traces")
	}
	f, err := os.Open(filepath.Join(dir, name+".json.gz"))
	if errors.Is(err, fs.ErrNotExist) {
		return trace{}, false
	}
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	var session struct {
		EndContent string
		Txns       []struct{ Patches []patch }
	}
	if err := json.NewDecoder(z).Decode(&session); err != nil {
		tb.Fatalf("trace %s: %v", name, err)
	}
	t := trace{end: session.EndContent, runes: len([]rune(session.EndContent))}
	for _, txn := range session.Txns {
		t.patches = append(t.patches, txn.Patches...)
	}
	return t, true
}

// madeTrace returns a session of n edits that resembles automerge-paper: bursts
// of typing that end in backspaces, three edits in ten, and then, half of the
// time, go on elsewhere.
func madeTrace(n int) trace {
	rng := rand.New(rand.NewPCG(4, 2))
	var t trace
	var end []rune
	for pos := 0; len(t.patches) < n; {
		if rng.IntN(2) == 0 {
			pos = min(max(0, pos+int(rng.NormFloat64()*2000)), len(end))
		}
		for range min(1+int(rng.ExpFloat64()*13.5), n-len(t.patches)) {
			c := rune('a' + rng.IntN(26))
			end = slices.Insert(end, pos, c)
			t.patches = append(t.patches, patch{pos: pos, inserted: string(c)})
			pos++
		}
		for range min(int(rng.ExpFloat64()*6.5), pos, n-len(t.patches)) {
			pos--
			end = slices.Delete(end, pos, pos+1)
			t.patches = append(t.patches, patch{pos: pos, deleted: 1})
		}
	}
	t.end, t.runes = string(end), len(end)
	return t
}

// paperTrace returns the session known as B4, or a made one of its size.
func paperTrace(tb testing.TB) trace {
	tb.Helper()
	if t, ok := loadTrace(tb, "automerge-paper"); ok {
		return t
	}
	return madeTrace(259_778)
}

// typeInto has log make every edit of t and tells each operation to sent.
func (t trace) typeInto(tb testing.TB, to *text.Text, log id.Log, sent func(text.Insert, text.Delete)) {
	tb.Helper()
	for _, p := range t.patches {
		var del text.Delete
		var in text.Insert
		var err error
		if p.deleted > 0 {
			if del, err = to.DeleteAt(p.pos, p.deleted); err == nil {
				err = to.ApplyDelete(del)
			}
		}
		if p.inserted != "" && err == nil {
			if in, err = to.InsertAt(log, p.pos, p.inserted); err == nil {
				err = to.ApplyInsert(in)
			}
		}
		if err != nil {
			tb.Fatalf("edit %+v: %v", p, err)
		}
		sent(in, del)
	}
}

func silent(text.Insert, text.Delete) {}

func TestTracesEndAsRecorded(t *testing.T) {
	traces := map[string]trace{"made": madeTrace(30_000)}
	for _, name := range []string{"automerge-paper", "clownschool_flat", "friendsforever_flat"} {
		if tr, ok := loadTrace(t, name); ok {
			traces[name] = tr
		}
	}
	for name, tr := range traces {
		t.Run(name, func(t *testing.T) {
			var local, remote text.Text
			tr.typeInto(t, &local, logNumber(1), func(in text.Insert, del text.Delete) {
				if len(del.Spans) > 0 {
					if err := remote.ApplyDelete(del); err != nil {
						t.Fatal(err)
					}
				}
				if in.Runes != "" {
					if err := remote.ApplyInsert(in); err != nil {
						t.Fatal(err)
					}
				}
			})
			for side, x := range map[string]*text.Text{"local": &local, "remote": &remote} {
				if x.String() != tr.end || x.Len() != tr.runes {
					t.Errorf("%s text does not end as recorded", side)
				}
				if err := x.Verify(); err != nil {
					t.Errorf("%s text: %v", side, err)
				}
			}
		})
	}
}

// TestStepsGrowWithTheEdits guards against an edit that costs more the longer
// the text is: it counts the spans that are looked at, not the time.
func TestStepsGrowWithTheEdits(t *testing.T) {
	steps := func(edits int) float64 {
		var x text.Text
		madeTrace(edits).typeInto(t, &x, logNumber(1), silent)
		return float64(x.Steps()) / float64(edits)
	}
	small, large := steps(10_000), steps(80_000)
	if large > 2*small {
		t.Errorf("%.1f spans an edit for 10,000 edits, %.1f for 80,000", small, large)
	}
}

// TestStepsOfAMerge does so for two long texts that meet.
func TestStepsOfAMerge(t *testing.T) {
	steps := func(edits int) float64 {
		var base text.Text
		madeTrace(edits).typeInto(t, &base, logNumber(0), silent)
		here, there := base.Clone(), base.Clone()
		for i, x := range []*text.Text{here, there} {
			rng := rand.New(rand.NewPCG(uint64(i), 9))
			for n := range edits {
				in, err := x.InsertAt(logNumber(i+1), rng.IntN(x.Len()+1), fmt.Sprint(n))
				if err == nil {
					err = x.ApplyInsert(in)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		before := here.Steps()
		here.Merge(there)
		return float64(here.Steps()-before) / float64(edits)
	}
	small, large := steps(2_000), steps(16_000)
	if large > 2*small {
		t.Errorf("%.1f spans an edit for 2,000 edits, %.1f for 16,000", small, large)
	}
}

// TestStepsFromRightToLeft has two people add line after line at the top.
func TestStepsFromRightToLeft(t *testing.T) {
	steps := func(edits int) float64 {
		var texts [2]text.Text
		for i := range texts {
			for range edits {
				in, err := texts[i].InsertAt(logNumber(i), 0, "line\n")
				if err == nil {
					err = texts[i].ApplyInsert(in)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		here, there := texts[0].Clone(), texts[1].Clone()
		here.Merge(&texts[1])
		there.Merge(&texts[0])
		if here.String() != there.String() {
			t.Fatal("the two texts differ")
		}
		return float64(here.Steps()+there.Steps()) / float64(edits)
	}
	small, large := steps(1_000), steps(8_000)
	if large > 2*small {
		t.Errorf("%.1f spans an edit for 1,000 edits, %.1f for 8,000", small, large)
	}
}
