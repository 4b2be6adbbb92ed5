package link

import (
	"net/netip"
	"slices"
	"time"
)

// surroundings are the addresses that this machine had when it was last looked.
type surroundings struct {
	looked    time.Time
	addresses []netip.Addr
}

// lookAround notices that this machine is in another network than before:
// connections from an address that it has no longer are dead, though nothing
// tells it so, and whoever was out of reach may not be any more. It is for the
// clockwork alone.
func (h *Host) lookAround() {
	now, before := h.config.Now(), h.around
	if !before.looked.IsZero() && now.Sub(before.looked) < lookout {
		return
	}
	h.around = surroundings{now, h.config.Addresses()}
	gone, found := missing(before.addresses, h.around.addresses), missing(h.around.addresses, before.addresses)
	if before.looked.IsZero() || len(gone)+len(found) == 0 {
		return
	}
	h.config.Log.Info("this machine has other addresses", "new", found, "gone", gone)
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.conns {
		at, err := netip.ParseAddrPort(c.below.LocalAddr().String())
		if err == nil && slices.Contains(gone, at.Addr().Unmap()) {
			c.endLocked(errMoved, nil)
			continue
		}
		c.announced = false // others reach this device elsewhere
		look(c.wake)
	}
	if len(found) > 0 {
		h.againLocked()
	}
	h.noteLocked(states)
}

// missing returns what is in all and not in some.
func missing(all, some []netip.Addr) []netip.Addr {
	return slices.DeleteFunc(slices.Clone(all), func(a netip.Addr) bool { return slices.Contains(some, a) })
}
