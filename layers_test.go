package cairn_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
)

// A ban says which imports the files below a folder must do without, and why.
type ban struct {
	in     string   // folder; "" is everywhere
	except []string // folders below it where the ban does not hold
	base   string   // when set, only files whose name matches this pattern
	tests  bool     // holds for tests too
	not    []string // import paths, each with all below it
	why    string
}

// bans is the rule that imports go down only: docs/ARCHITECTURE.md's code map as a table.
var bans = []ban{
	{in: "core", tests: true, not: ours("app", "assets", "cmd", "sync", "ui"), why: "core knows nobody"},
	{in: "sync", tests: true, not: ours("app", "assets", "cmd", "ui"), why: "sync knows core alone"},
	{in: "app", tests: true, not: ours("cmd", "ui"), why: "app does not know who uses it"},
	{in: "ui", tests: true, not: ours("app", "cmd", "sync"), why: "a presenter declares what it needs, and cmd hands it over"},
	{in: "assets", tests: true, not: ours("app", "cmd", "core", "sync", "ui"), why: "assets are data"},

	{in: "core", not: []string{"os", "net", "syscall", "log", "database/sql", "io/ioutil", "path/filepath"}, why: "core does no I/O: its caller hands the bytes in"},
	{in: "core", not: []string{"crypto/rand"}, why: "randomness is an argument"},
	{in: "sync/replica", not: []string{"os", "net", "log", "crypto/rand"}, why: "the protocol does no I/O: it receives messages and ticks"},

	{except: []string{"app/disk"}, not: []string{"github.com/dgraph-io/badger"}, why: "no Badger type leaves app/disk"},
	{except: []string{"app/index"}, not: []string{"github.com/hashicorp/go-memdb"}, why: "no memdb type leaves app/index"},
	{except: []string{"sync/discovery/multicast"}, not: []string{"github.com/brutella/dnssd"}, why: "it opens sockets and keeps what it hears: go through sync/discovery"},
	{except: []string{"sync/relay"}, not: []string{"github.com/nats-io/nats.go"}, why: "no NATS type leaves sync/relay"},
	{except: []string{"app/relay"}, not: []string{"github.com/nats-io/nats-server"}, why: "the server is a big part of a program: only app/relay links it in"},
	{except: []string{"app/relay", "cmd/cairn"}, tests: true, not: ours("app/relay"), why: "who runs a relay does so with the command line: the window stays small"},
	{except: []string{"app/engine/duckdb"}, not: []string{"github.com/duckdb"}, why: "it needs a C compiler: go through app/engine"},
	{except: []string{"app/engine/duckdb", "cmd"}, not: ours("app/engine/duckdb"), why: "it needs a C compiler: only cmd links it in"},
	{except: []string{"cmd"}, not: []string{"fyne.io/fyne/v2/app"}, why: "it needs a C compiler and a display: only cmd opens the real window"},
	{except: []string{"ui", "cmd/window", "cmd/cairn-desktop", "cmd/gallery"}, not: []string{"fyne.io/fyne"}, why: "only ui draws"},
	{in: "ui", base: "presenter*.go", tests: true, not: []string{"fyne.io/fyne"}, why: "a presenter knows nothing of the toolkit"},
}

// coreModules are the other people's modules that core may use: each computes and does no I/O.
var coreModules = []string{
	"cel.dev/cel-go", "filippo.io/edwards25519", "github.com/klauspost/compress", "golang.org/x/crypto", "golang.org/x/text",
	"gonum.org/v1/gonum", "gopkg.in/yaml.v3",
}

// quiet are the folders that start no goroutine, so that a test can play every order of events.
var quiet = []string{"core", "sync/replica"}

// rooms are the floors of the house; a package stands on one of them.
var rooms = []string{"app", "assets", "cmd", "core", "sync", "ui"}

// saysNothing are names of packages in which nobody would look for anything.
var saysNothing = []string{
	"base", "common", "helper", "helpers", "lib", "manager", "misc", "model", "models", "pkg", "shared", "types", "util", "utils",
}

// TestLayers fails when a file imports what its layer must not know.
func TestLayers(t *testing.T) {
	for _, complaint := range complaints(readTree(t, ".")) {
		t.Error(complaint)
	}
}

// TestLayersNoticesEveryBreach shows the rules a tree that breaks each of them.
func TestLayersNoticesEveryBreach(t *testing.T) {
	tests := []struct {
		name string
		file file
		want string // part of the only complaint; none when empty
	}{
		{"core imports app", file{path: "core/doc/doc.go", imports: []string{"cairn/app/disk"}}, "core knows nobody"},
		{"a test of core imports app", file{path: "core/doc/doc_test.go", imports: []string{"cairn/app/apptest"}}, "core knows nobody"},
		{"core imports the network", file{path: "core/id/id.go", imports: []string{"net/http"}}, "core does no I/O"},
		{"core reads files", file{path: "core/id/id.go", imports: []string{"os"}}, "core does no I/O"},
		{"core draws lots", file{path: "core/id/id.go", imports: []string{"crypto/rand"}}, "randomness is an argument"},
		{"core imports a foreign module", file{path: "core/id/id.go", imports: []string{"github.com/spf13/cobra"}}, "only modules that compute"},
		{"core starts a goroutine", file{path: "core/id/id.go", spawns: []int{7}}, "core/id/id.go:7: starts a goroutine"},
		{"sync imports app", file{path: "sync/link/link.go", imports: []string{"cairn/app"}}, "sync knows core alone"},
		{"the protocol opens a socket", file{path: "sync/replica/replica.go", imports: []string{"net"}}, "the protocol does no I/O"},
		{"sync has a file of its own", file{path: "sync/doc.go"}, "hides the standard library's"},
		{"app imports ui", file{path: "app/app.go", imports: []string{"cairn/ui/kit"}}, "app does not know who uses it"},
		{"ui imports app", file{path: "ui/runs/screen.go", imports: []string{"cairn/app"}}, "a presenter declares what it needs"},
		{"a presenter imports Fyne", file{path: "ui/runs/presenter.go", imports: []string{"fyne.io/fyne/v2"}}, "knows nothing of the toolkit"},
		{"assets import core", file{path: "assets/icons.go", imports: []string{"cairn/core/id"}}, "assets are data"},
		{"app imports Fyne", file{path: "app/app.go", imports: []string{"fyne.io/fyne/v2"}}, "only ui draws"},
		{"the command line imports Fyne", file{path: "cmd/cairn/main.go", imports: []string{"fyne.io/fyne/v2"}}, "only ui draws"},
		{"ui opens the real window", file{path: "ui/kit/kit.go", imports: []string{"fyne.io/fyne/v2/app"}}, "only cmd opens the real window"},
		{"index imports Badger", file{path: "app/index/index.go", imports: []string{"github.com/dgraph-io/badger/v4"}}, "no Badger type leaves app/disk"},
		{"disk imports memdb", file{path: "app/disk/disk.go", imports: []string{"github.com/hashicorp/go-memdb"}}, "no memdb type leaves app/index"},
		{"discovery opens multicast sockets", file{path: "sync/discovery/lan.go", imports: []string{"github.com/brutella/dnssd"}}, "go through sync/discovery"},
		{"link imports NATS", file{path: "sync/link/link.go", imports: []string{"github.com/nats-io/nats.go"}}, "no NATS type leaves sync/relay"},
		{"the client links the server in", file{path: "sync/relay/relay.go", imports: []string{"github.com/nats-io/nats-server/v2/server"}}, "only app/relay links it in"},
		{"the window links the relay in", file{path: "cmd/cairn-desktop/main.go", imports: []string{"cairn/app/relay"}}, "the window stays small"},
		{"cmd imports DuckDB", file{path: "cmd/cairn/main.go", imports: []string{"github.com/duckdb/duckdb-go/v2"}}, "go through app/engine"},
		{"app links DuckDB in", file{path: "app/app.go", imports: []string{"cairn/app/engine/duckdb"}}, "only cmd links it in"},
		{"a room that is not in the plan", file{path: "internal/retry/retry.go"}, "stands on no floor"},
		{"a name that says nothing", file{path: "app/util/util.go"}, "name a package for what it gives"},

		{"core computes", file{path: "core/doc/doc.go", imports: []string{"cairn/core/id", "sync", "math/rand/v2", "github.com/klauspost/compress/zstd"}}, ""},
		{"a test of core reads a golden file", file{path: "core/doc/doc_test.go", imports: []string{"os", "pgregory.net/rapid"}, spawns: []int{3}}, ""},
		{"a test of the client runs a server", file{path: "sync/relay/world_test.go", imports: []string{"github.com/nats-io/nats-server/v2/server"}}, ""},
		{"the command line runs a relay", file{path: "cmd/cairn/relay.go", imports: []string{"cairn/app/relay", "cairn/sync/relay"}}, ""},
		{"disk imports Badger", file{path: "app/disk/disk.go", imports: []string{"cairn/core/id", "github.com/dgraph-io/badger/v4"}}, ""},
		{"a screen imports Fyne", file{path: "ui/runs/screen.go", imports: []string{"cairn/core/id", "fyne.io/fyne/v2/widget"}}, ""},
		{"cmd opens the window", file{path: "cmd/cairn-desktop/main.go", imports: []string{"cairn/app", "cairn/ui/runs", "fyne.io/fyne/v2/app"}}, ""},
		{"a name that begins like a ban", file{path: "core/doc/doc.go", imports: []string{"cairn/core/oslo", "netip"}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := complaints([]file{tt.file})
			switch {
			case tt.want == "" && len(got) > 0:
				t.Errorf("complaints about %+v: %q, want none", tt.file, got)
			case tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)):
				t.Errorf("complaints about %+v: %q, want one with %q", tt.file, got, tt.want)
			}
		})
	}
}

// complaints returns a sentence for every rule that a file breaks.
func complaints(files []file) []string {
	var all []string
	for _, f := range files {
		all = append(all, f.badPlace()...)
		for _, imported := range f.imports {
			for _, b := range bans {
				if b.holds(f) && slices.ContainsFunc(b.not, func(not string) bool { return below(imported, not) }) {
					all = append(all, fmt.Sprintf("%s imports %s: %s", f.path, imported, b.why))
				}
			}
			if below(f.path, "core") && !f.test() && foreign(imported) && !anyAbove(imported, coreModules) {
				all = append(all, fmt.Sprintf("%s imports %s: core uses only modules that compute; if this one does no I/O, add it to coreModules", f.path, imported))
			}
		}
		if anyAbove(f.path, quiet) && !f.test() {
			for _, line := range f.spawns {
				all = append(all, fmt.Sprintf("%s:%d: starts a goroutine: here the caller decides when something happens", f.path, line))
			}
		}
	}
	return all
}

// badPlace returns what is wrong with where the file stands.
func (f file) badPlace() []string {
	dir := path.Dir(f.path)
	switch {
	case dir == "." && f.test():
		return nil // the tests of the repository itself
	case !anyAbove(f.path, rooms):
		return []string{f.path + " stands on no floor: a package belongs below one of " + strings.Join(rooms, ", ")}
	case dir == "sync":
		return []string{f.path + ": a package named sync hides the standard library's: keep code in its subfolders"}
	case slices.Contains(saysNothing, path.Base(dir)):
		return []string{f.path + ": name a package for what it gives, not " + path.Base(dir)}
	}
	return nil
}

func (b ban) holds(f file) bool {
	if f.test() && !b.tests {
		return false
	}
	if b.base != "" {
		if ok, _ := path.Match(b.base, path.Base(f.path)); !ok {
			return false
		}
	}
	return below(f.path, b.in) && !anyAbove(f.path, b.except)
}

// ours spells the import paths of the module's own folders.
func ours(folders ...string) []string {
	paths := make([]string, len(folders))
	for i, folder := range folders {
		paths[i] = "cairn/" + folder
	}
	return paths
}

// foreign reports whether the import is from another module: only those have a dot in their first element.
func foreign(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return strings.Contains(first, ".")
}

// below reports whether p is folder or stands in it; everything is below "".
func below(p, folder string) bool {
	return folder == "" || p == folder || strings.HasPrefix(p, folder+"/")
}

func anyAbove(p string, folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool { return below(p, folder) })
}
