package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"cairn/app/disk"
	"cairn/core/fault"
	"cairn/core/member"
	"cairn/core/oplog"
)

// metaBasis is the note that says by which rules the documents on disk were
// folded: the feature level, 2 bytes, and the vector of the membership logs. A
// crash may come between a change of the membership and the folding anew that
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
	return control.Append(binary.BigEndian.AppendUint16(nil, oplog.Level))
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
	case len(j.stored) < 2 || binary.BigEndian.Uint16(j.stored) != oplog.Level:
		return errOutdated
	}
	then, err := oplog.DecodeVector(j.stored[2:])
	if err != nil {
		return fault.Wrap(err, fault.Damaged, "A note about the stored documents is damaged.", "Documents are rebuilt from the log when Cairn opens.")
	}
	known := slices.DeleteFunc(slices.Clone(j.control), func(b oplog.Batch) bool { return b.First >= then[b.Log].Next })
	before, _, err := member.Evaluate(j.workspace, known)
	if before == nil {
		return fmt.Errorf("%w: %w", errOutdated, err)
	}
	if j.judgedAnew(before, j.members) {
		return errOutdated
	}
	return nil
}
