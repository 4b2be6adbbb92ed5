package link

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"

	"cairn/core/canon"
	"cairn/sync/replica"
	"cairn/sync/wire"
)

// The kinds of frames that links send each other. FORMAT.md describes them.
const (
	kindAnnounce = wire.FirstOfLink + iota
	kindEnd
)

const (
	// announcedMost is how many addresses a device says that it listens on, and
	// addressMost how long one is at most: an IPv6 address with a zone and port.
	announcedMost = 8
	addressMost   = 64
)

var errMalformed = errors.New("malformed")

// announceFrame returns the frame that says where this device listens; none if
// it does not.
func announceFrame(addresses []string) []byte {
	if len(addresses) == 0 {
		return nil
	}
	payload := []byte{byte(len(addresses))}
	for _, a := range addresses {
		payload = canon.AppendBlock(payload, []byte(a))
	}
	return wire.AppendFrame(nil, kindAnnounce, payload)
}

// readAnnounce returns the addresses that a peer says it listens on: IP addresses
// with ports, as netip writes them. What follows them is left alone.
func readAnnounce(payload []byte) ([]string, error) {
	r := canon.Reader{Rest: payload, Malformed: errMalformed}
	n := r.Count(1)
	if n > announcedMost {
		r.Fail("addresses")
	}
	var out []string
	for range n {
		text := r.Block()
		if r.Err != nil {
			break
		}
		at, err := netip.ParseAddrPort(string(text))
		if len(text) > addressMost || err != nil || at.String() != string(text) || at.Port() == 0 {
			r.Fail("address")
			break
		}
		out = append(out, at.String())
	}
	return out, r.Err
}

// heedAnnounce takes in where the peer listens. It is used once the peer is a
// member.
func (c *conn) heedAnnounce(payload []byte) bool {
	addresses, err := readAnnounce(payload)
	c.h.mu.Lock()
	defer c.h.mu.Unlock()
	if err != nil {
		c.endLocked(fmt.Errorf("%w: announcement: %w", replica.ErrPeer, err), farewellOf(replica.Malformed))
		return false
	}
	c.theirs = addresses
	if c.member {
		c.h.learnLocked(c)
	}
	return c.err == nil
}

// ending is why a link ends a connection.
type ending byte

// The endings. They are sent: add at the end, never reorder.
const (
	endReplaced ending = iota // another connection of the same two devices stays
	endStranger               // the receiver is no member as far as the sender knows
)

func endFrame(e ending) []byte { return wire.AppendFrame(nil, kindEnd, []byte{byte(e)}) }

// endError is how the peer has ended the connection.
type endError struct{ ending }

func (e endError) Error() string { return fmt.Sprintf("the peer ended the connection: %d", e.ending) }

// byeError is how the peer has ended the session.
type byeError struct{ replica.Reason }

func (e byeError) Error() string { return fmt.Sprintf("the peer ended the session: %v", e.Reason) }

func (c *conn) heedEnd(payload []byte) bool {
	if len(payload) == 0 {
		c.end(fmt.Errorf("%w: an ending without a reason", replica.ErrPeer), farewellOf(replica.Malformed))
		return false
	}
	c.end(endError{ending(payload[0])}, nil)
	return false
}

// Listening returns the addresses at which others can try to reach this device:
// those of its listeners, and where one listens on all, those of the machine.
func (h *Host) Listening() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.listeningLocked()
}

func (h *Host) listeningLocked() []string {
	var out []string
	for _, l := range h.listeners {
		tcp, ok := l.Addr().(*net.TCPAddr)
		if !ok {
			continue
		}
		at := tcp.AddrPort()
		if !at.Addr().IsUnspecified() {
			out = append(out, netip.AddrPortFrom(at.Addr().Unmap(), at.Port()).String())
			continue
		}
		for _, a := range machineAddresses(at.Addr().Is4()) {
			out = append(out, netip.AddrPortFrom(a, at.Port()).String())
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), announcedMost)]
}

// machineAddresses returns the addresses of the machine that others can use, IPv4
// first.
func machineAddresses(only4 bool) []netip.Addr {
	interfaces, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	var out []netip.Addr
	for _, i := range interfaces {
		network, ok := i.(*net.IPNet)
		if !ok {
			continue
		}
		a, ok := netip.AddrFromSlice(network.IP)
		if a = a.Unmap(); !ok || a.IsLoopback() || a.IsLinkLocalUnicast() || only4 && !a.Is4() {
			continue
		}
		out = append(out, a)
	}
	slices.SortFunc(out, netip.Addr.Compare)
	return out
}
