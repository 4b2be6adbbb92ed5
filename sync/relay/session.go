package relay

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// How long is waited after the relay was lost: first, doubling, at most. A
// random part of up to as much again keeps those who lost it together apart.
const (
	waitFirst = 250 * time.Millisecond
	waitMost  = time.Minute
)

// recheck is how long the relay is followed before both sides are compared
// anew: a cluster that lost something without breaking a connection is noticed.
const recheck = 10 * time.Minute

// errAnew asks for both sides to be compared again over the same connection.
var errAnew = errors.New("compare anew")

// session is a connection to the relay.
type session struct {
	c        *Client
	nc       *nats.Conn
	js       jetstream.JetStream
	stream   jetstream.Stream
	anew     chan struct{} // compare anew; holds one
	compared bool          // guarded by the client's lock
	doubts   uint64        // how often what was compared was taken back; guarded by the client's lock
	turn     sync.Mutex    // held while something is brought, or both sides are compared
	// surveying asks who brings to give turn free; guarded by the client's lock.
	surveying bool
	from      uint64 // where following begins in the stream
}

// run keeps a session until ctx ends.
func (c *Client) run(ctx context.Context) {
	for tries := 0; ctx.Err() == nil; tries++ {
		lived, err := c.session(ctx)
		if ctx.Err() != nil {
			return
		}
		if lived {
			tries = 0
		}
		c.Log.Info("relay lost", "err", err)
		c.become(Offline, faultOf(err))
		wait := c.spread(min(waitFirst<<min(tries, 10), waitMost))
		if !c.rest(ctx, wait) {
			return
		}
	}
}

// rest waits, shorter if somebody asks for it. It returns false when ctx ends.
func (c *Client) rest(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-c.again:
	case <-timer.C:
	}
	return true
}

// spread returns between once and twice d.
func (c *Client) spread(d time.Duration) time.Duration {
	var b [8]byte
	if _, err := io.ReadFull(c.Rand, b[:]); err != nil {
		return d // it only spreads
	}
	return d + time.Duration(binary.BigEndian.Uint64(b[:])%uint64(d))
}

// session connects and stays connected. It returns why it ended, and whether
// both sides had been compared.
func (c *Client) session(ctx context.Context) (lived bool, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	nc, err := c.connect(ctx, cancel)
	if err != nil {
		return false, err
	}
	defer nc.Close()
	s := &session{c: c, nc: nc, anew: make(chan struct{}, 1)}
	if s.js, err = jetstream.New(nc, jetstream.WithDefaultTimeout(askTimeout)); err != nil {
		return false, err
	}
	if s.stream, err = openStream(ctx, s.js, c.names.streamConfig); err != nil {
		return false, fmt.Errorf("open the stream: %w", err)
	}
	c.mu.Lock()
	c.current = s
	c.mu.Unlock()
	var work sync.WaitGroup
	defer func() {
		cancel(err)
		nc.Close()
		work.Wait()
		c.mu.Lock()
		c.current = nil
		c.mu.Unlock()
	}()
	part := func(run func(context.Context) error) {
		work.Go(func() { cancel(run(ctx)) })
	}
	if err := s.survey(ctx); err != nil {
		return false, err
	}
	c.become(Connected, nil)
	part(s.bring)
	if c.Door != nil {
		part(s.keepDoor)
	}
	return true, s.stay(ctx)
}

// stay fetches and follows, from comparison to comparison.
func (s *session) stay(ctx context.Context) error {
	for {
		if err := s.fetchAll(ctx); err != nil {
			return ended(ctx, err)
		}
		if err := s.follow(ctx); !errors.Is(err, errAnew) {
			return ended(ctx, err)
		}
		if err := s.survey(ctx); err != nil {
			return ended(ctx, err)
		}
	}
}

// ended returns why a session is over: the first cause, not what followed from it.
func ended(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// follow takes what arrives until something else is to be done.
func (s *session) follow(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	arriving, failed := make(chan arrived, 8), make(chan error, 1)
	var reader sync.WaitGroup
	reader.Go(func() { failed <- s.listen(ctx, arriving) })
	defer reader.Wait()
	defer cancel()
	anew := time.NewTimer(s.c.spread(recheck))
	defer anew.Stop()
	for {
		retry := time.NewTimer(s.c.nextTry())
		err := s.step(ctx, arriving, failed, retry.C, anew.C)
		retry.Stop()
		if err != nil {
			return err
		}
	}
}

// step waits for one thing and does what it asks for.
func (s *session) step(ctx context.Context, arriving <-chan arrived, failed <-chan error, retry, anew <-chan time.Time) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-failed:
		return err
	case m := <-arriving:
		return s.take(ctx, gather(m, arriving))
	case <-retry:
		return s.fetchAll(ctx)
	case <-s.anew:
	case <-s.c.again:
		s.c.tryNow()
	case <-anew:
	}
	return errAnew
}

// groupMost is how many bytes are stored together, at least one message.
const groupMost = 1 << 20

// gather returns m and what has arrived behind it.
func gather(m arrived, arriving <-chan arrived) []arrived {
	group := []arrived{m}
	for size := len(m.data); size < groupMost; {
		select {
		case next := <-arriving:
			group = append(group, next)
			size += len(next.data)
		default:
			return group
		}
	}
	return group
}
