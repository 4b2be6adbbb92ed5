package discovery

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"
	"time"

	"cairn/core/id"
)

const (
	// hostsMost is how many hosts are kept. Only those that know a workspace of
	// ours can be among them; a team on one network is smaller.
	hostsMost = 64
	// addressesMost is at how many addresses one host is kept: two interfaces
	// with the four that IPv6 gives them, seen over two of ours.
	addressesMost = 16
	// lifeMost is how long an announcement may hold: the longest life that
	// multicast DNS recommends.
	lifeMost = 75 * time.Minute
)

// table is who is nearby, by instance.
type table map[string]*entry

type entry struct {
	workspaces []id.Workspace
	since      time.Time
	addresses  map[netip.AddrPort]hearing
}

// hearing is when and where an address was heard last. Several interfaces of a
// host may be heard on one of ours, each with addresses of its own.
type hearing struct {
	in    string
	until time.Time
}

// take notes what was heard, of workspaces of ours, and reports whether who is
// nearby, or where, has changed.
func (t table) take(h Heard, workspaces []id.Workspace, now time.Time) bool {
	if h.Life <= 0 || len(workspaces) == 0 {
		return t.leave(h.Instance, func(_ netip.AddrPort, at hearing) bool { return at.in == h.Interface })
	}
	e := t[h.Instance]
	if e == nil {
		if len(t) >= hostsMost || len(h.Addresses) == 0 {
			return false
		}
		e = &entry{since: now, addresses: map[netip.AddrPort]hearing{}}
		t[h.Instance] = e
	}
	changed := !slices.Equal(e.workspaces, workspaces)
	e.workspaces = workspaces
	for _, a := range h.Addresses {
		_, known := e.addresses[a]
		if known || len(e.addresses) < addressesMost {
			e.addresses[a] = hearing{h.Interface, now.Add(min(h.Life, lifeMost))}
			changed = changed || !known
		}
	}
	return changed
}

// leave forgets the addresses of a host that are gone, and the host with the
// last of them.
func (t table) leave(instance string, gone func(netip.AddrPort, hearing) bool) bool {
	e := t[instance]
	if e == nil {
		return false
	}
	before := len(e.addresses)
	maps.DeleteFunc(e.addresses, gone)
	if len(e.addresses) == 0 {
		delete(t, instance)
	}
	return len(e.addresses) < before
}

// forget forgets all addresses that are gone.
func (t table) forget(gone func(netip.AddrPort, hearing) bool) bool {
	changed := false
	for instance := range t {
		changed = t.leave(instance, gone) || changed
	}
	return changed
}

// expire forgets what holds no longer.
func (t table) expire(now time.Time) bool {
	return t.forget(func(_ netip.AddrPort, at hearing) bool { return !now.Before(at.until) })
}

// only forgets what was heard on interfaces that are gone.
func (t table) only(interfaces map[string]string) bool {
	return t.forget(func(_ netip.AddrPort, at hearing) bool {
		_, there := interfaces[at.in]
		return !there
	})
}

// hosts returns who is nearby, first those who came first.
func (t table) hosts() []Host {
	hosts := make([]Host, 0, len(t))
	for instance, e := range t {
		h := Host{Instance: instance, Workspaces: slices.Clone(e.workspaces), Since: e.since}
		for a := range e.addresses {
			h.Addresses = append(h.Addresses, a.String())
		}
		slices.Sort(h.Addresses)
		hosts = append(hosts, h)
	}
	slices.SortFunc(hosts, func(a, b Host) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Instance, b.Instance))
	})
	return hosts
}
