package cairn_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestMapShowsEveryPackage fails when the code map of docs/ARCHITECTURE.md
// lacks a package, or shows one that is gone. A row `ui/…` stands for all below.
func TestMapShowsEveryPackage(t *testing.T) {
	rows := firstCells(t, "docs/ARCHITECTURE.md", "## Code map")
	shown := func(dir string) bool {
		return slices.ContainsFunc(rows, func(row string) bool {
			above, all := strings.CutSuffix(row, "/…")
			return row == dir || all && below(dir, above)
		})
	}
	dirs := map[string]bool{}
	for _, f := range readTree(t, ".") {
		dir := path.Dir(f.path)
		if !dirs[dir] && !shown(dir) {
			t.Errorf("docs/ARCHITECTURE.md: the code map has no row for %s: say what it does and what it must not know", dir)
		}
		dirs[dir] = true
	}
	for _, row := range rows {
		dir := strings.TrimSuffix(row, "/…")
		if info, err := os.Stat(filepath.FromSlash(dir)); err != nil || !info.IsDir() {
			t.Errorf("docs/ARCHITECTURE.md: the code map has a row for %s, which is no folder", row)
		}
	}
}

// TestDependenciesAreExplained fails when an imported module has no line in
// docs/decisions/dependencies.md, or a line has no import.
func TestDependenciesAreExplained(t *testing.T) {
	const page = "docs/decisions/dependencies.md"
	modules := firstCells(t, page, "")
	used := map[string]bool{}
	for _, f := range readTree(t, ".") {
		for _, imported := range f.imports {
			if !foreign(imported) {
				continue
			}
			i := slices.IndexFunc(modules, func(module string) bool { return below(imported, module) })
			if i < 0 {
				t.Errorf("%s imports %s, which has no line in %s: say what it saves, its licence and who keeps it", f.path, imported, page)
				continue
			}
			used[modules[i]] = true
		}
	}
	for _, module := range modules {
		if !used[module] {
			t.Errorf("%s explains %s, which nothing imports", page, module)
		}
	}
}

// firstCells returns the names in backquotes in the first column of the tables
// below a heading, or of the whole page.
func firstCells(tb testing.TB, page, heading string) []string {
	tb.Helper()
	text, err := os.ReadFile(filepath.FromSlash(page))
	if err != nil {
		tb.Fatal(err)
	}
	part := string(text)
	if heading != "" {
		var found bool
		if _, part, found = strings.Cut(part, "\n"+heading+"\n"); !found {
			tb.Fatalf("%s has no heading %q", page, heading)
		}
		part, _, _ = strings.Cut(part, "\n## ")
	}
	var names []string
	for line := range strings.Lines(part) {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(strings.Split(line, "|")[1], -1) {
			names = append(names, name[1])
		}
	}
	return names
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)[^)]*\)`)

// TestLinksLeadSomewhere fails when a page links to a file that is not there.
func TestLinksLeadSomewhere(t *testing.T) {
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != "." && (entry.Name() == "testdata" || entry.Name()[0] == '.') {
			return fs.SkipDir
		}
		if filepath.Ext(name) != ".md" {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, found := range link.FindAllStringSubmatch(string(text), -1) {
			target := found[1]
			if strings.Contains(target, "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), filepath.FromSlash(target))); err != nil {
				t.Errorf("%s links to %s, which is not there", filepath.ToSlash(name), target)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
