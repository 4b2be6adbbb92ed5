package wire_test

import (
	"bytes"
	"errors"
	"testing"

	"cairn/sync/replica"
	"cairn/sync/wire"
)

func FuzzDecode(f *testing.F) {
	for _, m := range messages() {
		f.Add(wire.Append(nil, m))
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		m, err := wire.Decode(frame)
		fromStream, streamErr := wire.NewReader(bytes.NewReader(frame)).Next()
		if err != nil {
			if !errors.Is(err, wire.ErrMalformed) && !errors.Is(err, wire.ErrNewer) && !errors.Is(err, wire.ErrUnknown) {
				t.Fatalf("Decode: %v, want a sentinel", err)
			}
			return
		}
		if streamErr != nil || fromStream == nil {
			t.Fatalf("decodes, but not from a stream: %v", streamErr)
		}
		again := wire.Append(nil, m)
		if hello, ok := m.(replica.Hello); ok {
			// What a later version says in a Hello is not kept.
			if back, err := wire.Decode(again); err != nil || back != hello {
				t.Fatalf("%+v comes back as %+v, %v", hello, back, err)
			}
			return
		}
		if !bytes.Equal(again, frame) {
			t.Fatalf("%x is read as %+v, whose frame is %x", frame, m, again)
		}
	})
}
