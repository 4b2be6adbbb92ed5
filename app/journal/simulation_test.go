package journal_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

var (
	simSeed  = flag.Uint64("sim.seed", 1, "the first seed of the simulations")
	simSeeds = flag.Uint64("sim.seeds", 6, "how many seeds the simulations play")
)

const (
	// troubledSteps is how long things go wrong, in steps of about a second.
	troubledSteps = 80
	// tick is a round of messages.
	tick = 100 * time.Millisecond
	// quietRounds is how long nothing may be missing anywhere before a play ends,
	// and healingRounds how long it may take: some minutes.
	quietRounds, healingRounds = 100, 4000
	// lossMost is the share of messages that are lost while things go wrong.
	lossMost  = 0.2
	nodesMost = 6
)

// TestReplicationSimulation plays journals on real folders that replicate with
// each other, message by message. People edit; messages are lost and links
// come and go; processes are killed; folders are copied and both written to, or
// replaced by a backup, noticed or not; somebody is removed. In the end all hold
// the same, what was acknowledged is there, and every folder is sound.
func TestReplicationSimulation(t *testing.T) {
	for seed := *simSeed; seed < *simSeed+*simSeeds; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Cleanup(func() {
				if t.Failed() {
					t.Logf("replay: go test ./app/journal -run '^TestReplicationSimulation$' -sim.seed=%d -sim.seeds=1", seed)
				}
			})
			newPlay(t, seed).run()
		})
	}
}

// play is one seed.
type play struct {
	t       *testing.T
	random  *rand.Rand
	now     time.Time
	nodes   []*site
	links   []*link
	loss    float64
	doc     id.Doc
	said    []saying
	removed map[id.Device]bool
	admits  int
}

// saying is a word that somebody wrote and was told is safe.
type saying struct {
	word   string
	header oplog.Header
	hash   oplog.Hash
	undone bool // a folder of its author was replaced by a backup without it
}

func newPlay(t *testing.T, seed uint64) *play {
	p := &play{t: t, random: rand.New(rand.NewPCG(seed, 3)), now: nine, removed: map[id.Device]bool{}}
	ada := found(t, 1)
	p.doc = ada.create("base")
	team := []*node{ada, join(t, 2, ada, member.Admin), join(t, 3, ada, member.Contributor), join(t, 4, ada, member.Contributor)}
	for _, n := range team {
		n.pull(ada)
		p.nodes = append(p.nodes, newSite(p, n))
	}
	p.loss = p.random.Float64() * lossMost
	return p
}

func (p *play) run() {
	for range troubledSteps {
		p.step()
		for range 1 + p.random.IntN(10) {
			p.round()
		}
	}
	p.heal()
	p.check()
}

// chance reports whether something happens that does with probability q.
func (p *play) chance(q float64) bool { return p.random.Float64() < q }

func (p *play) any() *site { return p.nodes[p.random.IntN(len(p.nodes))] }

// step lets one thing happen.
func (p *play) step() {
	n := p.any()
	switch p.random.IntN(24) {
	case 0, 1:
		n.restart(true)
	case 2:
		n.restart(false)
	case 3, 4:
		n.keep()
	case 5:
		n.restore()
	case 6:
		if len(p.nodes) < nodesMost {
			p.nodes = append(p.nodes, n.copy())
		}
	case 7:
		p.remove()
	case 8:
		p.admit(n)
	case 9, 10, 11, 12:
		p.connect(n, p.any())
	case 13, 14:
		if len(p.links) > 0 {
			p.links[p.random.IntN(len(p.links))].cut(p)
		}
	default:
		n.say()
	}
}

// remove has the founder remove the last who joined, once.
func (p *play) remove() {
	by, who := p.nodes[0], p.nodes[3]
	if len(p.removed) > 0 || p.chance(0.5) {
		return
	}
	p.removed[who.Device()] = true
	var cut []oplog.Dep
	for log, head := range by.Heads().All() {
		if log.Device == who.Device().Short() && !by.Control(log) {
			cut = append(cut, oplog.Dep{Log: log, Next: head.Next})
		}
	}
	by.act(member.RemoveDevice{Device: who.Device(), Cut: cut})
	by.flush()
}

// admit has an administrator make a new member, whom others may hear of.
func (p *play) admit(by *site) {
	if p.nodes[0].person != by.person && p.nodes[1].person != by.person {
		return
	}
	p.admits++
	by.act(member.AddPerson{Person: id.Person{13: 1, 15: byte(p.admits)}, Role: member.Viewer})
	by.flush()
}

// connect joins two who are not of one device, unless they are joined.
func (p *play) connect(a, b *site) {
	joined := slices.ContainsFunc(p.links, func(l *link) bool {
		return l.ends[0].site == a && l.ends[1].site == b || l.ends[0].site == b && l.ends[1].site == a
	})
	if a.Device() == b.Device() || joined {
		return
	}
	p.links = append(p.links, newLink(p, a, b))
}

// round lets every link carry some messages and time go on.
func (p *play) round() (busy bool) {
	p.now = p.now.Add(tick)
	for _, n := range p.nodes {
		n.wall.set(p.now)
		n.rep.Tick(p.now)
		n.flush()
	}
	for _, l := range slices.Clone(p.links) {
		busy = l.carry(p) || busy
	}
	return busy
}

// heal joins everybody and plays until nothing is missing for a while.
func (p *play) heal() {
	p.loss = 0
	quiet := 0
	for range healingRounds {
		for i, a := range p.nodes {
			for _, b := range p.nodes[i+1:] {
				p.connect(a, b)
			}
		}
		p.round()
		if quiet++; !p.settled() {
			quiet = 0
		}
		if quiet == quietRounds {
			return
		}
	}
	for _, n := range p.nodes {
		p.t.Logf("%s offers %v, waits %v, forks %v", n.name(), n.rep.Offers().Digest(), n.Stalls(), n.Forks())
	}
	p.t.Fatal("the replicas do not come to rest")
}

func (p *play) settled() bool {
	want := p.nodes[0].rep.Offers().Digest()
	for _, n := range p.nodes {
		if p.removed[n.Device()] {
			continue
		}
		if n.rep.Offers().Digest() != want || len(n.Stalls()) > 0 {
			return false
		}
	}
	return true
}

// check fails the test unless all who may hold the same, and all that was
// acknowledged.
func (p *play) check() {
	first := p.nodes[0]
	for _, n := range p.nodes {
		n.sound()
		if p.removed[n.Device()] {
			continue
		}
		if a, b := first.stats(), n.stats(); a.Hash != b.Hash {
			p.t.Errorf("%s holds state %.4x, %s %.4x", first.name(), a.Hash, n.name(), b.Hash)
			p.t.Logf("forks: %v and %v", first.Forks(), n.Forks())
		}
		if a, b := first.Members().Persons(), n.Members().Persons(); !slices.Equal(a, b) {
			p.t.Errorf("%s and %s know other people: %v, %v", first.name(), n.name(), a, b)
		}
	}
	d, err := first.Doc(p.doc)
	first.check(err)
	there := map[string]bool{}
	for _, v := range d.Set(tagsField) {
		word, _ := v.AsString()
		there[word] = true
	}
	kept := 0
	for _, s := range p.said {
		if !there[s.word] && !p.excused(s) {
			p.t.Errorf("%q, written as %v/%d, is gone; forks %v", s.word, s.header.Log, s.header.First, first.Forks())
		}
		if there[s.word] {
			kept++
		}
	}
	p.t.Logf("%d nodes, %d of %d words, %d forks", len(p.nodes), kept, len(p.said), len(first.Forks()))
	if d.Counter(countField) < int64(kept) {
		p.t.Errorf("the counter is at %d, %d words are there", d.Counter(countField), kept)
	}
}

// excused reports whether what was said may be missing: its author had no right
// to it or can't write it again; its author's folder lost it, and nobody who is
// asked has it; or it lies behind a fork, and no folder of its author has that
// branch any more.
func (p *play) excused(s saying) bool {
	first := p.nodes[0]
	device, _ := first.Members().Device(s.header.Log.Device)
	if first.Members().MayWrite(s.header) != nil || device.Removed && !first.holds(s) {
		return true
	}
	limit, forked := first.Forks()[s.header.Log]
	forked = forked && s.header.End() > limit
	has := func(n *site) bool {
		return !p.removed[n.Device()] && n.holds(s) && (!forked || n.Device().Short() == s.header.Log.Device)
	}
	return (forked || s.undone) && !slices.ContainsFunc(p.nodes, has)
}
