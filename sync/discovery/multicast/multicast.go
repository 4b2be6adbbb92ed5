// Package multicast is the local network of package discovery: DNS-SD over
// multicast DNS (RFC 6762 and 6763). Announcing is left to brutella/dnssd,
// which probes, answers and says goodbye. Browsing is done here, because what
// anybody on the network sends must not cost more than a message's worth of
// memory: no record is kept, and a message that does not say all that is needed
// is answered with a question.
package multicast

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/brutella/dnssd"
	"github.com/brutella/dnssd/log"

	"cairn/sync/discovery"
)

const (
	serviceType = "_cairn-sync._tcp"
	domain      = "local"

	// goodbyeMost is how long the end of an announcement may take. The library
	// says goodbye twice, a quarter of a second apart, on one interface after the
	// other; those that are still to come after this time come later.
	goodbyeMost = time.Second
)

// Network is this machine's network. It is safe for concurrent use.
type Network struct{}

var _ discovery.Network = Network{}

// New returns this machine's network. It makes the library, which tells standard
// output what it notices, say nothing.
func New() Network {
	log.Info.Disable()
	return Network{}
}

// Interfaces returns those that are up, carry multicast and have an address.
func (Network) Interfaces() (map[string]string, error) {
	all, err := usable()
	if err != nil {
		return nil, err
	}
	described := map[string]string{}
	for _, in := range all {
		addrs, err := in.Addrs()
		if err != nil {
			return nil, fmt.Errorf("addresses of %s: %w", in.Name, err)
		}
		texts := []string{strconv.Itoa(in.Index)} // an interface that comes back under its name is another
		for _, a := range addrs {
			texts = append(texts, a.String())
		}
		slices.Sort(texts)
		described[in.Name] = strings.Join(texts, " ")
	}
	return described, nil
}

// usable returns the interfaces over which others can be found.
func usable() ([]net.Interface, error) {
	all, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("list network interfaces: %w", err)
	}
	const wanted = net.FlagUp | net.FlagRunning | net.FlagMulticast
	all = slices.DeleteFunc(all, func(in net.Interface) bool {
		if in.Flags&wanted != wanted || in.Flags&net.FlagLoopback != 0 {
			return true
		}
		addrs, err := in.Addrs()
		return err != nil || len(addrs) == 0
	})
	return all, nil
}

// Announce makes s known on every interface until ctx ends, and says goodbye
// then. An error before that means that nobody is told any more.
func (Network) Announce(ctx context.Context, s discovery.Service) error {
	text := map[string]string{}
	for _, entry := range s.Text {
		key, value, _ := strings.Cut(entry, "=")
		text[key] = value
	}
	// The name of the machine often is that of its owner, so it is not said.
	service, err := dnssd.NewService(dnssd.Config{
		Name: s.Instance, Type: serviceType, Domain: domain, Host: s.Instance, Text: text, Port: int(s.Port),
	})
	if err != nil {
		return fmt.Errorf("announce: %w", err)
	}
	responder, err := dnssd.NewResponder()
	if err != nil {
		return fmt.Errorf("announce: %w", err)
	}
	if _, err := responder.Add(service); err != nil {
		return fmt.Errorf("announce: %w", err)
	}
	var ended error
	done := make(chan struct{})
	go func() {
		ended = responder.Respond(ctx)
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		late := time.NewTimer(goodbyeMost)
		defer late.Stop()
		select {
		case <-done:
		case <-late.C:
		}
		return nil
	}
	if ctx.Err() != nil {
		return nil
	}
	if ended == nil {
		ended = errors.New("the responder has stopped")
	}
	return fmt.Errorf("announce: %w", ended)
}
