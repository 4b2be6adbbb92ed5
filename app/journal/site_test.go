package journal_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"cairn/app/disk"
	"cairn/app/journal"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/noun"
	"cairn/core/oplog"
	"cairn/sync/replica"
	"cairn/sync/wire"
)

// set moves the clock to a time.
func (w *wall) set(now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = now
}

// site is a journal on a folder and its part in the protocol.
type site struct {
	*node
	p      *play
	number int
	rep    *replica.Node
	backup string // a copy of the folder, if one was made
}

func newSite(p *play, n *node) *site {
	s := &site{node: n, p: p, number: len(p.nodes)}
	n.wall = &wall{now: p.now}
	n.config.Now = n.wall.Now
	n.check(n.Close())
	n.open()
	s.begin()
	return s
}

func (s *site) name() string { return fmt.Sprintf("node %d (%s)", s.number, s.Device().Short()) }

// begin starts the protocol anew.
func (s *site) begin() {
	proofs, err := s.Proofs()
	s.check(err)
	s.rep = replica.New(replica.Config{Device: s.Device(), Workspace: s.Workspace(), Store: s.Replica(), Forks: proofs})
}

// flush does what the protocol asks for, and tells it what was written.
func (s *site) flush() {
	for busy := true; busy; {
		busy = false
		for _, a := range s.rep.Appends() {
			stored, err := s.ReceiveSome(s.t.Context(), a.Raw)
			s.rep.Appended(a.ID, stored, err, s.p.now)
			busy = true
		}
		for _, e := range s.rep.Events() {
			s.hear(e)
		}
		select {
		case <-s.Advanced():
			s.rep.Advance(s.Written(), s.p.now)
			busy = true
		default:
		}
	}
}

func (s *site) hear(e replica.Event) {
	switch e.Kind {
	case replica.Leave:
		s.check(s.Leave(s.t.Context(), e.Log))
	case replica.Forked:
		for _, proof := range s.rep.Forks() {
			if proof.Log == e.Log {
				s.node.hear(proof)
			}
		}
	case replica.Ended:
		if errors.Is(e.Err, replica.ErrPeer) {
			s.t.Errorf("%s ended a session with an honest peer: %v", s.name(), e.Err)
		}
	default:
		s.t.Errorf("%s: event %+v", s.name(), e)
	}
}

// say writes a word that nobody has written before, with all kinds of fields.
func (s *site) say() {
	word := fmt.Sprintf("w%d", len(s.p.said))
	err := s.Write(s.t.Context(), func(tx *journal.Tx) error {
		d, err := tx.Doc(s.p.doc)
		if err != nil {
			return err
		}
		changes := []doc.Change{d.Add(tagsField, doc.String(word)), d.Count(countField, 1), d.Put(wordsField, doc.String(word))}
		if s.p.chance(0.5) {
			text, err := d.InsertText(proseField, tx.Log(), s.p.random.IntN(d.TextLen(proseField)+1), word+" ")
			if err != nil {
				return err
			}
			changes = append(changes, text, d.InsertItem(stepsField, s.p.random.IntN(9), doc.String(word), tx.Jitter()))
		}
		for _, c := range changes {
			if err := tx.Apply(d, noun.Requirements.Number, c); err != nil {
				return err
			}
		}
		return nil
	})
	if fault.KindOf(err) == fault.Denied {
		return // was removed, and knows
	}
	s.check(err)
	written := s.Written()
	for log, head := range written.All() {
		if s.Control(log) {
			continue
		}
		raw, err := s.Replica().Batches(log, head.Next-1, 1)
		s.check(err)
		b, err := oplog.Open(raw[0])
		s.check(err)
		if entry, err := doc.Describe(b.Ops[0]); err == nil && entry.Value == doc.String(word) {
			s.p.said = append(s.p.said, saying{word: word, header: b.Header, hash: b.Hash})
		}
	}
	s.flush()
}

// holds reports whether the batch that says something is stored.
func (s *site) holds(what saying) bool {
	raws, err := s.Replica().Batches(what.header.Log, what.header.First, 1)
	s.check(err)
	if len(raws) == 0 {
		return false
	}
	b, err := oplog.Open(raws[0])
	s.check(err)
	return b.Hash == what.hash
}

// off cuts every link of the site and closes its folder; on opens it again.
func (s *site) off(killed bool) {
	for _, l := range slices.Clone(s.p.links) {
		if l.ends[0].site == s || l.ends[1].site == s {
			l.cut(s.p)
		}
	}
	if killed { // documents that were not written out are lost
		s.check(s.disk.Close())
		_ = s.Close()
		return
	}
	s.check(s.Close())
	s.check(s.disk.Close())
}

func (s *site) on() {
	var err error
	s.disk, err = disk.Open(disk.Options{Dir: s.disk.Dir()})
	s.check(err)
	s.open()
	s.begin()
	s.flush()
}

func (s *site) restart(killed bool) {
	s.off(killed)
	s.on()
}

// keep makes a backup: a copy of the folder.
func (s *site) keep() {
	s.off(false)
	s.backup = filepath.Join(s.t.TempDir(), "backup")
	s.check(os.CopyFS(s.backup, os.DirFS(s.disk.Dir())))
	s.on()
}

// restore puts the backup in the place of the folder. Now and then nobody
// notices, and the device goes on in the logs that it wrote to before.
func (s *site) restore() {
	if s.backup == "" {
		return
	}
	var had []int
	for i, what := range s.p.said {
		if what.header.Log.Device == s.Device().Short() && s.holds(what) {
			had = append(had, i)
		}
	}
	s.off(true)
	s.check(os.RemoveAll(s.disk.Dir()))
	s.check(os.CopyFS(s.disk.Dir(), os.DirFS(s.backup)))
	s.on()
	if s.p.chance(0.5) {
		s.check(s.Reincarnate(s.t.Context()))
	}
	for _, i := range had {
		s.p.said[i].undone = s.p.said[i].undone || !s.holds(s.p.said[i])
	}
}

// copy starts a site on a copy of the folder.
func (s *site) copy() *site {
	s.off(false)
	s.on()
	n := copied(s.node)
	s.begin()
	return newSite(s.p, n)
}

// link is a connection between two sites.
type link struct{ ends [2]end }

type end struct {
	site    *site
	session *replica.Session
}

func newLink(p *play, a, b *site) *link {
	l := &link{ends: [2]end{
		{a, a.rep.Connect(b.Device(), p.now)},
		{b, b.rep.Connect(a.Device(), p.now)},
	}}
	return l
}

func (l *link) cut(p *play) {
	for _, e := range l.ends {
		e.session.Close(p.now)
	}
	p.links = slices.DeleteFunc(p.links, func(o *link) bool { return o == l })
}

// carryMost is how many messages go one way in a round.
const carryMost = 20

// carry lets both ends send what they have, as frames, of which some are lost.
func (l *link) carry(p *play) (busy bool) {
	for i, from := range l.ends {
		to := l.ends[1-i]
		for range carryMost {
			m, ok := from.session.Next(p.now)
			if !ok {
				break
			}
			busy = true
			frame := wire.Append(nil, m)
			if p.chance(p.loss) {
				continue
			}
			m, err := wire.Decode(frame)
			to.site.check(err)
			_ = to.session.Receive(m, p.now) // Err says it too
			to.site.flush()
		}
	}
	if l.ends[0].session.Err() != nil || l.ends[1].session.Err() != nil {
		l.cut(p)
	}
	return busy
}
