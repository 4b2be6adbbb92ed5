package text

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"cairn/core/id"
)

// Decode reads what Append has written. It returns ErrMalformed for anything
// else, and for runes that name no possible history; but it believes the order
// that it finds, as it believes the content. It allocates no more than a fixed
// multiple of len(b), and keeps no part of b.
func Decode(b []byte) (*Text, error) {
	l := loader{reader: newReader(b)}
	t := l.load()
	if l.Err == nil && !bytes.Equal(t.Append(make([]byte, 0, len(b))), b) {
		l.Fail("not the form that equal texts share")
	}
	if l.Err != nil {
		return nil, fmt.Errorf("decode a text: %w", l.Err)
	}
	return t, nil
}

// loader takes the saved form apart.
type loader struct {
	reader
	heads    []byte
	spans    []span
	follower []int      // run → the run that goes on with its right origin, 0 if none
	strays   []stray    // origins that were written out
	keys     [][]uint64 // author, less 1 → number of the first rune << 32 | run
}

// stray is an origin of a run that is not known to exist on the side it says.
type stray struct {
	run    int
	origin ref
	right  bool
}

func (l *loader) load() *Text {
	if l.Byte() != savedVersion {
		l.Fail("version")
	}
	t := &Text{number: make(map[id.Log]uint32)}
	l.logs(t)
	l.columns(len(t.authors))
	if l.Err != nil {
		return nil
	}
	if utf8.RuneCount(l.Rest) != visibleRunes(l.spans) || !utf8.Valid(l.Rest) {
		l.Fail("content")
		return nil
	}
	t.build(l.spans, bytes.Clone(l.Rest))
	l.index(t)
	l.history(t)
	if l.Err == nil {
		t.relieveAll()
	}
	return t
}

func (l *loader) logs(t *Text) {
	n := l.Uvarint()
	if n > uint64(len(l.Rest)/id.LogSize) {
		l.Fail("number of logs")
	}
	last := id.Log{}
	for range n {
		log := l.Log()
		if log.Compare(last) <= 0 {
			l.Fail("logs out of order")
			return
		}
		last = log
		t.authorOf(log)
	}
}

// columns reads the runs.
func (l *loader) columns(authors int) {
	n := l.Uvarint()
	if n > uint64(len(l.Rest)/2) { // a run takes a head and a length
		l.Fail("number of runs")
		return
	}
	l.heads = l.Bytes(int(n))
	l.spans = make([]span, n)
	l.follower = make([]int, n)
	for i, head := range l.heads {
		s := &l.spans[i]
		s.dead = head&headDead != 0
		s.len = l.Uint32() + 1
		if s.len == 0 {
			l.Fail("length of a run")
		}
	}
	l.names(authors)
	l.forward(authors)
	l.backward(authors)
	if l.Err != nil {
		return
	}
	for i := range l.spans {
		if s := &l.spans[i]; uint64(s.id.n)+uint64(s.len) > math.MaxUint32 {
			l.Fail("run beyond the last name")
		}
	}
}

func (l *loader) names(authors int) {
	last := int64(0)
	for i, head := range l.heads {
		if head>>nameShift&nameMask != nameAlone {
			continue
		}
		a := uint64(0)
		if authors > 1 {
			a = l.Uvarint()
		}
		last += l.Varint()
		if a >= uint64(authors) || last < 0 || last > math.MaxUint32 {
			l.Fail("name of a run")
			return
		}
		l.spans[i].id = ref{uint32(a) + 1, uint32(last)}
	}
}

func (l *loader) forward(authors int) {
	path := newTrail(len(l.spans))
	for i, head := range l.heads {
		s := &l.spans[i]
		hops, at := l.origin(path, head>>leftShift&hopsMask, authors)
		s.left = at.rune
		if hops < 0 {
			l.strays = append(l.strays, stray{i, s.left, false})
		}
		switch head >> nameShift & nameMask {
		case nameAlone:
		case nameGoesOn:
			if at.run < 0 {
				l.Fail("run that goes on nowhere")
				return
			}
			l.follower[at.run] = i
			fallthrough
		case nameResumes:
			if s.left == (ref{}) || s.left.n == math.MaxUint32 {
				l.Fail("run that resumes nothing")
				return
			}
			s.id = ref{s.left.author, s.left.n + 1}
		default:
			l.Fail("head")
			return
		}
		path.push(hops, step{s.last(), i})
	}
}

func (l *loader) backward(authors int) {
	path := newTrail(len(l.spans))
	for i, head := range slices.Backward(l.heads) {
		s := &l.spans[i]
		var hops int
		if f := l.follower[i]; f != 0 {
			s.right = l.spans[f].right
			hops, _ = path.find(s.right)
		} else {
			var at step
			hops, at = l.origin(path, head>>rightShift, authors)
			s.right = at.rune
		}
		if hops < 0 {
			l.strays = append(l.strays, stray{i, s.right, true})
		}
		path.push(hops, step{s.id, i})
	}
}

// origin reads an origin: -1 hops and no run for one that is written out.
func (l *loader) origin(path trail, bits byte, authors int) (hops int, at step) {
	hops = int(bits)
	if bits > hopsMore {
		l.Fail("head")
	}
	if bits == hopsMore {
		more := l.Uint32()
		if more == 0 {
			return -1, step{l.ref(authors), -1}
		}
		hops = int(min(more, hopsMax)) + hopsMore - 1
	}
	if hops >= len(path) {
		l.Fail("origin beyond the edge")
		return -1, step{run: -1}
	}
	return hops, path[len(path)-1-hops]
}

func (l *loader) ref(authors int) ref {
	a := l.Uvarint()
	if a > uint64(authors) {
		l.Fail("author")
	}
	if a == 0 {
		return ref{}
	}
	return ref{uint32(a), l.Uint32()}
}

// index fills the indexes of t and checks that each author's runs name every
// rune once.
func (l *loader) index(t *Text) {
	l.keys = make([][]uint64, len(t.authors))
	leaves := make([]*leaf, 0, len(l.spans))
	for at := t.first(); at != nil; at = at.next {
		for range at.spans {
			leaves = append(leaves, at)
		}
	}
	if len(l.keys) == 1 {
		l.keys[0] = make([]uint64, 0, len(l.spans))
	}
	for i := range l.spans {
		s := &l.spans[i]
		l.keys[s.id.author-1] = append(l.keys[s.id.author-1], uint64(s.id.n)<<32|uint64(i))
	}
	for a, keys := range l.keys {
		x := &t.authors[a].index
		slices.Sort(keys)
		for _, key := range keys {
			if uint32(key>>32) != x.size {
				l.Fail("runes missing or named twice")
				return
			}
			i := uint32(key)
			x.extend(l.spans[i].len, leaves[i])
		}
		if x.size == 0 {
			l.Fail("log without runes")
			return
		}
	}
}

// history checks that the origins exist, each on its side, and that the runs
// can have been inserted in some order.
func (l *loader) history(t *Text) {
	if l.Err != nil {
		return
	}
	for _, s := range l.strays {
		if s.origin == (ref{}) {
			continue
		}
		if s.origin.n >= t.authors[s.origin.author-1].index.size {
			l.Fail("origin that does not exist")
			return
		}
		c := t.order(l.spans[s.run].id, s.origin, 0)
		if c == 0 || (c < 0) != s.right {
			l.Fail("origin on the wrong side")
			return
		}
	}
	if !l.causal(t) {
		l.Fail("origins in a circle")
	}
}

// causal reports whether the runs can have been inserted in some order. A text
// of one log has only one to try, which saves the search.
func (l *loader) causal(t *Text) bool {
	if len(t.authors) > 1 {
		return t.causally(make([]uint32, len(t.authors)), func(span, place) {})
	}
	for i := range l.spans {
		s := &l.spans[i]
		if s.left != (ref{}) && s.left.n >= s.id.n || s.right != (ref{}) && s.right.n >= s.id.n {
			return false
		}
	}
	return true
}
