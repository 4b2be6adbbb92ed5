package blob

import (
	"encoding/binary"
	"slices"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
)

// Progress is how far the fetch of a file is.
type Progress struct {
	Done, Total int64 // bytes of content; while it begins, what is here is being counted
	Waiting     bool  // for other files
	Sources     int   // devices that something of it is asked of now
	Err         error // why it has stopped: for a while if the disk refused it, else for good
}

// fetch is a file that is wanted.
type fetch struct {
	ref     Ref
	urgent  bool
	started bool
	sheets  []*sheet // from the root to the one that is worked on
	banned  map[id.Device]bool
	done    int64
	paused  time.Time
	err     error
	failed  bool // for good
}

// sheet is a manifest, and how far what it lists has come.
type sheet struct {
	hash    Hash
	size    int64 // of what it lists
	looked  bool  // it is known what of it is here
	known   bool  // the manifest itself is
	asked   int   // how often the manifest is asked for now
	keeping bool  // the manifest is on its way to the disk
	list    manifest
	status  []status
	missing int           // entries that are not kept
	twins   map[int][]int // entry → those after it that are the same object
	child   int           // of one that lists manifests: the next
	holders map[id.Device]*holder
	rare    []uint16 // how many holders each entry has; nil when to be counted anew
}

// status of an entry: how many peers are asked for it, or what has come of it.
type status uint8

const (
	isTwin    status = 0xfd // it is the same object as an entry before it
	isKeeping status = 0xfe // it is on its way to the disk
	isHere    status = 0xff
)

// holder is what a peer has of a sheet.
type holder struct {
	state state
	bits  bits
	again time.Time // when it is asked
}

func (h *holder) has(i int) bool { return h.state == hasAll || h.state == hasSome && h.bits.has(i) }

// top returns the sheet that is worked on, nil if there is none.
func (f *fetch) top() *sheet {
	if len(f.sheets) == 0 {
		return nil
	}
	return f.sheets[len(f.sheets)-1]
}

func (s *sheet) forget(device id.Device) {
	delete(s.holders, device)
	s.rare = nil
}

// Refer tells of a file that a document refers to and that is not here. It is
// fetched if it is small.
func (n *Node) Refer(ref Ref) error {
	if ref.Size > n.Auto {
		return ref.check()
	}
	return n.want(ref, false)
}

// Fetch fetches a file, before all that only Refer was told of. What has failed
// is begun anew.
func (n *Node) Fetch(ref Ref) error { return n.want(ref, true) }

func (n *Node) want(ref Ref, urgent bool) error {
	if err := ref.check(); err != nil {
		return err
	}
	if f := n.fetches[ref.Root]; f != nil {
		if !f.failed && f.ref == ref && (f.urgent || !urgent || f.started) {
			return nil
		}
		n.Cancel(ref.Root)
	}
	if len(n.fetches) >= waitingMost {
		return fault.New(fault.Full, "Too many files wait to be fetched.", "Wait until some have come, or fetch fewer at once.")
	}
	n.turns++
	f := &fetch{ref: ref, urgent: urgent, banned: map[id.Device]bool{}}
	n.fetches[ref.Root] = f
	at := len(n.order)
	if urgent {
		at = slices.IndexFunc(n.order, func(o *fetch) bool { return !o.urgent })
		if at < 0 {
			at = len(n.order)
		}
	}
	n.order = slices.Insert(n.order, at, f)
	n.start()
	return nil
}

// Cancel gives up the fetch of a file. What has come of it stays.
func (n *Node) Cancel(root Hash) {
	f := n.fetches[root]
	if f == nil {
		return
	}
	n.turns++
	n.end(f)
	delete(n.fetches, root)
	n.start()
}

// end takes f out of what is worked on.
func (n *Node) end(f *fetch) {
	n.each(func(p *peer) { n.dropAll(p, f) })
	if f.started {
		n.active--
	}
	f.started, f.sheets = false, nil
	n.order = slices.DeleteFunc(n.order, func(o *fetch) bool { return o == f })
}

// fail ends f for good. It stays until it is cancelled or fetched anew.
func (n *Node) fail(f *fetch, err error) {
	n.turns++
	f.err, f.failed = err, true
	n.end(f)
	n.start()
}

// Progress returns how far a file is, false if it is not being fetched: it
// never was, or it is here.
func (n *Node) Progress(root Hash) (Progress, bool) {
	f := n.fetches[root]
	if f == nil {
		return Progress{}, false
	}
	p := Progress{Done: f.done, Total: f.ref.Size, Waiting: !f.started && !f.failed, Err: f.err}
	for _, o := range n.peers {
		for _, fl := range o.flights {
			if fl.fetch == f {
				p.Sources++
				break
			}
		}
	}
	return p, true
}

// start begins what waits, as long as there is room.
func (n *Node) start() {
	for _, f := range n.order {
		if n.active >= activeMost {
			return
		}
		if !f.started {
			f.started = true
			n.active++
			n.push(f, Entry{f.ref.Root, f.ref.Size})
		}
	}
}

// push makes the manifest e what is worked on.
func (n *Node) push(f *fetch, e Entry) {
	s := &sheet{hash: e.Hash, size: e.Size, holders: map[id.Device]*holder{}}
	f.sheets = append(f.sheets, s)
	n.look(f, s)
}

// look finds out what of a sheet is here.
func (n *Node) look(f *fetch, s *sheet) {
	n.task(Task{what: look, object: s.hash, then: func(r Result, now time.Time) {
		if f.top() != s {
			return
		}
		s.looked = true
		if r.err != nil {
			n.refuse(f, r.err, now)
		}
		if r.bytes != nil && !n.list(f, s, r.bytes, r.held) {
			return
		}
		n.askAll(f, s, now)
		n.advance(f)
	}})
}

// list takes the manifest of a sheet, and what of it is held. It reports whether
// the fetch goes on.
func (n *Node) list(f *fetch, s *sheet, b []byte, held []bool) bool {
	var err error
	if s == f.sheets[0] {
		s.list, err = decodeRoot(b, f.ref)
	} else {
		s.list, err = decodePart(b, s.size)
	}
	if err != nil {
		n.fail(f, wrong(err))
		return false
	}
	s.known, s.status, s.missing = true, make([]status, len(s.list.entries)), len(s.list.entries)
	s.twins = map[int][]int{}
	if !s.list.leaf {
		return true // each is looked at when it is its turn
	}
	first := map[Hash]int{}
	for i, e := range s.list.entries {
		at, seen := first[e.Hash]
		switch {
		case held[i]:
			s.here(f, i)
		case seen:
			s.status[i] = isTwin
			s.twins[at] = append(s.twins[at], i)
		default:
			first[e.Hash] = i
		}
	}
	return true
}

// here notes that an entry is kept.
func (s *sheet) here(f *fetch, i int) {
	s.status[i] = isHere
	s.missing--
	f.done += s.list.entries[i].Size
}

func wrong(err error) error {
	return fault.Wrap(err, fault.Damaged, "The file is not what its name says: whoever added it made a mistake.", "Ask them to add it again.")
}

// refuse pauses a fetch after the store failed.
func (n *Node) refuse(f *fetch, err error, now time.Time) {
	n.turns++
	f.err, f.paused = err, now.Add(pause)
}

// advance goes on to the next sheet when one is whole, and joins the file when
// all are.
func (n *Node) advance(f *fetch) {
	for s := f.top(); s != nil && s.looked && s.known; s = f.top() {
		if s.list.leaf && s.missing > 0 {
			n.wakeAll()
			return
		}
		if !s.list.leaf && s.child < len(s.list.entries) {
			s.child++
			n.push(f, s.list.entries[s.child-1])
			return
		}
		n.news(s.hash)
		if len(f.sheets) == 1 {
			n.join(f)
			return
		}
		f.sheets = f.sheets[:len(f.sheets)-1]
	}
}

func (n *Node) join(f *fetch) {
	f.sheets = nil
	n.task(Task{what: join, ref: f.ref, then: func(r Result, _ time.Time) {
		switch {
		case n.fetches[f.ref.Root] != f:
		case r.err == nil:
			n.Cancel(f.ref.Root)
		case isManifestError(r.err):
			n.fail(f, wrong(r.err))
		default:
			n.fail(f, r.err)
		}
	}})
}

func (n *Node) askAll(f *fetch, s *sheet, now time.Time) {
	n.each(func(p *peer) {
		if !f.banned[p.device] {
			n.ask(p, s, now)
		}
	})
}

// ask asks a peer what it has of a sheet, unless it has answered or was asked
// not long ago.
func (n *Node) ask(p *peer, s *sheet, now time.Time) {
	h := s.holders[p.device]
	if h == nil {
		h = &holder{}
		s.holders[p.device] = h
	}
	if h.state == hasAll || now.Before(h.again) {
		return
	}
	h.again = now.Add(askAgain)
	if !slices.Contains(p.asks, s.hash) {
		p.asks = append(p.asks, s.hash)
	}
	n.wake(p)
}

// heard takes in what a peer has.
func (n *Node) heard(p *peer, m has, now time.Time) {
	for _, f := range n.order {
		s := f.top()
		if s == nil || s.hash != m.manifest || f.banned[p.device] {
			continue
		}
		h := s.holders[p.device]
		if h == nil {
			continue // it was not asked
		}
		h.state, h.bits, h.again = m.state, slices.Clone(m.bits), now.Add(askLater)
		s.rare = nil
		n.wake(p)
	}
}

// rarity returns how many holders each entry of s has.
func (s *sheet) rarity() []uint16 {
	if s.rare == nil {
		s.rare = make([]uint16, len(s.list.entries))
		for _, h := range s.holders {
			for i := range s.rare {
				if h.has(i) {
					s.rare[i]++
				}
			}
		}
	}
	return s.rare
}

// first returns where the entries of a sheet begin for this device, so that
// those who begin together fetch different ones first, and can help each other.
func (n *Node) first(s *sheet) int {
	return int(binary.BigEndian.Uint64(n.Device[:8]) % uint64(max(len(s.list.entries), 1)))
}
