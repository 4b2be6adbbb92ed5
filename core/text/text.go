// Package text is collaborative plain text: replicas that have applied the
// same operations, in any order that respects their causes, hold the same
// runes in the same order.
//
// Every rune has a name that lasts (ID) and remembers its neighbours at the
// moment it was typed (its origins). Where two people typed at the same place,
// the origins and then the logs decide who comes first, by the rules of
// FugueMax (Weidner and Kleppmann, "The Art of the Fugue", 2023), in the list
// form known as YjsMod: runs typed at the same time, forwards or backwards,
// never interleave. A deleted rune keeps its name, for others may have typed
// beside it, and loses its content.
//
// An author can forge origins that no text ever showed side by side. Applying
// them is harmless, but replicas that hear them in different orders may then
// differ: who compares hashes finds out, and the operations name the author.
//
// Positions count runes, everywhere. The forms that are stored and sent are
// laid down in FORMAT.md.
package text

import (
	"cmp"
	"errors"
	"strings"

	"cairn/core/fault"
	"cairn/core/id"
)

const (
	// MaxBytes is how much UTF-8 a text may hold before InsertAt refuses to
	// add to it: one mebibyte is a long book, and loads in milliseconds. Only
	// planning enforces it. Applying must not: two people who each stay below
	// the limit may exceed it together, and then every replica has to agree.
	MaxBytes = 1 << 20

	// MaxInsert is how many bytes of UTF-8 one Insert may add: its payload stays
	// well below the 128 KiB that an operation may carry.
	MaxInsert = 64 << 10

	// MaxSpans is how many spans one Delete may name, so that its payload does
	// so too: a span takes 10 bytes at most.
	MaxSpans = 8 << 10
)

var (
	// ErrMissing says that an operation refers to a rune that has not come:
	// it has to wait for the operations that its author had applied.
	ErrMissing = errors.New("the text lacks a rune that the operation refers to")

	// ErrMalformed says that bytes, or an operation, cannot have been made by
	// this package. Applying it later will not help.
	ErrMalformed = errors.New("malformed text")

	// ErrRange says that a position does not lie in the text.
	ErrRange = errors.New("position outside the text")

	// ErrTooLong says that a change exceeds MaxInsert or MaxSpans. Made in parts,
	// it can be done.
	ErrTooLong = errors.New("more than one operation may change")

	// ErrFull says that a text would grow beyond MaxBytes.
	ErrFull error = fault.New(fault.Invalid, "This text is full: it holds one mebibyte.", "Continue in a new text, or shorten this one.")
)

// ID names one rune for ever: the N-th that Log inserted into this text,
// counting from 0. The zero Log names no rune.
type ID struct {
	Log id.Log
	N   uint32
}

// Compare orders names by log, then by number.
func (i ID) Compare(o ID) int {
	return cmp.Or(i.Log.Compare(o.Log), cmp.Compare(i.N, o.N))
}

// Origin is a neighbour of a rune at the moment it was typed. The zero Origin
// is the start of the text when it stands on the left, and the end when it
// stands on the right.
type Origin = ID

// Insert is the operation that puts Runes between two neighbours. They are
// named At.N, At.N+1 and so on; each is the left neighbour of the next.
type Insert struct {
	At          ID
	Left, Right Origin
	Runes       string
}

// Span is Len runes with consecutive names.
type Span struct {
	First ID
	Len   uint32
}

// Delete is the operation that deletes the runes of Spans.
type Delete struct{ Spans []Span }

// Text is a replica of a text. The zero Text is empty and ready. A Text is
// not safe for concurrent use, except that any number of goroutines may call
// Len, String, Next, Append and Clone, or give it to Merge as the other side,
// while nobody changes it or plans a change. It must not be copied after its
// first use other than by moving it.
type Text struct {
	authors []author // in order of arrival; a ref counts them from 1
	number  map[id.Log]uint32
	groups  []*group // in text order; none is empty
	live    int      // visible runes
	size    int      // bytes of UTF-8 of the visible runes
	near    place    // where the last change was, and the next one is likely to be
	last    span     // the last insertion, see seat
	steps   uint64   // spans looked at, for the test that guards against quadratic time
}

// author is a log that has inserted runes.
type author struct {
	log   id.Log
	index index // where its runes are
}

// Len returns the number of visible runes.
func (t *Text) Len() int { return t.live }

// String returns the visible runes.
func (t *Text) String() string {
	var b strings.Builder
	b.Grow(t.size)
	for l := t.first(); l != nil; l = l.next {
		b.Write(l.text)
	}
	return b.String()
}

// Next returns the number of runes that log has inserted, deleted ones
// included: the N of its next one.
func (t *Text) Next(log id.Log) uint32 {
	if a := t.number[log]; a != 0 {
		return t.authors[a-1].index.size
	}
	return 0
}

// ref is an ID inside a Text. The zero ref is the start or the end of the text.
type ref struct {
	author uint32 // index in Text.authors, plus 1
	n      uint32
}

// refTo returns the ref of an origin, or false when it has not come.
func (t *Text) refTo(o Origin) (ref, bool) {
	if o.Log.IsZero() {
		return ref{}, true
	}
	a := t.number[o.Log]
	if a == 0 || o.N >= t.authors[a-1].index.size {
		return ref{}, false
	}
	return ref{a, o.N}, true
}

func (t *Text) idOf(r ref) ID {
	if r == (ref{}) {
		return ID{}
	}
	return ID{t.authors[r.author-1].log, r.n}
}

// authorOf returns the number of log, which it gives one when it has none.
func (t *Text) authorOf(log id.Log) uint32 {
	a := t.number[log]
	if a == 0 {
		if t.number == nil {
			t.number = make(map[id.Log]uint32)
		}
		t.authors = append(t.authors, author{log: log})
		a = uint32(len(t.authors))
		t.number[log] = a
	}
	return a
}
