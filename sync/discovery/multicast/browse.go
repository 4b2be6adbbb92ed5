package multicast

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"

	"cairn/sync/discovery"
)

const (
	port = 5353
	// messageMost is the longest multicast message (RFC 6762, 17).
	messageMost = 9000
	// firstAgain is how long it takes until the question is repeated; it doubles
	// up to seldom, so that a host that went without a goodbye, and whose name
	// lives for two minutes, is missed twice before it is forgotten.
	firstAgain = time.Second
	seldom     = time.Minute
	// askEvery is the shortest time between two questions about single instances:
	// whoever names a thousand of them gets no thousand questions.
	askEvery = 200 * time.Millisecond
)

var (
	groupV4 = net.IPv4(224, 0, 0, 251)
	groupV6 = net.ParseIP("ff02::fb")
)

// Browse asks again and again who announces the service, and calls hear with
// every answer, one at a time, until ctx ends. An error before that means that
// nothing is heard any more.
func (Network) Browse(ctx context.Context, hear func(discovery.Heard)) error {
	ears, err := listen()
	if err != nil {
		return fmt.Errorf("browse: %w", err)
	}
	var reading sync.WaitGroup
	heard, failed := make(chan packet), make(chan error, len(ears))
	ctx, cancel := context.WithCancel(ctx)
	defer reading.Wait()
	defer func() {
		cancel()
		for _, e := range ears {
			e.close()
		}
	}()
	for _, e := range ears {
		reading.Go(func() { failed <- e.readAll(ctx, heard) })
	}
	again := firstAgain
	repeat := time.NewTimer(0)
	defer repeat.Stop()
	var asked time.Time
	deaf := 0
	for {
		select {
		case <-ctx.Done():
			return nil
		case err = <-failed:
			if deaf++; deaf == len(ears) {
				return fmt.Errorf("browse: %w", err)
			}
		case <-repeat.C:
			if err := tell(ears, ""); err != nil {
				return fmt.Errorf("browse: %w", err)
			}
			repeat.Reset(again)
			again = min(2*again, seldom)
		case p := <-heard:
			all, ask := read(p.bytes, p.zone)
			for _, h := range all {
				hear(h)
			}
			if len(ask) > 0 && time.Since(asked) >= askEvery {
				asked = time.Now()
				if err := tell(ears, ask[0]); err != nil {
					return fmt.Errorf("browse: %w", err)
				}
			}
		}
	}
}

type packet struct {
	bytes []byte
	zone  string
}

// ear is a socket of one version of the internet protocol.
type ear interface {
	readAll(ctx context.Context, to chan<- packet) error
	say(in *net.Interface, message []byte) error
	close()
}

// listen opens a socket for each version of the internet protocol, an error if
// there is no interface over which one of them hears.
func listen() ([]ear, error) {
	interfaces, err := usable()
	if err != nil {
		return nil, err
	}
	var ears []ear
	four, err4 := listenV4(interfaces)
	if err4 == nil {
		ears = append(ears, four)
	}
	six, err6 := listenV6(interfaces)
	if err6 == nil {
		ears = append(ears, six)
	}
	if len(ears) == 0 {
		return nil, errors.Join(err4, err6)
	}
	return ears, nil
}

// tell asks the question on every interface, an error if it went out on none.
func tell(ears []ear, about string) error {
	message, err := question(about)
	if err != nil {
		return err
	}
	interfaces, err := usable()
	if err != nil {
		return err
	}
	var failures error
	said := false
	for _, in := range interfaces {
		for _, e := range ears {
			if err := e.say(&in, message); err != nil {
				failures = errors.Join(failures, fmt.Errorf("%s: %w", in.Name, err))
			} else {
				said = true
			}
		}
	}
	if said {
		return nil
	}
	return failures
}

type earV4 struct {
	conn *net.UDPConn
	p    *ipv4.PacketConn
}

func listenV4(interfaces []net.Interface) (*earV4, error) {
	// A multicast address makes the socket one of several on the port.
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: groupV4, Port: port})
	if err != nil {
		return nil, err
	}
	e := &earV4{conn: conn, p: ipv4.NewPacketConn(conn)}
	joined := 0
	for _, in := range interfaces {
		if err = e.p.JoinGroup(&in, &net.UDPAddr{IP: groupV4}); err == nil {
			joined++
		}
	}
	if joined == 0 {
		e.close()
		return nil, fmt.Errorf("no interface hears multicast over IPv4: %w", err)
	}
	// Windows can't tell the interface of a packet; the zone stays empty there.
	_ = e.p.SetControlMessage(ipv4.FlagInterface, true)
	// Other processes of this machine are to hear it too, and a receiver may
	// ask for 255 (RFC 6762, 11); a system that refuses either still sends.
	_ = e.p.SetMulticastLoopback(true)
	_ = e.p.SetMulticastTTL(255)
	return e, nil
}

func (e *earV4) readAll(ctx context.Context, to chan<- packet) error {
	return readAll(ctx, to, func(b []byte) (int, string, error) {
		n, control, _, err := e.p.ReadFrom(b)
		if control == nil {
			return n, "", err
		}
		return n, nameOf(control.IfIndex), err
	})
}

func (e *earV4) say(in *net.Interface, message []byte) error {
	if err := e.p.SetMulticastInterface(in); err != nil {
		return err
	}
	_, err := e.p.WriteTo(message, nil, &net.UDPAddr{IP: groupV4, Port: port})
	return err
}

// The socket was only read, and sent what may be lost: closing it loses nothing.
func (e *earV4) close() { _ = e.conn.Close() }

type earV6 struct {
	conn *net.UDPConn
	p    *ipv6.PacketConn
}

func listenV6(interfaces []net.Interface) (*earV6, error) {
	conn, err := net.ListenUDP("udp6", &net.UDPAddr{IP: groupV6, Port: port})
	if err != nil {
		return nil, err
	}
	e := &earV6{conn: conn, p: ipv6.NewPacketConn(conn)}
	joined := 0
	for _, in := range interfaces {
		if err = e.p.JoinGroup(&in, &net.UDPAddr{IP: groupV6}); err == nil {
			joined++
		}
	}
	if joined == 0 {
		e.close()
		return nil, fmt.Errorf("no interface hears multicast over IPv6: %w", err)
	}
	_ = e.p.SetControlMessage(ipv6.FlagInterface, true)
	_ = e.p.SetMulticastLoopback(true)
	_ = e.p.SetMulticastHopLimit(255)
	return e, nil
}

func (e *earV6) readAll(ctx context.Context, to chan<- packet) error {
	return readAll(ctx, to, func(b []byte) (int, string, error) {
		n, control, from, err := e.p.ReadFrom(b)
		if control != nil {
			return n, nameOf(control.IfIndex), err
		}
		if udp, ok := from.(*net.UDPAddr); ok {
			return n, udp.Zone, err
		}
		return n, "", err
	})
}

func (e *earV6) say(in *net.Interface, message []byte) error {
	if err := e.p.SetMulticastInterface(in); err != nil {
		return err
	}
	_, err := e.p.WriteTo(message, nil, &net.UDPAddr{IP: groupV6, Port: port, Zone: in.Name})
	return err
}

func (e *earV6) close() { _ = e.conn.Close() }

// readAll hands on every message until the socket fails or ctx ends.
func readAll(ctx context.Context, to chan<- packet, next func([]byte) (int, string, error)) error {
	buffer := make([]byte, messageMost)
	for {
		n, zone, err := next(buffer)
		if err != nil {
			return err
		}
		select {
		case to <- packet{append([]byte(nil), buffer[:n]...), zone}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// nameOf returns the name of an interface, empty if it is gone.
func nameOf(index int) string {
	in, err := net.InterfaceByIndex(index)
	if err != nil {
		return ""
	}
	return in.Name
}
