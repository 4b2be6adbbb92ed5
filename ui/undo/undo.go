// Package undo remembers what was done in the window, so that it can be taken
// back. To undo is to write again what stood there before: the history keeps both.
package undo

import (
	"context"
	"sync"

	"cairn/ui/observe"
)

// Step is something that was done. Back takes it back and Again does it once
// more. Either fails without effect when somebody else has changed the same
// since; it is forgotten then.
type Step struct {
	Name  string // in the language of the window: "Threshold of “Find churners”"
	Back  func(context.Context) error
	Again func(context.Context) error
}

// State says what can be taken back and done again, empty for nothing.
type State struct{ Undo, Redo string }

// most is how many steps are kept: more than anybody walks back.
const most = 200

// Past is what was done, the latest last. The zero Past is ready; a nil one
// forgets everything. It is safe for concurrent use.
type Past struct {
	State observe.Value[State]

	walking sync.Mutex // held while a step is taken back or done again
	mu      sync.Mutex
	done    []Step
	undone  []Step
}

// Did remembers a step. What was undone before it can't be done again.
func (p *Past) Did(s Step) {
	if p == nil {
		return
	}
	p.change(func() {
		p.done, p.undone = append(p.done, s), nil
		if len(p.done) > most {
			p.done = p.done[1:]
		}
	})
}

// Undo takes the latest step back and returns its name, empty when there is none.
func (p *Past) Undo(ctx context.Context) (name string, err error) {
	return p.walk(&p.done, &p.undone, func(s Step) error { return s.Back(ctx) })
}

// Redo does again what was undone last.
func (p *Past) Redo(ctx context.Context) (name string, err error) {
	return p.walk(&p.undone, &p.done, func(s Step) error { return s.Again(ctx) })
}

func (p *Past) walk(from, to *[]Step, do func(Step) error) (string, error) {
	p.walking.Lock()
	defer p.walking.Unlock()
	var s Step
	p.change(func() {
		if n := len(*from); n > 0 {
			s = (*from)[n-1]
			*from = (*from)[:n-1]
		}
	})
	if s.Name == "" {
		return "", nil
	}
	if err := do(s); err != nil {
		return s.Name, err
	}
	p.change(func() { *to = append(*to, s) })
	return s.Name, nil
}

func (p *Past) change(do func()) {
	p.mu.Lock()
	do()
	now := State{last(p.done), last(p.undone)}
	p.mu.Unlock()
	if p.State.Get() != now {
		p.State.Set(now)
	}
}

func last(steps []Step) string {
	if len(steps) == 0 {
		return ""
	}
	return steps[len(steps)-1].Name
}
