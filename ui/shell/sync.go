package shell

import (
	"cairn/ui/saving"
	"cairn/ui/theme"
	"cairn/ui/words"
)

// Sync says how this laptop stands to the others of the team, as far as it knows.
type Sync struct {
	Laptops       int    // of others, that count
	Level         int    // of them that are known to have the same, now
	Away          int    // of them that are not connected
	Offline       bool   // none of them can be reached
	Behind, Ahead uint64 // changes on their way here, and from here
}

// Team tells the frame how it stands with others' laptops.
type Team interface {
	Sync() Sync
	// Watch calls changed after every change of that, until stop is called.
	Watch(changed func()) (stop func())
}

// Reviews tells the frame how much waits for a decision.
type Reviews interface {
	// Decisions returns how many fields in which people's values stand beside each
	// other.
	Decisions() int
	// Watch calls changed after every change of that, until stop is called.
	Watch(changed func()) (stop func())
}

// Follow has the side bar say how it stands with others' laptops, and lead to the
// page about them. It is called before the screen is made.
func (p *Presenter) Follow(team Team) {
	show := func() {
		now := team.Sync()
		p.State.Update(func(s State) State { s.HasTeam, s.Sync = true, now; return s })
	}
	p.stops = append(p.stops, team.Watch(show))
	show()
}

// FollowReviews has the side bar say how much waits for a decision, and lead to the
// page on which it is made. It is called before the screen is made.
func (p *Presenter) FollowReviews(reviews Reviews) {
	show := func() {
		n := reviews.Decisions()
		p.State.Update(func(s State) State { s.HasReviews, s.Decisions = true, n; return s })
	}
	p.stops = append(p.stops, reviews.Watch(show))
	show()
}

// there reports whether the window has a page of the team. One without sync has
// none.
func (s State) there(page Page) bool {
	switch page {
	case TeamSync:
		return s.HasTeam
	case Reviewing:
		return s.HasReviews
	default:
		return true
	}
}

// foot is what the side bar says at its end.
type foot struct {
	icon       string
	ink        theme.Role
	text, more string
}

// said returns whether what was typed is saved, and whether the others have it. What
// is wrong here comes first.
func said(st State) foot {
	switch st.Saving.Phase {
	case saving.Pending:
		return foot{"loader", theme.Text3, words.T("Saving…"), ""}
	case saving.Held:
		return foot{"circle-alert", theme.Warn, words.T("Not saved yet"), words.T("One value needs correcting")}
	case saving.Failed:
		return foot{"triangle-alert", theme.Error, words.T("Not saved"), st.Saving.Message}
	case saving.Saved: // what the others have is worth a word
	}
	sync := st.Sync
	switch {
	case sync.Laptops == 0:
		return foot{"circle-check", theme.OK, words.T("Saved"), words.T("On this device")}
	case sync.Offline:
		return foot{"cloud-off", theme.Text3, words.T("Offline — saved here"), words.T("Goes out when others are there")}
	case sync.Behind > 0:
		return foot{"refresh-cw", theme.Accent, words.T("Saved · receiving"), counted(words.T("1 change to come"), words.T("%s changes to come", words.Count(sync.Behind)), sync.Behind)}
	case sync.Ahead > 0:
		return foot{"refresh-cw", theme.Accent, words.T("Saved · sending"), counted(words.T("1 change to go"), words.T("%s changes to go", words.Count(sync.Ahead)), sync.Ahead)}
	case sync.Level == sync.Laptops:
		return foot{"cloud-check", theme.OK, words.T("Saved · in sync with %d", sync.Level), words.T("Everyone is up to date")}
	case sync.Away > 0 && sync.Level > 0:
		return foot{"circle-check", theme.OK, away(sync.Away), words.T("In sync with %d", sync.Level)}
	case sync.Away > 0:
		return foot{"circle-check", theme.OK, away(sync.Away), words.T("On this device")}
	default:
		return foot{"refresh-cw", theme.Accent, words.T("Saved · comparing"), words.T("In sync with %d of %d", sync.Level, sync.Laptops)}
	}
}

// counted returns what is said of one change, or of many.
func counted(one, many string, n uint64) string {
	if n == 1 {
		return one
	}
	return many
}

func away(laptops int) string {
	return words.N("Saved · %d laptop away", "Saved · %d laptops away", laptops)
}
