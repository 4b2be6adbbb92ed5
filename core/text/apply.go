package text

import (
	"fmt"
	"math"
	"unicode/utf8"
)

// ApplyInsert carries out in. Doing so again changes nothing. It returns
// ErrMissing when an origin, or an earlier rune of the same log, has not come,
// and ErrMalformed when no author can have meant in; it changes nothing then.
func (t *Text) ApplyInsert(in Insert) error {
	if err := in.check(); err != nil {
		return err
	}
	next := t.Next(in.At.Log)
	if in.At.N > next {
		return fmt.Errorf("insert %v/%d after %d runes of its log: %w", in.At.Log, in.At.N, next, ErrMissing)
	}
	runes := in.Runes
	count := uint32(utf8.RuneCountInString(runes))
	known := next - in.At.N
	if known >= count {
		return nil
	}
	left, okLeft := t.refTo(in.Left)
	right, okRight := t.refTo(in.Right)
	if !okLeft || !okRight {
		return fmt.Errorf("insert %v/%d between unknown runes: %w", in.At.Log, in.At.N, ErrMissing)
	}
	if known > 0 {
		left = ref{t.number[in.At.Log], next - 1}
		for range known {
			_, w := utf8.DecodeRuneInString(runes)
			runes = runes[w:]
		}
	}
	gap := t.gapAfter(left)
	if gap.rune() != right && !t.ordered(left, right) {
		return fmt.Errorf("insert %v/%d between runes that stand the other way: %w", in.At.Log, in.At.N, ErrMalformed)
	}
	p := t.seat(gap, in.At.Log, left, right)
	s := span{id: ref{t.authorOf(in.At.Log), next}, len: count - known, left: left, right: right}
	t.lay(p, s, runes)
	return nil
}

// check reports what makes in malformed whatever the text.
func (in *Insert) check() error {
	count := utf8.RuneCountInString(in.Runes)
	switch {
	case in.At.Log.IsZero():
		return fmt.Errorf("insert without a log: %w", ErrMalformed)
	case count == 0 || len(in.Runes) > MaxInsert:
		return fmt.Errorf("insert of %d bytes: %w", len(in.Runes), ErrMalformed)
	case !utf8.ValidString(in.Runes):
		return fmt.Errorf("insert of bytes that are not UTF-8: %w", ErrMalformed)
	case uint64(in.At.N)+uint64(count) > math.MaxUint32:
		return fmt.Errorf("insert %v/%d of %d runes beyond the last name: %w", in.At.Log, in.At.N, count, ErrMalformed)
	}
	for _, o := range [...]Origin{in.Left, in.Right} {
		if o.Log == in.At.Log && o.N >= in.At.N || o.Log.IsZero() && o.N != 0 {
			return fmt.Errorf("insert %v/%d beside %v/%d: %w", in.At.Log, in.At.N, o.Log, o.N, ErrMalformed)
		}
	}
	return nil
}

// lay puts a new span at p, in pieces that leaves can hold.
func (t *Text) lay(p place, s span, content string) {
	t.last = s
	for len(content) > leafBytes {
		runes, size := 0, 0
		for size < leafBytes/2 {
			_, w := utf8.DecodeRuneInString(content[size:])
			size += w
			runes++
		}
		t.put(p, s.to(runes), content[:size])
		s, content = s.from(runes), content[size:]
		p = t.gapAfter(s.left)
	}
	t.put(p, s, content)
}

// ApplyDelete carries out d. Doing so again changes nothing. It returns
// ErrMissing when a rune has not come, and changes nothing then.
func (t *Text) ApplyDelete(d Delete) error {
	for _, s := range d.Spans {
		end := uint64(s.First.N) + uint64(s.Len)
		switch {
		case s.First.Log.IsZero() || s.Len == 0 || end > math.MaxUint32:
			return fmt.Errorf("delete %d runes from %v/%d: %w", s.Len, s.First.Log, s.First.N, ErrMalformed)
		case end > uint64(t.Next(s.First.Log)):
			return fmt.Errorf("delete %v/%d: %w", s.First.Log, end-1, ErrMissing)
		}
	}
	for _, s := range d.Spans {
		t.killRange(ref{t.number[s.First.Log], s.First.N}, s.Len)
	}
	return nil
}

// killRange deletes n runes from r on, by name. All have come.
func (t *Text) killRange(r ref, n uint32) {
	for n > 0 {
		done := uint32(t.kill(t.locate(r), int(n)))
		r.n += done
		n -= done
	}
}
