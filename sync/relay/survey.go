package relay

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"cairn/core/id"
)

// arrived is a message whose head has been believed: somebody who knows the
// workspace has written it.
type arrived struct {
	log     id.Log
	control bool
	subject string
	seq     uint64 // in the stream
	head    head
	data    []byte
}

// retracts reports whether m holds nothing, and says that what follows its head
// can't be read here: whoever has that is to bring it again.
func (m arrived) retracts() bool { return m.head.count == 0 }

// believe reads what a message says of itself, false if nobody of this
// workspace has written it.
func (n *names) believe(subject string, header nats.Header, seq uint64, data []byte) (arrived, bool) {
	log, control, ok := n.logOf(subject)
	if !ok {
		return arrived{}, false
	}
	h, err := n.readHead(subject, header.Get(headField))
	return arrived{log, control, subject, seq, h, data}, err == nil
}

// seen is the last message of a subject, as the relay shows it.
type seen struct {
	subject string
	last    uint64
	arrived
	believed bool
}

// survey compares what the relay holds with what is here.
func (s *session) survey(ctx context.Context) error {
	s.c.mu.Lock()
	before := s.doubts
	s.surveying = true
	s.c.mu.Unlock()
	s.turn.Lock() // nothing is brought meanwhile
	defer s.turn.Unlock()
	info, err := s.stream.Info(ctx)
	if err != nil {
		return fmt.Errorf("ask for the stream: %w", err)
	}
	n := s.c.names
	var tops, rubbish []seen
	err = s.read(ctx, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverLastPerSubjectPolicy, HeadersOnly: true,
		FilterSubjects: []string{n.all(subjectControl), n.all(subjectData)},
	}, func(subject string, header nats.Header, seq uint64, data []byte) error {
		m, ok := n.believe(subject, header, seq, data)
		switch {
		case ok && len(tops) < logsMost:
			tops = append(tops, seen{subject, seq, m, ok})
		case !ok && len(rubbish) < rubbishMost:
			rubbish = append(rubbish, seen{subject, seq, m, ok})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, top := range rubbish {
		if top, err = s.lastBelieved(ctx, top, func(arrived) bool { return true }); err != nil {
			return err
		}
		tops = append(tops, top)
	}
	doubts := s.c.surveyed(info.State.LastSeq, tops)
	s.from = info.State.LastSeq + 1
	for _, top := range doubts {
		if err := s.settle(ctx, top); err != nil {
			return err
		}
	}
	s.c.mu.Lock()
	s.compared, s.surveying = s.doubts == before, false
	s.c.contact = s.c.Now()
	s.c.tell()
	s.c.mu.Unlock()
	poke(s.c.wake)
	return nil
}

// rubbishMost is how many subjects that end with rubbish are looked through.
const rubbishMost = 64

// surveyed notes what the relay holds, whose stream ends with last. It returns
// the subjects whose last message is of no history that is here.
func (c *Client) surveyed(last uint64, tops []seen) (doubts []seen) {
	heads := c.Store.Heads()
	stands := make([]standing, len(tops))
	for i, top := range tops {
		stands[i] = apart
		if !top.believed {
			continue
		}
		var err error
		if stands[i], err = c.compare(top.log, top.head, heads[top.log]); err != nil {
			c.Log.Error("a log can't be read", "log", top.log.String(), "err", err)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heads = heads
	for _, p := range c.logs {
		if p.last > last {
			p.last = 0 // it was put back to an earlier state
		}
		p.claim, p.end, p.barred, p.doubt = 0, 0, false, false
	}
	for i, top := range tops {
		log, control, ok := c.names.logOf(top.subject)
		if !ok {
			continue
		}
		p := c.placeOf(log, control)
		if p == nil {
			continue
		}
		p.last = max(p.last, top.last)
		c.stand(p, top.head, stands[i], heads[log].Next)
		if top.believed && stands[i] == apart {
			doubts = append(doubts, top)
		}
	}
	return doubts
}

// stand notes that the last message of a log has head h. The lock is held.
func (c *Client) stand(p *place, h head, stands standing, ours uint64) {
	switch stands {
	case within:
		p.claim, p.end = h.end(), h.end()
		if p.held != nil && !p.forked() && p.claim == ours {
			p.held = nil
		}
	case beyond:
		p.claim, p.end, p.top = h.end(), ours, h
	case apart:
	}
}

// settle finds out what the last message of a subject is, which is not of the
// history that is here: another history, signed by the same device, or nothing
// that anybody could use, behind which the log is brought again.
func (s *session) settle(ctx context.Context, top seen) error {
	msg, err := s.stream.GetMsg(ctx, top.seq)
	if err != nil {
		return fmt.Errorf("get message %d: %w", top.seq, err)
	}
	if m, ok := s.c.names.believe(msg.Subject, msg.Header, msg.Sequence, msg.Data); ok && !m.retracts() {
		if err := s.take(ctx, []arrived{m}); err != nil {
			return err
		}
	}
	heads := s.c.Store.Heads()
	good, err := s.lastBelieved(ctx, top, func(m arrived) bool {
		stands, err := s.c.compare(m.log, m.head, heads[m.log])
		return err == nil && stands == within
	})
	if err != nil || !good.believed {
		return err
	}
	s.c.mu.Lock()
	defer s.c.mu.Unlock()
	if p := s.c.logs[top.log]; p != nil {
		s.c.stand(p, good.head, within, heads[top.log].Next)
	}
	return nil
}

// lastBelieved looks through a whole subject for the last message that is
// believed and wanted.
func (s *session) lastBelieved(ctx context.Context, top seen, wanted func(arrived) bool) (seen, error) {
	found := seen{subject: top.subject, last: top.last}
	err := s.read(ctx, jetstream.OrderedConsumerConfig{HeadersOnly: true, FilterSubjects: []string{top.subject}},
		func(subject string, header nats.Header, seq uint64, data []byte) error {
			m, ok := s.c.names.believe(subject, header, seq, data)
			switch {
			case !ok:
				s.c.count()
			case wanted(m):
				found.arrived, found.believed = m, true
			}
			return nil
		})
	return found, err
}

// count notes a message that was passed over.
func (c *Client) count() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bad++
	c.tell()
}

// window is how many bytes the relay sends before they are looked at.
const window = 4 << 20

// resets is how often a consumer that the relay lost is made anew before the
// session is given up.
const resets = 3

// idle is how long the relay remembers a consumer that has gone away.
const idle = time.Minute

// read hands over what a consumer has to deliver now, and ends.
func (s *session) read(ctx context.Context, config jetstream.OrderedConsumerConfig, yield func(subject string, header nats.Header, seq uint64, data []byte) error) error {
	config.MaxResetAttempts, config.InactiveThreshold = resets, idle
	consumer, err := s.stream.OrderedConsumer(ctx, config)
	if err != nil {
		return fmt.Errorf("make a consumer: %w", err)
	}
	if consumer.CachedInfo().NumPending == 0 {
		return nil
	}
	messages, err := consumer.Messages(jetstream.PullMaxBytes(window))
	if err != nil {
		return fmt.Errorf("read the stream: %w", err)
	}
	defer messages.Stop()
	for {
		m, err := next(ctx, messages)
		if err != nil {
			return fmt.Errorf("read the stream: %w", err)
		}
		meta, err := m.Metadata()
		if err != nil {
			return errors.Join(errForeign, err)
		}
		if err := yield(m.Subject(), m.Headers(), meta.Sequence.Stream, m.Data()); err != nil {
			return err
		}
		if meta.NumPending == 0 {
			return nil
		}
	}
}

// next waits for a message that the relay says there is.
func next(ctx context.Context, messages jetstream.MessagesContext) (jetstream.Msg, error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	return messages.Next(jetstream.NextContext(ctx))
}
