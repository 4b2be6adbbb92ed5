// Package journal is the one road by which a document changes: operations
// become a signed batch, the batch is appended to a log and synced to disk,
// then folded into the documents it touches, and only then is anybody told.
// A teammate's batch enters at "appended" and goes the same way.
//
// One goroutine, the committer, owns every change; what arrives while it waits
// for the disk shares the next sync. Documents that have been published are
// never changed again, so readers need no lock and see no half of a batch.
//
// The logs are the truth. Document states on disk may lag behind them and are
// caught up when the journal opens; Rebuild makes them anew.
package journal

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"sync"
	"time"

	"cairn/app/disk"
	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// Config is what a journal stands on.
type Config struct {
	Disk *disk.Disk
	Key  ed25519.PrivateKey // this device's
	Now  func() time.Time
	Rand io.Reader
	Log  *slog.Logger
	View View
	// FirstWrite runs before the first batch of this device in the life of the
	// journal. It says whether the folder is another than the one that this
	// device last wrote to, so that it must go on in new logs. When it fails the
	// batch is refused and it runs again at the next. It must not call back into
	// the journal.
	FirstWrite func() (copied bool, err error)
}

// View is the read model that follows a journal. Documents that it is given are
// published: it must not change them. It must not call back into the journal.
type View interface {
	// Load takes one of the documents that are on disk when the journal opens,
	// Loaded follows the last of them.
	Load(d *doc.Doc)
	Loaded()
	// Reset takes all back, at any time. What Changed is given up to Renewed
	// are the documents made anew, to be shown at once then.
	Reset()
	Renewed()
	// Changed takes what commits have changed, on the committer's goroutine: before
	// a writer, or who called Receive, is answered, and for ReceiveLater soon after.
	Changed(docs []*doc.Doc)
}

// Journal is an open journal. It is safe for concurrent use.
type Journal struct {
	Config
	device   id.Device
	requests chan *request
	advanced chan struct{} // see Advanced
	turns    turns
	stop     chan struct{}
	done     chan struct{}
	closing  sync.Once
	closeErr error // set before closing is done

	whole       sync.RWMutex // held for reading by readers, for writing while documents are made anew; taken before mu
	mu          sync.RWMutex // guards what follows; only the committer writes it, but for clean documents in docs
	workspace   id.Workspace
	members     *member.Table
	control     []oplog.Batch     // every membership batch
	controlLogs map[id.Log]bool   // the logs of control
	forks       map[id.Log]uint64 // see Forks; never changed, but replaced
	heads       oplog.Vector      // stored on disk
	written     map[id.Log]bool   // see Written
	applied     map[id.Log]uint64 // folded into documents
	stalled     map[id.Log]Stall  // why applied stays behind
	docs        *cache            // published documents
	hash        stateHash         // over the states on disk
	total       int               // documents on disk
	ops         uint64            // operations stored
	membersErr  error             // of the last evaluation: oplog.ErrNewer or nil
	grown       chan struct{}     // closed when a log grows

	// These are the committer's alone.
	store      func([]disk.Entry) error // Disk.Append, in tests one that fails
	dirty      dirtiness
	clock      clock.Clock
	self       selfLogs
	told       map[id.Log]uint64         // log → how much of it our own batches say is folded in
	begun      bool                      // FirstWrite has run
	refold     bool                      // the membership has changed what counts
	amiss      bool                      // the last commit failed half-way, see settle
	proofs     map[id.Log][2]oplog.Batch // of the forks that metaProof tells of
	proofBytes int                       // in the notes of proofs
	owes       bool                      // something of a forked log may still have to be carried over, see recover
	stored     []byte                    // the note of basis as it is on disk
	unshown    showing
}

// selfLogs are the logs that this device appends to.
type selfLogs struct{ data, control id.Log }

// Stall says why stored batches of a log are not folded in yet.
type Stall struct {
	Next   uint64 // the first operation that waits
	Reason StallReason
	Until  time.Time // when a batch from the future will be due
	For    oplog.Dep // what is missing
}

// StallReason is why a batch waits.
type StallReason uint8

// The reasons.
const (
	MissingDependency StallReason = iota // its author had seen what has not come here
	FromTheFuture                        // its author's clock is ahead by more than clock.MaxAhead
	NeedsNewerVersion                    // its feature level is above oplog.Level
)

// Open opens the journal on c.Disk: it evaluates the membership, catches up
// what was logged but not yet folded when the last run ended, and is ready to
// take writes. The caller closes it before the disk.
func Open(ctx context.Context, c Config) (*Journal, error) {
	j := &Journal{
		Config:      c,
		store:       c.Disk.Append,
		device:      id.DeviceOf(c.Key.Public().(ed25519.PublicKey)),
		requests:    make(chan *request, maxGroup),
		advanced:    make(chan struct{}, 1),
		stop:        make(chan struct{}),
		done:        make(chan struct{}),
		heads:       oplog.Vector{},
		written:     map[id.Log]bool{},
		stalled:     map[id.Log]Stall{},
		docs:        newCache(),
		applied:     map[id.Log]uint64{},
		controlLogs: map[id.Log]bool{},
		forks:       map[id.Log]uint64{},
		proofs:      map[id.Log][2]oplog.Batch{},
		told:        map[id.Log]uint64{},
		unshown:     showing{docs: map[id.Doc]*doc.Doc{}},
		grown:       make(chan struct{}),
	}
	if err := j.load(ctx); err != nil {
		return nil, err
	}
	j.owes = true
	j.tryRecover()
	go j.commitLoop()
	return j, nil
}

// Close ends the journal after what has been accepted is written. Calls that
// come later are refused.
func (j *Journal) Close() error {
	j.closing.Do(func() {
		close(j.stop)
		<-j.done
		j.closeErr = j.flush()
	})
	return j.closeErr
}

// Device returns the name of this device.
func (j *Journal) Device() id.Device { return j.device }

// Workspace returns the name of the workspace, zero before it is founded.
func (j *Journal) Workspace() id.Workspace {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.workspace
}

// Members returns the membership as it stands. The table does not change.
func (j *Journal) Members() *member.Table {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.members
}

// Control reports whether log is one of membership.
func (j *Journal) Control(log id.Log) bool {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.controlLogs[log]
}

// Heads returns how much of every log is stored here.
func (j *Journal) Heads() oplog.Vector {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.heads.Clone()
}

// Grown returns a channel that is closed when the next batch is stored, whoever
// wrote it. Who has seen it closed asks for Heads.
func (j *Journal) Grown() <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	select {
	case <-j.grown:
		j.grown = make(chan struct{})
	default:
	}
	return j.grown
}

// Stalls returns what is stored but waits, by log.
func (j *Journal) Stalls() map[id.Log]Stall {
	j.mu.RLock()
	defer j.mu.RUnlock()
	out := make(map[id.Log]Stall, len(j.stalled))
	maps.Copy(out, j.stalled)
	return out
}

// Stats is how much a journal holds.
type Stats struct {
	Documents  int
	Operations uint64
	Logs       int
	Waiting    int      // logs of which a part is stored but not folded in, or forked: who hears the rest may hold another state
	Hash       [32]byte // of the state: equal on two devices that have applied the same operations
	Heads      oplog.Vector
}

// Stats looks again at what waits for its time, writes out what is only in
// memory, and returns how much there is. It answers on a full disk too.
func (j *Journal) Stats(ctx context.Context) (Stats, error) {
	var s Stats
	err := j.do(ctx, func() error {
		if err := j.newGroup().foldIn(); err != nil {
			j.amiss = true
			return err
		}
		if err := j.flush(); err != nil && fault.KindOf(err) != fault.Full {
			return err
		}
		hash, total := j.tally()
		s = Stats{
			Documents: total, Operations: j.ops, Logs: len(j.heads), Waiting: len(j.stalled) + j.forkedTails(),
			Hash: hash.sum(), Heads: j.heads.Clone(),
		}
		return nil
	})
	if err != nil {
		return Stats{}, err // the committer may still be at the other one
	}
	return s, nil
}

// errClosed answers calls after Close.
var errClosed = fault.New(fault.Unavailable, "Cairn is closing.", "Open it again.")

// do runs fn on the committer, alone and after every accepted write before it.
func (j *Journal) do(ctx context.Context, fn func() error) error {
	r := &request{alone: fn, answer: make(chan error, 1)}
	return j.submit(ctx, r)
}

// submit hands r to the committer and waits for its answer. A caller that
// gives up leaves r to be carried out all the same.
func (j *Journal) submit(ctx context.Context, r *request) error {
	err := j.enqueue(ctx, r)
	if err == nil {
		_, err = j.await(ctx, r)
	}
	return err
}

func (j *Journal) enqueue(ctx context.Context, r *request) error {
	select {
	case j.requests <- r:
		return nil
	case <-j.stop:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// await returns the committer's answer, or why it is not waited for.
func (j *Journal) await(ctx context.Context, r *request) (answered bool, err error) {
	select {
	case err := <-r.answer:
		return true, err
	case <-j.done:
		// The committer answers everything that it has taken before it ends.
		select {
		case err := <-r.answer:
			return true, err
		default:
			return false, errClosed
		}
	case <-ctx.Done():
		return false, fmt.Errorf("wait for the disk: %w", ctx.Err())
	}
}
