package app

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"

	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/noun"
)

// ListDevices lists the devices of the workspace.
var ListDevices = Call[ListDevicesRequest, []Machine]{"device/list", "Lists the devices of all members, by owner and by when they came.", (*App).listDevices}

// ListDevicesRequest says which devices to list.
type ListDevicesRequest struct {
	Removed bool `json:"removed,omitempty"` // those that were removed too
}

func (a *App) listDevices(_ context.Context, r ListDevicesRequest) ([]Machine, error) {
	out := []Machine{}
	members := a.journal.Members()
	if members == nil {
		return out, nil
	}
	for _, d := range members.Devices() {
		if r.Removed || !d.Removed {
			out = append(out, a.machine(d))
		}
	}
	slices.SortStableFunc(out, func(x, y Machine) int {
		if c := strings.Compare(x.Owner, y.Owner); c != 0 {
			return c
		}
		return x.Added.Compare(y.Added)
	})
	return out, nil
}

func (a *App) machine(d member.Device) Machine {
	m := Machine{
		Device: d.ID, Person: d.Person, Owner: a.personName(d.Person),
		This: d.ID == a.Device(), Removed: d.Removed, Added: d.Added.Time(),
	}
	if about, err := a.journal.Doc(noun.DeviceDoc(d.Person, d.ID)); err == nil {
		view := noun.Devices.View(about)
		m.Name, m.Platform = view.Name, view.Platform
	}
	return m
}

// RenameDevice names a device.
var RenameDevice = Call[RenameDeviceRequest, Machine]{"device/rename", "Names a device, for people to tell it from others.", (*App).renameDevice}

// RenameDeviceRequest says which device gets which name.
type RenameDeviceRequest struct {
	Device string `json:"device"` // ID, the first digits of it, name, or "this"
	Name   string `json:"name"`
}

func (a *App) renameDevice(ctx context.Context, r RenameDeviceRequest) (Machine, error) {
	_, d, err := a.findDevice(r.Device)
	if err != nil {
		return Machine{}, err
	}
	name := strings.TrimSpace(r.Name)
	if err := checkName("device", name, "Say what it is called."); err != nil {
		return Machine{}, err
	}
	err = a.journal.Write(ctx, func(tx *journal.Tx) error { return nameDevice(tx, d.Person, d.ID, name, "") })
	if err != nil {
		return Machine{}, err
	}
	return a.machine(d), nil
}

// nameDevice writes what a device is called, and on what it runs if that is
// known.
func nameDevice(tx *journal.Tx, person id.Person, device id.Device, name, platform string) error {
	fields := map[string]doc.Value{
		"device": doc.String(device.String()), "person": doc.Ref(person), "name": doc.String(name),
	}
	if platform != "" {
		fields["platform"] = doc.String(platform)
	}
	at := noun.DeviceDoc(person, device)
	d, err := tx.Doc(at)
	if errors.Is(err, journal.ErrNoDoc) {
		return fillNew(tx, noun.Devices.Kind, doc.New(at), fields)
	}
	if err != nil {
		return err
	}
	return fill(tx, noun.Devices.Kind, d, fields)
}

// RemoveDevice ends what a device may do.
var RemoveDevice = Call[DeviceRequest, Machine]{"device/remove", "Removes a device: what it wrote stays, what it writes from now on does not count.", (*App).removeDevice}

// DeviceRequest names a device.
type DeviceRequest struct {
	Device string `json:"device"` // ID, the first digits of it, name, or "this"
}

func (a *App) removeDevice(ctx context.Context, r DeviceRequest) (Machine, error) {
	members, d, err := a.findDevice(r.Device)
	if err != nil {
		return Machine{}, err
	}
	if d.ID == a.Device() {
		// Whoever removes makes the key that the removed must not have.
		return Machine{}, fault.New(fault.Conflict, "A device can't remove itself.", "Remove it from another device of yours, or ask an administrator.")
	}
	this := func(other member.Device) bool { return other.ID == d.ID }
	if err := a.remove(ctx, members, member.RemoveDevice{Device: d.ID, Cut: a.cut(members, this)}, this); err != nil {
		return Machine{}, err
	}
	d.Removed = true
	return a.machine(d), nil
}

// thisDevice is a name for the device at hand.
const thisDevice = "this"

// findDevice returns the device called text: its ID, the first digits of it or
// of its short form, its name, or thisDevice. Of several with the name, those that were
// removed are left out.
func (a *App) findDevice(text string) (*member.Table, member.Device, error) {
	members := a.journal.Members()
	if members == nil {
		return nil, member.Device{}, notFounded()
	}
	text = strings.TrimSpace(text)
	var found []member.Device
	for _, d := range members.Devices() {
		if isDevice(d, text) || d.ID == a.Device() && strings.EqualFold(text, thisDevice) || !d.Removed && strings.EqualFold(a.machine(d).Name, text) {
			found = append(found, d)
		}
	}
	switch len(found) {
	case 1:
		return members, found[0], nil
	case 0:
		return nil, member.Device{}, fault.New(fault.NotFound, "There is no device called %q.", "`cairn device list` shows the devices.").With(clip(text))
	}
	var names []string
	for _, d := range found[:min(len(found), shownMatches)] {
		names = append(names, d.ID.Short().String())
	}
	return nil, member.Device{}, fault.New(fault.Conflict, "%q fits several devices: %s.", "Give the ID instead.").With(clip(text), strings.Join(names, ", "))
}

// isDevice reports whether text is the ID of d, or enough of its beginning.
func isDevice(d member.Device, text string) bool {
	if len(text) < minPrefix {
		return false
	}
	return strings.HasPrefix(d.ID.String(), strings.ToUpper(text)) || strings.HasPrefix(d.ID.Short().String(), strings.ToLower(text))
}

// HostName returns what this machine is called, which its device is called as long
// as nobody says otherwise.
func HostName() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return "laptop"
	}
	return name
}
