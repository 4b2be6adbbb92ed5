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

const (
	// tryAgainAfter is how long an address that somebody announces is left alone
	// after it was tried.
	tryAgainAfter = time.Minute
	// triedMost bounds what is remembered of who announced itself.
	triedMost = 1024
)

// open announces the workspace, if port is not 0, and looks for others.
func (r *room) open(ws id.Workspace, port uint16, c Config) {
	r.tried = map[string]time.Time{}
	r.lan = discovery.Open(discovery.Config{
		Network: multicast.New(), Workspaces: []id.Workspace{ws}, Port: port, Now: c.Now, Rand: c.Rand, Log: c.Log,
	})
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

// due returns the addresses of h that were not tried lately, which they are from
// now on.
func (r *room) due(h discovery.Host, now time.Time) []string {
	if len(r.tried) > triedMost {
		clear(r.tried)
	}
	due := slices.DeleteFunc(slices.Clone(h.Addresses), func(a string) bool {
		last, tried := r.tried[a]
		return tried && now.Sub(last) < tryAgainAfter
	})
	for _, a := range due {
		r.tried[a] = now
	}
	return due
}

// visit tries those in the room who are not connected. Which devices they are
// comes out when they answer. The caller holds mu.
func (n *Network) visit(host *link.Host) {
	if n.room.lan == nil {
		return
	}
	peers := host.Peers()
	for _, h := range n.room.lan.Nearby() {
		connected := slices.ContainsFunc(peers, func(p link.Peer) bool {
			return p.State == link.Connected && slices.ContainsFunc(h.Addresses, func(a string) bool { return a == p.Address || slices.Contains(p.Addresses, a) })
		})
		if due := n.room.due(h, n.Now()); len(due) > 0 && !connected {
			n.following.Go(func() { n.call(n.ctx, host, due) })
		}
	}
}

// call tries the addresses of one host until one of them answers.
func (n *Network) call(ctx context.Context, host *link.Host, addresses []string) {
	for _, a := range addresses {
		_, err := host.Try(ctx, a)
		if err == nil {
			return
		}
		n.Log.Debug("somebody in the room is not reached", "address", a, "cause", err)
	}
}

// Nearby returns the addresses of those in the room who announce the workspace.
func (n *Network) Nearby() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var out []string
	if n.room.lan != nil {
		for _, h := range n.room.lan.Nearby() {
			out = append(out, h.Addresses...)
		}
	}
	return out
}
