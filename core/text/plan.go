package text

import (
	"fmt"
	"slices"

	"cairn/core/id"
)

// InsertAt plans runes to stand before the visible rune at pos, or at the end
// for pos = Len. It does not apply the operation, which will be log's: the
// caller applies it before it plans the next.
func (t *Text) InsertAt(log id.Log, pos int, runes string) (Insert, error) {
	if pos < 0 || pos > t.live {
		return Insert{}, fmt.Errorf("insert at %d of %d runes: %w", pos, t.live, ErrRange)
	}
	if len(runes) > MaxInsert {
		return Insert{}, fmt.Errorf("insert %d bytes: %w", len(runes), ErrTooLong)
	}
	if t.size+len(runes) > MaxBytes {
		return Insert{}, ErrFull
	}
	in := Insert{At: ID{log, t.Next(log)}, Runes: runes}
	if err := in.check(); err != nil {
		return Insert{}, err
	}
	left, gap := t.gapAt(log, pos)
	in.Left, in.Right = t.idOf(left), t.idOf(gap.rune())
	return in, nil
}

// gapAt returns the gap before the visible rune at pos and the rune to its
// left. Where deleted runes lie between two visible ones the gap is right
// after the visible one, except that whoever corrects a slip goes on behind
// it: then the runes of log stay one run, which costs nothing to store.
func (t *Text) gapAt(log id.Log, pos int) (left ref, gap place) {
	if pos == 0 {
		return ref{}, place{leaf: t.first()}
	}
	p := t.at(pos - 1)
	t.near = p
	s := &p.leaf.spans[p.i]
	left, gap = s.rune(p.off), p.after()
	next := gap.span()
	if gap.off > 0 || next == nil || !next.dead || !s.continues(next) {
		return left, gap
	}
	if a := t.authors[next.id.author-1]; a.log == log && next.last().n+1 == a.index.size {
		return next.last(), t.gapAfter(next.last())
	}
	return left, gap
}

// DeleteAt plans the n visible runes from pos on to be deleted. It does not
// apply the operation.
func (t *Text) DeleteAt(pos, n int) (Delete, error) {
	if pos < 0 || n < 0 || pos > t.live || n > t.live-pos {
		return Delete{}, fmt.Errorf("delete %d runes at %d of %d: %w", n, pos, t.live, ErrRange)
	}
	if n == 0 {
		return Delete{}, nil
	}
	p := t.at(pos)
	t.near = p
	var gone, dead []Span
	for n > 0 {
		s := p.span()
		take := min(n, int(s.len)-p.off)
		if s.dead {
			dead = append(dead, Span{t.idOf(s.id), s.len})
		} else {
			gone = append(gone, Span{t.idOf(s.rune(p.off)), uint32(take)})
			n -= take
		}
		p = p.beyond()
	}
	spans := bridged(gone, dead)
	if len(spans) > MaxSpans {
		return Delete{}, fmt.Errorf("delete %d spans: %w", len(spans), ErrTooLong)
	}
	return Delete{spans}, nil
}

// bridged returns the normal spans of gone. Where they have spans of dead
// between them it names those, too: to delete them again changes nothing, and
// a paragraph typed with slips remains one span.
func bridged(gone, dead []Span) []Span {
	gone = normal(gone)
	if len(gone) < 2 || len(dead) == 0 {
		return gone
	}
	all := normal(slices.Concat(gone, dead))
	// A joined span that holds none of gone is of no use.
	return slices.DeleteFunc(all, func(s Span) bool {
		i, found := slices.BinarySearchFunc(gone, s.First, func(g Span, at ID) int { return g.First.Compare(at) })
		return !found && (i == len(gone) || gone[i].First.Log != s.First.Log || gone[i].First.N-s.First.N >= s.Len)
	})
}

// normal returns spans in the one way to name their runes: by log, ascending,
// touching ones joined. It may reorder spans itself.
func normal(spans []Span) []Span {
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b Span) int { return a.First.Compare(b.First) })
	out := spans[:1]
	for _, s := range spans[1:] {
		last := &out[len(out)-1]
		end := uint64(last.First.N) + uint64(last.Len)
		if last.First.Log != s.First.Log || uint64(s.First.N) > end {
			out = append(out, s)
			continue
		}
		end = max(end, uint64(s.First.N)+uint64(s.Len))
		last.Len = uint32(end - uint64(last.First.N))
	}
	return out
}
