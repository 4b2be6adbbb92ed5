package network

import (
	"slices"
	"time"

	"cairn/core/member"
	"cairn/sync/link"
	"cairn/sync/relay"
)

// lookEvery is how often what is told by nobody is looked at: addresses in the
// room that are due for another try.
const lookEvery = 15 * time.Second

// follow keeps host and relay told of what changes here, and remembers what
// they find out.
func (n *Network) follow() {
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	wrote := true
	for {
		n.mu.Lock()
		host, client, nearby := n.host, n.relay, n.room.changed()
		n.mu.Unlock()
		if host == nil {
			return
		}
		var relayed <-chan struct{}
		if client != nil {
			relayed = client.Changed()
		}
		grown, sessions := n.Journal.Grown(), host.Changed() // before looking, so that nothing slips by
		n.look(host, client, wrote)
		wrote = false
		select {
		case <-n.ctx.Done():
			return
		case <-grown:
			wrote = true
		case <-sessions:
		case <-nearby:
		case <-relayed:
		case <-n.relaid:
		case <-ticker.C:
		}
	}
}

// look tells host and relay if logs have grown, and takes in what they say.
func (n *Network) look(host *link.Host, client *relay.Client, wrote bool) {
	if wrote {
		host.Wrote()
	}
	if client != nil {
		if wrote {
			client.Wrote()
		}
		for _, note := range client.Status().Logs {
			if note.Copied {
				n.leave(note.Log)
			}
		}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.reconcile()
	for _, p := range host.Peers() {
		if p.State != link.Connected {
			continue
		}
		if err := n.book.reached(p.Device, p.Addresses...); err != nil {
			n.Log.Warn("the address of a device is not kept", "device", p.Device, "cause", err)
		}
	}
	n.visit(host)
	n.tell()
}

// tend calls Members whenever the membership is another.
func (n *Network) tend() {
	if n.Members == nil {
		return
	}
	var seen *member.Table
	for {
		grown := n.Journal.Grown()
		if now := n.Journal.Members(); now != seen {
			seen = now
			n.Members(n.ctx)
		}
		select {
		case <-n.ctx.Done():
			return
		case <-grown:
		}
	}
}

// reconcile makes who is reached, and whether this device listens, what the
// membership says. The caller holds mu.
func (n *Network) reconcile() {
	if n.host == nil {
		return
	}
	if members := n.Journal.Members(); members != n.members {
		n.members = members
		for _, d := range n.others() {
			if !d.Removed {
				n.host.Reach(d.ID, n.book.of(d.ID))
				continue
			}
			n.host.Forget(d.ID)
			if err := n.book.forget(d.ID); err != nil {
				n.Log.Warn("the address of a removed device is kept", "device", d.ID, "cause", err)
			}
		}
	}
	if n.company() {
		n.listen()
	}
}

// company reports whether there is anybody to hear: another device, or somebody
// who is invited. A laptop on its own opens no port and says nothing. The caller
// holds mu.
func (n *Network) company() bool {
	return n.invited || slices.ContainsFunc(n.others(), func(d member.Device) bool { return !d.Removed })
}

// others returns every device of the membership but this one. The caller holds
// mu.
func (n *Network) others() []member.Device {
	members := n.Journal.Members()
	if members == nil {
		return nil
	}
	self := n.Journal.Device()
	return slices.DeleteFunc(members.Devices(), func(d member.Device) bool { return d.ID == self })
}

// try finds out who is at an address that was added by hand. The caller holds
// mu.
func (n *Network) try(address string) {
	host := n.host
	if host == nil {
		return
	}
	n.following.Go(func() {
		device, err := host.Try(n.ctx, address)
		n.mu.Lock()
		defer n.mu.Unlock()
		if n.host == nil || !slices.Contains(n.book.manual(), address) {
			return
		}
		last := call{device: device, err: err}
		if err != nil {
			last.device = n.manual[address].device
		}
		n.manual[address] = last
		n.tell()
	})
}

// reachable returns the addresses at which others may reach this device. The
// caller holds mu.
func (n *Network) reachable() []string {
	if n.host == nil || n.heard == 0 {
		return nil
	}
	return ranked(n.host.Listening())
}
