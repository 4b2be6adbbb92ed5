package discovery

import (
	"errors"
	"strconv"
	"strings"

	"cairn/core/fault"
)

// textMost is how much pasted text is looked through for a link.
const textMost = 64 << 10

var errLink = errors.New("malformed link")

// Parse reads the link in text that a person has pasted: with words around it,
// with spaces and breaks in it that a mail client made, with or without its
// beginning cairn://. The error is a fault that says what is wrong: Newer if a
// later version of Cairn made the link, and else Invalid.
func Parse(text string) (Link, error) {
	version, encoded, found := locate(text)
	if !found {
		return Link{}, fault.New(fault.Invalid, "This is no invite link of Cairn.", "An invite link begins with cairn://join/. Copy all of it from the message that it came with.")
	}
	if version > linkVersion {
		return Link{}, newerLink()
	}
	// The second byte says how long the link is: words may follow.
	const lead = 4
	if len(encoded) < lead {
		return Link{}, damagedLink()
	}
	head, err := linkText.DecodeString(encoded[:lead])
	if err != nil {
		return Link{}, damagedLink()
	}
	if head[0] > linkVersion {
		return Link{}, newerLink()
	}
	size := linkText.EncodedLen(int(head[1]))
	if head[0] != linkVersion || size < lead || len(encoded) < size {
		return Link{}, damagedLink()
	}
	b, err := linkText.Strict().DecodeString(encoded[:size])
	if err != nil {
		return Link{}, damagedLink()
	}
	l := unpack(b)
	switch {
	case l == nil:
		return Link{}, damagedLink()
	case !l.Role.Valid():
		return Link{}, newerLink()
	}
	return *l, nil
}

func newerLink() error {
	return fault.New(fault.Newer, "A later version of Cairn made this invite link.", "Update Cairn, then open the link again.")
}

func damagedLink() error {
	return fault.New(fault.Invalid, "A part of this invite link is missing or was changed.", "Copy the whole link once more, or ask for a new one.")
}

// locate returns the version of the link in text and what follows it, without
// what mail clients and people put in between.
func locate(text string) (version int, encoded string, found bool) {
	text = strings.Map(keepLink, text[:min(len(text), textMost)])
	lower := strings.ToLower(text) // of ASCII, so that places stay
	at := strings.Index(lower, linkPrefix)
	if at >= 0 {
		at += len(linkPrefix)
	} else {
		rest := strings.TrimLeft(strings.TrimPrefix(lower, "cairn:"), "/")
		after, ok := strings.CutPrefix(rest, "join/")
		if !ok {
			return 0, "", false
		}
		at = len(lower) - len(after)
	}
	number, encoded, cut := strings.Cut(text[at:], "/")
	version, err := strconv.Atoi(number)
	if !cut || err != nil || version < 1 {
		return 0, "", false
	}
	return version, encoded, true
}

// keepLink drops what no link has: breaks, marks of quoted mail, quotes and
// brackets around it, and characters that nobody sees.
func keepLink(c rune) rune {
	if c <= ' ' || c > '~' || strings.ContainsRune("<>\"'`=", c) {
		return -1
	}
	return c
}
