package team

import (
	"strings"
	"time"

	"cairn/ui/shell"
	"cairn/ui/words"
)

// Name returns what a right is called.
func (r Right) Name() string {
	switch r {
	case Viewer:
		return words.T("Viewer")
	case Contributor:
		return words.T("Contributor")
	case Approver:
		return words.T("Approver")
	case Admin:
		return words.T("Admin")
	default:
		return words.T("No right")
	}
}

// Says returns in a sentence what a right lets somebody do.
func (r Right) Says() string {
	switch r {
	case Viewer:
		return words.T("Reads everything in the workspace and changes nothing.")
	case Contributor:
		return words.T("Writes documents, comments and runs: right for most people.")
	case Approver:
		return words.T("Writes as well, and signs pages off.")
	case Admin:
		return words.T("Does all of that, invites and removes people, and sets what they may do.")
	default:
		return ""
	}
}

// clockMost is from where on a clock that goes wrong is said: below it, the order
// in which changes show is hardly ever another.
const clockMost = time.Minute

// called returns what to call a laptop apart from its owner's row.
func (l *Laptop) called() string {
	first, _, _ := strings.Cut(l.owner, " ")
	if l.owner == "" || strings.Contains(strings.ToLower(l.Name), strings.ToLower(first)) {
		return l.Name
	}
	return words.T("%s’s %s", first, l.Name)
}

// stateName returns what a state is called.
func stateName(l Laptop) string {
	switch {
	case l.This:
		return words.T("This laptop")
	case l.State == Connected:
		return words.T("Connected")
	case l.State == Connecting:
		return words.T("Connecting…")
	case l.State == Removed:
		return words.T("Removed")
	default:
		return words.T("Away")
	}
}

// standing says how it is with a laptop, in a line.
func standing(now time.Time, l Laptop) string {
	var parts []string
	say := func(text string) { parts = append(parts, text) }
	switch {
	case l.This:
		return ""
	case l.State == Removed:
		return words.T("Can no longer see new work; keeps what it already has.")
	case l.State == Connected && !l.Known:
		say(words.T("Comparing what each has"))
	case l.State == Connected && l.Level():
		say(words.T("Up to date"))
	case l.State == Connected:
		if l.Behind > 0 && l.BehindBytes > 0 {
			say(words.T("Receiving %s, about %s", changes(l.Behind), words.Size(l.BehindBytes)))
		} else if l.Behind > 0 {
			say(words.T("Receiving %s", changes(l.Behind)))
		}
		if l.Ahead > 0 {
			say(words.T("Sending %s", changes(l.Ahead)))
		}
	case l.LastSeen.IsZero():
		say(words.T("No contact from here yet"))
	default:
		say(words.T("Last contact %s", words.Ago(now, l.LastSeen)))
	}
	if l.State != Connected && l.Known && l.Ahead > 0 {
		say(words.T("%s wait for it here", changes(l.Ahead)))
	}
	if l.Address != "" && l.State != Away {
		say(l.Address)
	}
	return strings.Join(parts, " · ")
}

// clock says that the clock of a laptop goes wrong, nothing when it does not.
func clock(l Laptop) string {
	switch {
	case l.This || l.State == Removed || l.ClockAhead.Abs() <= clockMost:
		return ""
	case l.ClockAhead > 0:
		return words.T("Its clock is %s ahead of this one. Set the time on one of the two: changes carry it.", words.Span(l.ClockAhead))
	default:
		return words.T("Its clock is %s behind this one. Set the time on one of the two: changes carry it.", words.Span(l.ClockAhead))
	}
}

// roles returns the roles of a person for people.
func roles(stored []string) string {
	shown := make([]string, len(stored))
	for i, r := range stored {
		shown[i] = words.Data(shell.RoleName(r))
	}
	return strings.Join(shown, ", ")
}

// removing says what it means to take laptops out of the workspace.
func removing(laptops int) string {
	return words.N("%d laptop can no longer see new work; it keeps what it already has.", "%d laptops can no longer see new work; they keep what they already have.", laptops)
}
