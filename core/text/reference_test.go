package text_test

import (
	"slices"

	"cairn/core/text"
)

// reference is the textbook: one record a rune, origins found by search, the
// integration of YjsMod written down as published
// (github.com/josephg/reference-crdts).
type reference struct{ items []item }

type item struct {
	id          text.ID
	left, right text.Origin
	content     rune
	dead        bool
}

func (r *reference) String() string {
	var out []rune
	for _, i := range r.items {
		if !i.dead {
			out = append(out, i.content)
		}
	}
	return string(out)
}

func (r *reference) find(id text.ID) int {
	return slices.IndexFunc(r.items, func(i item) bool { return i.id == id })
}

// left and right give the index of an origin, the edges included.
func (r *reference) left(o text.Origin) int {
	if o.Log.IsZero() {
		return -1
	}
	return r.find(o)
}

func (r *reference) right(o text.Origin) int {
	if o.Log.IsZero() {
		return len(r.items)
	}
	return r.find(o)
}

func (r *reference) insert(in text.Insert) {
	left := in.Left
	for _, c := range in.Runes {
		r.integrate(item{id: in.At, left: left, right: in.Right, content: c})
		left = in.At
		in.At.N++
	}
}

func (r *reference) integrate(n item) {
	if r.find(n.id) >= 0 {
		return
	}
	left, right := r.left(n.left), r.right(n.right)
	dest, scanning := left+1, false
	for i := dest; ; i++ {
		if !scanning {
			dest = i
		}
		if i == len(r.items) || i == right {
			break
		}
		o := r.items[i]
		oleft, oright := r.left(o.left), r.right(o.right)
		if oleft < left || oleft == left && oright == right && n.id.Log.Compare(o.id.Log) < 0 {
			break
		}
		if oleft == left {
			scanning = oright < right
		}
	}
	r.items = slices.Insert(r.items, dest, n)
}

func (r *reference) delete(d text.Delete) {
	for _, s := range d.Spans {
		for n := range s.Len {
			r.items[r.find(text.ID{Log: s.First.Log, N: s.First.N + n})].dead = true
		}
	}
}
