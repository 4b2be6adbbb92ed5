// Package fault gives errors a kind that programs switch on, a message that
// people read and a hint that says what to do, apart from the cause that goes
// to the log.
package fault

import (
	"errors"

	"cairn/core/sentence"
)

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
	Message sentence.Sentence // what happened, with a full stop
	Hint    sentence.Sentence // what to do, or nothing
	Err     error             // the cause, for the log; may be nil
}

// New returns an Error without a cause. Message and hint are constants, by which
// translations are looked up; With fills their places.
func New(kind Kind, message, hint string) *Error { return Wrap(nil, kind, message, hint) }

// Wrap returns an Error caused by err.
func Wrap(err error, kind Kind, message, hint string) *Error {
	return &Error{Kind: kind, Message: sentence.New(message), Hint: sentence.New(hint), Err: err}
}

// With returns e with args in the places of the message, and then of the hint,
// as sentence.New takes them.
func (e *Error) With(args ...any) *Error {
	n := min(sentence.Places(e.Message.Format), len(args))
	return &Error{Kind: e.Kind, Message: sentence.New(e.Message.Format, args[:n]...), Hint: sentence.New(e.Hint.Format, args[n:]...), Err: e.Err}
}

func (e *Error) Error() string {
	if e.Err == nil {
		return e.Message.String()
	}
	return e.Message.String() + " (" + e.Err.Error() + ")"
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

// What is shown for an error that was not written for people.
var (
	unknown     = sentence.New("Something went wrong inside Cairn.")
	unknownHint = sentence.New("Run the command again with --verbose and report what it prints.")
)

// Told returns what happened and what a person can do about it, to be said in
// any language: fixed sentences when nothing in err's chain was written for
// people. The hint says nothing when nobody knows.
func Told(err error) (message, hint sentence.Sentence) {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Message, e.Hint
	}
	return unknown, unknownHint
}

// Message returns in English what happened.
func Message(err error) string {
	message, _ := Told(err)
	return message.String()
}

// Hint returns in English what a person can do about err, empty when nobody
// knows.
func Hint(err error) string {
	_, hint := Told(err)
	return hint.String()
}
