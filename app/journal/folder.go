package journal

import (
	"cairn/core/clock"
	"cairn/core/id"
	"cairn/core/oplog"
)

// folder brings logs to their heads. It knows nothing of where batches come
// from or documents live: the committer, catching up and verification each
// give it theirs.
type folder struct {
	ahead   func(log id.Log, last clock.Stamp) bool // dated too far in the future
	barred  func(oplog.Dep) bool                    // will never come in whole
	applied func(id.Log) uint64
	batches func(log id.Log, from uint64) ([]oplog.Batch, error)
	entered func(oplog.Batch) bool
	void    func(oplog.Header) bool
	full    func() bool
	apply   func(oplog.Op) error
}

// run folds logs in until none moves. Where one has to wait, stalls says why;
// what it says at first is believed as long as the reason holds.
func (f *folder) run(logs []id.Log, stalls map[id.Log]Stall) (more bool, err error) {
	for moved := true; moved; {
		moved = false
		for _, log := range logs {
			from := f.applied(log)
			if err := f.advance(log, stalls); err != nil {
				return false, err
			}
			if f.full() {
				return true, nil
			}
			moved = moved || f.applied(log) > from
		}
	}
	return false, nil
}

// advance folds in log until its head, a batch that has to wait, or full.
func (f *folder) advance(log id.Log, stalls map[id.Log]Stall) error {
	if s, ok := stalls[log]; ok && s.Next == f.applied(log) && f.holds(log, s) {
		return nil
	}
	for !f.full() {
		batches, err := f.batches(log, f.applied(log))
		if err != nil {
			return err
		}
		if len(batches) == 0 {
			delete(stalls, log)
			return nil
		}
		for _, b := range batches {
			if s, waits := f.waits(b); waits && !f.void(b.Header) {
				stalls[log] = s
				return nil
			}
			if err := f.enter(b); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *folder) enter(b oplog.Batch) error {
	if !f.entered(b) || f.void(b.Header) {
		return nil
	}
	for _, op := range b.Ops {
		if err := f.apply(op); err != nil {
			return err
		}
	}
	return nil
}

// waits says whether a batch can't be folded in yet, and why.
func (f *folder) waits(b oplog.Batch) (Stall, bool) {
	if b.Level > oplog.Level {
		return Stall{Next: b.First, Reason: NeedsNewerVersion}, true
	}
	if f.ahead(b.Log, b.Last) {
		return Stall{Next: b.First, Reason: FromTheFuture, Until: b.Last.Time()}, true
	}
	for _, d := range b.Deps {
		if f.misses(d) {
			return Stall{Next: b.First, Reason: MissingDependency, For: d}, true
		}
	}
	return Stall{}, false
}

// holds reports whether log still waits for what s says, without a look at the
// batch.
func (f *folder) holds(log id.Log, s Stall) bool {
	switch s.Reason {
	case MissingDependency:
		return f.misses(s.For)
	case FromTheFuture:
		return f.ahead(log, clock.StampOf(s.Until))
	default:
		return true
	}
}

func (f *folder) misses(d oplog.Dep) bool { return f.applied(d.Log) < d.Next && !f.barred(d) }
