package relay

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// How long the relay may take.
const (
	connectTimeout = 5 * time.Second
	askTimeout     = 5 * time.Second
	// A relay that is silent for so many pings is gone.
	pingInterval = 15 * time.Second
	pingsLost    = 2
)

// What the streams are given.
const (
	// dedupeWindow is how long the relay knows a message again that is brought
	// twice. Beyond it the expected sequence still keeps it from standing twice.
	dedupeWindow = 30 * time.Minute
	// visitMost is how long a message of somebody who wants to come in may be,
	// doorMost how many are kept, and doorAge for how long: as long as any
	// invite holds.
	visitMost = 16 << 10
	doorMost  = 4096
	doorAge   = 30 * 24 * time.Hour
	// replicas is on how many servers of a cluster messages are kept: one may be
	// lost at any time.
	replicas = 3
)

// address is what a URL says.
type address struct {
	servers []string
	pins    [][]byte      // of certificates that are trusted, whoever signed them
	user    *url.Userinfo // of the first server
}

// schemes are those that the client of NATS speaks.
var schemes = []string{"nats", "tls", "ws", "wss"}

func parseURL(text string) (address, error) {
	var a address
	for part := range strings.SplitSeq(text, ",") {
		u, err := url.Parse(strings.TrimSpace(part))
		if err != nil || u.Hostname() == "" || !slices.Contains(schemes, u.Scheme) || u.RawQuery != "" {
			return a, badAddress() // without the cause, which repeats the token
		}
		if u.Fragment != "" {
			pin, err := base64.RawURLEncoding.DecodeString(u.Fragment)
			if err != nil || len(pin) != sha256.Size || u.Scheme != "tls" && u.Scheme != "wss" {
				return a, badAddress()
			}
			a.pins = append(a.pins, pin)
			u.Fragment = ""
		}
		if len(a.servers) == 0 {
			a.user = u.User
		}
		a.servers = append(a.servers, u.String())
	}
	return a, nil
}

// CheckURL returns nil for an address that Open takes, and otherwise a fault.
func CheckURL(text string) error {
	_, err := parseURL(text)
	return err
}

// PinOf returns what stands behind # in the address of a relay that shows a
// certificate which no authority vouches for, in DER.
func PinOf(certificate []byte) string {
	sum := sha256.Sum256(certificate)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// errPin is returned for a server that shows another certificate than the
// address names.
var errPin = errors.New("the certificate is not the one that the address names")

// pinned trusts the certificates with one of the pins and no other.
func pinned(pins [][]byte) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, // what is verified instead stands below
		VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error {
			if len(raw) > 0 {
				sum := sha256.Sum256(raw[0])
				if slices.ContainsFunc(pins, func(pin []byte) bool { return bytes.Equal(pin, sum[:]) }) {
					return nil
				}
			}
			return errPin
		},
	}
}

// dialer opens connections that end with a context, also while they are greeted.
type dialer struct {
	dial func(network, address string) (net.Conn, error)
	ctx  context.Context //nolint:containedctx // nats.CustomDialer has no place for one
}

func (d dialer) Dial(network, address string) (net.Conn, error) {
	dial := d.dial
	if dial == nil {
		dial = func(network, address string) (net.Conn, error) {
			return (&net.Dialer{Timeout: connectTimeout}).DialContext(d.ctx, network, address)
		}
	}
	conn, err := dial(network, address)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(d.ctx, func() { _ = conn.Close() })
	return conn, nil
}

// connect opens a connection that ends with ctx. It does not come back by
// itself: after a gap both sides have to be compared anew.
func (c *Client) connect(ctx context.Context, gone func(error)) (*nats.Conn, error) {
	a, err := parseURL(c.URL)
	if err != nil {
		return nil, err
	}
	options := []nats.Option{
		nats.Name("cairn"), nats.NoReconnect(), nats.Timeout(connectTimeout), nats.SetCustomDialer(dialer{c.Dial, ctx}),
		nats.PingInterval(pingInterval), nats.MaxPingsOutstanding(pingsLost),
		nats.ClosedHandler(func(nc *nats.Conn) { gone(errors.Join(nats.ErrConnectionClosed, nc.LastError())) }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			c.Log.Debug("relay", "err", err)
		}),
	}
	if len(a.pins) > 0 {
		options = append(options, nats.Secure(pinned(a.pins)))
	}
	nc, err := nats.Connect(strings.Join(append(a.servers, c.learned(a)...), ","), options...)
	if err != nil {
		return nil, fmt.Errorf("connect to the relay: %w", err)
	}
	c.learn(nc.DiscoveredServers())
	if nc.MaxPayload() < messageMost {
		nc.Close()
		return nil, shortMessages(nc.MaxPayload())
	}
	return nc, nil
}

// serversMost is how many servers of a cluster are tried beside those that the
// address names.
const serversMost = 16

// learn notes the other servers of a cluster, as the relay tells of them.
func (c *Client) learn(servers []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(servers) > 0 {
		c.servers = servers[:min(len(servers), serversMost)]
	}
}

// learned returns servers of a cluster that the address does not name, with the
// token that it has. They are as far as this run of the program knows them.
func (c *Client) learned(a address) (servers []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, server := range c.servers {
		u, err := url.Parse(server)
		if err != nil || !slices.Contains(schemes, u.Scheme) {
			continue
		}
		u.User = a.user
		if with := u.String(); !slices.Contains(a.servers, with) {
			servers = append(servers, with)
		}
	}
	return servers
}

// streamConfig says how the logs are kept.
func (n *names) streamConfig(copies int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: n.stream(), Subjects: []string{n.all(subjectControl), n.all(subjectData)},
		Storage: jetstream.FileStorage, Retention: jetstream.LimitsPolicy, Discard: jetstream.DiscardNew, Replicas: copies,
		DenyDelete: true, AllowDirect: true, MaxMsgSize: messageMost, Duplicates: dedupeWindow,
	}
}

// doorConfig says how requests to come in, and answers, are kept.
func (n *names) doorConfig(copies int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: n.door(), Subjects: []string{n.all(subjectJoin), n.all(subjectAnswer)},
		Storage: jetstream.FileStorage, Retention: jetstream.LimitsPolicy, Discard: jetstream.DiscardOld, Replicas: copies,
		MaxMsgsPerSubject: 1, MaxMsgs: doorMost, MaxAge: doorAge, AllowDirect: true, MaxMsgSize: visitMost,
	}
}

// openStream returns a stream, and makes it if it is not there.
func openStream(ctx context.Context, js jetstream.JetStream, config func(copies int) jetstream.StreamConfig) (jetstream.Stream, error) {
	name := config(1).Name
	stream, err := js.Stream(ctx, name)
	if !errors.Is(err, jetstream.ErrStreamNotFound) {
		return stream, err
	}
	copies := 1
	if js.Conn().ConnectedClusterName() != "" {
		copies = replicas
	}
	stream, err = js.CreateStream(ctx, config(copies))
	if _, refused := errors.AsType[*jetstream.APIError](err); refused && copies > 1 && !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
		stream, err = js.CreateStream(ctx, config(1)) // too few servers
	}
	if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
		return js.Stream(ctx, name) // somebody else has made it meanwhile
	}
	return stream, err
}
