package branch_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/branch"
)

var update = flag.Bool("update", false, "write golden files that are missing; those that exist are kept for ever")

var aLog = id.Log{Device: 0x0102030405060708, Incarnation: 9}

func asks() map[string]branch.Fork {
	return map[string]branch.Fork{
		"ask-nothing-known": {Log: aLog, At: 300},
		"ask-known":         {Log: aLog, At: 1, Known: []branch.End{{First: oplog.Hash{1, 2}, Next: 5}, {First: oplog.Hash{3}, Next: 1 << 40}}},
	}
}

func tails() map[string][][]byte {
	return map[string][][]byte{"tail": {[]byte("one"), []byte("another")}, "tail-end": nil}
}

func TestFramesAreAsTheyWere(t *testing.T) {
	frames := map[string][]byte{}
	for name, f := range asks() {
		frames[name] = branch.AppendAsk(nil, f)
	}
	for name, raws := range tails() {
		frames[name] = branch.AppendTail(nil, aLog, raws)
	}
	for name, got := range frames {
		path := filepath.Join("testdata", name+"-v1.golden")
		want, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) && *update {
			want, err = got, os.WriteFile(path, got, 0o644)
		}
		if err != nil {
			t.Fatalf("%v: golden files are never deleted; write a new one with -update", err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: %x, want %x", name, got, want)
		}
	}
	for name, want := range asks() {
		got, err := branch.DecodeAsk(append(frames[name], 7)) // a later version says more
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s comes back otherwise: %v\n%s", name, err, diff)
		}
	}
	for name, want := range tails() {
		log, got, err := branch.DecodeTail(frames[name])
		if diff := cmp.Diff(want, got); diff != "" || err != nil || log != aLog {
			t.Errorf("%s comes back otherwise: %v %v\n%s", name, log, err, diff)
		}
	}
}

func TestWhatIsNoFrameIsRefused(t *testing.T) {
	many := branch.Fork{Log: aLog}
	for range branch.KnownMost + 1 {
		many.Known = append(many.Known, branch.End{})
	}
	long := branch.AppendTail(nil, aLog, [][]byte{make([]byte, oplog.MaxSealed+1)})
	whole := branch.AppendAsk(nil, asks()["ask-known"])
	for what, payload := range map[string][]byte{
		"nothing": nil, "half a log": whole[:7], "half a hash": whole[:20], "a known one too few": whole[:len(whole)-39],
		"too many known": branch.AppendAsk(nil, many),
	} {
		if f, err := branch.DecodeAsk(payload); !errors.Is(err, branch.ErrMalformed) {
			t.Errorf("%s is read as %+v, %v", what, f, err)
		}
	}
	for what, payload := range map[string][]byte{"nothing": nil, "half a log": long[:7], "half a batch": long[:100], "too large a batch": long} {
		if _, _, err := branch.DecodeTail(payload); !errors.Is(err, branch.ErrMalformed) {
			t.Errorf("%s is read: %v", what, err)
		}
	}
}

func FuzzAsk(f *testing.F) {
	for _, a := range asks() {
		f.Add(branch.AppendAsk(nil, a))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		a, err := branch.DecodeAsk(payload)
		if err != nil {
			if !errors.Is(err, branch.ErrMalformed) {
				t.Fatalf("DecodeAsk: %v", err)
			}
			return
		}
		again, err := branch.DecodeAsk(branch.AppendAsk(nil, a))
		if diff := cmp.Diff(a, again); diff != "" || err != nil {
			t.Fatalf("%x comes back otherwise: %v\n%s", payload, err, diff)
		}
	})
}

func FuzzTail(f *testing.F) {
	for _, raws := range tails() {
		f.Add(branch.AppendTail(nil, aLog, raws))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		log, raws, err := branch.DecodeTail(payload)
		if err != nil {
			if !errors.Is(err, branch.ErrMalformed) {
				t.Fatalf("DecodeTail: %v", err)
			}
			return
		}
		if again := branch.AppendTail(nil, log, raws); !bytes.Equal(again, payload) {
			t.Fatalf("%x comes back as %x", payload, again)
		}
	})
}
