package link

import (
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	"cairn/core/id"
)

const (
	// greetTimeout is how long a device may take from the first byte to its
	// Hello.
	greetTimeout = 10 * time.Second
	// writeTimeout is how long a peer may take no bytes at all, and byeTimeout
	// how long once the connection is to end.
	writeTimeout = 10 * time.Second
	byeTimeout   = time.Second
)

// stream is the connection below TLS. It gives up when nothing can be written
// for a while. TLS writes a record of sixteen kilobytes at most at a time, so a
// slow peer is not taken for a dead one.
type stream struct {
	net.Conn
	patience atomic.Int64 // nanoseconds
}

func newStream(c net.Conn) *stream {
	s := &stream{Conn: c}
	s.patience.Store(int64(writeTimeout))
	return s
}

func (s *stream) Write(b []byte) (int, error) {
	if err := s.SetWriteDeadline(time.Now().Add(time.Duration(s.patience.Load()))); err != nil {
		return 0, err
	}
	return s.Conn.Write(b)
}

// hurry lets a write that is under way, and all that follow, take only a moment.
func (s *stream) hurry() {
	s.patience.Store(int64(byeTimeout))
	_ = s.SetWriteDeadline(time.Now().Add(byeTimeout))
}

// secure is a connection whose other end has proved to be a device. It hides the
// TLS from the HTTP server, which would speak only protocols that it knows.
type secure struct {
	net.Conn
	below  *stream
	key    ed25519.PublicKey
	device id.Device
	ticket *ticket // of a connection that was accepted
	over   func()  // gives back what an accepted connection holds, once
}

// handshake makes a connection a secure one, or closes it.
func handshake(ctx context.Context, below *stream, config *tls.Config, server bool) (*secure, error) {
	ctx, cancel := context.WithTimeout(ctx, greetTimeout)
	defer cancel()
	start := tls.Client
	if server {
		start = tls.Server
	}
	conn := start(below, config)
	err := conn.HandshakeContext(ctx)
	var key ed25519.PublicKey
	if err == nil {
		key, err = peerOf(conn.ConnectionState())
	}
	if err != nil {
		_ = below.Close()
		return nil, fmt.Errorf("%w: %w", errHandshake, err)
	}
	return &secure{Conn: conn, below: below, key: key, device: id.DeviceOf(key)}, nil
}

// Close ends the connection at once: a peer that does not read is not waited
// for.
func (s *secure) Close() error {
	err := s.below.Close()
	_ = s.Conn.Close() // lets go of what TLS holds; the bytes go nowhere
	return err
}

// dialTCP opens a stream to an address.
func dialTCP(ctx context.Context, address string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "tcp", address)
}
