// Package join is the page on which somebody comes into a workspace with the link
// that they were sent: it reads the link at once, asks for two names, and tells
// step by step how far it is, or what is in the way and what to do.
package join

import (
	"context"
	"errors"
	"time"

	"cairn/ui/team"
)

// Source is what the page needs of the application.
type Source interface {
	// Read says what a link is for. It is called as somebody types and asks no other
	// laptop. What is wrong with a link is a WayError.
	Read(link string) (Invitation, error)
	// Join lets this laptop in, receives the workspace and opens it, and calls told
	// with each step in order, on any goroutine. To join again goes on where it
	// stopped. What keeps it from that is a WayError.
	Join(ctx context.Context, ask Ask, told func(Progress)) error
}

// Invitation is what a link says.
type Invitation struct {
	Workspace string // its name, empty when the link does not say it
	Inviter   string // name of a person, empty likewise
	Laptop    string // the name of their laptop, empty likewise
	Right     team.Right
	Expires   time.Time
	Further   bool   // it is for a further laptop of a member
	Person    string // whose, empty when the link does not say it
}

// Ask is what somebody joins with.
type Ask struct {
	Link           string
	Person, Laptop string // names; no Person for a further laptop
	// Patient says to go on looking for somebody who lets this laptop in until ctx
	// ends, rather than to give up.
	Patient bool
}

// Step is one on the way into a workspace.
type Step int

// The steps, in their order.
const (
	Finding Step = iota
	Asking
	Receiving
	Opening
	steps
)

// Progress is how far it is.
type Progress struct {
	Step        Step
	Done, Total uint64 // changes received, and how many there are; 0 for not known yet
}

// Why says what kept somebody from coming in, for the page to know what it can
// offer.
type Why int

// What can be in the way.
const (
	Other          Why = iota // the cause says it
	NoLink                    // the text is no invite link
	Cut                       // it is one, and not whole
	NewerLink                 // made by a later version of Cairn
	Expired                   // it was not used in time
	Used                      // somebody has joined with it
	Withdrawn                 // who made it took it back
	Refused                   // who made it may invite nobody any more
	Unreachable               // nobody who could let this laptop in answers
	Broken                    // the connection broke while changes arrived
	OtherWorkspace            // who answers holds another workspace
	Versions                  // the two laptops don't understand each other
	Full                      // there is no room on this disk
)

// WayError is what is in the way, for the page to tell it from other errors.
type WayError struct {
	Why Why
	Err error // the cause, for the log; what is shown when Why is Other
}

// Error implements error.
func (f *WayError) Error() string {
	if f.Err != nil {
		return "join: " + f.Err.Error()
	}
	return "join: failed"
}

// Unwrap returns the cause.
func (f *WayError) Unwrap() error { return f.Err }

// why returns what an error is for the page.
func why(err error) Why {
	if f, ok := errors.AsType[*WayError](err); ok {
		return f.Why
	}
	return Other
}
