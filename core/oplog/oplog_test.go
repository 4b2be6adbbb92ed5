package oplog_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"

	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/oplog"
)

// keyOf returns the key that every test knows under n.
func keyOf(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey {
	public, _ := key.Public().(ed25519.PublicKey)
	return public
}

// logOf returns a log of key's device.
func logOf(key ed25519.PrivateKey, incarnation uint32) id.Log {
	return id.Log{Device: id.DeviceOf(publicOf(key)).Short(), Incarnation: incarnation}
}

// docOf returns a document name with digits that compress badly, as real ones.
func docOf(n int) id.Doc {
	var d id.Doc
	binary.BigEndian.PutUint64(d[:], uint64(n+1)*0x9e3779b97f4a7c15)
	binary.BigEndian.PutUint64(d[8:], uint64(n+1)*0xd1b54a32d192ed03)
	return d
}

func mustSeal(tb testing.TB, d oplog.Draft, key ed25519.PrivateKey) oplog.Batch {
	tb.Helper()
	b, err := oplog.Seal(d, key)
	if err != nil {
		tb.Fatalf("Seal: %v", err)
	}
	return b
}

// oneOp is the smallest useful draft.
func oneOp(log id.Log, payload string) oplog.Draft {
	return oplog.Draft{
		Workspace: [8]byte{1, 2, 3, 4, 5, 6, 7, 8},
		Log:       log,
		Ops:       []oplog.Op{{Stamp: 1 << 40, Doc: docOf(1), Noun: 3, Kind: 1, Field: 2, Payload: []byte(payload)}},
	}
}

func logs() *rapid.Generator[id.Log] {
	return rapid.Custom(func(t *rapid.T) id.Log {
		return id.Log{
			Device:      id.ShortDevice(rapid.Uint64Range(1, 4).Draw(t, "device")),
			Incarnation: rapid.Uint32Range(0, 3).Draw(t, "incarnation"),
		}
	})
}

func hashes() *rapid.Generator[oplog.Hash] {
	return rapid.Custom(func(t *rapid.T) oplog.Hash {
		return oplog.Hash{0: rapid.ByteRange(1, 3).Draw(t, "hash")}
	})
}

// drafts draws any draft that Seal must accept.
func drafts() *rapid.Generator[oplog.Draft] {
	return rapid.Custom(func(t *rapid.T) oplog.Draft {
		d := oplog.Draft{
			Workspace: [8]byte(rapid.SliceOfN(rapid.Byte(), 8, 8).Draw(t, "workspace")),
			Control:   rapid.Bool().Draw(t, "control"),
			Log:       logs().Draw(t, "log"),
			First:     rapid.SampledFrom([]uint64{0, 1, 300, 1 << 40}).Draw(t, "first"),
			Level:     rapid.Uint16().Draw(t, "level"),
		}
		if d.First > 0 {
			d.Prev = hashes().Draw(t, "prev")
		}
		for _, log := range rapid.SliceOfNDistinct(logs(), 0, 4, rapid.ID).Draw(t, "deps") {
			if log != d.Log {
				d.Deps = append(d.Deps, oplog.Dep{Log: log, Next: rapid.Uint64().Draw(t, "next")})
			}
		}
		oplog.SortDeps(d.Deps)
		at := clock.Stamp(rapid.Uint64Range(0, 1<<63).Draw(t, "stamp"))
		for range rapid.IntRange(1, 20).Draw(t, "ops") {
			at += clock.Stamp(rapid.Uint64Range(0, 1<<50).Draw(t, "delta"))
			d.Ops = append(d.Ops, oplog.Op{
				Stamp:   at,
				Doc:     docOf(rapid.IntRange(0, 3).Draw(t, "doc")),
				Noun:    rapid.Uint16Range(0, 2).Draw(t, "noun"),
				Kind:    oplog.Kind(rapid.Byte().Draw(t, "kind")),
				Field:   rapid.Uint16().Draw(t, "field"),
				Payload: []byte(rapid.StringN(0, 200, -1).Draw(t, "payload")),
			})
		}
		return d
	})
}
