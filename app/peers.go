package app

import (
	"context"
	"strings"
	"time"

	"cairn/app/network"
	"cairn/core/fault"
	"cairn/core/id"
)

// ListPeers tells how this device stands with the others of the workspace.
var ListPeers = Call[ListPeersRequest, Peers]{"peer/list", "Tells how this device stands with the others of the workspace.", (*App).listPeers}

// AddPeer adds an address at which a teammate's laptop, or a relay, is.
var AddPeer = Call[AddPeerRequest, Peers]{"peer/add", "Adds an address at which a teammate's laptop or a relay can be reached.", (*App).addPeer}

// RemovePeer takes an address out.
var RemovePeer = Call[RemovePeerRequest, Peers]{"peer/remove", "Takes an address out that was added or learnt.", (*App).removePeer}

// SyncNow tries at once whatever waits for its next try.
var SyncNow = Call[SyncNowRequest, Peers]{"sync/now", "Tries at once to reach every device that is away.", (*App).syncNow}

// ListPeersRequest asks for the peers.
type ListPeersRequest struct{}

// AddPeerRequest names an address: host and port of a laptop, or the nats:// URL
// of a relay.
type AddPeerRequest struct {
	Address string `json:"address"`
}

// RemovePeerRequest names an address as it is listed.
type RemovePeerRequest struct {
	Address string `json:"address"`
}

// SyncNowRequest asks for another try.
type SyncNowRequest struct{}

// Peers is how this device stands with the others.
type Peers struct {
	// Listening are the addresses under which this device can be reached. There
	// are none as long as the team is one device and nobody is invited.
	Listening []string        `json:"listening"`
	Trouble   *Trouble        `json:"trouble,omitempty"` // why it can't be reached, though it should
	LAN       LAN             `json:"lan"`
	Relay     *Relay          `json:"relay,omitempty"`
	Addresses []ManualAddress `json:"addresses"` // added by hand
	Peers     []Peer          `json:"peers"`     // connected ones first, then by person
}

// LAN is whether devices in the same network find each other.
type LAN struct {
	On      bool     `json:"on"`
	Trouble *Trouble `json:"trouble,omitempty"`
}

// Relay is how this device stands with the team's relay.
type Relay struct {
	URL     string    `json:"url"`   // without the token
	State   string    `json:"state"` // connected, connecting or offline
	Behind  uint64    `json:"behind_operations"`
	Ahead   uint64    `json:"ahead_operations"`
	Seen    time.Time `json:"last_seen,omitzero"`
	Trouble *Trouble  `json:"trouble,omitempty"`
}

// ManualAddress is an address that a person added.
type ManualAddress struct {
	Address string   `json:"address"`
	Device  string   `json:"device,omitempty"` // the name of the one that answered there last
	Trouble *Trouble `json:"trouble,omitempty"`
}

// Peer is another device of the workspace as this one knows it.
type Peer struct {
	Device id.Device `json:"device"`
	Name   string    `json:"name"` // of the device
	Person string    `json:"person"`
	State  string    `json:"state"` // connected, connecting or offline
	// Known says that the device has said all that it has, so that the numbers
	// below hold.
	Known bool `json:"known"`
	// Behind is how many operations it has that are not here, with about how many
	// bytes; Ahead how many it is not known to have.
	Behind      uint64        `json:"behind_operations"`
	BehindBytes uint64        `json:"behind_bytes"`
	Ahead       uint64        `json:"ahead_operations"`
	Since       time.Time     `json:"since,omitzero"`     // it has been in this state
	Seen        time.Time     `json:"last_seen,omitzero"` // the last time it was heard
	Address     string        `json:"address,omitempty"`
	ClockAhead  time.Duration `json:"clock_ahead_ns,omitempty"` // of this one
	Trouble     *Trouble      `json:"trouble,omitempty"`        // why it is not connected
}

// Trouble is why something is not as it should be, and what to do.
type Trouble struct {
	Reason Said  `json:"reason"`
	Hint   *Said `json:"hint,omitempty"`
}

func (a *App) listPeers(context.Context, ListPeersRequest) (Peers, error) { return a.peersNow(), nil }

func (a *App) addPeer(ctx context.Context, req AddPeerRequest) (Peers, error) {
	n, err := a.online()
	if err != nil {
		return Peers{}, err
	}
	address := strings.TrimSpace(req.Address)
	if network.IsRelay(address) {
		err = n.UseRelay(ctx, address)
	} else {
		err = n.Add(ctx, address)
	}
	return a.peersNow(), err
}

func (a *App) removePeer(_ context.Context, req RemovePeerRequest) (Peers, error) {
	n, err := a.online()
	if err != nil {
		return Peers{}, err
	}
	err = n.Remove(strings.TrimSpace(req.Address))
	return a.peersNow(), err
}

func (a *App) syncNow(context.Context, SyncNowRequest) (Peers, error) {
	n, err := a.online()
	if err != nil {
		return Peers{}, err
	}
	n.Again()
	return a.peersNow(), nil
}

// online returns the network, or why there is none.
func (a *App) online() (*network.Network, error) {
	if n := a.network.Load(); n != nil {
		return n, nil
	}
	return nil, fault.New(fault.Unavailable, "Nothing here syncs while only a command holds the workspace.", "Open Cairn, or start `cairn node`, and try again.")
}

// peersNow tells how this device stands with the others.
func (a *App) peersNow() Peers {
	out := Peers{Listening: []string{}, Addresses: []ManualAddress{}, Peers: []Peer{}}
	state := network.State{}
	if n := a.network.Load(); n != nil {
		state = n.State()
	}
	out.Listening = append(out.Listening, state.Listening...)
	out.Trouble = told(state.Deaf)
	out.LAN = LAN{On: state.Room.On, Trouble: told(state.Room.Why)}
	if r := state.Relay; r != nil {
		out.Relay = &Relay{URL: r.URL, State: r.State, Behind: r.Behind, Ahead: r.Ahead, Seen: r.Seen, Trouble: told(r.Err)}
	}
	for _, m := range state.Manual {
		out.Addresses = append(out.Addresses, ManualAddress{m.Address, a.deviceName(m.Device), told(m.Err)})
	}
	out.Peers = append(out.Peers, a.peers(state)...)
	return out
}

// told returns what an error says to people, nil if there is none.
func told(err error) *Trouble {
	if err == nil {
		return nil
	}
	message, hint := fault.Told(err)
	out := &Trouble{Reason: plainSaid(message)}
	if hint.Format != "" {
		said := plainSaid(hint)
		out.Hint = &said
	}
	return out
}
