package replica_test

import (
	"fmt"
	"time"

	"cairn/core/oplog"
	"cairn/sync/replica"
)

// Two devices are connected. One has written something; the other comes to
// have it.
func ExampleNode() {
	c := castOf(3)
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	var nodes [2]*replica.Node
	var stores [2]*memory
	for i := range nodes {
		stores[i] = newMemory(c.ws, newOpened())
		for _, b := range c.acts {
			stores[i].Add(b)
		}
		nodes[i] = replica.New(replica.Config{Device: c.actors[i].ID, Workspace: c.ws, Store: stores[i]})
	}
	log := c.actors[0].Log(1)
	written := must(oplog.Seal(oplog.Draft{
		Workspace: c.ws.Prefix(), Log: log, Ops: []oplog.Op{{Stamp: epoch, Doc: docOf(0), Kind: 1, Payload: []byte("\x01hello")}},
	}, c.actors[0].Key))
	stores[0].Add(written)
	nodes[0].Advance(oplog.Vector{log: written.Head(written.Hash)}, now)

	sessions := [2]*replica.Session{nodes[0].Connect(c.actors[1].ID, now), nodes[1].Connect(c.actors[0].ID, now)}
	for range 20 {
		for from, s := range sessions {
			to := 1 - from
			for m, ok := s.Next(now); ok; m, ok = s.Next(now) {
				if err := sessions[to].Receive(m, now); err != nil {
					fmt.Println(err)
				}
			}
			for _, a := range nodes[to].Appends() {
				for _, raw := range a.Raw {
					stores[to].Add(must(oplog.Open(raw))) // a real store verifies, and syncs
				}
				nodes[to].Appended(a.ID, len(a.Raw), nil, now)
			}
		}
		now = now.Add(10 * time.Millisecond)
	}
	fmt.Println("operations that the other has:", stores[1].Head(log).Next)
	fmt.Println("operations that it has not acknowledged:", sessions[0].Status().Ahead)
	// Output:
	// operations that the other has: 1
	// operations that it has not acknowledged: 0
}
