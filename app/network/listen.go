package network

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"syscall"

	"cairn/core/fault"
)

// listener is where this device is heard.
type listener struct {
	net.Listener
	port uint16
	host string // empty for every interface
}

// listen opens address. When its port is taken, which it is by another
// workspace on the same machine, any other does: others find it in the room, by
// invite, or by having been told.
func listen(address string) (*listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "%q is no address to listen on.", "Write it as :5758, or as 192.168.1.20:5758.").With(address)
	}
	ln, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) && port == strconv.Itoa(Port) {
		ln, err = net.Listen("tcp", net.JoinHostPort(host, "0"))
	}
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "Teammates' laptops can't reach this one: %s can't be listened on.",
			"This one can still reach theirs. Choose another address with --sync, for example :0 for any free port.").With(address)
	}
	at, err := netip.ParseAddrPort(ln.Addr().String())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("where it listens: %w", err), ln.Close())
	}
	if host != "" {
		host = at.Addr().String()
	}
	return &listener{ln, at.Port(), host}, nil
}

// addressesTold is how many addresses are told to others: more than the
// interfaces of a laptop that matter.
const addressesTold = 4

// addresses returns under which addresses others reach this device, as far as
// it can know, those that most likely work first: private ones of IPv4, then
// others, then what is on this machine only.
func (l *listener) addresses() []string {
	port := strconv.Itoa(int(l.port))
	if l.host != "" {
		return []string{net.JoinHostPort(l.host, port)}
	}
	interfaces, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	var found []netip.Addr
	for _, i := range interfaces {
		prefix, err := netip.ParsePrefix(i.String())
		if err == nil && !prefix.Addr().IsLinkLocalUnicast() {
			found = append(found, prefix.Addr().Unmap())
		}
	}
	slices.SortStableFunc(found, func(a, b netip.Addr) int { return rank(a) - rank(b) })
	var out []string
	for _, a := range found {
		if len(out) < addressesTold && (!a.IsLoopback() || len(out) == 0) {
			out = append(out, net.JoinHostPort(a.String(), port))
		}
	}
	return out
}

// rank orders addresses by how likely a teammate reaches them.
func rank(a netip.Addr) int {
	switch {
	case a.IsLoopback():
		return 3
	case a.Is4() && a.IsPrivate():
		return 0
	case a.Is4():
		return 1
	default:
		return 2
	}
}
