package replica

import (
	"maps"
	"math"
	"slices"
	"time"

	"cairn/core/id"
	"cairn/core/oplog"
)

// Advance tells that more of logs is durable than the Node knows of, as when
// this device has written. Entries that are not new are passed over.
func (n *Node) Advance(moved oplog.Vector, now time.Time) {
	membership := false
	for log, head := range moved.All() {
		before := n.heads[log]
		if head.Next <= before.Next {
			continue
		}
		n.setHead(log, head)
		membership = membership || n.Store.Control(log)
		for _, s := range n.sessions {
			if log.Device != n.Device.Short() || !s.push(log) {
				s.changed(log, now)
			}
		}
	}
	if membership {
		n.membershipChanged(now)
	}
}

// setHead notes what is durable of log.
func (n *Node) setHead(log id.Log, head oplog.Head) {
	if _, counted := n.stopped[log]; !counted && n.heads[log].Next == 0 {
		n.perShort[log.Device]++
	}
	n.heads[log] = head
	if n.tips[log].Next <= head.Next {
		delete(n.tips, log)
	}
	n.offer(log)
}

// tip returns the head of log with what is on its way to the disk.
func (n *Node) tip(log id.Log) oplog.Head {
	if tip, ok := n.tips[log]; ok {
		return tip
	}
	return n.heads[log]
}

// limit returns how much of log counts: beyond it nothing is passed on or
// taken.
func (n *Node) limit(log id.Log, control bool) uint64 {
	most := uint64(math.MaxUint64)
	if fork, ok := n.stopped[log]; ok {
		most = fork.At
	}
	if control {
		return most // its acts are judged one by one
	}
	if n.members == nil {
		return 0
	}
	device, known := n.members.Device(log.Device)
	if !known {
		return 0
	}
	cut, isCut := slices.BinarySearchFunc(device.Cut, log, func(d oplog.Dep, log id.Log) int { return d.Log.Compare(log) })
	if isCut {
		return min(most, device.Cut[cut].Next)
	}
	first := oplog.Header{Workspace: n.Workspace.Prefix(), Log: log, Count: 1}
	if n.members.MayWrite(first) != nil {
		return 0
	}
	return most
}

// Limit returns how much of log counts as far as this Node knows: what lies
// beyond was written without the right to, or after the log forked. Nobody new
// will ever get it.
func (n *Node) Limit(log id.Log) uint64 { return n.limit(log, n.Store.Control(log)) }

// offer works out what of log is handed out.
func (n *Node) offer(log id.Log) {
	head := n.heads[log]
	if most := n.limit(log, n.Store.Control(log)); most < head.Next {
		var err error
		if head, err = n.Store.HeadAt(log, most); err != nil {
			n.event(Event{Kind: Unreadable, Log: log, Err: err})
			head = oplog.Head{}
		}
	}
	if head.Next == 0 {
		delete(n.offers, log)
		return
	}
	n.offers[log] = head
}

// membershipChanged takes in what the membership is now.
func (n *Node) membershipChanged(now time.Time) {
	n.members = n.Store.Members()
	clear(n.held)
	for _, log := range slices.SortedFunc(maps.Keys(n.heads), id.Log.Compare) {
		before := n.offers[log]
		n.offer(log)
		if n.offers[log] != before {
			n.changed(log, now)
		}
	}
	for _, s := range n.sessions {
		s.judge(now)
	}
}

// changed notes that another part of log is handed out than before.
func (n *Node) changed(log id.Log, now time.Time) {
	for _, s := range n.sessions {
		s.changed(log, now)
	}
}

// Offers returns how much of every log is handed out: two nodes that know the
// same membership and the same forks are in sync exactly when these are equal.
func (n *Node) Offers() oplog.Vector { return n.offers.Clone() }
