package link

import (
	"context"
	"errors"
	"io"
	"net"

	"cairn/core/fault"
	"cairn/core/sentence"
	"cairn/sync/replica"
	"cairn/sync/wire"
)

// More reasons why there is no connection.
var (
	errRemoved   = errors.New("the peer was removed")
	errVersion   = errors.New("no version in common")
	errHandshake = errors.New("secure the connection")
)

// told is what people read: why a device is not connected, or did not join.
var told = struct {
	noAddress, self, other, removed, stranger, unknown, version, space, closed, confused,
	silent, lost, refused, unreachable, nameless, timeout, foreign, broken, nowhere, crowded, noDoor, unread *fault.Error
}{
	noAddress: fault.New(fault.Invalid, "%s is no address of a device.",
		"Enter a name or number and a port, such as 192.168.1.20:7777."),
	self: fault.New(fault.Invalid, "%s is an address of this device itself.",
		"Enter the address of the other device."),
	other: fault.New(fault.Offline, "Another device answers at %s.",
		"Ask for the address that the device has now."),
	removed: fault.New(fault.Denied, "That device was removed from the workspace.",
		"Invite its owner again if they are to take part."),
	stranger: fault.New(fault.Denied, "That device is no member of this workspace.",
		"Invite its owner, or check the address."),
	unknown: fault.New(fault.Denied, "The other device does not know this one as a member of the workspace.",
		"Ask somebody who may invite whether this device is still a member."),
	version: fault.New(fault.Newer, "The other device has a version of Cairn that this one can't sync with.",
		"Update Cairn on both devices."),
	space: fault.New(fault.Invalid, "The other device has another workspace open.",
		"Open the same workspace on both devices."),
	closed: fault.New(fault.Offline, "The other device has closed Cairn.",
		"Cairn connects again when it is open there."),
	confused: fault.New(fault.Invalid, "The two devices do not understand each other.",
		"Update Cairn on both devices."),
	silent: fault.New(fault.Offline, "The other device has not answered for a while.",
		"Cairn connects again when it can be reached."),
	lost: fault.New(fault.Offline, "The connection to the other device was lost.",
		"Cairn connects again when it can be reached."),
	refused: fault.New(fault.Offline, "No Cairn answers at %s.",
		"Open Cairn on the other device, and check that its firewall lets Cairn in."),
	unreachable: fault.New(fault.Offline, "There is no way to %s from this network.",
		"Connect both devices to the same network or VPN."),
	nameless: fault.New(fault.Offline, "Nobody on this network knows where %s is.",
		"Check the name, or enter the number of the address."),
	timeout: fault.New(fault.Offline, "Nothing answers at %s.",
		"Check that the other device is awake and in the same network, and that no firewall is in between."),
	foreign: fault.New(fault.Offline, "What answers at %s is no Cairn that this one can talk to.",
		"Check the address, and update Cairn on both devices."),
	broken: fault.New(fault.Offline, "The attempt to connect was broken off.", "Try it again."),
	nowhere: fault.New(fault.Offline, "No address of that device is known.",
		"Open Cairn on both devices in the same network, or enter the address of the device."),
	crowded: fault.New(fault.Unavailable, "Too many ask to join at the moment.", "Try again in a minute."),
	noDoor:  fault.New(fault.Denied, "That device lets nobody join.", "Ask somebody else of the team for an invitation."),
	unread:  fault.New(fault.Invalid, "The other device does not understand this request to join.", "Update Cairn on both devices."),
}

// explain says in words for people why there is no connection. It leaves alone
// what has such words.
func explain(err error, address string) error {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	return said(reasonOf(err), err, address)
}

// said returns f with its cause, about an address if it has a place for one.
func said(f *fault.Error, cause error, address string) error {
	out := *f
	if sentence.Places(f.Message.Format) > 0 {
		out = *f.With(address)
	}
	out.Err = cause
	return &out
}

// reasonOf returns what is said of a cause.
func reasonOf(err error) *fault.Error {
	if bye, ok := errors.AsType[byeError](err); ok {
		return reasonOfBye(bye.Reason)
	}
	if end, ok := errors.AsType[endError](err); ok && end.ending == endStranger {
		return told.unknown
	}
	var name *net.DNSError
	var slow net.Error
	switch {
	case errors.Is(err, errSelf):
		return told.self
	case errors.Is(err, errOther):
		return told.other
	case errors.Is(err, errRemoved):
		return told.removed
	case errors.Is(err, errStranger):
		return told.stranger
	case errors.Is(err, errVersion), errors.Is(err, wire.ErrNewer):
		return told.version
	case errors.Is(err, replica.ErrPeer), errors.Is(err, errMalformed):
		return told.confused
	case errors.Is(err, context.Canceled), errors.Is(err, ErrClosed):
		return told.broken
	case errors.As(err, &name):
		return told.nameless
	case errors.As(err, &slow) && slow.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return told.timeout
	case errors.Is(err, io.EOF):
		return told.lost
	case errors.Is(err, errHandshake):
		return told.foreign
	case isRefused(err):
		return told.refused
	case isUnreachable(err):
		return told.unreachable
	default:
		return told.lost
	}
}

func reasonOfBye(reason replica.Reason) *fault.Error {
	switch reason {
	case replica.OtherSpeak:
		return told.version
	case replica.OtherSpace:
		return told.space
	case replica.Malformed, replica.Flooded:
		return told.confused
	case replica.Silent:
		return told.silent
	default:
		return told.closed
	}
}

// telling returns which of two faults of attempts at different addresses says
// more: one that something answered before one that nothing did.
func telling(a, b error) error {
	if weight(b) > weight(a) {
		return b
	}
	return a
}

func weight(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errOther), errors.Is(err, errSelf):
		return 5
	case errors.Is(err, errHandshake):
		return 4
	case isRefused(err):
		return 3
	case isUnreachable(err):
		return 1
	default:
		return 2
	}
}
