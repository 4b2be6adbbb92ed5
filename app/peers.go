package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"cairn/app/network"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/sync/link"
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
	// Alone says that this machine is in no network at all, as far as the system
	// tells.
	Alone bool `json:"alone,omitempty"`
	// Listening are the addresses under which this device can be reached. There
	// are none as long as the team is one device and nobody is invited.
	Listening []string        `json:"listening"`
	Trouble   *Trouble        `json:"trouble,omitempty"` // why nothing is exchanged, or why it can't be reached though it should
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
	Known   bool      `json:"known"` // both sides are compared, so that the numbers below hold
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

func (a *App) addPeer(_ context.Context, req AddPeerRequest) (Peers, error) {
	err := a.network.Add(req.Address)
	return a.peersNow(), err
}

func (a *App) removePeer(_ context.Context, req RemovePeerRequest) (Peers, error) {
	err := a.network.Remove(strings.TrimSpace(req.Address))
	return a.peersNow(), err
}

func (a *App) syncNow(context.Context, SyncNowRequest) (Peers, error) {
	err := a.network.Again()
	return a.peersNow(), err
}

// peersNow tells how this device stands with the others.
func (a *App) peersNow() Peers {
	state := a.network.State()
	out := Peers{Alone: state.Alone, Listening: []string{}, Addresses: []ManualAddress{}, Peers: []Peer{}}
	out.Listening = append(out.Listening, state.Listening...)
	out.Trouble = troubleOf(state.Deaf)
	out.LAN = LAN{On: state.Room.On, Trouble: troubleOf(state.Room.Why)}
	if r := state.Relay; r != nil {
		out.Relay = &Relay{URL: r.URL, State: r.State, Known: r.Known, Behind: r.Behind, Ahead: r.Ahead, Seen: r.Seen, Trouble: troubleOf(r.Err)}
	}
	for _, m := range state.Manual {
		out.Addresses = append(out.Addresses, ManualAddress{m.Address, a.deviceName(m.Device), troubleOf(m.Err)})
	}
	out.Peers = append(out.Peers, a.peers(state)...)
	if a.wasRemoved() {
		out.Trouble = troubleOf(member.Removed())
		for i := range out.Peers {
			out.Peers[i].Known = false // nothing is exchanged any more
		}
	}
	return out
}

// wasRemoved reports whether this device was a member, and is none.
func (a *App) wasRemoved() bool {
	members := a.journal.Members()
	if members == nil {
		return false
	}
	d, known := members.Device(a.Device().Short())
	return known && d.ID == a.Device() && d.Removed
}

// peers returns how this device stands with each of the others that were not
// removed: connected ones first, then by person and device.
func (a *App) peers(state network.State) []Peer {
	out := []Peer{}
	members := a.journal.Members()
	if members == nil {
		return out
	}
	for _, d := range members.Devices() {
		if d.ID == a.Device() || d.Removed {
			continue
		}
		p := Peer{Device: d.ID, Name: a.machine(d).Name, Person: a.personName(d.Person), State: link.Offline.String()}
		if i := slices.IndexFunc(state.Peers, func(known link.Peer) bool { return known.Device == d.ID }); i >= 0 {
			p.take(state.Peers[i])
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(x, y Peer) int {
		return cmp.Or(cmp.Compare(x.order(), y.order()), strings.Compare(x.Person, y.Person), strings.Compare(x.Name, y.Name))
	})
	return out
}

func (p *Peer) order() int {
	if p.State == link.Connected.String() {
		return 0
	}
	return 1
}

// take notes what the link knows of a device.
func (p *Peer) take(known link.Peer) {
	p.State, p.Known, p.Behind, p.BehindBytes, p.Ahead = known.State.String(), known.Known, known.Behind, known.BehindBytes, known.Ahead
	p.Since, p.Seen, p.Address, p.ClockAhead, p.Trouble = known.Since, known.Heard, known.Address, known.ClockAhead, troubleOf(known.Why)
}

// deviceName returns what a device of the workspace is called, empty for none.
func (a *App) deviceName(device id.Device) string {
	members := a.journal.Members()
	if members == nil {
		return ""
	}
	d, known := members.Device(device.Short())
	if !known || d.ID != device {
		return ""
	}
	return a.machine(d).Name
}

// troubleOf returns what an error says to people, nil if there is none.
func troubleOf(err error) *Trouble {
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
