package network

import (
	"net"
	"slices"

	"cairn/core/id"
	"cairn/sync/link"
)

// State is how this device stands with the others.
type State struct {
	On        bool     // it is started
	Alone     bool     // this machine is in no network at all, as far as the system tells
	Listening []string // addresses under which this device is reached, the likeliest first
	Deaf      error    // why it does not listen, though it should
	Room      Room
	Relay     *Relay // nil without one
	Peers     []link.Peer
	Manual    []Manual
}

// Room is whether devices in the same network find each other.
type Room struct {
	On  bool
	Why error // it is not
}

// Manual is an address that was added by hand.
type Manual struct {
	Address string
	Device  id.Device // who answered there last, zero if nobody has
	Err     error     // of the last try
}

// State returns how this device stands with the others.
func (n *Network) State() State {
	n.mu.Lock()
	defer n.mu.Unlock()
	s := State{On: n.host != nil, Alone: alone(), Listening: n.reachable(), Deaf: n.deaf, Room: n.room.state(), Relay: n.relayState()}
	for _, address := range n.book.manual() {
		last := n.manual[address]
		s.Manual = append(s.Manual, Manual{address, last.device, last.err})
	}
	if n.host != nil {
		s.Peers = n.host.Peers()
	}
	return s
}

// Connected returns with how many other devices there is a connection now.
func (n *Network) Connected() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	connected := 0
	if n.host != nil {
		for _, p := range n.host.Peers() {
			if p.State == link.Connected {
				connected++
			}
		}
	}
	return connected
}

// alone reports whether no interface has an address that others could reach. A
// system that does not tell is taken to be in a network.
func alone() bool {
	addresses, err := net.InterfaceAddrs()
	return err == nil && !slices.ContainsFunc(addresses, func(a net.Addr) bool {
		at, isNet := a.(*net.IPNet)
		return isNet && (at.IP.IsGlobalUnicast() || at.IP.To4() != nil && at.IP.IsLinkLocalUnicast())
	})
}

// Behind returns how many operations somebody has that are not here, and
// whether anybody has said.
func (s State) Behind() (operations uint64, known bool) {
	for _, p := range s.Peers {
		if p.State == link.Connected && p.Known {
			operations, known = max(operations, p.Behind), true
		}
	}
	if s.Relay != nil && s.Relay.Known {
		operations, known = max(operations, s.Relay.Behind), true
	}
	return operations, known
}
