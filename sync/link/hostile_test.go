package link_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"cairn/sync/link"
	"cairn/sync/replica"
	"cairn/sync/wire"
)

func TestWhoDoesNotGreetIsCutOff(t *testing.T) {
	inBubble(t, 1, func(b *bubble) {
		x := b.add(0)
		for name, i := range map[string]*intruder{
			"says nothing":                b.reach(x),
			"shakes hands and no more":    b.reach(x).as(b.actors[1]),
			"asks for a connection alone": b.reach(x).as(b.actors[2]).upgrade(),
		} {
			if got := i.lasts(); got > 10*time.Second {
				b.Errorf("who %s stays for %v", name, got)
			}
		}
		i := b.reach(x).as(b.actors[1])
		if _, err := io.WriteString(i.conn, "GET /sync HTTP/1.1\r\nHost: cairn\r\nX-Slow: "); err != nil {
			b.Fatal(err)
		}
		if got := i.lasts(); got > 10*time.Second {
			b.Errorf("who asks slowly stays for %v", got)
		}
	})
}

func TestStrangersDoNotKeepAMemberOut(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, y := b.add(0), b.add(1)
		var crowd []*intruder
		for range 200 {
			crowd = append(crowd, b.reach(x))
		}
		b.pass(0)
		if got := link.Strangers(x.Host); got != 64 {
			b.Errorf("%d strangers at once, want 64", got)
		}
		y.Reach(x.ID, []string{x.at})
		b.pass(time.Second)
		if p := y.peer(x.ID); p.State != link.Connected {
			b.Errorf("y says of x %+v", p)
		}
		for _, i := range crowd {
			_ = i.conn.Close()
		}
		b.pass(0)
		if got := link.Strangers(x.Host); got != 0 {
			b.Errorf("%d strangers, want none: a member is none", got)
		}
	})
}

func TestOnlyCairnGetsThroughTheHandshake(t *testing.T) {
	inBubble(t, 1, func(b *bubble) {
		x := b.add(0)
		key := b.actors[1].Key
		other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		with := func(keys ...crypto.Signer) (out []tls.Certificate) {
			for _, k := range keys {
				out = append(out, certificate(b, k))
			}
			return out
		}
		for name, config := range map[string]*tls.Config{
			"no certificate":      {NextProtos: []string{"cairn/1"}},
			"another kind of key": {NextProtos: []string{"cairn/1"}, Certificates: with(other)},
			"a browser":           {NextProtos: []string{"h2", "http/1.1"}, Certificates: with(key)},
			"no protocol named":   {Certificates: with(key)},
			"TLS 1.2":             {NextProtos: []string{"cairn/1"}, Certificates: with(key), MaxVersion: tls.VersionTLS12},
		} {
			i := b.reach(x)
			err := i.secure(config)
			if err == nil {
				_, err = i.conn.Read(make([]byte, 1))
			}
			if err == nil || i.conn.(*tls.Conn).ConnectionState().DidResume {
				b.Errorf("%s: the handshake succeeds", name)
			}
			_ = i.conn.Close()
		}
	})
}

func TestOnlyCairnIsAnswered(t *testing.T) {
	inBubble(t, 1, func(b *bubble) {
		x := b.add(0)
		upgrade := []string{"Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="}
		for name, c := range map[string]struct {
			want  int
			lines []string
		}{
			"a page in a browser":  {403, append([]string{"GET /sync HTTP/1.1", "Host: cairn", "Origin: https://example.org", "Sec-WebSocket-Protocol: cairn.sync.v1"}, upgrade...)},
			"of the same address":  {403, append([]string{"GET /sync HTTP/1.1", "Host: cairn", "Origin: https://cairn", "Sec-WebSocket-Protocol: cairn.sync.v1"}, upgrade...)},
			"another host":         {403, append([]string{"GET /sync HTTP/1.1", "Host: example.org", "Sec-WebSocket-Protocol: cairn.sync.v1"}, upgrade...)},
			"a form on a page":     {403, []string{"POST /join HTTP/1.1", "Host: cairn", "Origin: null", "Content-Length: 2", "", "{}"}},
			"another version":      {426, append([]string{"GET /sync HTTP/1.1", "Host: cairn", "Sec-WebSocket-Protocol: cairn.sync.v9"}, upgrade...)},
			"no version":           {426, append([]string{"GET /sync HTTP/1.1", "Host: cairn"}, upgrade...)},
			"another path":         {404, []string{"GET / HTTP/1.1", "Host: cairn"}},
			"another method":       {405, []string{"DELETE /sync HTTP/1.1", "Host: cairn"}},
			"asking for no socket": {426, []string{"GET /sync HTTP/1.1", "Host: cairn", "Sec-WebSocket-Protocol: cairn.sync.v1"}},
			"both versions":        {101, append([]string{"GET /sync HTTP/1.1", "Host: cairn", "Sec-WebSocket-Protocol: cairn.sync.v9, cairn.sync.v1"}, upgrade...)},
		} {
			i := b.reach(x).as(b.actors[1])
			if got := i.ask(c.lines...); got != c.want {
				b.Errorf("%s: status %d, want %d", name, got, c.want)
			}
			_ = i.conn.Close()
		}
	})
}

func TestNonsenseEndsTheConnection(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, member := b.add(0), b.actors[1]
		x.write(b, 1, 1)
		hello := wire.Append(nil, replica.Hello{Min: 1, Max: 1, Wall: time.Now()})
		for name, c := range map[string]struct {
			want  replica.Reason
			frame []byte
		}{
			"no frame":                             {replica.Malformed, []byte("nonsense")},
			"an empty message":                     {replica.Malformed, nil},
			"two frames":                           {replica.Malformed, append(wire.Append(nil, replica.Again{}), wire.Append(nil, replica.Again{})...)},
			"a Have without a payload":             {replica.Malformed, []byte{0, 0, 0, 0, 2, 0}},
			"a frame that must not be passed over": {replica.OtherSpeak, []byte{0, 0, 0, 0, 9, 1}},
			"an announcement of names":             {replica.Malformed, wire.AppendFrame(nil, 0x10, []byte("\x01\x09example:1"))},
			"an ending without reason":             {replica.Malformed, wire.AppendFrame(nil, 0x11, nil)},
		} {
			i := b.reach(x).as(member).upgrade().hello(member, x)
			b.pass(time.Millisecond)
			i.send(c.frame)
			if got, err := i.bye(); err != nil || got != c.want {
				b.Errorf("%s: ended with %v, %v, want %v", name, got, err, c.want)
			}
			_ = i.ws.CloseNow()
			b.pass(2 * time.Second)
		}
		i := b.reach(x).as(member).upgrade().hello(member, x)
		if err := i.ws.Write(b.Context(), websocket.MessageText, hello); err != nil {
			b.Fatal(err)
		}
		if got, err := i.bye(); err != nil || got != replica.Malformed {
			b.Errorf("text: ended with %v, %v", got, err)
		}
	})
}

func TestAFloodEndsTheConnection(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x := b.add(0)
		for name, c := range map[string]struct {
			by    actor
			frame []byte
			most  int
		}{
			"frames that nobody knows":            {b.actors[1], wire.AppendFrame(nil, 0x70, make([]byte, 1000)), 1000},
			"empty ones":                          {b.actors[1], wire.AppendFrame(nil, 0x71, nil), 10_000},
			"frames of a channel from a stranger": {b.actors[2], wire.AppendFrame(nil, 0x20, make([]byte, 1000)), 2000},
			"messages of the protocol":            {b.actors[1], wire.Append(nil, replica.Again{}), 100_000},
		} {
			i := b.reach(x).as(c.by).upgrade().hello(c.by, x)
			b.pass(time.Millisecond)
			reason := make(chan replica.Reason, 1)
			go func() {
				got, _ := i.bye()
				reason <- got
			}()
			i.flood(c.frame, c.most)
			if got := <-reason; got != replica.Flooded {
				b.Errorf("%s: ended with %v, want %v", name, got, replica.Flooded)
			}
			_ = i.ws.CloseNow()
			b.pass(2 * time.Second)
		}
	})
}

// Who was refused stands in the log, and whoever has left stands out from them.
func TestTheRefusedAreNoted(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		var said strings.Builder
		x := b.add(0, func(c *link.Config) { c.Log = slog.New(slog.NewTextHandler(&said, nil)) })
		for name, c := range map[string]struct {
			by   actor
			do   func(i *intruder)
			want string
		}{
			"nonsense": {b.actors[1], func(i *intruder) { i.send([]byte("nonsense")) }, "level=WARN msg=\"a device did not keep to the protocol\""},
			"stranger": {b.actors[2], func(*intruder) {}, "level=INFO msg=\"a device that is no member was turned away\""},
			"goodbye":  {b.actors[1], func(i *intruder) { i.send(wire.Append(nil, replica.Bye{Reason: replica.Closing})) }, ""},
		} {
			said.Reset()
			i := b.reach(x).as(c.by).upgrade().hello(c.by, x)
			b.pass(time.Millisecond)
			c.do(i)
			b.pass(time.Millisecond)
			_ = i.ws.CloseNow()
			b.pass(2 * time.Second)
			if got := said.String(); !strings.Contains(got, c.want) || c.want == "" && got != "" || c.want != "" && !strings.Contains(got, c.by.ID.Short().String()) {
				b.Errorf("%s: the log says %q, want %s", name, got, c.want)
			}
		}
	})
}

func TestAPingEndsTheConnection(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x := b.add(0)
		i := b.reach(x).as(b.actors[1]).upgrade().hello(b.actors[1], x)
		go func() { _ = i.ws.Ping(b.Context()) }()
		if got := i.lasts(); got > 0 {
			b.Errorf("it lasts for %v", got)
		}
	})
}

func TestTooLongAFirstFrameEndsTheConnection(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x := b.add(0)
		i := b.reach(x).as(b.actors[1]).upgrade()
		i.send(wire.AppendFrame(nil, 0x70, make([]byte, 9000)))
		if got := i.lasts(); got > 2*time.Second {
			b.Errorf("it lasts for %v", got)
		}
	})
}

// A peer that asks for everything and reads nothing costs a frame, and not for
// long.
func TestWhoDoesNotReadIsCutOff(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, member := b.add(0), b.actors[1]
		x.write(b, 500, 100)
		i := b.reach(x).as(member).upgrade().hello(member, x)
		b.pass(time.Millisecond)
		want := replica.Want{Round: 1, Limit: 1 << 40}
		want.Ranges = append(want.Ranges, rangeOf(x, 50_000))
		i.send(wire.Append(nil, want))
		b.pass(9 * time.Second)
		if p := x.peer(member.ID); p.State != link.Connected {
			b.Fatalf("too early: x says %+v", p)
		}
		b.pass(2 * time.Second)
		if p := x.peer(member.ID); p.State == link.Connected {
			b.Errorf("x says %+v", p)
		}
	})
}

// A message that never ends holds nobody up longer than silence does.
func TestHalfAMessageIsNotWaitedForLong(t *testing.T) {
	inBubble(t, 2, func(b *bubble) {
		x, member := b.add(0), b.actors[1]
		i := b.reach(x).as(member).upgrade().hello(member, x)
		b.pass(time.Millisecond)
		w, err := i.ws.Writer(b.Context(), websocket.MessageBinary)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := w.Write([]byte{0, 4, 0, 0, 5, 0, 1}); err != nil {
			b.Fatal(err)
		}
		if got := i.lasts(); got > time.Minute {
			b.Errorf("it lasts for %v", got)
		}
	})
}
