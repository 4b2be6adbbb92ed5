package disk_test

import (
	"maps"
	"strings"
	"testing"

	"cairn/app/disk"
)

// TestWhatACompactionLeavesBehindIsNoDamage puts tables back that went into a
// compaction, as a crash before their removal would leave them. What they alone
// hold was deleted.
func TestWhatACompactionLeavesBehindIsNoDamage(t *testing.T) {
	for name, o := range options() {
		t.Run(name, func(t *testing.T) {
			d := create(t, o)
			fill(t, d, 0)
			before := folder{}
			for range 6 { // closing writes the memory out into a table
				shut(t, d)
				maps.Copy(before, snapshot(t, d.Dir()))
				d = reopen(t, d, o)
				if err := d.DropDocs(); err != nil {
					t.Fatal(err)
				}
			}
			want, err := read(d)
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Compact(); err != nil {
				t.Fatal(err)
			}
			shut(t, d)
			after := snapshot(t, d.Dir())
			left := 0
			for file, body := range before {
				if _, there := after[file]; !there && strings.HasSuffix(file, ".sst") {
					after[file] = body
					left++
				}
			}
			if left == 0 {
				t.Fatal("the compaction took no table away: the test says nothing")
			}
			openWhole(t, after.writeTo(t), disk.Options{Key: o.Key}, want)
		})
	}
}
