package blob_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"cairn/core/id"
	"cairn/sync/blob"
	"cairn/sync/simnet"
)

// play is devices in a world of its own, and what goes wrong there.
type play struct {
	t       testing.TB
	w       *simnet.World
	hosts   []*host
	links   []*link
	faults  simnet.Faults
	work    time.Duration // how long a task takes at most
	failure string
	spy     func(from, to *host, kind byte, payload []byte)
}

// host is a device.
type host struct {
	p      *play
	device id.Device
	node   *blob.Node
	store  *shelf
	up     bool
	life   int
	lie    lie
	wanted []blob.Ref
	lied   map[listener]int // how often it sent wrong bytes
}

// listener is a life of a host.
type listener struct {
	*host
	life int
}

// lie is how a host that does not keep to the protocol answers.
type lie int

const (
	honest  lie = iota
	wrong       // with other bytes
	endless     // with more bytes than there are
	silent      // not at all
	refuses     // that it has not what it has claimed
	babbles     // with bytes that are no frame
	lies
)

// link joins two hosts.
type link struct {
	ends [2]*host
	out  [2]*simnet.Cable
	busy [2]bool // its end waits until the cable is free
	up   bool
}

func newPlay(t testing.TB, seed uint64) *play {
	t.Helper()
	return &play{t: t, w: simnet.New(seed), faults: simnet.Faults{Delay: time.Millisecond, Ordered: true}, spy: func(*host, *host, byte, []byte) {}}
}

func (p *play) fail(format string, args ...any) {
	if p.failure == "" {
		p.failure = fmt.Sprintf(format, args...)
	}
}

func (p *play) host(l lie) *host {
	h := &host{p: p, device: id.Device{byte(len(p.hosts) + 1), 7, byte(37 * len(p.hosts))}, store: newShelf(), lie: l, lied: map[listener]int{}}
	h.store.judge = func(object blob.Hash, content []byte) {
		if blob.HashOf(content) != object {
			p.fail("bytes are kept as %s that have another hash", object)
		}
	}
	p.hosts = append(p.hosts, h)
	h.start()
	return h
}

// start begins a life of a host. What its store has kept is there.
func (h *host) start() {
	h.life++
	h.up = true
	h.node = blob.NewNode(blob.Config{Device: h.device, Auto: 1 << 40})
	for _, ref := range h.wanted {
		h.want(ref)
	}
}

// stop ends a life of a host, and its connections.
func (h *host) stop() {
	h.up = false
	for _, l := range h.p.links {
		if l.ends[0] == h || l.ends[1] == h {
			l.close()
		}
	}
}

// want fetches what is not joined yet.
func (h *host) want(ref blob.Ref) {
	if _, here := h.store.joined[ref.Root]; here {
		return
	}
	if err := h.node.Fetch(ref); err != nil {
		h.p.t.Fatal(err)
	}
	h.pump()
}

func (p *play) connect(a, b *host) *link {
	l := &link{ends: [2]*host{a, b}, up: true}
	for i := range l.ends {
		from, to := l.ends[i], l.ends[1-i]
		l.out[i] = p.w.Cable(p.faults, func(frame []byte) { l.deliver(from, to, frame) })
	}
	p.links = append(p.links, l)
	for i, h := range l.ends {
		h.node.Connect(l.ends[1-i].device, p.w.Now())
	}
	a.pump()
	b.pump()
	return l
}

func (l *link) close() {
	if !l.up {
		return
	}
	l.up = false
	for i, h := range l.ends {
		l.out[i].Close()
		h.node.Disconnect(l.ends[1-i].device)
		h.pump()
	}
}

func (l *link) deliver(from, to *host, frame []byte) {
	if !l.up || !to.up {
		return
	}
	err := to.node.Receive(from.device, frame[0], frame[1:], to.p.w.Now())
	if err != nil {
		if !errors.Is(err, blob.ErrMalformed) || from.lie == honest {
			to.p.fail("an honest frame of kind %#x is refused: %v", frame[0], err)
		}
		l.close()
		return
	}
	to.pump()
}

// pump does what the node of a host asks for.
func (h *host) pump() {
	if !h.up {
		return
	}
	life, node := h.life, h.node
	for _, peer := range node.Wakes() {
		for _, l := range h.p.links {
			if l.up && l.ends[0] == h && l.ends[1].device == peer {
				l.send(0)
			} else if l.up && l.ends[1] == h && l.ends[0].device == peer {
				l.send(1)
			}
		}
	}
	for _, t := range node.Tasks() {
		h.do(node, life, t)
	}
	h.burden()
}

// do does a task some time from now.
func (h *host) do(node *blob.Node, life int, t blob.Task) {
	h.p.w.After(h.p.w.Between(0, h.p.work), func() {
		r := t.Run(h.store) // it may have begun before the host went down
		if h.up && h.life == life {
			node.Done(t, r, h.p.w.Now())
			h.pump()
		}
	})
}

// burden fails when a node holds more than it may.
func (h *host) burden() {
	b := h.node.Burden()
	if b.Pool < 0 || b.Pool > blob.PoolMost || b.Loads < 0 || b.Loads > blob.LoadsMost || b.Flights > blob.FlightsMost || b.Waiting > 400 {
		h.p.fail("host %d holds %+v", h.device[0], b)
	}
}

// send sends what there is for the other end, as long as the cable takes it.
func (l *link) send(end int) {
	from, to := l.ends[end], l.ends[1-end]
	const ahead = 20 * time.Millisecond
	for !l.busy[end] && l.up {
		if wait := l.out[end].Busy(); wait > ahead {
			l.busy[end] = true
			from.p.w.After(wait-ahead, func() {
				l.busy[end] = false
				l.send(end)
				from.pump()
			})
			return
		}
		kind, payload, ok := from.node.Next(to.device, from.p.w.Now())
		if !ok {
			return
		}
		from.p.spy(from, to, kind, payload)
		if kind == blob.KindData && (from.lie == wrong || from.lie == endless) {
			from.lied[listener{to, to.life}]++
		}
		if frame := from.lie.bend(append([]byte{kind}, payload...)); frame != nil {
			l.out[end].Send(frame)
		}
	}
}

// bend returns the frame that a liar sends instead, nil for none.
func (l lie) bend(frame []byte) []byte {
	if frame[0] != blob.KindData || l == honest {
		return frame
	}
	m, err := blob.DecodeData(frame[1:])
	if err != nil {
		panic(err)
	}
	n, offset, last, b := m.Parts()
	switch l {
	case wrong:
		b = bytes.Clone(b)
		b[len(b)/2] ^= 1
		return append([]byte{blob.KindData}, blob.EncodeData(blob.NewData(n, offset, last, b))...)
	case endless:
		return append([]byte{blob.KindData}, blob.EncodeData(blob.NewData(n, offset, true, make([]byte, blob.PieceMost)))...)
	case refuses:
		return append([]byte{blob.KindNone}, blob.EncodeNumber(n)...)
	case babbles:
		return []byte{blob.KindData, 1, 2, 3}
	default:
		return nil
	}
}

// every plays fn again and again for a while.
func (p *play) every(d, until time.Duration, fn func()) {
	for at := d; at <= until; at += d {
		p.w.After(at, fn)
	}
}

// ticks lets all nodes notice the time, as Due says.
func (p *play) ticks(until time.Duration) {
	p.every(250*time.Millisecond, until, func() {
		for _, h := range p.hosts {
			if _, due := h.node.Due(); h.up && due {
				h.node.Tick(p.w.Now())
				h.pump()
			}
		}
	})
}

// run lets time pass.
func (p *play) run(d time.Duration) {
	p.ticks(d)
	p.w.Run(d)
}

// file makes a file of chunks of the given sizes, in parts if parts is not 0,
// and returns its objects as well, the manifests first.
func file(seed byte, parts int, sizes ...int) (ref blob.Ref, manifests, chunks map[blob.Hash][]byte, content []byte) {
	manifests, chunks = map[blob.Hash][]byte{}, map[blob.Hash][]byte{}
	total := 0
	for _, size := range sizes {
		total += size
	}
	content = random(seed, total)
	var entries []blob.Entry
	rest := content
	for _, size := range sizes {
		chunk := rest[:size]
		rest = rest[size:]
		chunks[blob.HashOf(chunk)] = chunk
		entries = append(entries, blob.Entry{Hash: blob.HashOf(chunk), Size: int64(size)})
	}
	put := func(b []byte) blob.Hash {
		manifests[blob.HashOf(b)] = b
		return blob.HashOf(b)
	}
	leaf := parts == 0
	if !leaf {
		var listed []blob.Entry
		for part := range slices.Chunk(entries, parts) {
			size := int64(0)
			for _, e := range part {
				size += e.Size
			}
			listed = append(listed, blob.Entry{Hash: put(blob.EncodePart(part)), Size: size})
		}
		entries = listed
	}
	ref = blob.Ref{Content: blob.HashOf(content), Size: int64(total)}
	ref.Root = put(blob.EncodeRoot(leaf, ref.Content, entries))
	return ref, manifests, chunks, content
}
