package oplog_test

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/oplog"
)

var update = flag.Bool("update", false, "write golden files that are missing; those that exist are kept for ever")

// golden returns the bytes of a golden file, written from fresh if asked to
// and not there.
func golden(t *testing.T, name string, fresh []byte) []byte {
	t.Helper()
	path := filepath.Join("testdata", name)
	old, err := os.ReadFile(path)
	if os.IsNotExist(err) && *update {
		if err := os.WriteFile(path, fresh, 0o644); err != nil {
			t.Fatal(err)
		}
		return fresh
	}
	if err != nil {
		t.Fatalf("%v: golden files are never deleted; write a new one with -update", err)
	}
	return old
}

// goldenDrafts are the contents of the golden batches by file name.
func goldenDrafts() map[string]oplog.Draft {
	log := logOf(keyOf(1), 0xc0ffee)
	first := oneOp(log, "\x01running")

	later := oneOp(log, "\x01done")
	later.First, later.Prev, later.Level = 300, oplog.Hash{0: 0xab, 31: 0xcd}, 2
	later.Deps = []oplog.Dep{{Log: id.Log{Device: 1, Incarnation: 2}, Next: 3}, {Log: id.Log{Device: 1 << 60}, Next: 1 << 33}}

	control := oneOp(log, "")
	control.Control, control.Workspace = true, [8]byte{}

	// Kinds, a field and a noun that no version has given a meaning.
	future := oneOp(log, "\xff\x00\xfe")
	future.Ops = append(future.Ops,
		oplog.Op{Stamp: 1<<40 + 9, Doc: docOf(2), Noun: 0xfffe, Kind: 0x7f, Field: 0xffff, Payload: []byte("skipped and kept")},
		oplog.Op{Stamp: 1<<40 + 9, Doc: docOf(2), Noun: 0xfffe, Kind: oplog.Critical | 0x7f, Field: 0xffff, Payload: []byte("stops")})

	many := oneOp(log, "")
	many.Ops = statusOps(100)
	return map[string]oplog.Draft{
		"batch-v1-first.golden": first, "batch-v1-later.golden": later, "batch-v1-control.golden": control,
		"batch-v1-future.golden": future, "batch-v1-zstd.golden": many,
	}
}

func TestGoldenBatchesAreStillRead(t *testing.T) {
	key := keyOf(1)
	for name, d := range goldenDrafts() {
		t.Run(name, func(t *testing.T) {
			sealed := mustSeal(t, d, key)
			raw := golden(t, name, sealed.Raw)
			if sealed.Flags&oplog.FlagZstd == 0 && !bytes.Equal(sealed.Raw, raw) {
				t.Errorf("sealed %x, want %x", sealed.Raw, raw)
			}
			if _, err := oplog.Verify(raw, publicOf(key)); err != nil {
				t.Error(err)
			}
			opened, err := oplog.Open(raw)
			if err != nil {
				t.Fatal(err)
			}
			// Another version of the compressor may write other bytes for the
			// same operations; nothing else may differ.
			ignore := cmpopts.IgnoreFields(oplog.Batch{}, "Raw", "Hash")
			if diff := cmp.Diff(sealed, opened, ignore, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("golden differs from what it was written from (-want +got):\n%s", diff)
			}
		})
	}
}

func TestGoldenVectorIsStillRead(t *testing.T) {
	v := oplog.Vector{
		{Device: 1, Incarnation: 2}:               {Next: 1, Hash: oplog.Hash{0: 1}},
		{Device: 1 << 63, Incarnation: 1<<32 - 1}: {Next: 1 << 40, Hash: oplog.Hash{31: 1}},
	}
	form := golden(t, "vector-v1.golden", v.Append(nil))
	if got := v.Append(nil); !bytes.Equal(got, form) {
		t.Errorf("Append = %x, want %x", got, form)
	}
	if got, err := oplog.DecodeVector(form); err != nil || !cmp.Equal(got, v) {
		t.Errorf("DecodeVector = %v, %v, want %v", got, err, v)
	}
	if got, want := v.Digest().String(), "d32e55966b908f1272f94bcda9c5eba70c53439e43ccb2f0856e56c99a48803a"; got != want {
		t.Errorf("Digest = %s, want %s", got, want)
	}
}

// statusOps returns n operations as a team's day writes them: registers of a
// few dozen documents set to words, numbers and names, 13 bytes on average.
func statusOps(n int) []oplog.Op {
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"\x01running", "\x01finished", "\x01waiting for review", "\x01failed", "\x01owner: m.kowalska"}
	ops := make([]oplog.Op, n)
	at := clock.Stamp(1 << 40)
	for i := range ops {
		at++
		if r.IntN(4) == 0 {
			at += clock.Stamp(r.IntN(20)) << 16 // milliseconds
		}
		payload := []byte(words[r.IntN(len(words))])
		if r.IntN(3) == 0 {
			payload = fmt.Appendf(nil, "\x02%.12f", r.Float64())
		}
		doc := r.IntN(24)
		ops[i] = oplog.Op{
			Stamp: at, Doc: docOf(doc), Noun: uint16(doc % 3),
			Kind: 1, Field: uint16(1 + r.IntN(8)), Payload: payload,
		}
	}
	return ops
}
