//go:build netns

package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A laptop on which an older state is put back, in any of the ways in which
// people do, takes nothing back that others have, and loses nothing that is
// written on it from then on.
func TestARestoredBackupLosesNothingNetns(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		keep, back func(l *station, file string)
		between    []string // written after the backup, and with Ada when it is put back
	}{
		"with cairn restore": {
			func(l *station, to string) { l.must("backup", to) },
			func(l *station, from string) {
				remove(l, l.dir)
				l.must("restore", from, "--keys", "file")
			},
			[]string{"After the backup", "And one more"},
		},
		"the folder alone": {
			func(l *station, to string) { replace(l, to, l.dir) },
			func(l *station, from string) { replace(l, l.dir, from) },
			[]string{"After the backup", "And one more"},
		},
		// Nothing tells the device that it was put back: it writes a second history
		// under the name of its log, and gets the first one back from Ada to write
		// it again (docs/decisions/0016).
		"the whole disk": {
			func(l *station, to string) { replace(l, to, l.home) },
			func(l *station, from string) { replace(l, l.home, from) },
			[]string{"After the backup", "And one more"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newEther(t, 1)
			ada := n.founder("Ada")
			bo := n.newcomer("Bo", ada.invite().Link)
			bo.noted = filepath.Join(t.TempDir(), "bo.log") // none of his files
			bo.make("Before the backup")
			allAgree(t, 20*time.Second, ada, bo)
			kept := filepath.Join(t.TempDir(), "kept")
			bo.end(os.Interrupt)
			c.keep(bo, kept)
			bo.start()
			bo.make(c.between...)
			ada.make("Ada's")
			allAgree(t, 20*time.Second, ada, bo)

			bo.end(os.Interrupt)
			c.back(bo, kept)
			n.pull(bo.room, true) // he writes before he hears what he wrote before
			bo.start()
			bo.make("After the restore", "Another one", "And a third")
			n.pull(bo.room, false)
			allAgree(t, 40*time.Second, ada, bo)
			bo.make("When all is well")
			allAgree(t, 20*time.Second, ada, bo)
		})
	}
}

// replace makes a folder what another is.
func replace(l *station, dir, by string) {
	l.t.Helper()
	remove(l, dir)
	if err := os.CopyFS(dir, os.DirFS(by)); err != nil {
		l.t.Fatal(err)
	}
}

func remove(l *station, dir string) {
	l.t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		l.t.Fatal(err)
	}
}
