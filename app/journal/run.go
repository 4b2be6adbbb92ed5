package journal

import (
	"maps"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// receiveRun takes in batches of membership that next begins with, judged
// together, and returns how many those are: none if there are not two, or
// judging them one by one may say more. Each judgement looks at all there are.
func (g *group) receiveRun(next []arrived) int {
	for n := g.runs(next); n > 1; n /= 2 {
		table := g.judge(next[:n])
		if table == nil {
			continue // one of them is amiss, but not likely one of the first
		}
		g.members = table
		for _, b := range next[:n] {
			g.take(b.Batch)
		}
		return n
	}
	return 0
}

// runs returns how many batches of membership next begins with that follow what
// is here, or each other.
func (g *group) runs(next []arrived) int {
	heads := maps.Clone(g.heads)
	for n, b := range next {
		head, touched := heads[b.Log]
		if !touched {
			head = g.j.heads[b.Log]
		}
		if !b.Control() || !g.belongs(b.Batch) || head.Next > 0 && !touched && !g.isControl(b.Log) || oplog.Follows(b.Header, head) != nil {
			return n
		}
		heads[b.Log] = b.Head(b.Hash)
	}
	return len(next)
}

// judge returns the membership that batches leave, nil if one of them is not to
// be taken in. It notes whose signature each has.
func (g *group) judge(run []arrived) *member.Table {
	table, _ := g.evaluated(run...)
	if table == nil {
		return nil
	}
	for i, b := range run {
		key, known := table.Key(b.Log.Device)
		if !known || !key.Equal(b.signer) && verify(b.Batch, key) != nil {
			return nil
		}
		run[i].signer = key
	}
	return table
}

// belongs reports whether b is of this workspace.
func (g *group) belongs(b oplog.Batch) bool {
	return id.Workspace(b.Hash) == g.j.workspace || b.Workspace == g.j.workspace.Prefix()
}
