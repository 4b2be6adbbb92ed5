//go:build netns

package main

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"cairn/app"
)

// seed makes projects by several at once, without a process for each.
func (l *station) seed(count int) {
	l.t.Helper()
	a, err := app.Open(l.t.Context(), app.Options{
		Dir: l.dir, Log: slog.New(slog.DiscardHandler), Now: time.Now, Rand: rand.Reader,
		Installs: filepath.Join(l.home, "config", "cairn", "installs"),
	})
	if err != nil {
		l.t.Fatal(err)
	}
	const hands = 64
	var working sync.WaitGroup
	for hand := range hands {
		for i := hand; i < count; i += hands {
			l.made = append(l.made, fmt.Sprintf("%s's thing %d", l.person, i))
		}
		working.Go(func() {
			for i := hand; i < count; i += hands {
				if _, err := app.CreateProject.Do(l.t.Context(), a, app.CreateProjectRequest{Name: fmt.Sprintf("%s's thing %d", l.person, i)}); err != nil {
					l.t.Errorf("make a project: %v", err)
				}
			}
		})
	}
	working.Wait()
	if err := a.Close(); err != nil {
		l.t.Error(err)
	}
}

// A node that is killed while some thousand operations come in, or go out, goes
// on where it was.
func TestKilledInMidSyncNetns(t *testing.T) {
	t.Parallel()
	n := newEther(t, 1)
	ada := n.founder("Ada")
	bo := n.newcomer("Bo", ada.invite().Link)
	allAgree(t, 20*time.Second, ada, bo)
	bo.end(os.Interrupt)
	ada.end(os.Interrupt)
	ada.seed(4000)
	n.narrow(200 << 10)
	ada.start()
	whole := ada.status().Operations
	for _, victim := range []*station{bo, ada, bo} {
		if bo.node == nil {
			bo.start()
		}
		from := bo.status().Operations
		until(t, "more comes in", 30*time.Second, func() bool { return bo.status().Operations > from })
		victim.end(os.Kill)
		here := bo.status().Operations
		t.Logf("%s is killed when %d of %d operations are with Bo", victim.person, here, whole)
		if here >= whole {
			t.Fatalf("Bo had everything before %s was killed", victim.person)
		}
		victim.start()
		victim.make(fmt.Sprintf("After the death of %s at %d", victim.person, here))
	}
	n.narrow(0)
	allAgree(t, 60*time.Second, ada, bo)
}
