// Package discovery is how devices of one workspace find each other: by
// announcing themselves on the local network (LAN), and by links with which
// people are invited (Link), as text and as a picture to point a camera at.
//
// All that is heard on a network is a hint where somebody might be. Who it is
// comes out when sync/link connects.
//
// An announcement names no person, no device and no workspace. It carries a
// token for each workspace, by which those who know the workspace recognise it,
// and which says nothing to anybody else; both change with every start.
// FORMAT.md beside this file has the bytes.
package discovery

import (
	"context"
	"net/netip"
	"time"

	"cairn/core/id"
)

// Network is the local network, as far as it is needed here; package multicast
// has the real one. All methods are safe for concurrent use.
type Network interface {
	// Interfaces returns the addresses of each interface that carries multicast,
	// as text, by its name. When they change, announcing and browsing begin anew.
	Interfaces() (map[string]string, error)
	// Announce makes s known until ctx ends, and then takes it back. It returns
	// an error if it ends before.
	Announce(ctx context.Context, s Service) error
	// Browse calls hear, one call at a time, with what others announce, again and
	// again until ctx ends. It returns an error if it ends before.
	Browse(ctx context.Context, hear func(Heard)) error
}

// Service is what this device announces.
type Service struct {
	Instance string // see IsInstance
	Port     uint16 // of TCP
	Text     []string
}

// Heard is what was announced on one interface. Nothing in it has been checked
// but its size.
type Heard struct {
	Instance  string
	Interface string // over which it was heard
	Addresses []netip.AddrPort
	Text      []string
	Life      time.Duration // how long it holds, 0 when it was taken back
}

// Host is a device nearby that announces workspaces of ours.
type Host struct {
	Instance   string         // its name until it starts again
	Workspaces []id.Workspace // which of ours it announces
	Addresses  []string       // ip:port, IPv6 in brackets and link-local ones with a zone
	Since      time.Time      // when it was first heard
}
