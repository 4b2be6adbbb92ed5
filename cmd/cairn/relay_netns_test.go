//go:build netns

package main

import (
	"encoding/json"
	"os"
	"testing"
	"time"
)

// relay runs a relay in a room of its own, and returns the room and the address
// that clients put in.
func (n *ether) relay() (*station, string) {
	n.t.Helper()
	l := n.laptop("Relay")
	first, err := l.launch(l.command("relay"))
	var r relayReady
	if err == nil {
		err = json.Unmarshal([]byte(first), &r)
	}
	if err != nil || !r.Ready {
		n.t.Fatalf("the relay says %q, %v", first, err)
	}
	return l, r.Relay
}

// A laptop that reaches nobody of its team comes in through the relay, and
// works with the team through it.
func TestALaptopElsewhereSyncsThroughTheRelayNetns(t *testing.T) {
	t.Parallel()
	n := newEther(t, 1)
	relay, url := n.relay()
	ada := n.founder("Ada")
	ada.must("peer", "add", url)
	bo := n.newcomer("Bo", ada.invite().Link)
	eun := n.laptop("Eun")
	n.wall(eun.room, ada.room)
	n.wall(eun.room, bo.room)
	ada.make("Before")
	eun.join(ada.invite().Link)
	eun.start()
	ada.make("Ada's")
	bo.make("Bo's")
	eun.make("Eun's")
	allAgree(t, 20*time.Second, ada, bo, eun)
	if p := eun.peer(ada); p.State == "connected" {
		t.Errorf("Eun is connected with Ada, whom she can't reach: %+v", p)
	}

	// What was written while the relay was away gets there.
	relay.end(os.Interrupt)
	eun.make("Without a relay")
	ada.make("Also without")
	if _, err := relay.launch(relay.command("relay")); err != nil {
		t.Fatal(err)
	}
	allAgree(t, 30*time.Second, ada, bo, eun)
}
