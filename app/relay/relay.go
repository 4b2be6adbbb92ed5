// Package relay runs the server that teammates leave sealed batches with when
// they are not online together: NATS JetStream in this process, over one folder.
// What it keeps is described in sync/relay, whose clients use it; the server
// itself knows nothing of Cairn.
package relay

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"

	"cairn/core/fault"
)

// Config says how a relay runs.
type Config struct {
	Listen    string // host and port of TCP; port 0 is any free one
	WebSocket string // the same of WebSocket, for networks that let nothing else out; empty for none
	Store     string // its folder, made if it is not there
	// Certificate and Key are the files of what TLS shows; empty for none. What
	// is kept is sealed anyway; TLS hides the token from who listens.
	Certificate, Key string
	Log              *slog.Logger
	Rand             io.Reader // for the token of a new folder
}

// The limits. A client of sync/relay needs one connection, messages of half a
// megabyte, and a handful of subscriptions.
const (
	connectionsMost = 1024
	payloadMost     = 1 << 20
	pendingMost     = 16 << 20 // bytes waiting for a client that does not read
	memoryMost      = 256 << 20
	startTimeout    = 15 * time.Second
	pingEvery       = 30 * time.Second
	greetTimeout    = 5 // seconds that a client may take to say who it is
)

// Server is a relay that runs.
type Server struct {
	server *server.Server
	lock   *flock.Flock
	token  string
	config Config
	pin    string // of the certificate; empty without one, or with one that an authority vouches for
	failed chan error
}

// Start runs a relay. Nothing that it has acknowledged is lost when its machine
// loses power: every message is synced before. The error is a fault.
func Start(ctx context.Context, c Config) (_ *Server, err error) {
	s := &Server{config: c, failed: make(chan error, 1)}
	options, err := c.options()
	if err != nil {
		return nil, err
	}
	if options.TLSConfig != nil {
		if s.pin, err = pinOf(options.TLSConfig.Certificates[0]); err != nil {
			return nil, badCertificate(err, c.Certificate)
		}
	}
	if err := s.openStore(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.lock.Close())
		}
	}()
	options.Authorization, options.Websocket.Token = s.token, s.token
	if s.server, err = server.NewServer(options); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "The relay can't run as it is asked to.", "Check the addresses and the certificate.")
	}
	s.server.SetLoggerV2(&logger{c.Log, s.failed}, false, false, false)
	s.server.Start()
	if err := s.ready(ctx); err != nil {
		s.server.Shutdown()
		s.server.WaitForShutdown()
		return nil, err
	}
	return s, nil
}

// options translates c for the server.
func (c Config) options() (*server.Options, error) {
	host, port, err := hostPort(c.Listen)
	if err != nil {
		return nil, err
	}
	o := &server.Options{
		Host: host, Port: port, JetStream: true, StoreDir: c.Store, SyncAlways: true, JetStreamMaxMemory: memoryMost,
		MaxConn: connectionsMost, MaxPayload: payloadMost, MaxPending: pendingMost,
		PingInterval: pingEvery, AuthTimeout: greetTimeout, NoSigs: true, NoSystemAccount: false,
	}
	if c.WebSocket != "" {
		o.Websocket.Host, o.Websocket.Port, err = hostPort(c.WebSocket)
		if err != nil {
			return nil, err
		}
		o.Websocket.NoTLS, o.Websocket.AuthTimeout = true, greetTimeout
	}
	switch {
	case c.Certificate == "" && c.Key == "":
		return o, nil
	case c.Certificate == "" || c.Key == "":
		return nil, fault.New(fault.Invalid, "TLS needs a certificate and its key.", "Name both files with --tls-cert and --tls-key.")
	}
	shown, err := tls.LoadX509KeyPair(c.Certificate, c.Key)
	if err != nil {
		return nil, badCertificate(err, c.Certificate)
	}
	o.TLSConfig = &tls.Config{Certificates: []tls.Certificate{shown}, MinVersion: tls.VersionTLS12}
	o.TLSTimeout = greetTimeout
	if c.WebSocket != "" {
		o.Websocket.NoTLS, o.Websocket.TLSConfig = false, o.TLSConfig
	}
	return o, nil
}

func badCertificate(err error, file string) error {
	return fault.Wrap(err, fault.Invalid, "The certificate %q and its key can't be used.", "Both are files in PEM form, and belong together.").With(file)
}

// CheckAddress returns the fault of an address that can't be listened on.
func CheckAddress(address string) error {
	_, _, err := hostPort(address)
	return err
}

// hostPort takes an address apart, as the server wants it: -1 is any port.
func hostPort(address string) (string, int, error) {
	host, text, err := net.SplitHostPort(address)
	port, portErr := strconv.ParseUint(text, 10, 16)
	if err != nil || portErr != nil {
		return "", 0, fault.Wrap(errors.Join(err, portErr), fault.Invalid, "%q is no address to listen on.", "Write it as 0.0.0.0:4222.").With(address)
	}
	if host == "" {
		host = "0.0.0.0"
	}
	if port == 0 {
		return host, server.RANDOM_PORT, nil
	}
	return host, int(port), nil
}

// openStore makes the folder, takes its lock and finds its token.
func (s *Server) openStore() error {
	dir := s.config.Store
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return unusable(err, dir)
	}
	lock := flock.New(filepath.Join(dir, "lock"), flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err != nil {
		return unusable(err, dir)
	}
	if !held {
		return fault.New(fault.Locked, "Another relay uses the folder %s.", "Stop it, or choose another folder with --store.").With(dir)
	}
	if s.token, err = tokenOf(dir, s.config.Rand); err != nil {
		return errors.Join(unusable(err, dir), lock.Close())
	}
	s.lock = lock
	return nil
}

func unusable(err error, dir string) error {
	return fault.Wrap(err, fault.Unavailable, "The folder %s can't be used by a relay.", "Check its permissions and the free space there, or choose another with --store.").With(dir)
}

// ready waits until clients can connect.
func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for !s.server.ReadyForConnections(startTimeout / 100) {
		select {
		case err := <-s.failed:
			return fault.Wrap(err, fault.Unavailable, "The relay can't start.", "Another program may use its address: choose another with --listen.")
		case <-ctx.Done():
			return fault.Wrap(ctx.Err(), fault.Unavailable, "The relay has not started in time.", "Try again.")
		default:
		}
	}
	return nil
}

// Failed says why the relay has stopped by itself.
func (s *Server) Failed() <-chan error { return s.failed }

// Stop ends the relay; what it acknowledged is on the disk.
func (s *Server) Stop() error {
	s.server.Shutdown()
	s.server.WaitForShutdown()
	return s.lock.Close()
}
