package relay

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"cairn/core/id"
)

// filterMost is how many subjects one consumer is asked for; of more, all are
// read, and what is here already is passed over.
const filterMost = 64

// searches is how many logs are searched at the same time.
const searches = 8

// lacking is a log of which the relay holds more than is here.
type lacking struct {
	log  id.Log
	ours uint64
	last uint64 // sequence of the subject's last message
}

// fetchAll fetches what is lacking and may be tried now: membership first, as it
// says whose batches may be taken.
func (s *session) fetchAll(ctx context.Context) error {
	for _, control := range []bool{true, false} {
		logs := s.c.lacks(control)
		if len(logs) == 0 {
			continue
		}
		if err := s.fetch(ctx, logs, control, true); err != nil {
			return err
		}
		// A search takes for granted that messages are in order, which they are
		// not once some were brought again.
		if logs = s.c.stillLacks(logs); len(logs) > 0 {
			if err := s.fetch(ctx, logs, control, false); err != nil {
				return err
			}
		}
		if err := s.retract(ctx, s.c.stillLacks(logs), control); err != nil {
			return err
		}
	}
	return nil
}

// lacks returns the logs to be fetched now.
func (c *Client) lacks(control bool) (logs []lacking) {
	heads, now := c.Store.Heads(), c.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heads = heads
	for log, p := range c.logs {
		ours := heads[log].Next
		if p.control != control || p.claim <= ours || p.held != nil && now.Before(p.held.next) {
			continue
		}
		p.trying = true
		logs = append(logs, lacking{log, ours, p.last})
	}
	slices.SortFunc(logs, func(a, b lacking) int { return a.log.Compare(b.log) })
	return logs
}

// stillLacks returns those of logs that were fetched in vain, for no reason
// that more of the membership would settle.
func (c *Client) stillLacks(logs []lacking) (still []lacking) {
	heads := c.Store.Heads()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, l := range logs {
		p, ours := c.logs[l.log], heads[l.log].Next
		p.trying = false
		if p.claim > ours && (p.held == nil || p.held.kind == heldGap) {
			p.trying = true
			still = append(still, lacking{l.log, ours, p.last})
		}
	}
	return still
}

// fetch reads logs from where they begin to be lacking, or from the very start.
func (s *session) fetch(ctx context.Context, logs []lacking, control, search bool) error {
	from := uint64(1)
	if search {
		var err error
		if from, err = s.begin(ctx, logs, control); err != nil {
			return err
		}
	}
	subjects := []string{s.c.names.all(kindOf(control))}
	if len(logs) <= filterMost {
		subjects = nil
		for _, l := range logs {
			subjects = append(subjects, s.c.names.subject(l.log, control))
		}
	}
	var group []arrived
	size := 0
	err := s.read(ctx, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: from, FilterSubjects: subjects,
	}, func(subject string, header nats.Header, seq uint64, data []byte) error {
		m, ok := s.sift(subject, header, seq, data)
		if !ok {
			return nil
		}
		group = append(group, m)
		if size += len(data); size < groupMost {
			return nil
		}
		err := s.take(ctx, group)
		group, size = nil, 0
		return err
	})
	if err != nil {
		return err
	}
	return s.take(ctx, group)
}

// begin returns the sequence from which the stream holds what logs lack.
func (s *session) begin(ctx context.Context, logs []lacking, control bool) (uint64, error) {
	if slices.ContainsFunc(logs, func(l lacking) bool { return l.ours == 0 }) {
		return 1, nil
	}
	starts, errs := make([]uint64, len(logs)), make([]error, len(logs))
	var work sync.WaitGroup
	turns := make(chan struct{}, searches)
	for i, l := range logs {
		turns <- struct{}{}
		work.Go(func() {
			starts[i], errs[i] = s.search(ctx, l, control)
			<-turns
		})
	}
	work.Wait()
	return slices.Min(starts), errors.Join(errs...)
}

// search finds the first message of a log that goes beyond what is here.
func (s *session) search(ctx context.Context, l lacking, control bool) (uint64, error) {
	subject := s.c.names.subject(l.log, control)
	low, high := uint64(1), l.last
	for low < high {
		middle := low + (high-low)/2
		msg, err := s.stream.GetMsg(ctx, middle, jetstream.WithGetMsgSubject(subject))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return 1, nil // put back to an earlier state meanwhile
		}
		if err != nil {
			return 0, fmt.Errorf("search the stream: %w", err)
		}
		m, ok := s.c.names.believe(subject, msg.Header, msg.Sequence, nil)
		if ok && m.head.end() <= l.ours {
			low = msg.Sequence + 1
		} else {
			high = middle
		}
	}
	return low, nil
}

// sift returns a message that is worth opening. What it shows of the relay is
// noted.
func (s *session) sift(subject string, header nats.Header, seq uint64, data []byte) (arrived, bool) {
	c := s.c
	m, ok := c.names.believe(subject, header, seq, data)
	if !ok {
		c.passOver(subject, seq)
		return m, false
	}
	c.mu.Lock()
	ours := c.heads[m.log]
	c.mu.Unlock()
	stands, err := c.compare(m.log, m.head, ours)
	if err != nil {
		c.Log.Error("a log can't be read", "log", m.log.String(), "err", err)
		return m, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.placeOf(m.log, m.control)
	if p == nil || p.control != m.control {
		return m, false
	}
	if seq > p.last {
		p.last = seq
		c.stand(p, m.head, stands, ours.Next)
		c.tell()
		if m.retracts() {
			poke(c.wake)
		}
	}
	if m.retracts() || stands == within {
		return m, false
	}
	if p.held != nil && !p.trying && (p.held.kind != heldGap || m.head.first > ours.Next) {
		return m, false
	}
	if seq == p.last {
		p.doubt = stands == apart
	}
	return m, true
}

// passOver notes a message that nobody of this workspace has written.
func (c *Client) passOver(subject string, seq uint64) {
	c.count()
	log, control, ok := c.names.logOf(subject)
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if p := c.logs[log]; p != nil && p.control == control {
		p.last = max(p.last, seq)
	}
}

// listen hands over what is new at the relay, as fast as it is taken.
func (s *session) listen(ctx context.Context, to chan<- arrived) error {
	consumer, err := s.stream.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: s.from, MaxResetAttempts: resets, InactiveThreshold: idle,
	})
	if err != nil {
		return fmt.Errorf("follow the stream: %w", err)
	}
	messages, err := consumer.Messages(jetstream.PullMaxBytes(window))
	if err != nil {
		return fmt.Errorf("follow the stream: %w", err)
	}
	defer messages.Stop()
	for {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return fmt.Errorf("follow the stream: %w", err)
		}
		meta, err := m.Metadata()
		if err != nil {
			return errors.Join(errForeign, err)
		}
		a, ok := s.sift(m.Subject(), m.Headers(), meta.Sequence.Stream, m.Data())
		s.c.heard()
		if !ok {
			continue
		}
		select {
		case to <- a:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// heard notes that the relay is there.
func (c *Client) heard() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.contact = c.Now()
}

// nextTry returns how long it is until a held log is to be fetched again.
func (c *Client) nextTry() time.Duration {
	now := c.Now()
	wait := time.Duration(math.MaxInt64)
	c.mu.Lock()
	defer c.mu.Unlock()
	for log, p := range c.logs {
		if p.claim > c.heads[log].Next && p.held != nil {
			wait = min(wait, max(p.held.next.Sub(now), 0))
		}
	}
	return wait
}

// tryNow lets everything that is held be tried at once.
func (c *Client) tryNow() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.logs {
		p.barred = false
		if p.held != nil {
			p.held.next = time.Time{}
		}
	}
}
