package journal

import (
	"errors"
	"time"

	"cairn/app/disk"
	"cairn/core/id"
	"cairn/core/oplog"
)

const (
	// maxDirty is how many documents wait in memory to be written out, about
	// 50 MB of ordinary ones. Their operations are safe in the log.
	maxDirty = 1 << 16
	// maxDirtyBytes is how many bytes of operations the documents in memory may
	// have taken in, so that few but large ones are written out in time.
	maxDirtyBytes = 64 << 20
	// maxDirtyOps is how many operations the next start may have to fold in
	// again after a crash: about a second's worth.
	maxDirtyOps = 500_000
	// maxDirtyTime is how long a document waits while work goes on.
	maxDirtyTime = 5 * time.Second
)

// dirtiness is what has been folded into documents since they were last
// written out.
type dirtiness struct {
	ops, bytes int
	since      time.Time // of the first
}

func (d *dirtiness) add(b oplog.Batch, now time.Time) {
	if d.ops == 0 {
		d.since = now
	}
	d.ops += b.Count
	d.bytes += len(b.Raw)
}

func (d *dirtiness) due(now time.Time, docs int) bool {
	return docs > maxDirty || d.ops > maxDirtyOps || d.bytes > maxDirtyBytes ||
		(d.ops > 0 && now.Sub(d.since) > maxDirtyTime)
}

// flush writes out what is only in memory. It runs on the committer, or when
// that has ended.
func (j *Journal) flush() error {
	if len(j.docs.dirty) == 0 || j.refold {
		return nil // what waits to be folded anew is not worth writing
	}
	if err := j.keepBasis(); err != nil {
		return err
	}
	clean := make([]*entry, 0, len(j.docs.dirty))
	var small, large []disk.StoredDoc
	applied := j.applied
	for name, e := range j.docs.dirty {
		if e.kept {
			applied = nil
			continue
		}
		body := e.doc.Append(nil)
		c := &entry{doc: e.doc, stored: docHash(name, body), counted: true, size: len(body)}
		clean = append(clean, c)
		s := disk.StoredDoc{ID: name, Noun: e.doc.Noun(), Hash: c.stored, Body: body}
		if len(body) > MaxDocBytes/2 {
			large = append(large, s)
		} else {
			small = append(small, s)
		}
	}
	kept, err := j.putLarge(large)
	if err != nil {
		return err
	}
	if len(kept) > 0 {
		applied = nil
	}
	if err := j.Disk.PutDocs(small, applied); err != nil {
		return err
	}
	j.cleaned(clean, kept)
	return nil
}

// putLarge writes documents that may not fit a record, and returns those that
// do not. Teammates can make one together that none of them could alone. It
// stays in memory, and what it is made of is folded in again at every start.
func (j *Journal) putLarge(docs []disk.StoredDoc) (kept map[id.Doc]bool, err error) {
	kept = map[id.Doc]bool{}
	for _, s := range docs {
		err := j.Disk.PutDocs([]disk.StoredDoc{s}, nil)
		switch {
		case errors.Is(err, disk.ErrTooLarge):
			kept[s.ID] = true
			j.Log.Warn("a document is too large to be stored; it is folded from the logs at every start", "doc", s.ID, "bytes", len(s.Body))
		case err != nil:
			return nil, err
		}
	}
	return kept, nil
}

// cleaned counts documents as they now are. Those in kept stay dirty.
func (j *Journal) cleaned(docs []*entry, kept map[id.Doc]bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, c := range docs {
		name := c.doc.ID()
		before := j.docs.dirty[name]
		if before.counted {
			j.hash.remove(before.stored)
		} else {
			j.total++
		}
		j.hash.add(c.stored)
		if kept[name] {
			c.kept = true
			j.docs.dirty[name] = c
			continue
		}
		delete(j.docs.dirty, name)
		j.docs.keep(c)
	}
	j.dirty = dirtiness{}
	j.docs.flushes++
}
