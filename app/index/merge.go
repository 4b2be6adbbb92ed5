package index

import "github.com/hashicorp/go-memdb"

// merge reads streams as one, in the order of a list: a binary heap of those
// that have more to give, the one with the first entry on top.
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
	for i := len(m.streams)/2 - 1; i >= 0; i-- {
		m.sink(i)
	}
	return m
}

// next returns the next entry, nil at the end.
func (m *merge) next() *entry {
	if len(m.streams) == 0 {
		return nil
	}
	e := m.streams[0].head
	if m.streams[0].advance(); m.streams[0].head == nil {
		last := len(m.streams) - 1
		m.streams[0] = m.streams[last]
		m.streams = m.streams[:last]
	}
	m.sink(0)
	return e
}

// sink moves stream i below those that come before it.
func (m *merge) sink(i int) {
	for {
		first := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(m.streams); child++ {
			if m.before(child, first) {
				first = child
			}
		}
		if first == i {
			return
		}
		m.streams[i], m.streams[first] = m.streams[first], m.streams[i]
		i = first
	}
}

func (m *merge) before(i, j int) bool {
	return m.order.compare(m.streams[i].head, m.streams[j].head) < 0
}
