package network

import (
	"context"
	"slices"
	"time"

	"cairn/core/id"
	"cairn/sync/discovery"
	"cairn/sync/discovery/multicast"
	"cairn/sync/link"
)

// room is who announces the workspace in the same network. The zero room is
// closed.
type room struct {
	lan   *discovery.LAN
	tried map[string]time.Time // address → when it was last tried
}

// tryAgainAfter is how long an address that somebody announces is left alone
// after it was tried.
const tryAgainAfter = time.Minute

func (r *room) open(ws id.Workspace, port uint16, c Config) {
	r.tried = map[string]time.Time{}
	r.lan = discovery.Open(discovery.Config{
		Network: multicast.New(), Workspaces: []id.Workspace{ws}, Port: port, Now: c.Now, Rand: c.Rand, Log: c.Log,
	})
}

func (r *room) close() {
	if r.lan != nil {
		r.lan.Close()
		r.lan = nil
	}
}

func (r *room) changed() <-chan struct{} {
	if r.lan == nil {
		return nil
	}
	return r.lan.Changed()
}

func (r *room) state() Room {
	if r.lan == nil {
		return Room{}
	}
	err := r.lan.Off()
	return Room{On: err == nil, Why: err}
}

// visit tries those in the room who are not connected. Which device it is comes
// out when it answers. The caller holds mu.
func (n *Network) visit(host *link.Host) {
	if n.room.lan == nil {
		return
	}
	now := n.Now()
	peers := host.Peers()
	for _, h := range n.room.lan.Nearby() {
		connected := slices.ContainsFunc(peers, func(p link.Peer) bool {
			return p.State == link.Connected && slices.ContainsFunc(p.Addresses, func(a string) bool { return slices.Contains(h.Addresses, a) })
		})
		if connected {
			continue
		}
		for _, address := range h.Addresses {
			if now.Sub(n.room.tried[address]) < tryAgainAfter {
				continue
			}
			n.room.tried[address] = now
			n.following.Go(func() { n.tryNearby(host, address) })
		}
	}
}
