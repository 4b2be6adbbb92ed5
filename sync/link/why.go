package link

import (
	"context"
	"errors"
	"net"

	"cairn/core/fault"
	"cairn/sync/replica"
	"cairn/sync/wire"
)

// More reasons why there is no connection.
var (
	errRemoved   = errors.New("the peer was removed")
	errVersion   = errors.New("no version in common")
	errHandshake = errors.New("secure the connection")
)

// What people read about a device that is not connected.
var (
	faultNoAddress = fault.New(fault.Invalid, "%s is no address of a device.",
		"Enter a name or number and a port, such as 192.168.1.20:7777.")
	faultSelf = fault.New(fault.Invalid, "%s is an address of this device itself.",
		"Enter the address of the other device.")
	faultOther = fault.New(fault.Offline, "Another device answers at %s.",
		"Ask for the address that the device has now.")
	faultRemoved = fault.New(fault.Denied, "That device was removed from the workspace.",
		"Invite its owner again if they are to take part.")
	faultStranger = fault.New(fault.Denied, "That device is no member of this workspace.",
		"Invite its owner, or check the address.")
	faultUnknown = fault.New(fault.Denied, "The other device does not know this one as a member of the workspace.",
		"Ask somebody who may invite whether this device is still a member.")
	faultVersion = fault.New(fault.Newer, "The other device has a version of Cairn that this one can't sync with.",
		"Update Cairn on both devices.")
	faultSpace = fault.New(fault.Invalid, "The other device has another workspace open.",
		"Open the same workspace on both devices.")
	faultClosed = fault.New(fault.Offline, "The other device has closed Cairn.",
		"Cairn connects again when it is open there.")
	faultConfused = fault.New(fault.Invalid, "The two devices do not understand each other.",
		"Update Cairn on both devices.")
	faultSilent = fault.New(fault.Offline, "The other device has not answered for a while.",
		"Cairn connects again when it can be reached.")
	faultLost = fault.New(fault.Offline, "The connection to the other device was lost.",
		"Cairn connects again when it can be reached.")
	faultRefused = fault.New(fault.Offline, "No Cairn answers at %s.",
		"Open Cairn on the other device, and check that its firewall lets Cairn in.")
	faultUnreachable = fault.New(fault.Offline, "There is no way to %s from this network.",
		"Connect both devices to the same network or VPN.")
	faultNameless = fault.New(fault.Offline, "Nobody on this network knows where %s is.",
		"Check the name, or enter the number of the address.")
	faultTimeout = fault.New(fault.Offline, "Nothing answers at %s.",
		"Check that the other device is awake and in the same network, and that no firewall is in between.")
	faultForeign = fault.New(fault.Offline, "What answers at %s is no Cairn that this one can talk to.",
		"Check the address, and update Cairn on both devices.")
	faultBroken  = fault.New(fault.Offline, "The attempt to connect was broken off.", "Try it again.")
	faultNowhere = fault.New(fault.Offline, "No address of that device is known.",
		"Open Cairn on both devices in the same network, or enter the address of the device.")
)

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
	f = f.With(address)
	f.Err = cause
	return f
}

// reasonOf returns what is said of a cause.
func reasonOf(err error) *fault.Error {
	if bye, ok := errors.AsType[byeError](err); ok {
		return reasonOfBye(bye.Reason)
	}
	if end, ok := errors.AsType[endError](err); ok && end.ending == endStranger {
		return faultUnknown
	}
	var name *net.DNSError
	var slow net.Error
	switch {
	case errors.Is(err, errSelf):
		return faultSelf
	case errors.Is(err, errOther):
		return faultOther
	case errors.Is(err, errRemoved):
		return faultRemoved
	case errors.Is(err, errStranger):
		return faultStranger
	case errors.Is(err, errVersion), errors.Is(err, wire.ErrNewer):
		return faultVersion
	case errors.Is(err, replica.ErrPeer):
		return faultConfused
	case errors.Is(err, context.Canceled), errors.Is(err, ErrClosed):
		return faultBroken
	case errors.As(err, &name):
		return faultNameless
	case errors.As(err, &slow) && slow.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return faultTimeout
	case errors.Is(err, errHandshake):
		return faultForeign
	case isRefused(err):
		return faultRefused
	case isUnreachable(err):
		return faultUnreachable
	default:
		return faultLost
	}
}

func reasonOfBye(reason replica.Reason) *fault.Error {
	switch reason {
	case replica.OtherSpeak:
		return faultVersion
	case replica.OtherSpace:
		return faultSpace
	case replica.Malformed, replica.Flooded:
		return faultConfused
	case replica.Silent:
		return faultSilent
	default:
		return faultClosed
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
