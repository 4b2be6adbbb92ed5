package text

import (
	"slices"
	"sort"
)

// chunkEntries bounds what an insertion into an index moves.
const chunkEntries = 128

// index finds the leaf that holds a rune of one author.
type index struct {
	size   uint32    // the runes below it have come
	chunks [][]entry // ascending; none is empty
}

// entry says that the runes from n up to the next entry are in leaf.
type entry struct {
	n    uint32
	leaf *leaf
}

// find returns the chunk and the entry that speak of n.
func (x *index) find(n uint32) (c, e int) {
	c = sort.Search(len(x.chunks), func(i int) bool { return x.chunks[i][0].n > n }) - 1
	chunk := x.chunks[c]
	return c, sort.Search(len(chunk), func(i int) bool { return chunk[i].n > n }) - 1
}

func (x *index) leaf(n uint32) *leaf {
	c, e := x.find(n)
	return x.chunks[c][e].leaf
}

// extend says that the next n runes have come, to l.
func (x *index) extend(n uint32, l *leaf) {
	c := len(x.chunks) - 1
	switch {
	case c < 0 || len(x.chunks[c]) == chunkEntries:
		x.chunks = append(x.chunks, []entry{{x.size, l}})
	case x.chunks[c][len(x.chunks[c])-1].leaf != l:
		x.chunks[c] = append(x.chunks[c], entry{x.size, l})
	}
	x.size += n
}

// move says that the runes from lo up to hi are now in l.
func (x *index) move(lo, hi uint32, l *leaf) {
	for lo < hi {
		c, e := x.find(lo)
		end := min(hi, x.end(c, e))
		x.moveWithin(c, e, lo, end, l)
		lo = end
	}
}

// end returns where the entry e of chunk c ends.
func (x *index) end(c, e int) uint32 {
	switch {
	case e+1 < len(x.chunks[c]):
		return x.chunks[c][e+1].n
	case c+1 < len(x.chunks):
		return x.chunks[c+1][0].n
	}
	return x.size
}

// moveWithin is move for runes that the entry e of chunk c speaks of.
func (x *index) moveWithin(c, e int, lo, hi uint32, l *leaf) {
	chunk, old := x.chunks[c], x.chunks[c][e]
	from, to := max(e-1, 0), min(e+2, len(chunk))
	var entries [5]entry
	row := entries[:0]
	if from < e {
		row = append(row, chunk[from])
	}
	if old.n < lo {
		row = appendEntry(row, old)
	}
	row = appendEntry(row, entry{lo, l})
	if hi < x.end(c, e) {
		row = appendEntry(row, entry{hi, old.leaf})
	}
	if e+1 < to {
		row = appendEntry(row, chunk[e+1])
	}
	chunk = slices.Replace(chunk, from, to, row...)
	x.chunks[c] = chunk
	if len(chunk) > chunkEntries {
		half := len(chunk) / 2
		x.chunks = slices.Insert(x.chunks, c+1, slices.Clone(chunk[half:]))
		x.chunks[c] = chunk[:half]
	}
}

// appendEntry appends e to row, unless the last entry says as much.
func appendEntry(row []entry, e entry) []entry {
	if k := len(row) - 1; k >= 0 && row[k].leaf == e.leaf {
		return row
	}
	return append(row, e)
}
