package oplog_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"cairn/core/id"
	"cairn/core/oplog"
)

func TestOpenReturnsWhatWasSealed(t *testing.T) {
	key := keyOf(1)
	rapid.Check(t, func(t *rapid.T) {
		d := drafts().Draw(t, "draft")
		sealed, err := oplog.Seal(d, key)
		if err != nil {
			t.Fatalf("Seal(%+v): %v", d, err)
		}
		opened, err := oplog.Open(bytes.Clone(sealed.Raw))
		if err != nil {
			t.Fatalf("Open: %v", err)
		}
		if diff := cmp.Diff(sealed, opened, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("opened differs from sealed (-sealed +opened):\n%s", diff)
		}
		for i, op := range opened.Ops {
			want := d.Ops[i]
			want.ID = id.Op{Log: d.Log, Seq: d.First + uint64(i)}
			if diff := cmp.Diff(want, op, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("operation %d differs (-draft +opened):\n%s", i, diff)
			}
		}
		header, err := oplog.ReadHeader(sealed.Raw)
		if diff := cmp.Diff(opened.Header, header); diff != "" || err != nil {
			t.Fatalf("ReadHeader: %v (-Open +ReadHeader):\n%s", err, diff)
		}
		if hash, err := oplog.Verify(sealed.Raw, publicOf(key)); err != nil || hash != sealed.Hash {
			t.Fatalf("Verify = %v, %v, want %v", hash, err, sealed.Hash)
		}
	})
}

func TestSealNumbersAndLeavesTheDraftAlone(t *testing.T) {
	key := keyOf(1)
	d := oneOp(logOf(key, 1), "as it was")
	d.First, d.Prev = 7, oplog.Hash{1}
	d.Ops[0].ID = id.Op{Seq: 99}
	b := mustSeal(t, d, key)
	if got, want := b.Ops[0].ID, (id.Op{Log: d.Log, Seq: 7}); got != want {
		t.Errorf("sealed ID = %v, want %v", got, want)
	}
	if got, want := d.Ops[0].ID, (id.Op{Seq: 99}); got != want {
		t.Errorf("ID in the draft = %v after Seal, want %v", got, want)
	}
}

func TestAnyFlippedBitIsNoticed(t *testing.T) {
	key := keyOf(1)
	many := oneOp(logOf(key, 1), "")
	for range 20 {
		many.Ops = append(many.Ops, many.Ops[0])
	}
	for name, d := range map[string]oplog.Draft{"plain": oneOp(logOf(key, 1), "payload"), "compressed": many} {
		t.Run(name, func(t *testing.T) {
			raw := mustSeal(t, d, key).Raw
			for i := range len(raw) * 8 {
				flipped := bytes.Clone(raw)
				flipped[i/8] ^= 1 << (i % 8)
				if hash, err := oplog.Verify(flipped, publicOf(key)); !errors.Is(err, oplog.ErrSignature) {
					t.Fatalf("bit %d of byte %d flipped: Verify = %v, %v, want ErrSignature", i%8, i/8, hash, err)
				}
			}
		})
	}
}

func TestVerifyRefusesAnotherKey(t *testing.T) {
	b := mustSeal(t, oneOp(logOf(keyOf(1), 1), "x"), keyOf(1))
	for name, key := range map[string]ed25519.PublicKey{
		"other": publicOf(keyOf(2)), "none": nil, "short": publicOf(keyOf(1))[:31],
	} {
		if _, err := oplog.Verify(b.Raw, key); !errors.Is(err, oplog.ErrSignature) {
			t.Errorf("%s key: Verify = %v, want ErrSignature", name, err)
		}
	}
	if _, err := oplog.Verify(b.Raw[:60], publicOf(keyOf(1))); !errors.Is(err, oplog.ErrMalformed) {
		t.Errorf("60 bytes: Verify = %v, want ErrMalformed", err)
	}
}

func TestSignatureIsNoPartOfTheName(t *testing.T) {
	d := oneOp(id.Log{Device: 1}, "x")
	if a, b := mustSeal(t, d, keyOf(1)), mustSeal(t, d, keyOf(2)); a.Hash != b.Hash {
		t.Errorf("signed by two keys: hashes %v and %v, want one", a.Hash, b.Hash)
	}
}

func TestSealRefuses(t *testing.T) {
	log := id.Log{Device: 5, Incarnation: 1}
	noise := make([]byte, 2*oplog.MaxPayload)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	for name, c := range map[string]struct {
		change func(d *oplog.Draft)
		want   error
	}{
		"no log":                {func(d *oplog.Draft) { d.Log = id.Log{} }, oplog.ErrMalformed},
		"no operations":         {func(d *oplog.Draft) { d.Ops = nil }, oplog.ErrMalformed},
		"too many operations":   {func(d *oplog.Draft) { d.Ops = make([]oplog.Op, oplog.MaxOps+1) }, oplog.ErrTooLarge},
		"stamps that go back":   {func(d *oplog.Draft) { d.Ops = []oplog.Op{{Stamp: 1}, {Stamp: 3}, {Stamp: 2}} }, oplog.ErrMalformed},
		"last before first":     {func(d *oplog.Draft) { d.Ops = []oplog.Op{{Stamp: 3}, {Stamp: 2}} }, oplog.ErrMalformed},
		"large payload":         {func(d *oplog.Draft) { d.Ops[0].Payload = noise[:oplog.MaxPayload+1] }, oplog.ErrTooLarge},
		"large body":            {func(d *oplog.Draft) { d.Ops = repeat(make([]byte, oplog.MaxPayload), 33) }, oplog.ErrTooLarge},
		"large when sealed":     {func(d *oplog.Draft) { d.Ops = repeat(noise[:oplog.MaxPayload], 1, noise[oplog.MaxPayload:]) }, oplog.ErrTooLarge},
		"first with a previous": {func(d *oplog.Draft) { d.Prev = oplog.Hash{1} }, oplog.ErrMalformed},
		"later without":         {func(d *oplog.Draft) { d.First = 1 }, oplog.ErrMalformed},
		"sequence overflow":     {func(d *oplog.Draft) { d.First, d.Prev = math.MaxUint64, oplog.Hash{1} }, oplog.ErrMalformed},
		"own log as a cause":    {func(d *oplog.Draft) { d.Deps = []oplog.Dep{{Log: log, Next: 1}} }, oplog.ErrMalformed},
		"cause without a log":   {func(d *oplog.Draft) { d.Deps = []oplog.Dep{{Next: 1}} }, oplog.ErrMalformed},
		"unsorted causes": {func(d *oplog.Draft) {
			d.Deps = []oplog.Dep{{Log: id.Log{Device: 2}, Next: 1}, {Log: id.Log{Device: 1}, Next: 1}}
		}, oplog.ErrMalformed},
		"too many causes": {func(d *oplog.Draft) {
			for i := range uint32(oplog.MaxDeps + 1) {
				d.Deps = append(d.Deps, oplog.Dep{Log: id.Log{Device: 1, Incarnation: i}, Next: 1})
			}
		}, oplog.ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			d := oneOp(log, "x")
			c.change(&d)
			if b, err := oplog.Seal(d, keyOf(1)); !errors.Is(err, c.want) {
				t.Errorf("Seal = %d bytes, %v, want %v", len(b.Raw), err, c.want)
			}
		})
	}
	if _, err := oplog.Seal(oneOp(log, "x"), nil); !errors.Is(err, oplog.ErrSignature) {
		t.Errorf("Seal without a key: %v, want ErrSignature", err)
	}
}

// repeat returns n operations with payload, then one for each of more.
func repeat(payload []byte, n int, more ...[]byte) []oplog.Op {
	var ops []oplog.Op
	for range n {
		ops = append(ops, oplog.Op{Payload: payload})
	}
	for _, p := range more {
		ops = append(ops, oplog.Op{Payload: p})
	}
	return ops
}

func TestLargestBatchFits(t *testing.T) {
	d := oneOp(id.Log{Device: 1}, "")
	d.Ops = repeat([]byte("status"), oplog.MaxOps)
	for i := range uint32(oplog.MaxDeps) {
		d.Deps = append(d.Deps, oplog.Dep{Log: id.Log{Device: 2, Incarnation: i}, Next: math.MaxUint64})
	}
	b := mustSeal(t, d, keyOf(1))
	opened, err := oplog.Open(b.Raw)
	if err != nil || len(opened.Ops) != oplog.MaxOps || len(opened.Deps) != oplog.MaxDeps {
		t.Errorf("Open = %d operations, %d causes, %v, want %d, %d",
			len(opened.Ops), len(opened.Deps), err, oplog.MaxOps, oplog.MaxDeps)
	}
}

func TestLevelPassesThrough(t *testing.T) {
	d := oneOp(id.Log{Device: 1}, "x")
	d.Level = oplog.Level + 1
	if b, err := oplog.Open(mustSeal(t, d, keyOf(1)).Raw); err != nil || b.Level != d.Level {
		t.Errorf("Open = level %d, %v, want %d: a higher level is for the reader to act on", b.Level, err, d.Level)
	}
}
