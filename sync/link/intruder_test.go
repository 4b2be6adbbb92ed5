package link_test

import (
	"bufio"
	"context"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"

	"cairn/sync/replica"
	"cairn/sync/wire"
)

// certificate returns what a key signs for itself.
func certificate(b *bubble, key crypto.Signer) tls.Certificate {
	b.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(7), NotAfter: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)}
	der, err := x509.CreateCertificate(nil, template, template, key.Public(), key)
	if err != nil {
		b.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// intruder is somebody who keeps to the protocol as far as it likes.
type intruder struct {
	*bubble
	conn net.Conn
	ws   *websocket.Conn
}

// reach opens a stream to a laptop.
func (b *bubble) reach(l *laptop) *intruder {
	b.Helper()
	conn, err := b.dial(b.Context(), l.at)
	if err != nil {
		b.Fatal(err)
	}
	return &intruder{bubble: b, conn: conn}
}

// secure shakes hands. The error of a server that refuses comes with the first
// byte that is read.
func (i *intruder) secure(config *tls.Config) error {
	i.Helper()
	config.InsecureSkipVerify = true
	conn := tls.Client(i.conn, config)
	i.conn = conn
	return conn.HandshakeContext(i.Context())
}

// as shakes hands as a device.
func (i *intruder) as(a actor) *intruder {
	i.Helper()
	if err := i.secure(&tls.Config{Certificates: []tls.Certificate{certificate(i.bubble, a.Key)}, NextProtos: []string{"cairn/1"}}); err != nil {
		i.Fatal(err)
	}
	return i
}

// ask sends a request and returns the status of the answer.
func (i *intruder) ask(lines ...string) int {
	i.Helper()
	if _, err := io.WriteString(i.conn, strings.Join(lines, "\r\n")+"\r\n\r\n"); err != nil {
		i.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(i.conn), nil)
	if err != nil {
		i.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// upgrade makes it a connection.
func (i *intruder) upgrade() *intruder {
	i.Helper()
	ws, _, err := websocket.Dial(i.Context(), "ws://cairn/sync", &websocket.DialOptions{
		Subprotocols: []string{"cairn.sync.v1"},
		HTTPClient: &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			return i.conn, nil
		}}},
	})
	if err != nil {
		i.Fatal(err)
	}
	ws.SetReadLimit(wire.MaxFrame)
	i.ws = ws
	i.Cleanup(func() { _ = ws.CloseNow() })
	return i
}

// hello greets as a device that knows the workspace.
func (i *intruder) hello(a actor, l *laptop) *intruder {
	i.Helper()
	i.send(wire.Append(nil, replica.Hello{
		Min: 1, Max: 1, Level: 1, Wall: time.Now(), Workspace: replica.TagOf(i.team.ws, a.ID, l.ID),
	}))
	return i
}

func (i *intruder) send(frame []byte) {
	i.Helper()
	if err := i.ws.Write(i.Context(), websocket.MessageBinary, frame); err != nil {
		i.Fatal(err)
	}
}

// flood sends a frame over and over, as long as the other end takes it.
func (i *intruder) flood(frame []byte, times int) {
	for range times {
		if i.ws.Write(i.Context(), websocket.MessageBinary, frame) != nil {
			return
		}
	}
}

// lasts returns how long the other end keeps the connection, reading what comes.
func (i *intruder) lasts() time.Duration {
	began := time.Now()
	if i.ws == nil {
		_, _ = io.Copy(io.Discard, i.conn)
		return time.Since(began)
	}
	for {
		if _, _, err := i.ws.Read(i.Context()); err != nil {
			return time.Since(began)
		}
	}
}

// bye returns the reason with which the other end ends the connection.
func (i *intruder) bye() (replica.Reason, error) {
	for {
		_, frame, err := i.ws.Read(i.Context())
		if err != nil {
			return 0, err
		}
		m, err := wire.Decode(frame)
		if err != nil && !errors.Is(err, wire.ErrUnknown) {
			return 0, err
		}
		if bye, ok := m.(replica.Bye); ok {
			return bye.Reason, nil
		}
	}
}

// answer listens at an address and answers each request as a device does that
// speaks TLS, with a status; a status of 0 speaks no TLS.
func (b *bubble) answer(a actor, address string, status int) {
	b.Helper()
	ln := b.listen(address)
	b.Cleanup(func() { _ = ln.Close() })
	config := &tls.Config{
		Certificates: []tls.Certificate{certificate(b, a.Key)}, NextProtos: []string{"cairn/1"}, ClientAuth: tls.RequireAnyClientCert,
	}
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			if status == 0 {
				_, _ = io.WriteString(conn, "SSH-2.0-OpenSSH_9.6\r\n")
				_ = conn.Close()
				continue
			}
			conn = tls.Server(conn, config)
			if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
				_, _ = fmt.Fprintf(conn, "HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n", status)
			}
			_ = conn.Close()
		}
	}()
}
