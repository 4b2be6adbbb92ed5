package relay

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"cairn/core/fault"
	"cairn/core/id"
)

// RequestJoin asks to be let in with an invite, whose key closes the request,
// and waits until the membership here says that this device is a member. It
// asks again whenever the relay comes back, as whoever can answer may not be
// there for days. After the answer both sides are compared anew: once Status is
// Known and not Behind, what was written before it is here. The error is ctx's,
// or the fault with which the request was refused.
func (c *Client) RequestJoin(ctx context.Context, r JoinRequest, key InviteKey) error {
	if len(r.Invite) != ed25519.PublicKeySize || len(r.Device) != ed25519.PublicKeySize || len(r.Person) > nameMost || len(r.DeviceName) > nameMost {
		return fault.New(fault.Invalid, "This invitation can't be answered as it is.", "Use a shorter name, or ask for another invitation.")
	}
	v := visit{c: c, request: r, key: key}
	if _, err := io.ReadFull(c.Rand, v.nonce[:]); err != nil {
		return fmt.Errorf("read randomness for a request: %w", err)
	}
	var work sync.WaitGroup
	defer work.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var asked *session
	var answers chan error // of the visit over asked; nil when none is under way
	answered := false
	var late <-chan time.Time // when the membership alone is taken for an answer
	for {
		changed := c.Changed()
		if c.admitted(r.Device) {
			if answered {
				return nil
			}
			if late == nil {
				timer := time.NewTimer(askTimeout)
				defer timer.Stop()
				late = timer.C
			}
		}
		if s := c.connected(); s != nil && s != asked && answers == nil {
			asked, answers = s, make(chan error, 1)
			work.Go(func() { answers <- v.over(ctx, s) })
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-late:
			return nil // whoever let this device in has gone before they said so
		case <-changed:
		case err := <-answers:
			answers = nil
			if answered = err == nil; answered {
				asked.compareAnew()
			}
			if refused, ok := errors.AsType[refusedError](err); ok {
				return refused.error
			}
			if err != nil {
				c.Log.Info("a request to come in is not answered", "err", err)
			}
		}
	}
}

// compareAnew lets the relay be compared again; until that is done nothing is
// known of it.
func (s *session) compareAnew() {
	s.c.mu.Lock()
	s.compared = false
	s.doubts++
	s.c.tell()
	s.c.mu.Unlock()
	poke(s.anew)
}

// connected returns the session over which both sides have been compared, nil
// if there is none.
func (c *Client) connected() *session {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.current == nil || !c.current.compared {
		return nil
	}
	return c.current
}

// admitted reports whether the membership here names a device.
func (c *Client) admitted(device ed25519.PublicKey) bool {
	members := c.Store.Members()
	if members == nil {
		return false
	}
	d, known := members.Device(id.DeviceOf(device).Short())
	return known && !d.Removed && bytes.Equal(d.Key, device)
}

// visit is a request on its way.
type visit struct {
	c       *Client
	request JoinRequest
	key     InviteKey
	nonce   [nonceSize]byte
}

// refusedError is an answer that says no.
type refusedError struct{ error }

// over leaves the request and waits for its answer: a refusedError, or nil.
func (v visit) over(ctx context.Context, s *session) error {
	door, err := openStream(ctx, s.js, v.c.names.doorConfig)
	if err != nil {
		return fmt.Errorf("open the door: %w", err)
	}
	device := id.DeviceOf(v.request.Device)
	subject, back := v.c.names.visit(subjectJoin, v.request.Invite, device), v.c.names.visit(subjectAnswer, v.request.Invite, device)
	sealed, err := v.key.Seal(appendRequest(nil, v.nonce, v.request), []byte(subject))
	if err != nil {
		return fmt.Errorf("seal a request: %w", err)
	}
	asking, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	ack, err := s.js.Publish(asking, subject, sealed)
	if err != nil {
		return fmt.Errorf("leave a request: %w", err)
	}
	consumer, err := door.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: ack.Sequence,
		FilterSubjects: []string{back}, MaxResetAttempts: resets, InactiveThreshold: idle,
	})
	if err != nil {
		return fmt.Errorf("wait for an answer: %w", err)
	}
	messages, err := consumer.Messages()
	if err != nil {
		return fmt.Errorf("wait for an answer: %w", err)
	}
	defer messages.Stop()
	for {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return fmt.Errorf("wait for an answer: %w", err)
		}
		plain, err := v.key.Open(m.Data(), []byte(back))
		if err != nil {
			continue // anybody can write there
		}
		if nonce, refused, err := decodeAnswer(plain); err == nil && nonce == v.nonce {
			if refused != nil {
				return refusedError{refused}
			}
			return nil
		}
	}
}
