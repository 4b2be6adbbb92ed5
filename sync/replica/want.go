package replica

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"cairn/core/id"
	"cairn/core/oplog"
)

// pull is a part of a log that one peer was asked for.
type pull struct {
	from  *Session
	to    uint64
	asked time.Time // the last time
	turn  uint64    // in which the peer sends what it was asked for
}

// pulling is what the peer was asked for.
type pulling struct {
	replan   bool          // there may be something to ask for
	asks     []oplog.Range // to be asked for in the next Want
	active   int           // pulls from this peer, probes not counted
	turns    uint64        // pulls so far
	round    uint32
	renew    bool            // the next Want starts a round
	limit    uint64          // as last told
	freed    uint64          // bytes of the round that have come and are durable or dropped
	queued   int             // bytes on their way to the disk, from any round
	newer    map[id.Log]bool // of which the peer has what only a later version reads
	progress time.Time       // something came that was asked for, or the first thing was asked for
	resting  time.Time       // nothing is asked for before
	failures int             // pulls that timed out, in a row
}

// nextWant returns what to ask for next, or the renewed credit.
func (s *Session) nextWant(now time.Time) (Want, bool) {
	s.plan(now)
	if len(s.asks) == 0 && (s.active == 0 && s.probe == nil || s.freed+window < s.limit+window/4) {
		return Want{}, false
	}
	if s.renew || s.round == 0 {
		s.round++
		s.renew, s.freed = false, 0
	}
	s.limit = s.freed + window
	m := Want{Round: s.round, Limit: s.limit, Ranges: s.asks}
	s.asks = nil
	return m, true
}

// plan asks the peer for what is missing and nobody else was asked for,
// membership first: it says who may write the rest.
func (s *Session) plan(now time.Time) {
	if !s.replan || now.Before(s.n.paused) || now.Before(s.resting) || s.active == 0 && s.n.pullers() >= pool/window {
		return
	}
	s.replan = false
	logs := slices.SortedFunc(maps.Keys(s.lacking), func(a, b id.Log) int {
		return cmp.Or(boolCompare(s.theirs[b].Control, s.theirs[a].Control), a.Compare(b))
	})
	for _, log := range logs {
		if s.active >= pullsMost {
			break
		}
		if s.askable(log) {
			s.ask(log, now)
		}
	}
}

// pullsMost leaves room for the question of a search for a fork.
const pullsMost = MaxRanges - 1

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

// askable reports whether the peer can be asked for what is missing of log.
func (s *Session) askable(log id.Log) bool {
	n := s.n
	claim := s.theirs[log]
	if n.pulls[log] != nil || n.held[log] || s.newer[log] || s.doubts(log) {
		return false
	}
	if !n.admits(log, claim.Control) || s.may == nothing && !claim.Control {
		return false
	}
	return min(claim.Head.Next, n.limit(log, claim.Control)) > n.tip(log).Next
}

// admits reports whether anything of log is taken in. Membership of unknown
// devices is: as long as none is known here, it can't be told whose founds it.
func (n *Node) admits(log id.Log, control bool) bool {
	if n.heads[log].Next == 0 && n.perShort[log.Device] >= MaxLogsOfDevice {
		return false
	}
	if n.members == nil {
		return control
	}
	_, known := n.members.Key(log.Device)
	return known
}

func (s *Session) ask(log id.Log, now time.Time) {
	r := oplog.Range{Log: log, From: s.n.tip(log).Next, To: s.theirs[log].Head.Next}
	s.turns++
	s.n.pulls[log] = &pull{from: s, to: r.To, asked: now, turn: s.turns}
	if s.active == 0 {
		s.progress = now
	}
	s.active++
	s.asks = append(s.asks, r)
}

// askOn asks anew for the rest of a pull that lost something on its way.
func (s *Session) askOn(log id.Log, p *pull, now time.Time) {
	if now.Before(p.asked.Add(askOnDelay)) {
		return
	}
	p.asked = now
	s.asks = slices.DeleteFunc(s.asks, func(r oplog.Range) bool { return r.Log == log })
	s.asks = append(s.asks, oplog.Range{Log: log, From: s.n.tip(log).Next, To: p.to})
}

// askOnDelay is how long what follows a lost message is expected to go on
// coming.
const askOnDelay = 200 * time.Millisecond

// pullers counts the sessions that have credit.
func (n *Node) pullers() (count int) {
	for _, s := range n.sessions {
		if s.active > 0 {
			count++
		}
	}
	return count
}

// release ends the pull of log, if there is one, and lets everybody who has
// more of it be asked.
func (n *Node) release(log id.Log) {
	if p := n.pulls[log]; p != nil {
		delete(n.pulls, log)
		p.from.active--
		p.from.asks = slices.DeleteFunc(p.from.asks, func(r oplog.Range) bool { return r.Log == log })
	}
	for _, s := range n.sessions {
		if s.lacking[log] {
			s.compare(log)
		}
	}
}

// giveBack ends everything that the peer was asked for.
func (s *Session) giveBack(now time.Time) {
	for _, log := range slices.SortedFunc(maps.Keys(s.n.pulls), id.Log.Compare) {
		if s.n.pulls[log].from == s {
			s.n.release(log)
		}
	}
	for _, o := range s.n.sessions {
		o.replan = true // there may be room for another in the pool
	}
	s.renew = true
	s.probe = nil
	s.progress = now
}

// checkPulls gives up on what the peer was asked for and does not send.
func (s *Session) checkPulls(now time.Time) {
	if s.active == 0 && s.probe == nil || s.queued > 0 || now.Before(s.progress.Add(pullTimeout)) {
		return
	}
	if s.probe != nil {
		s.suspects = append(s.suspects, s.probe.log)
	}
	s.giveBack(now)
	s.search(now)
	s.resting = now.Add(min(restMax, rest<<min(s.failures, 10)))
	s.failures++
}
