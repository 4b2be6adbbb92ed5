package kit

import (
	"sync"
	"time"
)

// Pause calls something once its triggers have stopped for a while, as when
// somebody stops typing. It is safe for concurrent use.
type Pause struct {
	after time.Duration
	do    func()

	mu    sync.Mutex
	timer *time.Timer // nil when nothing waits
	busy  sync.WaitGroup
}

// NewPause returns a Pause that calls do when it has not been triggered for the
// time after, beside the goroutine that triggers it.
func NewPause(after time.Duration, do func()) *Pause { return &Pause{after: after, do: do} }

// Trigger starts the wait anew.
func (p *Pause) Trigger() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil && p.timer.Stop() {
		p.timer.Reset(p.after)
		return
	}
	p.busy.Add(1)
	p.timer = time.AfterFunc(p.after, p.run)
}

func (p *Pause) run() {
	defer p.busy.Done()
	p.do()
}

// Flush does at once what waits, and returns when it is done. Nothing happens
// when nothing waits.
func (p *Pause) Flush() {
	p.mu.Lock()
	waits := p.timer != nil && p.timer.Stop()
	p.timer = nil
	p.mu.Unlock()
	if waits {
		p.run()
	}
	p.busy.Wait()
}
