package disk_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"cairn/app/disk"
	"cairn/core/fault"
)

func TestVerifyNamesWhatIsDamaged(t *testing.T) {
	for name, o := range options() {
		t.Run(name, func(t *testing.T) {
			d := create(t, o)
			fill(t, d, 0)
			b := put(t, d, noise(1000))
			d = reopen(t, d, o)
			fill(t, d, 5)
			if problems, err := d.Verify(t.Context()); err != nil || len(problems) > 0 {
				t.Fatalf("Verify of a good folder = %v, %v", problems, err)
			}
			table := filepath.Join(d.Dir(), "db", "000001.sst")
			for _, path := range []string{table, blobFile(d, b.Hash)} {
				body, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				body[len(body)/3] ^= 1
				if err := os.WriteFile(path, body, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			problems, err := d.Verify(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range []string{table, blobFile(d, b.Hash)} {
				if !slices.ContainsFunc(problems, func(p disk.Problem) bool {
					return p.Path == path && fault.KindOf(p.Err) == fault.Damaged
				}) {
					t.Errorf("Verify = %v, which does not name %s", problems, path)
				}
			}
		})
	}
}
