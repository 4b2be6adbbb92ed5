package join

import (
	"context"
	"strings"
	"sync"
	"time"

	"cairn/ui/observe"
	"cairn/ui/words"
)

// Stage is which of its faces the page shows.
type Stage int

// The stages.
const (
	Pasting Stage = iota // what to join with
	Joining              // it is on the way
	Failed               // something is in the way
	Done                 // the workspace is open
)

// View is all that the page shows.
type View struct {
	Stage    Stage
	Link     string // as it was pasted
	Wrong    string // what is wrong with it
	Invite   Card   // what it is for
	Person   string // typed
	Laptop   string
	Problems map[string]string // "person", "laptop"
	Steps    []StepRow
	Waiting  bool // until somebody is there
	Trouble  Trouble
}

// Card is what a link is for, as it is shown.
type Card struct {
	Good                 bool // it can be joined with
	Title, Lets, Expires string
	Inviter              string
	Further              bool
}

// StepState is how it stands with a step.
type StepState int

// The states of a step.
const (
	ToCome StepState = iota
	Doing
	Past
	Stuck
)

// StepRow is a step as it is shown.
type StepRow struct {
	Name  string
	State StepState
	Share float32 // of it that is done, below 0 for not known
}

// Presenter decides what the page shows. It knows nothing of the toolkit and is
// safe on any goroutine.
type Presenter struct {
	State observe.Value[View]

	source Source
	now    func() time.Time

	mu       sync.Mutex
	version  uint64
	stage    Stage
	link     string
	read     error // what is wrong with the link
	invite   Invitation
	good     bool
	person   string
	laptop   string
	problems map[string]string
	progress Progress
	received Progress // of the step Receiving, the latest
	patient  bool
	failed   error
	run      uint64 // which attempt it is
	cancel   context.CancelFunc
}

// NewPresenter returns the presenter of the page. Person is what is known of their
// name, and laptop what the system calls this one.
func NewPresenter(source Source, person, laptop string, now func() time.Time) *Presenter {
	p := &Presenter{source: source, person: person, laptop: laptop, now: now}
	p.change(func() {})
	return p
}

// Paste reads a link. White space around it, and line breaks that a mail has put
// into it, are no part of it.
func (p *Presenter) Paste(link string) {
	whole := strings.Join(strings.Fields(link), "")
	var invite Invitation
	var err error
	if whole != "" {
		invite, err = p.source.Read(whole)
	}
	p.change(func() {
		p.link, p.read, p.invite, p.good = link, err, invite, whole != "" && err == nil
	})
}

// Type keeps the names that are typed.
func (p *Presenter) Type(person, laptop string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.person, p.laptop = person, laptop
}

// Join comes in with what was pasted and typed, or says at each field what is
// missing. A patient one waits until somebody is there. It returns when it has
// ended.
func (p *Presenter) Join(ctx context.Context, patient bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ask, run, ok := p.begin(cancel, patient)
	if !ok {
		return
	}
	err := p.source.Join(ctx, ask, func(at Progress) {
		p.change(func() {
			if p.run == run && p.stage == Joining && at.Step >= p.progress.Step {
				p.progress = at
				if at.Step == Receiving {
					p.received = at
				}
			}
		})
	})
	p.change(func() {
		if p.run != run || p.stage != Joining {
			return // it was cancelled
		}
		p.stage, p.failed, p.cancel = Done, err, nil
		if err != nil {
			p.stage = Failed
		}
	})
}

// begin reports whether there is all that is needed, and no other attempt.
func (p *Presenter) begin(cancel context.CancelFunc, patient bool) (ask Ask, run uint64, ok bool) {
	p.change(func() {
		if p.stage == Joining || p.stage == Done {
			return
		}
		p.problems = map[string]string{}
		person, laptop := strings.TrimSpace(p.person), strings.TrimSpace(p.laptop)
		if person == "" && !p.invite.Further {
			p.problems["person"] = words.T("Your name stands beside everything you change.")
		}
		if laptop == "" {
			p.problems["laptop"] = words.T("A name by which the team knows this laptop.")
		}
		if p.good && !p.invite.Expires.After(p.now()) {
			p.read, p.good = &WayError{Why: Expired}, false
		}
		if len(p.problems) > 0 || !p.good {
			return
		}
		p.run++
		p.stage, p.patient, p.progress, p.received, p.failed, p.cancel = Joining, patient, Progress{}, Progress{}, nil, cancel
		run, ok = p.run, true
		ask = Ask{Link: strings.Join(strings.Fields(p.link), ""), Person: person, Laptop: laptop, Patient: patient}
		if p.invite.Further {
			ask.Person = ""
		}
	})
	return ask, run, ok
}

// Cancel stops on the way, at whatever step, and goes back to the link. What has
// arrived is kept by who received it.
func (p *Presenter) Cancel() {
	var cancel context.CancelFunc
	p.change(func() {
		if p.stage == Joining || p.stage == Failed {
			p.stage, p.failed = Pasting, nil
			cancel, p.cancel = p.cancel, nil
		}
	})
	if cancel != nil {
		cancel()
	}
}

// Refresh shows the same in the language that is spoken now.
func (p *Presenter) Refresh() { p.change(func() {}) }

// change changes what the presenter holds and publishes what follows.
func (p *Presenter) change(do func()) {
	p.mu.Lock()
	do()
	p.version++
	version, v := p.version, p.view()
	p.mu.Unlock()
	p.State.Put(version, v)
}

func (p *Presenter) view() View {
	v := View{Stage: p.stage, Link: p.link, Person: p.person, Laptop: p.laptop, Problems: p.problems, Waiting: p.patient && p.progress.Step == Finding}
	switch {
	case p.read != nil:
		t := trouble(p.read, &p.invite, Progress{})
		v.Wrong = t.Sentence + " " + t.Hint
	case p.good:
		v.Invite = Card{Good: true, Title: p.invite.title(), Lets: p.invite.lets(), Expires: words.T("Expires %s", words.Until(p.now(), p.invite.Expires)), Inviter: p.invite.Inviter, Further: p.invite.Further}
		if !p.invite.Expires.After(p.now()) {
			t := trouble(&WayError{Why: Expired}, &p.invite, Progress{})
			v.Invite.Good, v.Wrong = false, t.Sentence+" "+t.Hint
		}
	}
	if p.stage != Pasting {
		v.Steps = p.rows()
	}
	if p.stage == Failed {
		v.Trouble = trouble(p.failed, &p.invite, p.received)
	}
	return v
}

func (p *Presenter) rows() []StepRow {
	rows := make([]StepRow, steps)
	for s := range steps {
		row := StepRow{State: ToCome, Share: -1}
		switch {
		case s < p.progress.Step || p.stage == Done:
			row.State = Past
		case s == p.progress.Step && p.stage == Failed:
			row.State = Stuck
		case s == p.progress.Step:
			row.State = Doing
		}
		if s == Receiving && p.received.Total > 0 && row.State != Past {
			row.Share = float32(p.received.Done) / float32(p.received.Total)
		}
		row.Name = stepName(s, &p.invite, p.received, row.State == Past)
		if s == Finding && row.State == Doing && p.patient {
			row.Name = words.T("Waiting for %s", p.invite.laptop())
		}
		rows[s] = row
	}
	return rows
}
