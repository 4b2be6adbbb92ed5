package kit

// Latest does one thing at a time beside the UI goroutine. Of what is asked for
// meanwhile only the last is done: nobody waits for results that are old by the
// time they come. Use it on the UI goroutine only.
type Latest struct {
	crew *Crew
	busy bool
	next *job // nil when nothing waits
}

type job struct{ work, done func() }

// NewLatest returns a Latest whose work the crew does.
func NewLatest(crew *Crew) *Latest { return &Latest{crew: crew} }

// Do runs work beside the UI goroutine, and after it done on it. Both are left
// out when Do is called again before work has begun.
func (l *Latest) Do(work, done func()) {
	if l.busy {
		l.next = &job{work, done}
		return
	}
	l.busy = true
	l.crew.Then(work, func() {
		l.busy = false
		done()
		if next := l.next; next != nil && !l.busy {
			l.next = nil
			l.Do(next.work, next.done)
		}
	})
}
