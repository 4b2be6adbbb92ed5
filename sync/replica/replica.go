// Package replica is how devices come to hold the same logs: a protocol
// without I/O. A Node keeps one Session for every connected peer. It is told
// what arrived and what time it is, and says what to send and what to store;
// it starts no goroutine and reads no clock, so that a test can play every
// order of events, and the same events always lead to the same answers.
//
// # How it goes
//
// Logs have no gaps, so a vector of heads says exactly what somebody has. Both
// sides claim theirs (Have), and say from then on what changed. Who lacks
// something asks for it (Want), each part from one peer at a time, with a
// credit of bytes that is renewed as they become durable: the receiver decides
// how much comes. What a device itself writes it sends to its peers unasked,
// as long as they keep up; what it received from others it only claims.
//
// Nothing is claimed, sent or acknowledged that is not durable, so a crash
// takes back nothing that anybody has seen. A message may be lost, repeated or
// late: claims are counted and said again when one is missing, and what was
// asked for and does not come is asked for again, elsewhere if possible.
//
// # What a peer may have, and what is taken from it
//
// A member gets everything that counts: of a log with a cut, what is below the
// cut. A device that was removed gets the membership, which says so, and may
// still bring what counts. A stranger gets nothing, but may bring the membership
// that makes it a member here. What somebody removed wrote beyond the cut is
// neither taken nor passed on.
//
// A batch of an author who is not known here waits at the peer until the
// membership grows. Causes are no business of this package: a batch is stored
// without them, and the store decides when it has effect.
//
// # Two histories
//
// A device whose folder was copied, or restored from a backup, may write two
// histories under the name of one log. Two signed batches prove it (Proof),
// and the proof goes round. From then on everybody passes on and takes only
// what is below the place where the histories part, and the device, when it
// hears of it, has to go on in another log (Leave). A device that finds more
// of its own log at a peer than it has itself was restored too, and does the
// same before it has written anything.
package replica

import (
	"crypto/hmac"
	"crypto/sha256"
	"time"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// How much a Node lets in and out, and how long it waits.
const (
	// window is how many bytes a peer may have sent in answer to wants and that
	// are not durable here yet. At a hundred megabytes per second it bridges
	// ten milliseconds of network and disk. It holds several batches of
	// oplog.MaxSealed, so that one that does not fit the rest of a credit fits
	// the next.
	window = 1 << 20
	// pool is the same for all peers together: more than sixteen take turns.
	pool = 16 * window
	// pushWindow is how many bytes are sent to a peer unasked before it
	// acknowledges any. Beyond it the peer is told, and asks when it can.
	pushWindow = 256 << 10

	// claimDelay is how long changes of what is had are gathered before they
	// are claimed. In it, what the writer sends its peers has usually arrived.
	claimDelay = 20 * time.Millisecond
	// beat is how long a session stays silent at most, and silence after how
	// long it is given up: three beats lost.
	beat    = 15 * time.Second
	silence = 50 * time.Second
	// pullTimeout is how long what was asked for may take to begin to come, or
	// to go on coming, and pushTimeout how long what was sent unasked may take to
	// be acknowledged.
	pullTimeout = 5 * time.Second
	pushTimeout = 5 * time.Second
	// rest is how long a peer that let a pull time out is not asked again. It
	// doubles each time, up to restMax.
	rest    = time.Second
	restMax = time.Minute
	// againDelay is the shortest time between two times that all claims are
	// made, or asked for, anew.
	againDelay = 500 * time.Millisecond
	// pause is how long nothing is asked for after the store failed.
	pause = 10 * time.Second

	// MaxLogsOfDevice is how many logs of one device are taken in. A device
	// starts one after a restore or a failure; only a hostile one starts
	// thousands, to fill everybody's vectors.
	MaxLogsOfDevice = 512
	// proofsMost is how many bytes of proofs are kept, to be passed on to
	// everybody who connects. One of two small batches has some hundred; beyond
	// it only the place of a fork is kept.
	proofsMost = 1 << 20
)

// Config is what a Node stands on.
type Config struct {
	Device    id.Device // this one
	Workspace id.Workspace
	Store     Store
	// Forks are those that earlier Nodes of this device have told of, so that
	// what lies beyond them is not handed out again, and others hear of them. A
	// proof may be without its batches.
	Forks []Proof
}

// Node is this device's part in keeping a workspace in sync. It is not safe
// for concurrent use. After any call, the caller drains Appends and Events, and
// Next of every session for as long as its link takes messages; when nothing
// happens, it calls Tick when Node.Due says, and Next when Session.Due says.
//
// The times that it is told must not go back: those of time.Now do not, as
// long as they keep their monotonic reading.
type Node struct {
	Config
	heads    oplog.Vector          // durable here
	offers   oplog.Vector          // what of it is handed out
	tips     map[id.Log]oplog.Head // beyond heads: what is on its way to the disk
	members  *member.Table
	perShort map[id.ShortDevice]int // device → how many of its logs are here
	held     map[id.Log]bool        // refused by the store, until the membership grows or somebody else comes
	stopped  map[id.Log]Proof       // forked logs; beyond proofsMost without the batches
	proofs   int                    // bytes in them
	left     map[id.Log]bool        // own logs that Leave was said of
	cried    map[id.Device]bool     // peers that claimed to have more of our log and have not shown it
	pulls    map[id.Log]*pull
	sessions []*Session
	queue    []outstanding // to be made durable, those already handed out first
	handed   int           // how many of queue are handed out
	appends  uint64
	paused   time.Time // nothing is asked for before
	events   []Event
}

// New returns a Node that knows what c.Store holds.
func New(c Config) *Node {
	n := &Node{
		Config:   c,
		heads:    c.Store.Heads(),
		offers:   oplog.Vector{},
		tips:     map[id.Log]oplog.Head{},
		members:  c.Store.Members(),
		perShort: map[id.ShortDevice]int{},
		held:     map[id.Log]bool{},
		stopped:  map[id.Log]Proof{},
		left:     map[id.Log]bool{},
		cried:    map[id.Device]bool{},
		pulls:    map[id.Log]*pull{},
	}
	for log := range n.heads {
		n.perShort[log.Device]++
	}
	for _, proof := range c.Forks {
		n.note(proof)
	}
	for log := range n.heads {
		n.offer(log)
	}
	return n
}

// Tag proves that a device knows a workspace without naming it to one that
// does not.
type Tag [sha256.Size]byte

// tagDomain keeps a tag from being mistaken for another use of the name.
const tagDomain = "cairn/hello/1"

// TagOf returns the tag that from sends to to.
func TagOf(ws id.Workspace, from, to id.Device) Tag {
	h := hmac.New(sha256.New, ws[:])
	h.Write([]byte(tagDomain))
	h.Write(from[:])
	h.Write(to[:])
	return Tag(h.Sum(nil))
}
