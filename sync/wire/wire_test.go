package wire_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/sync/replica"
	"cairn/sync/wire"
)

// messages are one of each kind, and what is special about some.
func messages() map[string]replica.Message {
	one, two := id.Log{Device: 1, Incarnation: 2}, id.Log{Device: 1 << 63, Incarnation: 1<<32 - 1}
	return map[string]replica.Message{
		"hello": replica.Hello{
			Min: 1, Max: 3, Level: 2, Wall: time.UnixMilli(1_772_438_400_123),
			Workspace: replica.TagOf(id.Workspace{1}, id.Device{2}, id.Device{3}),
		},
		"hello-heard": replica.Hello{Heard: true, Wall: time.UnixMilli(-1)},
		"have": replica.Have{Seq: 7, Fresh: true, More: true, Claims: []replica.Claim{
			{Log: one, Head: oplog.Head{Next: 300, Hash: oplog.Hash{0: 0xab, 31: 0xcd}}, Control: true},
			{Log: two},
		}},
		"have-nothing":   replica.Have{Seq: math.MaxUint32},
		"again":          replica.Again{},
		"want":           replica.Want{Round: 2, Limit: 1 << 20, Ranges: []oplog.Range{{Log: two, From: 300, To: math.MaxUint64}, {Log: one, To: 1}}},
		"want-credit":    replica.Want{Round: 1, Limit: math.MaxUint64},
		"batches":        replica.Batches{Round: 2, Raw: [][]byte{{1, 2, 3}, {4}}},
		"batches-pushed": replica.Batches{Raw: [][]byte{[]byte("a batch")}},
		"fork":           replica.Fork{One: []byte("one"), Other: []byte("the other")},
		"bye":            replica.Bye{Reason: replica.Flooded},
	}
}

func TestEveryMessageComesBack(t *testing.T) {
	for name, want := range messages() {
		t.Run(name, func(t *testing.T) {
			frame := wire.Append([]byte("before"), want)[len("before"):]
			got, err := wire.Decode(frame)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-sent +received):\n%s", diff)
			}
			for n := range len(frame) {
				if _, err := wire.Decode(frame[:n]); err == nil {
					t.Errorf("%d of %d bytes are taken for a frame", n, len(frame))
				}
			}
			if _, err := wire.Decode(append(frame, 0)); err == nil {
				t.Error("a byte too many is passed over")
			}
		})
	}
}

func TestTheLargestMessagesFit(t *testing.T) {
	large := bytes.Repeat([]byte{1}, oplog.MaxSealed)
	have := replica.Have{Seq: math.MaxUint32}
	for n := range uint32(replica.MaxClaims) {
		have.Claims = append(have.Claims, replica.Claim{Log: id.Log{Device: 1, Incarnation: n}, Head: oplog.Head{Next: math.MaxUint64}})
	}
	want := replica.Want{Round: 1}
	for n := range uint32(replica.MaxRanges) {
		want.Ranges = append(want.Ranges, oplog.Range{Log: id.Log{Device: 1, Incarnation: n}, To: math.MaxUint64})
	}
	for _, m := range []replica.Message{have, want, replica.Batches{Round: math.MaxUint32, Raw: [][]byte{large}}, replica.Fork{One: large, Other: large}} {
		if _, err := wire.Decode(wire.Append(nil, m)); err != nil {
			t.Errorf("%T: %v", m, err)
		}
	}
}

func TestFramesThatAreRefused(t *testing.T) {
	frame := func(kind, flags byte, payload ...byte) []byte {
		return append([]byte{0, 0, 0, byte(len(payload)), kind, flags}, payload...)
	}
	log := []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
	list := func(head []byte, items ...[]byte) []byte { return append(head, bytes.Join(items, nil)...) }
	tests := []struct {
		name  string
		frame []byte
		want  error
	}{
		{"nothing", nil, wire.ErrMalformed},
		{"a length that is not so", []byte{0, 0, 0, 9, 3, 0}, wire.ErrMalformed},
		{"a kind of a later version", frame(99, 0, 1, 2), wire.ErrUnknown},
		{"… that matters", frame(99, 1, 1, 2), wire.ErrNewer},
		{"a flag of a later version", frame(3, 2), wire.ErrNewer},
		{"a Hello that is none", frame(1, 0, make([]byte, 60)...), wire.ErrMalformed},
		{"flags in a Have", frame(2, 0, 1, 4, 0), wire.ErrMalformed},
		{"claims that are not there", frame(2, 0, 1, 0, 200), wire.ErrMalformed},
		{"a log twice", frame(2, 0, list([]byte{1, 0, 2}, log, []byte{0, 0}, log, []byte{0, 0})...), wire.ErrMalformed},
		{"no log", frame(2, 0, list([]byte{1, 0, 1}, make([]byte, 12), []byte{0, 0})...), wire.ErrMalformed},
		{"round 0 of a Want", frame(4, 0, 0, 1, 0), wire.ErrMalformed},
		{"nothing wanted of a log", frame(4, 0, list([]byte{1, 1, 1}, log, []byte{5, 0})...), wire.ErrMalformed},
		{"too many ranges", frame(4, 0, list([]byte{1, 1, 65}, bytes.Repeat([]byte{1}, 200))...), wire.ErrMalformed},
		{"a number in more bytes than it needs", frame(4, 0, 0x81, 0x00, 1, 0), wire.ErrMalformed},
		{"an empty batch", frame(5, 0, 1, 1, 0), wire.ErrMalformed},
		{"a batch that is cut short", frame(5, 0, 1, 1, 5, 1), wire.ErrMalformed},
		{"one batch for a Fork", frame(6, 0, 1, 1), wire.ErrMalformed},
		{"a Bye without a reason", frame(7, 0), wire.ErrMalformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if m, err := wire.Decode(tt.frame); !errors.Is(err, tt.want) {
				t.Errorf("Decode = %+v, %v, want %v", m, err, tt.want)
			}
		})
	}
}

func TestAStreamIsReadFrameByFrame(t *testing.T) {
	var stream []byte
	var want []replica.Message
	for _, m := range messages() {
		want = append(want, m)
		stream = wire.Append(stream, m)
	}
	for name, from := range map[string]io.Reader{
		"at once": bytes.NewReader(stream), "byte by byte": iotest.OneByteReader(bytes.NewReader(stream)),
	} {
		t.Run(name, func(t *testing.T) {
			r := wire.NewReader(from)
			for i := range want {
				got, err := r.Next()
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want[i], got, cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("message %d (-sent +received):\n%s", i, diff)
				}
			}
			if _, err := r.Next(); !errors.Is(err, io.EOF) {
				t.Errorf("at the end: %v", err)
			}
		})
	}
	if _, err := wire.NewReader(bytes.NewReader(stream[:len(stream)-1])).Next(); err != nil {
		t.Errorf("the first frame is whole, but %v", err)
	}
	if _, err := wire.NewReader(bytes.NewReader([]byte{0, 0, 0, 9, 5, 0, 1})).Next(); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a frame that is cut short: %v", err)
	}
	if _, err := wire.NewReader(bytes.NewReader([]byte{0xff, 0, 0, 0, 5, 0})).Next(); !errors.Is(err, wire.ErrMalformed) {
		t.Errorf("a frame of 4 GB: %v", err)
	}
}

func TestDecodingGivesBackWhatWasSent(t *testing.T) {
	logs := rapid.Custom(func(t *rapid.T) id.Log {
		return id.Log{Device: id.ShortDevice(rapid.Uint64Min(1).Draw(t, "device")), Incarnation: rapid.Uint32().Draw(t, "incarnation")}
	})
	rapid.Check(t, func(rt *rapid.T) {
		m := replica.Want{Round: rapid.Uint32Min(1).Draw(rt, "round"), Limit: rapid.Uint64().Draw(rt, "limit")}
		for range rapid.IntRange(0, replica.MaxRanges).Draw(rt, "ranges") {
			from := rapid.Uint64Max(math.MaxUint64-1).Draw(rt, "from")
			m.Ranges = append(m.Ranges, oplog.Range{
				Log: logs.Draw(rt, "log"), From: from, To: rapid.Uint64Min(from+1).Draw(rt, "to"),
			})
		}
		got, err := wire.Decode(wire.Append(nil, m))
		if diff := cmp.Diff(replica.Message(m), got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			rt.Fatalf("%v\n%s", err, diff)
		}
	})
}
