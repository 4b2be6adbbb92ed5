package doc

import (
	"cairn/core/id"
	"cairn/core/oplog"
	"cairn/core/text"
)

// Move carries the end of a log over to another log, as when others will never
// take the end of the first. What the operations did they do again: with the
// stamps that they had, and where one names another of them, or a rune that one
// inserted, it names what has taken its place. All else that they name stays.
//
// The same operations always give the same, wherever and however often they are
// carried over. A Move is not safe for concurrent use.
type Move struct {
	from  id.Log
	at    uint64
	to    id.Log
	runes map[textField]uint32 // the first rune that the end of the log inserted
}

type textField struct {
	doc   id.Doc
	field uint16
}

// NewMove returns the Move of from's operations from the sequence at on to the
// log to, in which they are counted from 0.
func NewMove(from id.Log, at uint64, to id.Log) *Move {
	return &Move{from: from, at: at, to: to, runes: map[textField]uint32{}}
}

// Op returns what takes op's place. It is called with all operations, in order.
// One that can't be read, which has no effect, is carried over as it is.
func (m *Move) Op(op oplog.Op) oplog.Op {
	p, err := parse(op.Kind, m.from, op.Payload)
	moved := op
	moved.ID = m.name(op.ID)
	if err != nil {
		return moved
	}
	switch op.Kind {
	case KindPut, KindRemove:
		for i, o := range p.named {
			p.named[i] = m.name(o)
		}
		moved.Payload = p.value.Append(appendDots(nil, p.named))
	case KindSetItem:
		moved.Payload = p.value.Append(appendDot(nil, m.name(p.item)))
	case KindMoveItem:
		moved.Payload = append(appendDot(nil, m.name(p.item)), p.key...)
	case KindDropItem:
		out := byte(0)
		if p.out {
			out = 1
		}
		moved.Payload = append(appendDot(nil, m.name(p.item)), out)
	case KindInsertText:
		moved.Payload = m.insert(textField{op.Doc, op.Field}, p.insert).Append(nil)
	case KindDeleteText:
		moved.Payload = m.erase(textField{op.Doc, op.Field}, p.erase).Append(nil, m.to)
	default: // names nothing
	}
	return moved
}

// name returns what an operation is called now.
func (m *Move) name(o id.Op) id.Op {
	if o.Log != m.from || o.Seq < m.at {
		return o
	}
	return id.Op{Log: m.to, Seq: o.Seq - m.at}
}

func (m *Move) insert(f textField, in text.Insert) text.Insert {
	if _, known := m.runes[f]; !known {
		m.runes[f] = in.At.N
	}
	in.At, in.Left, in.Right = m.rune(f, in.At), m.rune(f, in.Left), m.rune(f, in.Right)
	return in
}

// rune returns what a rune is called now.
func (m *Move) rune(f textField, r text.ID) text.ID {
	first, inserts := m.runes[f]
	if r.Log != m.from || !inserts || r.N < first {
		return r
	}
	return text.ID{Log: m.to, N: r.N - first}
}

func (m *Move) erase(f textField, d text.Delete) text.Delete {
	first, inserts := m.runes[f]
	var out []text.Span
	for _, s := range d.Spans {
		if inserts && s.First.Log == m.from && s.First.N < first && s.First.N+s.Len > first {
			stays := first - s.First.N
			out = append(out, text.Span{First: s.First, Len: stays})
			s.First.N, s.Len = first, s.Len-stays
		}
		out = append(out, text.Span{First: m.rune(f, s.First), Len: s.Len})
	}
	return text.Delete{Spans: out}
}

// WaitsIn reports whether an operation of log waits in d for runes that have not
// come. What log does next to the same text then waits behind it.
func (d *Doc) WaitsIn(log id.Log) bool {
	for _, f := range d.fields {
		if s, ok := f.state.(*prose); ok && s.holdsUp(log) {
			return true
		}
	}
	return false
}
