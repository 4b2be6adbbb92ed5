package journal

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"cairn/app/disk"
	"cairn/core/canon"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
	"cairn/sync/replica"
)

const (
	// metaForks is the note that says which logs have forked, and from which
	// operation on each does not count. It has the form of the causes of a batch.
	metaForks = "forks"
	// metaProof, with the name of a forked log, is the note of the two batches
	// that prove it, each behind its length. Those of logs of this device, which
	// are carried over, and of membership, whose judgement needs them, are always
	// kept, others to be passed on as long as they are no more than proofsMost.
	metaProof  = "fork/"
	proofsMost = 8 << 20
	// forksMost bounds the note of forks: a value of the disk holds as many.
	forksMost = 1 << 15
)

// Fork takes in that the device of log has written two histories under its
// name, which two batches prove. Operations of log from at on have no effect
// any more, on any device that knows, and are no cause to wait for; documents
// that they are folded into are made anew. If it is a log of this device, what
// they did is done again in a log of its own: see recover.
//
// The fork stays noted, until one is proven that is earlier in the same log.
// To hear of one again is no error. The fault is Denied for a proof that is
// none, or of a device that is not known here.
func (j *Journal) Fork(ctx context.Context, log id.Log, at uint64, one, other []byte) error {
	return j.do(ctx, func() error {
		if limit, known := j.forks[log]; known && limit <= at {
			return nil
		}
		proof, err := j.prove(log, at, one, other)
		if err != nil {
			return err
		}
		if err := j.noteFork(proof); err != nil {
			return err
		}
		if err := j.actOnFork(log); err != nil {
			j.amiss = true // the next commit goes on with it
			return err
		}
		return nil
	})
}

// Forks returns the logs that have forked, and from which operation on each does
// not count.
func (j *Journal) Forks() map[id.Log]uint64 {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return maps.Clone(j.forks)
}

// forkedTails returns how many logs are stored beyond the place where they fork.
func (j *Journal) forkedTails() (tails int) {
	for log, limit := range j.forks {
		if j.heads[log].Next > limit {
			tails++
		}
	}
	return tails
}

// prove verifies a fork.
func (j *Journal) prove(log id.Log, at uint64, one, other []byte) (replica.Proof, error) {
	if j.members == nil {
		return replica.Proof{}, errNotFounded
	}
	key, known := j.members.Key(log.Device)
	if !known {
		return replica.Proof{}, unknownDevice(log.Device)
	}
	proof, err := replica.Prove(one, other, key)
	if err == nil && (proof.Log != log || proof.At != at) {
		err = fmt.Errorf("it is one for %v at %d, not for %v at %d: %w", proof.Log, proof.At, log, at, replica.ErrNoFork)
	}
	for _, raw := range [][]byte{one, other} {
		if h, headErr := oplog.ReadHeader(raw); err == nil && (headErr != nil || h.Workspace != j.workspace.Prefix()) {
			err = errors.Join(replica.ErrNoFork, headErr)
		}
	}
	if err != nil {
		return proof, fault.Wrap(err, fault.Denied, "These changes don't show that a device has written two histories.", "Ask who sent this.")
	}
	return proof, j.boundForks(log)
}

// boundForks keeps a hostile member from having forks noted without end.
func (j *Journal) boundForks(log id.Log) error {
	ofDevice := 0
	for other := range j.forks {
		if other.Device == log.Device && other != log {
			ofDevice++
		}
	}
	if ofDevice >= replica.MaxLogsOfDevice || len(j.forks) >= forksMost {
		return fault.New(fault.Denied, "The device %s has written two histories too often.", "Remove it from the workspace.").With(log.Device)
	}
	return nil
}

// noteFork writes a fork down and then believes it.
func (j *Journal) noteFork(proof replica.Proof) error {
	one, other, err := openBoth(proof.One, proof.Other)
	if err != nil {
		return err
	}
	keep := j.needsProof(one, other)
	size := len(proof.One) + len(proof.Other)
	if keep || j.proofBytes+size <= proofsMost {
		note := canon.AppendBlock(canon.AppendBlock(nil, proof.One), proof.Other)
		if err := j.Disk.SetMeta(metaProof+proof.Log.String(), note); err != nil {
			return err
		}
		j.proofBytes += size
	}
	forks := maps.Clone(j.forks)
	forks[proof.Log] = proof.At
	if err := j.Disk.SetMeta(metaForks, appendForks(nil, forks)); err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.refold = j.refold || j.judgedAnew(j.rules(), rules{j.members, forks})
	j.forks, j.stalled = forks, map[id.Log]Stall{} // what waits is looked at anew
	if keep {
		j.proofs[proof.Log] = [2]oplog.Batch{one, other}
	}
	if j.control != nil {
		j.evaluate()
	}
	return nil
}

// actOnFork does what follows from a fork that is noted.
func (j *Journal) actOnFork(log id.Log) error {
	if err := j.leave(log); err != nil {
		return err
	}
	if err := j.newGroup().foldIn(); err != nil {
		return err
	}
	if log.Device == j.device.Short() {
		return j.recover()
	}
	return nil
}

func openBoth(one, other []byte) (a, b oplog.Batch, err error) {
	if a, err = oplog.Open(one); err != nil {
		return a, b, err
	}
	b, err = oplog.Open(other)
	return a, b, err
}

func appendForks(b []byte, forks map[id.Log]uint64) []byte {
	deps := make([]oplog.Dep, 0, len(forks))
	for log, at := range forks {
		deps = append(deps, oplog.Dep{Log: log, Next: at})
	}
	oplog.SortDeps(deps)
	return oplog.AppendDeps(b, deps)
}

func decodeForks(b []byte) (forks map[id.Log]uint64, rest []byte, err error) {
	deps, rest, err := oplog.DecodeDeps(b, forksMost)
	forks = make(map[id.Log]uint64, len(deps))
	for _, d := range deps {
		forks[d.Log] = d.Next
	}
	return forks, rest, err
}

// loadForks reads what is noted of forks. What can't be read is left out: who
// knows of a fork says so again.
func (j *Journal) loadForks() error {
	note, err := j.Disk.Meta(metaForks)
	if errors.Is(err, disk.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	forks, rest, err := decodeForks(note)
	if err != nil || len(rest) > 0 {
		j.Log.Warn("the note of forked logs is damaged; they will be found again", "err", err)
		return nil
	}
	j.forks = forks
	names, err := j.Disk.Names(metaProof)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := j.loadProof(name); err != nil {
			return err
		}
	}
	return nil
}

func (j *Journal) loadProof(name string) error {
	note, err := j.Disk.Meta(name)
	if err != nil {
		return err
	}
	r := canon.Reader{Rest: note, Malformed: oplog.ErrMalformed}
	one, other, err := openBoth(r.Block(), r.Block())
	if err = errors.Join(err, r.End()); err != nil {
		j.Log.Warn("the proof of a fork is damaged", "note", name, "err", err)
		return nil
	}
	j.proofBytes += len(note)
	if _, noted := j.forks[one.Log]; noted && j.needsProof(one, other) {
		j.proofs[one.Log] = [2]oplog.Batch{one, other}
	}
	return nil
}

// needsProof reports whether more than the place of a fork is of use here.
func (j *Journal) needsProof(one, other oplog.Batch) bool {
	return one.Log.Device == j.device.Short() || one.Control() || other.Control()
}

// Proofs returns the forks as they were proven, for a replica.Node that begins
// anew. Of some only the place is known.
func (j *Journal) Proofs() ([]replica.Proof, error) {
	var out []replica.Proof
	for log, at := range j.Forks() {
		proof := replica.Proof{Log: log, At: at}
		note, err := j.Disk.Meta(metaProof + log.String())
		if err != nil && !errors.Is(err, disk.ErrNotFound) {
			return nil, err
		}
		if r := (canon.Reader{Rest: note, Malformed: oplog.ErrMalformed}); err == nil {
			if one, other := r.Block(), r.Block(); r.End() == nil {
				proof.One, proof.Other = one, other
			}
		}
		out = append(out, proof)
	}
	slices.SortFunc(out, func(a, b replica.Proof) int { return a.Log.Compare(b.Log) })
	return out, nil
}

// rules are what decides whether a batch of documents counts. They do not change.
type rules struct {
	members *member.Table
	forks   map[id.Log]uint64
}

// rules returns those that hold now. The caller is the committer or holds mu.
func (j *Journal) rules() rules { return rules{j.members, j.forks} }

// counts reports whether the batch with header h has effect.
func (r rules) counts(h oplog.Header) bool {
	if limit, forked := r.forks[h.Log]; forked && h.End() > limit {
		return false
	}
	return r.members != nil && r.members.MayWrite(h) == nil
}

// limit returns how much counts of what is folded in of log up to next, as far as
// forks decide.
func (r rules) limit(log id.Log, next uint64) uint64 {
	if limit, forked := r.forks[log]; forked {
		return min(limit, next)
	}
	return next
}

// acts returns the membership batches to be judged: those that the forks leave,
// and of logs that have forked both sides, by which everybody sees where they
// end.
func (j *Journal) acts(forks map[id.Log]uint64, batches []oplog.Batch) []oplog.Batch {
	if len(forks) == 0 {
		return batches
	}
	out := slices.DeleteFunc(slices.Clone(batches), func(b oplog.Batch) bool {
		limit, forked := forks[b.Log]
		return forked && b.End() > limit
	})
	for log, proof := range j.proofs {
		if limit, forked := forks[log]; !forked {
			continue
		} else if proof[0].Control() && proof[1].Control() && proof[0].First == limit && proof[1].First == limit {
			out = append(out, proof[0], proof[1])
		}
	}
	return out
}

// basisForks is set in the level of a basis that forks stand in too.
const basisForks = 1 << 15

// appendBasisLevel appends the feature level and the forks, if there are any.
func (j *Journal) appendBasisLevel(b []byte) []byte {
	if len(j.forks) == 0 {
		return binary.BigEndian.AppendUint16(b, oplog.Level)
	}
	return appendForks(binary.BigEndian.AppendUint16(b, oplog.Level|basisForks), j.forks)
}
