package journal

import (
	"time"

	"cairn/app/disk"
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
	out := make([]disk.StoredDoc, 0, len(j.docs.dirty))
	for name, e := range j.docs.dirty {
		body := e.doc.Append(nil)
		c := &entry{doc: e.doc, stored: docHash(name, body), onDisk: true, size: len(body)}
		clean = append(clean, c)
		out = append(out, disk.StoredDoc{ID: name, Noun: e.doc.Noun(), Hash: c.stored, Body: body})
	}
	if err := j.Disk.PutDocs(out, j.applied); err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, c := range clean {
		before := j.docs.dirty[c.doc.ID()]
		if before.onDisk {
			j.hash.remove(before.stored)
		} else {
			j.total++
		}
		j.hash.add(c.stored)
		j.docs.keep(c)
	}
	clear(j.docs.dirty)
	j.dirty = dirtiness{}
	j.docs.flushes++
	return nil
}

// tally returns the state hash and the number of documents with what could not
// be written out.
func (j *Journal) tally() (hash stateHash, total int) {
	hash, total = j.hash, j.total
	for name, e := range j.docs.dirty {
		if e.onDisk {
			hash.remove(e.stored)
		} else {
			total++
		}
		hash.add(docHash(name, e.doc.Append(nil)))
	}
	return hash, total
}
