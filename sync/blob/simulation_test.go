package blob_test

import (
	"bytes"
	"errors"
	"flag"
	"maps"
	"slices"
	"testing"
	"time"

	"cairn/sync/blob"
	"cairn/sync/simnet"
)

var (
	simSeed  = flag.Uint64("sim.seed", 1, "the first seed of the simulations")
	simSeeds = flag.Uint64("sim.seeds", 100, "how many seeds the simulations play")
)

// TestFilesSimulation plays teams that exchange files on bad networks. Frames
// are lost, repeated and late, connections end, programs are killed, disks are
// full, devices vanish, and some lie. When all that is over, everybody who wants
// a file that those who are there and honest have together has it; nothing was
// kept that is not what its name says; and nobody has held more than its limits.
func TestFilesSimulation(t *testing.T) {
	for seed := *simSeed; seed < *simSeed+*simSeeds; seed++ {
		p := newPlay(t, seed)
		s := newStory(p)
		s.trouble(seed)
		if p.failure == "" {
			s.check()
			s.drain()
		}
		if p.failure != "" {
			t.Errorf("seed %d: %s\nreplay: go test ./sync/blob -run '^%s$' -sim.seed=%d -sim.seeds=1", seed, p.failure, t.Name(), seed)
		}
	}
}

// story is a play with files.
type story struct {
	*play
	files   []blob.Ref
	content map[blob.Hash][]byte      // by root
	objects map[blob.Hash][]blob.Hash // of a file, by root
}

func newStory(p *play) *story {
	return &story{play: p, content: map[blob.Hash][]byte{}, objects: map[blob.Hash][]blob.Hash{}}
}

// Without that, a failure could not be played again.
func TestTheSameSeedIsTheSameStory(t *testing.T) {
	tell := func(seed uint64) (frames [][]byte) {
		p := newPlay(t, seed)
		p.spy = func(from, to *host, kind byte, payload []byte) {
			frames = append(frames, append([]byte{from.device[0], to.device[0], kind}, payload[:min(len(payload), 8)]...))
		}
		newStory(p).trouble(seed)
		return frames
	}
	for seed := range uint64(5) {
		a, b := tell(seed), tell(seed)
		if len(a) == 0 || !slices.EqualFunc(a, b, bytes.Equal) {
			t.Errorf("seed %d sends %d frames, and then %d others", seed, len(a), len(b))
		}
	}
}

const (
	troubled = 30 * time.Second
	healing  = 4 * time.Minute
)

func (s *story) trouble(seed uint64) {
	r := s.w.Rand
	for i := range 3 + int(seed%4) {
		l := honest
		if i > 1 && s.w.Chance(0.3) {
			l = 1 + lie(r.IntN(int(lies)-1))
		}
		s.host(l)
	}
	s.work = s.w.Between(0, 50*time.Millisecond)
	s.faults = simnet.Faults{Delay: s.w.Between(0, 40*time.Millisecond), Jitter: s.w.Between(0, 20*time.Millisecond), Ordered: seed%2 == 0}
	if s.w.Chance(0.5) {
		s.faults.Loss, s.faults.Repeat = r.Float64()*0.2, r.Float64()*0.1
	}
	if s.w.Chance(0.2) {
		s.faults.Rate = 200_000
	}
	for i := range 1 + r.IntN(12) {
		s.spread(byte(seed), byte(i))
	}
	s.every(time.Second, troubled+healing, s.dial)
	s.every(3*time.Second, troubled, s.mishap)
	s.run(troubled)
	s.heal()
	s.run(healing)
}

// spread makes a file, has some hosts hold it or some of it, and others want it.
func (s *story) spread(seed, i byte) {
	r := s.w.Rand
	sizes := make([]int, r.IntN(20))
	for k := range sizes {
		sizes[k] = 1 + r.IntN(20_000)
		if s.w.Chance(0.1) {
			sizes[k] = 100_000 + r.IntN(300_000)
		}
	}
	parts := 0
	if s.w.Chance(0.3) {
		parts = 1 + r.IntN(5)
	}
	ref, manifests, chunks, content := file(seed+7*i, parts, sizes...)
	if _, same := s.content[ref.Root]; same {
		return
	}
	s.files = append(s.files, ref)
	s.content[ref.Root] = content
	for _, objects := range []map[blob.Hash][]byte{manifests, chunks} {
		for h := range maps.Keys(objects) {
			s.objects[ref.Root] = append(s.objects[ref.Root], h)
		}
	}
	for _, h := range s.hosts {
		switch {
		case h.lie != honest || s.w.Chance(0.3):
			maps.Copy(h.store.objects, manifests)
			maps.Copy(h.store.objects, chunks)
		case s.w.Chance(0.4):
			maps.Copy(h.store.objects, manifests)
			rest := content
			for _, size := range sizes { // in an order that is always the same
				if chunk := rest[:size]; s.w.Chance(0.5) {
					h.store.objects[blob.HashOf(chunk)] = chunk
				}
				rest = rest[size:]
			}
		}
		if s.w.Chance(0.6) {
			h.wanted = append(h.wanted, ref)
			s.w.After(s.w.Between(0, 10*time.Second), func() {
				if h.up {
					h.want(ref)
				}
			})
		}
	}
}

// dial connects who is not connected.
func (s *story) dial() {
	for i, a := range s.hosts {
		for _, b := range s.hosts[:i] {
			if a.up && b.up && !s.connected(a, b) && s.w.Chance(0.7) {
				s.connect(b, a)
			}
		}
	}
}

func (s *story) connected(a, b *host) bool {
	for _, l := range s.links {
		if l.up && (l.ends == [2]*host{a, b} || l.ends == [2]*host{b, a}) {
			return true
		}
	}
	return false
}

func (s *story) mishap() {
	r := s.w.Rand
	h := s.hosts[r.IntN(len(s.hosts))]
	switch r.IntN(5) {
	case 0:
		if h.up {
			h.stop()
			s.w.After(s.w.Between(0, 5*time.Second), func() {
				if !h.up && !h.gone() {
					h.start()
				}
			})
		}
	case 1:
		if len(s.links) > 0 {
			s.links[r.IntN(len(s.links))].close()
		}
	case 2:
		if len(s.links) > 0 {
			l := s.links[r.IntN(len(s.links))]
			l.out[r.IntN(2)].Cut(true) // half of it is dead, and nobody knows
			s.w.After(s.w.Between(0, 12*time.Second), l.close)
		}
	case 3:
		h.store.refuse = errors.New("no room")
		s.w.After(s.w.Between(0, 10*time.Second), func() { h.store.refuse = nil })
	case 4:
		if h.up && s.w.Chance(0.3) && h != s.hosts[0] {
			h.stop()
			h.life = -1 // for ever
		}
	}
}

func (h *host) gone() bool { return h.life < 0 }

func (s *story) heal() {
	s.faults.Loss, s.faults.Repeat, s.faults.Rate, s.faults.Ordered = 0, 0, 0, true
	for _, h := range s.hosts {
		h.store.refuse = nil
		if !h.up && !h.gone() {
			h.start()
		}
	}
	for _, l := range s.links {
		for _, out := range l.out {
			out.Set(s.faults)
		}
	}
}

func (s *story) check() {
	for _, h := range s.hosts {
		for to, times := range h.lied {
			// What is on its way when the first comes may be wrong as well.
			if most := 2 * blob.FlightsMost * len(s.files); times > most {
				s.fail("host %d took wrong bytes %d times in one life, of %d files", to.device[0], times, len(s.files))
			}
		}
	}
	for _, ref := range s.files {
		there := s.there(ref)
		for _, h := range s.hosts {
			if !h.up {
				continue
			}
			content, here := h.store.joined[ref.Root]
			if here && !bytes.Equal(content, s.content[ref.Root]) {
				s.fail("host %d has another content of %s", h.device[0], ref.Root)
			}
			if wants := h.wants(ref); wants && there && !here {
				progress, _ := h.node.Progress(ref.Root)
				s.fail("host %d lacks %s of %d objects, which others have: %+v", h.device[0], ref.Root, len(s.objects[ref.Root]), progress)
			}
		}
	}
}

func (h *host) wants(ref blob.Ref) bool { return slices.Contains(h.wanted, ref) }

// drain ends all connections, and what was to be done: nothing is held then.
func (s *story) drain() {
	for _, h := range s.hosts {
		if h.up && h.idle() && h.node.Burden().Pool != 0 {
			s.fail("host %d has all that it wants, and holds %+v", h.device[0], h.node.Burden())
		}
	}
	for _, l := range s.links {
		l.close()
	}
	s.w.Run(time.Minute)
	for _, h := range s.hosts {
		if b := h.node.Burden(); h.up && (b.Pool != 0 || b.Loads != 0) {
			s.fail("host %d is connected to nobody, and holds %+v", h.device[0], b)
		}
	}
}

// idle reports whether nothing is fetched.
func (h *host) idle() bool {
	for _, ref := range h.wanted {
		if _, fetching := h.node.Progress(ref.Root); fetching {
			return false
		}
	}
	return true
}

// there reports whether honest hosts that are up have all of a file together.
func (s *story) there(ref blob.Ref) bool {
	for _, object := range s.objects[ref.Root] {
		found := false
		for _, h := range s.hosts {
			_, here := h.store.objects[object]
			found = found || here && h.up && h.lie == honest
		}
		if !found {
			return false
		}
	}
	return true
}
