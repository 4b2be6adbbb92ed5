package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"cairn/app/disk"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// metaBasis is the note that says by which rules the documents on disk were
// folded: the feature level, 2 bytes, and the vector of the membership logs.
// Between the two stand the forks, if there are any: then the highest bit of the
// level is set. A crash may come between a change of the membership and the folding anew that
// it calls for, and an update of Cairn may judge the same membership otherwise.
const metaBasis = "basis"

// basis returns the note for documents that are folded now.
func (j *Journal) basis() []byte {
	control := oplog.Vector{}
	for log := range j.controlLogs {
		if j.controlLogs[log] {
			control[log] = j.heads[log]
		}
	}
	return control.Append(j.appendBasisLevel(nil))
}

// keepBasis writes the note if it has changed. It comes before the documents:
// as long as no folding anew is due, those on disk are also what the latest
// membership makes of them.
func (j *Journal) keepBasis() error {
	now := j.basis()
	if bytes.Equal(now, j.stored) {
		return nil
	}
	if err := j.Disk.SetMeta(metaBasis, now); err != nil {
		return err
	}
	j.stored = now
	return nil
}

// checkBasis returns errOutdated when the documents on disk may not be what
// the logs say by the rules that hold now.
func (j *Journal) checkBasis() error {
	var err error
	j.stored, err = j.Disk.Meta(metaBasis)
	switch {
	case err != nil && !errors.Is(err, disk.ErrNotFound):
		return err
	case bytes.Equal(j.stored, j.basis()), len(j.applied) == 0:
		return nil
	case len(j.stored) < 2 || binary.BigEndian.Uint16(j.stored)&^basisForks != oplog.Level:
		return errOutdated
	}
	forks, then, err := decodeBasis(j.stored)
	if err != nil {
		return fault.Wrap(err, fault.Damaged, "A note about the stored documents is damaged.", "Documents are rebuilt from the log when Cairn opens.")
	}
	known := slices.DeleteFunc(slices.Clone(j.control), func(b oplog.Batch) bool { return b.First >= then[b.Log].Next })
	before, _, err := member.Evaluate(j.workspace, j.acts(forks, known))
	if before == nil {
		return fmt.Errorf("%w: %w", errOutdated, err)
	}
	if j.judgedAnew(rules{before, forks}, j.rules()) {
		return errOutdated
	}
	return nil
}

func decodeBasis(note []byte) (forks map[id.Log]uint64, control oplog.Vector, err error) {
	rest := note[2:]
	if note[0]&(basisForks>>8) != 0 {
		if forks, rest, err = decodeForks(rest); err != nil {
			return nil, nil, err
		}
	}
	control, err = oplog.DecodeVector(rest)
	return forks, control, err
}
