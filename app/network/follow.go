package network

import (
	"context"
	"slices"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/sync/link"
)

// follow keeps the host told of what changes here, and remembers what it finds
// out, until ctx ends.
func (n *Network) follow(ctx context.Context) {
	for {
		n.mu.Lock()
		host, nearby := n.host, n.room.changed()
		n.mu.Unlock()
		grown, sessions := n.Journal.Advanced(), host.Changed() // before looking, so that nothing slips by
		n.look(ctx, host)
		select {
		case <-ctx.Done():
			return
		case <-grown:
		case <-sessions:
		case <-nearby:
		}
	}
}

// look tells the host what is new, and takes in what it says.
func (n *Network) look(ctx context.Context, host *link.Host) {
	host.Wrote()
	n.mu.Lock()
	defer n.mu.Unlock()
	n.reconcile(ctx)
	for _, p := range host.Peers() {
		if p.State != link.Connected {
			continue
		}
		if news, err := n.book.reached(p.Device, p.Addresses...); err != nil {
			n.Log.Warn("the address of a device is not kept", "device", p.Device, "err", err)
		} else if news {
			n.reach(p.Device)
		}
	}
	n.visit(host)
	n.tell()
}

// reconcile makes who is reached, and whether this device listens, what the
// membership says. The caller holds mu.
func (n *Network) reconcile(ctx context.Context) {
	if n.host == nil {
		return
	}
	if members := n.Journal.Members(); members != n.members {
		n.members = members
		for _, d := range others(members, n.Journal.Device()) {
			if !d.Removed {
				n.reach(d.ID)
				continue
			}
			n.host.Forget(d.ID)
			if err := n.book.forget(d.ID); err != nil {
				n.Log.Warn("the address of a removed device is kept", "device", d.ID, "err", err)
			}
		}
	}
	if n.door == nil && n.deaf == nil && n.opts.Listen != "" && n.company() {
		n.open(ctx)
	}
}

// company reports whether there is anybody to hear: another device, or somebody
// who is invited. A laptop on its own opens no port. The caller holds mu.
func (n *Network) company() bool {
	return n.invited || slices.ContainsFunc(others(n.members, n.Journal.Device()), func(d member.Device) bool { return !d.Removed })
}

// others returns every device of the membership but self.
func others(members *member.Table, self id.Device) []member.Device {
	if members == nil {
		return nil
	}
	return slices.DeleteFunc(members.Devices(), func(d member.Device) bool { return d.ID == self })
}

// open listens, and makes it known in the room. The caller holds mu.
func (n *Network) open(ctx context.Context) {
	ln, err := listen(ctx, n.opts.Listen)
	if err != nil {
		n.deaf = err
		n.Log.Warn("this device does not listen", "err", err)
		return
	}
	n.door = ln
	n.host.Listen(ln.Listener)
	n.host.Announce(ln.addresses())
	if !n.opts.Quiet {
		n.room.open(n.Journal.Workspace(), ln.port, n.Config)
	}
}

// reach has the host keep trying a device. The caller holds mu.
func (n *Network) reach(device id.Device) { n.host.Reach(device, n.book.of(device)) }
