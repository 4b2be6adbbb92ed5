package blob

import (
	"fmt"
	"slices"
	"time"

	"cairn/core/id"
)

// How much a Node asks for and answers, and how long it waits.
const (
	// flightsMost is how many objects are asked of a peer at once: with chunks of
	// average size 2 MiB, which bridges 20 ms at a hundred megabytes per second.
	flightsMost = 8
	// poolMost is how many bytes are on their way from all peers, or to the disk.
	poolMost = 64 << 20
	// peersMost is how many peers are talked to.
	peersMost = 256
	// activeMost is how many files are fetched at once; others wait.
	activeMost = 8
	// waitingMost is how many files can be wanted.
	waitingMost = 1 << 16

	// wantsMost is how many wants of a peer are remembered: those that it may
	// have on their way, and as many that it has cancelled and that cross.
	wantsMost = 2 * flightsMost
	// watchMost is about how many manifests a peer is told news.
	watchMost = asksMost
	// loadsMost is how many objects for peers are in memory at once, and
	// loadAhead how many for one.
	loadsMost = 32
	loadAhead = 2

	// silence is how long a peer may send nothing of what was asked of it, and
	// stuck how long one object may.
	silence = 5 * time.Second
	stuck   = time.Minute
	// slow is how long an object may take until it is asked of another peer too,
	// if there is nothing else to ask of that.
	slow = 3 * time.Second
	// rest is how long a silent peer is not asked. It doubles each time up to
	// restMost, and ends when an object has come.
	rest     = time.Second
	restMost = time.Minute
	// askAgain is after how long a peer that did not answer is asked again what it
	// has, and askLater one that did not have all.
	askAgain = 5 * time.Second
	askLater = 30 * time.Second
	// tellEvery is how often a peer is told at most what has come here.
	tellEvery = 250 * time.Millisecond
	// pause is how long nothing of a file is asked for after the store failed.
	pause = 10 * time.Second

	// beat is how often Tick is to be called when something is on its way.
	beat = 250 * time.Millisecond
)

// Config is what a Node stands on.
type Config struct {
	Device id.Device // this one
	// Auto is the size in bytes up to which files are fetched that Refer is told
	// of; others are when Fetch is.
	Auto int64
}

// Node is this device's part in exchanging files. It is not safe for concurrent
// use. After any call the caller does what Tasks returns, in any order, hands
// the results to Done, and asks Next of the peers that Wakes names for as long as
// they take frames; when nothing happens, it calls Tick when Due says.
//
// The times that it is told must not go back.
type Node struct {
	Config
	peers   map[id.Device]*peer
	fetches map[Hash]*fetch // by root
	order   []*fetch        // in which they were wanted, urgent ones first
	active  int             // how many of them are fetched now
	pool    int64           // bytes that were asked for or are to be kept
	loads   int             // objects for peers, in memory or on their way there
	turns   uint64          // how often Progress may have changed
	tasks   []Task
	wakes   map[id.Device]bool
}

// peer is a device that is connected.
type peer struct {
	device  id.Device
	flights map[uint32]*flight // what is asked of it, by number
	serial  uint32             // the last number
	moved   time.Time          // when something of it came, or was asked for after nothing was
	resting time.Time          // it is not asked until then
	tired   time.Duration      // how long it rests next
	asks    []Hash             // about manifests, to be sent
	cancels []uint32           // to be sent
	serving
}

// NewNode returns a Node that wants nothing.
func NewNode(c Config) *Node {
	return &Node{Config: c, peers: map[id.Device]*peer{}, fetches: map[Hash]*fetch{}, wakes: map[id.Device]bool{}}
}

// Tasks returns what is to be done with the store. Each is returned once.
func (n *Node) Tasks() []Task {
	tasks := n.tasks
	n.tasks = nil
	return tasks
}

// Done tells what came of a task.
func (n *Node) Done(t Task, r Result, now time.Time) { t.then(r, now) }

func (n *Node) task(t Task) { n.tasks = append(n.tasks, t) }

// Wakes returns which peers Next may have something for. Each is returned once.
func (n *Node) Wakes() []id.Device {
	devices := make([]id.Device, 0, len(n.wakes))
	for d := range n.wakes {
		devices = append(devices, d)
	}
	clear(n.wakes)
	slices.SortFunc(devices, func(a, b id.Device) int { return slices.Compare(a[:], b[:]) })
	return devices
}

func (n *Node) wake(p *peer) { n.wakes[p.device] = true }

func (n *Node) wakeAll() {
	for _, p := range n.peers {
		n.wake(p)
	}
}

// each calls visit with every peer, in an order that is always the same.
func (n *Node) each(visit func(*peer)) {
	all := make([]*peer, 0, len(n.peers))
	for _, p := range n.peers {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *peer) int { return slices.Compare(a.device[:], b.device[:]) })
	for _, p := range all {
		visit(p)
	}
}

// Connect begins to exchange files with a peer.
func (n *Node) Connect(device id.Device, now time.Time) {
	if len(n.peers) >= peersMost || n.peers[device] != nil {
		return
	}
	p := &peer{device: device, flights: map[uint32]*flight{}, moved: now, tired: rest}
	n.peers[device] = p
	for _, f := range n.order {
		if s := f.top(); s != nil && s.looked && !f.banned[device] {
			n.ask(p, s, now)
		}
	}
	n.wake(p)
}

// Disconnect forgets a peer. What was on its way is asked of others.
func (n *Node) Disconnect(device id.Device) {
	p := n.peers[device]
	if p == nil {
		return
	}
	for _, fl := range p.flights {
		n.drop(p, fl)
	}
	delete(n.peers, device)
	delete(n.wakes, device)
	n.stopServing(p)
	for _, f := range n.order {
		for _, s := range f.sheets {
			s.forget(device)
		}
	}
	n.wakeAll()
}

// Receive takes in a frame. The error wraps ErrMalformed; no correct peer causes
// one.
func (n *Node) Receive(device id.Device, kind byte, payload []byte, now time.Time) error {
	p := n.peers[device]
	if p == nil {
		return nil
	}
	switch kind {
	case kindAsk:
		hashes, err := decodeAsk(payload)
		if err != nil {
			return err
		}
		n.asked(p, hashes)
	case kindHas:
		m, err := decodeHas(payload)
		if err != nil {
			return err
		}
		n.heard(p, m, now)
	case kindWant:
		m, err := decodeWant(payload)
		if err != nil {
			return err
		}
		n.wanted(p, m)
	case kindData:
		m, err := decodeData(payload)
		if err != nil {
			return err
		}
		n.came(p, m, now)
	case kindNone, kindCancel:
		number, err := decodeNumber(payload)
		if err != nil {
			return err
		}
		if kind == kindNone {
			n.refused(p, number)
		} else {
			n.cancelled(p, number)
		}
	}
	return nil // other kinds are of a later version
}

// Next returns the next frame to a peer, false if there is none now.
func (n *Node) Next(device id.Device, now time.Time) (kind byte, payload []byte, ok bool) {
	p := n.peers[device]
	if p == nil {
		return 0, nil, false
	}
	n.tell(p, now)
	switch {
	case len(p.answers) > 0:
		m := p.answers[0]
		p.answers = p.answers[1:]
		return kindHas, encodeHas(m), true
	case len(p.cancels) > 0:
		number := p.cancels[0]
		p.cancels = p.cancels[1:]
		return kindCancel, encodeNumber(number), true
	case len(p.refusals) > 0:
		number := p.refusals[0]
		p.refusals = p.refusals[1:]
		n.load(p)
		return kindNone, encodeNumber(number), true
	case len(p.asks) > 0:
		hashes := p.asks[:min(len(p.asks), asksMost)]
		p.asks = p.asks[len(hashes):]
		return kindAsk, encodeAsk(hashes), true
	}
	if fl := n.pick(p, now); fl != nil {
		return kindWant, encodeWant(want{fl.number, fl.hash}), true
	}
	if m, ok := n.piece(p); ok {
		return kindData, encodeData(m), true
	}
	return 0, nil, false
}

// Due returns when Tick is to be called, in how long from now, false if nothing
// is to be done until something happens.
func (n *Node) Due() (time.Duration, bool) {
	for _, p := range n.peers {
		if len(p.flights) > 0 || p.stale() {
			return beat, true
		}
	}
	return time.Second, n.active > 0
}

// Tick does what is due.
func (n *Node) Tick(now time.Time) {
	n.each(func(p *peer) {
		n.miss(p, now)
		n.wake(p)
	})
	for _, f := range n.order {
		if s := f.top(); s != nil && s.looked {
			n.askAll(f, s, now)
		}
	}
}

// miss gives up what a peer was asked for and does not send.
func (n *Node) miss(p *peer, now time.Time) {
	silent := len(p.flights) > 0 && now.Sub(p.moved) > silence
	if silent {
		p.resting = now.Add(p.tired)
		p.tired = min(2*p.tired, restMost)
	}
	gone := false
	for number, fl := range p.flights {
		if silent || now.Sub(fl.moved) > stuck {
			p.cancels = append(p.cancels, number)
			n.drop(p, fl)
			gone = true
		}
	}
	slices.Sort(p.cancels)
	if gone {
		n.wakeAll()
	}
}

// check refuses a Ref that no file has.
func (r Ref) check() error {
	if r.Size < 0 || r.Size > SizeMost {
		return fmt.Errorf("a file of %d bytes: %w", r.Size, errTooMany)
	}
	return nil
}
