package text

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// Steps returns how many spans t has looked at.
func (t *Text) Steps() uint64 { return t.steps }

// Verify reports what is wrong with the inner structure of t.
func (t *Text) Verify() error {
	live, size := 0, 0
	var chain *leaf
	for g, grp := range t.groups {
		sum := 0
		for _, l := range grp.leaves {
			if chain != nil && chain.next != l {
				return fmt.Errorf("leaf of group %d is not next", g)
			}
			chain = l
			if err := t.verifyLeaf(l); err != nil {
				return err
			}
			sum += l.live
			size += len(l.text)
			if l.group != grp {
				return fmt.Errorf("leaf of group %d belongs elsewhere", g)
			}
		}
		if grp.at != g || grp.live != sum || len(grp.leaves) == 0 || len(grp.leaves) > groupLeaves {
			return fmt.Errorf("group %d: at %d, live %d of %d, %d leaves", g, grp.at, grp.live, sum, len(grp.leaves))
		}
		live += sum
	}
	if live != t.live || size != t.size {
		return fmt.Errorf("live %d of %d, size %d of %d", t.live, live, t.size, size)
	}
	return t.verifyNames()
}

func (t *Text) verifyLeaf(l *leaf) error {
	live := 0
	for i := range l.spans {
		s := &l.spans[i]
		live += s.visible()
		for n := s.id.n; n < s.id.n+s.len; n++ {
			if t.authors[s.id.author-1].index.leaf(n) != l {
				return fmt.Errorf("index does not find %v", n)
			}
		}
		if i > 0 && l.spans[i-1].joins(s) && !s.dead {
			return fmt.Errorf("spans %d and %d should be one", i-1, i)
		}
	}
	if live != l.live || utf8.RuneCount(l.text) != live || len(l.spans) == 0 || len(l.spans) > leafSpans || len(l.text) > leafBytes {
		return fmt.Errorf("leaf: live %d of %d, %d spans, %d bytes", l.live, live, len(l.spans), len(l.text))
	}
	return nil
}

func (t *Text) verifyNames() error {
	held := make([]uint32, len(t.authors))
	for l := t.first(); l != nil; l = l.next {
		for _, s := range l.spans {
			held[s.id.author-1] += s.len
		}
	}
	for a, n := range held {
		if n != t.authors[a].index.size {
			return fmt.Errorf("author %d has %d runes, index says %d", a, n, t.authors[a].index.size)
		}
	}
	saved := t.Append(nil)
	again, err := Decode(saved)
	if err != nil {
		return err
	}
	if !bytes.Equal(again.Append(nil), saved) {
		return fmt.Errorf("saved form changes when loaded")
	}
	return nil
}
