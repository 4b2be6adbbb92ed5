package conflicts

import "cairn/ui/shell"

// Line tells the frame how much waits for a decision, as p has read it.
func Line(p *Presenter) shell.Reviews { return line{p} }

type line struct{ p *Presenter }

// Decisions implements shell.Reviews.
func (l line) Decisions() int { return l.p.State.Get().Waiting }

// Watch implements shell.Reviews.
func (l line) Watch(changed func()) (stop func()) { return l.p.State.Watch(changed) }
