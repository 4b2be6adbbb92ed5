package wire_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cairn/sync/wire"
)

var update = flag.Bool("update", false, "write golden files that are missing; those that exist are kept for ever")

func TestGoldenFramesAreStillRead(t *testing.T) {
	for name, want := range messages() {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name+"-v1.golden")
			frame := wire.Append(nil, want)
			golden, err := os.ReadFile(path)
			if os.IsNotExist(err) && *update {
				golden, err = frame, os.WriteFile(path, frame, 0o644)
			}
			if err != nil {
				t.Fatalf("%v: golden files are never deleted; write a new one with -update", err)
			}
			if !bytes.Equal(frame, golden) {
				t.Errorf("Append = %x, want %x", frame, golden)
			}
			got, err := wire.Decode(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-written +read):\n%s", diff)
			}
		})
	}
}
