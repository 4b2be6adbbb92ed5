package doc

import (
	"slices"

	"cairn/core/id"
)

// context is the causal context of a document: for each log that has touched it
// the first sequence that is not in yet, sorted by log. A few authors touch most
// documents, so a slice is smaller and faster than a map.
type context []seenLog

type seenLog struct {
	log  id.Log
	next uint64
}

func (c context) find(log id.Log) (int, bool) {
	return slices.BinarySearchFunc(c, log, func(e seenLog, l id.Log) int { return e.log.Compare(l) })
}

func (c context) next(log id.Log) uint64 {
	if i, ok := c.find(log); ok {
		return c[i].next
	}
	return 0
}

// covers reports whether everything up to and including o is in.
func (c context) covers(o id.Op) bool { return o.Seq < c.next(o.Log) }

// advance notes that o is in.
func (c *context) advance(o id.Op) {
	i, ok := c.find(o.Log)
	if !ok {
		*c = slices.Insert(*c, i, seenLog{log: o.Log})
	}
	(*c)[i].next = max((*c)[i].next, o.Seq+1)
}

func (c *context) merge(o context) {
	for _, e := range o {
		c.advance(id.Op{Log: e.log, Seq: e.next - 1})
	}
}
