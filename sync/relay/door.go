package relay

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"cairn/core/fault"
	"cairn/core/id"
)

// InviteKey closes and opens what goes to and fro with an invite: a key that
// follows from its secret. It is safe for concurrent use.
type InviteKey interface {
	Seal(plain, aad []byte) ([]byte, error)
	Open(sealed, aad []byte) ([]byte, error)
}

// Door is who lets newcomers in. It is safe for concurrent use.
type Door interface {
	// Key returns the key of the invite that is called tag, as InviteTag
	// says, and false if this device does not have its secret.
	Key(tag string) (InviteKey, bool)
	// Admit judges a request. It returns nil when the device is a member, also
	// if it was one before, and a fault that says why not when it may not come
	// in. On a fault.Internal, Full, Locked or Offline it is asked again later.
	Admit(ctx context.Context, r JoinRequest) error
}

// InviteTag returns what an invite to a workspace is called at a relay.
func InviteTag(ws id.Workspace, invite ed25519.PublicKey) string {
	return namesOf(ws).inviteTag(invite)
}

// askDoorAgain is how long a request waits that could not be judged.
const askDoorAgain = 30 * time.Second

// keepDoor answers those who ask to come in.
func (s *session) keepDoor(ctx context.Context) error {
	door, err := openStream(ctx, s.js, s.c.names.doorConfig)
	if err != nil {
		return fmt.Errorf("open the door: %w", err)
	}
	consumer, err := door.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{s.c.names.all(subjectJoin)}, MaxResetAttempts: resets, InactiveThreshold: idle,
	})
	if err != nil {
		return fmt.Errorf("watch the door: %w", err)
	}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(doorMost))
	if err != nil {
		return fmt.Errorf("watch the door: %w", err)
	}
	defer messages.Stop()
	waiting := map[string]jetstream.Msg{} // by subject: at most doorMost
	for {
		m, err := nextVisit(ctx, messages, len(waiting) > 0)
		switch {
		case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
			for subject, m := range waiting {
				if s.answer(ctx, door, m) {
					delete(waiting, subject)
				}
			}
		case err != nil:
			return fmt.Errorf("watch the door: %w", err)
		case !s.answer(ctx, door, m):
			waiting[m.Subject()] = m
		default:
			delete(waiting, m.Subject())
		}
	}
}

// nextVisit waits for a request, no longer than until those that wait are to be
// judged again.
func nextVisit(ctx context.Context, messages jetstream.MessagesContext, waiting bool) (jetstream.Msg, error) {
	if waiting {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, askDoorAgain)
		defer cancel()
	}
	return messages.Next(jetstream.NextContext(ctx))
}

// answer judges a request. It returns false if it has to be judged again.
func (s *session) answer(ctx context.Context, door jetstream.Stream, m jetstream.Msg) bool {
	back := strings.Replace(m.Subject(), "."+subjectJoin+".", "."+subjectAnswer+".", 1)
	meta, err := m.Metadata()
	if err != nil {
		return true
	}
	if last, err := door.GetLastMsgForSubject(ctx, back); err == nil && last.Sequence > meta.Sequence.Stream {
		return true // answered
	}
	r, nonce, key, err := s.c.visitor(m)
	if err != nil {
		s.c.Log.Debug("a request to come in was passed over", "subject", m.Subject(), "err", err)
		return true
	}
	refused := s.c.Door.Admit(ctx, r)
	if refused != nil && later(refused) {
		s.c.Log.Warn("a request to come in waits", "err", refused)
		return false
	}
	if refused == nil {
		s.c.handOver(ctx)
	}
	sealed, err := key.Seal(appendAnswer(nil, nonce, refused), []byte(back))
	if err == nil {
		asking, cancel := context.WithTimeout(ctx, askTimeout)
		defer cancel()
		_, err = s.js.Publish(asking, back, sealed)
	}
	if err != nil {
		s.c.Log.Warn("a request to come in can't be answered", "err", err)
	}
	return err == nil
}

// handOver brings all that is here, and waits until the relay has it, so that
// whoever is answered finds what was written to let them in, and what that
// builds on; or a while, when the relay does not take it.
func (c *Client) handOver(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	c.hurry()
	for {
		changed := c.Changed()
		if c.allBrought() {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
	}
}

// hurry lets what others have written be brought as soon as what this device has.
func (c *Client) hurry() {
	c.refresh()
	controls, now := c.unplaced(), c.Now()
	c.mu.Lock()
	for log := range c.heads {
		c.placeOf(log, controls[log]).noticed = now // of logs that are here nothing is left out
	}
	c.mu.Unlock()
	c.Wrote()
}

// allBrought reports whether the relay has all that is here and counts for the
// others.
func (c *Client) allBrought() bool {
	heads := c.Store.Heads()
	c.mu.Lock()
	defer c.mu.Unlock()
	for log, head := range heads {
		if p := c.logs[log]; p == nil || p.end < head.Next && p.claim <= head.Next && !p.barred && !p.forked() {
			return false
		}
	}
	return true
}

// later reports whether the door may judge otherwise another time.
func later(refused error) bool {
	switch fault.KindOf(refused) {
	case fault.Internal, fault.Full, fault.Locked, fault.Offline:
		return true
	default:
		return false
	}
}

// errNotOurs is returned for a request that this device has no key for.
var errNotOurs = errors.New("no invite of this device")

// visitor reads a request.
func (c *Client) visitor(m jetstream.Msg) (r JoinRequest, nonce [nonceSize]byte, key InviteKey, err error) {
	parts := strings.Split(m.Subject(), ".")
	if len(parts) != 5 {
		return r, nonce, nil, errVisit
	}
	key, ok := c.Door.Key(parts[3])
	if !ok {
		return r, nonce, nil, errNotOurs
	}
	plain, err := key.Open(m.Data(), []byte(m.Subject()))
	if err != nil {
		return r, nonce, nil, err
	}
	if nonce, r, err = decodeRequest(plain); err != nil {
		return r, nonce, nil, err
	}
	if c.names.visit(subjectJoin, r.Invite, id.DeviceOf(r.Device)) != m.Subject() {
		return r, nonce, nil, fmt.Errorf("of another subject: %w", errVisit)
	}
	return r, nonce, key, nil
}
