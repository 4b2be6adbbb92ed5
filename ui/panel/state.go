package panel

import (
	"cmp"
	"slices"
	"strings"

	"cairn/core/mention"
	"cairn/ui/words"
)

// TalkState is all that the comments show.
type TalkState struct {
	Place    string // where it is, for the screen to tell two places apart
	Title    string // of the place
	Loaded   bool
	Problem  string // why they can't be read
	ReadOnly bool
	Threads  []ThreadView // the one in which something was said last first
	Open     int
	Resolved int
	Settled  bool   // the resolved ones are shown
	Hidden   int    // threads that are not drawn yet
	Draft    string // of a new thread
	Sending  string // where something is being sent, as Type has it; NewThread for a new one
	Failed   string // where sending failed
	Why      string // it failed
	Suggest  Suggestion
}

// ThreadView is a thread as it is shown.
type ThreadView struct {
	CommentView
	Where     string // the document, when the place has several, and the field
	Resolved  bool
	Settled   string // by whom and when
	Replies   []CommentView
	Earlier   int  // answers that are folded away
	Answering bool // the entry for an answer is open
	Draft     string
}

// CommentView is a comment as it is shown.
type CommentView struct {
	ID, Name string
	Number   int    // for the colour of the avatar
	When     string // and whether it was edited
	Body     []Run
	Plain    string
	Mine     bool
	Deleted  bool
	Editing  bool
	Draft    string // while it is edited
}

// Run is a piece of text of one look.
type Run struct {
	Text string
	Look Look
}

// Look is how a piece of text looks.
type Look int

// The looks.
const (
	Plain Look = iota
	Mention
	Added
	Removed
)

// Suggestion is who may be meant by a name that is being typed.
type Suggestion struct {
	At     string // where, as Type has it; empty when nobody is
	Names  []string
	Chosen int
	Begun  int // runes typed of the name
}

// Places in which something is typed. A thread's answer is typed at its ID, a
// comment is rewritten at its ID behind EditPrefix.
const (
	NewThread  = "new"
	EditPrefix = "edit "
)

// runs cuts a body at its mentions. People are found by the names they have now.
func runs(body string, mentions []Person) []Run {
	people := make([]mention.Person, len(mentions))
	for i, p := range mentions {
		people[i] = mention.Person{Name: p.Name}
	}
	var out []Run
	at := 0
	for _, f := range mention.Find(body, people) {
		if f.From > at {
			out = append(out, Run{body[at:f.From], Plain})
		}
		out = append(out, Run{body[f.From:f.To], Mention})
		at = f.To
	}
	if at < len(body) || out == nil {
		out = append(out, Run{body[at:], Plain})
	}
	return out
}

// where says what a thread is about beyond what the place says.
func where(t Thread, at Place) string {
	var parts []string
	room := chipRoom
	if t.Field != "" && t.Field != at.Field {
		label := clip(cmp.Or(t.FieldLabel, t.Field), chipRoom/2)
		parts, room = []string{label}, room-width(label)-len(" · ")
	}
	if t.About != at.Document && t.AboutTitle != "" {
		parts = slices.Insert(parts, 0, clip(t.AboutTitle, room))
	}
	return strings.Join(parts, " · ")
}

// chipRoom is how many Latin letters a chip of the column holds.
const chipRoom = 34

// clip returns the beginning of text that takes no more room than so many Latin
// letters.
func clip(text string, room int) string {
	if width(text) <= room {
		return text
	}
	for i, r := range text {
		if room -= width(string(r)); room < 1 {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
}

// width returns about how many Latin letters text is wide.
func width(text string) int {
	n := 0
	for _, r := range text {
		if n++; r >= 0x1100 { // Hangul, Han, kana
			n++
		}
	}
	return n
}

// cursorOf returns where the cursor stands in now, in runes, given what stood
// there before: behind what was typed, or where something was deleted.
func cursorOf(before, now string) int {
	a, b := []rune(before), []rune(now)
	tail := 0
	for tail < len(a) && tail < len(b) && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	// A letter typed beside its like could be either: the cursor is behind it.
	return len(b) - tail
}

func edited(c Comment, when string) string {
	switch {
	case c.EditedBy != "":
		return words.T("%s · edited by %s", when, c.EditedBy)
	case c.Edited:
		return words.T("%s · edited", when)
	}
	return when
}
