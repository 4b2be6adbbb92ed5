package relay

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

const (
	// forOthers is how long a log of another device may lack something at the
	// relay before this one brings it: its author usually does.
	forOthers = time.Second
	// refusedRest is how long nothing is brought after the relay refused to
	// store it.
	refusedRest = 30 * time.Second
	// bringers is how many logs are brought at the same time; of each, one
	// bundle is on its way.
	bringers = 4
	// retractEvery is how often at most a log is asked for again.
	retractEvery = time.Hour
)

// bring keeps the relay as far as this device is.
func (s *session) bring(ctx context.Context) error {
	for {
		logs, wait, err := s.bringDue(ctx)
		if err != nil {
			return err
		}
		if logs > 0 {
			continue
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-s.c.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// bringDue brings what is due, and returns how many logs that was and how long it
// is until there may be more.
func (s *session) bringDue(ctx context.Context) (int, time.Duration, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	s.c.refresh()
	if s.c.overgrown() {
		poke(s.anew)
	}
	logs, wait := s.c.due()
	return len(logs), wait, s.bringAll(ctx, logs)
}

// due returns the logs that the relay lacks a part of and that are to be
// brought now, those of this device and those of the membership first; and how
// long it is until there may be more.
func (c *Client) due() (logs []id.Log, wait time.Duration) {
	now, own := c.Now(), c.Device.Short()
	wait = recheck
	later := c.spread(forOthers)
	controls := c.unplaced()
	c.mu.Lock()
	defer c.mu.Unlock()
	for log, head := range c.heads {
		p := c.placeOf(log, controls[log])
		if p.end >= head.Next || p.claim > p.end || p.doubt || p.barred {
			p.noticed = time.Time{}
			continue
		}
		if p.held != nil {
			switch p.held.kind {
			case heldFork:
				continue
			case heldSeal, heldRead:
				if rest := p.held.next.Sub(now); rest > 0 {
					wait = min(wait, rest)
					continue
				}
			default:
			}
		}
		if p.noticed.IsZero() {
			p.noticed = now
			if log.Device != own {
				p.noticed = now.Add(later)
			}
		}
		if rest := p.noticed.Sub(now); rest > 0 {
			wait = min(wait, rest)
			continue
		}
		logs = append(logs, log)
	}
	slices.SortFunc(logs, func(a, b id.Log) int {
		if mine := a.Device == own; mine != (b.Device == own) {
			return order(mine)
		}
		if control := c.logs[a].control; control != c.logs[b].control {
			return order(control)
		}
		return a.Compare(b)
	})
	return logs, wait
}

// overgrown looks at the logs that have grown here, by other ways than the
// relay, as far as the relay says that they go: it may hold the same, or what a
// copy of the folder has written. It returns whether there is a log of the
// latter kind, of which nothing is brought before that is settled. The caller
// holds no lock.
func (c *Client) overgrown() (apart bool) {
	type doubt struct {
		log id.Log
		top head
		end oplog.Head
	}
	var doubts []doubt
	c.mu.Lock()
	for log, p := range c.logs {
		if ours := c.heads[log]; p.claim > p.end && p.claim <= ours.Next && !p.forked() {
			doubts = append(doubts, doubt{log, p.top, ours})
		}
	}
	c.mu.Unlock()
	for _, d := range doubts {
		stands, err := c.compare(d.log, d.top, d.end)
		c.mu.Lock()
		switch p := c.logs[d.log]; {
		case err != nil:
			c.hold(d.log, heldRead, err)
		case stands != within:
			apart = true
		case p.top == d.top:
			c.stand(p, d.top, within, d.end.Next)
			c.tell()
		}
		c.mu.Unlock()
	}
	return apart
}

// unplaced returns which logs that are here, and of which nothing is known of
// the relay, are of the membership. The caller holds no lock.
func (c *Client) unplaced() map[id.Log]bool {
	var logs []id.Log
	c.mu.Lock()
	for log := range c.heads {
		if c.logs[log] == nil {
			logs = append(logs, log)
		}
	}
	c.mu.Unlock()
	controls := map[id.Log]bool{}
	for _, log := range logs {
		controls[log] = c.Store.Control(log)
	}
	return controls
}

// order is the result of comparing two of which only the first is, or is not,
// to come first.
func order(first bool) int {
	if first {
		return -1
	}
	return 1
}

func (s *session) bringAll(ctx context.Context, logs []id.Log) error {
	errs := make([]error, len(logs))
	var work sync.WaitGroup
	turns := make(chan struct{}, bringers)
	for i, log := range logs {
		turns <- struct{}{}
		work.Go(func() {
			errs[i] = s.bringLog(ctx, log)
			<-turns
		})
	}
	work.Wait()
	return errors.Join(errs...)
}

// bringLog brings a log until the relay has all of it, or something else must
// be done first.
func (s *session) bringLog(ctx context.Context, log id.Log) error {
	for {
		c := s.c
		c.mu.Lock()
		p := c.logs[log]
		from, guard, control := p.end, p.last, p.control
		done := s.surveying || from >= c.heads[log].Next || p.claim > from || p.doubt
		c.mu.Unlock()
		if done {
			return nil
		}
		raws, err := c.counting(log, control, from)
		if err != nil || len(raws) == 0 {
			c.mu.Lock()
			defer c.mu.Unlock()
			if err != nil {
				c.hold(log, heldRead, err)
			}
			p.barred = err == nil
			c.tell()
			return nil
		}
		msg, h, err := c.message(log, control, raws)
		if err != nil {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.hold(log, heldSeal, err)
			return nil
		}
		again, err := s.publish(ctx, p, msg, h, guard)
		if err != nil || !again {
			return err
		}
	}
}

// counting returns batches of a log from an operation on, as many as are sealed
// together, that count for the others.
func (c *Client) counting(log id.Log, control bool, from uint64) ([][]byte, error) {
	raws, err := c.Store.Batches(log, from, bundleMost)
	if err != nil {
		return nil, err
	}
	raws = raws[:min(len(raws), bundleBatches)]
	if control {
		return raws, nil // its acts are judged one by one
	}
	members := c.Store.Members()
	for i, raw := range raws {
		h, err := oplog.ReadHeader(raw)
		if err != nil {
			return nil, err
		}
		if !counts(members, h) {
			return raws[:i], nil
		}
	}
	return raws, nil
}

// counts reports whether the others take a batch in.
func counts(members *member.Table, h oplog.Header) bool {
	return members != nil && members.MayWrite(h) == nil
}

// message seals batches.
func (c *Client) message(log id.Log, control bool, raws [][]byte) (*nats.Msg, head, error) {
	h, err := c.names.headOf(log, control, raws)
	if err != nil {
		return nil, h, err
	}
	subject := c.names.subject(log, control)
	sealed, err := c.Sealer.Seal(control, bundle(raws), bound(subject, h.first))
	if err != nil {
		return nil, h, fmt.Errorf("seal %s/%d: %w", log, h.first, err)
	}
	msg := nats.NewMsg(subject)
	msg.Data = sealed
	msg.Header.Set(headField, c.names.sign(subject, h))
	return msg, h, nil
}

// messageID names a message, so that the relay knows one that is brought twice.
// A part that the relay lost is brought behind another message, and is another.
func messageID(log id.Log, h head, guard uint64) string {
	return fmt.Sprintf("%s.%d.%x.%d", log, h.first, h.mark[:8], guard)
}

// publish leaves a message behind the one that guard says. It returns whether
// to go on with the log.
func (s *session) publish(ctx context.Context, p *place, msg *nats.Msg, h head, guard uint64) (again bool, err error) {
	log, _, _ := s.c.names.logOf(msg.Subject)
	asking, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	ack, err := s.js.PublishMsg(asking, msg,
		jetstream.WithMsgID(messageID(log, h, guard)), jetstream.WithExpectStream(s.c.names.stream()), jetstream.WithExpectLastSequencePerSubject(guard))
	refused, isRefused := errors.AsType[*jetstream.APIError](err)
	switch {
	case err == nil:
		s.c.brought(p, h, guard, ack.Sequence)
		return true, nil
	case isRefused && (refused.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || refused.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant):
		return s.overtaken(ctx, p, msg.Subject, guard)
	case isRefused:
		s.c.relayRefused(p, err)
		return false, nil
	}
	return false, fmt.Errorf("bring %s/%d: %w", log, h.first, err)
}

// brought notes that the relay has stored a message.
func (c *Client) brought(p *place, h head, guard, seq uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p.last == guard { // otherwise it has been seen, and others behind it
		p.last, p.claim, p.end = seq, h.end(), h.end()
	}
	p.noticed = time.Time{}
	if p.held != nil && (p.held.kind == heldSeal || p.held.kind == heldRead) {
		p.held = nil
	}
	c.contact = c.Now()
	if c.state == Connected {
		c.fault = nil
	}
	c.tell()
}

// relayRefused notes that the relay stores nothing.
func (c *Client) relayRefused(p *place, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p.noticed = c.Now().Add(refusedRest)
	c.fault = faultOf(err)
	c.tell()
}

// overtaken finds out who has written to a subject meanwhile: another member
// that brought the same, somebody who uses this device's name, or nobody, when
// the relay was put back to an earlier state.
func (s *session) overtaken(ctx context.Context, p *place, subject string, guard uint64) (again bool, err error) {
	msg, err := s.stream.GetLastMsgForSubject(ctx, subject)
	if errors.Is(err, jetstream.ErrMsgNotFound) || err == nil && msg.Sequence <= guard {
		s.c.mu.Lock()
		p.noticed = s.c.Now().Add(forOthers)
		s.c.mu.Unlock()
		poke(s.anew)
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("ask for the last message of %s: %w", subject, err)
	}
	m, ok := s.sift(subject, msg.Header, msg.Sequence, msg.Data)
	if !ok {
		return true, nil // it was passed over, or is what we were about to bring
	}
	return false, s.take(ctx, []arrived{m})
}

// retract tells the others that logs can't be read here from where they end, so
// that whoever has what follows brings it again.
func (s *session) retract(ctx context.Context, logs []lacking, control bool) error {
	for _, l := range logs {
		s.c.mu.Lock()
		p := s.c.logs[l.log]
		p.trying = false
		s.c.hold(l.log, heldGap, oplog.ErrGap)
		ours, now := s.c.heads[l.log], s.c.Now()
		ask := p.held.tries > 0 && now.Sub(p.retracted) >= retractEvery
		if ask {
			p.retracted = now
		}
		guard := p.last
		s.c.mu.Unlock()
		if !ask {
			continue
		}
		h := head{first: ours.Next, mark: s.c.names.mark(ours.Hash), prev: s.c.names.mark(ours.Hash)}
		msg := nats.NewMsg(s.c.names.subject(l.log, control))
		msg.Header.Set(headField, s.c.names.sign(msg.Subject, h))
		if _, err := s.publish(ctx, p, msg, h, guard); err != nil {
			return err
		}
	}
	return nil
}
