package text

import (
	"encoding/binary"
	"slices"
)

// savedVersion is the first byte of the saved form.
const savedVersion = 1

// The head of a saved run, one byte: bit 0 says that it is deleted, bits 1 and
// 2 how it is named, bits 3 and 4 and bits 5 and 6 how many hops away its
// origins are.
const (
	headDead = 1

	nameShift   = 1
	nameMask    = 3
	nameAlone   = 0 // author and number follow
	nameResumes = 1 // the number after the left origin
	nameGoesOn  = 2 // so, and with the right origin of the run on the path that it goes on

	leftShift  = 3
	rightShift = 5
	hopsMask   = 3
	hopsMore   = 3 // a number follows: 0 and the origin itself, or the hops, less 2

	// hopsMax bounds the search for an origin that is not near. Only a text
	// with scores of insertions into each other has one further away.
	hopsMax = 1 << 6
)

// Append appends the saved form of t. Equal texts give equal bytes, in
// whatever way they came about. The form is not compressed, but made to be.
func (t *Text) Append(b []byte) []byte {
	logs, spans := t.runs()
	b = append(b, savedVersion)
	b = binary.AppendUvarint(b, uint64(len(logs)))
	for _, a := range logs {
		b = t.authors[a-1].log.Append(b)
	}
	b = binary.AppendUvarint(b, uint64(len(spans)))
	w := saver{spans: spans, heads: make([]byte, len(spans)), follower: make([]bool, len(spans)), authors: len(logs)}
	w.forward()
	w.backward()
	for _, column := range [...][]byte{w.heads, w.lens, w.names, w.lefts, w.rights} {
		b = append(b, column...)
	}
	b = slices.Grow(b, t.size)
	for l := t.first(); l != nil; l = l.next {
		b = append(b, l.text...)
	}
	return b
}

// runs returns the authors by log and the maximal runs of t in text order,
// whose authors are numbered as in that list.
func (t *Text) runs() (authors []uint32, runs []span) {
	n := 0
	for l := t.first(); l != nil; l = l.next {
		n += len(l.spans)
	}
	runs = make([]span, 0, n)
	for l := t.first(); l != nil; l = l.next {
		for i := range l.spans {
			runs = appendSpan(runs, l.spans[i])
		}
	}
	for a := range t.authors {
		authors = append(authors, uint32(a)+1)
	}
	slices.SortFunc(authors, func(a, b uint32) int { return t.authors[a-1].log.Compare(t.authors[b-1].log) })
	if slices.IsSorted(authors) {
		return authors, runs
	}
	number := make([]uint32, len(authors)+1)
	for i, a := range authors {
		number[a] = uint32(i) + 1
	}
	for i := range runs {
		s := &runs[i]
		s.id.author, s.left.author, s.right.author = number[s.id.author], number[s.left.author], number[s.right.author]
	}
	return authors, runs
}

// saver makes the columns of the saved form.
type saver struct {
	spans    []span
	authors  int
	follower []bool // run → another run goes on with its right origin

	heads, lens, names, lefts, rights []byte
}

// forward makes everything but the right origins. The left origin of a run is
// nearly always on the path that leads from the rune before it to that one's
// left origin and so on to the start of the text.
func (w *saver) forward() {
	last := uint32(0)
	path := newTrail(len(w.spans))
	for i := range w.spans {
		s := &w.spans[i]
		hops, at := path.find(s.left)
		w.heads[i] |= w.hops(&w.lefts, hops, s.left) << leftShift
		if s.dead {
			w.heads[i] |= headDead
		}
		w.lens = binary.AppendUvarint(w.lens, uint64(s.len-1))
		switch {
		case s.left == ref{} || s.id.author != s.left.author || s.id.n != s.left.n+1:
			if w.authors > 1 {
				w.names = binary.AppendUvarint(w.names, uint64(s.id.author-1))
			}
			w.names = binary.AppendVarint(w.names, int64(s.id.n)-int64(last))
			last = s.id.n
		case at >= 0 && w.spans[at].right == s.right:
			w.heads[i] |= nameGoesOn << nameShift
			w.follower[at] = true
		default:
			w.heads[i] |= nameResumes << nameShift
		}
		path.push(hops, step{s.last(), i})
	}
}

// backward makes the right origins, which lie on a path as the left ones do.
func (w *saver) backward() {
	path := newTrail(len(w.spans))
	for i := len(w.spans) - 1; i >= 0; i-- {
		s := &w.spans[i]
		hops, _ := path.find(s.right)
		if !w.follower[i] {
			w.heads[i] |= w.hops(&w.rights, hops, s.right) << rightShift
		}
		path.push(hops, step{s.id, i})
	}
}

// hops returns the bits for an origin so many hops away, and appends to column
// what they do not say.
func (w *saver) hops(column *[]byte, hops int, origin ref) byte {
	switch {
	case hops < 0:
		*column = append(*column, 0)
		*column = binary.AppendUvarint(*column, uint64(origin.author))
		if origin != (ref{}) {
			*column = binary.AppendUvarint(*column, uint64(origin.n))
		}
		return hopsMore
	case hops >= hopsMore:
		*column = binary.AppendUvarint(*column, uint64(hops-hopsMore+1))
		return hopsMore
	}
	return byte(hops)
}

// trail is the path from a rune over its origins to an edge of the text.
type trail []step

// step is a rune of the path and the run it belongs to, -1 for the edge.
type step struct {
	rune ref
	run  int
}

func newTrail(runs int) trail {
	return append(make(trail, 0, runs/4+1), step{run: -1})
}

// find returns how many hops away r is and its run, -1 and -1 when it is not
// on the path or too far.
func (t trail) find(r ref) (hops, run int) {
	for hops = range min(len(t), hopsMax) {
		if s := t[len(t)-1-hops]; s.rune == r {
			return hops, s.run
		}
	}
	return -1, -1
}

// push makes s the begin of the path, which goes on where find found its
// origin; with the whole path when it did not.
func (t *trail) push(hops int, s step) {
	*t = append((*t)[:len(*t)-max(hops, 0)], s)
}
