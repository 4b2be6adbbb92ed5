package join

import (
	"cairn/ui/words"
)

// inviter returns what to call who made the invite.
func (i *Invitation) inviter() string {
	if i.Inviter == "" {
		return words.T("who invited you")
	}
	return i.Inviter
}

// laptop returns what to call the laptop that lets one in.
func (i *Invitation) laptop() string {
	switch {
	case i.Laptop != "":
		return i.Laptop
	case i.Inviter != "":
		return words.T("the laptop of %s", i.Inviter)
	default:
		return words.T("the laptop that invited you")
	}
}

// title says in a line what the invite is for.
func (i *Invitation) title() string {
	switch {
	case i.Further && i.Workspace != "":
		return words.T("Add this laptop to %s", i.Workspace)
	case i.Further:
		return words.T("Add this laptop to your workspace")
	case i.Inviter != "" && i.Workspace != "":
		return words.T("%s invites you to %s", i.Inviter, i.Workspace)
	case i.Inviter != "":
		return words.T("%s invites you", i.Inviter)
	case i.Workspace != "":
		return words.T("You are invited to %s", i.Workspace)
	default:
		return words.T("You are invited to a workspace")
	}
}

// lets says what the invite lets one do.
func (i *Invitation) lets() string {
	if i.Further {
		return words.T("It may do what your other laptops may.")
	}
	return words.T("You join as %s.", i.Right.Name()) + " " + i.Right.Says()
}

// stepName says what a step does, or has done.
func stepName(s Step, i *Invitation, p Progress, done bool) string {
	switch s {
	case Finding:
		if done {
			return words.T("Found %s", i.laptop())
		}
		return words.T("Finding %s", i.laptop())
	case Asking:
		if done {
			return words.T("You are let in")
		}
		return words.T("Asking to be let in")
	case Receiving:
		switch {
		case done && p.Total > 0:
			return words.T("Received %s changes", words.Count(p.Total))
		case done || p.Total == 0:
			return words.T("Receiving the workspace")
		default:
			return words.T("Receiving %s of %s changes", words.Count(min(p.Done, p.Total)), words.Count(p.Total))
		}
	default:
		return words.T("Opening the workspace")
	}
}

// Trouble is what is in the way, and what can be done.
type Trouble struct {
	Sentence, Hint string
	Again          bool // to try again may help …
	Wait           bool // … or to wait until somebody is there
	Link           bool // another link is needed
}

// trouble says what is in the way.
func trouble(err error, i *Invitation, p Progress) Trouble {
	t := Trouble{Link: true, Hint: words.T("Ask %s for a new link.", i.inviter())}
	switch why(err) {
	case NoLink:
		t.Sentence, t.Hint = words.T("That is not an invite link."), words.T("It begins with cairn://join/. Copy all of it from the message.")
	case Cut:
		t.Sentence, t.Hint = words.T("A part of the link is missing."), words.T("Copy it again, from its beginning to its end.")
	case NewerLink:
		t.Sentence, t.Hint = words.T("The link was made by a later version of Cairn."), words.T("Update Cairn on this laptop, then use the link again.")
	case Expired:
		t.Sentence = words.T("The invite has expired.")
	case Used:
		t.Sentence = words.T("The invite has been used already; each lets one in.")
	case Withdrawn:
		t.Sentence = words.T("The invite was withdrawn.")
	case Refused:
		t.Sentence, t.Hint = words.T("Who made the invite may not invite any more."), words.T("Ask another admin of the workspace for a link.")
	case OtherWorkspace:
		t.Sentence = words.T("The laptop that answers holds another workspace than the link is for.")
	case Unreachable:
		t = Trouble{Sentence: words.T("Nobody answers who could let you in."), Again: true, Wait: true}
		t.Hint = words.T("Check that %s is on, has Cairn open, and is in the same network as this one.", i.laptop())
	case Broken:
		t = Trouble{Sentence: words.T("The connection broke."), Hint: words.T("What has arrived is kept; it goes on where it stopped."), Again: true, Wait: true}
		if p.Total > 0 {
			t.Sentence = words.T("The connection broke after %s of %s changes.", words.Count(p.Done), words.Count(p.Total))
		}
	case Versions:
		t = Trouble{Sentence: words.T("This Cairn and the one on %s are of versions that don't understand each other.", i.laptop()), Hint: words.T("Update Cairn on both, then try again."), Again: true}
	case Full:
		t = Trouble{Sentence: words.T("There is no room left on this disk."), Hint: words.T("Make room, then try again. What has arrived is kept."), Again: true}
	default:
		t = Trouble{Sentence: words.Message(err), Hint: words.Hint(err), Again: true, Link: true}
	}
	return t
}
