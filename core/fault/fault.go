// Package fault gives errors a kind that programs switch on, a message that
// people read and a hint that says what to do, apart from the cause that goes
// to the log.
package fault

import "errors"

// Kind says what can be done about an error.
type Kind uint8

// The kinds. They cross the wire and the command line's --json: add at the
// end, never reorder.
const (
	Internal    Kind = iota // a bug: log it, apologise
	Invalid                 // the user can correct the input
	NotFound                // the thing is gone, or was never here
	Conflict                // somebody else changed it first
	Denied                  // this person or device may not
	Offline                 // try again when the peer is back
	Locked                  // another process holds the folder
	Full                    // no room left on the disk
	Damaged                 // stored bytes are not what was written
	Newer                   // made by a later version of Cairn
	Unavailable             // this machine lacks or forbids something that is needed
)

// String returns the stable name of k, as --json prints it.
func (k Kind) String() string {
	names := [...]string{
		"internal", "invalid", "not_found", "conflict", "denied", "offline",
		"locked", "full", "damaged", "newer", "unavailable",
	}
	if int(k) < len(names) {
		return names[k]
	}
	return "internal"
}

// ParseKind returns the kind that String calls name, Internal for any other.
func ParseKind(name string) Kind {
	for k := Internal; k <= Unavailable; k++ {
		if k.String() == name {
			return k
		}
	}
	return Internal
}

// Error is a failure with words that are safe to show.
type Error struct {
	Kind    Kind
	Message string // what happened: one sentence for people, with a full stop
	Hint    string // what to do: one sentence, or empty
	Err     error  // the cause, for the log; may be nil
}

// New returns an Error without a cause.
func New(kind Kind, message, hint string) *Error {
	return &Error{Kind: kind, Message: message, Hint: hint}
}

// Wrap returns an Error caused by err.
func Wrap(err error, kind Kind, message, hint string) *Error {
	return &Error{Kind: kind, Message: message, Hint: hint, Err: err}
}

func (e *Error) Error() string {
	if e.Err == nil {
		return e.Message
	}
	return e.Message + " (" + e.Err.Error() + ")"
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first Error in err's chain, Internal if
// there is none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Message returns what to show for err: a fixed sentence when nothing in its
// chain was written for people.
func Message(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Message
	}
	return "Something went wrong inside Cairn."
}

// Hint returns what a person can do about err, empty when nobody knows.
func Hint(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Hint
	}
	return "Run the command again with --verbose and report what it prints."
}
