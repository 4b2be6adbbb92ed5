package text

import (
	"maps"
	"slices"
)

// Clone returns a copy that shares nothing with t.
func (t *Text) Clone() *Text {
	c := &Text{
		authors: slices.Clone(t.authors),
		number:  maps.Clone(t.number),
		groups:  make([]*group, 0, len(t.groups)),
		live:    t.live,
		size:    t.size,
	}
	twins := make(map[*leaf]*leaf)
	var last *leaf
	for _, g := range t.groups {
		h := &group{at: g.at, live: g.live, leaves: make([]*leaf, 0, len(g.leaves))}
		for _, l := range g.leaves {
			twin := &leaf{group: h, spans: slices.Clone(l.spans), text: slices.Clone(l.text), live: l.live}
			if last != nil {
				last.next = twin
			}
			last = twin
			h.leaves = append(h.leaves, twin)
			twins[l] = twin
		}
		c.groups = append(c.groups, h)
	}
	for i := range c.authors {
		c.authors[i].index = t.authors[i].index.clone(twins)
	}
	return c
}

// clone returns a copy that names the twins of the leaves.
func (x *index) clone(twins map[*leaf]*leaf) index {
	c := index{size: x.size, chunks: make([][]entry, len(x.chunks))}
	for i, chunk := range x.chunks {
		c.chunks[i] = slices.Clone(chunk)
		for j, e := range chunk {
			c.chunks[i][j].leaf = twins[e.leaf]
		}
	}
	return c
}
