package cairn_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
)

// How much a reader is asked to hold in mind at once.
const (
	fileLinesMax    = 600
	packageFilesMax = 25
	// A package of more files than that is read by their names, as app's are: one
	// use case a file. This is where names no longer help.
	packageLinesMax = 8000
)

// TestSize fails when a file or a package has outgrown one sitting.
func TestSize(t *testing.T) {
	for _, complaint := range oversized(readTree(t, ".")) {
		t.Error(complaint)
	}
}

// TestSizeNoticesEveryExcess shows the budgets what stands on each side of them.
func TestSizeNoticesEveryExcess(t *testing.T) {
	many := func(n, lines int, pattern string) []file {
		var files []file
		for i := range n {
			files = append(files, file{path: fmt.Sprintf(pattern, i), lines: lines})
		}
		return files
	}
	tests := []struct {
		name  string
		files []file
		want  string // part of the only complaint; none when empty
	}{
		{"a file at the limit", []file{{path: "core/id/id.go", lines: 600}}, ""},
		{"a file above it", []file{{path: "core/id/id.go", lines: 601}}, "core/id/id.go has 601 lines"},
		{"a long test", []file{{path: "core/id/id_test.go", lines: 601}}, "core/id/id_test.go has 601 lines"},
		{"a generated file", []file{{path: "core/id/id.go", lines: 9000, generated: true}}, ""},
		{"many small files", many(40, 50, "core/noun/n%d.go"), ""},
		{"a few long files", many(10, 500, "core/noun/n%d.go"), ""},
		{"many long files", many(26, 320, "core/noun/n%d.go"), "core/noun has 26 files and 8320 lines"},
		{"many long tests", many(26, 320, "core/noun/n%d_test.go"), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := oversized(tt.files)
			switch {
			case tt.want == "" && len(got) > 0:
				t.Errorf("complaints: %q, want none", got)
			case tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)):
				t.Errorf("complaints: %q, want one with %q", got, tt.want)
			}
		})
	}
}

// oversized returns a sentence for every hand-written file and package that is over its budget.
func oversized(files []file) []string {
	type size struct{ files, lines int }
	packages := map[string]size{}
	var all []string
	for _, f := range files {
		if f.generated {
			continue
		}
		if f.lines > fileLinesMax {
			all = append(all, fmt.Sprintf("%s has %d lines, more than %d: give its second subject a file of its own", f.path, f.lines, fileLinesMax))
		}
		if !f.test() {
			s := packages[path.Dir(f.path)]
			packages[path.Dir(f.path)] = size{s.files + 1, s.lines + f.lines}
		}
	}
	for dir, s := range packages {
		if s.files > packageFilesMax && s.lines > packageLinesMax {
			all = append(all, fmt.Sprintf("%s has %d files and %d lines, more than %d and %d: split it where a reader asks where to look", dir, s.files, s.lines, packageFilesMax, packageLinesMax))
		}
	}
	slices.Sort(all)
	return all
}
