package relay

import (
	"context"
	"errors"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"cairn/core/fault"
)

func badAddress() error {
	return fault.New(fault.Invalid, "That is no address of a relay.", "It looks like nats://TOKEN@HOST:4222; whoever runs the relay has it.")
}

func shortMessages(most int64) error {
	return fault.New(fault.Unavailable, "The relay takes messages of %d bytes at most, which is too few.",
		"Whoever runs it sets max_payload to 1MB.").With(most)
}

// faultOf returns in words why there is no relay.
func faultOf(err error) error {
	if failed, ok := errors.AsType[storeError](err); ok {
		return failed.error
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	refused, isRefused := errors.AsType[*jetstream.APIError](err)
	switch {
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired), errors.Is(err, nats.ErrAuthRevoked), errors.Is(err, nats.ErrPermissionViolation):
		return fault.Wrap(err, fault.Denied, "The relay does not accept the token in its address.", "Ask whoever runs the relay for the address that it has now.")
	case errors.Is(err, errPin):
		return fault.Wrap(err, fault.Denied, "The relay shows another certificate than its address names.", "Ask whoever runs the relay for the address that it has now.")
	case errors.Is(err, jetstream.ErrJetStreamNotEnabled), errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount), errors.Is(err, nats.ErrNoResponders):
		return fault.Wrap(err, fault.Unavailable, "There is a server at the relay's address, but it keeps no messages.", "Whoever runs it turns JetStream on.")
	case isRefused && full[refused.ErrorCode]:
		return fault.Wrap(err, fault.Full, "The relay has no room left.", "Whoever runs it gives it more. What you write is kept here meanwhile.")
	case isRefused:
		return fault.Wrap(err, fault.Unavailable, "The relay refuses to work for this workspace.", "Whoever runs it finds the reason in its log. What you write is kept here meanwhile.")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, nats.ErrTimeout):
		return fault.Wrap(err, fault.Offline, "The relay has not answered for a while.", "Cairn connects again when it can be reached.")
	}
	return fault.Wrap(err, fault.Offline, "The relay can't be reached.", "Cairn tries again by itself. If it stays so, check the network and the relay's address.")
}

// full are the codes with which a server says that it has no room: for
// resources, for storage, and what a stream says beyond its limits.
var full = map[jetstream.ErrorCode]bool{10023: true, 10047: true, 10077: true}

// noteOf returns in words why a log does not go on.
func noteOf(kind heldKind, err error, own bool) error {
	switch kind {
	case heldGap:
		return fault.Wrap(err, fault.Damaged, "The relay has lost a part of what a device wrote.", "It comes when somebody connects who has it.")
	case heldFork:
		if own {
			return fault.Wrap(err, fault.Conflict, "A copy of this folder has written as this device, and the relay has what it wrote.",
				"Use only one of the copies. What was written here since goes on in a log of its own.")
		}
		return fault.Wrap(err, fault.Conflict, "A device has written two histories under one name, and the relay has the other one.",
			"Its folder was copied: ask its owner which copy to keep.")
	case heldKey, heldSeal:
		return fault.Wrap(err, fault.Unavailable, "The key for what the relay keeps has not come yet.", "It comes with the membership, when an administrator is connected.")
	case heldNewer:
		return fault.Wrap(err, fault.Newer, "A teammate has written with a later version of Cairn.", "Update Cairn to take it in.")
	case heldDenied, heldRead:
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	return fault.Wrap(err, fault.Damaged, "A part of what is stored here can't be read, and is not brought to the relay.", "Verify the workspace.")
}
