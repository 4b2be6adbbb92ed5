package blob

import (
	"slices"
	"time"
)

// serving is what a peer asks of this device.
type serving struct {
	looks    []Hash // manifests that it asked about and was not answered
	looking  bool   // the store is asked about the first of them
	answers  []has
	refusals []uint32
	watches  []watch // manifests of which it is told news, the oldest first
	wants    []*wish // in the order of its asking
}

type watch struct {
	manifest Hash
	told     time.Time
	stale    bool // there is news
}

// wish is an object that a peer asked for.
type wish struct {
	want
	loading bool
	bytes   []byte // nil until they are loaded
	at      int    // how many of them were sent
}

func (s *serving) stale() bool {
	return slices.ContainsFunc(s.watches, func(w watch) bool { return w.stale })
}

// asked takes in which manifests a peer asks about.
func (n *Node) asked(p *peer, manifests []Hash) {
	for _, h := range manifests {
		if !slices.ContainsFunc(p.watches, func(w watch) bool { return w.manifest == h }) {
			if len(p.watches) == watchMost {
				p.watches = p.watches[1:]
			}
			p.watches = append(p.watches, watch{manifest: h})
		}
		if len(p.looks) < watchMost && !slices.Contains(p.looks, h) {
			p.looks = append(p.looks, h)
		}
	}
	n.answer(p)
}

// answer answers the next question of a peer: what is here of a manifest.
func (n *Node) answer(p *peer) {
	for len(p.looks) > 0 && !p.looking && len(p.answers) < watchMost {
		h := p.looks[0]
		if s := n.working(h); s != nil {
			p.looks = p.looks[1:]
			held := make([]bool, len(s.status))
			for i, st := range s.status {
				held[i] = st == isHere
			}
			n.give(p, h, true, held)
			continue
		}
		p.looking = true
		n.task(Task{what: look, object: h, then: func(r Result, _ time.Time) {
			if n.peers[p.device] != p {
				return
			}
			p.looking = false
			p.looks = p.looks[1:]
			n.give(p, h, r.err == nil && r.bytes != nil, r.held)
			n.answer(p)
		}})
	}
}

// working returns the sheet of a manifest that is worked on, and of which it is
// known what is here.
func (n *Node) working(manifest Hash) *sheet {
	for _, f := range n.order {
		if s := f.top(); s != nil && s.hash == manifest && s.looked && s.known && s.list.leaf {
			return s
		}
	}
	return nil
}

func (n *Node) give(p *peer, manifest Hash, known bool, held []bool) {
	m := has{manifest: manifest}
	switch {
	case !known:
	case slices.Contains(held, false):
		m.state, m.bits = hasSome, bitsOf(held)
	default:
		m.state = hasAll
	}
	p.answers = append(p.answers, m)
	n.wake(p)
}

// Stored tells that a file has been added here: who asked for it is told.
func (n *Node) Stored(ref Ref) { n.news(ref.Root) }

// news notes that more of what a manifest lists is here.
func (n *Node) news(manifest Hash) {
	for _, p := range n.peers {
		for i := range p.watches {
			if p.watches[i].manifest == manifest {
				p.watches[i].stale = true
				n.wake(p)
			}
		}
	}
}

// tell answers anew what there is news of, if the peer was not told just now.
func (n *Node) tell(p *peer, now time.Time) {
	for i := range p.watches {
		w := &p.watches[i]
		if !w.stale || now.Sub(w.told) < tellEvery || slices.Contains(p.looks, w.manifest) || len(p.looks) == watchMost {
			continue
		}
		w.stale, w.told = false, now
		p.looks = append(p.looks, w.manifest)
	}
	n.answer(p)
}

// wanted takes in that a peer wants an object.
func (n *Node) wanted(p *peer, m want) {
	if len(p.wants) == wantsMost {
		if len(p.refusals) < wantsMost {
			p.refusals = append(p.refusals, m.n)
			n.wake(p)
		}
		return
	}
	p.wants = append(p.wants, &wish{want: m})
	n.load(p)
}

// load reads what a peer gets next, as far as there is room, and as it listens to
// what it doesn't get.
func (n *Node) load(p *peer) {
	if len(p.refusals) >= wantsMost {
		return
	}
	for _, w := range p.wants[:min(len(p.wants), loadAhead)] {
		if w.loading || w.bytes != nil || n.loads >= loadsMost {
			continue
		}
		w.loading = true
		n.loads++
		n.task(Task{what: load, object: w.object, then: func(r Result, _ time.Time) {
			w.loading = false
			at := slices.Index(p.wants, w)
			if at < 0 || n.peers[p.device] != p { // cancelled meanwhile
				n.unload()
				return
			}
			n.wake(p)
			if r.err != nil || len(r.bytes) == 0 {
				p.wants = slices.Delete(p.wants, at, at+1)
				p.refusals = append(p.refusals, w.n)
				n.unload()
				n.load(p)
				return
			}
			w.bytes = r.bytes
		}})
	}
}

// unload makes room for what another peer gets.
func (n *Node) unload() {
	n.loads--
	if n.loads == loadsMost-1 {
		n.each(n.load)
	}
}

// piece returns the next piece of what a peer wants.
func (n *Node) piece(p *peer) (data, bool) {
	if len(p.wants) == 0 || p.wants[0].bytes == nil {
		return data{}, false
	}
	w := p.wants[0]
	end := min(w.at+pieceMost, len(w.bytes))
	m := data{n: w.n, offset: uint32(w.at), last: end == len(w.bytes), bytes: w.bytes[w.at:end]}
	w.at = end
	if m.last {
		p.wants = p.wants[1:]
		n.unload()
		n.load(p)
	}
	return m, true
}

// cancelled takes in that a peer does not want an object any more.
func (n *Node) cancelled(p *peer, number uint32) {
	at := slices.IndexFunc(p.wants, func(w *wish) bool { return w.n == number })
	if at < 0 {
		return
	}
	n.discard(p.wants[at])
	p.wants = slices.Delete(p.wants, at, at+1)
	n.load(p)
}

// discard makes room for what is loaded of a wish. What is on its way makes room
// when it comes.
func (n *Node) discard(w *wish) {
	if w.bytes != nil {
		n.unload()
	}
}

func (n *Node) stopServing(p *peer) {
	wants := p.wants
	p.wants = nil
	for _, w := range wants {
		n.discard(w)
	}
}
