package member

import (
	"slices"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
)

// hintAdmin is what to do about a missing right.
const hintAdmin = "Ask an administrator of the workspace."

// MayWrite returns nil if the batch with header h counts, and otherwise a
// fault.Denied that says why not. It looks neither at the signature nor at the
// place of the batch in its log.
//
// The answer for a batch can change whenever the table does, in both
// directions and also for batches applied long ago. What counts is what the
// latest table says.
//
// Control batches count if Key knows their device: their acts are judged one
// by one, by Evaluate, which needs the void ones too.
func (t *Table) MayWrite(h oplog.Header) error {
	founding := h.Control() && h.Log == t.founding && h.First == 0 && h.Workspace == [8]byte{}
	if h.Workspace != t.workspace.Prefix() && !founding {
		return otherWorkspace()
	}
	if h.Control() {
		if _, known := t.Key(h.Log.Device); !known {
			return Stranger()
		}
		return nil
	}
	device, known := t.devices[h.Log.Device]
	if !known {
		return Stranger()
	}
	if t.heads[h.Log].Next > 0 {
		return fault.New(fault.Denied, "This change is in a log that is kept for the membership.", "")
	}
	cut, isCut := slices.BinarySearchFunc(device.Cut, h.Log, func(d oplog.Dep, log id.Log) int { return d.Log.Compare(log) })
	switch {
	case isCut && h.End() <= device.Cut[cut].Next:
		return nil // written while it was allowed
	case device.Removed:
		return Removed()
	case isCut:
		return fault.New(fault.Denied, "This change was written when its author could only view the workspace.", hintAdmin)
	case t.Role(device.Person) < Contributor:
		return fault.New(fault.Denied, "This person can view the workspace but not change it.", hintAdmin)
	}
	return nil
}

// MayAdmin returns nil if a device may write acts, and otherwise a
// fault.Denied that says why not.
func (t *Table) MayAdmin(short id.ShortDevice) error {
	device, known := t.devices[short]
	switch {
	case !known:
		return Stranger()
	case device.Removed:
		return Removed()
	case t.Role(device.Person) < Admin:
		return fault.New(fault.Denied, "Only an administrator can change who is in the workspace.", hintAdmin)
	}
	return nil
}

// Stranger returns what is said to a device that is no member.
func Stranger() error {
	return fault.New(fault.Denied, "This device is not a member of the workspace.", hintAdmin)
}

// Removed returns what is said to a device that was a member.
func Removed() error {
	return fault.New(fault.Denied, "This device was removed from the workspace.", hintAdmin)
}

func otherWorkspace() error {
	return fault.New(fault.Denied, "This change belongs to another workspace.", "")
}
