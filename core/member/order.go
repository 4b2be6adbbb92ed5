package member

import (
	"cmp"
	"slices"

	"cairn/core/id"
	"cairn/core/oplog"
)

// removal is a batch that takes rights away.
type removal struct {
	log     id.Log
	first   uint64
	past    map[id.Log]uint64 // what its author had seen, and what that rests on
	devices map[id.ShortDevice]bool
	persons map[id.Person]bool
}

// next returns the log whose next batch is the next to be judged, nil when
// there is none. It looks at every log anew; a workspace has few control logs.
//
// Batches that are held back come last; among those that hold each other back
// the one whose author has been an administrator for longer comes first.
func (e *evaluation) next() *history {
	var best *history
	var bestHeld bool
	e.dropJudged()
	for _, h := range e.logs {
		if h.next == nil || e.unmet(h.next.Deps) {
			continue
		}
		held := e.heldBack(h.next)
		if best == nil || held == bestHeld && e.compare(h.next, best.next, held) < 0 || bestHeld && !held {
			best, bestHeld = h, held
		}
	}
	return best
}

func (e *evaluation) compare(a, b *signed, held bool) int {
	var rank int
	if held {
		rank = cmp.Compare(e.table.rankOf(a.Log.Device), e.table.rankOf(b.Log.Device))
	}
	return cmp.Or(rank, cmp.Compare(a.Stamp, b.Stamp), a.Log.Compare(b.Log))
}

// heldBack reports whether a removal that is still to be judged takes rights
// away from the author of b without having seen b: whatever b's stamp says, the
// removal goes first. A device that is removed already removes nobody.
func (e *evaluation) heldBack(b *signed) bool {
	author, known := e.table.devices[b.Log.Device]
	if !known {
		return false
	}
	for _, r := range e.removals {
		if r.log == b.Log || b.First < r.past[b.Log] {
			continue
		}
		if !r.devices[b.Log.Device] && !r.persons[author.Person] {
			continue
		}
		if by, known := e.table.devices[r.log.Device]; !known || !by.Removed {
			return true
		}
	}
	return false
}

// dropJudged forgets removals that are judged.
func (e *evaluation) dropJudged() {
	still := e.removals[:0]
	for _, r := range e.removals {
		if e.logs[r.log].head.Next <= r.first {
			still = append(still, r)
		}
	}
	e.removals = still
}

// findRemovals finds every removal that will be judged. One that waits for
// something that has not arrived holds nobody back.
func (e *evaluation) findRemovals() {
	if !e.anyRemoval() {
		return
	}
	chains := e.chains()
	for log, chain := range chains {
		for _, b := range chain {
			r := removal{log: log, first: b.First, devices: map[id.ShortDevice]bool{}, persons: map[id.Person]bool{}}
			for _, op := range b.Ops {
				r.note(op)
			}
			if len(r.devices)+len(r.persons) > 0 {
				r.past = past(chains, b)
				e.removals = append(e.removals, r)
			}
		}
	}
}

func (e *evaluation) anyRemoval() bool {
	for _, h := range e.logs {
		for _, batches := range h.at {
			for _, b := range batches {
				for _, op := range b.Ops {
					if op.Kind == KindSetRole || op.Kind == KindRemoveDevice || op.Kind == KindRemovePerson {
						return true
					}
				}
			}
		}
	}
	return false
}

// note notes whom op takes rights from, if it does so at all.
func (r *removal) note(op oplog.Op) {
	switch op.Kind {
	case KindSetRole, KindRemoveDevice, KindRemovePerson:
	default:
		return
	}
	a, err := Decode(op)
	if err != nil {
		return
	}
	switch a := a.(type) {
	case SetRole:
		if a.Role < Admin {
			r.persons[a.Person] = true
		}
	case RemoveDevice:
		r.devices[a.Device.Short()] = true
	case RemovePerson:
		r.persons[a.Person] = true
	}
}

// chains returns the batches that will be judged, by log and in their order
// there. Which they are does not depend on the order among logs.
func (e *evaluation) chains() map[id.Log][]signed {
	chains := map[id.Log][]signed{}
	heads, forked := oplog.Vector{}, map[id.Log]bool{}
	for log, h := range e.logs {
		heads[log] = h.head
	}
	unmet := func(deps []oplog.Dep) bool {
		for _, d := range deps {
			if heads[d.Log].Next < d.Next && !forked[d.Log] {
				return true
			}
		}
		return false
	}
	for moved := true; moved; {
		moved = false
		for log, h := range e.logs {
			for {
				next, fork := h.after(heads[log])
				if fork && !forked[log] {
					forked[log], moved = true, true
				}
				if next == nil || unmet(next.Deps) {
					break
				}
				chains[log] = append(chains[log], *next)
				heads[log], moved = next.Head(next.Hash), true
			}
		}
	}
	return chains
}

// past returns how much of each log is among the causes of b, and theirs.
func past(chains map[id.Log][]signed, b signed) map[id.Log]uint64 {
	seen := map[id.Log]uint64{}
	due := append([]oplog.Dep{{Log: b.Log, Next: b.First}}, b.Deps...)
	for len(due) > 0 {
		d := due[len(due)-1]
		due = due[:len(due)-1]
		from := seen[d.Log]
		if d.Next <= from {
			continue
		}
		seen[d.Log] = d.Next
		chain := chains[d.Log]
		at, _ := slices.BinarySearchFunc(chain, from, func(b signed, seq uint64) int { return cmp.Compare(b.First, seq) })
		for _, cause := range chain[at:] {
			if cause.First >= d.Next {
				break
			}
			due = append(due, cause.Deps...)
		}
	}
	return seen
}
