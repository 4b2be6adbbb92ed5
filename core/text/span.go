package text

// span is a run of runes with consecutive names: the first stands between left
// and right, each other one between its predecessor and right.
type span struct {
	id          ref // of the first rune
	len         uint32
	left, right ref
	dead        bool // deleted
}

func (s *span) has(r ref) bool { return r.author == s.id.author && r.n-s.id.n < s.len }

func (s *span) rune(off int) ref { return ref{s.id.author, s.id.n + uint32(off)} }

func (s *span) last() ref { return s.rune(int(s.len) - 1) }

// leftOf returns the left origin of the rune at off.
func (s *span) leftOf(off int) ref {
	if off == 0 {
		return s.left
	}
	return s.rune(off - 1)
}

// from returns the part of s that begins at off.
func (s *span) from(off int) span {
	rest := *s
	rest.id, rest.left, rest.len = s.rune(off), s.leftOf(off), s.len-uint32(off)
	return rest
}

// to returns the part of s that ends before off.
func (s *span) to(off int) span {
	head := *s
	head.len = uint32(off)
	return head
}

// visible returns the number of visible runes of s.
func (s *span) visible() int {
	if s.dead {
		return 0
	}
	return int(s.len)
}

// joins reports whether s and next, which follows it, are one run.
func (s *span) joins(next *span) bool { return s.dead == next.dead && s.continues(next) }

// continues reports whether next goes on where s ends, deleted or not.
func (s *span) continues(next *span) bool {
	return s.id.author == next.id.author && s.id.n+s.len == next.id.n &&
		next.left == s.last() && s.right == next.right
}

// appendSpan appends s to row, to its last span if they are one run.
func appendSpan(row []span, s span) []span {
	if k := len(row) - 1; k >= 0 && row[k].joins(&s) {
		row[k].len += s.len
		return row
	}
	return append(row, s)
}
