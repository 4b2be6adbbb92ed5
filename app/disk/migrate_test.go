package disk_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/app/disk"
	"cairn/core/fault"
)

func TestMigrationGoesOnWhereItStopped(t *testing.T) {
	d := create(t, disk.Options{})
	var done []int
	crash := errors.New("crash")
	step := func(n int, err error) func() error {
		return func() error {
			done = append(done, n)
			return err
		}
	}
	if err := d.Migrate(1, step(1, nil), step(2, crash), step(3, nil)); !errors.Is(err, crash) {
		t.Fatalf("Migrate = %v, want the error of a step", err)
	}
	body, err := os.ReadFile(filepath.Join(d.Dir(), "format.json"))
	if err != nil || !strings.Contains(string(body), `"format": 2`) {
		t.Fatalf("format.json = %s, %v after the first step", body, err)
	}
	if err := d.Migrate(2, step(1, nil), step(2, nil), step(3, nil)); err != nil {
		t.Fatal(err)
	}
	if want := []int{1, 2, 2, 3}; !cmp.Equal(done, want) {
		t.Errorf("steps = %v, want %v", done, want)
	}
	shut(t, d)
	_, err = disk.Open(disk.Options{Dir: d.Dir()})
	wantKind(t, err, fault.Newer)
	if got := fmt.Sprint(err); !strings.Contains(got, "format 4") {
		t.Errorf("%s does not tell the version", got)
	}
}
