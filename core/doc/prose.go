package doc

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"cairn/core/canon"
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/core/text"
)

// prose is collaborative text and the operations that wait for runes which
// have not come. Where batches arrive after their causes none waits.
//
// The operations of one log are carried out in their order: while one waits,
// those behind it wait too. A log that names its runes twice then means the
// same everywhere, and one whose causes never come holds up only itself.
type prose struct {
	text    text.Text
	waiting []waiting // sorted by operation
}

type waiting struct {
	by      id.Op
	kind    oplog.Kind
	void    bool
	payload []byte
}

// voidFlag is added to the stored kind of a waiting operation that is void.
const voidFlag = 0x80

func byWaiting(w waiting) id.Op { return w.by }

func (s *prose) apply(op operation, _ context) error {
	err := text.ErrMissing
	if !s.holdsUp(op.at.By.Log) {
		err = s.try(op.kind, op.void, &op.payload)
	}
	switch {
	case errors.Is(err, text.ErrMissing):
		i, _ := s.find(op.at.By)
		s.waiting = slices.Insert(s.waiting, i, waiting{op.at.By, op.kind, op.void, bytes.Clone(op.raw)})
	case err != nil:
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	default:
		s.retry()
	}
	return nil
}

func (s *prose) try(kind oplog.Kind, void bool, p *payload) error {
	if kind == KindDeleteText {
		return s.text.ApplyDelete(p.erase)
	}
	before := s.text.Next(p.insert.At.Log)
	if err := s.text.ApplyInsert(p.insert); err != nil || !void {
		return err
	}
	// Runes of the same names that came before count, and stay.
	first := text.ID{Log: p.insert.At.Log, N: before}
	if n := s.text.Next(first.Log) - before; n > 0 {
		return s.text.ApplyDelete(text.Delete{Spans: []text.Span{{First: first, Len: n}}})
	}
	return nil
}

func (s *prose) find(o id.Op) (int, bool) {
	return slices.BinarySearchFunc(s.waiting, o, func(w waiting, o id.Op) int { return w.by.Compare(o) })
}

// holdsUp reports whether an operation of log waits.
func (s *prose) holdsUp(log id.Log) bool {
	i, _ := s.find(id.Op{Log: log})
	return i < len(s.waiting) && s.waiting[i].by.Log == log
}

// retry carries out what waited, until nothing more finds its place.
func (s *prose) retry() {
	for again := len(s.waiting) > 0; again; {
		again = false
		var stuck id.Log
		s.waiting = slices.DeleteFunc(s.waiting, func(w waiting) bool {
			if w.by.Log == stuck {
				return false
			}
			p, err := parse(w.kind, w.by.Log, w.payload)
			if err == nil {
				err = s.try(w.kind, w.void, &p)
			}
			if errors.Is(err, text.ErrMissing) {
				stuck = w.by.Log
				return false
			}
			again = true
			return true
		})
	}
}

// merge drops what one side waits for and the other has dealt with.
func (s *prose) merge(o state, seenMine, seenTheirs context) {
	other, ok := o.(*prose)
	if !ok {
		return
	}
	s.text.Merge(&other.text)
	s.waiting = survivors(s.waiting, other.waiting, byWaiting, seenMine, seenTheirs, nil, nil)
	s.retry()
}

func (s *prose) clone() state {
	return &prose{text: *s.text.Clone(), waiting: slices.Clone(s.waiting)}
}

func (s *prose) append(b []byte, p *packer) []byte {
	b = canon.AppendBlock(b, s.text.Append(nil))
	b = appendCount(b, len(s.waiting))
	for _, w := range s.waiting {
		kind := byte(w.kind)
		if w.void {
			kind |= voidFlag
		}
		b = canon.AppendBlock(append(p.appendOp(b, w.by), kind), w.payload)
	}
	return b
}

func (s *prose) read(r *reader, p *packer) {
	t, err := text.Decode(r.Block())
	if err != nil {
		r.Fail(fmt.Sprintf("text (%v)", err))
		return
	}
	s.text = *t
	s.waiting = make([]waiting, r.Count(opMinSize+2))
	for i := range s.waiting {
		w := waiting{by: p.come(r)}
		kind := r.Byte()
		w.kind, w.void = oplog.Kind(kind&^voidFlag), kind&voidFlag != 0
		w.payload = bytes.Clone(r.Block())
		if r.Err != nil {
			return
		}
		if w.kind != KindInsertText && (w.kind != KindDeleteText || w.void) {
			r.Fail("operation that can't wait")
			return
		}
		if _, err := parse(w.kind, w.by.Log, w.payload); err != nil {
			r.Err = err
			return
		}
		s.waiting[i] = w
	}
	checkSorted(r, s.waiting, byWaiting)
}
