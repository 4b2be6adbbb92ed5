package oplog_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"runtime"
	"testing"

	"github.com/klauspost/compress/zstd"

	"cairn/core/id"
	"cairn/core/oplog"
)

// Offsets of the fixed part of a header, as FORMAT.md gives them.
const (
	atVersion = 2
	atFlags   = 3
	atLog     = 12
	atFirst   = 24
	atCount   = 32
	atPrev    = 44
	atSpan    = 76
	atDeps    = 77
	atBodyLen = 78
	atBody    = 79
)

func TestOpenRefuses(t *testing.T) {
	key := keyOf(1)
	good := mustSeal(t, oneOp(logOf(key, 1), "payload"), key).Raw
	set := func(at int, with ...byte) func(raw []byte) []byte {
		return func(raw []byte) []byte { copy(raw[at:], with); return raw }
	}
	insert := func(at int, with ...byte) func(raw []byte) []byte {
		return func(raw []byte) []byte { return append(raw[:at:at], append(with, raw[at:]...)...) }
	}
	for name, c := range map[string]struct {
		change func(raw []byte) []byte
		want   error
	}{
		"nothing":             {func([]byte) []byte { return nil }, oplog.ErrMalformed},
		"magic alone":         {func(raw []byte) []byte { return raw[:2] }, oplog.ErrMalformed},
		"other magic":         {set(0, 'X'), oplog.ErrMalformed},
		"version 0":           {set(atVersion, 0), oplog.ErrMalformed},
		"version 2":           {set(atVersion, 2), oplog.ErrNewer},
		"unknown flag":        {set(atFlags, 1<<2), oplog.ErrNewer},
		"newer beats lengths": {func([]byte) []byte { return []byte{'C', 'B', 9, 0} }, oplog.ErrNewer},
		"no log":              {set(atLog, make([]byte, id.LogSize)...), oplog.ErrMalformed},
		"overflow":            {set(atFirst, bytes.Repeat([]byte{255}, 8)...), oplog.ErrMalformed},
		"no operations":       {set(atCount, 0, 0), oplog.ErrMalformed},
		"more operations":     {set(atCount, 0, 2), oplog.ErrMalformed},
		"4097 operations":     {set(atCount, 0x10, 0x01), oplog.ErrMalformed},
		"prev of a first":     {set(atPrev, 1), oplog.ErrMalformed},
		"span unused":         {set(atSpan, 1), oplog.ErrMalformed},
		"span too long":       {insert(atSpan, 0x80), oplog.ErrMalformed},
		"65 causes":           {set(atDeps, oplog.MaxDeps+1), oplog.ErrMalformed},
		"a cause that ends":   {set(atDeps, 9), oplog.ErrMalformed},
		"body longer":         {set(atBodyLen, 127), oplog.ErrMalformed},
		"body shorter":        {set(atBodyLen, 4), oplog.ErrMalformed},
		"body not zstd":       {set(atFlags, oplog.FlagZstd), oplog.ErrMalformed},
		"document 1 first":    {set(atBody+1, 1), oplog.ErrMalformed},
		"trailing byte":       {func(raw []byte) []byte { return append(raw, 0) }, oplog.ErrMalformed},
		"cut short":           {func(raw []byte) []byte { return raw[:len(raw)-1] }, oplog.ErrMalformed},
		"too long":            {func(raw []byte) []byte { return append(raw, make([]byte, oplog.MaxSealed)...) }, oplog.ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			if b, err := oplog.Open(c.change(bytes.Clone(good))); !errors.Is(err, c.want) {
				t.Errorf("Open = %+v, %v, want %v", b.Header, err, c.want)
			}
		})
	}
	for n := range good {
		if _, err := oplog.Open(good[:n]); err == nil {
			t.Errorf("the first %d of %d bytes open", n, len(good))
		}
	}
}

// withBody returns a batch of one operation whose body, said to be size bytes
// once decompressed, is replaced.
func withBody(t *testing.T, body []byte, size int) []byte {
	t.Helper()
	raw := mustSeal(t, oneOp(id.Log{Device: 1}, "x"), keyOf(1)).Raw[:atBodyLen:atBodyLen]
	raw[atFlags] = oplog.FlagZstd
	raw = binary.AppendUvarint(raw, uint64(len(body)))
	raw = binary.AppendUvarint(raw, uint64(size))
	raw = append(raw, body...)
	return append(raw, make([]byte, 64)...)
}

func TestOpenRefusesFrames(t *testing.T) {
	body := append([]byte{1, 0}, make([]byte, 16)...)     // kind, document 0: its name
	body = append(body, 0, 0, 0, 90)                      // noun, field, stamp, payload length
	body = append(body, bytes.Repeat([]byte{'x'}, 90)...) // payload
	frame := func(options ...zstd.EOption) []byte {
		e, err := zstd.NewWriter(nil, append(options, zstd.WithEncoderConcurrency(1))...)
		if err != nil {
			t.Fatal(err)
		}
		return e.EncodeAll(body, nil)
	}
	plain := frame(zstd.WithSingleSegment(true))
	bomb := []byte{0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0x40, 0, 1, 0, 0} // 4 MiB in one empty block

	if _, err := oplog.Open(withBody(t, plain, len(body))); err != nil {
		t.Errorf("frame with a checksum, single segment: %v", err)
	}
	skippable := []byte{0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 'x'}
	for name, c := range map[string]struct {
		frame []byte
		size  int
	}{
		"empty":           {nil, len(body)},
		"size less":       {plain, len(body) - 1},
		"size more":       {plain, len(body) + 1},
		"size over limit": {plain, oplog.MaxBody + 1},
		"cut short":       {plain[:len(plain)-1], len(body)},
		"trailing":        {append(bytes.Clone(plain), 0), len(body)},
		"two frames":      {append(bytes.Clone(plain), plain...), 2 * len(body)},
		"hidden frame":    {append(bytes.Clone(plain), skippable...), len(body)},
		"hidden first":    {append(bytes.Clone(skippable), plain...), len(body)},
		"no room":         {bomb, 4 << 20},
		"damaged": {func() []byte {
			b := bytes.Clone(plain)
			b[len(b)-5] ^= 0x40
			return b
		}(), len(body)},
	} {
		t.Run(name, func(t *testing.T) {
			if b, err := oplog.Open(withBody(t, c.frame, c.size)); !errors.Is(err, oplog.ErrMalformed) {
				t.Errorf("Open = %d operations, %v, want ErrMalformed", len(b.Ops), err)
			}
		})
	}
}

// TestHostileLengthsAllocateLittle gives readers a few bytes that speak of
// megabytes. None may make room before it has seen as much.
func TestHostileLengthsAllocateLittle(t *testing.T) {
	bomb := []byte{0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0x40, 0, 1, 0, 0}
	zip := withBody(t, bomb, oplog.MaxBody)
	many := withBody(t, bomb, oplog.MaxBody)
	copy(many[atCount:], []byte{0x10, 0})
	causes := mustSeal(t, oneOp(id.Log{Device: 1}, "x"), keyOf(1)).Raw
	causes[atDeps] = oplog.MaxDeps
	for name, read := range map[string]func() error{
		"body":   func() error { _, err := oplog.Open(zip); return err },
		"count":  func() error { _, err := oplog.Open(many); return err },
		"causes": func() error { _, err := oplog.Open(causes); return err },
		"vector": func() error { _, err := oplog.DecodeVector([]byte{0x80, 0x40, 1, 2, 3}); return err },
		"deps":   func() error { _, _, err := oplog.DecodeDeps([]byte{0x80, 0x40, 1, 2, 3}, 1<<20); return err },
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := read()
			runtime.ReadMemStats(&after)
			if !errors.Is(err, oplog.ErrMalformed) {
				t.Errorf("%v, want ErrMalformed", err)
			}
			if got := after.TotalAlloc - before.TotalAlloc; got > 64<<10 {
				t.Errorf("%d bytes allocated, want at most 64 KiB", got)
			}
		})
	}
}
