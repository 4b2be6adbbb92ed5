package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"cairn/app/disk"
	"cairn/core/clock"
	"cairn/core/doc"
	"cairn/core/fault"
	"cairn/core/id"
	"cairn/core/oplog"
)

// Problem is one thing that is not as it was written.
type Problem struct {
	What    string `json:"what"` // log, batch, document, blob or index
	Where   string `json:"where"`
	Message string `json:"message"`
}

// Report is what Verify found.
type Report struct {
	Batches    int       `json:"batches"`
	Operations uint64    `json:"operations"`
	Documents  int       `json:"documents"`
	Blobs      int       `json:"blobs"`
	Problems   []Problem `json:"problems"`
}

func (r *Report) add(what, where, format string, args ...any) {
	r.Problems = append(r.Problems, Problem{what, where, fmt.Sprintf(format, args...)})
}

// Verify checks every stored batch: its form, its place in the chain, its
// signature and its author's right. Deep also folds all logs into fresh
// documents and compares them with the stored ones byte for byte, and reads
// every blob. Writers wait while it runs.
func (j *Journal) Verify(ctx context.Context, deep bool) (Report, error) {
	report := Report{Problems: []Problem{}}
	err := j.do(ctx, func() error {
		if err := j.flush(); err != nil {
			return err
		}
		report.Documents = j.total
		for _, log := range j.sortedLogs() {
			if err := j.verifyLog(ctx, log, &report); err != nil {
				return err
			}
		}
		if !deep {
			return nil
		}
		if err := j.verifyDocs(ctx, &report); err != nil {
			return err
		}
		return j.verifyBlobs(ctx, &report)
	})
	if err != nil {
		return Report{}, err // the committer may still be at the other one
	}
	return report, nil
}

func (j *Journal) sortedLogs() []id.Log {
	logs := make([]id.Log, 0, len(j.heads))
	for log := range j.heads {
		logs = append(logs, log)
	}
	slices.SortFunc(logs, id.Log.Compare)
	return logs
}

func (j *Journal) verifyLog(ctx context.Context, log id.Log, r *Report) error {
	var head oplog.Head
	err := j.Disk.Batches(log, 0, func(first uint64, raw []byte) error {
		r.Batches++
		where := fmt.Sprintf("%s/%d", log, first)
		b, err := j.verifyBatch(log, head, raw)
		if err != nil {
			r.add("batch", where, "%v", err)
		}
		if b.Count > 0 {
			r.Operations += uint64(b.Count)
			head = oplog.Head{Next: b.End(), Hash: b.Hash}
		}
		return ctx.Err()
	})
	if fault.KindOf(err) == fault.Damaged {
		r.add("log", log.String(), "%s", fault.Message(err))
		return nil
	}
	if err != nil {
		return err
	}
	if want := j.heads[log]; head != want {
		r.add("log", log.String(), "it ends at operation %d, but %d were written", head.Next, want.Next)
	}
	return nil
}

// verifyBatch returns as much of the batch as could be read, and what is wrong
// with it.
func (j *Journal) verifyBatch(log id.Log, head oplog.Head, raw []byte) (oplog.Batch, error) {
	b, err := oplog.Open(raw)
	if err != nil {
		return b, err
	}
	if b.Log != log {
		return b, fmt.Errorf("it belongs to log %s", b.Log)
	}
	if err := oplog.Follows(b.Header, head); err != nil {
		return b, err
	}
	key, ok := j.members.Key(log.Device)
	if !ok {
		return b, unknownDevice(log.Device)
	}
	_, err = oplog.Verify(raw, key)
	return b, err
}

// verifyDocs folds every log into fresh documents and compares.
func (j *Journal) verifyDocs(ctx context.Context, r *Report) error {
	fresh, err := j.afresh(ctx)
	if fault.KindOf(err) == fault.Damaged {
		r.add("document", "all", "the documents can't be rebuilt while a batch is damaged: %s", fault.Message(err))
		return nil
	}
	if err != nil {
		return err
	}
	err = j.Disk.Docs(0, func(s disk.StoredDoc) error {
		d := fresh[s.ID]
		delete(fresh, s.ID)
		switch {
		case d == nil:
			r.add("document", s.ID.String(), "it is stored, but no log speaks of it")
		case !bytes.Equal(d.Append(nil), s.Body):
			r.add("document", s.ID.String(), "its stored state is not what the logs say")
		case docHash(s.ID, s.Body) != s.Hash:
			r.add("document", s.ID.String(), "its stored hash is not that of its state")
		}
		return ctx.Err()
	})
	for name := range fresh {
		r.add("document", name.String(), "the logs speak of it, but it is not stored")
	}
	return err
}

// afresh folds every log, as far as it is folded in now, into documents in memory.
func (j *Journal) afresh(ctx context.Context) (map[id.Doc]*doc.Doc, error) {
	docs, applied := map[id.Doc]*doc.Doc{}, map[id.Log]uint64{}
	f := folder{
		ahead:   func(id.Log, clock.Stamp) bool { return false }, // it was not when it was folded in
		barred:  j.barred,
		applied: func(log id.Log) uint64 { return applied[log] },
		batches: func(log id.Log, from uint64) ([]oplog.Batch, error) {
			if from >= j.applied[log] {
				return nil, ctx.Err()
			}
			batches, err := j.read(log, from, foldChunk)
			return slices.DeleteFunc(batches, func(b oplog.Batch) bool { return b.First >= j.applied[log] }), err
		},
		entered: func(b oplog.Batch) bool {
			applied[b.Log] = b.End()
			return true
		},
		void: func(h oplog.Header) bool { return !j.rules().counts(h) },
		full: func() bool { return false },
		apply: func(op oplog.Op) error {
			d := docs[op.Doc]
			if d == nil {
				d = doc.New(op.Doc)
				docs[op.Doc] = d
			}
			// What has no effect had none the first time either.
			_ = d.Apply(op)
			return nil
		},
	}
	logs := make([]id.Log, 0, len(j.applied))
	for log := range j.applied {
		logs = append(logs, log)
	}
	slices.SortFunc(logs, id.Log.Compare)
	_, err := f.run(logs, map[id.Log]Stall{})
	return docs, err
}

func (j *Journal) verifyBlobs(ctx context.Context, r *Report) error {
	return j.Disk.Blobs(func(b disk.Blob) error {
		r.Blobs++
		err := j.Disk.VerifyBlob(ctx, b.Hash)
		if fault.KindOf(err) == fault.Damaged {
			r.add("blob", fmt.Sprintf("%x", b.Hash), "%s", fault.Message(err))
			return nil
		}
		return errors.Join(err, ctx.Err())
	})
}

// Rebuild throws the stored documents away and folds them from the logs anew.
// Readers and writers wait.
func (j *Journal) Rebuild(ctx context.Context) error {
	return j.do(ctx, j.rebuild)
}

// rebuild is taken up again by the next commit when it fails.
func (j *Journal) rebuild() (err error) {
	j.whole.Lock()
	defer j.whole.Unlock()
	defer func() { j.amiss, j.refold = j.amiss || err != nil, err != nil }()
	if err := j.Disk.DropDocs(); err != nil {
		return err
	}
	j.mu.Lock()
	j.docs.empty()
	j.applied, j.stalled = map[id.Log]uint64{}, map[id.Log]Stall{}
	j.hash, j.total = stateHash{}, 0
	j.mu.Unlock()
	clear(j.unshown.docs)
	j.View.Reset()
	defer j.View.Renewed()
	j.refold = false // the disk holds nothing of the old rules any more
	if err := j.catchUp(); err != nil {
		return err
	}
	return j.flush()
}
