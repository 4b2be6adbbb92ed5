package network

import (
	"errors"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"syscall"

	"cairn/core/fault"
)

// listen opens the port under which others reach this device, and makes it
// known in the room; it does nothing if that is done, is not wanted, or has
// failed. The caller holds mu.
func (n *Network) listen() {
	if n.opts.Listen != "" && n.heard == 0 && n.deaf == nil {
		n.heard, n.deaf = n.open(n.opts.Listen)
		if n.deaf != nil {
			n.Log.Warn("this device does not listen", "cause", n.deaf)
		}
	}
	if n.room.lan == nil && !n.opts.Quiet {
		n.room.open(n.Journal.Workspace(), n.heard, n.Config)
	}
}

// open listens on address. When its port is the usual one and taken, as it is by
// another workspace on the same machine, any other does: others find it in the
// room, by an invite, or because they were told.
func (n *Network) open(address string) (port uint16, err error) {
	var config net.ListenConfig
	ln, err := config.Listen(n.ctx, "tcp", address)
	if host, wanted, split := net.SplitHostPort(address); split == nil && errors.Is(err, syscall.EADDRINUSE) && wanted == strconv.Itoa(Port) {
		ln, err = config.Listen(n.ctx, "tcp", net.JoinHostPort(host, "0"))
	}
	if err != nil {
		return 0, fault.Wrap(err, fault.Unavailable, "Teammates can't reach this device: it can't listen on %s.",
			"It can still reach theirs. Choose another address with --sync, for example :0 for any free port.").With(address)
	}
	at, err := netip.ParseAddrPort(ln.Addr().String())
	if err != nil {
		return 0, errors.Join(err, ln.Close())
	}
	return at.Port(), n.host.Listen(ln)
}

// ranked orders addresses by how likely a teammate reaches them: private ones
// of IPv4, as in an office or at home, then others, then what is on this
// machine only.
func ranked(addresses []string) []string {
	rank := func(address string) int {
		at, err := netip.ParseAddrPort(address)
		switch ip := at.Addr().Unmap(); {
		case err != nil || ip.IsLoopback():
			return 3
		case ip.Is4() && ip.IsPrivate():
			return 0
		case ip.Is4():
			return 1
		default:
			return 2
		}
	}
	slices.SortStableFunc(addresses, func(a, b string) int { return rank(a) - rank(b) })
	return addresses
}
