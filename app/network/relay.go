package network

import (
	"context"
	"crypto/ed25519"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"cairn/sync/discovery"
	"cairn/sync/link"
	"cairn/sync/relay"
)

// relaySchemes are those of a relay's URL.
var relaySchemes = []string{"nats", "tls", "ws", "wss"}

// IsRelay reports whether an address is that of a relay rather than a laptop.
func IsRelay(address string) bool {
	scheme, _, found := strings.Cut(strings.TrimSpace(address), "://")
	return found && slices.Contains(relaySchemes, strings.ToLower(scheme))
}

// Relay is how this device stands with a relay.
type Relay struct {
	URL           string // without the token
	State         string // connected, connecting or offline
	Known         bool   // both sides are compared: Behind and Ahead say something
	Behind, Ahead uint64 // operations
	Seen          time.Time
	Err           error
}

// RelayURL returns the URL of the relay with its token, for an invite: of a
// cluster as many servers as fit, the first in any case. It is empty if there is
// none.
func (n *Network) RelayURL() string {
	servers := strings.Split(n.book.relay(), ",")
	fit := servers[0]
	for _, server := range servers[1:] {
		if len(fit)+1+len(server) <= discovery.RelayMost {
			fit += "," + server
		}
	}
	return fit
}

// useRelay goes over to another relay, or to none.
func (n *Network) useRelay(address string) error {
	address = strings.TrimSpace(address)
	if address != "" {
		if err := relay.CheckURL(address); err != nil {
			return err
		}
	}
	if err := n.book.setRelay(address); err != nil {
		return err
	}
	n.mu.Lock()
	old := n.relay
	n.relay, n.relayErr = nil, nil
	n.openRelay()
	n.tell()
	n.mu.Unlock()
	if old != nil {
		old.Close()
	}
	select {
	case n.relaid <- struct{}{}:
	default:
	}
	return nil
}

// dropRelay goes on without the relay, whose address is given with its token or
// without.
func (n *Network) dropRelay(address string) error {
	if now := n.book.relay(); now == "" || withoutToken(strings.TrimSpace(address)) != withoutToken(now) {
		return notKnown(address)
	}
	return n.useRelay("")
}

// openRelay connects to the relay that is in the book. The caller holds mu.
func (n *Network) openRelay() {
	address := n.book.relay()
	if address == "" || n.host == nil {
		return
	}
	n.relay, n.relayErr = relay.Open(relay.Config{
		URL: address, Device: n.Journal.Device(), Workspace: n.Journal.Workspace(), Store: n.Journal.Replica(),
		Sealer: n.Sealer, Door: n.RelayDoor, Log: n.Log, Now: n.Now, Rand: n.Rand,
	})
	if n.relayErr != nil {
		n.relay = nil
	}
}

// relayState says how this device stands with the relay, nil without one. The
// caller holds mu.
func (n *Network) relayState() *Relay {
	address := n.book.relay()
	if address == "" {
		return nil
	}
	out := &Relay{URL: withoutToken(address), State: relay.Offline.String(), Err: n.relayErr}
	if n.relay != nil {
		s := n.relay.Status()
		out.State, out.Known, out.Behind, out.Ahead = s.State.String(), s.Known, s.Behind, s.Ahead
		out.Seen, out.Err = s.Contact, s.Fault
	}
	return out
}

// withoutToken returns what may be shown of addresses with commas between.
func withoutToken(addresses string) string {
	parts := strings.Split(addresses, ",")
	for i, part := range parts {
		u, err := url.Parse(strings.TrimSpace(part))
		if err != nil {
			parts[i] = "…"
			continue
		}
		u.User, u.Fragment = nil, ""
		parts[i] = u.String()
	}
	return strings.Join(parts, ",")
}

// RequestJoin asks through the relay to be let in, and waits until this device
// is a member. See relay.Client.RequestJoin.
func (n *Network) RequestJoin(ctx context.Context, r link.JoinRequest, key relay.InviteKey) error {
	n.mu.Lock()
	client, err := n.relay, n.relayErr
	n.mu.Unlock()
	if client == nil {
		<-ctx.Done()
		return errors.Join(err, ctx.Err())
	}
	return client.RequestJoin(ctx, relay.JoinRequest{
		Invite: r.Invite, Device: r.Device, Signature: [ed25519.SignatureSize]byte(r.Signature),
		Person: r.Person, DeviceName: r.DeviceName,
	}, key)
}
