package kittest

import (
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test" //nolint:depguard // this package is for tests

	"cairn/ui/kit"
	"cairn/ui/theme"
)

// Loop is the UI goroutine of a test: what presenters and crews ask of it waits
// until the test runs it, as it waits in a window until the present event is
// done with. Fyne's own test driver does it at once, on whatever goroutine asks.
type Loop struct {
	fyne.Driver
	mu    sync.Mutex
	queue []func()
}

// NewLoop returns the loop of a new application for tests, in a theme.
func NewLoop(t testing.TB, th fyne.Theme) *Loop {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(th)
	l := &Loop{Driver: a.Driver()}
	fyne.SetCurrentApp(looped{a, l})
	return l
}

// Light is the theme in which most tests look.
func Light() fyne.Theme { return theme.New(theme.LightOne, false) }

type looped struct {
	fyne.App
	loop *Loop
}

// Driver implements fyne.App.
func (a looped) Driver() fyne.Driver { return a.loop }

// DoFromGoroutine implements fyne.Driver.
func (l *Loop) DoFromGoroutine(fn func(), wait bool) {
	if !wait {
		l.put(fn)
		return
	}
	done := make(chan struct{})
	l.put(func() { fn(); close(done) })
	<-done
}

func (l *Loop) put(fn func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queue = append(l.queue, fn)
}

// Play does what waits, and what comes of that, until nothing does. It returns
// how long that took.
func (l *Loop) Play() time.Duration {
	begun := time.Now()
	for {
		l.mu.Lock()
		waiting := l.queue
		l.queue = nil
		l.mu.Unlock()
		if len(waiting) == 0 {
			return time.Since(begun)
		}
		for _, fn := range waiting {
			fn()
		}
	}
}

// Settle runs the loop until the crew has nothing to do, either. It returns how
// long the loop was busy.
func (l *Loop) Settle(crew *kit.Crew) time.Duration {
	busy := l.Play()
	for {
		crew.Wait()
		more := l.Play()
		busy += more
		l.mu.Lock()
		idle := len(l.queue) == 0
		l.mu.Unlock()
		if idle && crew.Idle() {
			return busy
		}
	}
}
