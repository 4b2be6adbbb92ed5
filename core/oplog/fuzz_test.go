package oplog_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cairn/core/id"
	"cairn/core/oplog"
)

// seed adds every golden file whose name starts with prefix.
func seed(f *testing.F, prefix string) {
	f.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", prefix+"*.golden"))
	if err != nil || len(paths) == 0 {
		f.Fatalf("no golden files %s*: %v", prefix, err)
	}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}

func expected(err error) bool {
	return errors.Is(err, oplog.ErrMalformed) || errors.Is(err, oplog.ErrNewer)
}

func FuzzOpen(f *testing.F) {
	seed(f, "batch-")
	key := keyOf(1)
	f.Fuzz(func(t *testing.T, raw []byte) {
		header, headerErr := oplog.ReadHeader(raw)
		b, err := oplog.Open(raw)
		if err != nil {
			if !expected(err) {
				t.Fatalf("Open: %v, want a sentinel", err)
			}
			return
		}
		if headerErr != nil || header.Count != len(b.Ops) {
			t.Fatalf("opens %d operations, but ReadHeader = %+v, %v", len(b.Ops), header, headerErr)
		}
		again, err := oplog.Seal(oplog.Draft{
			Workspace: b.Workspace, Control: b.Control(), Log: b.Log, First: b.First,
			Level: b.Level, Prev: b.Prev, Deps: b.Deps, Ops: b.Ops,
		}, key)
		if errors.Is(err, oplog.ErrTooLarge) {
			return // a better compressor than ours wrote it
		}
		if err != nil {
			t.Fatalf("opens, but Seal: %v", err)
		}
		ignore := cmpopts.IgnoreFields(oplog.Batch{}, "Raw", "Hash", "Flags")
		if diff := cmp.Diff(b, again, ignore, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("sealed again, it differs (-opened +again):\n%s", diff)
		}
	})
}

func FuzzReadHeader(f *testing.F) {
	seed(f, "batch-")
	f.Fuzz(func(t *testing.T, raw []byte) {
		h, err := oplog.ReadHeader(raw)
		if err != nil {
			if !expected(err) {
				t.Fatalf("ReadHeader: %v, want a sentinel", err)
			}
			return
		}
		if h.Count < 1 || h.Count > oplog.MaxOps || h.End() <= h.First || h.Last < h.Stamp || len(h.Deps) > oplog.MaxDeps {
			t.Fatalf("accepted %+v", h)
		}
		if _, err := oplog.Verify(raw, publicOf(keyOf(1))); err != nil && !errors.Is(err, oplog.ErrSignature) {
			t.Fatalf("has a header, but Verify: %v", err)
		}
	})
}

func FuzzDecodeVector(f *testing.F) {
	seed(f, "vector")
	f.Fuzz(func(t *testing.T, form []byte) {
		v, err := oplog.DecodeVector(form)
		if err != nil {
			if !expected(err) {
				t.Fatalf("DecodeVector: %v, want a sentinel", err)
			}
			return
		}
		if again := v.Append(nil); !bytes.Equal(again, form) {
			t.Fatalf("decodes to %v, whose form is %x, not %x", v, again, form)
		}
	})
}

func FuzzDecodeDeps(f *testing.F) {
	f.Add(oplog.AppendDeps(nil, []oplog.Dep{{Log: id.Log{Device: 1}, Next: 5}, {Log: id.Log{Device: 2}, Next: 500}}))
	f.Fuzz(func(t *testing.T, form []byte) {
		deps, rest, err := oplog.DecodeDeps(form, oplog.MaxDeps)
		if err != nil {
			if !expected(err) {
				t.Fatalf("DecodeDeps: %v, want a sentinel", err)
			}
			return
		}
		if again := append(oplog.AppendDeps(nil, deps), rest...); !bytes.Equal(again, form) {
			t.Fatalf("decodes to %v and %x, whose form is %x, not %x", deps, rest, again, form)
		}
	})
}
