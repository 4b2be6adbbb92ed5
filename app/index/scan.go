package index

import (
	"bytes"
	"slices"

	"github.com/hashicorp/go-memdb"
)

// span is the part of an index of rows whose keys start with prefix.
type span struct {
	index  string
	prefix []byte
}

// key returns the key by which span's index has e.
func (p span) key(e *entry) []byte {
	if p.index == byKind {
		return e.key
	}
	return e.idKey()
}

// scan calls yield for every row of p, in the order of the index.
func scan(txn *memdb.Txn, p span, yield func(*entry)) {
	it, err := txn.LowerBound(tableRows, p.index, p.prefix)
	must(err)
	for e, ok := it.Next().(*entry); ok && bytes.HasPrefix(p.key(e), p.prefix); e, ok = it.Next().(*entry) {
		yield(e)
	}
}

// spans returns where the rows of a kind and project are. All of them together
// hold nothing else and nothing twice; within each, rows stand by age.
func spans(txn *memdb.Txn, q Query) []span {
	if q.Noun == 0 && q.Project.IsZero() {
		return []span{{index: byID}}
	}
	if q.Noun != 0 && !q.Project.IsZero() {
		return []span{{byKind, scopeName{q.Noun, q.Project}.bytes()}}
	}
	var out []span
	add := func(s *scope) {
		if s.noun != 0 && s.rows() > 0 && (q.Project.IsZero() || s.project == q.Project) {
			out = append(out, span{byKind, s.key})
		}
	}
	if q.Noun != 0 {
		eachScope(txn, q.Noun, add)
		return out
	}
	it, err := txn.Get(tableScopes, byID)
	must(err)
	for s, ok := it.Next().(*scope); ok; s, ok = it.Next().(*scope) {
		add(s)
	}
	return out
}

// stream is a span that is read step by step from one end.
type stream struct {
	span
	it   memdb.ResultIterator
	head *entry // nil at the end
}

func (s *stream) advance() {
	e, ok := s.it.Next().(*entry)
	if !ok || !bytes.HasPrefix(s.key(e), s.prefix) {
		e = nil
	}
	s.head = e
}

// openStream starts reading p by age behind after, or at the end where the
// order starts when there is no after.
func openStream(txn *memdb.Txn, p span, order Order, after *entry) *stream {
	start := slices.Clone(p.prefix)
	if after != nil {
		start = append(start, after.idKey()...)
	}
	s := &stream{span: p}
	var err error
	if order == Oldest {
		for after == nil && len(start) < keySize {
			start = append(start, 0xff)
		}
		s.it, err = txn.ReverseLowerBound(tableRows, p.index, start)
	} else {
		s.it, err = txn.LowerBound(tableRows, p.index, start)
	}
	must(err)
	s.advance()
	if after != nil && s.head != nil && bytes.Equal(s.head.idKey(), after.idKey()) {
		s.advance()
	}
	return s
}
