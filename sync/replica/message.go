package replica

import (
	"time"

	"cairn/core/id"
	"cairn/core/oplog"
)

// The versions of the protocol that this package speaks.
const (
	VersionMin uint16 = 1
	VersionMax uint16 = 1
)

// The limits of one message. Package wire enforces them on what arrives.
const (
	// MaxClaims is how many logs one Have names: more than most workspaces
	// have, in some fifty kilobytes.
	MaxClaims = 1024
	// MaxRanges is how many parts of logs a peer may have asked for and not
	// been sent yet.
	MaxRanges = 64
	// MaxBatches is how many batches one Batches carries. They are small then:
	// a message is closed at BatchBytes.
	MaxBatches = 256
	// BatchBytes is how many bytes of batches one message carries; a batch that
	// is larger travels alone. Larger messages are hardly faster and keep what
	// is urgent waiting.
	BatchBytes = 64 << 10
)

// Message is what replicas send each other: a Hello, Have, Again, Want,
// Batches, Fork or Bye. Whoever receives one owns it.
type Message interface{ message() }

// Hello is the first message in both directions. It is said again until the
// peer's is heard.
type Hello struct {
	Heard     bool      // the peer's is; if ours is not, it has been lost
	Min, Max  uint16    // versions of the protocol that the sender speaks
	Workspace Tag       // proves that the sender knows which workspace is meant
	Level     uint16    // the feature level of operations that the sender understands
	Wall      time.Time // what the sender's clock says, to the millisecond
}

// Claim says how much of a log its sender has on disk and hands out. A zero
// Head takes an earlier claim back.
type Claim struct {
	Log     id.Log
	Head    oplog.Head
	Control bool // a log of membership
}

// Have says what has changed in what the sender hands out. It is both an
// announcement and the acknowledgement of what the receiver sent: a claim is
// made only of what is durable.
type Have struct {
	// Seq counts the Haves of a session that claim something or are Fresh, from
	// 1. Others repeat the Seq of the last of these, so that a loss shows.
	Seq uint32
	// Fresh takes all earlier claims back before making these.
	Fresh bool
	// More says that another Have follows at once, and until then these claims
	// are only a part.
	More   bool
	Claims []Claim
}

// Again asks for all claims anew, in Haves of which the first is Fresh.
type Again struct{}

// Want asks for parts of logs. They are sent in the order asked for.
type Want struct {
	// Round numbers what belongs together. A higher one than before takes back
	// what was asked before and starts counting bytes anew.
	Round uint32
	// Limit is how many bytes of batches the receiver may have sent in this
	// round in all: the sender's credit. It grows as what came is durable.
	Limit  uint64
	Ranges []oplog.Range
}

// Batches are whole sealed batches, those of one log in sequence.
type Batches struct {
	Round uint32 // of the Want that they answer; 0 for those sent unasked
	Raw   [][]byte
}

// Fork carries two batches that prove that a device wrote two histories under
// the name of one log, see Prove.
type Fork struct{ One, Other []byte }

// Bye ends a session.
type Bye struct{ Reason Reason }

func (Hello) message()   {}
func (Have) message()    {}
func (Again) message()   {}
func (Want) message()    {}
func (Batches) message() {}
func (Fork) message()    {}
func (Bye) message()     {}

// Reason is why a session ended.
type Reason uint8

// The reasons. They are sent between replicas: add at the end, never reorder.
const (
	Closing    Reason = iota // nothing is wrong
	OtherSpeak               // no version of the protocol in common
	OtherSpace               // another workspace is meant
	Malformed                // a message or batch that no correct peer sends
	Flooded                  // more than anybody asked for
	Silent                   // nothing heard for too long
)

func (r Reason) String() string {
	names := [...]string{"closing", "no common version", "another workspace", "malformed message", "flooded", "silent"}
	if int(r) < len(names) {
		return names[r]
	}
	return "unknown reason"
}
