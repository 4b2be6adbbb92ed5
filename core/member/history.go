package member

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"cairn/core/id"
	"cairn/core/oplog"
)

// history is what has arrived of one control log.
type history struct {
	head   oplog.Head          // as far as it is judged
	at     map[uint64][]signed // first sequence → what starts there and is not judged
	next   *signed             // follows head; nil if nothing does, or several do
	forked bool                // several batches follow head: the log ends here
}

func (e *evaluation) history(log id.Log) *history {
	h := e.logs[log]
	if h == nil {
		h = &history{at: map[uint64][]signed{}}
		e.logs[log] = h
	}
	return h
}

func (h *history) add(b signed) { h.at[b.First] = append(h.at[b.First], b) }

// settle finds what follows the head.
func (h *history) settle() { h.next, h.forked = h.after(h.head) }

// after returns what follows head, or that several batches do.
func (h *history) after(head oplog.Head) (next *signed, forked bool) {
	for i, b := range h.at[head.Next] {
		switch {
		case b.Prev != head.Hash:
		case next == nil:
			next = &h.at[head.Next][i]
		case next.Hash != b.Hash:
			return nil, true
		}
	}
	return next, false
}

// take returns the next batch and moves on to the one after it.
func (h *history) take() signed {
	b := *h.next
	h.at[b.First] = slices.DeleteFunc(h.at[b.First], func(o signed) bool { return o.Hash == b.Hash })
	h.head = b.Head(b.Hash)
	h.settle()
	return b
}

// leftover tells what waits for something that has not arrived from what can
// no longer be part of its log.
func (e *evaluation) leftover() {
	for _, h := range e.logs {
		for _, batches := range h.at {
			for _, b := range batches {
				if h.forked || b.First < h.head.Next {
					e.reject(b.Batch, fmt.Errorf("batch %v/%d: %w", b.Log, b.First, oplog.ErrFork))
				} else {
					e.waiting = append(e.waiting, b.Batch)
				}
			}
		}
	}
	slices.SortFunc(e.waiting, func(a, b oplog.Batch) int {
		return cmp.Or(a.Log.Compare(b.Log), cmp.Compare(a.First, b.First), bytes.Compare(a.Hash[:], b.Hash[:]))
	})
	for _, b := range e.waiting {
		e.table.waiting = append(e.table.waiting, b.Header)
	}
}
