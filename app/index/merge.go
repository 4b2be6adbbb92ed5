package index

import (
	"container/heap"

	"github.com/hashicorp/go-memdb"
)

// merge reads streams as one, in the order of a list.
type merge struct {
	streams []*stream
	order   Order
}

func openMerge(txn *memdb.Txn, over []span, order Order, after *entry) *merge {
	m := &merge{order: order}
	for _, p := range over {
		if s := openStream(txn, p, order, after); s.head != nil {
			m.streams = append(m.streams, s)
		}
	}
	heap.Init(m)
	return m
}

// next returns the next entry, nil at the end.
func (m *merge) next() *entry {
	if len(m.streams) == 0 {
		return nil
	}
	s := m.streams[0]
	e := s.head
	if s.advance(); s.head == nil {
		heap.Pop(m)
	} else {
		heap.Fix(m, 0)
	}
	return e
}

// Len implements heap.Interface, as the methods below do.
func (m *merge) Len() int           { return len(m.streams) }
func (m *merge) Less(i, j int) bool { return m.order.compare(m.streams[i].head, m.streams[j].head) < 0 }
func (m *merge) Swap(i, j int)      { m.streams[i], m.streams[j] = m.streams[j], m.streams[i] }

// Push is never called: streams are all there from the start.
func (m *merge) Push(s any) { m.streams = append(m.streams, s.(*stream)) }

// Pop takes out the last stream.
func (m *merge) Pop() any {
	last := m.streams[len(m.streams)-1]
	m.streams = m.streams[:len(m.streams)-1]
	return last
}
