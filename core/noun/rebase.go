package noun

import (
	"strings"

	"cairn/core/doc"
	"cairn/core/text"
)

// Rebase returns what the field shall hold when a person made base into mine
// while it came to hold theirs: of prose, of sets and of lists of words both
// changes, of anything else mine.
func (f Field) Rebase(base, mine, theirs doc.Value) doc.Value {
	switch {
	case base == theirs:
		return mine
	case f.Family == doc.FamilySet:
		return rebaseSet(base.Items(), mine.Items(), theirs.Items())
	case f.Type != TypeString:
		return mine
	case f.Family == doc.FamilyText:
		words := func(v doc.Value) string { s, _ := v.AsString(); return s }
		return doc.String(text.Rebase(words(base), words(mine), words(theirs)))
	case f.Family == doc.FamilyList:
		return unlines(text.Rebase(lines(base), lines(mine), lines(theirs)))
	default:
		return mine
	}
}

// rebaseSet returns theirs with what mine adds to base, without what it drops.
func rebaseSet(base, mine, theirs []doc.Value) doc.Value {
	in := func(list []doc.Value) map[doc.Value]bool {
		m := make(map[doc.Value]bool, len(list))
		for _, v := range list {
			m[v] = true
		}
		return m
	}
	old, now := in(base), in(mine)
	var out []doc.Value
	for _, v := range theirs {
		if now[v] || !old[v] {
			out = append(out, v)
		}
		delete(now, v)
	}
	for _, v := range mine {
		if now[v] && !old[v] {
			out = append(out, v)
			delete(now, v)
		}
	}
	return doc.List(out...)
}

// lineSeparator stands for the end of a line within a word: that of Unicode, which
// nobody types.
const lineSeparator = "\u2028"

// lines returns the words of a list, each on a line of its own, for a word that
// somebody moves or rewrites to keep its place among those of others.
func lines(v doc.Value) string {
	var b strings.Builder
	for _, item := range v.Items() {
		s, _ := item.AsString()
		b.WriteString(strings.ReplaceAll(s, "\n", lineSeparator))
		b.WriteByte('\n')
	}
	return b.String()
}

func unlines(s string) doc.Value {
	var out []doc.Value
	for line := range strings.Lines(s) {
		if line = strings.TrimSuffix(line, "\n"); line != "" {
			out = append(out, doc.String(strings.ReplaceAll(line, lineSeparator, "\n")))
		}
	}
	return doc.List(out...)
}
