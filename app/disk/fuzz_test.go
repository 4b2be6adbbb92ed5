package disk_test

import (
	"testing"

	"cairn/app/disk"
)

func FuzzRecords(f *testing.F) {
	f.Add(make([]byte, 21), make([]byte, 50))
	f.Fuzz(func(t *testing.T, key, value []byte) {
		if e, err := disk.DecodeEntry(key, value); err == nil && (e.Count < 1 || len(e.Raw) == 0) {
			t.Errorf("DecodeEntry(%x, %x) = %v", key, value, e)
		}
		if s, err := disk.DecodeState(value); err == nil && len(s.Body) > 16<<20 {
			t.Errorf("DecodeState gave %d bytes", len(s.Body))
		}
	})
}
