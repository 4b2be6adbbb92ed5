package disk_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cairn/app/disk"
	"cairn/core/fault"
)

// TestALogIsReadFromItsEnd reads backwards from every place of a log, beside
// logs whose names come before and after.
func TestALogIsReadFromItsEnd(t *testing.T) {
	d := create(t, disk.Options{})
	group := []disk.Entry{entry(logB, 0, 1), entry(logA, 0, 3), entry(logA, 3, 2), entry(logB, 1, 4), entry(logA, 5, 1)}
	if err := d.Append(group); err != nil {
		t.Fatal(err)
	}
	for end, want := range map[uint64][]uint64{0: nil, 1: {0}, 3: {0}, 4: {3, 0}, 5: {3, 0}, 6: {5, 3, 0}, 7: {5, 3, 0}, 1 << 63: {5, 3, 0}} {
		var got []uint64
		err := d.BatchesBack(logA, end, func(first uint64, raw []byte) error {
			got = append(got, first)
			if !bytes.Equal(raw, group[map[uint64]int{0: 1, 3: 2, 5: 4}[first]].Raw) {
				t.Errorf("batch %d has other bytes", first)
			}
			return nil
		})
		if err != nil || !cmp.Equal(got, want) {
			t.Errorf("BatchesBack from %d = %v, %v, want %v", end, got, err, want)
		}
	}
	boom := errors.New("boom")
	if err := d.BatchesBack(logA, 6, func(uint64, []byte) error { return boom }); !errors.Is(err, boom) {
		t.Errorf("BatchesBack = %v, want the error of its function", err)
	}
}

// TestABatchThatIsGoneIsMissedFromTheEndToo loses one from the middle of a log.
func TestABatchThatIsGoneIsMissedFromTheEndToo(t *testing.T) {
	d := create(t, disk.Options{})
	if err := d.Append([]disk.Entry{entry(logA, 0, 1), entry(logA, 1, 2), entry(logA, 3, 1)}); err != nil {
		t.Fatal(err)
	}
	if err := d.DropBatch(logA, 1); err != nil {
		t.Fatal(err)
	}
	var got []uint64
	err := d.BatchesBack(logA, 4, func(first uint64, _ []byte) error {
		got = append(got, first)
		return nil
	})
	wantKind(t, err, fault.Damaged)
	if !cmp.Equal(got, []uint64{3}) {
		t.Errorf("read %v before the gap, want 3", got)
	}
}
