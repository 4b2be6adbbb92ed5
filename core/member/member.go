// Package member says who may write what. A workspace's membership is a set of
// control logs: batches with oplog.FlagControl in logs of their own, whose
// operations are the acts of this package. They are not folded into documents.
// Evaluate turns them into a Table, from scratch, the same on every replica
// that holds the same batches, whatever order they came in.
//
// # How acts are judged
//
// Batches are ordered causally: after their log's earlier batches and after the
// causes they name. What that leaves open is decided by stamp, then log; but
// whoever takes rights away goes first (see below). Each act is judged by what
// holds at its place in that order. One that its author may not do is void, and
// listed as rejected; the ones after it stand. Nothing depends on the time of
// day: a removal says by a cut, not by a date, which of a device's data
// operations count, and when an invite has expired is for who admits to say.
//
// # Who may do what
//
// An administrator may do everything. Everybody may add, invite and remove
// devices of their own, viewers too, and hand sealing keys to them. When a
// device that has the current sealing key is no member's (any more), everybody
// may make the next key, so that whoever removes a lost laptop of their own
// locks it out at once.
//
// # Removal is strong
//
// What somebody signs who was removed, or lost the role of administrator, and
// what the one who removed them had not seen, is judged after the removal,
// whatever stamp and causes it names: invites, admissions and removals in it
// are void, and so is what others did only by their leave. The causes of the
// removal are the cut through the control logs. Further devices that a person
// adds while being removed go with the person; those added by a device while
// that is removed are void.
//
// Of two administrators who remove each other concurrently, the one who has
// been an administrator for longer stays, founder first. So a removed
// administrator can come back by a signature made later only over somebody who
// came after them.
//
// # Invites
//
// An invite is a key pair: the public half in an act, the private half with
// whoever is invited, who signs JoinText. A member writes Admit; the first in
// the order uses the invite up, the others are void. An invite ends with its
// maker's right to make it.
//
// # Sealing keys
//
// Rotate makes a key the current one and Share hands keys out. Which key is
// current follows from the acts alone, never from what is inside an envelope:
// it is that of the last Rotate that stands. One that hands a key to somebody
// who is no member at its place is void, which leaves the better of two
// concurrent ones. When none is good, KeyDue says so; when somebody admitted
// concurrently lacks the current one, Keyless does.
//
// # What is not here
//
// An administrator who signs two histories of one control log ends it where
// they part, and voids what it said from there on. Another administrator can
// repair that, and it leaves a signed trace. There are no rights below the
// workspace. An act is a kind and a payload, so more of them need no other
// format: a version that meets a critical kind it does not know stops there and
// says so.
//
// FORMAT.md beside this file describes the bytes.
package member

import (
	"errors"
	"fmt"
)

// Role is what a person may do in a workspace. A higher role may do all that a
// lower one may.
type Role uint8

// The roles. The numbers are stored for ever; the gaps are room.
const (
	None        Role = 0  // not a member, or not any more
	Viewer      Role = 10 // reads
	Contributor Role = 20 // writes data
	Approver    Role = 30 // signs off
	Admin       Role = 40 // writes the control log
)

// ErrRole is returned for text that names no role.
var ErrRole = errors.New("no such role")

// Valid reports whether r is a role that a member can have.
func (r Role) Valid() bool {
	switch r {
	case Viewer, Contributor, Approver, Admin:
		return true
	default:
		return false
	}
}

// String returns the stable name of r, as the command line takes it.
func (r Role) String() string {
	switch r {
	case None:
		return "none"
	case Viewer:
		return "viewer"
	case Contributor:
		return "contributor"
	case Approver:
		return "approver"
	case Admin:
		return "admin"
	default:
		return fmt.Sprintf("role(%d)", uint8(r))
	}
}

// ParseRole returns the role that String calls name, or ErrRole. None is no
// role that can be given.
func ParseRole(name string) (Role, error) {
	for _, r := range []Role{Viewer, Contributor, Approver, Admin} {
		if r.String() == name {
			return r, nil
		}
	}
	return None, fmt.Errorf("%q: %w", name, ErrRole)
}

// MarshalText returns the String form.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the String form of a valid role.
func (r *Role) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRole(string(text))
	return err
}
