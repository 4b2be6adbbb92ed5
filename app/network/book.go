package network

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"

	"cairn/app/disk"
	"cairn/core/fault"
	"cairn/core/id"
)

const (
	// bookNote is the note on the disk that holds the book.
	bookNote = "network"
	// addressesMost is how many addresses of one device are kept: home, office,
	// a cable and Wi-Fi in either, of IPv4 and IPv6.
	addressesMost = 8
	// manualMost is how many addresses a person can add by hand.
	manualMost = 64
	// addressLongest is the longest host name with a port.
	addressLongest = 253 + 1 + 5
)

// book is where other devices were reached, and where a person said that they
// are. It is written to the disk whenever it changes, and is no secret to be
// guarded beyond the folder's seal. It is safe for concurrent use.
type book struct {
	disk *disk.Disk

	mu   sync.Mutex
	page page // guarded by mu
}

// page is the book as it stands on the disk.
type page struct {
	Devices map[string][]string `json:"devices,omitempty"` // by name: where it was reached, the latest first
	Manual  []string            `json:"manual,omitempty"`  // added by hand, in that order
	Relay   string              `json:"relay,omitempty"`   // URL, with its token
}

// openBook reads the book. What can't be read is left behind: it can be found
// out again.
func openBook(d *disk.Disk) (*book, error) {
	b := &book{disk: d, page: page{Devices: map[string][]string{}}}
	note, err := d.Meta(bookNote)
	if errors.Is(err, disk.ErrNotFound) {
		return b, nil
	}
	if err != nil {
		return nil, err
	}
	var p page
	if json.Unmarshal(note, &p) == nil {
		b.page.Manual, b.page.Relay = p.Manual, p.Relay
		maps.Copy(b.page.Devices, p.Devices)
	}
	return b, nil
}

// of returns where a device was reached, the latest first.
func (b *book) of(device id.Device) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.page.Devices[device.String()])
}

// manual returns the addresses that were added by hand.
func (b *book) manual() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.page.Manual)
}

// relay returns the URL of the relay, empty if there is none.
func (b *book) relay() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.page.Relay
}

// reached notes that a device answered at addresses, the best first.
func (b *book) reached(device id.Device, addresses ...string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	before := b.page.Devices[device.String()]
	after := slices.Clone(addresses)
	for _, a := range before {
		if !slices.Contains(after, a) {
			after = append(after, a)
		}
	}
	after = after[:min(len(after), addressesMost)]
	if slices.Equal(before, after) {
		return nil
	}
	b.page.Devices[device.String()] = after
	return b.save()
}

// forget takes a device out that is no member any more.
func (b *book) forget(device id.Device) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, known := b.page.Devices[device.String()]; !known {
		return nil
	}
	delete(b.page.Devices, device.String())
	return b.save()
}

// add takes an address in by hand.
func (b *book) add(address string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if slices.Contains(b.page.Manual, address) {
		return nil
	}
	if len(b.page.Manual) >= manualMost {
		return fault.New(fault.Invalid, "There are %d addresses already.", "Take one out that is no longer used.").With(manualMost)
	}
	b.page.Manual = append(b.page.Manual, address)
	return b.save()
}

// remove takes an address out that was added by hand or that a device was
// reached at.
func (b *book) remove(address string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	found := slices.Contains(b.page.Manual, address)
	b.page.Manual = slices.DeleteFunc(b.page.Manual, func(a string) bool { return a == address })
	for device, addresses := range b.page.Devices {
		if slices.Contains(addresses, address) {
			found = true
			b.page.Devices[device] = slices.DeleteFunc(addresses, func(a string) bool { return a == address })
		}
	}
	if !found {
		return notKnown(address)
	}
	return b.save()
}

func notKnown(address string) error {
	return fault.New(fault.NotFound, "The address %s is not known here.", "`cairn peer list` shows the addresses.").With(address)
}

// setRelay makes url the relay; empty takes it away.
func (b *book) setRelay(url string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.page.Relay = url
	return b.save()
}

// save writes the book. The caller holds mu.
func (b *book) save() error {
	note, err := json.Marshal(b.page)
	if err != nil {
		return fmt.Errorf("encode the addresses: %w", err)
	}
	return b.disk.SetMeta(bookNote, note)
}

// Address reads an address as a person writes it: host and port, the port left
// out for the usual one.
func Address(text string) (string, error) {
	text = strings.TrimSpace(text)
	if len(text) > addressLongest {
		return "", fault.New(fault.Invalid, "An address has at most %d characters.", "Write it as 192.168.1.20:5758, or as a name: ada.local.").With(addressLongest)
	}
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		host, port = strings.Trim(text, "[]"), strconv.Itoa(Port)
	}
	number, numberErr := strconv.ParseUint(port, 10, 16)
	if _, ipErr := netip.ParseAddr(host); err != nil && strings.Contains(host, ":") && ipErr != nil {
		host = "" // neither a name, nor an address of IPv6 without its port
	}
	if host == "" || numberErr != nil || number == 0 || strings.ContainsAny(host, " /@?#[]") {
		return "", fault.New(fault.Invalid, "%q is no address of a laptop.", "Write it as 192.168.1.20:5758, or as a name: ada.local.").With(text)
	}
	return net.JoinHostPort(host, port), nil
}
