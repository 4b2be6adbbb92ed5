package link_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"cairn/sync/link"
)

// network is a network in memory, for bubbles: addresses, connections with a
// buffer each way, and what goes wrong with them.
type network struct {
	mu        sync.Mutex
	listeners map[string]*listener
	dead      map[string]bool  // addresses that swallow what is sent to them
	fails     map[string]error // addresses that can't be dialled, and why
	conns     []*pipe
	dials     []dialled
	ports     int
}

// dialled is an attempt to connect.
type dialled struct {
	address string
	at      time.Time
}

func newNetwork() *network {
	return &network{listeners: map[string]*listener{}, dead: map[string]bool{}, fails: map[string]error{}, ports: 50000}
}

// dial returns how a machine connects.
func (n *network) dial(ctx context.Context, address string) (net.Conn, error) {
	n.mu.Lock()
	n.dials = append(n.dials, dialled{address, time.Now()})
	ln, dead, fails := n.listeners[address], n.dead[address], n.fails[address]
	n.ports++
	port := n.ports
	n.mu.Unlock()
	if dead {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	if fails != nil {
		return nil, &net.OpError{Op: "dial", Err: fails}
	}
	if ln == nil {
		return nil, &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	}
	near, far := newPipe(&net.TCPAddr{IP: net.IPv4(10, 0, 9, 9), Port: port}, ln.at)
	select {
	case ln.arrived <- far:
	case <-ln.closed:
		return nil, &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	n.mu.Lock()
	n.conns = append(n.conns, near, far)
	n.mu.Unlock()
	return near, nil
}

// attempts returns when an address was dialled, and forgets it.
func (n *network) attempts(address string) (out []time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, d := range n.dials {
		if d.address == address {
			out = append(out, d.at)
		}
	}
	n.dials = nil
	return out
}

// stall lets no byte through any more, on the connections that there are.
func (n *network) stall() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range n.conns {
		c.out.set(func(h *half) { h.stalled = true })
	}
}

// cut breaks the connections that there are.
func (n *network) cut() {
	n.mu.Lock()
	conns := n.conns
	n.conns = nil
	n.mu.Unlock()
	for _, c := range conns {
		_ = c.Close()
	}
}

// swallow lets an address answer nothing, as a firewall does.
func (n *network) swallow(address string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.dead[address] = true
}

func (n *network) listen(address string) *listener {
	at, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		panic(err)
	}
	ln := &listener{network: n, at: at, arrived: make(chan net.Conn), closed: make(chan struct{})}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.listeners[address] = ln
	return ln
}

type listener struct {
	network *network
	at      *net.TCPAddr
	arrived chan net.Conn
	once    sync.Once
	closed  chan struct{}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.arrived:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error {
	l.once.Do(func() {
		l.network.mu.Lock()
		delete(l.network.listeners, l.at.String())
		l.network.mu.Unlock()
		close(l.closed)
	})
	return nil
}

func (l *listener) Addr() net.Addr { return l.at }

// pipeMost is how many bytes are on their way at most in one direction.
const pipeMost = 64 << 10

// half is one direction of a connection.
type half struct {
	mu      sync.Mutex
	bytes   []byte
	ended   bool // the writer has closed
	broken  bool // the reader has closed
	stalled bool
	changed chan struct{}
}

func (h *half) set(change func(*half)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change(h)
	close(h.changed)
	h.changed = make(chan struct{})
}

// do tries something until it is done, or the deadline is over.
func (h *half) do(deadline func() time.Time, try func() (n int, err error, done bool)) (int, error) {
	for {
		h.mu.Lock()
		n, err, done := try()
		changed := h.changed
		if done {
			close(h.changed)
			h.changed = make(chan struct{})
		}
		h.mu.Unlock()
		if done {
			return n, err
		}
		at := deadline()
		if at.IsZero() {
			<-changed
			continue
		}
		left := time.Until(at)
		if left <= 0 {
			return 0, os.ErrDeadlineExceeded
		}
		timer := time.NewTimer(left)
		select {
		case <-changed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// pipe is one end of a connection.
type pipe struct {
	in, out   *half
	near, far net.Addr
	mu        sync.Mutex
	reading   time.Time
	writing   time.Time
}

func newPipe(near, far net.Addr) (*pipe, *pipe) {
	a, b := &half{changed: make(chan struct{})}, &half{changed: make(chan struct{})}
	return &pipe{in: a, out: b, near: near, far: far}, &pipe{in: b, out: a, near: far, far: near}
}

func (p *pipe) Read(b []byte) (int, error) {
	return p.in.do(func() time.Time { return p.deadline(&p.reading) }, func() (int, error, bool) {
		switch h := p.in; {
		case h.broken:
			return 0, net.ErrClosed, true
		case len(h.bytes) > 0 && !h.stalled:
			n := copy(b, h.bytes)
			h.bytes = h.bytes[n:]
			return n, nil, true
		case h.ended && !h.stalled:
			return 0, io.EOF, true
		}
		return 0, nil, false
	})
}

func (p *pipe) Write(b []byte) (written int, err error) {
	for len(b) > 0 {
		n, err := p.out.do(func() time.Time { return p.deadline(&p.writing) }, func() (int, error, bool) {
			switch h := p.out; {
			case h.ended:
				return 0, net.ErrClosed, true
			case h.broken && !h.stalled:
				return 0, syscall.EPIPE, true
			case len(h.bytes) < pipeMost:
				n := min(len(b), pipeMost-len(h.bytes))
				h.bytes = append(h.bytes, b[:n]...)
				return n, nil, true
			}
			return 0, nil, false
		})
		written += n
		if err != nil {
			return written, err
		}
		b = b[n:]
	}
	return written, nil
}

func (p *pipe) Close() error {
	p.out.set(func(h *half) { h.ended = true })
	p.in.set(func(h *half) { h.broken = true })
	return nil
}

func (p *pipe) LocalAddr() net.Addr  { return p.near }
func (p *pipe) RemoteAddr() net.Addr { return p.far }

func (p *pipe) deadline(at *time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return *at
}

func (p *pipe) SetDeadline(t time.Time) error {
	_ = p.SetReadDeadline(t)
	return p.SetWriteDeadline(t)
}

func (p *pipe) SetReadDeadline(t time.Time) error {
	p.mu.Lock()
	p.reading = t
	p.mu.Unlock()
	p.in.set(func(*half) {})
	return nil
}

func (p *pipe) SetWriteDeadline(t time.Time) error {
	p.mu.Lock()
	p.writing = t
	p.mu.Unlock()
	p.out.set(func(*half) {})
	return nil
}

// bubble is a team in a bubble of time, on a network of its own.
type bubble struct {
	*testing.T
	*team
	*network
}

// inBubble plays a test in a bubble: time passes when everybody waits.
func inBubble(t *testing.T, members int, play func(b *bubble)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		play(&bubble{t, newTeam(t, members), newNetwork()})
	})
}

// add opens a Host of an actor that listens on 10.0.0.n+1:7000.
func (b *bubble) add(n int, more ...func(*link.Config)) *laptop {
	b.Helper()
	l := b.laptop(b.T, n, append([]func(*link.Config){func(c *link.Config) { c.Dial = b.dial }}, more...)...)
	b.place(l, n)
	return l
}

func (b *bubble) place(l *laptop, n int) {
	b.Helper()
	l.at = fmt.Sprintf("10.0.0.%d:7000", n+1)
	if err := l.Listen(b.listen(l.at)); err != nil {
		b.Fatal(err)
	}
}

// pass lets time pass, and then everybody come to rest.
func (b *bubble) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}
