package journal

import (
	"time"

	"cairn/core/doc"
	"cairn/core/id"
)

const (
	// showRest is how much longer than it took to show documents the next ones
	// wait, where nobody waits for them: showing them takes a fifth of the time at
	// most, and each is shown once for many changes. What a teammate types now and
	// then is shown at once.
	showRest = 4
	// maxUnshown is how many documents wait at most.
	maxUnshown = 1 << 16
)

// showing is what the View has still to be told.
type showing struct {
	docs map[id.Doc]*doc.Doc // the latest of each
	rest time.Duration       // how long after end they wait
	end  time.Time           // when the View was last told
}

// show tells the View of documents at once, or if nobody waits for them, soon.
func (j *Journal) show(docs []*doc.Doc, soon bool) {
	s := &j.unshown
	if !soon {
		for _, d := range docs {
			delete(s.docs, d.ID()) // it is older
		}
		if len(docs) > 0 {
			j.View.Changed(docs)
		}
		return
	}
	for _, d := range docs {
		s.docs[d.ID()] = d
	}
	if s.wait(j.Now()) == 0 || len(s.docs) > maxUnshown {
		j.showAll()
	}
}

// showAll tells the View of everything that waits.
func (j *Journal) showAll() {
	s := &j.unshown
	if len(s.docs) == 0 {
		return
	}
	docs := make([]*doc.Doc, 0, len(s.docs))
	for _, d := range s.docs {
		docs = append(docs, d)
	}
	clear(s.docs)
	began := j.Now()
	j.View.Changed(docs)
	s.end = j.Now()
	s.rest = showRest * max(0, s.end.Sub(began))
}

// wait returns how much longer what waits should. A clock that was set does not
// make it longer.
func (s *showing) wait(now time.Time) time.Duration {
	return min(s.rest, max(0, s.end.Add(s.rest).Sub(now)))
}

// pause returns how long the committer waits for more before it looks at what
// is left to do.
func (j *Journal) pause() time.Duration {
	if len(j.unshown.docs) > 0 {
		return min(idle, j.unshown.wait(j.Now()))
	}
	return idle
}
