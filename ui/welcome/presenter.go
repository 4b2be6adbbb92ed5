// Package welcome is the first thing a person sees: it makes their workspace, or
// opens one whose keys are sealed.
package welcome

import (
	"context"
	"slices"
	"strings"

	"cairn/core/fault"
	"cairn/ui/observe"
	"cairn/ui/words"
)

// Source is what the page needs of the application.
type Source interface {
	// Found makes a workspace and opens it.
	Found(ctx context.Context, f Founding) error
	// Demo opens the demo, made first where there is none, for a person who may
	// not have said a name.
	Demo(ctx context.Context, person string) error
	// Unlock opens a workspace whose keys are sealed with a passphrase.
	Unlock(ctx context.Context, passphrase string) error
}

// Founding is what a new workspace starts with.
type Founding struct {
	Workspace, Person string
	Roles             []string
}

// Stage is which of its faces the page shows.
type Stage int

// The stages.
const (
	Found   Stage = iota // there is no workspace yet
	Sealed               // there is one, and it wants its passphrase
	Blocked              // there is one that can't be opened
)

// State is all that the page shows.
type State struct {
	Stage    Stage
	Folder   string
	Roles    []string // picked
	Busy     bool
	Done     bool              // the workspace is open
	Problems map[string]string // "workspace", "person", "passphrase", or "" for all of it
	Message  string            // when Blocked
}

// Presenter decides what the page shows. It knows nothing of the toolkit and is
// safe on any goroutine.
type Presenter struct {
	State observe.Value[State]

	source Source
}

// NewPresenter returns the presenter of a folder; why says what kept it from
// being opened.
func NewPresenter(source Source, folder string, why error) *Presenter {
	p := &Presenter{source: source}
	s := State{Folder: folder}
	switch fault.KindOf(why) {
	case fault.NotFound:
		s.Stage = Found
	case fault.Denied, fault.Invalid:
		s.Stage = Sealed
	default:
		s.Stage = Blocked
		s.Message = words.Fault(why)
	}
	p.State.Set(s)
	return p
}

// Role picks a role, or takes it back.
func (p *Presenter) Role(role string, on bool) {
	p.State.Update(func(s State) State {
		s.Roles = slices.DeleteFunc(slices.Clone(s.Roles), func(r string) bool { return r == role })
		if on {
			s.Roles = append(s.Roles, role)
		}
		return s
	})
}

// Create makes the workspace, or says at each field what is missing.
func (p *Presenter) Create(ctx context.Context, workspace, person string) {
	problems := map[string]string{}
	if strings.TrimSpace(workspace) == "" {
		problems["workspace"] = words.T("Name your team or company.")
	}
	if strings.TrimSpace(person) == "" {
		problems["person"] = words.T("Your name stands beside everything you change.")
	}
	if len(problems) > 0 {
		p.State.Update(func(s State) State { s.Problems = problems; return s })
		return
	}
	p.attempt("", func() error {
		return p.source.Found(ctx, Founding{workspace, person, p.State.Get().Roles})
	})
}

// LookAround opens the demo.
func (p *Presenter) LookAround(ctx context.Context, person string) {
	p.attempt("", func() error { return p.source.Demo(ctx, strings.TrimSpace(person)) })
}

// Unlock opens the workspace with a passphrase.
func (p *Presenter) Unlock(ctx context.Context, passphrase string) {
	p.attempt("passphrase", func() error { return p.source.Unlock(ctx, passphrase) })
}

// attempt does something once at a time and says at a field why it did not work.
func (p *Presenter) attempt(field string, do func() error) {
	taken := false
	p.State.Update(func(s State) State {
		taken = s.Busy || s.Done
		s.Busy, s.Problems = true, nil
		return s
	})
	if taken {
		return
	}
	err := do()
	p.State.Update(func(s State) State {
		s.Busy, s.Done = false, err == nil
		if err != nil {
			s.Problems = map[string]string{field: words.Fault(err)}
		}
		return s
	})
}
