package disk_test

import (
	"path/filepath"
	"testing"

	"cairn/app/disk"
)

// seeds adds the files of the golden folders that end in ext.
func seeds(f *testing.F, ext string, add func(content []byte)) {
	f.Helper()
	for name, file := range snapshot(f, filepath.Join("testdata", "format1")) {
		if filepath.Ext(name) == ext || filepath.Base(name) == ext {
			add(file.content)
		}
	}
}

func FuzzWAL(f *testing.F) {
	d := create(f, disk.Options{})
	fill(f, d, 0)
	for name, file := range snapshot(f, d.Dir()) {
		if filepath.Ext(name) == ".mem" {
			f.Add(file.content[:2000], []byte(nil))
			f.Add(file.content[:2000], key(1))
		}
	}
	f.Fuzz(func(t *testing.T, body, key []byte) {
		if len(body) < 20 {
			return // readWAL refuses it
		}
		if len(key) != 32 {
			key = nil
		}
		_, _, _ = disk.ParseWAL(body, key)
	})
}

func FuzzTable(f *testing.F) {
	seeds(f, ".sst", func(content []byte) { f.Add(content) })
	f.Fuzz(func(_ *testing.T, body []byte) {
		_, _ = disk.ParseTable(body)
	})
}

func FuzzRegistry(f *testing.F) {
	seeds(f, "KEYREGISTRY", func(content []byte) { f.Add(content) })
	f.Fuzz(func(_ *testing.T, body []byte) {
		_ = disk.CheckRegistry(body)
	})
}

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
